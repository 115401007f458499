"""Times whose unit stands in the header: «2» under «Quý», «6» beside «2025» under «Tháng» and «Năm».

A number under «Ngày» alone or under «Thời gian (tháng)» may be how long something takes: it stays unread.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from types import MappingProxyType
from typing import Final

from directives.labels import CellReader
from directives.model import Deadline, Span
from directives.page import Page
from directives.tables import Row, Table
from directives.text import folded, one_line


class Unit(IntEnum):
    """What a number counts, in the order in which a date is said."""

    DAY = 1
    MONTH = 2
    QUARTER = 3
    YEAR = 4


_WORDS: Final = MappingProxyType(
    {"ngày": Unit.DAY, "tháng": Unit.MONTH, "quý": Unit.QUARTER, "năm": Unit.YEAR}
)
_YEAR: Final = r"(?:19|20)\d\d"
_QUARTER: Final = r"(?:[1-4]|i{1,3}|iv)(?!\w)"
_MONTH: Final = r"(?:0?[1-9]|1[0-2])(?!\d)"
_LINK: Final = r"\s*(?:[-–,;+&]|và|đến)\s*"


def _numbers(one: str) -> re.Pattern[str]:
    """Return what cells say where the header says the unit: «2», «2-3», «2, 3», «2/2025»."""
    return re.compile(rf"{one}(?:{_LINK}{one})*(?P<year>\s*(?:[/-]|năm)\s*{_YEAR})?")


_NUMBERS: Final = MappingProxyType(
    {
        Unit.DAY: re.compile(r"(?:0?[1-9]|[12]\d|3[01])"),
        Unit.MONTH: _numbers(_MONTH),
        Unit.QUARTER: _numbers(_QUARTER),
        Unit.YEAR: re.compile(_YEAR),
    }
)
# What the header of a column of one unit says; the first that fits counts. One example each.
_DONE: Final = r" (?:phải |cần |dự kiến )?(?:hoàn thành|kết thúc|thực hiện|xong|trình|báo cáo)"
_OTHER: Final = r"(?:(?!(?:ngày|tháng|quý|năm)\b).)+"  # words without a unit of their own
HEADERS: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(rf"(?P<unit>quý|tháng)(?: năm)?(?: (?P<year>{_YEAR}))?"), "Quý/năm"),
    (re.compile(rf"(?P<unit>quý|tháng|năm){_DONE}"), "Quý hoàn thành"),
    (re.compile(r"(?P<unit>ngày|năm)"), "Năm"),
    (re.compile(rf"{_OTHER} (?P<unit>quý)(?: năm)?(?: (?P<year>{_YEAR}))?"), "Thời gian (quý)"),
    (re.compile(rf"{_OTHER} (?P<unit>tháng) năm(?: (?P<year>{_YEAR}))?"), "Thời hạn (tháng/năm)"),
)
_MARKS: Final = re.compile(r"[\W_]+")
# What two cells under one header say together: «Quý | 2», «Tháng 6 | 2025».
_PARTED: Final = re.compile(
    rf"(?P<time>quý {_QUARTER}|tháng {_MONTH})(?:\s*[/,-]?\s*(?:năm )?(?P<year>{_YEAR}))?"
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What one column says of a time: its unit, the year its header names, the row's cell."""

    header: str
    unit: Unit
    year: str
    cell: Span
    words: str  # of the cell, in small letters

    @property
    def number(self) -> re.Match[str] | None:
        """Return the number that leaves its unit to the header, with its own year if it has one."""
        return _NUMBERS[self.unit].fullmatch(self.words)


@dataclass(frozen=True, slots=True)
class _Whole:
    """A time that its cells do not say alone: from where to where, in full, and under which headers."""

    span: Span
    words: str
    headers: tuple[str, ...]


def unit_of(header: str) -> tuple[Unit, str] | None:
    """Return what numbers under a header count, and the year it names («Quý/2025»); None for others."""
    said = _MARKS.sub(" ", folded(header)).strip()
    found = next((found for row, _ in HEADERS if (found := row.fullmatch(said))), None)
    return (_WORDS[found["unit"]], found.groupdict().get("year") or "") if found else None


def time_cell(page: Page, table: Table, row: Row) -> Span | None:
    """Return where a row says its time: in one cell, or from the first to the last that say it together."""
    whole = _whole(page, table, row)
    return table.cell(row, "time") if whole is None else whole.span


def read_time(page: Page, table: Table, row: Row, read_cell: CellReader) -> Deadline | None:
    """Read the time of a row, a bare number with the unit of its header."""
    whole = _whole(page, table, row)
    if whole is None:
        time = table.cell(row, "time")
        return None if time is None else read_cell(time)
    read = read_cell(whole.span, whole.words)
    if read is None:
        return None
    columns = ", ".join(f"«{one_line(header)}»" for header in whole.headers)
    explained = read.explain.replace(f"«{read.text}»", f"«{read.text}» ở cột {columns}", 1)
    return replace(read, explain=explained)


def _whole(page: Page, table: Table, row: Row) -> _Whole | None:
    """Return a time that its header or the cell beside it completes; None where one cell says it all."""
    index = table.columns.get("time")
    if index is None:
        return None
    said = [
        _Said(table.header[at], unit, year, row.cells[at], page.small_words(row.cells[at]))
        for at, (unit, year) in sorted(_units(table, index).items())
        if at < len(row.cells) and row.cells[at].start < row.cells[at].end
    ]
    if not said:
        return _parted(page, table, row, index)
    units = {each.unit for each in said}
    if not all(each.number for each in said) or (Unit.DAY in units and Unit.MONTH not in units):
        return None
    span = Span(said[0].cell.start, said[-1].cell.end)
    return _Whole(span, _in_full(said), tuple(each.header for each in said))


def _units(table: Table, index: int) -> dict[int, tuple[Unit, str]]:
    """Return the units of the column of times and of those next to it that add one of their own."""
    first = unit_of(table.header[index]) if index < len(table.header) else None
    if first is None:
        return {}
    units = {index: first}
    for way in (1, -1):
        at = index + way
        while 0 <= at < len(table.header) and at not in table.columns.values():
            unit = unit_of(table.header[at])
            if unit is None or unit[0] in {known for known, _ in units.values()}:
                break
            units[at] = unit
            at += way
    return units


def _in_full(said: Sequence[_Said]) -> str:
    """Say a time in words: «quý 2 năm 2025»."""
    ordered = sorted(said, key=lambda each: each.unit)
    names = {unit: word for word, unit in _WORDS.items()}
    *parts, last = [f"{names[each.unit]} {each.words}" for each in ordered]
    dated = any(re.search(_YEAR, each.words) for each in ordered[:-1])
    if ordered[-1].unit is Unit.YEAR:
        return " ".join(parts if dated else [*parts, last])
    year = next((each.year for each in ordered if each.year), "")
    named = re.search(_YEAR, last) is not None
    return " ".join([*parts, last if named or not year else f"{last} năm {year}"])


def _parted(page: Page, table: Table, row: Row, index: int) -> _Whole | None:
    """Return a time parted over two cells of one header: «Quý | 2» under «Thời hạn |»."""
    beside = index + 1
    if beside >= min(len(row.cells), len(table.header)):
        return None
    if table.header[beside].strip() not in ("", table.header[index].strip()):
        return None
    first, second = row.cells[index], row.cells[beside]
    found = _PARTED.fullmatch(f"{page.small_words(first)} {page.small_words(second)}")
    if found is None:
        return None
    words = f"{found['time']} năm {found['year']}" if found["year"] else found["time"]
    return _Whole(Span(first.start, second.end), words, (table.header[index],))
