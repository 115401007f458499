"""Put the pieces of a page into reading order: body lines, columns side by side, ruled tables.

A letterhead's left column is read before its right one, a table row by row, and a page from the top down.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from directives.readers.pieces import Page, Piece, Ruling
from directives.readers.tables import Cell, is_data_table, write_rows

SAME_ROW: Final = 0.4  # of the type's size
LEAST_GUTTER: Final = 0.5
SURE_GUTTER: Final = 3.0  # a gap as wide as this parts columns even if no other row shows it
NEXT_ROW: Final = 2.2  # sizes of type down to the next row of the same columns
LOOSE_ROW: Final = 6.0  # and down to a line centred under them: room left for a signature
ALIGNED: Final = 6.0  # points
NEAR_ROWS: Final = 12
MAX_RULINGS: Final = 1000  # of one page; more are a drawing
GRID_LINES: Final = 3
TOUCH: Final = 3.0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, or a line of one of its cells, and the pieces it is made of."""

    text: str
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class Block:
    """Lines to be read one after the other: of the body, of one column, or finished rows of a table."""

    lines: list[Piece] = field(default_factory=list)
    rows: list["Row"] = field(default_factory=list)
    is_column: bool = False


@dataclass(frozen=True, slots=True)
class Arranged:
    """A page in reading order."""

    page: Page
    blocks: tuple[Block, ...]

    @property
    def width(self) -> float:
        """Return how wide the page is."""
        return self.page.width


def arrange(page: Page) -> Arranged:
    """Order the pieces of a page."""
    grids = _grids(page.rulings)
    inside = [[piece for piece in page.pieces if grid.holds(piece)] for grid in grids]
    taken = {id(piece) for pieces in inside for piece in pieces}
    parts: list[tuple[float, list[Block]]] = []
    cuts = sorted((grid.rows[-1] for grid in grids), reverse=True)
    loose = [piece for piece in page.pieces if id(piece) not in taken]
    for low, high in pairwise([float("-inf"), *reversed(cuts), float("inf")]):
        between = [piece for piece in loose if low <= piece.base < high]
        if between:
            parts.append((low, _ordered(between)))
    for grid, pieces in zip(grids, inside, strict=True):
        if pieces:
            parts.append((grid.rows[0], [grid.block(pieces)]))
    parts.sort(key=lambda part: part[0], reverse=True)
    return Arranged(page, tuple(block for _, blocks in parts for block in blocks))


def _ordered(pieces: Sequence[Piece]) -> list[Block]:
    """Order pieces that stand in no ruled table."""
    rows = _rows(pieces)
    blocks: list[Block] = []
    index = 0
    while index < len(rows):
        columns, after = _side_by_side(rows, index)
        if columns:
            blocks += columns
            index = after
            continue
        if not blocks or blocks[-1].is_column:
            blocks.append(Block())
        blocks[-1].lines.append(_merged(rows[index]))
        index += 1
    return blocks


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Group pieces that stand on one line; marks stay with their words."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.base, piece.left)):
        if rows and rows[-1][0].base - piece.base < SAME_ROW * max(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_with_marks(sorted(row, key=lambda piece: piece.left)) for row in rows]


def _with_marks(row: list[Piece]) -> list[Piece]:
    """Join the mark of an item, and «Kính gửi:», to the words behind it, however wide the gap."""
    joined: list[Piece] = []
    for piece in row:
        if joined and joined[-1].is_mark:
            joined[-1] = joined[-1].joined(piece)
        else:
            joined.append(piece)
    return joined


def _merged(row: list[Piece]) -> Piece:
    line = row[0]
    for piece in row[1:]:
        line = line.joined(piece)
    return line


def _side_by_side(rows: list[list[Piece]], first: int) -> tuple[list[Block], int]:
    """Read two columns that begin at this row; return them and the row after them, or nothing."""
    start = rows[first]
    if len(start) < 2:  # noqa: PLR2004 - two columns need two pieces
        return [], first
    columns = _Columns.of(start)
    rows_in_two = 1
    after = first + 1
    while after < len(rows) and columns.take(rows[after]):
        rows_in_two += len(rows[after]) > 1
        after += 1
    if rows_in_two == 1 and columns.gutter < SURE_GUTTER * start[0].size:
        return [], first
    return [Block(columns.left, is_column=True), Block(columns.right, is_column=True)], after


