"""Deadlines no preposition leads («trình UBND huyện ngày 25/11/2018»), weekdays behind «hàng tuần (…)».

Periods too, at the end of a clause that finishes something: «trình đề án quý II/2020», «(quý III/2020)».
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from directives.model import Deadline, DeadlineKind, Interval, Span
from directives.text import folded

_DAY_AT_END = re.compile(r"ngày \d{1,2}/\d{1,2}(?:/\d{4})?(?=\s*(?:[.;]|$))")
_NO_NOUN = (
    r"(?<!\w)(?<!công )(?<!chương )(?<!quy )(?<!quá )(?<!lộ )(?<!tờ )"  # «công trình» hands over nothing
)
_HANDED_OVER_ON = re.compile(
    rf"{_NO_NOUN}(?:trình|báo cáo|gửi|nộp|hoàn thành|ban hành|bàn giao)(?!\w)(?P<what>[^.;:()\n]{{1,90}}?)\s"
    rf"(?P<day>{_DAY_AT_END.pattern})"
)
_PERIODS_AT_END = tuple(  # one after another: a search for fixed letters is far faster than one for a choice
    re.compile(
        form + r"(?:\s?[/-]\s?\d{4}|(?: năm)? \d{4}|(?! (?:năm|\d)|[/-]))(?P<close>\s?\))?(?=\s*(?:[.;]|$))"
    )
    for form in (
        r"tháng (?<!\wtháng )\d{1,2}(?!\d)",
        r"quý (?<!\wquý )(?:i{1,3}|iv|[1-4])(?!\w)",
        r"năm(?<!\wnăm)(?= \d{4})",
    )
)
_EDGES = ("đầu ", "giữa ", "cuối ")
_FINISHES = re.compile(
    rf"{_NO_NOUN}(?:hoàn thành|hoàn tất|xong|trình|ban hành|nộp|bàn giao|nghiệm thu)(?!\w)"
    r"(?P<what>[^.;:()\n]{1,90}?)$"
)
_WORK_BEFORE = re.compile(r"(?P<what>[^.;:()\n]{8,120}?)$")
# What has a period of its own: «kế hoạch quý III», «báo cáo tháng 6», «kỳ họp tháng 7».
_HAS_ITS_PERIOD = re.compile(
    r"(?<!\w)(?:kế hoạch|chương trình|dự toán|nhiệm vụ|chỉ tiêu|báo cáo|kết quả|tình hình|số liệu|công tác"
    r"|kinh phí|vốn|ngân sách|thu|chi|lương|tiền|phiên|kỳ|kỳ họp|cuộc họp|phiên họp|hội nghị|họp|lịch"
    r"|thông báo|kết luận|văn bản|công văn|quyết định|nghị quyết|bản tin|giao ban|sơ kết|tổng kết|thi đua"
    r"|danh sách|danh mục|sản lượng|doanh thu|giai đoạn|từ|đến|trước|sau|trong|của|theo|tại|vào|và|năm|tháng"
    r"|quý|tuần|đợt|\d+)(?: \S+){0,3}\s*$"
)
_OF_SOMETHING_ELSE = re.compile(
    r"(?<!\w)(?:của|tại|số|lập|ký|họp|từ|đến|trước|sau|theo|kể từ|văn bản|công văn|thông báo|quyết định|"
    r"kết luận|nghị quyết)(?: \S+){0,3}$"
)
_LOOK_BACK = 160
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
    unled = [
        deadline
        for span in (*_handed_over_on(small, taken), *_finished_in(small, taken))
        if (deadline := read(span)) and deadline.stated and counted_from and deadline.stated > counted_from
    ]
    return sorted([*led, *unled], key=lambda one: one.span.start)


def _handed_over_on(small: str, taken: Sequence[Span]) -> Iterator[Span]:
    """Yield the days at the end of a clause on which something is to be handed over."""
    ends = {span.end for span in taken}
    if all(day.end() in ends for day in _DAY_AT_END.finditer(small)):
        return  # nearly always, and far sooner known
    for found in _HANDED_OVER_ON.finditer(small):
        span = Span(*found.span("day"))
        if span.end not in ends and not _OF_SOMETHING_ELSE.search(found["what"]):
            yield span


def _finished_in(small: str, taken: Sequence[Span]) -> Iterator[Span]:
    """Yield the periods at the end of a clause in which something is to be finished.

    What may have a period of its own («kế hoạch quý III») is passed over: that is not when it is due.
    """
    sooner = sorted(taken)
    for found in (found for form in _PERIODS_AT_END for found in form.finditer(small)):
        span, bracket = _with_its_edge(small, found)
        if span is None:
            continue
        form = _WORK_BEFORE if bracket else _FINISHES
        stop = span.start - bracket
        work = form.search(small, max(0, stop - _LOOK_BACK), stop)
        if work is None or _HAS_ITS_PERIOD.search(work["what"]):
            continue
        last = bisect_left(sooner, Span(span.end, 0)) - 1
        if last < 0 or sooner[last].end <= work.start():  # no other date for the same work
            yield span


def _with_its_edge(small: str, found: re.Match[str]) -> tuple[Span | None, bool]:
    """Return a period with «cuối» before it, and whether it stands in brackets; a year needs its edge."""
    start, end = found.start(), found.end() - len(found["close"] or "")
    edge = next((edge for edge in _EDGES if small.endswith(edge, 0, start)), "")
    start -= len(edge)
    bracket = small.endswith("(", 0, start)
    if bracket != bool(found["close"]) or (found[0].startswith("năm") and not edge):
        return None, bracket
    return Span(start, end), bracket


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
