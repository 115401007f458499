"""The sending side of the outbox. `tracker.store.letters` is the planning side, `last_look` between them.

Every method is one short transaction; none is open while a letter is on its way. Leases run on real time
whatever the office's clock says, so that a rehearsal on another date cannot hold letters for ever.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, cast

from sqlalchemy import (
    ColumnElement,
    Engine,
    Table,
    Update,
    and_,
    bindparam,
    case,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlmodel import Session, col

from notifications.messages import Letter
from notifications.outbox import QUIET_HOURS, Entry, OutboxState, Verdict
from tracker.domain.notes import NoteOutcome
from tracker.store.deliverers import is_gone, new_owner
from tracker.store.events import SYSTEM_NAME, Act, Change, record
from tracker.store.fallbacks import write_fallback
from tracker.store.letter_notes import note_items
from tracker.store.session import reading, transaction
from tracker.store.tables import AttemptRow, LetterItemRow, OutboxRow

LEASE: Final = timedelta(minutes=3)  # longer than the slowest letter: ten SMTP steps of 15 seconds
SETTLED: Final = frozenset(
    {OutboxState.SENT, OutboxState.UNKNOWN, OutboxState.DEAD, OutboxState.DROPPED}
)  # nothing more happens by itself
_HELD: Final = (OutboxState.LEASED, OutboxState.SENDING)


def wall_clock() -> datetime:
    """Return the real moment, for leases."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class SqlOutbox:
    """Letters in the database, as one deliverer sees them; implements `notifications.outbox.Outbox`."""

    engine: Engine
    owner: str = field(default_factory=new_owner)
    wall: Callable[[], datetime] = wall_clock
    lease: timedelta = LEASE

    def claim(
        self, *, due: datetime, channels: Collection[str], limit: int, urgent_only: bool = False
    ) -> list[Entry]:
        """Lease letters whose time has come and letters whose deliverer is gone; nobody else gets them.

        A letter found in `sending` stays so: it is in doubt until its channel's rule is applied, even if
        this deliverer dies too.
        """
        moment = self.wall()
        ready = or_(
            and_(col(OutboxRow.state) == OutboxState.QUEUED, col(OutboxRow.next_try_at) <= due),
            and_(col(OutboxRow.state).in_(_HELD), col(OutboxRow.lease_until) <= moment),
        )
        chosen = (
            select(col(OutboxRow.id))
            .where(col(OutboxRow.channel).in_(channels), ready, *_only_urgent(urgent_only))
            .order_by(col(OutboxRow.next_try_at), col(OutboxRow.id))
            .limit(limit)
            .with_for_update(skip_locked=True)  # PostgreSQL; on SQLite the writer is alone
            .cte("chosen")
        )
        in_doubt = col(OutboxRow.state) == OutboxState.SENDING
        taken = (
            update(OutboxRow)
            .where(col(OutboxRow.id).in_(select(chosen.c.id)))
            .values(
                state=case((in_doubt, OutboxState.SENDING), else_=OutboxState.LEASED),
                lease_owner=self.owner,
                lease_until=moment + self.lease,
            )
            .returning(OutboxRow)
        )
        with transaction(self.engine) as session:
            rows = session.scalars(taken).all()
            return [_entry(row) for row in sorted(rows, key=lambda row: (row.next_try_at, row.id))]

    def free_the_dead(self) -> None:
        """End the leases of deliverers that were killed on this machine, so that nobody waits for them."""
        held = and_(col(OutboxRow.state).in_(_HELD), col(OutboxRow.lease_until) > self.wall())
        with transaction(self.engine) as session:
            owners = session.scalars(select(col(OutboxRow.lease_owner)).where(held).distinct()).all()
            gone = [owner for owner in owners if owner is not None and is_gone(owner)]
            if gone:
                session.execute(
                    update(OutboxRow)
                    .where(held, col(OutboxRow.lease_owner).in_(gone))
                    .values(lease_until=self.wall())
                )

    def held_by_others(self) -> int:
        """Count the letters that other deliverers hold now."""
        held = and_(col(OutboxRow.state).in_(_HELD), col(OutboxRow.lease_until) > self.wall())
        with reading(self.engine) as session:
            return session.scalars(select(func.count()).select_from(OutboxRow).where(held)).one()

    def begin(self, entry: Entry) -> bool:
        """Write `sending`, and the words that are sent, before the first byte leaves, if the lease holds."""
        moment = self.wall()
        words = entry.letter
        values = {
            "the_id": entry.id,
            "the_owner": self.owner,
            "the_moment": moment,
            "attempts": entry.attempts + 1,
            "lease_until": moment + self.lease,
            "kind": entry.kind,
            "address": entry.address,
            "subject": words.subject,
            "text": words.text,
            "html": words.html,
            "thread_key": words.thread_key,
            "calendar": words.calendar,
        }
        with transaction(self.engine) as session:
            if session.connection().execute(_BEGUN, values).scalar_one_or_none() is None:
                return False
            journal = {"the_id": entry.id, "the_owner": self.owner, "the_moment": moment}
            session.connection().execute(_TRY, journal)
            return True

    def record(self, entry: Entry, verdict: Verdict) -> bool:
        """Write a verdict, the end of the try and, for what is settled, a line of history; all or nothing.

        What a dropped letter had to say is left out with it, whatever the reason, and may be planned again. A
        letter that an e-mail stands in for is tried no more.
        """
        moment = self.wall()
        values = {
            "the_id": entry.id,
            "the_owner": self.owner,
            "state": verdict.state,
            "attempts": verdict.attempts,
            "last_code": verdict.code or None,
            "last_detail": verdict.detail or None,
            "provider_id": verdict.provider_id,
            "next_try_at": verdict.next_try_at,
            "sent_at": moment if verdict.state is OutboxState.SENT else None,
        }
        with transaction(self.engine) as session:
            if session.connection().execute(_RECORDED, values).scalar_one_or_none() is None:
                return False
            self._end_try(session, entry.id, verdict, moment)
            if verdict.code == QUIET_HOURS:
                note_items(session, entry.id, NoteOutcome.HELD, verdict.code, moment)
            state = verdict.state
            if state is OutboxState.DROPPED:
                note_items(session, entry.id, NoteOutcome.DROPPED, verdict.code, moment)
                session.execute(_leave_out(entry.id, verdict.code))
            if verdict.fall_back and write_fallback(session, entry.id, moment) is not None:
                state = _ended(session, entry.id, state)
            if state in SETTLED:
                change = Change({"state": entry.state}, {"state": state, "code": verdict.code})
                record(session, Act(SYSTEM_NAME, "deliver", moment), state, ("letter", entry.id), change)
            return True

    def release(self, entries: Iterable[Entry]) -> None:
        """Give back what was claimed and not touched; what is in doubt stays in doubt."""
        ids = [entry.id for entry in entries]
        if not ids:
            return
        in_doubt = col(OutboxRow.state) == OutboxState.SENDING
        given_back = (
            update(OutboxRow)
            .where(col(OutboxRow.id).in_(ids), col(OutboxRow.lease_owner) == self.owner)
            .values(
                state=case((in_doubt, OutboxState.SENDING), else_=OutboxState.QUEUED),
                lease_owner=None,
                lease_until=self.wall(),
            )
        )
        with transaction(self.engine) as session:
            session.execute(given_back)

    def _end_try(self, session: Session, outbox_id: int, verdict: Verdict, moment: datetime) -> None:
        """Close this deliverer's own open try; one left open tells of a deliverer that died."""
        session.connection().execute(
            _ENDED,
            {
                "the_id": outbox_id,
                "the_owner": self.owner,
                "finished_at": moment,
                "outcome": verdict.state,
                "code": verdict.code or None,
                "detail": verdict.detail or None,
            },
        )


