"""Read a CSV file that a person made: rows with their place, errors by row and column."""

import csv
import io
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

    Raises InputRefused where the file is missing, is not text, or lacks a column.
    """
    lines = _lines(path)
    numbers = [number for number, line in lines if line.strip()]
    reader = csv.reader((line for _, line in lines if line.strip()), delimiter=_delimiter(lines))
    header = [cell.strip().casefold() for cell in next(reader, [])]
    if missing := [column for column in required if column not in header]:
        raise InputRefused("table.missing-column", name=path.name, columns=", ".join(missing))
    if unknown := [column for column in header if column not in columns]:
        raise InputRefused("table.unknown-column", name=path.name, columns=", ".join(unknown))
    for cells in reader:
        line = numbers[min(reader.line_num, len(numbers)) - 1]
        yield Row(line, dict(zip(header, (cell.strip() for cell in cells), strict=False)))


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
