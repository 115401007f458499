"""Approval gives a document's tasks to the agencies, once, with history."""

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from tests.tracker.factories import CLOCK, a_directive, a_draft, a_mention, an_agency
from tracker.clock import today
from tracker.domain.status import Status
from tracker.errors import NotFound
from tracker.services.approval import approve
from tracker.store.events import history
from tracker.store.session import reading, transaction
from tracker.store.tables import AssignmentRow, DirectiveRow


def test_approval_assigns_every_draft_and_writes_history(engine: Engine) -> None:
    """Each lead's share is assigned as of today, with who did it and what it was before."""
    with transaction(engine) as session:
        an_agency(session)
        leads = (a_mention(), a_mention("Công ty X", None))
        number = a_directive(session, a_draft(leads=leads), a_draft(item="4"), approved=False)
        result = approve(session, number, actor="Lan", clock=CLOCK)
    with reading(engine) as session:
        rows = session.exec(select(AssignmentRow)).all()
        lines = history(session, "assignment", rows[0].id or 0)
        directive = session.get_one(DirectiveRow, number)

    assert result.assigned == 3
    assert {(row.status, row.assigned_on) for row in rows} == {(Status.ASSIGNED, today(CLOCK))}
    assert [(line.actor, line.before, line.after) for line in lines] == [
        ("Lan", {"status": "draft"}, {"status": "assigned"})
    ]
    assert (directive.approved_by, directive.approved_at) == ("Lan", CLOCK.now())


def test_approving_again_changes_nothing(engine: Engine) -> None:
    """The second approval says so and writes no second line of history."""
    with transaction(engine) as session:
        number = a_directive(session, a_draft())
        again = approve(session, number, actor="Lan", clock=CLOCK)
        lines = history(session, "directive", number)

    assert (again.already, again.assigned) == (True, 0)
    assert len(lines) == 1


def test_a_document_that_is_not_there_cannot_be_approved(engine: Engine) -> None:
    """The sentence says where the list is."""
    with transaction(engine) as session, pytest.raises(NotFound, match="dondoc documents"):
        approve(session, 77, actor="Lan", clock=CLOCK)
