"""What is read from the picture of a page: words with their places, and how the page was turned for it."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import Final

from directives.readers.pieces import WIDE_GAP, Page, Piece, Ruling
from directives.readers.places import Box

SAME_SIZE: Final = 1.3  # rows measured this near to the usual size are of the usual size


@dataclass(frozen=True, slots=True)
class Word:
    """One word on the upright page: points from its lower left; `row` counts the lines of type."""

    text: str
    left: float
    right: float
    base: float
    size: float
    row: int
    sureness: float = 100.0  # as the engine sees it, of 100


@dataclass(frozen=True, slots=True)
class Turn:
    """How the shown page was turned before it was read; its size, in points."""

    width: float
    height: float
    quarters: int = 0  # clockwise
    degrees: float = 0.0  # then counter-clockwise about the middle

    @property
    def upright(self) -> tuple[float, float]:
        """Return width and height of the page as it was read."""
        return (self.height, self.width) if self.quarters % 2 else (self.width, self.height)

    def back(self, box: Box) -> Box:
        """Return the box on the shown page that holds a box of the upright one."""
        corners = [(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
        places = [self._back(x, y) for x, y in corners]
        lefts, tops = zip(*places, strict=True)
        return Box(min(lefts), min(tops), max(lefts), max(tops))

    def _back(self, x: float, y: float) -> tuple[float, float]:
        width, height = self.upright
        across, down = x - width / 2, y - height / 2
        cos, sin = math.cos(math.radians(self.degrees)), math.sin(math.radians(self.degrees))
        across, down = cos * across - sin * down, sin * across + cos * down
        for _ in range(self.quarters):
            across, down = down, -across
        return across + self.width / 2, down + self.height / 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """The words read from one page."""

    words: tuple[Word, ...]
    turn: Turn
    rulings: tuple[Ruling, ...] = ()  # of its tables

    def page(self, number: int) -> Page:
        """Return the page as pieces of lines, ready for the layout."""
        width, height = self.turn.upright
        usual = median([word.size for word in self.words]) if self.words else 0.0
        rows = groupby(self.words, key=lambda word: word.row)
        pieces = [_piece(part, usual) for _, row in rows for part in _parts(tuple(row))]
        return Page(width, height, tuple(pieces), self.rulings, number)


def _parts(row: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """Cut a row where a gap is too wide for a space, as between the columns of a letterhead."""
    begin = 0
    for index, (word, following) in enumerate(pairwise(row), start=1):
        apart = following.left - word.right
        if apart > WIDE_GAP * min(word.size, following.size) or apart < -word.size:
            yield row[begin:index]
            begin = index
    yield row[begin:]


def _piece(words: Sequence[Word], usual: float) -> Piece:
    size = max(word.size for word in words)
    if usual / SAME_SIZE < size < usual * SAME_SIZE:
        size = usual
    return Piece(
        text=" ".join(word.text for word in words),
        left=words[0].left,
        right=words[-1].right,
        base=median(word.base for word in words),
        size=size,
        first_word=words[0].right - words[0].left,
    )
