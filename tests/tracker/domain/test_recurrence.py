"""The dates of recurring duties: none twice, none left out, none in a month that lacks it."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.calendar import default_calendar
from directives.deadlines.policy import DeadlinePolicy
from directives.deadlines.rounds import Round, round_of
from directives.model import Interval
from tracker.domain.deadlines import Reckoning
from tracker.domain.recurrence import Instance, instances, reporting_periods

OFFICE: Final = Reckoning(default_calendar())
STARTS: Final = st.dates(date(2019, 1, 1), date(2026, 6, 30))
LENGTHS: Final = st.integers(0, 800)


def found(words: str, every: Interval) -> Round:
    """Read when a duty comes round."""
    read = round_of(words, every)
    assert read is not None
    return read


def dates(words: str, every: Interval, first: date, last: date, **how: bool) -> list[Instance]:
    """Return the instances of a duty between two days."""
    return instances(found(words, every), first, last, exclusive=how.get("exclusive", False), by=OFFICE)


@given(st.integers(1, 31), STARTS, LENGTHS)
def test_a_day_of_each_month_comes_once_in_each(day: int, first: date, length: int) -> None:
    """Day 31 is the 30th, 29th or 28th where a month ends there: no month is left out, none has two."""
    last = first + timedelta(days=length)
    expected = [
        due
        for ahead in range((last.year - first.year) * 12 + last.month - first.month + 1)
        for year, month in [divmod(first.year * 12 + first.month - 1 + ahead, 12)]
        for due in [date(year, month + 1, min(day, monthrange(year, month + 1)[1]))]
        if first <= due <= last
    ]

    assert [one.occasion for one in dates(f"ngày {day} hàng tháng", Interval.MONTH, first, last)] == expected


@pytest.mark.parametrize(
    ("words", "every", "days"),
    [
        ("ngày 15 tháng cuối quý", Interval.QUARTER, [(3, 15), (6, 15), (9, 15), (12, 15)]),
        ("cuối mỗi quý", Interval.QUARTER, [(3, 31), (6, 30), (9, 30), (12, 31)]),
        ("ngày 15/6 và 15/12 hàng năm", Interval.HALF, [(6, 15), (12, 15)]),
        ("ngày 29/2 hàng năm", Interval.YEAR, [(2, 29)]),
        ("thứ Năm tuần thứ hai của tháng", Interval.QUARTER, [(1, 9), (4, 9), (7, 9), (10, 8)]),
    ],
)
def test_the_days_of_2020(words: str, every: Interval, days: list[tuple[int, int]]) -> None:
    """A leap year's dates, worked out by hand."""
    made = dates(words, every, date(2020, 1, 1), date(2020, 12, 31))

    assert [(one.occasion.month, one.occasion.day) for one in made] == days


def test_the_29th_of_february_is_the_28th_in_other_years() -> None:
    """Civil Code 2015, article 148: the last day of the month where the day is missing."""
    made = dates("ngày 29/2 hàng năm", Interval.YEAR, date(2019, 1, 1), date(2021, 12, 31))

    assert [one.occasion for one in made] == [date(2019, 2, 28), date(2020, 2, 29), date(2021, 2, 28)]


@given(
    st.sampled_from(
        [
            ("ngày 31 hàng tháng", Interval.MONTH),
            ("ngày 10 và 25 hàng tháng", Interval.MONTH),
            ("ngày 05 tháng đầu quý sau", Interval.QUARTER),
            ("ngày 20/6 và 20/12 hàng năm", Interval.HALF),
            ("thứ Sáu hàng tuần", Interval.WEEK),
            ("hàng ngày", Interval.DAY),
            ("ngày làm việc cuối cùng của mỗi tháng", Interval.MONTH),
        ]
    ),
    STARTS,
    st.lists(st.integers(0, 120), min_size=1, max_size=6),
)
def test_making_ahead_piece_by_piece_makes_the_same(
    duty: tuple[str, Interval], first: date, steps: list[int]
) -> None:
    """Whenever it is looked and however far ahead, the pieces together are the whole, each date once."""
    last, pieces = first - timedelta(days=1), []
    for step in steps:
        pieces += dates(*duty, last + timedelta(days=1), last + timedelta(days=step)) if step else []
        last += timedelta(days=step)
    whole = dates(*duty, first, last) if last >= first else []

    assert pieces == whole
    assert len({one.occasion for one in whole}) == len(whole)


