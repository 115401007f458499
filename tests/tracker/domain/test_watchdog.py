"""Every assignment has a next step or a reason for none; what runs were to say is played again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.calendar import default_calendar
from directives.model import DeadlineKind
from tracker.domain.assignment import Assignment
from tracker.domain.ladder import DEFAULT_LADDER
from tracker.domain.people import Role
from tracker.domain.reminders import Taken, plan_steps
from tracker.domain.status import CLOSED, Status
from tracker.domain.watchdog import WATCHED, Look, Quiet, outlook, steps_due

CALENDAR = default_calendar()
DAY, DUE = date(2020, 4, 3), date(2020, 4, 20)
WORK = Assignment(status=Status.UNDER_WAY, due_on=DUE, deadline=DeadlineKind.FIXED)
QUIET = replace(DEFAULT_LADDER, standing=MappingProxyType({}))
PAST = Taken(frozenset((step.name, role) for step in DEFAULT_LADDER.steps for role in step.audience))


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        pytest.param(WORK, None, id="has a next step"),
        pytest.param(replace(WORK, status=Status.REPORTED, filed_on=DAY), Quiet.REPORTED, id="reported"),
        pytest.param(replace(WORK, status=Status.NOT_OURS), Quiet.DECLINED, id="declined"),
        pytest.param(replace(WORK, status=Status.SUSPENDED), Quiet.SUSPENDED, id="suspended"),
        pytest.param(replace(WORK, due_on=None, deadline=None), Quiet.NO_DEADLINE, id="no deadline"),
        pytest.param(
            replace(WORK, due_on=None, deadline=DeadlineKind.RECURRING), Quiet.RECURRING, id="comes round"
        ),
        pytest.param(
            replace(WORK, due_on=None, deadline=DeadlineKind.RELATIVE),
            Quiet.TO_BE_DETERMINED,
            id="no day yet",
        ),
    ],
)
def test_work_has_a_next_step_or_a_reason(work: Assignment, expected: Quiet | None) -> None:
    """By where it stands and by its deadline."""
    view = outlook(work, DAY, calendar=CALENDAR, ladder=DEFAULT_LADDER, reached=set(Role))

    assert view.quiet is expected
    assert bool(view.coming) is (expected is None)


def test_what_is_past_every_step_is_repeated_or_forgotten() -> None:
    """A digest has to repeat it to somebody who is reached."""
    late = date(2020, 7, 1)

    def quiet(ladder: object, reached: set[Role]) -> Quiet | None:
        return outlook(
            WORK,
            late,
            calendar=CALENDAR,
            ladder=ladder,  # type: ignore[arg-type]
            reached=reached,
            taken=PAST,
        ).quiet

    assert quiet(DEFAULT_LADDER, set(Role)) is Quiet.REPEATED
    assert quiet(DEFAULT_LADDER, set()) is Quiet.FORGOTTEN
    assert quiet(QUIET, set(Role)) is Quiet.FORGOTTEN


def test_silent_and_unreachable_work_says_so() -> None:
    """Before a release nothing is said; steps for nobody are no steps."""
    silent = outlook(WORK, DAY, calendar=CALENDAR, ladder=DEFAULT_LADDER, reached=set(Role), silent=True)
    nobody = outlook(WORK, DAY, calendar=CALENDAR, ladder=DEFAULT_LADDER, reached=set())
    heads = outlook(WORK, DAY, calendar=CALENDAR, ladder=DEFAULT_LADDER, reached={Role.HEAD})

    assert silent.quiet is Quiet.SILENT
    assert nobody.quiet is Quiet.UNREACHABLE
    assert [one.step.name for one in heads.coming] == ["overdue-3"]


def test_every_open_state_is_watched() -> None:
    """Only drafts and what is closed are not."""
    assert set(Status) - WATCHED == CLOSED | {Status.DRAFT}


def looks(days: Sequence[date]) -> list[Look]:
    """Return runs on the working days among some days."""
    return [
        Look(day, datetime.combine(day, time(0), UTC), DEFAULT_LADDER)
        for day in sorted(set(days))
        if CALENDAR.is_working(day)
    ]


@given(
    due=st.dates(date(2020, 2, 1), date(2020, 8, 1)),
    offsets=st.lists(st.integers(-70, 90), max_size=40),
)
def test_playing_runs_again_gives_what_each_run_planned(due: date, offsets: list[int]) -> None:
    """Whatever days ran: asking on the days of change alone gives what asking every day gives."""
    runs = looks([due + timedelta(days=offset) for offset in offsets])
    work = Assignment(status=Status.ASSIGNED, due_on=due)
    told: set[tuple[str, Role]] = set()
    planned: list[tuple[str, tuple[Role, ...], date]] = []
    for run in runs:
        plan = plan_steps(work, run.on, calendar=CALENDAR, taken=Taken(frozenset(told)))
        if plan.step is not None:
            planned.append((plan.step.name, plan.audience, run.on))
            told |= {(plan.step.name, role) for role in plan.audience}

    found = [(one.step.name, one.audience, one.look.on) for one in steps_due(due, runs, CALENDAR)]

    assert found == planned


def test_a_new_ladder_repeats_nothing_that_the_old_one_said() -> None:
    """What was told under the first counts for the steps of the second that it covers."""
    newer = replace(DEFAULT_LADDER, version=2)
    first, second = looks([date(2020, 4, 9), date(2020, 4, 10)])
    runs = [first, replace(second, ladder=newer)]

    assert [one.step.name for one in steps_due(DUE, runs, CALENDAR)] == ["before-7"]
