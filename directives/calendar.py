"""The working calendar of state bodies: weekly days off, holidays, days in lieu, swapped days."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final, Self

ONE_DAY: Final = timedelta(days=1)
SATURDAY: Final = 5


class DayKind(StrEnum):
    """Why a day is not what its weekday says."""

    HOLIDAY = "holiday"  # nghỉ lễ
    IN_LIEU = "in_lieu"  # nghỉ bù
    SWAPPED_OFF = "swapped_off"  # nghỉ hoán đổi
    WORKED = "worked"  # làm bù
    ORDINARY = "ordinary"  # as the week says: what was expected did not come


class Standing(StrEnum):
    """Whether a day has been decided, or is only expected."""

    OFFICIAL = "official"
    PROVISIONAL = "provisional"


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day off, or a Saturday worked, and the decision that says so."""

    day: date
    kind: DayKind
    name: str
    decision: str
    standing: Standing = Standing.OFFICIAL
    swapped_with: date | None = None


SOLAR_HOLIDAYS: Final = (
    (1, 1, "Tết Dương lịch"),
    (4, 30, "Ngày Chiến thắng"),
    (5, 1, "Ngày Quốc tế Lao động"),
    (9, 2, "Quốc khánh"),
)
"""The holidays that a year without data has all the same (Labour Code 2019, article 112)."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Working days from reviewed data; a year without data has its fixed solar holidays, as provisional."""

    special: Mapping[date, SpecialDay] = field(default_factory=lambda: MappingProxyType({}))
    years: frozenset[int] = frozenset()

    @classmethod
    def of(cls, days: Iterable[SpecialDay], years: Iterable[int]) -> Self:
        """Build a calendar from special days and the years for which they are complete."""
        return cls(MappingProxyType({special.day: special for special in days}), frozenset(years))

    @classmethod
    def from_toml(cls, source: str) -> Self:
        """Read the format of data/days_off.toml; raise ValueError naming the entry that is wrong."""
        table = tomllib.loads(source)
        return cls.of((day for entry in table.get("day", []) for day in _days(entry)), table.get("years", []))

    def special_day(self, day: date) -> SpecialDay | None:
        """Return what is special about a day, if anything."""
        if (known := self.special.get(day)) is not None or day.year in self.years:
            return known
        for month, number, name in SOLAR_HOLIDAYS:
            if (day.month, day.day) == (month, number):
                law = "Bộ luật Lao động 2019, Điều 112"
                return SpecialDay(day, DayKind.HOLIDAY, name, law, Standing.PROVISIONAL)
        return None

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on a day."""
        special = self.special_day(day)
        if special is None or special.kind is DayKind.ORDINARY:
            return day.weekday() < SATURDAY
        return special.kind is DayKind.WORKED

    def is_provisional(self, day: date) -> bool:
        """Tell whether the answer for a day may still change: its year or its own entry is not decided."""
        special = self.special.get(day)
        return day.year not in self.years or (
            special is not None and special.standing is Standing.PROVISIONAL
        )

    def next_working(self, day: date) -> date:
        """Return the day itself if it is a working day, else the first one after it."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def previous_working(self, day: date) -> date:
        """Return the day itself if it is a working day, else the last one before it."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def add(self, start: date, count: int) -> date:
        """Return the `count`-th working day after `start`, which is not counted; before it if negative.

        The first day of a period is not counted: Civil Code 2015, article 147. Zero returns `start` as it is.
        """
        step = ONE_DAY if count > 0 else -ONE_DAY
        day, left = start, abs(count)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Return how many working days lie after `start` and up to `end`; negative if `end` is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        counted = _weekdays_up_to(end) - _weekdays_up_to(start)
        for day in self._not_as_the_week_says(start, end):
            counted += self.is_working(day) - (day.weekday() < SATURDAY)
        return counted

    def _not_as_the_week_says(self, start: date, end: date) -> Iterator[date]:
        """Yield the days after `start` and up to `end` that something special is about, each once."""
        yield from (day for day in self.special if start < day <= end)
        for year in range(start.year, end.year + 1):
            if year not in self.years:
                solar = (date(year, month, number) for month, number, _ in SOLAR_HOLIDAYS)
                yield from (day for day in solar if start < day <= end and day not in self.special)

    def with_days(self, days: Iterable[SpecialDay], years: Iterable[int] = ()) -> "WorkCalendar":
        """Return a calendar with some days changed or added, and years marked complete."""
        changed = {**self.special, **{special.day: special for special in days}}
        return WorkCalendar(MappingProxyType(changed), self.years | frozenset(years))


def _weekdays_up_to(day: date) -> int:
    """Return how many Mondays to Fridays lie up to a day; the first day of the calendar is a Monday."""
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * 5 + min(rest, 5)


def _days(entry: Mapping[str, Any]) -> Iterator[SpecialDay]:
    """Yield the days of one entry, each day of a range."""
    try:
        first, last = entry["on"], entry.get("until", entry["on"])
        kind, standing = DayKind(entry["kind"]), Standing(entry.get("status", Standing.OFFICIAL))
        name, decision = entry["name"], entry["decision"]
    except (KeyError, ValueError) as wrong:
        raise ValueError(
            f"days_off.toml: the entry on {entry.get('on', '?')} lacks or misspells {wrong}"
        ) from wrong
    for ahead in range((last - first).days + 1):
        yield SpecialDay(first + timedelta(days=ahead), kind, name, decision, standing, entry.get("for"))


@lru_cache(maxsize=1)
def default_calendar() -> WorkCalendar:
    """Return the calendar that ships with the program, read once."""
    source = files("directives").joinpath("data", "days_off.toml").read_text(encoding="utf-8")
    return WorkCalendar.from_toml(source)
