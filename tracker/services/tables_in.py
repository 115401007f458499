"""Read a table that a person made, CSV or a workbook: rows with their place, errors by row and column."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from directives.readers.document import UnreadableDocument
from tracker.clock import read_day, shown
from tracker.domain.periods import Period
from tracker.errors import InputRefused
from tracker.phrasebook import say
from tracker.services.sheet_in import is_workbook, sheet_rows
from tracker.store.register import Dated

COMMENT: Final = "#"
FAULTS: Final = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})  # of formulas
YES: Final = frozenset({"1", "x", "có", "co", "yes", "true", "đúng"})
NO: Final = frozenset({"", "0", "không", "khong", "no", "false", "sai"})
_DATED: Final = re.compile(r"(?P<text>[^\[\]]+?) *\[(?P<first>[^\[\]]*?)\.\.(?P<last>[^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong in one cell, and where."""

    row: int  # the line of the file, counted from 1; 0: the table as a whole
    column: str
    code: str
    value: str = ""
    other: str = ""  # another agency that the error is about
    agency: str = ""  # whose cell it is, where that agency has no row in the file

    def sentence(self, lang: str | None = None) -> str:
        """Say where the error is and how to mend it."""
        what = say(f"cell.{self.code}", lang, value=self.value, other=self.other)
        if self.agency:
            return say("cell.elsewhere", lang, agency=self.agency, column=self.column, what=what)
        return say("cell.place", lang, row=self.row, column=self.column, what=what)


def as_cell(value: object) -> str:
    """Write a value as a cell of these tables has it; empty for none."""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date):
        return shown(value)
    if isinstance(value, Dated):
        days = value.period
        always = days.first is None and days.last is None
        return value.text if always else f"{value.text} [{shown(days.first)}..{shown(days.last)}]"
    if isinstance(value, tuple):
        return "; ".join(map(as_cell, value))
    return "" if value is None else str(value)


@dataclass(slots=True)
class Row:
    """One row while it is read; what is wrong in it gathers here."""

    line: int
    cells: dict[str, str]
    errors: list[CellError] = field(default_factory=list)
    warnings: list[CellError] = field(default_factory=list)

    def text(self, column: str) -> str:
        """Return a cell, empty where there is none."""
        return self.cells.get(column, "")

    def has(self, column: str) -> bool:
        """Tell whether the file has a column, be its cell empty or not."""
        return column in self.cells

    def required(self, column: str) -> str:
        """Return a cell that may not be empty."""
        if not (value := self.text(column)):
            self.refuse(column, "empty")
        return value

    def many(self, column: str) -> tuple[str, ...]:
        """Return the parts of a cell, separated by semicolons."""
        parts = (part.strip() for part in self.text(column).split(";"))
        return tuple(dict.fromkeys(part for part in parts if part))

    def flag(self, column: str, *, default: bool = False) -> bool:
        """Return a yes or no, in either language."""
        value = self.text(column).casefold()
        if value not in YES | NO:
            self.refuse(column, "not-yes-or-no", value)
        return value in YES if value else default

    def dated(self, column: str) -> tuple[Dated, ...]:
        """Return the parts of a cell with their days: «Sở KHĐT [..28/02/2025]; SKHĐT»."""
        return tuple(self._dated(column, part) for part in self.many(column))

    def _dated(self, column: str, part: str) -> Dated:
        written = _DATED.fullmatch(part)
        if written is None:
            if "[" in part or "]" in part:
                self.refuse(column, "not-a-period", part)
            return Dated(part)
        days = Period(self._day(column, written["first"]), self._day(column, written["last"]))
        return Dated(written["text"], days)

    def day(self, column: str) -> date | None:
        """Return a day written as 2020-04-03 or 03/4/2020."""
        return self._day(column, self.text(column))

    def _day(self, column: str, written: str) -> date | None:
        value = written.strip()
        if not value:
            return None
        try:
            return read_day(value)
        except ValueError:
            self.refuse(column, "not-a-day", value)
            return None

    def refuse(self, column: str, code: str, value: str = "", other: str = "") -> None:
        """Note what is wrong in a cell."""
        self.errors.append(CellError(self.line, column, code, value, other))

    def warn(self, column: str, code: str, value: str = "", other: str = "") -> None:
        """Note what a person should look at, and what stops nothing."""
        self.warnings.append(CellError(self.line, column, code, value, other))


