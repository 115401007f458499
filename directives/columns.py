"""The lines of a head taken apart into the cells of its columns, each with its place on the page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from directives.model import Span

_CELL = re.compile(r"\S(?:[^\s|]|[ \t](?![ \t]{2}))*")


class Lined(Protocol):
    """A paragraph: its span and its lines."""

    @property
    def span(self) -> Span:
        """Return where it lies."""

    @property
    def lines(self) -> tuple[Span, ...]:
        """Return where its lines lie."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of a line that stands apart: one column of two. `apart`: a blank line stands before it."""

    words: str
    span: Span
    column: int
    line: int = 0
    indent: int = 0
    apart: bool = False


def cells_of(flow: str, paragraphs: Sequence[Lined]) -> Iterator[Cell]:
    """Yield the cells of the lines, two columns taken apart, in reading order."""
    number, end = 0, 0
    for paragraph in paragraphs:
        for line in paragraph.lines:
            gap = flow[end : line.start]
            margin = len(gap) - gap.rfind("\n") - 1 if "\n" in gap else max(0, len(gap) - 1)
            apart = gap.count("\n") > 1
            for column, span in enumerate(_columns(flow, line)):
                yield Cell(span.of(flow), span, column, number, margin + span.start - line.start, apart)
            number, end = number + 1, line.end


def _columns(flow: str, line: Span) -> list[Span]:
    words = line.of(flow)
    if "   " not in words and "|" not in words:  # most lines have one column
        return [line]
    return [Span(*found.span()) for found in _CELL.finditer(flow, line.start, line.end)]
