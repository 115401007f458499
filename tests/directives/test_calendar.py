"""Working days of state bodies, against the decrees and against a plain count."""

import time
from datetime import date, timedelta
from itertools import accumulate
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.calendar import DayKind, SpecialDay, Standing, WorkCalendar, default_calendar

CALENDAR: Final = default_calendar()
DAYS: Final = st.dates(date(2015, 1, 1), date(2035, 12, 31))
ONE_DAY: Final = timedelta(days=1)
SPECIAL: Final = {entry.day: str(entry.kind) for entry in CALENDAR.special.values()}


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        pytest.param(date(2024, 4, 26), 5, date(2024, 5, 7), id="29/4 off for Saturday 04/5 worked"),
        pytest.param(date(2026, 8, 20), 10, date(2026, 9, 7), id="Saturday 22/8 worked, 31/8-2/9 off"),
        pytest.param(date(2020, 1, 20), 5, date(2020, 2, 3), id="over Tết"),
        pytest.param(date(2025, 12, 30), 5, date(2026, 1, 8), id="02/01/2026 off, Saturday 10/01 worked"),
        pytest.param(date(2020, 4, 3), 1, date(2020, 4, 6), id="over a week-end"),
        pytest.param(date(2020, 4, 6), -1, date(2020, 4, 3), id="backwards"),
        pytest.param(date(2020, 4, 5), 0, date(2020, 4, 5), id="nothing to add"),
    ],
)
def test_golden_counts(start: date, count: int, end: date) -> None:
    """Counts over holidays and swapped days are those worked out by hand."""
    assert end == CALENDAR.add(start, count)


@pytest.mark.parametrize(
    ("year", "count"),
    [(2019, 252), (2020, 252), (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 250), (2026, 249)],
)
def test_working_days_of_a_year(year: int, count: int) -> None:
    """Each reviewed year has as many working days as its decrees leave."""
    assert count == CALENDAR.working_days_between(date(year - 1, 12, 31), date(year, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2019, 4, 29), False),
        (date(2019, 5, 4), True),
        (date(2022, 1, 3), False),
        (date(2023, 9, 4), False),
        (date(2024, 5, 4), True),
        (date(2025, 4, 26), True),
        (date(2025, 5, 2), False),
        (date(2026, 1, 2), False),
        (date(2026, 1, 10), True),
        (date(2026, 8, 22), True),
        (date(2026, 8, 31), False),
        (date(2026, 11, 24), False),
        (date(2020, 4, 4), False),
        (date(2020, 4, 6), True),
    ],
    ids=str,
)
def test_single_days(day: date, works: bool) -> None:
    """Holidays, days in lieu, swapped days and worked Saturdays are what was decided."""
    assert works is CALENDAR.is_working(day)


def plainly_working(day: date) -> bool:
    """Say the same as the calendar, straight from the list of special days."""
    if (special := SPECIAL.get(day)) is not None:
        return special == "worked"
    solar = (day.month, day.day) in ((1, 1), (4, 30), (5, 1), (9, 2)) and not 2019 <= day.year <= 2026
    return day.weekday() < 5 and not solar


@given(DAYS, st.integers(0, 60))
def test_adding_agrees_with_a_plain_count(start: date, count: int) -> None:
    """The n-th working day is found as one would by ticking off days, in any year from 2015 to 2035."""
    day, left = start, count
    while left > 0:
        day += ONE_DAY
        if plainly_working(day):
            left -= 1

    assert day == CALENDAR.add(start, count)
    assert count == CALENDAR.working_days_between(start, day)


@given(DAYS, st.integers(0, 1500))
def test_counting_between_agrees_with_a_plain_count(start: date, length: int) -> None:
    """Over years with and without data, the count is that of ticking off day by day."""
    days = [start + timedelta(days=ahead) for ahead in range(1, length + 1)]

    assert sum(map(plainly_working, days)) == CALENDAR.working_days_between(
        start, start + timedelta(days=length)
    )


def test_every_day_of_twenty_one_years_agrees_with_ticking_off() -> None:
    """From 2015 to 2035: each day's standing, what is counted up to it, and the days around it.

    The days are ticked off once, from the list of special days alone; the rest is looked up in that list.
    """
    first, last = date(2014, 1, 1), date(2036, 12, 31)
    days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    works = [plainly_working(day) for day in days]
    ticked = list(accumulate(works))
    working = [day for day, works_then in zip(days, works, strict=True) if works_then]
    begin, end = days.index(date(2015, 1, 1)), days.index(date(2035, 12, 31))

    for at in range(begin, end + 1):
        day, done = days[at], ticked[at]
        assert CALENDAR.is_working(day) is works[at], day
        assert CALENDAR.working_days_between(first, day) == done - ticked[0], day
        assert CALENDAR.next_working(day) == working[done - works[at]], day
        assert CALENDAR.previous_working(day) == working[done - 1], day
        for count in (1, 3, 10, 22):
            assert CALENDAR.add(day, count) == working[done + count - 1], (day, count)
            assert CALENDAR.add(day, -count) == working[done - works[at] - count], (day, -count)


