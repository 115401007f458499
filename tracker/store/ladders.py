"""The versions of the ladder; the newest is in force."""

from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from sqlalchemy import func
from sqlmodel import Session, col, select

from tracker.domain.ladder import Ladder, Standing, as_data, steps_from
from tracker.domain.people import Role
from tracker.store.events import Act, Change, record
from tracker.store.tables import LadderRow

LADDER: Final = "ladder"


@dataclass(frozen=True, slots=True)
class Kept:
    """A version, and who made it when."""

    ladder: Ladder
    created_at: datetime
    created_by: str


def in_force(session: Session, otherwise: Ladder) -> Ladder:
    """Return the newest ladder, or `otherwise` where the office has made none of its own."""
    row = session.exec(_NEWEST).first()
    return otherwise if row is None else _ladder(row)


_NEWEST: Final = select(LadderRow).order_by(col(LadderRow.version).desc()).limit(1)  # asked for every letter


def versions(session: Session) -> list[Kept]:
    """Return every version that was made here, the newest first."""
    rows = session.exec(select(LadderRow).order_by(col(LadderRow.version).desc()))
    return [Kept(_ladder(row), row.created_at, row.created_by) for row in rows]


def by_version(session: Session, first: Ladder) -> dict[int, Ladder]:
    """Return every ladder there was by its version; `first` is the one before any was made here."""
    return {first.version: first, **{kept.ladder.version: kept.ladder for kept in versions(session)}}


def next_version(session: Session, otherwise: Ladder) -> int:
    """Return the number of the version to come; that of the ladder before any was made is taken."""
    last = session.exec(select(func.max(col(LadderRow.version)))).one()
    return max(last or 0, otherwise.version) + 1


def add(session: Session, ladder: Ladder, before: Ladder, act: Act) -> None:
    """Put a ladder into force, with a line of history that keeps both."""
    row = LadderRow(
        version=ladder.version,
        steps=as_data(ladder),
        per_day=ladder.per_day,
        standing=_standing(ladder),
        created_at=act.at,
        created_by=act.actor,
    )
    session.add(row)
    record(session, act, "set-ladder", (LADDER, ladder.version), Change(_said(before), _said(ladder)))
    session.flush()


def _said(ladder: Ladder) -> dict[str, object]:
    return {
        "version": ladder.version,
        "steps": as_data(ladder),
        "per_day": ladder.per_day,
        "standing": _standing(ladder),
    }


def _standing(ladder: Ladder) -> dict[str, str]:
    return {role.value: often.value for role, often in ladder.standing.items()}


def _ladder(row: LadderRow) -> Ladder:
    standing = {Role(role): Standing(often) for role, often in row.standing.items()}
    return Ladder(row.version, steps_from(row.steps), row.per_day, MappingProxyType(standing))