# What every letter goes through is put together once: building a statement anew takes
# longer than the database takes to carry it out.
_LETTERS: Final = cast("Table", OutboxRow.__table__)  # type: ignore[attr-defined]  # SQLModel does not say it
_TRIES: Final = cast("Table", AttemptRow.__table__)  # type: ignore[attr-defined]  # the same
_BEGUN: Final = (
    update(_LETTERS)
    .where(
        _LETTERS.c.id == bindparam("the_id"),
        _LETTERS.c.lease_owner == bindparam("the_owner"),
        _LETTERS.c.lease_until > bindparam("the_moment"),
        _LETTERS.c.state.in_(_HELD),
    )
    .values(
        state=OutboxState.SENDING,
        **{
            name: bindparam(name)
            for name in (
                *("attempts", "lease_until", "kind", "address"),
                *("subject", "text", "html", "thread_key", "calendar"),
            )
        },
    )
    .returning(_LETTERS.c.id)
)
_RECORDED: Final = (
    update(_LETTERS)
    .where(_LETTERS.c.id == bindparam("the_id"), _LETTERS.c.lease_owner == bindparam("the_owner"))
    .values(
        lease_owner=None,
        lease_until=None,
        **{
            name: bindparam(name) for name in ("state", "attempts", "last_code", "last_detail", "provider_id")
        },
        **{  # what the verdict leaves open stays as it was
            name: func.coalesce(bindparam(name, type_=_LETTERS.c[name].type), _LETTERS.c[name])
            for name in ("next_try_at", "sent_at")
        },
    )
    .returning(_LETTERS.c.id)
)
_TRY: Final = insert(_TRIES).values(
    outbox_id=bindparam("the_id"),
    ordinal=select(func.coalesce(func.max(_TRIES.c.ordinal), 0) + 1)
    .where(_TRIES.c.outbox_id == bindparam("the_id"))
    .scalar_subquery(),
    worker=bindparam("the_owner"),
    started_at=bindparam("the_moment", type_=_TRIES.c.started_at.type),
)
_ENDED: Final = (
    update(_TRIES)
    .where(
        _TRIES.c.outbox_id == bindparam("the_id"),
        _TRIES.c.worker == bindparam("the_owner"),
        _TRIES.c.finished_at.is_(None),
    )
    .values(**{name: bindparam(name) for name in ("finished_at", "outcome", "code", "detail")})
)


