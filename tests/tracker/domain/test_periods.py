"""Stretches of days agree with what counting the days says."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.periods import ALWAYS, Period

FIRST = date(2025, 1, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(12)]
ENDS = st.none() | st.sampled_from(DAYS[1:-1])  # so that a day before and one after every end is counted too


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Draw a stretch of days that does not end before it begins."""
    first, last = draw(ENDS), draw(ENDS)
    return Period(last, first) if first and last and first > last else Period(first, last)


def counted(period: Period) -> set[date]:
    """Return the days of a stretch, one by one."""
    return {day for day in DAYS if period.holds(day)}


@given(periods(), periods())
def test_what_two_share_is_what_both_hold(one: Period, other: Period) -> None:
    """Shared days, and whether one covers the other, are those found by counting."""
    shared = one.shared(other)

    assert (set() if shared is None else counted(shared)) == counted(one) & counted(other)
    assert shared == other.shared(one)
    assert one.covers(other) == (counted(other) <= counted(one))


@given(periods())
def test_without_ends_it_holds_always(period: Period) -> None:
    """A name without days is an agency's own on every day."""
    assert ALWAYS.covers(period)
    assert not period.is_backwards
    assert Period(DAYS[1], DAYS[0]).is_backwards
