"""The stretch of folded text that deadlines are looked for in, and its clauses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from directives.calendar import WorkCalendar
from directives.dates import rx
from directives.deadlines.moments import Context
from directives.folding import fold
from directives.model import Span

BOUNDARY: Final = re.compile(r"[.;!?](?=\s|$|\W)|\n|:(?=\s)|(?<=\s)[-+•*](?=\s)")
OPENED: Final = re.compile(
    r"(?:^|\n|[.!?:]\s|[.!?:]$|(?:^|[\n ])(?:[-+•*]|\d{1,3}[.)]|[a-zđ]\)|[ivx]{1,5}\.)\s)\s*"
    r"(?:(?:theo đó|cụ thể|riêng|như vậy|tuy nhiên|đồng thời)\s*,?\s*)?$"
)
LABELLED: Final = rx(r"(?<!\w)(?:thời hạn|thời gian|tiến độ|hạn|lộ trình|thời điểm)[^.;:\n]{0,40}:~$")
MASK: Final = "\0"
LOOK_BACK: Final = 320


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the folded text that is looked at, citations blanked; `shift` is its place in the text."""

    low: str
    shift: int
    start: int
    stop: int
    context: Context

    def clause_before(self, place: int) -> str:
        """Return the words between the last boundary and a place."""
        return BOUNDARY.split(self.low[max(0, place - LOOK_BACK) : place])[-1]

    def opens(self, place: int) -> bool:
        """Tell whether a sentence begins at a place; what follows «Thời hạn:» is no new sentence."""
        before = self.low[max(0, place - LOOK_BACK) : place]
        return OPENED.search(before) is not None and not LABELLED.search(before)

    def clause_after(self, place: int) -> str:
        """Return the words between a place and the next boundary."""
        return BOUNDARY.split(self.low[place : place + 200], maxsplit=1)[0]


def open_window(
    text: str, span: Span, issued_on: date | None, masked: Sequence[Span], calendar: WorkCalendar
) -> Window:
    """Cut the window out of the folded text and blank the masked stretches in it."""
    shift = max(0, span.start - LOOK_BACK)
    chars = list(fold(text)[shift : span.end])
    for mask in masked:
        if mask.end > shift and mask.start < span.end:
            start, end = max(mask.start, shift) - shift, min(mask.end, span.end) - shift
            chars[start:end] = MASK * (end - start)
    low = "".join(chars)
    return Window(low, shift, span.start - shift, span.end - shift, Context(issued_on, calendar))
