"""An e-mail that stands in, once, for a letter that another channel could not bring."""

from datetime import datetime

from sqlalchemy import delete, exists, func, select
from sqlmodel import Session, col

from notifications.channels import ChannelName
from notifications.channels.mail import message_id_for
from notifications.outbox import OutboxState
from tracker.domain.notes import NoteOutcome
from tracker.domain.people import EmailState
from tracker.store.events import SYSTEM_NAME, Act, Change, record
from tracker.store.letter_notes import note_items
from tracker.store.tables import ContactRow, LetterItemRow, OutboxRow
from tracker.store.upsert import insert, insert_new

SUFFIX = "email-fb"
SUBJECT_LENGTH = 120


def write_fallback(session: Session, letter_id: int, at: datetime) -> int | None:
    """Queue the e-mail that stands in for a letter; None where there is none to be.

    That is so for an e-mail, for what is itself a stand-in, for a reader without a mail address that works,
    and where the reader has all of it by e-mail already. It is due when the letter was, and is asked like any
    other right before it leaves whether it is still true.
    """
    letter = session.get_one(OutboxRow, letter_id)
    contact = None if letter.contact_id is None else session.get(ContactRow, letter.contact_id)
    if letter.channel == ChannelName.EMAIL or letter.fallback_of is not None or contact is None:
        return None
    if not contact.active or contact.email is None or contact.email_state is EmailState.BOUNCING:
        return None
    if not insert_new(session, OutboxRow, _row(letter, contact.email)):
        return None
    chosen = select(col(OutboxRow.id)).where(col(OutboxRow.fallback_of) == letter_id)
    number = int(session.execute(chosen).scalar_one() or 0)
    if not _says_something_new(session, letter, number):
        session.execute(delete(OutboxRow).where(col(OutboxRow.id) == number))
        return None
    act = Act(SYSTEM_NAME, "deliver", at)
    record(session, act, "fallback", ("letter", number), Change(after={"fallback_of": letter_id}))
    note_items(session, number, NoteOutcome.FIRED, "fallback", at)
    return number


def _says_something_new(session: Session, letter: OutboxRow, number: int) -> bool:
    """Give the stand-in those items that no e-mail says; a letter without any is new once a day.

    One that was written at once is new where its like, under the same key, does not go by e-mail.
    """
    items = session.scalars(
        select(LetterItemRow).where(
            col(LetterItemRow.outbox_id) == letter.id, col(LetterItemRow.left_out).is_(None)
        )
    ).all()
    if items:
        rows = [_item(item, number) for item in items]
        session.execute(insert(session, LetterItemRow.__table__).on_conflict_do_nothing(), rows)  # type: ignore[attr-defined]  # SQLModel does not say it
        added = select(func.count()).where(col(LetterItemRow.outbox_id) == number)
        return bool(session.execute(added).scalar_one())
    if letter.business_date is None:
        alike = col(OutboxRow.key) == f"{letter.key.rpartition(':')[0]}:{ChannelName.EMAIL}"
    else:
        alike = col(OutboxRow.business_date) == letter.business_date
    another = exists().where(
        col(OutboxRow.contact_id) == letter.contact_id,
        col(OutboxRow.channel) == ChannelName.EMAIL,
        alike,
        col(OutboxRow.state) != OutboxState.DROPPED,
        col(OutboxRow.id) != number,
    )
    return not session.execute(select(another)).scalar_one()


def _item(item: LetterItemRow, number: int) -> dict[str, object]:
    return {
        "outbox_id": number,
        "assignment_id": item.assignment_id,
        "deadline_version": item.deadline_version,
        "ladder_version": item.ladder_version,
        "step": item.step,
        "contact_id": item.contact_id,
        "channel": ChannelName.EMAIL,
        "role": item.role,
        "kind": item.kind,
    }


def _row(letter: OutboxRow, address: str) -> dict[str, object]:
    key = f"{letter.key}:{SUFFIX}"
    domain = letter.message_id.strip("<>").rpartition("@")[2]
    return {
        "key": key,
        "kind": letter.kind,
        "business_date": letter.business_date,
        "contact_id": letter.contact_id,
        "channel": ChannelName.EMAIL,
        "address": address,
        "message_id": message_id_for(key, domain),
        "subject": letter.subject or letter.text.strip().partition("\n")[0][:SUBJECT_LENGTH],
        "text": letter.text,
        "html": None,
        "thread_key": letter.thread_key,
        "state": OutboxState.QUEUED,
        "attempts": 0,
        "created_at": letter.created_at,
        "next_try_at": letter.next_try_at,
        "expires_at": letter.expires_at,
        "urgent": letter.urgent,
        "fallback_of": letter.id,
        "snapshot_id": letter.snapshot_id,
        "calendar": letter.calendar,
    }
