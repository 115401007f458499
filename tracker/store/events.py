"""History: what was done, by whom, through what; written in the transaction that it records."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlmodel import Session, col, func, select

from tracker.errors import Conflict
from tracker.store.chain import link
from tracker.store.tables import ChainRow, EventRow

SYSTEM_NAME: Final = "hệ thống"  # who acts where no person does
STANDING_IN: Final = "standing_in_for"  # the field of a line that says for whom a substitute acted
AGENCY_CODE: Final = "agency_code"  # the field of a line that says who answers from then on, for the check
_WAITING: Final = "dondoc_events"  # lines of this transaction that are not written yet


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, through what, and when."""

    actor: str  # the login of an account, once there are any
    via: str  # cli, web, link; run and deliver: the system itself
    at: datetime
    standing_in: str | None = None  # the login of whoever the actor stands in for


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
    """Add a line of history about an entity, named by its kind and number.

    It is written when the transaction ends: see `seal`.
    """
    kind, number = entity
    after = change.after
    if act.standing_in is not None:
        after = {**(after or {}), STANDING_IN: act.standing_in}
    session.info.setdefault(_WAITING, []).append(
        EventRow(
            at=act.at.astimezone(UTC),
            actor=act.actor,
            channel=act.via,
            action=action,
            entity=kind,
            entity_id=number,
            before=_plain(change.before),
            after=_plain(after),
        )
    )


def seal(session: Session) -> None:
    """Chain and write the lines of a transaction, as its last act.

    The end of the chain is one row that every writer locks. Taking it last, and holding it only until the
    commit, keeps PostgreSQL's writers from waiting for each other in a circle.
    """
    waiting: list[EventRow] = session.info.pop(_WAITING, [])
    if not waiting:
        return
    session.flush()
    end = session.exec(_END).first()
    if end is None:
        raise Conflict("history.no-end")
    last = session.exec(_LAST).one() or 0
    for row in waiting:
        row.id = last = last + 1  # numbered here and not by a sequence: a transaction given up leaves no gap
        row.previous_hash, row.hash = end.last_hash, link(end.last_hash, row)
        end.count, end.last_hash = end.count + 1, row.hash
        session.add(row)
    session.flush()


# Asked at the end of every transaction that has something to tell, and so put together once.
_END: Final = select(ChainRow).with_for_update().execution_options(populate_existing=True)
_LAST: Final = select(func.max(EventRow.id))


def _plain(fields: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return what the database will give back: dates and states as text."""
    if fields is None:
        return None
    plain: dict[str, Any] = json.loads(json.dumps(fields, ensure_ascii=False, default=str))
    return plain


def history(session: Session, entity: str, entity_id: int) -> list[Event]:
    """Return the lines about one entity, oldest first; those of this very transaction come last."""
    rows = session.exec(
        select(EventRow)
        .where(col(EventRow.entity) == entity, col(EventRow.entity_id) == entity_id)
        .order_by(col(EventRow.id))
    )
    waiting: list[EventRow] = session.info.get(_WAITING, [])
    fresh = [row for row in waiting if (row.entity, row.entity_id) == (entity, entity_id)]
    return [
        Event(row.at, row.actor, row.channel, row.action, row.entity, row.entity_id, row.before, row.after)
        for row in (*rows, *fresh)
    ]
