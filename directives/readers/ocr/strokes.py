"""Count the strokes of a Roman numeral in its picture: recognisers take III for II, and do not say so.

Half way up a letter no serif joins it to the next, so each stroke is one run of ink there. The first is an I;
one that leans as it does is another I, one more to the left begins a V, one more to the right is a slash.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray

MIDDLE: Final = 0.33  # of the type's size above the base line: half way up a capital
REACH: Final = 0.13  # up and down from there a stroke is followed, short of its serifs
THINNEST: Final = 0.03
FARTHEST: Final = 0.55  # from one stroke of a numeral to the next
SLANTED: Final = 0.45  # no type leans farther
LEFT, RIGHT = -0.2, 0.13  # how much farther than the first stroke a V leans, and a slash
SPREAD: Final = 2.2  # times as wide as it began, a run is no stroke any more
PAPER, INK = 90, 2  # percentiles of grey
NUMERALS: Final = frozenset({"I", "II", "III", "IV"})

Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Strokes:
    """The ink of one word, and how far to look."""

    ink: "NDArray[Any]"
    middle: int
    reach: int

    def lean(self, run: Run) -> float | None:
        """Return how far a stroke leans to the right on its way up, a row; None where it is no stroke."""
        up, down = self._follow(run, -1), self._follow(run, 1)
        return None if up is None or down is None else (up - down) / (2 * self.reach)

    def _follow(self, run: Run, step: int) -> float | None:
        widest = SPREAD * (run[1] - run[0]) + 2
        for row in range(self.middle + step, self.middle + step * (self.reach + 1), step):
            if not 0 <= row < self.ink.shape[0]:
                return None
            touching = [other for other in _runs(self.ink[row]) if other[0] < run[1] and other[1] > run[0]]
            if not touching:
                return None
            run = max(touching, key=lambda other: min(other[1], run[1]) - max(other[0], run[0]))
            if run[1] - run[0] > widest:
                return None
        return (run[0] + run[1]) / 2


def numeral_in(grey: "NDArray[Any]", base: float, size: float) -> str | None:
    """Return the numeral, I to IV, that a picture of a word begins with; None where it cannot be told.

    `base` is the row of the base line, `size` that of the type, in pixels.
    """
    import numpy as np  # noqa: PLC0415 - an extra

    if grey.size == 0:
        return None
    ink = grey < (np.percentile(grey, INK) + np.percentile(grey, PAPER)) / 2
    strokes = _Strokes(ink, int(base - MIDDLE * size), max(2, int(REACH * size)))
    if not 0 <= strokes.middle < ink.shape[0]:
        return None
    found = _signs(strokes, size)
    return found if found in NUMERALS else None


def _signs(strokes: _Strokes, size: float) -> str | None:
    found, first, before = "", 0.0, None
    for run in _runs(strokes.ink[strokes.middle]):
        if run[1] - run[0] < max(1, THINNEST * size):
            continue
        if before is not None and run[0] - before > FARTHEST * size:
            break
        lean = strokes.lean(run)
        if lean is None:
            return None
        if before is None:
            first = lean
            if abs(lean) > SLANTED:
                return None
        elif lean - first < LEFT:
            return found + "V"
        elif lean - first > RIGHT:
            break
        found, before = found + "I", run[1]
    return found


def _runs(row: "NDArray[Any]") -> list[Run]:
    """Return where ink begins and ends in a row."""
    import numpy as np  # noqa: PLC0415 - an extra

    edges = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0])))).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))
