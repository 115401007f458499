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

BOUNDARY: Final = re.compile(  # the sign first and then where it stands: far faster to search for
    r"[.;!?\n:\-+•*](?:(?<=[.;!?])(?=\s|$|\W)|(?<=\n)|(?<=:)(?=\s)|(?<=\s[-+•*])(?=\s))"
)
LAST_BOUNDARY: Final = re.compile(rf"(?s:.*){BOUNDARY.pattern}")
OPENERS: Final = ("theo đó", "cụ thể", "riêng", "như vậy", "tuy nhiên", "đồng thời")
OPENED: Final = re.compile(
    r"(?:^|\n|[.!?:]\s|[.!?:]$|(?:^|[\n ])(?:[-+•*]|\d{1,3}[.)]|[a-zđ]\)|[ivx]{1,5}\.)\s)\s*"
    rf"(?:(?:{'|'.join(OPENERS)})\s*,?\s*)?$"
)
LAST_WORDS: Final = (*".!?:-+•*),", *OPENERS)
"""What can stand last before a sentence that opens, unless a line or the text begins there."""
LABELLED: Final = rx(r"(?<!\w)(?:thời hạn|thời gian|tiến độ|hạn|lộ trình|thời điểm)[^.;:\n]{0,40}:~$")
MASK: Final = "\0"
LOOK_BACK: Final = 320
NEAR: Final = 64


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
        before = self.low[max(0, place - LOOK_BACK) : place]
        last = LAST_BOUNDARY.match(before)
        return before[last.end() :] if last else before

    def opens(self, place: int) -> bool:
        """Tell whether a sentence begins at a place; what follows «Thời hạn:» is no new sentence."""
        before = self.low[max(0, place - LOOK_BACK) : place]
        words = before.rstrip()
        if words and not words.endswith(LAST_WORDS) and "\n" not in before[len(words) :]:
            return False
        near = max(0, len(before) - NEAR)  # nothing of what opens a sentence is longer
        return OPENED.search(before, near) is not None and not LABELLED.search(before, near)

    def clause_after(self, place: int) -> str:
        """Return the words between a place and the next boundary."""
        after = self.low[place : place + 200]
        first = BOUNDARY.search(after)
        return after[: first.start()] if first else after


def open_window(
    text: str, span: Span, issued_on: date | None, masked: Sequence[Span], calendar: WorkCalendar
) -> Window:
    """Cut the window out of the folded text and blank the masked stretches in it."""
    shift = max(0, span.start - LOOK_BACK)
    folded, at = fold(text), shift
    parts: list[str] = []
    for mask in sorted(masked):
        start, end = max(mask.start, at), min(mask.end, span.end)
        if start < end:
            parts += (folded[at:start], MASK * (end - start))
            at = end
    low = "".join((*parts, folded[at : span.end]))
    return Window(low, shift, span.start - shift, span.end - shift, Context(issued_on, calendar))
