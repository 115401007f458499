"""Holds: while one is open nothing is planned and sent, for the whole office or about one document."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from sqlmodel import Session, col, or_, select, update

from notifications.outbox import OutboxState
from tracker.clock import office_day
from tracker.domain.holds import HoldReason
from tracker.store.events import Act, Change, record
from tracker.store.tables import HoldRow, LetterItemRow, OutboxRow

HELD: Final = "held"  # why a letter that waited behind a hold was dropped: its steps are planned anew
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
SKIPPED: Final = "skipped"  # why a step that was past when a hold was released is not said


@dataclass(frozen=True, slots=True)
class Hold:
    """An open hold; without a document it is the whole office's."""

    id: int
    reason: HoldReason
    since: datetime
    directive_id: int | None


def put(session: Session, reason: HoldReason, *, act: Act, directive_id: int | None = None) -> int:
    """Put a hold and return its number; history says so."""
    row = HoldRow(reason=reason, since=act.at, directive_id=directive_id)
    session.add(row)
    session.flush()
    after = {"reason": reason, "directive": directive_id}
    record(session, act, "hold-put", ("hold", row.id or 0), Change(after=after))
    return row.id or 0


def open_holds(session: Session) -> list[Hold]:
    """Return the holds that nobody has released, oldest first."""
    rows = session.exec(_OPEN)
    return [Hold(row.id or 0, HoldReason(row.reason), row.since, row.directive_id) for row in rows]


_OPEN: Final = (  # asked for every letter to an agency
    select(HoldRow).where(col(HoldRow.released_at).is_(None)).order_by(col(HoldRow.id))
)


def let_go_since(session: Session, reason: HoldReason, day: date) -> bool:
    """Tell whether a hold that was put for a reason was released on a day or after it."""
    asked = select(HoldRow.released_at).where(
        col(HoldRow.reason) == reason, col(HoldRow.released_at).is_not(None)
    )
    return any(at is not None and office_day(at) >= day for at in session.exec(asked))


def release(session: Session, held: Collection[Hold], *, act: Act, skip_past: bool) -> None:
    """Release holds; `skip_past` is kept in history beside the name of who decided it."""
    ids = [one.id for one in held]
    session.execute(
        update(HoldRow).where(col(HoldRow.id).in_(ids)).values(released_at=act.at, released_by=act.actor)
    )
    for one in held:
        after = {"reason": one.reason, "skip_past": skip_past}
        record(session, act, "hold-released", ("hold", one.id), Change(after=after))


def drop_waiting(session: Session) -> int:
    """Drop the letters that waited behind a hold and return how many; what they had to say is planned anew.

    One that was being sent when everything stopped may have arrived: that is for a person to find out. No run
    plans anew what was written at once, outside any run: it stays, unless a backup brought it.
    """
    asked = select(OutboxRow.id).where(
        col(OutboxRow.state).in_((OutboxState.QUEUED, OutboxState.LEASED)),
        or_(col(OutboxRow.business_date).is_not(None), col(OutboxRow.created_at) < _restored(session)),
    )
    waiting = list(session.scalars(asked))
    settled = {"last_code": HELD, "lease_owner": None, "lease_until": None}
    session.execute(
        update(OutboxRow).where(col(OutboxRow.id).in_(waiting)).values(state=OutboxState.DROPPED, **settled)
    )
    session.execute(
        update(LetterItemRow)
        .where(col(LetterItemRow.outbox_id).in_(waiting), col(LetterItemRow.left_out).is_(None))
        .values(left_out=HELD)
    )
    session.execute(
        update(OutboxRow)
        .where(col(OutboxRow.state) == OutboxState.SENDING)
        .values(state=OutboxState.UNKNOWN, **settled)
    )
    return len(waiting)


def _restored(session: Session) -> datetime:
    """Return when a backup was last put back whose hold is open; long ago where none was."""
    found = [one.since for one in open_holds(session) if one.reason is HoldReason.RESTORED]
    return max(found, default=_LONG_AGO)


def keep_unsaid(session: Session, letter_ids: Collection[int], why: str) -> None:
    """Settle letters that are never sent, whose steps count as taken all the same, and say why."""
    session.execute(
        update(OutboxRow)
        .where(col(OutboxRow.id).in_(letter_ids))
        .values(state=OutboxState.DROPPED, last_code=SKIPPED, last_detail=why)
    )
