"""Deadlines of other documents that a text moves: «gia hạn … tại Thông báo số 120/TB-UBND … đến 31/5/2020».

A sentence counts that moves a time, cites a document and gives a new last day. What is only asked for, or is
refused, moves nothing. Whose deadline is moved is for the reader of the result to tell, from the words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from directives.calendar import WorkCalendar
from directives.dates import read_day, rx
from directives.deadlines.find import find_deadlines
from directives.deadlines.policy import DEFAULT_POLICY, DeadlinePolicy
from directives.folding import fold
from directives.model import Citation, Relation, Span
from directives.sentences import sentences

_TIME: Final = "(?:thời (?:hạn|gian|điểm)|tiến độ|hạn|mốc)(?!\\w)"
MOVES: Final = rx(
    r"(?<!\w)(?:gia hạn(?! (?:hợp đồng|giấy phép))"
    rf"|(?:lùi|kéo dài|dời|điều chỉnh|giãn|hoãn|thay (?:thế|đổi)) (?:thêm |lại )?{_TIME})"
)
ASKED: Final = rx(r"(?<!\w)(?:xin|đề nghị|kiến nghị|đề xuất)(?: (?:được|cho|phép|ubnd|tỉnh|việc)){0,4} $")
AGREED: Final = rx(r"(?<!\w)(?:đồng ý|thống nhất|nhất trí|chấp thuận|cho phép|quyết định)(?!\w)")
REFUSED: Final = rx(
    r"(?<!\w)(?:không|chưa) (?:đồng ý|chấp thuận|thống nhất|nhất trí|xem xét|cho phép|gia hạn|lùi|kéo dài)"
)
ITEM: Final = rx(
    r"(?<!\w)(?:điểm|mục|khoản|nhiệm vụ|gạch đầu dòng)~(?:thứ~|số~)?(?P<item>\d{1,2}(?:\.\d{1,2})?)(?![\w/])"
)
FROM: Final = rx(r"(?<!\w)từ~(?:ngày~)?(?=\d)")
EXAMPLES: Final = (
    "Đồng ý gia hạn nhiệm vụ giao Sở Y tế tại Thông báo số 1/TB-UBND ngày 03/4/2020 đến hết ngày 31/5/2020.",
    "Điều chỉnh thời hạn tại Thông báo số 1/TB-UBND ngày 03/4/2020 từ ngày 10/5/2020 sang ngày 15/6/2020.",
)


@dataclass(frozen=True, slots=True)
class Prolonged:
    """A sentence that moves a deadline of a cited document."""

    number: str
    issued_on: date | None  # of the document cited
    until: tuple[date, ...]  # the last on-time days it gives, in order; several, or none, are for a person
    instead_of: date | None  # the day that it names as the old one: «từ ngày 10/5/2020 sang …»
    item: str | None  # of the document cited: «tại điểm 3 Thông báo …»
    span: Span


def prolonged(
    text: str,
    cites: Sequence[Citation],
    *,
    issued_on: date | None,
    policy: DeadlinePolicy = DEFAULT_POLICY,
    calendar: WorkCalendar | None = None,
) -> list[Prolonged]:
    """Return what a document says about deadlines of the documents that it cites, in order."""
    low = fold(text)
    masked = [cite.span for cite in cites]
    found: dict[tuple[str, date | None, Span], Prolonged] = {}
    for cite, sentence in _with_sentences(text, cites):
        key = (cite.number, cite.issued_on, sentence)
        if key in found or not _moves(low, cite, sentence):
            continue
        given = find_deadlines(
            text, sentence, issued_on=issued_on, masked=masked, policy=policy, calendar=calendar
        )
        days = tuple(dict.fromkeys(one.due_on for one in given if one.due_on is not None))
        old, item = _old_day(low, sentence, masked), ITEM.search(low, sentence.start, sentence.end)
        found[key] = Prolonged(
            cite.number, cite.issued_on, days, old, None if item is None else item["item"], sentence
        )
    return list(found.values())


def _with_sentences(text: str, cites: Sequence[Citation]) -> Iterator[tuple[Citation, Span]]:
    """Yield each citation with the sentence it stands in; a line is parted once, however much it cites."""
    parted: list[Span] = []
    for cite in cites:
        if not parted or not parted[0].start <= cite.span.start < parted[-1].end:
            start = text.rfind("\n", 0, cite.span.start) + 1
            stop = text.find("\n", cite.span.end)
            parted = list(sentences(text, Span(start, len(text) if stop < 0 else stop)))
        parted = [one for one in parted if one.end > cite.span.start]
        if parted and parted[0].start <= cite.span.start:
            yield cite, parted[0]


def _moves(low: str, cite: Citation, sentence: Span) -> bool:
    """Tell whether a sentence moves a time by its own word, neither asking for it nor refusing it."""
    if REFUSED.search(low, sentence.start, sentence.end):
        return False
    moving = [
        found.start()
        for found in MOVES.finditer(low, sentence.start, sentence.end)
        if not ASKED.search(low[max(sentence.start, found.start() - 60) : found.start()])
    ]
    agreed = AGREED.search(low, sentence.start, sentence.end) is not None
    asked = MOVES.search(low, sentence.start, sentence.end) is not None
    return bool(moving) or cite.relation is Relation.EXTENDS or (asked and agreed)


def _old_day(low: str, sentence: Span, masked: Sequence[Span]) -> date | None:
    for found in FROM.finditer(low, sentence.start, sentence.end):
        if any(span.overlaps(Span(found.start(), found.end() + 1)) for span in masked):
            continue
        day = read_day(low, found.end(), sentence.end)
        if day is not None and (meant := day[0].on_or_after(None)) is not None:
            return meant
    return None
