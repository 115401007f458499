"""Read a CSV file that a person made: rows with their place, errors by row and column."""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from tracker.errors import InputRefused
from tracker.phrasebook import say

COMMENT: Final = "#"
YES: Final = frozenset({"1", "x", "có", "co", "yes", "true", "đúng"})
NO: Final = frozenset({"", "0", "không", "khong", "no", "false", "sai"})


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong in one cell, and where."""

    row: int  # the line of the file, counted from 1
    column: str
    code: str
    value: str = ""

    def sentence(self, lang: str | None = None) -> str:
        """Say where the error is and how to mend it."""
        what = say(f"cell.{self.code}", lang, value=self.value)
        return say("cell.place", lang, row=self.row, column=self.column, what=what)


@dataclass(slots=True)
class Row:
    """One row while it is read; what is wrong in it gathers here."""

    line: int
    cells: dict[str, str]
    errors: list[CellError] = field(default_factory=list)

    def text(self, column: str) -> str:
        """Return a cell, empty where there is none."""
        return self.cells.get(column, "")

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

    def day(self, column: str) -> date | None:
        """Return a day written as 2020-04-03 or 03/4/2020."""
        value = self.text(column)
        if not value:
            return None
        try:
            if "/" in value:
                day, month, year = (int(part) for part in value.split("/"))
                return date(year, month, day)
            return date.fromisoformat(value)
        except ValueError:
            self.refuse(column, "not-a-day", value)
            return None

    def refuse(self, column: str, code: str, value: str = "") -> None:
        """Note what is wrong in a cell."""
        self.errors.append(CellError(self.line, column, code, value))


def rows_of(path: Path, columns: Sequence[str], required: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of a CSV file; lines that begin with # are notes.

    Raises InputRefused where the file is missing, is not text, lacks a column, or has a quotation mark that
    is not closed: the rows after it would be swallowed in silence.
    """
    lines = _lines(path)
    numbers = [number for number, line in lines if line.strip()]
    parted = csv.reader((line for _, line in lines if line.strip()), delimiter=_delimiter(lines), strict=True)
    header: list[str] = []
    begins = 0  # how many lines are read when a row begins
    try:
        for written in parted:
            cells = [_clean(cell) for cell in written]
            if header:
                yield _row(numbers[begins], header, cells)
            else:
                header = _heading(path, cells, columns, required)
            begins = parted.line_num
    except csv.Error as error:
        raise InputRefused("table.broken", name=path.name, row=numbers[begins]) from error
    if not header:
        _heading(path, [], columns, required)


def _heading(path: Path, cells: Sequence[str], columns: Sequence[str], required: Sequence[str]) -> list[str]:
    """Return the names of the columns, or refuse a file whose heading is not as it should be."""
    header = [cell.casefold() for cell in cells]
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
    row = Row(line, dict(zip(header, cells, strict=False)))
    if extra := [cell for cell in cells[len(header) :] if cell]:
        row.refuse(header[-1], "too-many", extra[0])
    for column, cell in row.cells.items():
        if any(unicodedata.category(sign) == "Cc" for sign in cell):
            row.refuse(column, "control")
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


def _lines(path: Path) -> list[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise InputRefused("unreadable.not-found", name=path.name) from error
    except IsADirectoryError as error:
        raise InputRefused("unreadable.is-a-folder", name=path.name) from error
    except UnicodeDecodeError as error:
        raise InputRefused("table.not-utf8", name=path.name) from error
    except OSError as error:
        raise InputRefused("table.no-access", name=path.name) from error
    numbered = enumerate(io.StringIO(text, newline=None), start=1)
    return [(number, line) for number, line in numbered if not line.lstrip().startswith(COMMENT)]


def _delimiter(lines: list[tuple[int, str]]) -> str:
    """Tell which sign parts the columns; a Vietnamese Excel writes semicolons."""
    header = next((line for _, line in lines if line.strip()), "")
    return max((",", ";", "\t"), key=header.count)
