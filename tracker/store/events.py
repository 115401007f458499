"""History: what was done, by whom, through what; written in the transaction that it records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.store.tables import EventRow


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, through what, and when."""

    actor: str
    via: str  # cli, web, link, run
    at: datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One line of history."""

    at: datetime
    actor: str
    via: str
    action: str
    entity: str
    entity_id: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Change:
    """What an act changed: only the fields concerned."""

    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


def record(session: Session, act: Act, action: str, entity: tuple[str, int], change: Change) -> None:
    """Add a line of history about an entity, named by its kind and number."""
    kind, number = entity
    session.add(
        EventRow(
            at=act.at,
            actor=act.actor,
            channel=act.via,
            action=action,
            entity=kind,
            entity_id=number,
            before=change.before,
            after=change.after,
        )
    )


def history(session: Session, entity: str, entity_id: int) -> list[Event]:
    """Return the lines about one entity, oldest first."""
    rows = session.exec(
        select(EventRow)
        .where(col(EventRow.entity) == entity, col(EventRow.entity_id) == entity_id)
        .order_by(col(EventRow.id))
    )
    return [
        Event(row.at, row.actor, row.channel, row.action, row.entity, row.entity_id, row.before, row.after)
        for row in rows
    ]
