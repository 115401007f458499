"""What a page is made of, by place: pieces of a line of type, and the ruled lines of tables.

Points (1/72 inch) from the lower left, as in PDF; whatever knows where its words stand can give pieces.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

from directives.model import Doubt
from directives.readers.marks import MARK
from directives.readers.places import Box

POINTS: Final = 72.0  # in an inch
WIDE_GAP: Final = 2.0  # sizes of type between two words that stand in different columns
BELOW: Final = 0.25  # of the type's size: how far letters hang under their base line
ABOVE: Final = 0.95  # and stand above it, with the marks of Vietnamese capitals
ENDED: Final = (".", ";", ":", "!", "?", "/", "…")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand on one line without a wide gap between them."""

    text: str
    left: float
    right: float
    base: float  # height of its base line
    size: float  # of its type
    first_word: float = 0.0  # width of its first word
    gaps: tuple[tuple[int, float, float], ...] = ()  # wide spaces: offset behind, left and right edge

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """Return left, bottom, right and top of the words, the tails and marks of letters in it."""
        return self.left, self.base - BELOW * self.size, self.right, self.base + ABOVE * self.size

    @property
    def width(self) -> float:
        """Return how wide it is."""
        return self.right - self.left

    @property
    def middle(self) -> float:
        """Return where its middle stands."""
        return (self.left + self.right) / 2

    @property
    def has_mark(self) -> bool:
        """Tell whether it begins as an item does: «3.», «a)», «-»."""
        return MARK.match(self.text) is not None

    @property
    def is_mark(self) -> bool:
        """Tell whether it is nothing but the mark of an item."""
        return MARK.fullmatch(self.text) is not None

    @property
    def is_ended(self) -> bool:
        """Tell whether a sentence or a clause ends with it."""
        return self.text.endswith(ENDED)

    def joined(self, other: Self) -> "Piece":
        """Put a piece of the same line behind this one."""
        behind = len(self.text) + 1
        between = ((behind, self.right, other.left),) if other.left > self.right else ()
        return Piece(
            f"{self.text} {other.text}",
            self.left,
            max(self.right, other.right),
            min(self.base, other.base),
            max(self.size, other.size),
            self.first_word,
            (*self.gaps, *between, *((at + behind, low, high) for at, low, high in other.gaps)),
        )

    def cut_wider(self, sizes: float) -> list["Piece"]:
        """Cut it at the gaps at least so many sizes of type wide."""
        return self._cut([gap for gap in self.gaps if gap[2] - gap[1] >= sizes * self.size])

    def cut_at(self, edges: Sequence[float]) -> list["Piece"]:
        """Cut it at the gaps that one of the edges falls into."""
        return self._cut([gap for gap in self.gaps if any(gap[1] <= edge <= gap[2] for edge in edges)])

    def _cut(self, gaps: Sequence[tuple[int, float, float]]) -> list["Piece"]:
        if not gaps or any(self.text[at - 1 : at] != " " for at, _, _ in gaps):  # its words were mended since
            return [self]
        parts: list[Piece] = []
        start, left = 0, self.left
        for at, low, high in (*gaps, (len(self.text) + 1, self.right, self.right)):
            inside = tuple((a - start, b, c) for a, b, c in self.gaps if start < a < at)
            text = self.text[start : at - 1]
            parts.append(replace(self, text=text, left=left, right=low, gaps=inside, first_word=0.0))
            start, left = at, high
        return parts


@dataclass(frozen=True, slots=True)
class Ruling:
    """A ruled line: upright or level."""

    left: float
    right: float
    bottom: float
    top: float

    @property
    def upright(self) -> bool:
        """Tell whether it runs from top to bottom."""
        return self.top - self.bottom > self.right - self.left


@dataclass(frozen=True, slots=True)
class Page:
    """The pieces and ruled lines of one page."""

    width: float
    height: float
    pieces: tuple[Piece, ...]
    rulings: tuple[Ruling, ...] = ()
    number: int = 1  # from 1, in the file
    doubts: tuple[Doubt, ...] = ()

    def box(self, pieces: Iterable[Piece]) -> Box:
        """Return the box around pieces of this page."""
        lefts, bottoms, rights, tops = zip(*(piece.edges for piece in pieces), strict=True)
        return Box(min(lefts), self.height - max(tops), max(rights), self.height - min(bottoms))
