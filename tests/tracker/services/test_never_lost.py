"""Whatever happens between plan and sending, a step is said once and the latest is not lost."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, text
from sqlmodel import select

from directives.calendar import default_calendar
from notifications.channels.memory import accept
from notifications.outbox import OutboxState
from notifications.outcome import Outcome
from tests.tracker.services.one_officer import DUE, FRIDAY, NEW, OLD, Office, an_officer_with_a_task
from tracker.domain.reminders import step_day
from tracker.domain.status import Status
from tracker.services.daily import run_day
from tracker.services.delivery import deliver
from tracker.store.session import reading, transaction
from tracker.store.tables import (
    ActionLinkRow,
    AssignmentRow,
    ContactRow,
    LetterItemRow,
    OutboxRow,
    RunRow,
    SnapshotRow,
    StepNoteRow,
)


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    """Give an office whose officer has one task."""
    return an_officer_with_a_task(engine, tmp_path)


def _run(office: Office, day: date) -> None:
    run_day(office.app(day), day)


MOVES: dict[str, Callable[[Office, date], object]] = {
    "run": _run,
    "deliver": lambda office, day: deliver(office.app(day)),
    "outage": lambda office, _: setattr(
        office.mail, "answer", lambda _: Outcome.unreachable("connection-refused")
    ),
    "repaired": lambda office, _: setattr(office.mail, "answer", accept),
    "move": lambda office, _: office.contact(email=NEW),
    "move back": lambda office, _: office.contact(email=OLD),
    "leave": lambda office, _: office.contact(active=False),
    "come back": lambda office, _: office.contact(active=True),
    "report": lambda office, day: office.work(status=Status.REPORTED, filed_on=day),
    "return": lambda office, _: office.work(status=Status.RETURNED),
}
moves = st.lists(st.tuples(st.sampled_from(sorted(MOVES)), st.integers(0, 2)), max_size=14)


@given(moves=moves)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_each_step_is_said_once_and_the_latest_is_not_lost(
    office: Office, moves: list[tuple[str, int]]
) -> None:
    """Runs, deliveries, outages, changes in any order: no step twice to an address, none lost, no churn."""
    _begin_anew(office)
    day = FRIDAY
    for move, days in moves:
        day += timedelta(days=days)
        MOVES[move](office, day)
    MOVES["repaired"](office, day)
    deliver(office.app(day))  # what waits from before a change is settled; the next run makes up for it
    run_day(office.app(day), day)
    deliver(office.app(day))
    before = office.items()
    calm = run_day(office.app(day), day)
    nothing = deliver(office.app(day))
    sent = Counter((step, address) for step, address, state, reason in before if _said(state, reason))

    assert set(sent.values()) <= {1}
    assert (calm.queued, calm.changed, nothing.handled) == (0, False, 0)
    assert office.items() == before
    assert bool(calm.planned) == bool(calm.unreachable)  # what nobody can be sent is called for and named
    _check_latest_step(office, day, calm.reasons, {step for step, _ in sent})


def _begin_anew(office: Office) -> None:
    """Take back what another example did: hypothesis keeps the database between them."""
    with transaction(office.engine) as session:
        session.execute(text("DELETE FROM attempts"))
        for table in (StepNoteRow, LetterItemRow, ActionLinkRow, OutboxRow, SnapshotRow, RunRow):
            session.execute(delete(table))
    office.contact(email=OLD, active=True)
    office.work(status=Status.ASSIGNED, filed_on=None)
    office.mail.answer = accept
    office.mail.tried.clear()


def _said(state: OutboxState, reason: str | None) -> bool:
    return state is OutboxState.SENT and reason is None


def _check_latest_step(office: Office, day: date, reasons: object, said: set[str]) -> None:
    """Check that the officer had the latest step of theirs, unless there is a reason against it."""
    app = office.app(day)
    reached = [step for step in app.ladder.steps if step_day(step, DUE, default_calendar()) <= day]
    with reading(office.engine) as session:
        work, contact = session.exec(select(AssignmentRow)).one(), session.exec(select(ContactRow)).one()
    if not default_calendar().is_working(day):
        assert reasons == {"not-a-working-day": 1}
    elif work.status is Status.REPORTED:
        assert reasons == {"not-at-work": 1}
    elif not contact.active:
        assert reasons in ({"already-taken": 1}, {"step-reached": 1})  # said before, or named as unreachable
    elif reached[-1].offset > 0:  # the officer hears of the delay once, by whichever overdue step came first
        assert said & {step.name for step in reached if step.offset > 0}
    else:
        assert reached[-1].name in said