def test_a_far_day_is_counted_at_once() -> None:
    """A slip of the pen in the year (9999) must not keep a page busy: no day is looked at by itself."""
    begun = time.perf_counter()
    CALENDAR.working_days_between(date(2020, 5, 5), date(9999, 12, 31))

    assert time.perf_counter() - begun < 0.5  # day by day it took thirty times as long


@given(DAYS, st.integers(1, 40))
def test_adding_and_taking_away(start: date, count: int) -> None:
    """From a working day, n forward and n back is where one began."""
    begin = CALENDAR.next_working(start)

    assert begin == CALENDAR.add(CALENDAR.add(begin, count), -count)


@given(DAYS)
def test_next_and_previous_enclose_the_day(day: date) -> None:
    """Both are working days, the nearest on their side; a working day is its own."""
    after, before = CALENDAR.next_working(day), CALENDAR.previous_working(day)

    assert before <= day <= after
    assert CALENDAR.is_working(before)
    assert CALENDAR.is_working(after)
    assert CALENDAR.is_working(day) == (before == day == after)
    assert CALENDAR.working_days_between(before, after) == (before != after)


@given(DAYS, DAYS)
def test_between_changes_sign_with_direction(one: date, other: date) -> None:
    """Counting back gives the negative of counting forward."""
    assert CALENDAR.working_days_between(one, other) == -CALENDAR.working_days_between(other, one)


def test_every_entry_names_its_decision() -> None:
    """No day is off or worked without the decision that says so."""
    assert [entry.day for entry in CALENDAR.special.values() if not entry.decision or not entry.name] == []


def test_every_swap_has_two_sides() -> None:
    """Each day given off for another points to it, and back, the other side of a year's end excepted."""
    for entry in CALENDAR.special.values():
        if entry.kind in (DayKind.SWAPPED_OFF, DayKind.WORKED):
            assert entry.swapped_with is not None
            other = CALENDAR.special.get(entry.swapped_with)
            assert other is None or other.swapped_with == entry.day
        if entry.kind is DayKind.WORKED:
            assert entry.day.weekday() == 5


def test_days_in_lieu_follow_a_holiday_on_a_day_off() -> None:
    """A day in lieu stands at most three days behind a holiday that fell on a week-end."""
    for entry in CALENDAR.special.values():
        if entry.kind is DayKind.IN_LIEU:
            before = [CALENDAR.special.get(entry.day - timedelta(days=back)) for back in (1, 2, 3, 4)]
            assert any(
                day is not None and day.kind is DayKind.HOLIDAY and day.day.weekday() >= 5 for day in before
            )


def test_what_is_not_decided_is_provisional() -> None:
    """24/11/2026 and every year without data may still change, and say so."""
    culture_day = CALENDAR.special_day(date(2026, 11, 24))

    assert culture_day is not None
    assert culture_day.standing is Standing.PROVISIONAL
    assert CALENDAR.is_provisional(date(2026, 11, 24))
    assert CALENDAR.is_provisional(date(2027, 3, 1))
    assert not CALENDAR.is_provisional(date(2024, 3, 1))


def test_a_year_without_data_has_its_solar_holidays() -> None:
    """2030 has the four fixed days, as expected and not decided."""
    found = CALENDAR.special_day(date(2030, 4, 30))

    assert found is not None
    assert (found.kind, found.standing) == (DayKind.HOLIDAY, Standing.PROVISIONAL)
    assert CALENDAR.special_day(date(2030, 2, 4)) is None


def test_a_changed_day_leaves_the_old_calendar_alone() -> None:
    """A storm day closes offices in the new calendar only."""
    storm = SpecialDay(date(2026, 9, 30), DayKind.HOLIDAY, "Nghỉ tránh bão", "Công điện")
    changed = CALENDAR.with_days([storm])

    assert CALENDAR.is_working(storm.day)
    assert not changed.is_working(storm.day)


def test_a_wrong_entry_is_named() -> None:
    """A slip in the data says which entry it is in."""
    source = 'years = [2030]\n[[day]]\non = 2030-01-01\nkind = "feast"\nname = "x"\ndecision = "y"\n'

    with pytest.raises(ValueError, match="2030-01-01"):
        WorkCalendar.from_toml(source)
