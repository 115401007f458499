"""Notes about everything that a letter says."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.clock import office_day
from tracker.domain.notes import NoteOutcome
from tracker.store.step_notes import StepNote, add
from tracker.store.tables import LetterItemRow, OutboxRow


def note_items(session: Session, letter_id: int, outcome: NoteOutcome, reason: str, at: datetime) -> int:
    """Note what became of the items of a letter that are not left out of it; return how many there are."""
    letter = session.get_one(OutboxRow, letter_id)
    items = session.scalars(
        select(LetterItemRow)
        .where(col(LetterItemRow.outbox_id) == letter_id, col(LetterItemRow.left_out).is_(None))
        .order_by(col(LetterItemRow.id))
    ).all()
    day = letter.business_date or office_day(letter.created_at)
    return add(session, [note_of(item, day, outcome, reason, at) for item in items])


def note_some(
    session: Session,
    found: Iterable[tuple[int, NoteOutcome, str]],
    day: date,
    at: datetime,
    *,
    contact_id: int | None = None,
) -> int:
    """Note what became of some items, each with its own reason; `contact_id` for another than its reader."""
    said = {item_id: (outcome, reason) for item_id, outcome, reason in found}
    items = session.scalars(
        select(LetterItemRow).where(col(LetterItemRow.id).in_(said)).order_by(col(LetterItemRow.id))
    )
    return add(
        session, [note_of(item, day, *said[item.id or 0], at, contact_id=contact_id) for item in items]
    )


def note_of(  # noqa: PLR0913 — what is noted, each thing once
    item: LetterItemRow,
    day: date,
    outcome: NoteOutcome,
    reason: str,
    at: datetime,
    *,
    contact_id: int | None = None,
) -> StepNote:
    """Return the note of one item."""
    return StepNote(
        business_date=day,
        assignment_id=item.assignment_id,
        deadline_version=item.deadline_version,
        ladder_version=item.ladder_version,
        step=item.step,
        outcome=outcome,
        at=at,
        reason=reason,
        role=item.role,
        contact_id=contact_id or item.contact_id,
        channel=item.channel,
        outbox_id=item.outbox_id,
    )
