"""Which deadline belongs to which stretch of a clause; what only looks like a deadline is put aside."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from directives.bodies import read_list, skip_openers
from directives.model import Deadline, DeadlineKind, Interval, Span
from directives.page import Page
from directives.verbs import any_of, skip_adverbs, starts_with_action

_PURPOSE = re.compile(
    r"(?:^|[\s,;])(?:để|nhằm|làm\s+cơ\s+sở|làm\s+căn\s+cứ|chuẩn\s+bị\s+cho|chào\s+mừng|"
    r"hướng\s+tới)(?!\w)[^,;]*$|"
    # «phục vụ kỳ họp cuối năm», but not «kỹ năng phục vụ khách … trong quý IV»: only an occasion has a date
    r"(?<!\w)phục\s+vụ(?:\s+\w+){0,3}?\s+(?:kỳ\s+họp|phiên\s+họp|cuộc\s+họp|hội\s+nghị|hội\s+thảo|đại\s+hội|"
    r"lễ|tết|ngày|kỳ\s+thi|bầu\s+cử|năm\s+học|mùa|vụ|dịp|đợt|tuần|tháng|festival|sea\s+games)(?!\w)[^,;]*$|"
    r"(?<!\w)phục\s+vụ\s*$"
)
# «… để thống nhất lộ trình và thông báo cho Bộ trong quý III»: the work goes on behind its purpose
_HANDS_OVER = re.compile(r"(?<!\w)(?:và|rồi)\s+(?:báo\s+cáo|thông\s+báo|gửi|trình|nộp|bàn\s+giao)(?!\w)")
_TARGET = re.compile(r"(?:phấn\s+đấu|mục\s+tiêu|dự\s+kiến|bình\s+quân|chỉ\s+tiêu)(?!\w)[^,;]{0,60}$")
_FIGURE = re.compile(r"[^,;]{0,80}?(?:đạt|có|còn|giảm|tăng|\d+\s*%)")
_BARE_PERIOD = re.compile(r"(?:hàng|hằng|mỗi)\s+(?:ngày|tuần|tháng|quý|năm)$")
_GROUND = re.compile(r"[\s,:]*(?:căn\s+cứ|trên\s+cơ\s+sở|theo|để|nhằm|trong|tại|với|từ|khi|sau)(?!\w)")
_FEWEST_WORDS = 6
_MORE_DAYS = re.compile(r"\s*(?:,|và|hoặc)\s*(?:ngày\s+)?(?:chủ\s+nhật|thứ\s)")
_GAP = re.compile(r"[\s,]*(?:và|vào|đồng\s+thời|hoặc)?[\s,]*")
_JOINED_VERB = re.compile(r"(?:^|[,;:]|(?<!\w)(?:và|rồi|đồng\s+thời|để|trước\s+khi))\s*")
_KIND_OF = re.compile(
    r"(?:kế\s+hoạch|lịch|chế\s+độ|công\s+việc|hoạt\s+động|sinh\s+hoạt|nhu\s+cầu|đời\s+sống|tiêu\s+dùng|"
    r"nhiệm\s+vụ|báo\s+cáo)\s*$"
)
_PLACED = re.compile(r"(?:trên|về|cho|tại|qua|đến|lên|với)(?!\w)")
_JOINED = re.compile(r"[,;:]|(?<!\w)và(?!\w)")
_ORDER = list(Interval)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a clause with one deadline or none. `repeats`: only another date for the work before it."""

    span: Span
    deadline: Deadline | None
    repeats: bool = False
    time_first: bool = False


def deadlines_of(page: Page, clause: Span, start: int) -> list[Deadline]:
    """Return the deadlines of a clause that date work, phrases for one duty joined into one."""
    every = [one for one in page.deadlines_in(clause) if one.span.end <= clause.end]
    kept = [one for one in every if _dates_work(page, clause, start, one, alone=len(every) == 1)]
    return _joined(page, kept)


