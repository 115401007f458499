"""Days for the calendar from a table, and the days that another program expects of a year to come."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from directives.calendar import DayKind, SpecialDay, Standing
from tracker.phrasebook import LANGUAGES, say
from tracker.services.calendar_changes import check_day, refuse_year
from tracker.services.tables_in import CellError, Row, rows_of, unique

COLUMNS: Final = ("date", "kind", "name", "decision", "standing", "swapped_with")


@dataclass(frozen=True, slots=True)
class DaysRead:
    """The days in a table, or what is wrong in it."""

    days: tuple[SpecialDay, ...] = ()
    errors: tuple[CellError, ...] = ()


def read_days(path: Path) -> DaysRead:
    """Read days from a table with the columns date, kind, name, decision, and standing and swapped_with.

    Kinds and standings are written in either language or by their codes. With an error in it, no day counts.
    """
    rows = list(rows_of(path, COLUMNS, COLUMNS[:4]))
    unique(rows, "date", lambda row: row.text("date"))
    days = [_day(row) for row in rows]
    errors = tuple(error for row in rows for error in row.errors)
    return DaysRead(() if errors else tuple(day for day in days if day is not None), errors)


def day_kind(written: str) -> DayKind | None:
    """Read a kind of day in either language, or by its code."""
    return next((kind for kind in DayKind if written.casefold() in _names("day-kind", kind)), None)


def _day(row: Row) -> SpecialDay | None:
    day, kind = row.day("date"), day_kind(row.required("kind"))
    if day is None and not row.text("date"):
        row.refuse("date", "empty")
    if kind is None and row.text("kind"):
        row.refuse("kind", "unknown-day-kind", row.text("kind"))
    written = row.text("standing").casefold()
    standings = [each for each in Standing if written in _names("day-standing", each)]
    if written and not standings:
        row.refuse("standing", "unknown-standing", written)
    name, decision = row.required("name"), row.required("decision")
    other = row.day("swapped_with")
    if day is None or kind is None or row.errors:
        return None
    special = SpecialDay(day, kind, name, decision, standings[0] if standings else Standing.OFFICIAL, other)
    if (wrong := check_day(special)) is not None:
        row.refuse("date", wrong.replace("calendar.", "day-"))
    return special


def _names(family: str, value: str) -> frozenset[str]:
    return frozenset({value, *(say(f"{family}.{value}", lang).casefold() for lang in LANGUAGES)})


def expected_days(year: int) -> list[SpecialDay]:
    """Return the days off and worked Saturdays that `holidays` expects of a year, all of them provisional.

    It misses swaps announced after its release and marks no guess as one: it proposes, and never decides.
    Raises InputRefused for a year that no office can mean, of which it would know nothing.
    """
    refuse_year(year)
    from importlib.metadata import version  # noqa: PLC0415 - only here is the package needed

    from holidays import country_holidays  # noqa: PLC0415 - the same

    named = country_holidays("VN", years=(year - 1, year, year + 1), language="vi")
    source = say("calendar.expected-by", "vi", version=version("holidays"))
    swaps = {day: _swapped_for(name) for day, name in named.items()}
    worked = {other: day for day, other in swaps.items() if other is not None}
    found = [
        SpecialDay(day, _kind(named[day]), named[day], source, Standing.PROVISIONAL, swaps[day])
        for day in named
        if day.year == year
    ]
    found += [
        SpecialDay(day, DayKind.WORKED, named[off], source, Standing.PROVISIONAL, off)
        for day, off in worked.items()
        if day.year == year
    ]
    return sorted(found, key=lambda special: special.day)


_SWAPPED: Final = re.compile(r"thay cho ngày (\d{2})/(\d{2})/(\d{4})")


def _swapped_for(name: str) -> date | None:
    """Read the Saturday out of «Ngày nghỉ (thay cho ngày 04/05/2024)»."""
    found = _SWAPPED.search(name)
    return date(int(found[3]), int(found[2]), int(found[1])) if found else None


def _kind(name: str) -> DayKind:
    if _SWAPPED.search(name):
        return DayKind.SWAPPED_OFF
    return DayKind.IN_LIEU if "nghỉ bù" in name else DayKind.HOLIDAY