def rows_of(path: Path, columns: Sequence[str], required: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of a CSV file or of a workbook's first sheet; rows that begin with # are notes.

    Raises InputRefused where the file is missing, is neither, lacks a column, or has a quotation mark that
    is not closed: the rows after it would be swallowed in silence.
    """
    content = _content(path)
    parted = _sheet(path, content) if is_workbook(content) else _parted(path, content)
    header: list[str] = []
    for number, written in parted:
        cells = [_clean(cell) for cell in written]
        if header:
            yield _row(number, header, cells)
        else:
            header = _heading(path, cells, columns, required)
    if not header:
        _heading(path, [], columns, required)


def _sheet(path: Path, content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        for number, cells in sheet_rows(content):
            first = next((cell for cell in cells if cell), "")
            if not _is_note(first):
                yield number, cells
    except UnreadableDocument as error:
        raise InputRefused(error.phrase, **{"name": path.name, **error.fields}) from error


def _is_note(begin: str) -> bool:
    """Tell a note from a row that begins with the fault of a formula."""
    return begin.startswith(COMMENT) and not begin.startswith(tuple(FAULTS))


def _parted(path: Path, content: bytes) -> Iterator[tuple[int, list[str]]]:
    lines = _lines(path, content)
    numbers = [number for number, line in lines if line.strip()]
    parted = csv.reader((line for _, line in lines if line.strip()), delimiter=_delimiter(lines), strict=True)
    begins = 0  # how many lines are read when a row begins
    try:
        for written in parted:
            yield numbers[begins], written
            begins = parted.line_num
    except csv.Error as error:
        raise InputRefused("table.broken", name=path.name, row=numbers[begins]) from error


def _heading(path: Path, cells: Sequence[str], columns: Sequence[str], required: Sequence[str]) -> list[str]:
    """Return the names of the columns, or refuse a file whose heading is not as it should be."""
    header = [cell.casefold() for cell in cells]
    while header and not header[-1]:  # Excel keeps columns that somebody once typed in
        header.pop()
    wrong = {
        "table.missing-column": [column for column in required if column not in header],
        "table.unknown-column": [column for column in header if column not in columns],
        "table.repeated-column": [column for column in columns if header.count(column) > 1],
    }
    for code, names in wrong.items():
        if names:
            raise InputRefused(code, name=path.name, columns=", ".join(names))
    return header


def _row(line: int, header: Sequence[str], cells: Sequence[str]) -> Row:
    """Name the cells of a row; one more than there are columns means a separator inside a name."""
    missing = [""] * (len(header) - len(cells))  # a workbook keeps no empty cells at the end of a row
    row = Row(line, dict(zip(header, [*cells, *missing], strict=False)))
    if extra := [cell for cell in cells[len(header) :] if cell]:
        row.refuse(header[-1], "too-many", extra[0])
    for column, cell in row.cells.items():
        if any(unicodedata.category(sign) == "Cc" for sign in cell):
            row.refuse(column, "control")
        if cell in FAULTS:
            row.refuse(column, "formula-fault", cell)
    return row


def _clean(cell: str) -> str:
    """Write a cell as the documents are read: composed letters (a Mac decomposes them), single spaces."""
    return " ".join(unicodedata.normalize("NFC", cell).split())


def unique(rows: Sequence[Row], column: str, of: Callable[[Row], str]) -> None:
    """Refuse a value that an earlier row already has."""
    seen: set[str] = set()
    for row in rows:
        value = of(row)
        if value and value in seen:
            row.refuse(column, "repeated", value)
        seen.add(value)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputRefused("unreadable.not-found", name=path.name) from error
    except IsADirectoryError as error:
        raise InputRefused("unreadable.is-a-folder", name=path.name) from error
    except OSError as error:
        raise InputRefused("table.no-access", name=path.name) from error


def _lines(path: Path, content: bytes) -> list[tuple[int, str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputRefused("table.not-utf8", name=path.name) from error
    numbered = enumerate(io.StringIO(text, newline=None), start=1)
    return [(number, line) for number, line in numbered if not _is_note(line.lstrip())]


def _delimiter(lines: list[tuple[int, str]]) -> str:
    """Tell which sign parts the columns; a Vietnamese Excel writes semicolons."""
    header = next((line for _, line in lines if line.strip()), "")
    return max((",", ";", "\t"), key=header.count)