def stretches(page: Page, clause: Span, start: int, deadlines: Sequence[Deadline]) -> Iterator[Stretch]:
    """Part a clause at its deadlines: each takes the work before it, or behind it where it stands first."""
    if not deadlines:
        yield Stretch(Span(start, clause.end), None)
        return
    begin = start
    for index, deadline in enumerate(deadlines):
        if _begins_a_duty(page, begin, deadline, clause.end):
            yield Stretch(Span(begin, deadline.span.start), None)
            begin = deadline.span.start
        following = deadlines[index + 1].span.start if index + 1 < len(deadlines) else None
        stop = clause.end if following is None else following
        bare = _is_bare(page, begin, deadline.span.start)
        first = bare and _has_verb(page, deadline.span.end, stop)
        repeats = index > 0 and not first and not _has_verb(page, begin, deadline.span.start)
        if following is not None:
            stop = _boundary(page, deadline, following, first=first)
        yield Stretch(Span(begin, stop), deadline, repeats=repeats, time_first=first)
        begin = stop


def _begins_a_duty(page: Page, begin: int, deadline: Deadline, end: int) -> bool:
    """Tell whether a period put before its verb opens a duty of its own: «…, hằng tuần báo cáo …»."""
    if (
        deadline.kind is not DeadlineKind.RECURRING
        or page.flow[begin : deadline.span.start].rstrip()[-1:] != ","
    ):
        return False
    after = deadline.span.end + 1
    before = page.small[begin : deadline.span.start]
    if len(before.split()) < _FEWEST_WORDS or _GROUND.match(before):
        return False  # «theo dõi, đôn đốc, định kỳ …» is one duty; «căn cứ …, hàng năm …» gives a ground
    return _has_verb(page, begin, deadline.span.start) and starts_with_action(page.small, after, end)


def _is_bare(page: Page, start: int, end: int) -> bool:
    """Tell whether nothing but names, adverbs and joints stands between the offsets."""
    at = skip_openers(page, start, end)
    _, at = read_list(page, at, end)
    while at < end and page.flow[at] in " ,:":
        at += 1
    return not page.flow[skip_adverbs(page.small, at, end) : end].strip(" ,:")


def _boundary(page: Page, deadline: Deadline, following: int, *, first: bool) -> int:
    """Return where the stretch of a deadline ends and that of the next begins."""
    if first:
        comma = max(page.flow.rfind(mark, deadline.span.end, following) for mark in (",", ";"))
        return (
            comma + 1
            if comma >= 0 and not _has_verb(page, comma + 1, following)
            else max(comma + 1, deadline.span.end)
        )
    gap = _GAP.match(page.small, deadline.span.end, following)
    return gap.end() if gap else deadline.span.end


def _has_verb(page: Page, start: int, end: int) -> bool:
    """Tell whether work of its own is named between the offsets, not only that something ends."""
    at = skip_openers(page, start, end)
    _, at = read_list(page, at, end)
    for joint in _JOINED_VERB.finditer(page.small, at, end):
        place = joint.end() if joint.end() > at or joint.start() == joint.end() else at
        if _verb_at(page, place, end):
            return True
    return _verb_at(page, at, end)


def _verb_at(page: Page, at: int, end: int) -> bool:
    while at < end and page.flow[at] in " ,:":
        at += 1
    finish = any_of("finish").match(page.small, skip_adverbs(page.small, at, end), end)
    if finish and _only_ends(page, finish.end(), end):
        return False
    return starts_with_action(page.small, at, end)


def _only_ends(page: Page, at: int, end: int) -> bool:
    """Tell whether nothing but a joint stands between a finishing verb and its date."""
    return not page.flow[at:end].strip(" ,:;.")


