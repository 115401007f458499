"""Which step a day calls for: each once, none lost, none piled up."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.calendar import default_calendar
from directives.model import DeadlineKind
from tracker.domain.assignment import Assignment
from tracker.domain.ladder import DEFAULT_LADDER, Ladder, Step
from tracker.domain.people import Role
from tracker.domain.reminders import Reason, Taken, plan_steps, step_day
from tracker.domain.status import AT_WORK, Status

CALENDAR = default_calendar()
SATURDAY = date(2020, 5, 9)  # the last on-time day of «trước ngày 10/5/2020»
WORK = Assignment(status=Status.ASSIGNED, due_on=SATURDAY, deadline=DeadlineKind.FIXED)


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        pytest.param("before-7", date(2020, 4, 27), id="over 30/4 and 1/5"),
        pytest.param("before-3", date(2020, 5, 5), id="three working days before Friday"),
        pytest.param("before-1", date(2020, 5, 7), id="the day before"),
        pytest.param("due", date(2020, 5, 8), id="the last working day before a Saturday"),
        pytest.param("overdue-1", date(2020, 5, 11), id="Monday is the first day late"),
        pytest.param("overdue-3", date(2020, 5, 13), id="Wednesday"),
        pytest.param("overdue-20", date(2020, 6, 5), id="four weeks on"),
    ],
)
def test_steps_fall_on_working_days(step: str, expected: date) -> None:
    """Reminders count back from the last working day, escalations forward from the deadline."""
    rung = next(rung for rung in DEFAULT_LADDER.steps if rung.name == step)

    assert expected == step_day(rung, SATURDAY, CALENDAR)
    assert CALENDAR.is_working(expected)


@pytest.mark.parametrize(
    ("day", "expected", "audience"),
    [
        pytest.param(date(2020, 4, 24), None, (), id="too early"),
        pytest.param(date(2020, 4, 27), "before-7", (Role.OFFICER,), id="seven working days ahead"),
        pytest.param(date(2020, 5, 6), "before-3", (Role.OFFICER,), id="between steps the last one holds"),
        pytest.param(date(2020, 5, 8), "due", (Role.OFFICER,), id="on the last working day"),
        pytest.param(date(2020, 5, 11), "overdue-1", (Role.OFFICER,), id="the first working day late"),
        pytest.param(
            date(2020, 5, 18),
            "overdue-5",
            (Role.OFFICER, Role.HEAD, Role.CHIEF_OF_OFFICE),
            id="the first run comes late: the whole chain hears of it, once",
        ),
    ],
)
def test_only_the_latest_step_is_sent(day: date, expected: str | None, audience: tuple[Role, ...]) -> None:
    """Of the steps reached and not yet taken, only the latest is sent."""
    plan = plan_steps(WORK, day, calendar=CALENDAR)

    assert expected == (plan.step.name if plan.step else None)
    assert audience == plan.audience


@pytest.mark.parametrize(
    ("work", "day", "expected"),
    [
        pytest.param(WORK, date(2020, 5, 10), Reason.NOT_A_WORKING_DAY, id="Sunday"),
        pytest.param(
            Assignment(status=Status.ASSIGNED), date(2020, 5, 11), Reason.NO_DEADLINE, id="no deadline"
        ),
        pytest.param(
            Assignment(status=Status.ASSIGNED, deadline=DeadlineKind.RECURRING),
            date(2020, 5, 11),
            Reason.RECURRING,
            id="recurring",
        ),
        pytest.param(
            Assignment(status=Status.ASSIGNED, deadline=DeadlineKind.RELATIVE),
            date(2020, 5, 11),
            Reason.TO_BE_DETERMINED,
            id="to be determined",
        ),
        pytest.param(
            Assignment(status=Status.DRAFT, due_on=SATURDAY, deadline=DeadlineKind.FIXED),
            date(2020, 5, 11),
            Reason.NOT_AT_WORK,
            id="not yet approved",
        ),
    ],
)
def test_no_step_has_a_reason(work: Assignment, day: date, expected: Reason) -> None:
    """Nothing is planned in silence."""
    plan = plan_steps(work, day, calendar=CALENDAR)

    assert (expected, None) == (plan.reason, plan.step)


@pytest.mark.parametrize("status", sorted(set(Status) - AT_WORK))
def test_only_work_in_hand_is_reminded_of(status: Status) -> None:
    """Whatever was reported, confirmed, suspended or given away is left in peace."""
    work = Assignment(status=status, due_on=SATURDAY, deadline=DeadlineKind.FIXED, filed_on=SATURDAY)

    assert plan_steps(work, date(2020, 5, 11), calendar=CALENDAR).reason is Reason.NOT_AT_WORK


def test_a_role_that_could_not_be_reached_is_planned_again() -> None:
    """A step stays open for those of its audience who have not had it."""
    taken = {("overdue-5", Role.OFFICER), ("overdue-5", Role.CHIEF_OF_OFFICE)}
    plan = plan_steps(WORK, date(2020, 5, 18), calendar=CALENDAR, taken=Taken(taken))

    assert plan.audience == (Role.HEAD,)


def test_a_role_of_which_one_reader_is_owed_the_step_is_planned_again() -> None:
    """Another officer's letter does not stand for the one that was dropped."""
    taken = Taken({("due", Role.OFFICER)}, owed={("due", Role.OFFICER)})

    assert plan_steps(WORK, date(2020, 5, 8), calendar=CALENDAR, taken=taken).audience == (Role.OFFICER,)


