"""A document laid open for reading: its flow, and the bodies and deadlines found in it, by place."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from directives.agencies import Mention
from directives.model import Citation, Deadline, Span
from directives.text import folded, one_line


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
    _mention_starts: list[int] = field(init=False)
    _deadline_starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "small", folded(self.flow))
        object.__setattr__(self, "_mention_starts", [mention.span.start for mention in self.mentions])
        object.__setattr__(self, "_deadline_starts", [deadline.span.start for deadline in self.deadlines])

    def mention_at(self, offset: int) -> Mention | None:
        """Return the body whose name begins at the offset."""
        index = bisect_left(self._mention_starts, offset)
        if index < len(self.mentions) and self.mentions[index].span.start == offset:
            return self.mentions[index]
        return None

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
        index = bisect_left(self._deadline_starts, offset)
        if index < len(self.deadlines) and self.deadlines[index].span.start == offset:
            return self.deadlines[index]
        return None

    def mention_covering(self, offset: int) -> Mention | None:
        """Return the body inside whose name the offset lies."""
        index = bisect_left(self._mention_starts, offset + 1) - 1
        if index >= 0 and self.mentions[index].span.end > offset:
            return self.mentions[index]
        return None

    def words(self, span: Span) -> str:
        """Return the words of a span on one line."""
        return one_line(span.of(self.flow))
