"""How a channel does: its last try, and what waits for it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session, col, func, select

from notifications.outbox import OutboxState
from tracker.store.tables import AttemptRow, OutboxRow


@dataclass(frozen=True, slots=True)
class LastTry:
    """The last letter that was handed to a channel, and what it answered; no answer yet: None."""

    at: datetime
    outcome: str | None
    code: str
    detail: str


def last_try(session: Session, channel: str) -> LastTry | None:
    """Return the last try on a channel, None before the first."""
    row = session.exec(
        select(AttemptRow)
        .join(OutboxRow, col(OutboxRow.id) == col(AttemptRow.outbox_id))
        .where(col(OutboxRow.channel) == channel)
        .order_by(col(AttemptRow.id).desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    return LastTry(_utc(row.finished_at or row.started_at), row.outcome, row.code or "", row.detail or "")


def waiting(session: Session, channel: str) -> int:
    """Count the letters that wait for a channel."""
    question = select(func.count()).where(
        col(OutboxRow.channel) == channel, col(OutboxRow.state) == OutboxState.QUEUED
    )
    return session.exec(question).one()


def _utc(moment: datetime) -> datetime:
    """Read a moment as UTC: SQLite gives it back without a zone, PostgreSQL in that of the session."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
