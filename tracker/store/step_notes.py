"""Notes of what became of each step, and why: written by the run and by the delivery, read by the proof."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.notes import NoteOutcome
from tracker.domain.people import Role
from tracker.store.tables import StepNoteRow
from tracker.store.upsert import insert


@dataclass(frozen=True, slots=True, kw_only=True)
class StepNote:
    """What became of a step of an assignment; who, where and in which letter, as far as there is one.

    `reason` is a code; the phrasebook says it.
    """

    business_date: date
    assignment_id: int
    deadline_version: int
    ladder_version: int
    step: str
    outcome: NoteOutcome
    at: datetime
    reason: str = ""
    role: Role | None = None
    contact_id: int | None = None
    channel: str | None = None
    outbox_id: int | None = None


def add(session: Session, notes: Iterable[StepNote]) -> int:
    """Write notes down; return how many."""
    rows = [{name: getattr(note, name) for name in _NAMES} for note in notes]
    if rows:
        session.execute(insert(session, StepNoteRow.__table__), rows)  # type: ignore[attr-defined]  # SQLModel does not say it
    return len(rows)


def of_reader(session: Session, contact_id: int, day: date) -> list[StepNote]:
    """Return what became of the steps for a reader on a business date, in the order it was written."""
    asked = col(StepNoteRow.contact_id) == contact_id, col(StepNoteRow.business_date) == day
    return _notes(session.scalars(select(StepNoteRow).where(*asked).order_by(col(StepNoteRow.id))).all())


def of_date(session: Session, day: date) -> list[StepNote]:
    """Return what became of the steps of a business date, in the order it was written."""
    asked = col(StepNoteRow.business_date) == day
    return _notes(session.scalars(select(StepNoteRow).where(asked).order_by(col(StepNoteRow.id))).all())


def of_assignment(session: Session, assignment_id: int) -> list[StepNote]:
    """Return what became of an assignment's steps, whoever they were for, in the order it was written."""
    asked = col(StepNoteRow.assignment_id) == assignment_id
    return _notes(session.scalars(select(StepNoteRow).where(asked).order_by(col(StepNoteRow.id))).all())


_NAMES = tuple(StepNote.__dataclass_fields__)


def _notes(rows: Sequence[StepNoteRow]) -> list[StepNote]:
    return [StepNote(**{name: getattr(row, name) for name in _NAMES}) for row in rows]
