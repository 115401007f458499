"""Which deadline belongs to which stretch of a clause; what only looks like a deadline is put aside."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from directives.bodies import read_list, skip_openers
from directives.grammar import Wording
from directives.model import Deadline, DeadlineKind, Span
from directives.page import Page
from directives.verbs import any_of, skip_adverbs, starts_with_action

GROUND: Final = Wording(
    "ground",
    re.compile(r"[\s,:]*(?:căn\s+cứ|trên\s+cơ\s+sở|theo|để|nhằm|trong|tại|với|từ|khi|sau)(?!\w)"),
    ("«căn cứ» dự toán, hàng năm",),
    ("rà soát giá",),
)
_FEWEST_WORDS = 6
GAP: Final = Wording(
    "gap-of-dates",
    re.compile(r"[\s,]*(?:và|vào|đồng\s+thời|hoặc)?[\s,]*"),
    ("hàng quý« và »ngày 20",),
)
JOINED_VERB: Final = Wording(
    "joined-verb",
    re.compile(r"(?:^|[,;:]|(?<!\w)(?:và|rồi|đồng\s+thời|để|trước\s+khi))\s*"),
    ("rà soát «và »trình đề án", "rà soát«, »trình đề án"),
)
WORDINGS: Final = (GROUND, GAP, JOINED_VERB)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a clause with one deadline or none. `repeats`: only another date for the work before it."""

    span: Span
    deadline: Deadline | None
    repeats: bool = False
    time_first: bool = False


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
    if len(before.split()) < _FEWEST_WORDS or GROUND.match(before):
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
    gap = GAP.match(page.small, deadline.span.end, following)
    return gap.end() if gap else deadline.span.end


def _has_verb(page: Page, start: int, end: int) -> bool:
    """Tell whether work of its own is named between the offsets, not only that something ends."""
    at = skip_openers(page, start, end)
    _, at = read_list(page, at, end)
    for joint in JOINED_VERB.pattern.finditer(page.small, at, end):
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
