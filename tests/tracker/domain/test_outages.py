"""Days without a run are told, once, and only working days count."""

from datetime import date

import pytest

from directives.calendar import default_calendar
from tracker.domain.outages import Outage, outage_before


@pytest.mark.parametrize(
    ("last_run", "day", "expected"),
    [
        pytest.param(None, date(2020, 4, 8), None, id="the very first run"),
        pytest.param(date(2020, 4, 7), date(2020, 4, 8), None, id="yesterday's was made"),
        pytest.param(date(2020, 4, 10), date(2020, 4, 13), None, id="over a weekend nothing is missed"),
        pytest.param(date(2020, 1, 22), date(2020, 1, 30), None, id="over Tết neither"),
        pytest.param(
            date(2020, 4, 6), date(2020, 4, 8), Outage(date(2020, 4, 7), date(2020, 4, 7)), id="one day"
        ),
        pytest.param(
            date(2020, 1, 21), date(2020, 2, 3), Outage(date(2020, 1, 22), date(2020, 1, 31)), id="around Tết"
        ),
        pytest.param(date(2020, 4, 9), date(2020, 4, 8), None, id="a clock that was put back"),
        pytest.param(date(2020, 4, 8), date(2020, 4, 8), None, id="the same day again"),
    ],
)
def test_what_was_missed(last_run: date | None, day: date, expected: Outage | None) -> None:
    """From the day after the last run to the day before this one."""
    assert outage_before(day, last_run, default_calendar()) == expected
