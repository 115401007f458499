"""Which deadline phrases of a clause date its work, and which of them together date one duty.

In the examples of `NO_DATES` and `JOINED_DATES` «» stand around the phrase that dates nothing, and around
those that are one date.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from directives.grammar import Wording
from directives.model import Deadline, DeadlineKind, Interval, Span
from directives.page import Page
from directives.verbs import any_of, starts_with_action

PURPOSE: Final = Wording(
    "purpose",
    re.compile(
        r"(?:^|[\s,;])(?:để|nhằm|làm\s+cơ\s+sở|làm\s+căn\s+cứ|chuẩn\s+bị\s+cho|chào\s+mừng|"
        r"hướng\s+tới)(?!\w)[^,;]*$|"
        # «phục vụ kỳ họp cuối năm», not «kỹ năng phục vụ khách … trong quý IV»: an occasion has a date
        r"(?<!\w)phục\s+vụ(?:\s+\w+){0,3}?\s+(?:kỳ\s+họp|phiên\s+họp|cuộc\s+họp|hội\s+nghị|hội\s+thảo|đại\s+hội|"
        r"lễ|tết|ngày|kỳ\s+thi|bầu\s+cử|năm\s+học|mùa|vụ|dịp|đợt|tuần|tháng|festival|sea\s+games)(?!\w)[^,;]*$|"
        r"(?<!\w)phục\s+vụ\s*$"
    ),
    ("lập danh mục« để trình kỳ họp »", "mở cửa chợ, «phục vụ Tết »"),
    ("lập danh mục ",),
)
HANDS_OVER: Final = Wording(
    "hands-over-too",
    re.compile(r"(?<!\w)(?:và|rồi)\s+(?:báo\s+cáo|thông\s+báo|gửi|trình|nộp|bàn\s+giao)(?!\w)"),
    ("để thống nhất lộ trình «và thông báo» cho Bộ",),
    ("để thống nhất lộ trình và cách làm",),
)
"""Behind a purpose: the work goes on, so that the date is the work's."""

TARGET: Final = Wording(
    "target",
    re.compile(r"(?:phấn\s+đấu|mục\s+tiêu|dự\s+kiến|bình\s+quân|chỉ\s+tiêu)(?!\w)[^,;]{0,60}$"),
    ("trồng rừng, «phấn đấu »", "với «mục tiêu chung »"),
    ("trồng rừng ",),
)
FIGURE: Final = Wording(
    "figure",
    re.compile(r"[^,;]{0,80}?(?:đạt|có|còn|giảm|tăng|\d+\s*%)"),
    ("« đạt» 95%", "« hộ nghèo còn» 2%"),
    (" lập danh mục",),
)
BARE_PERIOD: Final = Wording(
    "bare-period",
    re.compile(r"(?:hàng|hằng|mỗi)\s+(?:ngày|tuần|tháng|quý|năm)$"),
    ("«hàng năm»", "«mỗi quý»"),
    ("hàng năm trước ngày 15/12",),
)
MORE_DAYS: Final = Wording(
    "more-days",
    re.compile(r"\s*(?:,|và|hoặc)\s*(?:ngày\s+)?(?:chủ\s+nhật|thứ\s)"),
    ("vào thứ Bảy«, Chủ nhật»",),
    ("vào thứ Bảy, báo cáo",),
)
KIND_OF: Final = Wording(
    "kind-of",
    re.compile(
        r"(?:kế\s+hoạch|lịch|chế\s+độ|công\s+việc|hoạt\s+động|sinh\s+hoạt|nhu\s+cầu|đời\s+sống|tiêu\s+dùng|"
        r"nhiệm\s+vụ|báo\s+cáo)\s*$"
    ),
    ("lập «kế hoạch »", "gửi «báo cáo »"),
    ("phát sóng ",),
)
"""A bare period behind it says of which kind it is, not when to act."""

WORDINGS: Final = (PURPOSE, HANDS_OVER, TARGET, FIGURE, BARE_PERIOD, MORE_DAYS, KIND_OF)
_GAP = re.compile(r"[\s,]*(?:và|vào|đồng\s+thời|hoặc)?[\s,]*")
_PLACED = re.compile(r"(?:trên|về|cho|tại|qua|đến|lên|với)(?!\w)")
_JOINED = re.compile(r"[,;:]|(?<!\w)và(?!\w)")
_ORDER = list(Interval)

_FEW_WORDS = 2
_BEFORE, _AFTER = 160, 90


@dataclass(frozen=True, slots=True)
class Dated:
    """A deadline phrase in its clause; `start`: where the work begins; `alone`: no other date there."""

    clause: Span
    start: int
    deadline: Deadline
    alone: bool


@dataclass(frozen=True, slots=True)
class NoDate:
    """One reason why a deadline phrase dates no work."""

    name: str
    holds: Callable[[Page, Dated], bool]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JoinedDates:
    """One way in which two phrases are one date."""

    name: str
    join: Callable[[Page, Deadline, Deadline], Deadline | None]
    examples: tuple[str, ...]


