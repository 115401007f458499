"""Nothing leaves at night, at the weekend or over Tết; the first working morning everything does."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.calendar import default_calendar
from tracker.domain.sending_hours import SendingHours

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
HOURS = SendingHours(time(7, 0), time(18, 0), VIETNAM)
CALENDAR = default_calendar()


def at(day: int, hour: int, minute: int = 0, *, month: int = 1, year: int = 2020) -> datetime:
    """Return a moment in the office."""
    return datetime(year, month, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        pytest.param(at(8, 9), at(8, 9), id="within the hours: now"),
        pytest.param(at(8, 7), at(8, 7), id="the first minute"),
        pytest.param(at(8, 6, 59), at(8, 7), id="a minute too early"),
        pytest.param(at(8, 17, 59), at(8, 17, 59), id="the last minute"),
        pytest.param(at(8, 18), at(9, 7), id="too late: the next morning"),
        pytest.param(at(10, 18), at(13, 7), id="Friday evening: Monday"),
        pytest.param(at(11, 12), at(13, 7), id="Saturday noon: Monday"),
        pytest.param(at(22, 18), at(30, 7), id="before Tết 2020: the first working day after it"),
        pytest.param(at(26, 3), at(30, 7), id="a night of Tết"),
    ],
)
def test_a_letter_waits_for_the_office(now: datetime, opening: datetime) -> None:
    """The next opening is the moment itself or a working morning."""
    assert HOURS.next_opening(now, CALENDAR) == opening
    assert HOURS.allow(now, CALENDAR) is (now == opening)


@given(
    st.datetimes(
        datetime(2019, 1, 1),  # noqa: DTZ001 — hypothesis adds the zone
        datetime(2026, 12, 1),  # noqa: DTZ001
        timezones=st.sampled_from([UTC, VIETNAM, ZoneInfo("America/New_York"), ZoneInfo("Europe/London")]),
    )
)
def test_the_host_s_zone_does_not_matter(now: datetime) -> None:
    """Whatever zone a moment is written in, letters leave within the office's hours, and soon."""
    opening = HOURS.next_opening(now, CALENDAR)
    local = opening.astimezone(VIETNAM)

    assert HOURS.allow(opening, CALENDAR)
    assert time(7, 0) <= local.time() < time(18, 0)
    assert CALENDAR.is_working(local.date())
    assert timedelta(0) <= opening - now < timedelta(days=12)


def test_an_office_may_keep_no_hours() -> None:
    """Then every moment will do."""
    always = SendingHours(time(7, 0), time(18, 0), VIETNAM, always=True)
    night = at(26, 3)

    assert always.allow(night, CALENDAR)
    assert always.next_opening(night, CALENDAR) == night
