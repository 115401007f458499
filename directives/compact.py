"""The flow with every run of white space narrowed, and the way back to its offsets.

Names and dates are looked for here, so that a page break in the middle of one is no more than a space.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from operator import attrgetter
from typing import Any, Protocol, TypeVar

from directives.model import Span

_RUN = re.compile(r"\s(?:\s+|(?<=\n))")  # two or more, or one line feed


class _Placed(Protocol):
    """Anything frozen that has a span."""

    @property
    def span(self) -> Span: ...


Placed = TypeVar("Placed", bound=_Placed)


@cache
def _fields_of(kind: type[Any]) -> tuple[int, Callable[[Any], tuple[Any, ...]]]:
    """Return which field the span is, and a function for the values of all."""
    names = tuple(field.name for field in fields(kind))
    return names.index("span"), attrgetter(*names)


@dataclass(frozen=True, slots=True)
class Compact:
    """A narrowed text; behind each of `starts`, `shifts` characters of the flow are left out."""

    text: str
    starts: tuple[int, ...]
    shifts: tuple[int, ...]

    @classmethod
    def of(cls, flow: str) -> "Compact":
        """Narrow a flow: a paragraph break to two line feeds, any other run to one space."""
        parts: list[str] = []
        starts, shifts = [0], [0]
        at = size = dropped = 0
        for run in _RUN.finditer(flow):
            narrow = "\n\n" if "\n" in run[0] else " "
            parts += (flow[at : run.start()], narrow)
            size += run.start() - at + len(narrow)
            dropped += len(run[0]) - len(narrow)
            starts.append(size)
            shifts.append(dropped)
            at = run.end()
        parts.append(flow[at:])
        return cls("".join(parts), tuple(starts), tuple(shifts))

    def back(self, span: Span) -> Span:
        """Return the span in the flow of a span in the narrowed text that begins and ends with a word."""
        if span.end <= span.start:
            at = self._back(span.start)
            return Span(at, at)
        return Span(self._back(span.start), self._back(span.end - 1) + 1)

    def placed(self, value: Placed) -> Placed:
        """Return a value found in the narrowed text with its span in the flow."""
        at, values = _fields_of(type(value))
        own = list(values(value))
        own[at] = self.back(value.span)
        return type(value)(*own)

    def forth(self, span: Span) -> Span:
        """Return the span in the narrowed text of a span in the flow."""
        return Span(self._forth(span.start), self._forth(span.end))

    def _back(self, offset: int) -> int:
        return max(0, offset + self.shifts[bisect_right(self.starts, offset) - 1])

    def _forth(self, offset: int) -> int:
        low, high = 0, len(self.starts)
        while low + 1 < high:  # the last run whose flow offset is not behind
            middle = (low + high) // 2
            if self.starts[middle] + self.shifts[middle] <= offset:
                low = middle
            else:
                high = middle
        return max(0, offset - self.shifts[low])
