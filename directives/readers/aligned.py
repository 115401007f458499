"""Tables without ruled lines between their columns: a header that is known, and words set under it.

Only under a header that names work, and who does it or by when, are gaps taken for columns: two columns of a
letterhead, signatures and addressees have none.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Final

from directives.header_cells import columns_of, heads_work
from directives.readers.pieces import Piece

HEADER_LINES: Final = 4
MAX_CELLS: Final = 60  # on one line
LEAST_COLUMNS: Final = 3
ENOUGH_LINES: Final = 80  # to see where columns part
LEAST_GUTTER: Final = 0.6  # sizes of type
NEXT_LINE: Final = 1.7  # usual distances between lines; farther down a row has ended
TABLE_ENDS: Final = 4.0  # and so far down the table has
PROSE_LINES: Final = 2  # lines across the columns that follow each other end the table
ORDINAL: Final = re.compile(r"[([]?(?:\d{1,3}(?:\.\d{1,3}){0,2}|[IVXL]{1,6}|[A-ZĐ]|[a-zđ])[.)\]]*")
STOPS: Final = re.compile(
    r"(?:Nơi nhận|Ghi chú:|PHỤ LỤC|Phụ lục|(?:TM|KT|TL|TUQ)\.|CHỦ TỊCH|Phần thứ)|\(?Ký", re.IGNORECASE
)

Line = list[Piece]


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a table part, and which of them holds the ordinals."""

    edges: tuple[float, ...]  # between the columns: one fewer than they are
    number: int | None
    header: tuple[str, ...]

    @property
    def count(self) -> int:
        """Return how many columns there are."""
        return len(self.edges) + 1

    def of(self, piece: Piece) -> int:
        """Return the column in which the middle of a piece stands."""
        return sum(piece.middle > edge for edge in self.edges)

    def spread(self, line: Line) -> list[Line]:
        """Return the pieces of a line column by column, cut where an edge falls into a gap."""
        found: list[Line] = [[] for _ in range(self.count)]
        for piece in line:
            for part in piece.cut_at(self.edges):
                found[self.of(part)].append(part)
        return found

    def crosses(self, line: Line) -> bool:
        """Tell whether words of a line run across an edge: a heading over the columns, or no table at all."""
        return any(
            part.left < edge - part.size / 2 and part.right > edge + part.size / 2
            for piece in line
            for part in piece.cut_at(self.edges)
            for edge in self.edges
        )


@dataclass(frozen=True, slots=True)
class AlignedTable:
    """The rows found: the pieces of each cell."""

    columns: Columns
    rows: tuple[tuple[tuple[Piece, ...], ...], ...]
    after: int  # the first line behind the table


def find_table(lines: Sequence[Line], first: int, levels: Sequence[float] = ()) -> AlignedTable | None:
    """Return the table whose header begins with this line; None where none does.

    `levels`: heights of level lines, which part rows.
    """
    found = _header(lines, first)
    if found is None:
        return None
    zones, number, start = found
    stop = _end(lines, start, zones)
    if stop == start:
        return None
    edges = _edges(zones, lines[first:stop])
    bare = Columns(edges, number, ())
    head = tuple(tuple(cell) for cell in _stacked(bare, lines[first:start]))
    columns = replace(bare, header=written(head))
    body = list(lines[start:stop])
    while body and columns.crosses(body[-1]):
        body.pop()  # a heading with nothing under it is no part of the table
    if not body:
        return None
    return AlignedTable(columns, (head, *rows_of(columns, body, levels)), start + len(body))


def goes_on(lines: Sequence[Line], columns: Columns, levels: Sequence[float] = ()) -> AlignedTable | None:
    """Return the rest of a table at the top of the next page, its repeated header left out."""
    start = next(
        (
            size
            for size in range(1, min(HEADER_LINES, len(lines)) + 1)
            if written(_stacked(columns, lines[:size])) == columns.header
        ),
        0,
    )
    bounds = (float("-inf"), *columns.edges, float("inf"))
    body = list(lines[start : _end(lines, start, list(pairwise(bounds)))])
    while body and columns.crosses(body[-1]):
        body.pop()
    filled = [
        sum(map(bool, columns.spread(line))) for line in body[:PROSE_LINES] if not columns.crosses(line)
    ]
    if not body or (not start and max(filled, default=0) < LEAST_COLUMNS - 1):
        return None
    return AlignedTable(columns, tuple(rows_of(columns, body, levels)), start + len(body))


def written(cells: Sequence[Sequence[Piece]]) -> tuple[str, ...]:
    """Return the words of the cells of a row."""
    return tuple(" ".join(piece.text for piece in cell) for cell in cells)


Zone = tuple[float, float]


def _header(lines: Sequence[Line], first: int) -> tuple[list[Zone], int | None, int] | None:
    """Read up to four lines as a header: the stretch of each column, its words, and where the body begins."""
    if not LEAST_COLUMNS - 1 <= len(_parts(lines[first])) <= MAX_CELLS:
        return None
    best: tuple[int, list[Zone], dict[str, int], int] | None = None
    for size in range(1, min(HEADER_LINES, len(lines) - first) + 1):
        window = lines[first : first + size]
        if size > 1 and window[-2][0].base - window[-1][0].base > 2 * NEXT_LINE * window[-1][0].size:
            break
        zones = _zones(window) if len(window[-1]) <= MAX_CELLS else []
        if len(zones) < LEAST_COLUMNS:
            break
        texts = tuple(
            " ".join(
                dict.fromkeys(
                    part.text for line in window for part in _parts(line) if low <= part.middle <= high
                )
            )
            for low, high in zones
        )
        columns = columns_of(texts)
        known = len(columns)
        if known >= LEAST_COLUMNS and heads_work(columns) and (best is None or known > best[0]):
            best = known, zones, columns, first + size
    if best is None:
        return None
    _, zones, columns, start = best
    number = columns.get("number")
    return zones, number, _body_begins(lines, start, first, zones, number)


