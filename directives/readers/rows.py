"""Rows of a table on paper, and how they are made whole again over the end of a page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from directives.header_cells import columns_of
from directives.readers.pieces import Piece
from directives.readers.tables import write_row

HEAD_ROWS: Final = 3
SAME_PLACE: Final = 8.0  # points
BROKEN: Final = re.compile(r"\w[-/]$")
ORDINAL: Final = re.compile(r"\d{1,3}\.?")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, or a line of one of its cells, and the pieces it is made of."""

    cells: tuple[str, ...]
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Return the row on one line."""
        return self.cells[0] if len(self.cells) == 1 else write_row(self.cells)


def row_of(cells: Sequence[Sequence[Piece]]) -> Row:
    """Make a row of the lines of its cells."""
    texts = tuple(joined([line.text for line in cell]) for cell in cells)
    return Row(texts, tuple(line for cell in cells for line in cell))


def joined(lines: Sequence[str]) -> str:
    """Join the lines of a cell; a number broken at its hyphen or slash («606/UBND-/KT1») is made whole."""
    text = ""
    for line in lines:
        broken = BROKEN.search(text) is not None and line[:1].isalnum()
        text += line if broken or not text else f" {line}"
    return text


def split_at_ordinals(row: Sequence[tuple[Piece, ...]]) -> list[Sequence[tuple[Piece, ...]]]:
    """Part what no line parts: ordinals 1, 2, 3 down the first cell begin rows of their own."""
    marks = [line for line in row[0] if ORDINAL.fullmatch(line.text)]
    counted = [int(mark.text.rstrip(".")) for mark in marks]
    if len(marks) < 2 or len(marks) != len(row[0]) or any(b - a != 1 for a, b in pairwise(counted)):  # noqa: PLR2004
        return [row]
    tops = [mark.base + mark.size / 2 for mark in marks[1:]]
    return [
        [tuple(line for line in cell if sum(line.base <= top for top in tops) == index) for cell in row]
        for index in range(len(marks))
    ]


def continued(head: Sequence[Row], above: list[Row], rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Return the rows above and those below the end of a page, in the middle of a table.

    The header that is repeated is dropped, and a row that the page's end broke is made whole above it.
    """
    same = 0
    while same < min(HEAD_ROWS, len(rows), len(head)) and rows[same].cells == head[same].cells:
        same += 1
    rows = rows[same:]
    columns = next((found for row in head[:HEAD_ROWS] if (found := columns_of(row.cells))), {})
    if rows and above and goes_on_below(above[-1], rows[0], columns):
        last, rest = above[-1], rows[0]
        cells = tuple(
            joined([one, two]) if two else one for one, two in zip(last.cells, rest.cells, strict=True)
        )
        return [*above[:-1], Row(cells, last.pieces)], rows[1:]
    return above, rows


def goes_on_below(last: Row, first: Row, columns: dict[str, int]) -> bool:
    """Tell whether the first row of a page is the rest of the last one of the page before."""
    number = columns.get("number")
    if number is not None and (first.cells[number] or not last.cells[number]):
        return False
    if ORDINAL.fullmatch(first.cells[0]) and ORDINAL.fullmatch(last.cells[0]):
        return False  # counted, whatever the header is
    filled = {index for index, words in enumerate(first.cells) if words}
    grown = all(last.cells[index] for index in filled)
    names = {columns[name] for name in ("work", "leads", "time") if name in columns}
    whole = names <= filled and all(not first.cells[index][0].islower() for index in filled)
    small = any(first.cells[index][0].islower() for index in filled)
    return bool(filled) and not whole and (small or (grown and number is not None))


def same_columns(one: Sequence[float], two: Sequence[float]) -> bool:
    """Tell whether the columns of two tables part at the same places."""
    return (
        bool(one)
        and len(one) == len(two)
        and all(abs(a - b) < SAME_PLACE for a, b in zip(one, two, strict=True))
    )
