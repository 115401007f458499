"""Deadlines no preposition leads («trình UBND huyện ngày 25/11/2018»), weekdays behind «hàng tuần (…)»."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from directives.model import Deadline, DeadlineKind, Interval, Span
from directives.text import folded

_DAY_AT_END = re.compile(r"ngày \d{1,2}/\d{1,2}(?:/\d{4})?(?=\s*(?:[.;]|$))")
_HANDED_OVER_ON = re.compile(
    r"(?<!\w)(?:trình|báo cáo|gửi|nộp|hoàn thành|ban hành|bàn giao)(?!\w)(?P<what>[^.;:()\n]{1,90}?)\s"
    rf"(?P<day>{_DAY_AT_END.pattern})"
)
_OF_SOMETHING_ELSE = re.compile(
    r"(?<!\w)(?:của|tại|số|lập|ký|họp|từ|đến|trước|sau|theo|kể từ|văn bản|công văn|thông báo|quyết định|"
    r"kết luận|nghị quyết)(?: \S+){0,3}$"
)
_EACH_WEEK = re.compile(r"(?<!\w)(?:hàng|hằng|mỗi) tuần\s*\(\s*$")


def with_unled(
    text: str,
    deadlines: Sequence[Deadline],
    masked: Sequence[Span],
    read: Callable[[Span], Deadline | None],
    counted_from: date | None,
) -> list[Deadline]:
    """Return the deadlines with those that no preposition leads, in the order of the text."""
    small = folded(text)
    led = [_weekly(small, one) for one in deadlines]
    taken = [*masked, *(one.span for one in led)]
    unled = _handed_over_on(small, taken, read, counted_from)
    return sorted([*led, *unled], key=lambda one: one.span.start)


def _handed_over_on(
    small: str, taken: Sequence[Span], read: Callable[[Span], Deadline | None], counted_from: date | None
) -> Iterator[Deadline]:
    """Yield the days at the end of a clause on which something is to be handed over; days past are none."""
    ends = {span.end for span in taken}
    if all(day.end() in ends for day in _DAY_AT_END.finditer(small)):
        return  # nearly always, and far sooner known
    for found in _HANDED_OVER_ON.finditer(small):
        span = Span(*found.span("day"))
        if span.end in ends or _OF_SOMETHING_ELSE.search(found["what"]):
            continue
        deadline = read(span)
        ahead = deadline is not None and deadline.stated and counted_from and deadline.stated > counted_from
        if deadline is not None and ahead:
            yield deadline


def _weekly(small: str, deadline: Deadline) -> Deadline:
    """Read the weekday of «hàng tuần (vào sáng thứ 6)» as one of every week."""
    before = small[max(0, deadline.span.start - 20) : deadline.span.start]
    if (
        deadline.kind is not DeadlineKind.FIXED
        or "weekday" not in deadline.rule
        or not _EACH_WEEK.search(before)
    ):
        return deadline
    return replace(
        deadline,
        kind=DeadlineKind.RECURRING,
        stated=None,
        due_on=None,
        every=Interval.WEEK,
        rule=f"{deadline.rule}-of-each-week",
        explain=f"«{deadline.text}»: nhiệm vụ định kỳ hằng tuần",
        doubts=(),
    )
