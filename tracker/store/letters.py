"""Queue letters: the planning side of the outbox. The sending side is `tracker.store.outbox`."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from notifications.messages import Letter
from notifications.outbox import OutboxState
from tracker.domain.people import Role
from tracker.store.tables import OutboxRow
from tracker.store.upsert import insert_new


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLetter:
    """A letter and why it is written; `key` makes it one and the same, however often it is planned."""

    key: str
    kind: str
    letter: Letter
    channel: str
    address: str
    message_id: str
    now: datetime
    not_before: datetime | None = None
    expires_at: datetime | None = None
    business_date: date | None = None
    assignment_id: int | None = None
    deadline_version: int | None = None
    ladder_version: int | None = None
    step: str | None = None
    contact_id: int | None = None
    role: Role | None = None


def enqueue(session: Session, new: NewLetter) -> bool:
    """Queue a letter unless its key is known; return whether it was new."""
    values = {
        "key": new.key,
        "kind": new.kind,
        "assignment_id": new.assignment_id,
        "deadline_version": new.deadline_version,
        "ladder_version": new.ladder_version,
        "step": new.step,
        "business_date": new.business_date,
        "contact_id": new.contact_id,
        "role": new.role,
        "channel": new.channel,
        "address": new.address,
        "message_id": new.message_id,
        "subject": new.letter.subject,
        "text": new.letter.text,
        "html": new.letter.html,
        "thread_key": new.letter.thread_key,
        "state": OutboxState.QUEUED,
        "attempts": 0,
        "created_at": new.now,
        "next_try_at": new.not_before or new.now,
        "expires_at": new.expires_at,
    }
    return insert_new(session, OutboxRow, values)