def _body_begins(lines: Sequence[Line], start: int, first: int, zones: list[Zone], number: int | None) -> int:
    """Pass over further lines of the header: under it, and before the first ordinal."""
    if number is None:
        return start
    _, high = zones[number]
    for at in range(start, min(first + HEADER_LINES, len(lines))):
        line = lines[at]
        if line[0].left <= high + line[0].size or not all(part.text[:1].islower() for part in _parts(line)):
            return at
    return start


def _parts(line: Line) -> list[Piece]:
    """Cut the pieces of a line at every gap that could part columns."""
    return [part for piece in line for part in piece.cut_wider(LEAST_GUTTER)]


def _zones(lines: Sequence[Line]) -> list[Zone]:
    """Return the stretches across the page that words stand in, those that overlap taken as one."""
    zones: list[list[float]] = []
    for part in sorted((part for line in lines for part in _parts(line)), key=lambda part: part.left):
        if zones and part.left < zones[-1][1]:
            zones[-1][1] = max(zones[-1][1], part.right)
        else:
            zones.append([part.left, part.right])
    return [(low, high) for low, high in zones]


def _end(lines: Sequence[Line], start: int, zones: list[Zone]) -> int:
    """Return the first line behind the table that begins at this one."""
    pitch = _pitch(lines[start : start + 20])
    prose = 0
    for at in range(start, len(lines)):
        line = lines[at]
        if (
            len(line) > MAX_CELLS
            or _stops(line)
            or (at > start and lines[at - 1][0].base - line[0].base > TABLE_ENDS * pitch)
        ):
            return at - prose
        covers = sum(any(part.left < high and low < part.right for part in line) for low, high in zones)
        alone = len(_parts(line)) == 1
        prose = prose + 1 if alone and covers >= LEAST_COLUMNS else 0
        if prose > PROSE_LINES:
            return at + 1 - prose
    return len(lines)


def _stops(line: Line) -> bool:
    return any(STOPS.match(piece.text) for piece in line)


def _pitch(lines: Sequence[Line]) -> float:
    distances = [one[0].base - two[0].base for one, two in pairwise(lines)]
    return median(distances) if distances else max((line[0].size * 1.5 for line in lines), default=1.0)


def _edges(zones: list[Zone], lines: Sequence[Line]) -> tuple[float, ...]:
    """Return where columns part: between two headers, where the fewest words of the body stand."""
    parts = [part for line in lines[:ENOUGH_LINES] for part in _parts(line)]
    edges = []
    for (low, one), (two, high) in pairwise(zones):
        left, right = (low + one) / 2, (two + high) / 2
        places = sorted(
            {left, right, *(x for part in parts for x in (part.left, part.right) if left < x < right)}
        )
        best = min(
            (
                (sum(part.left < (a + b) / 2 < part.right for part in parts), a - b, (a + b) / 2)
                for a, b in pairwise(places)
            ),
            default=(0, 0.0, (one + two) / 2),
        )
        edges.append(best[2])
    return tuple(edges)


def rows_of(
    columns: Columns, lines: list[Line], levels: Sequence[float]
) -> list[tuple[tuple[Piece, ...], ...]]:
    """Group the lines of a body into rows."""
    pitch = _pitch(lines)
    heights = sorted(levels)
    ruled = [_parts_rows(one, two, heights) for one, two in pairwise(lines)]
    apart = [
        one[0].base - two[0].base > NEXT_LINE * min(pitch, 2 * two[0].size) for one, two in pairwise(lines)
    ]
    shown = any(ruled) or any(apart)  # lines or gaps show where rows part
    rows: list[list[Line]] = []
    for at, line in enumerate(lines):
        behind = at > 0 and (ruled[at - 1] or apart[at - 1])
        if not rows or behind or _begins_row(columns, rows[-1], line, shown=shown):
            rows.append([line])
        else:
            rows[-1].append(line)
    return [tuple(tuple(cell) for cell in _stacked(columns, row)) for row in rows]


def _parts_rows(one: Line, two: Line, heights: Sequence[float]) -> bool:
    """Tell whether one of the heights, the lowest first, lies between two lines."""
    above = bisect_right(heights, two[0].base)
    return above < len(heights) and heights[above] < one[0].base + one[0].size


def _begins_row(columns: Columns, row: list[Line], line: Line, *, shown: bool) -> bool:
    """Tell whether a line begins a row: by its ordinal, as a heading, or with words in most columns."""
    if columns.crosses(line) or columns.crosses(row[-1]):
        return True
    cells = columns.spread(line)
    if columns.number is not None:
        mark = cells[columns.number]
        return bool(mark) and ORDINAL.fullmatch(mark[0].text) is not None
    filled = [cell[0].text for cell in cells if cell]
    return not shown and len(filled) >= LEAST_COLUMNS and all(not text[0].islower() for text in filled)


def _stacked(columns: Columns, lines: Sequence[Line]) -> list[list[Piece]]:
    """Put the lines of a row cell by cell; one across the columns stands in the first."""
    found: list[list[Piece]] = [[] for _ in range(columns.count)]
    for line in lines:
        if columns.crosses(line) and len(_parts(line)) <= 2:  # noqa: PLR2004 - «II.» and its words
            found[0] += line
            continue
        for index, cell in enumerate(columns.spread(line)):
            found[index] += cell
    return found