@dataclass(slots=True)
class _Columns:
    """Two columns as far as they have been followed down the page."""

    left: list[Piece]
    right: list[Piece]
    low: float  # where the gutter begins
    high: float  # and ends

    @classmethod
    def of(cls, row: list[Piece]) -> "_Columns":
        """Begin at the widest gap of a row."""
        _, cut = max((two.left - one.right, index) for index, (one, two) in enumerate(pairwise(row), start=1))
        left, right = row[:cut], row[cut:]
        return cls([_merged(left)], [_merged(right)], left[-1].right, right[0].left)

    @property
    def gutter(self) -> float:
        """Return how wide the gap between the columns is."""
        return self.high - self.low

    def take(self, row: list[Piece]) -> bool:
        """Add a row where it goes on with the columns; tell whether it does."""
        split = (self.low + self.high) / 2
        left = [piece for piece in row if piece.middle < split]
        right = [piece for piece in row if piece.middle >= split]
        low = max([self.low, *(piece.right for piece in left)])
        high = min([self.high, *(piece.left for piece in right)])
        if high - low < LEAST_GUTTER * row[0].size:
            return False
        if not (left and right) and not self._goes_on(row[0], self.left if left else self.right):
            return False
        if left and right and self._bottom() - row[0].base > LOOSE_ROW * row[0].size:
            return False
        self.left += [_merged(left)] if left else []
        self.right += [_merged(right)] if right else []
        self.low, self.high = low, high
        return True

    def _bottom(self) -> float:
        return min(self.left[-1].base, self.right[-1].base)

    def _goes_on(self, piece: Piece, column: list[Piece]) -> bool:
        """Tell whether a line alone on its row stands under a column: beneath its edge or its middle."""
        down = column[-1].base - piece.base
        near = column[-NEAR_ROWS:]
        if any(abs(piece.middle - above.middle) < ALIGNED for above in near):
            return down < LOOSE_ROW * piece.size
        at_edge = any(abs(piece.left - above.left) < ALIGNED for above in near)
        return at_edge and down < NEXT_ROW * piece.size


@dataclass(frozen=True, slots=True)
class _Grid:
    """The ruled lines of one table: where its columns and rows begin and end."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]  # from the top down is from the last to the first

    def holds(self, piece: Piece) -> bool:
        """Tell whether the middle of a piece lies in the table."""
        return (
            self.columns[0] - TOUCH <= piece.middle <= self.columns[-1] + TOUCH
            and self.rows[0] - TOUCH <= piece.base + piece.size / 3 <= self.rows[-1] + TOUCH
        )

    def block(self, pieces: Sequence[Piece]) -> Block:
        """Read the table row by row where its rows say something, else cell by cell."""
        cells: dict[tuple[int, int], list[Piece]] = {}
        for piece in pieces:
            row = len(self.rows) - bisect_left(self.rows, piece.base + piece.size / 3)
            column = bisect_left(self.columns, piece.middle)
            cells.setdefault((row, column), []).append(piece)
        across = range(1, len(self.columns))
        table = [
            [[_merged(line) for line in _rows(cells.get((row, column), []))] for column in across]
            for row in sorted({row for row, _ in cells})
        ]
        texts = [[Cell(tuple(line.text for line in cell)) for cell in row] for row in table]
        if is_data_table(texts, bordered=True):
            return Block(
                rows=[
                    Row(text, tuple(line for cell in table[index] for line in cell))
                    for index, text in write_rows(texts)
                ]
            )
        return Block(rows=[Row(line.text, (line,)) for row in table for cell in row for line in cell])


def _grids(rulings: Sequence[Ruling]) -> list[_Grid]:
    """Find the tables drawn with ruled lines: at least three upright and three level ones that touch."""
    if len(rulings) > MAX_RULINGS:
        return []
    groups: list[list[Ruling]] = []
    for ruling in rulings:
        near = [group for group in groups if any(_touch(ruling, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([ruling, *(other for group in near for other in group)])
    grids = []
    for group in groups:
        columns = _steps([ruling.left for ruling in group if ruling.upright])
        rows = _steps([ruling.bottom for ruling in group if not ruling.upright])
        if len(columns) >= GRID_LINES and len(rows) >= GRID_LINES:
            grids.append(_Grid(columns, rows))
    return grids


def _touch(one: Ruling, two: Ruling) -> bool:
    return (
        one.left - TOUCH <= two.right
        and two.left - TOUCH <= one.right
        and one.bottom - TOUCH <= two.top
        and two.bottom - TOUCH <= one.top
    )


def _steps(places: list[float]) -> tuple[float, ...]:
    """Return the distinct places, those a line's thickness apart taken as one."""
    steps: list[float] = []
    for place in sorted(places):
        if not steps or place - steps[-1] > TOUCH:
            steps.append(place)
    return tuple(steps)
