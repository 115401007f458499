"""Tables drawn with ruled lines: which lines belong together, and which cells are merged.

Two places of the grid are one cell where no line is drawn between them.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from directives.readers.pieces import Piece, Ruling

MAX_RULINGS: Final = 1000  # of one page; more are a drawing
GRID_LINES: Final = 3
NEXT_PART: Final = 60.0  # points between two parts of one table that no line joins: a heading without sides
TOUCH: Final = 3.0
OVERHANG: Final = 12.0  # points that a line reaches beyond the outermost that cross it: an open side

Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Grid:
    """The ruled lines of one table: where its columns and rows begin and end."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]  # from the top down is from the last to the first
    rulings: tuple[Ruling, ...] = ()

    @property
    def is_one_row(self) -> bool:
        """Tell whether it has a single row: no table by itself, but the rest of one, or a frame."""
        return len(self.rows) < GRID_LINES

    def holds(self, piece: Piece) -> bool:
        """Tell whether the middle of a piece lies in the table."""
        return (
            self.columns[0] - TOUCH <= piece.middle <= self.columns[-1] + TOUCH
            and self.rows[0] - TOUCH <= piece.base + piece.size / 3 <= self.rows[-1] + TOUCH
        )

    def spot(self, piece: Piece) -> Spot:
        """Return the row (from the top, from 0) and the column of a piece."""
        row = len(self.rows) - 1 - bisect_left(self.rows, piece.base + piece.size / 3)
        column = bisect_left(self.columns, piece.middle) - 1
        return min(max(row, 0), len(self.rows) - 2), min(max(column, 0), len(self.columns) - 2)

    def cells(self) -> dict[Spot, Spot]:
        """Return for each place of the grid the upper left place of the cell it is part of."""
        down, across = len(self.rows) - 1, len(self.columns) - 1
        home = {(row, column): (row, column) for row in range(down) for column in range(across)}
        for row in range(down):
            for column in range(across):
                if column + 1 < across and not self._parted(row, column):
                    _join(home, (row, column), (row, column + 1))
                if row + 1 < down and not self._divided(row, column):
                    _join(home, (row, column), (row + 1, column))
        return {spot: _home(home, spot) for spot in home}

    def _parted(self, row: int, column: int) -> bool:
        """Tell whether an upright line stands to the right of a place."""
        middle = (self.rows[-1 - row] + self.rows[-2 - row]) / 2
        edge = self.columns[column + 1]
        return any(
            each.upright
            and abs((each.left + each.right) / 2 - edge) <= TOUCH + 1
            and each.bottom - TOUCH <= middle <= each.top + TOUCH
            for each in self.rulings
        )

    def _divided(self, row: int, column: int) -> bool:
        """Tell whether a level line is drawn under a place."""
        middle = (self.columns[column] + self.columns[column + 1]) / 2
        edge = self.rows[-2 - row]
        return any(
            not each.upright
            and abs((each.bottom + each.top) / 2 - edge) <= TOUCH + 1
            and each.left - TOUCH <= middle <= each.right + TOUCH
            for each in self.rulings
        )


def find_grids(rulings: Sequence[Ruling]) -> list[Grid]:
    """Find the tables of a page: at least three upright and two level lines that touch."""
    if len(rulings) > MAX_RULINGS:
        return []
    grids = []
    for group in _stacked(_touching(rulings)):
        uprights = [ruling for ruling in group if ruling.upright]
        levels = [ruling for ruling in group if not ruling.upright]
        columns = _steps([ruling.left for ruling in uprights])
        rows = _steps([ruling.bottom for ruling in levels])
        if len(columns) >= GRID_LINES - 1 and len(rows) >= GRID_LINES - 1:
            columns = _opened(columns, [r.left for r in levels], [r.right for r in levels])
            rows = _opened(rows, [r.bottom for r in uprights], [r.top for r in uprights])
        if len(columns) >= GRID_LINES and len(rows) >= GRID_LINES - 1:
            grids.append(Grid(columns, rows, tuple(group)))
    return grids


def _touching(rulings: Sequence[Ruling]) -> list[list[Ruling]]:
    groups: list[list[Ruling]] = []
    for ruling in rulings:
        near = [group for group in groups if any(_touch(ruling, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([ruling, *(other for group in near for other in group)])
    return groups


def _stacked(groups: list[list[Ruling]]) -> list[list[Ruling]]:
    """Join groups right above each other and of one width: a table with open sides, parted by headings."""
    stacked: list[tuple[list[Ruling], float, float, float]] = []  # with left, right and bottom
    for group in sorted(groups, key=lambda group: -max(ruling.top for ruling in group)):
        left, right = min(ruling.left for ruling in group), max(ruling.right for ruling in group)
        top, bottom = max(ruling.top for ruling in group), min(ruling.bottom for ruling in group)
        if stacked:
            above, low, high, foot = stacked[-1]
            if abs(left - low) <= TOUCH and abs(right - high) <= TOUCH and foot - top <= NEXT_PART:
                stacked[-1] = [*above, *group], low, high, bottom
                continue
        stacked.append((group, left, right, bottom))
    return [group for group, *_ in stacked]


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


def _opened(steps: tuple[float, ...], starts: list[float], ends: list[float]) -> tuple[float, ...]:
    """Add the edges of a table whose outermost lines are not drawn: lines that cross them reach further."""
    first, last = min(starts), max(ends)
    before = (first,) if steps[0] - first > OVERHANG else ()
    after = (last,) if last - steps[-1] > OVERHANG else ()
    return (*before, *steps, *after)


def _join(home: dict[Spot, Spot], one: Spot, two: Spot) -> None:
    first, second = sorted((_home(home, one), _home(home, two)))
    home[second] = first


def _home(home: dict[Spot, Spot], spot: Spot) -> Spot:
    while home[spot] != spot:
        spot = home[spot]
    return spot
