"""Letters that ended dead or in doubt: sent again, or settled by a person who knows what became of them."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from notifications.outbox import OutboxState
from tracker.store.tables import AttemptRow, LetterItemRow, OutboxRow
from tracker.store.upsert import insert

SENT_AGAIN = "sent-again"  # the code of a letter in place of which another was queued


def held(session: Session, letter_id: int) -> OutboxRow | None:
    """Return a letter, and keep others from changing it; None for no such letter."""
    return session.get(OutboxRow, letter_id, with_for_update=True)


def last_begun(session: Session, letter_id: int) -> datetime | None:
    """Return when the last try at sending a letter began."""
    asked = select(func.max(col(AttemptRow.started_at))).where(col(AttemptRow.outbox_id) == letter_id)
    found: datetime | None = session.execute(asked).scalar_one()
    return found


def put_back(session: Session, row: OutboxRow, now: datetime) -> None:
    """Queue a letter again as it is, with all its tries before it."""
    row.state, row.attempts, row.next_try_at = OutboxState.QUEUED, 0, now
    row.expires_at = None  # a person wants it sent
    session.add(row)
    session.flush()


def copies(session: Session, row: OutboxRow) -> int:
    """Count the occurrences of a letter that were queued again under keys of their own."""
    asked = select(func.count()).where(col(OutboxRow.key).startswith(f"{row.key}:again-", autoescape=True))
    return int(session.execute(asked).scalar_one())


def queue_copy(session: Session, row: OutboxRow, *, key: str, message_id: str, now: datetime) -> int:
    """Queue a new occurrence of a letter in its place; its steps are told in the new one from now on."""
    kept = ("kind", "business_date", "contact_id", "channel", "address", "subject", "text", "html")
    more = ("thread_key", "created_at", "urgent", "snapshot_id", "calendar")
    copy = OutboxRow(
        key=key, message_id=message_id, next_try_at=now, **{name: getattr(row, name) for name in kept + more}
    )
    session.add(copy)
    session.flush()
    number = copy.id or 0
    told = col(LetterItemRow.outbox_id) == row.id, col(LetterItemRow.left_out).is_(None)
    items = session.scalars(select(LetterItemRow).where(*told).order_by(col(LetterItemRow.id))).all()
    rows = [{**item.model_dump(exclude={"id"}), "outbox_id": number} for item in items]
    session.execute(update(LetterItemRow).where(*told).values(left_out=SENT_AGAIN))
    if rows:
        session.execute(insert(session, LetterItemRow.__table__), rows)  # type: ignore[attr-defined]  # SQLModel does not say it
    row.state, row.last_code = OutboxState.DROPPED, SENT_AGAIN
    session.add(row)
    session.flush()
    return number
