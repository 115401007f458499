"""The ruled tables of a page's picture: long thin strokes of ink, level and upright, that make a grid.

They are looked for before specks are taken away, for that takes hairlines along.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from directives.readers.grids import Grid, find_grids
from directives.readers.pieces import POINTS, Ruling

if TYPE_CHECKING:
    from PIL.Image import Image

DOTS: Final = 100.0  # an inch: the darkest of the dots of each patch stands for it
DARK: Final = 190  # shades, of 255, once the paper is white: a hairline in grey counts
LEVEL: Final = 36.0  # points: shorter strokes are letters
UPRIGHT: Final = 20.0
WHOLE: Final = 0.92  # of a stroke is ink
BESIDE: Final = 4  # dots beside a stroke, where for the most part there is paper
PAPER_BESIDE: Final = 0.5
MAX_STROKES: Final = 600
MAX_CELLS: Final = 400  # more are squared paper
# Points from the middle of a line to the words in a cell: they keep away from its sides, hardly from its top.
ASIDE: Final = 2.4
ABOVE: Final = 1.5


@dataclass(frozen=True, slots=True)
class CellBox:
    """The inside of a cell, in points from the lower left."""

    left: float
    bottom: float
    right: float
    top: float


Whiten = Callable[["Image"], "Image"]


def grid_rulings(image: "Image", dpi: float, whiten: Whiten) -> tuple[Ruling, ...]:
    """Return the lines of a straight page's tables; `whiten` makes its paper white."""
    import numpy as np  # noqa: PLC0415 - an extra
    from PIL import Image  # noqa: PLC0415

    step = max(1, round(dpi / DOTS))
    down, across = image.height // step, image.width // step
    if not down or not across:
        return ()
    shades = np.asarray(image)[: down * step, : across * step].reshape(down, step, across, step)
    ink = np.asarray(whiten(Image.fromarray(shades.min(axis=(1, 3))))) < DARK
    scale = POINTS * step / dpi
    height = image.height * POINTS / dpi
    levels = list(_strokes(ink, max(1, round(LEVEL / scale))))
    uprights = list(_strokes(ink.T, max(1, round(UPRIGHT / scale))))
    if len(levels) + len(uprights) > MAX_STROKES:
        return ()
    found = [Ruling(a * scale, b * scale, y, y) for a, b, at in levels for y in (height - at * scale,)]
    found += [
        Ruling(x, x, height - b * scale, height - a * scale) for a, b, at in uprights for x in (at * scale,)
    ]
    return tuple(ruling for grid in find_grids(found) if _is_table(grid) for ruling in grid.rulings)


def cell_boxes(grid: Grid) -> list[CellBox]:
    """Return the insides of a table's cells."""
    boxes: dict[tuple[int, int], CellBox] = {}
    for (row, column), home in grid.cells().items():
        one = CellBox(
            grid.columns[column] + ASIDE,
            grid.rows[-2 - row] + ABOVE,
            grid.columns[column + 1] - ASIDE,
            grid.rows[-1 - row] - ABOVE,
        )
        all_of = boxes.get(home, one)
        boxes[home] = CellBox(
            min(one.left, all_of.left),
            min(one.bottom, all_of.bottom),
            max(one.right, all_of.right),
            max(one.top, all_of.top),
        )
    return list(boxes.values())


def _is_table(grid: Grid) -> bool:
    """Tell a table from squared paper and from a box that is parted once."""
    across, down = len(grid.columns) - 1, len(grid.rows) - 1
    return across * down <= MAX_CELLS and (down > 1 or across > 2)  # noqa: PLR2004


def _strokes(ink: Any, length: int) -> Iterator[tuple[float, float, float]]:
    """Give the level strokes of at least so many dots: where each begins and ends, and on which row."""
    import numpy as np  # noqa: PLC0415 - an extra

    if ink.shape[1] <= length:
        return
    near = ink.copy()  # a stroke that is not quite level goes on in the next row
    near[1:] |= ink[:-1]
    near[:-1] |= ink[1:]
    counted = np.pad(np.cumsum(near, axis=1, dtype=np.int32), ((0, 0), (1, 0)))
    begins = counted[:, length:] - counted[:, :-length] >= WHOLE * length
    done: list[list[int]] = []  # begin, end, first row, last row
    live: list[list[int]] = []  # those that the next row may go on with
    for row in np.flatnonzero(begins.any(axis=1)):
        done += [each for each in live if each[3] < row - 1]
        live = [each for each in live if each[3] >= row - 1]
        for first, last in _runs(begins[row], length):
            filled = np.flatnonzero(near[row, first:last])
            begin, end = first + int(filled[0]), first + int(filled[-1]) + 1
            joined = next((each for each in live if each[0] < end and begin < each[1]), None)
            if joined is None:
                live.append([begin, end, int(row), int(row)])
            else:
                joined[:] = [min(joined[0], begin), max(joined[1], end), joined[2], int(row)]
        if len(done) > MAX_STROKES:
            return
    for begin, end, top, foot in (*done, *live):
        if foot - top <= 2 * BESIDE and _has_paper_beside(ink[:, begin:end], top, foot):
            yield begin, end, (top + foot + 1) / 2


def _runs(begins: Any, length: int) -> Iterator[tuple[int, int]]:
    """Give from where to where strokes reach, told by where windows that are ink begin."""
    import numpy as np  # noqa: PLC0415 - an extra

    edges = np.flatnonzero(np.diff(np.pad(begins.astype(np.int8), 1)))
    end = -1
    start = -1
    for first, after in zip(edges[::2], edges[1::2], strict=True):
        if first > end:
            if start >= 0:
                yield start, end
            start = int(first)
        end = int(after) - 1 + length
    if start >= 0:
        yield start, end


def _has_paper_beside(ink: Any, top: int, foot: int) -> bool:
    """Tell a line from the rows of dots in letters or a picture: paper is above or below it."""
    sides = [row for row in (top - BESIDE + 1, foot + BESIDE - 1) if 0 <= row < ink.shape[0]]
    return all(float(ink[row].mean()) <= PAPER_BESIDE for row in sides)
