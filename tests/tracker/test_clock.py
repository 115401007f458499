"""The office's day is the office's, wherever the server stands."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tracker.clock import StoppedClock, WallClock, instant, read_day, shown, today

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


@pytest.mark.parametrize(
    "written", ["01/03/25", "31/12/0027", "02/09/0202", "31/4/2020", "2020", "31/12/9999", "hôm nay"]
)
def test_what_no_office_can_mean_is_no_day(written: str) -> None:
    """A year is written in full, and lies within a person's reach."""
    with pytest.raises(ValueError, match=r".*"):
        read_day(written)


@pytest.mark.parametrize("written", ["03/4/2020", "03/04/2020", "2020-04-03", " 03/4/2020 "])
def test_a_day_is_read_as_people_write_it(written: str) -> None:
    """With strokes or as ISO 8601."""
    assert read_day(written) == date(2020, 4, 3)
