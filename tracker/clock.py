"""Time is a part like any other: only `WallClock` asks the system."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final, Protocol
from zoneinfo import ZoneInfo

FIRST_YEAR: Final = 1945
LAST_YEAR: Final = 2100

VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")  # one zone for the whole country


class Clock(Protocol):
    """Tells the time, in the office's zone."""

    def now(self) -> datetime:
        """Return the current moment, with its zone."""
        ...


@dataclass(frozen=True, slots=True)
class WallClock:
    """The time in the office, wherever the server stands."""

    zone: ZoneInfo

    def now(self) -> datetime:
        """Return the current moment in the office's zone."""
        return datetime.now(self.zone)


@dataclass(frozen=True, slots=True)
class StoppedClock:
    """A clock for tests and rehearsals."""

    moment: datetime

    def now(self) -> datetime:
        """Return the moment it was stopped at."""
        return self.moment


def today(clock: Clock) -> date:
    """Return the office's calendar day."""
    return clock.now().date()


def instant(clock: Clock) -> datetime:
    """Return the current moment in UTC, as the store keeps it."""
    return clock.now().astimezone(UTC)


def office_day(moment: datetime) -> date:
    """Return the day in the office of a kept moment; SQLite gives it back without its zone, which is UTC."""
    known = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return known.astimezone(VIETNAM).date()


def read_day(written: str) -> date:
    """Read a day as people write it: 03/4/2020 or 2020-04-03.

    Raises ValueError for what is none, or lies outside the years an office can mean: «01/03/25» is no day of
    the year 25.
    """
    value = written.strip()
    if "/" in value:
        day, month, year = (int(part) for part in value.split("/"))
        read = date(year, month, day)
    else:
        read = date.fromisoformat(value)
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise ValueError(value)
    return read


def shown(day: date | None) -> str:
    """Write a day as it is read in an office: dd/mm/yyyy, nothing for none."""
    return "" if day is None else f"{day:%d/%m/%Y}"
