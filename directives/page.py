"""A document laid open for reading: its flow, and the bodies and deadlines found in it, by place."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from directives.agencies import Mention
from directives.model import Citation, Deadline, Span
from directives.text import folded, one_line

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
_NOT_ASKED: Any = object()
_COURTESY = re.compile(r"(?:các\s+)?(?:đồng\s+chí|đ/c|ông/bà|ông|bà)\s+")


@dataclass(frozen=True, slots=True)
class Page:
    """Everything found in the text before roles are given; all spans are offsets of the flow."""

    flow: str
    mentions: tuple[Mention, ...]  # in the order of the text, no two overlapping
    deadlines: tuple[Deadline, ...]
    citations: tuple[Citation, ...]
    number: str | None  # the document's own
    addressees: tuple[Mention, ...] = ()  # «Kính gửi»
    issuer: str | None = None
    small: str = field(init=False)
    _mention_at: dict[int, Mention] = field(init=False)
    _deadline_at: dict[int, Deadline] = field(init=False)
    _mention_starts: list[int] = field(init=False)
    _deadline_starts: list[int] = field(init=False)
    answers: dict[Any, Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "small", folded(self.flow))
        first_last = reversed(self.deadlines)  # of two that begin together the first is meant
        object.__setattr__(self, "_mention_at", dict(self._starts()))
        object.__setattr__(self, "_deadline_at", {deadline.span.start: deadline for deadline in first_last})
        object.__setattr__(self, "_mention_starts", [mention.span.start for mention in self.mentions])
        object.__setattr__(self, "_deadline_starts", [deadline.span.start for deadline in self.deadlines])

    def _starts(self) -> Iterator[tuple[int, Mention]]:
        """Yield where a name begins; an official's begins behind «đồng chí» too, which others pass over."""
        for mention in self.mentions:
            if mention.title and (courtesy := _COURTESY.match(self.small, mention.span.start)):
                yield courtesy.end(), mention
            yield mention.span.start, mention

    def mention_at(self, offset: int) -> Mention | None:
        """Return the body whose name begins at the offset."""
        return self._mention_at.get(offset)

    def mentions_in(self, span: Span) -> Sequence[Mention]:
        """Return the bodies named inside the span."""
        starts = self._mention_starts
        return self.mentions[bisect_left(starts, span.start) : bisect_left(starts, span.end)]

    def deadlines_in(self, span: Span) -> Sequence[Deadline]:
        """Return the deadline phrases inside the span."""
        starts = self._deadline_starts
        return self.deadlines[bisect_left(starts, span.start) : bisect_left(starts, span.end)]

    def deadline_at(self, offset: int) -> Deadline | None:
        """Return the deadline phrase that begins at the offset."""
        return self._deadline_at.get(offset)

    def mention_covering(self, offset: int) -> Mention | None:
        """Return the body inside whose name the offset lies."""
        index = bisect_left(self._mention_starts, offset + 1) - 1
        if index >= 0 and self.mentions[index].span.end > offset:
            return self.mentions[index]
        return None

    def words(self, span: Span) -> str:
        """Return the words of a span on one line."""
        return _on_one_line(self.flow[span.start : span.end])

    def small_words(self, span: Span) -> str:
        """Return the words of a span on one line, folded."""
        return _on_one_line(self.small[span.start : span.end])


def remembered(
    question: Callable[Concatenate[Page, Asked], Answer],
) -> Callable[Concatenate[Page, Asked], Answer]:
    """Let a page remember its answers to a question about a stretch of it, which is asked more than once."""

    @wraps(question)
    def answer(page: Page, /, *asked: Asked.args, **said: Asked.kwargs) -> Answer:
        key = (question, *asked, *said.values())
        known: Answer = page.answers.get(key, _NOT_ASKED)
        if known is _NOT_ASKED:
            known = page.answers[key] = question(page, *asked, **said)
        return known

    return answer


def _on_one_line(words: str) -> str:
    """Return words of a canonical text on one line; most stand so already."""
    return one_line(words) if "  " in words or "\n" in words else words.strip()