def test_whoever_an_overdue_step_did_not_reach_is_told_by_a_later_one() -> None:
    """The head was told at the third day; the officer, whose letter was dropped, hears of it at the fifth."""
    taken = Taken({("overdue-3", Role.HEAD)})
    plan = plan_steps(WORK, date(2020, 5, 18), calendar=CALENDAR, taken=taken)

    assert plan.audience == (Role.OFFICER, Role.CHIEF_OF_OFFICE)


def test_a_run_for_an_earlier_day_sends_nothing_stale() -> None:
    """After a later step was taken, going back a day plans nothing."""
    taken = {("overdue-1", Role.OFFICER)}

    plan = plan_steps(WORK, date(2020, 5, 8), calendar=CALENDAR, taken=Taken(taken, owed=taken))
    assert plan.reason is Reason.ALREADY_TAKEN


days_run = st.sets(st.integers(min_value=-20, max_value=45), min_size=1)


@given(days_run)
def test_whatever_days_were_run_each_role_gets_each_step_at_most_once(offsets: set[int]) -> None:
    """No set of days on which the program ran makes it say a thing twice, or an older thing after a newer."""
    sent: list[tuple[str, Role]] = []
    order = [step.name for step in DEFAULT_LADDER.steps]
    for day in (SATURDAY + timedelta(days=offset) for offset in sorted(offsets)):
        for _ in range(2):  # each day is run twice
            plan = plan_steps(WORK, day, calendar=CALENDAR, taken=Taken(sent))
            if plan.step is not None:
                sent += [(plan.step.name, role) for role in plan.audience]

    assert len(sent) == len(set(sent))
    assert [order.index(name) for name, _ in sent] == sorted(order.index(name) for name, _ in sent)


@given(days_run)
def test_days_down_leave_nobody_untold(offsets: set[int]) -> None:
    """After the last working day run, everybody the delay should be known to has been told of it."""
    sent: list[tuple[str, Role]] = []
    days = sorted(SATURDAY + timedelta(days=offset) for offset in offsets)
    for day in days:
        plan = plan_steps(WORK, day, calendar=CALENDAR, taken=Taken(sent))
        if plan.step is not None:
            sent += [(plan.step.name, role) for role in plan.audience]
    worked = [day for day in days if CALENDAR.is_working(day)]
    due = {
        role
        for step in DEFAULT_LADDER.steps
        if step.offset > 0 and worked and step_day(step, SATURDAY, CALENDAR) <= worked[-1]
        for role in step.audience
    }
    late = {step.name for step in DEFAULT_LADDER.steps if step.offset > 0}

    assert due == {role for name, role in sent if name in late}


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param((Step("a", 1, (Role.HEAD,)), Step("b", 1, (Role.HEAD,))), id="two on one day"),
        pytest.param((Step("a", 3, (Role.HEAD,)), Step("b", 1, (Role.HEAD,))), id="going down"),
        pytest.param((Step("a", 1, (Role.HEAD,)), Step("a", 3, (Role.HEAD,))), id="one name twice"),
        pytest.param((Step("a", 1, ()),), id="to nobody"),
    ],
)
def test_a_ladder_with_a_step_out_of_reach_is_refused(steps: tuple[Step, ...]) -> None:
    """A ladder is checked when it is made, not when a letter is missed."""
    with pytest.raises(ValueError, match="ladder 2"):
        Ladder(2, steps)
