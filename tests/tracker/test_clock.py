"""The office's day is the office's, wherever the server stands."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tracker.clock import StoppedClock, WallClock, instant, shown, today

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        pytest.param(
            datetime(2020, 4, 8, 6, 30, tzinfo=HANOI), date(2020, 4, 8), id="UTC still says yesterday"
        ),
        pytest.param(
            datetime(2020, 4, 8, 23, 59, tzinfo=HANOI), date(2020, 4, 8), id="a minute before midnight"
        ),
        pytest.param(datetime(2020, 4, 9, 0, 0, tzinfo=HANOI), date(2020, 4, 9), id="midnight"),
    ],
)
def test_today_is_the_office_s_day(moment: datetime, expected: date) -> None:
    """A day begins at midnight in Hà Nội, while moments are kept in UTC."""
    clock = StoppedClock(moment)

    assert expected == today(clock)
    assert instant(clock) == moment
    assert instant(clock).tzinfo is UTC


def test_the_wall_clock_runs_in_the_office_s_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that stands elsewhere changes nothing."""
    monkeypatch.setenv("TZ", "America/New_York")
    now = WallClock(HANOI).now()

    assert now.utcoffset() == HANOI.utcoffset(now.replace(tzinfo=None))


def test_days_are_shown_as_an_office_writes_them() -> None:
    """Two digits each, and nothing for no day."""
    assert (shown(date(2020, 4, 8)), shown(None)) == ("08/04/2020", "")