def _dates_work(page: Page, clause: Span, start: int, deadline: Deadline, *, alone: bool) -> bool:
    if "weekday" in deadline.rule and _MORE_DAYS.match(page.small, deadline.span.end, clause.end):
        return False  # «vào thứ Bảy, Chủ nhật» says on which days, not until when
    before = page.small[max(clause.start, deadline.span.start - 160) : deadline.span.start]
    after = page.small[deadline.span.end : min(clause.end, deadline.span.end + 90)]
    strong = deadline.kind is DeadlineKind.FIXED
    last = max(before.rfind(","), before.rfind(";"), 0)  # a purpose stands behind it
    purpose = _PURPOSE.search(before, last)
    if purpose and not (strong and alone) and not _HANDS_OVER.search(purpose[0]):
        return False
    if _TARGET.search(before) and _FIGURE.match(after) and not any_of("finish").search(before):
        return False
    if deadline.kind is DeadlineKind.RECURRING and _BARE_PERIOD.search(
        page.small[deadline.span.start : deadline.span.end]
    ):
        return _stands_as_time(page, start, deadline, clause.end)
    return True


def _stands_as_time(page: Page, start: int, deadline: Deadline, end: int) -> bool:
    """Tell whether a bare «hàng năm» says when, and does not qualify a noun («kế hoạch hàng năm»)."""
    if len(page.words(deadline.span).split()) > 2:  # noqa: PLR2004 - «vào cuối quý hàng năm» says when by itself
        return True
    before = page.flow[start : deadline.span.start].rstrip()
    if not before or before[-1] in ",;:":
        return True
    last = _JOINED.split(page.small[start : start + len(before)])[-1].strip()
    if any_of("actions").fullmatch(last):
        return True  # «…, phát sóng hàng tuần»: nothing stands between the verb and the time
    behind = page.small[deadline.span.end : end].strip(" ./")
    if any_of("actions").match(last) and (behind[:1] in ("", ",", ";") or _PLACED.match(behind)):
        return _KIND_OF.search(page.small[start : deadline.span.start]) is None
    if deadline.every in (Interval.DAY, Interval.WEEK) and behind[:1] in ("", ",", ";"):
        return _KIND_OF.search(page.small[start : deadline.span.start]) is None
    at = deadline.span.end
    while at < end and page.flow[at] in " ,":
        at += 1
    return (
        starts_with_action(page.small, at, end) or page.mention_covering(deadline.span.start - 2) is not None
    )


def _joined(page: Page, deadlines: Sequence[Deadline]) -> list[Deadline]:
    """Join phrases that together date one duty: «định kỳ hàng quý, trước ngày 20 của tháng cuối quý»."""
    joined: list[Deadline] = []
    for one in deadlines:
        before = joined[-1] if joined else None
        if (
            before is not None
            and DeadlineKind.RECURRING in (before.kind, one.kind)
            and _touch(page, before, one)
        ):
            joined[-1] = _both(page, before, one)
        elif before is not None and _narrows(page, before, one):
            joined[-1] = one
        else:
            joined.append(one)
    return joined


def _narrows(page: Page, period: Deadline, day: Deadline) -> bool:
    """Tell whether a day says more exactly what a period said: «trong quý III, chậm nhất ngày 20/8»."""
    within = period.kind is DeadlineKind.PERIOD_END and day.kind is DeadlineKind.FIXED
    return bool(
        within and period.stated and day.stated and day.stated <= period.stated and _touch(page, period, day)
    )


def _touch(page: Page, before: Deadline, after: Deadline) -> bool:
    gap = _GAP.match(page.small, before.span.end, after.span.start)
    return gap is not None and gap.end() == after.span.start and "đồng" not in gap[0]


def _both(page: Page, first: Deadline, second: Deadline) -> Deadline:
    span = Span(first.span.start, second.span.end)
    base = second if second.kind is DeadlineKind.RECURRING else first
    every = min((one.every for one in (first, second) if one.every), key=_ORDER.index, default=None)
    return replace(
        base, span=span, text=page.words(span), every=every,
        exclusive=first.exclusive or second.exclusive, time=first.time or second.time,
        rule=f"{first.rule}+{second.rule}",
    )  # fmt: skip
