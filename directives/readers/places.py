"""Where the words of a text stand in their file: the page, the paragraph, the box on the paper.

A reader that knows writes its text through `PlacedText`; plain text needs no map: a line is a paragraph.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from directives.model import Span
from directives.text import canonical


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page as it is shown: points (1/72 inch) from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def around(self, other: Self) -> "Box":
        """Return the smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where some words stand; pages and paragraphs count from 1, None is what the file does not say."""

    page: int | None = None
    paragraph: int | None = None
    box: Box | None = None


NOWHERE: Final = Place()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the text whose words stand in one place."""

    span: Span
    place: Place


class PlacedText:
    """A text written piece by piece, that remembers where each piece stood."""

    def __init__(self) -> None:
        """Start with nothing written."""
        self._parts: list[str] = []
        self._length = 0
        self._stretches: list[Stretch] = []

    def write(self, words: str, place: Place = NOWHERE) -> None:
        """Add words, made canonical so that no later step moves them."""
        words = canonical(words)
        if not words:
            return
        if place != NOWHERE:
            self._stretches.append(Stretch(Span(self._length, self._length + len(words)), place))
        self._parts.append(words)
        self._length += len(words)

    def end_line(self) -> None:
        """End the line."""
        self.write("\n")

    def __len__(self) -> int:
        """Return how long the text is so far."""
        return self._length

    @property
    def text(self) -> str:
        """Return what was written."""
        return "".join(self._parts)

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """Return where it stood, in the order of the text."""
        return tuple(self._stretches)


@dataclass(frozen=True, slots=True)
class Places:
    """The map of one text back to its file."""

    text: str
    stretches: Sequence[Stretch] = ()

    def of(self, span: Span) -> tuple[Place, ...]:
        """Return each place that the span's words stand in, in the order of the text.

        Without a map the paragraph is the number of the line.
        """
        if not self.stretches:
            first = self.text.count("\n", 0, span.start) + 1
            last = first + self.text.count("\n", span.start, max(span.start, span.end - 1))
            return tuple(Place(paragraph=line) for line in range(first, last + 1))
        start = max(bisect_right(self.stretches, span.start, key=lambda each: each.span.start) - 1, 0)
        found: list[Place] = []
        for stretch in self.stretches[start:]:
            if stretch.span.start >= max(span.end, span.start + 1):
                break
            if stretch.span.end > span.start and stretch.place not in found:
                found.append(stretch.place)
        return tuple(found)