def test_over_tet_a_named_day_stands_and_a_working_day_is_looked_for() -> None:
    """Tết 2020 was 23-29/1: a named day does not roll, the last working day goes back, none comes daily."""
    month = (date(2020, 1, 1), date(2020, 1, 31))
    named = dates("ngày 25 hàng tháng", Interval.MONTH, *month)
    daily = dates("hàng ngày", Interval.DAY, date(2020, 1, 21), date(2020, 1, 31))

    assert [one.due_on for one in named] == [date(2020, 1, 25)]
    assert [one.due_on.day for one in daily] == [21, 22, 30, 31]
    assert [
        one.due_on
        for one in dates(
            "ngày làm việc cuối cùng của mỗi tháng", Interval.MONTH, date(2022, 1, 1), date(2022, 1, 31)
        )
    ] == [date(2022, 1, 28)]


def test_before_a_day_leaves_it_out_and_keeps_its_name() -> None:
    """«trước ngày 25»: the 24th is the last on time; the occasion stays the 25th under either policy."""
    lax = Reckoning(OFFICE.calendar, DeadlinePolicy(before_is_exclusive=False))
    duty, month = found("trước ngày 25 hàng tháng", Interval.MONTH), (date(2020, 4, 1), date(2020, 4, 30))

    assert instances(duty, *month, exclusive=True, by=OFFICE) == [
        Instance(date(2020, 4, 25), date(2020, 4, 24))
    ]
    assert instances(duty, *month, exclusive=True, by=lax) == [Instance(date(2020, 4, 25), date(2020, 4, 25))]


@pytest.mark.parametrize(
    ("every", "period"),
    [
        (Interval.MONTH, (date(2020, 3, 15), date(2020, 4, 14), date(2020, 4, 15), date(2020, 4, 25))),
        (Interval.QUARTER, (date(2020, 3, 15), date(2020, 6, 14), date(2020, 6, 15), date(2020, 6, 25))),
        (Interval.HALF, (date(2019, 12, 15), date(2020, 6, 14), date(2020, 6, 15), date(2020, 6, 25))),
        (Interval.YEAR, (date(2019, 12, 15), date(2020, 12, 14), date(2020, 12, 15), date(2020, 12, 25))),
    ],
)
def test_reporting_periods_of_the_decree(every: Interval, period: tuple[date, ...]) -> None:
    """Nghị định 09/2019/NĐ-CP: figures to the 14th, sent a working day later and by the 25th."""
    first = reporting_periods(every, date(2020, 4, 3), OFFICE.calendar)[0]

    assert (first.first, first.closes, first.sent_from, first.sent_by) == period


@given(st.sampled_from([Interval.MONTH, Interval.QUARTER, Interval.HALF, Interval.YEAR]), STARTS)
def test_reporting_periods_join_without_a_gap(every: Interval, on: date) -> None:
    """The figures of one period begin the day after those of the one before."""
    one, other = reporting_periods(every, on, OFFICE.calendar)

    assert other.first == one.closes + timedelta(days=1)
    assert one.closes < one.sent_from <= one.sent_by
    assert on <= one.sent_by


def test_days_and_weeks_have_no_reporting_period() -> None:
    """The decree knows months, quarters, halves and years."""
    assert reporting_periods(Interval.WEEK, date(2020, 4, 3), OFFICE.calendar) == []
