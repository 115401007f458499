"""What is still late is repeated each working day, or once a week, and never on a day off."""

from datetime import date, timedelta

import pytest

from directives.calendar import default_calendar
from tracker.domain.ladder import Standing
from tracker.domain.standing import is_standing_day

CALENDAR = default_calendar()
YEAR = [date(2020, 1, 1) + timedelta(days=ahead) for ahead in range(366)]


@pytest.mark.parametrize(
    ("often", "day", "expected"),
    [
        (Standing.DAILY, date(2020, 4, 8), True),
        (Standing.DAILY, date(2020, 4, 11), False),
        (Standing.WEEKLY, date(2020, 4, 6), True),
        (Standing.WEEKLY, date(2020, 4, 7), False),
        (Standing.WEEKLY, date(2020, 1, 30), True),
        (Standing.WEEKLY, date(2020, 1, 31), False),
        (Standing.NEVER, date(2020, 4, 6), False),
    ],
    ids=[
        "each working day",
        "never on a Saturday",
        "Monday",
        "Tuesday is too late",
        "Thursday, the first day after Tết",
        "the day after it",
        "not at all",
    ],
)
def test_a_standing_day(often: Standing, day: date, expected: bool) -> None:
    """By the working calendar."""
    assert is_standing_day(often, day, CALENDAR) is expected


def test_a_week_has_one_standing_day_at_most() -> None:
    """In every week of a year in which anybody works there is exactly one."""
    by_week: dict[tuple[int, int], int] = {}
    working: set[tuple[int, int]] = set()
    for day in YEAR:
        week = day.isocalendar()[:2]
        by_week[week] = by_week.get(week, 0) + is_standing_day(Standing.WEEKLY, day, CALENDAR)
        if CALENDAR.is_working(day) and day.year == 2020:
            working.add(week)

    assert {week for week, count in by_week.items() if count == 1} >= working - {(2020, 1)}
    assert max(by_week.values()) == 1
