"""The conditions in SQL show exactly what the pure decision lets a person see."""

from random import Random

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from tests.tracker.factories import a_directive, a_draft, an_agency
from tracker.domain.permissions import EVERYTHING, Scope
from tracker.domain.status import Status
from tracker.services.listing import task_list
from tracker.store import directives
from tracker.store.assignments import Choice, tracked
from tracker.store.calendar import calendar_of
from tracker.store.session import reading, transaction
from tracker.store.tables import AssignmentRow, DirectiveRow, TaskRow
from tracker.store.visibility import visible_assignments, visible_directives

CODES = ("so-a", "so-b", "so-c", "so-d")


def work_at_random(session: Session, random: Random) -> list[int]:
    """Fill a database with work of four agencies and of nobody, in every state; return their numbers."""
    agencies = [an_agency(session, code, f"Sở {code[-1].upper()}") for code in CODES]
    for _ in range(12):
        a_directive(session, *(a_draft() for _ in range(random.randint(0, 6))))
    session.flush()
    for row in session.exec(select(AssignmentRow)):
        row.agency_id = random.choice([*agencies, None])
        row.status = random.choice(list(Status))
        if row.status in {Status.REPORTED, Status.CONFIRMED}:
            row.filed_on = row.assigned_on
    return agencies


def scopes(agencies: list[int]) -> list[Scope]:
    """Return every scope there can be over four agencies, one unknown agency, nothing, and everything."""
    some = [
        Scope(agencies=frozenset(one for place, one in enumerate(agencies) if bits >> place & 1))
        for bits in range(16)
    ]
    return [*some, Scope(agencies=frozenset({max(agencies) + 99})), EVERYTHING]


@pytest.mark.parametrize("seed", range(4))
def test_what_sql_shows_is_what_the_decision_lets_see(engine: Engine, seed: int) -> None:
    """On random work, for every scope: assignments, their documents, and the lists made of them."""
    with transaction(engine) as session:
        agencies = work_at_random(session, Random(seed))  # noqa: S311 - any numbers will do
    with reading(engine) as session:
        rows = session.exec(select(AssignmentRow, TaskRow.directive_id).join(TaskRow)).all()
        documents = set(session.exec(select(DirectiveRow.id)))
        calendar = calendar_of(session)
        for scope in scopes(agencies):
            seen = {row.id for row, _ in rows if scope.sees(row.agency_id, row.status)}
            in_documents = {number for row, number in rows if row.id in seen}

            assert set(session.exec(select(AssignmentRow.id).where(visible_assignments(scope)))) == seen
            assert {one.id for one in tracked(session, Choice(scope=scope))} == seen
            day = rows[0][0].assigned_on
            assert day is not None
            listed = task_list(session, day, calendar=calendar, scope=scope)
            assert {item.assignment_id for item in listed} == seen
            shown = set(session.exec(select(DirectiveRow.id).where(visible_directives(scope))))
            assert shown == (documents if scope.everything else in_documents)
            assert {entry.id for entry in directives.listing(session, scope)} == shown


def test_successors_see_what_they_took_over(engine: Engine) -> None:
    """Work follows the agency that answers for it now, whatever the document called it."""
    with transaction(engine) as session:
        old, new = (
            an_agency(session, "so-khdt", "Sở Kế hoạch và Đầu tư"),
            an_agency(session, "so-tc", "Sở TC"),
        )
        a_directive(session, a_draft())
        row = session.exec(select(AssignmentRow)).one()
        row.agency_id, row.given_to_id = new, old
    with reading(engine) as session:
        question = select(col(AssignmentRow.id))

        assert session.exec(question.where(visible_assignments(Scope(agencies=frozenset({new}))))).all()
        assert not session.exec(question.where(visible_assignments(Scope(agencies=frozenset({old}))))).all()