def _only_urgent(asked: bool) -> tuple[ColumnElement[bool], ...]:  # noqa: FBT001 — yes or no is all it asks
    """Choose the letters that may leave at any hour, if they alone may leave now."""
    return (col(OutboxRow.urgent).is_(True),) if asked else ()


def _ended(session: Session, outbox_id: int, state: OutboxState) -> OutboxState:
    """Try a letter no more that is said another way now; return where it stands."""
    if state is not OutboxState.QUEUED:
        return state
    session.execute(update(OutboxRow).where(col(OutboxRow.id) == outbox_id).values(state=OutboxState.DEAD))
    return OutboxState.DEAD


def _leave_out(outbox_id: int, reason: str) -> Update:
    """Mark those items of a letter that no last look has given a reason of their own."""
    return (
        update(LetterItemRow)
        .where(col(LetterItemRow.outbox_id) == outbox_id, col(LetterItemRow.left_out).is_(None))
        .values(left_out=reason)
    )


def _entry(row: OutboxRow) -> Entry:
    return Entry(
        id=row.id or 0,
        key=row.key,
        kind=row.kind,
        channel=row.channel,
        address=row.address,
        letter=Letter(row.subject, row.text, row.html, row.thread_key, row.calendar),
        message_id=row.message_id,
        state=row.state,
        attempts=row.attempts,
        expires_at=row.expires_at,
        urgent=row.urgent,
    )
