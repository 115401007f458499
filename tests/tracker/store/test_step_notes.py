"""Notes of what became of steps, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import Engine
from sqlmodel import select

from tests.tracker.factories import AGENCY, a_contact, a_deadline, a_directive, a_draft, an_agency
from tracker.domain.notes import NoteOutcome
from tracker.domain.people import Role
from tracker.store.session import reading, transaction
from tracker.store.step_notes import StepNote, add, of_assignment, of_reader
from tracker.store.tables import AssignmentRow

FRIDAY = date(2020, 4, 3)


def test_notes_come_back_as_they_were_written_by_reader_and_by_assignment(engine: Engine) -> None:
    """A step for one reader and one for nobody: the reader's day has the first, the assignment has both."""
    with transaction(engine) as session:
        an_agency(session)
        officer = a_contact(session, Role.OFFICER, AGENCY)
        a_directive(session, a_draft(a_deadline(date(2020, 4, 8))))
        assignment = session.exec(select(AssignmentRow.id)).one() or 0
        told = StepNote(
            business_date=FRIDAY,
            assignment_id=assignment,
            deadline_version=1,
            ladder_version=1,
            step="before-3",
            outcome=NoteOutcome.DROPPED,
            at=datetime(2020, 4, 3, 1, 0, tzinfo=UTC),
            reason="not-at-work",
            role=Role.OFFICER,
            contact_id=officer,
            channel="email",
        )
        to_nobody = replace(
            told, outcome=NoteOutcome.UNREACHABLE, role=Role.HEAD, contact_id=None, channel=None
        )
        assert add(session, [told, to_nobody]) == 2
        assert add(session, []) == 0

    with reading(engine) as session:
        assert of_reader(session, officer, FRIDAY) == [told]
        assert of_reader(session, officer, date(2020, 4, 6)) == []
        assert of_assignment(session, assignment) == [told, to_nobody]
