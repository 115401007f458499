"""Approval gives a document's tasks to the agencies, once, with history."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from directives.model import Span
from tests.tracker.factories import CLOCK, a_deadline, a_directive, a_draft, a_mention, an_agency
from tests.tracker.services.at_work import some_work
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


def test_insisting_on_what_only_gives_time_for_unknown_work_is_counted(
    engine: Engine, tmp_path: Path
) -> None:
    """Left first, then given as new work because a person says so; the answer tells how many those are."""
    sentence = (
        "Đồng ý gia hạn nhiệm vụ giao Sở Y tế tại Thông báo số 121/TB-UBND ngày 03/4/2020 đến 31/5/2020."
    )
    office = some_work(engine, tmp_path).office(date(2020, 4, 20))
    with transaction(engine) as session:
        until = a_draft(a_deadline(date(2020, 5, 31)), span=Span(0, len(sentence)))
        number = a_directive(session, until, approved=False, text=sentence, number="2501/UBND-KT1")
        left = approve(session, number, actor="Lan", clock=CLOCK, office=office)
        given = approve(session, number, actor="Lan", clock=CLOCK, office=office, everything=True)

        lines = history(session, "directive", number)

    assert [(line.after or {}).get("reason") for line in lines] == [
        None,
        "giao cả 1 phần việc chỉ gia hạn việc chưa tìm thấy",
    ]
    assert (left.assigned, left.left, left.insisted) == (0, 1, 0)
    assert (given.assigned, given.left, given.insisted) == (1, 0, 1)


def test_giving_all_as_new_beside_open_work_is_kept_in_history(engine: Engine) -> None:
    """Whoever insists answers for it: the line names the documents whose work stays open."""
    with transaction(engine) as session:
        number = a_directive(session, a_draft(), approved=False)
        approve(session, number, actor="Lan", clock=CLOCK, beside=("120/TB-UBND", "121/TB-UBND"))
        (line,) = history(session, "directive", number)

    assert line.after is not None
    assert line.after["reason"].endswith("việc đang mở của 120/TB-UBND, 121/TB-UBND")
