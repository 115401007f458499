"""The log of letters: each as the outbox has it, whoever it is for."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from notifications.outbox import OutboxState
from tracker.store.tables import OutboxRow


@dataclass(frozen=True, slots=True)
class LoggedLetter:
    """A letter and where it stands; `code` and `detail` are the channel's last answer."""

    id: int
    key: str
    channel: str
    address: str
    subject: str
    text: str
    state: OutboxState
    attempts: int
    message_id: str
    created_at: datetime
    sent_at: datetime | None
    code: str | None
    detail: str | None
    fallback_of: int | None  # the letter of another channel that this one stands in for


def log_of_letters(session: Session, *, state: OutboxState | None = None, limit: int) -> list[LoggedLetter]:
    """List the newest letters, or the newest in one state."""
    question = select(OutboxRow).order_by(col(OutboxRow.id).desc()).limit(limit)
    if state is not None:
        question = question.where(col(OutboxRow.state) == state)
    return [
        LoggedLetter(
            row.id or 0,
            row.key,
            row.channel,
            row.address,
            row.subject,
            row.text,
            row.state,
            row.attempts,
            row.message_id,
            row.created_at,
            row.sent_at,
            row.last_code,
            row.last_detail,
            row.fallback_of,
        )
        for row in session.exec(question)
    ]
