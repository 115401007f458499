"""One definition of how an assignment stands in time."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.calendar import default_calendar
from directives.model import DeadlineKind
from tracker.domain.assignment import Assignment
from tracker.domain.status import COUNTED, Status
from tracker.domain.timing import BUCKETS, Bucket, Timing, TimingKind, timing_of
from tracker.phrasebook import LANGUAGES, say

CALENDAR = default_calendar()
WEDNESDAY = date(2020, 4, 8)  # the last on-time day of «trước ngày 09/4/2020»


def given_work(**facts: Any) -> Assignment:
    """Build an assignment that is due on Wednesday, but for the facts given."""
    usual = {"status": Status.ASSIGNED, "due_on": WEDNESDAY, "deadline": DeadlineKind.FIXED}
    return Assignment(**{**usual, **facts})


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2020, 4, 1), Timing(TimingKind.NOT_YET_DUE, 7, 4), id="2/4 was a holiday"),
        pytest.param(date(2020, 4, 3), Timing(TimingKind.DUE_SOON, 5, 3), id="three working days left"),
        pytest.param(date(2020, 4, 7), Timing(TimingKind.DUE_SOON, 1, 1), id="the day before"),
        pytest.param(date(2020, 4, 8), Timing(TimingKind.DUE_TODAY), id="the last on-time day"),
        pytest.param(date(2020, 4, 9), Timing(TimingKind.OVERDUE, 1, 1), id="the first day late"),
        pytest.param(date(2020, 4, 12), Timing(TimingKind.OVERDUE, 4, 2), id="over a weekend"),
        pytest.param(date(2020, 5, 8), Timing(TimingKind.OVERDUE, 30, 20), id="over 30/4 and 1/5"),
    ],
)
def test_open_work_is_told_by_the_day(day: date, expected: Timing) -> None:
    """Days count on the office's calendar, and overdue begins the day after the last on-time day."""
    assert expected == timing_of(given_work(), day, CALENDAR)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(
            {"due_on": None, "deadline": None}, TimingKind.NO_DEADLINE, id="no deadline in the text"
        ),
        pytest.param(
            {"due_on": None, "deadline": DeadlineKind.RELATIVE},
            TimingKind.TO_BE_DETERMINED,
            id="«kể từ ngày nhận được»",
        ),
        pytest.param(
            {"due_on": None, "deadline": DeadlineKind.RECURRING}, TimingKind.RECURRING, id="«hàng năm»"
        ),
        pytest.param({"status": Status.DRAFT}, TimingKind.NOT_TRACKED, id="not yet approved"),
        pytest.param({"status": Status.SUSPENDED}, TimingKind.NOT_TRACKED, id="suspended"),
        pytest.param({"status": Status.WITHDRAWN}, TimingKind.NOT_TRACKED, id="withdrawn"),
    ],
)
def test_work_without_a_running_clock(facts: dict[str, Any], expected: TimingKind) -> None:
    """No deadline is invented, and what is not tracked is not late."""
    assert expected == timing_of(given_work(**facts), date(2021, 1, 4), CALENDAR).kind


def test_what_is_declined_keeps_its_place_in_time() -> None:
    """Who says «không thuộc trách nhiệm» of late work does not make it less late."""
    for day in (date(2020, 4, 7), date(2020, 4, 8), date(2020, 4, 20)):
        asked, declined = (given_work(status=one) for one in (Status.UNDER_WAY, Status.NOT_OURS))

        assert timing_of(declined, day, CALENDAR) == timing_of(asked, day, CALENDAR)


def test_a_duty_is_not_counted_beside_its_dates() -> None:
    """Without dates it is open; once there are any, they are counted and it is not."""
    duty = given_work(deadline=DeadlineKind.RECURRING, due_on=None)
    told = [timing_of(replace(duty, has_dates=dates), WEDNESDAY, CALENDAR) for dates in (False, True)]

    assert [(one.kind, one.bucket) for one in told] == [
        (TimingKind.RECURRING, Bucket.OPEN_IN_TIME),
        (TimingKind.RECURRING, None),
    ]


def test_an_instance_of_a_recurring_duty_has_a_clock_of_its_own() -> None:
    """The duty itself comes round; the one of its dates that an instance stands for can be missed."""
    instance = given_work(deadline=DeadlineKind.RECURRING, due_on=date(2021, 1, 3))

    assert timing_of(instance, date(2021, 1, 4), CALENDAR).kind is TimingKind.OVERDUE


@pytest.mark.parametrize(
    ("filed_on", "expected"),
    [
        pytest.param(date(2020, 4, 3), Timing(TimingKind.DONE_EARLY, 5, 3), id="early"),
        pytest.param(date(2020, 4, 8), Timing(TimingKind.DONE_ON_TIME), id="on the last day"),
        pytest.param(date(2020, 4, 10), Timing(TimingKind.DONE_LATE, 2, 2), id="late"),
    ],
)
def test_done_work_is_judged_by_the_day_of_filing(filed_on: date, expected: Timing) -> None:
    """The day on which the accepted result was filed decides, not the day of confirmation."""
    done = given_work(status=Status.CONFIRMED, filed_on=filed_on)

    assert expected == timing_of(done, date(2021, 1, 4), CALENDAR)


def test_a_slow_confirmation_makes_nobody_late() -> None:
    """A report filed in time stays in time, however long it awaits confirmation."""
    reported = given_work(status=Status.REPORTED, filed_on=WEDNESDAY)

    assert timing_of(reported, date(2020, 6, 1), CALENDAR).kind is TimingKind.NOT_YET_DUE


def test_a_report_filed_late_is_late_by_the_day_it_was_filed() -> None:
    """While it awaits confirmation the count of days stands still."""
    reported = given_work(status=Status.REPORTED, filed_on=date(2020, 4, 10))

    assert timing_of(reported, date(2020, 6, 1), CALENDAR) == Timing(TimingKind.OVERDUE, 2, 2)


@given(
    status=st.sampled_from(Status),
    deadline=st.none() | st.sampled_from(DeadlineKind),
    due=st.none() | st.integers(-40, 40),
    filed=st.integers(-40, 40),
)
def test_every_counted_assignment_is_in_exactly_one_bucket(
    status: Status, deadline: DeadlineKind | None, due: int | None, filed: int
) -> None:
    """Total = done on time + done late + open in time + open overdue, whatever the facts."""
    facts = Assignment(
        status=status,
        deadline=deadline,
        due_on=None if due is None else WEDNESDAY + timedelta(days=due),
        filed_on=WEDNESDAY + timedelta(days=filed),
    )
    timing = timing_of(facts, WEDNESDAY, CALENDAR)

    assert (timing.bucket is not None) == (status in COUNTED)
    assert timing.days >= timing.working_days >= 0


def test_every_kind_has_its_words() -> None:
    """Each kind of timing is in the phrasebook, in both languages, and in one bucket."""
    assert set(TimingKind) - {TimingKind.NOT_TRACKED} == BUCKETS.keys()
    for kind in TimingKind:
        for language in LANGUAGES:
            assert say(f"timing.{kind}", language, days=3, working_days=2)
