"""Put the pieces of a page into reading order: body lines, columns side by side, ruled tables.

A letterhead's left column is read before its right one, a table row by row, and a page from the top down.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from directives.readers.aligned import AlignedTable, Columns, find_table, goes_on
from directives.readers.grids import Grid, Spot, find_grids
from directives.readers.pieces import Page, Piece
from directives.readers.rows import Row, continued, row_of, same_columns, split_at_ordinals
from directives.readers.tables import Cell, is_data_table

SAME_ROW: Final = 0.4  # of the type's size
LEAST_GUTTER: Final = 0.5
SURE_GUTTER: Final = 3.0  # a gap as wide as this parts columns even if no other row shows it
NEXT_ROW: Final = 2.2  # sizes of type down to the next row of the same columns
LOOSE_ROW: Final = 6.0  # and down to a line centred under them: room left for a signature
ALIGNED: Final = 6.0  # points
NEAR_ROWS: Final = 12


@dataclass(slots=True)
class Block:
    """Lines to be read one after the other: of the body, of one column, or finished rows of a table."""

    lines: list[Piece] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    is_column: bool = False
    columns: tuple[float, ...] = ()  # where those of a table of data part
    aligned: Columns | None = None  # those of a table without upright lines


@dataclass(frozen=True, slots=True)
class Arranged:
    """A page in reading order."""

    page: Page
    blocks: tuple[Block, ...]

    @property
    def width(self) -> float:
        """Return how wide the page is."""
        return self.page.width


def arrange_all(pages: Iterable[Page]) -> list[Arranged]:
    """Order the pieces of every page; a table that runs over the end of a page is read as one."""
    done: list[Arranged] = []
    table: Block | None = None  # that the page before ends in
    head: list[Row] = []  # its first rows
    for page in pages:
        arranged = arrange(page, table)
        done.append(arranged)
        blocks = arranged.blocks
        if table is not None and blocks and same_columns(table.columns, blocks[0].columns):
            table.rows, blocks[0].rows = continued(head, table.rows, blocks[0].rows)
            if len(blocks) == 1 and not blocks[0].rows:
                continue  # the whole page was the rest of one row
        if blocks:
            goes_on = (
                table is not None and len(blocks) == 1 and same_columns(table.columns, blocks[0].columns)
            )
            table = blocks[-1] if blocks[-1].columns else None
            head = head if goes_on or table is None else table.rows
    return done


def arrange(page: Page, above: Block | None = None) -> Arranged:
    """Order the pieces of a page; `above`: the table at the foot of the page before."""
    grids = [
        grid
        for grid in find_grids(page.rulings)
        if not grid.is_one_row or (above is not None and same_columns(above.columns, grid.columns))
    ]
    inside = [[piece for piece in page.pieces if grid.holds(piece)] for grid in grids]
    taken = {id(piece) for pieces in inside for piece in pieces}
    levels = [ruling.bottom for ruling in page.rulings if not ruling.upright]
    parts: list[tuple[float, list[Block]]] = []
    cuts = sorted((grid.rows[-1] for grid in grids), reverse=True)
    loose = [piece for piece in page.pieces if id(piece) not in taken]
    top = max((piece.base for piece in page.pieces), default=0.0)
    for low, high in pairwise([float("-inf"), *reversed(cuts), float("inf")]):
        between = [piece for piece in loose if low <= piece.base < high]
        if between:
            begins = any(piece.base >= top for piece in between)
            columns = above.aligned if above is not None and begins else None
            parts.append((low, _ordered(between, levels, columns)))
    for grid, pieces in zip(grids, inside, strict=True):
        if pieces:
            goes_on = above is not None and same_columns(above.columns, grid.columns)
            parts.append((grid.rows[0], [_grid_block(grid, pieces, goes_on=goes_on)]))
    parts.sort(key=lambda part: part[0], reverse=True)
    return Arranged(page, tuple(block for _, blocks in parts for block in blocks))


def _ordered(pieces: Sequence[Piece], levels: Sequence[float], above: Columns | None) -> list[Block]:
    """Order pieces that stand in no ruled table."""
    rows = _rows(pieces)
    blocks: list[Block] = []
    index = 0
    if above is not None and (rest := goes_on(rows, above, levels)) is not None:
        blocks.append(_aligned_block(rest))
        index = rest.after
    while index < len(rows):
        if (table := find_table(rows, index, levels)) is not None:
            blocks.append(_aligned_block(table))
            index = table.after
            continue
        columns, after = _side_by_side(rows, index)
        if columns:
            blocks += columns
            index = after
            continue
        if not blocks or blocks[-1].is_column or blocks[-1].rows:
            blocks.append(Block())
        blocks[-1].lines.append(_merged(rows[index]))
        index += 1
    return blocks


def _aligned_block(table: AlignedTable) -> Block:
    return Block(rows=[row_of(row) for row in table.rows], columns=table.columns.edges, aligned=table.columns)


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


def _grid_block(grid: Grid, pieces: Sequence[Piece], *, goes_on: bool) -> Block:
    """Read a ruled table row by row where its rows say something, else cell by cell."""
    cells = grid.cells()
    held: dict[Spot, list[Piece]] = {}
    for piece in pieces:
        held.setdefault(cells[grid.spot(piece)], []).append(piece)
    down, across = len(grid.rows) - 1, len(grid.columns) - 1
    rows = [
        [
            _stacked(held.get(cells[row, column], [])) if cells[row, column][1] == column else ()
            for column in range(across)
        ]
        for row in range(down)
    ]
    own = [[cells[row, column] == (row, column) for column in range(across)] for row in range(down)]
    texts = [[Cell(tuple(line.text for line in cell)) for cell in row] for row in rows]
    if goes_on or is_data_table(texts, bordered=True):
        table = [
            part
            for row, first in zip(rows, own, strict=True)
            if any(cell and here for cell, here in zip(row, first, strict=True))
            for part in split_at_ordinals(row)
        ]
        return Block(rows=[row_of(row) for row in table], columns=grid.columns)
    return Block(
        rows=[
            Row((line.text,), (line,))
            for row, first in zip(rows, own, strict=True)
            for cell, here in zip(row, first, strict=True)
            if here
            for line in cell
        ]
    )


def _stacked(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the lines of a cell from the top down."""
    return tuple(_merged(line) for line in _rows(pieces))