def deadlines_of(page: Page, clause: Span, start: int) -> list[Deadline]:
    """Return the deadlines of a clause that date work, phrases for one duty joined into one."""
    every = [one for one in page.deadlines_in(clause) if one.span.end <= clause.end]
    dated = (Dated(clause, start, one, alone=len(every) == 1) for one in every)
    return _joined(page, [one.deadline for one in dated if not any(row.holds(page, one) for row in NO_DATES)])


def _joined(page: Page, deadlines: Sequence[Deadline]) -> list[Deadline]:
    joined: list[Deadline] = []
    for one in deadlines:
        tries = (row.join(page, joined[-1], one) for row in JOINED_DATES) if joined else iter(())
        if (both := next((both for both in tries if both is not None), None)) is not None:
            joined[-1] = both
        else:
            joined.append(one)
    return joined


def _several_weekdays(page: Page, dated: Dated) -> bool:
    behind = dated.deadline.span.end
    named = "weekday" in dated.deadline.rule
    return named and MORE_DAYS.match(page.small, behind, dated.clause.end) is not None


def _is_for_a_purpose(page: Page, dated: Dated) -> bool:
    before = _before(page, dated)
    last = max(before.rfind(","), before.rfind(";"), 0)  # a purpose stands behind it
    purpose = PURPOSE.search(before, last)
    strong = dated.deadline.kind is DeadlineKind.FIXED and dated.alone
    return purpose is not None and not strong and not HANDS_OVER.search(purpose[0])


def _is_of_a_target(page: Page, dated: Dated) -> bool:
    before = _before(page, dated)
    if not TARGET.search(before):
        return False
    behind = dated.deadline.span.end
    figure = FIGURE.match(page.small[behind : min(dated.clause.end, behind + _AFTER)])
    return figure is not None and not any_of("finish").search(before)


def _qualifies(page: Page, dated: Dated) -> bool:
    deadline = dated.deadline
    if deadline.kind is not DeadlineKind.RECURRING:
        return False
    bare = BARE_PERIOD.search(page.small[deadline.span.start : deadline.span.end])
    return bare is not None and not _stands_as_time(page, dated.start, deadline, dated.clause.end)


def _before(page: Page, dated: Dated) -> str:
    at = dated.deadline.span.start
    return page.small[max(dated.clause.start, at - _BEFORE) : at]


def _stands_as_time(page: Page, start: int, deadline: Deadline, end: int) -> bool:
    """Tell whether a bare «hàng năm» says when, and does not qualify a noun («kế hoạch hàng năm»)."""
    if len(page.words(deadline.span).split()) > _FEW_WORDS:  # «vào cuối quý hàng năm» says when by itself
        return True
    before = page.flow[start : deadline.span.start].rstrip()
    if not before or before[-1] in ",;:":
        return True
    last = _JOINED.split(page.small[start : start + len(before)])[-1].strip()
    if any_of("actions").fullmatch(last):
        return True  # «…, phát sóng hàng tuần»: nothing stands between the verb and the time
    behind = page.small[deadline.span.end : end].strip(" ./")
    if any_of("actions").match(last) and (behind[:1] in ("", ",", ";") or _PLACED.match(behind)):
        return KIND_OF.search(page.small[start : deadline.span.start]) is None
    if deadline.every in (Interval.DAY, Interval.WEEK) and behind[:1] in ("", ",", ";"):
        return KIND_OF.search(page.small[start : deadline.span.start]) is None
    at = deadline.span.end
    while at < end and page.flow[at] in " ,":
        at += 1
    return (
        starts_with_action(page.small, at, end) or page.mention_covering(deadline.span.start - 2) is not None
    )


def _round_and_day(page: Page, before: Deadline, one: Deadline) -> Deadline | None:
    if DeadlineKind.RECURRING not in (before.kind, one.kind) or not _touch(page, before, one):
        return None
    return _both(page, before, one)


def _narrowed(page: Page, period: Deadline, day: Deadline) -> Deadline | None:
    within = period.kind is DeadlineKind.PERIOD_END and day.kind is DeadlineKind.FIXED
    if not within or not period.stated or not day.stated or day.stated > period.stated:
        return None
    return day if _touch(page, period, day) else None


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


NO_DATES: Final = (
    NoDate("several-weekdays", _several_weekdays, ("Sở Y tế tổ chức kiểm tra chợ «vào thứ Bảy», Chủ nhật.",)),
    NoDate(
        "purpose",
        _is_for_a_purpose,
        ("Sở Y tế lập danh mục để mở chợ «trong quý III năm 2020».",),
    ),
    NoDate(
        "target",
        _is_of_a_target,
        ("Sở Y tế nâng tỷ lệ giải ngân bình quân «trong năm 2020» đạt 95%.",),
    ),
    NoDate("qualifies-noun", _qualifies, ("Sở Y tế rà soát quy hoạch «hàng năm» theo quy định.",)),
)
"""Reasons that need the clause; those that need only the sentence are guards of the phrases themselves."""

JOINED_DATES: Final = (
    JoinedDates(
        "round-with-day",
        _round_and_day,
        ("Sở Y tế báo cáo kết quả «định kỳ hàng tháng vào ngày 25 hàng tháng».",),
    ),
    JoinedDates(
        "day-in-period",
        _narrowed,
        ("Sở Y tế trình đề án trong quý III năm 2020, «chậm nhất ngày 20/8/2020».",),
    ),
)
