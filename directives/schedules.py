"""One work with a date for each body, in one sentence: «… gửi báo cáo: Sở A: 10/7; Sở B trước ngày 15/7».

The work stands before the list, behind it, or in the sentence before.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from directives.acting import BACKGROUND
from directives.agencies import BodyKind, Mention
from directives.bodies import read_list, skip_openers, skip_spaces
from directives.grammar import Wording
from directives.labels import CellReader
from directives.model import Deadline, Span
from directives.order import Order
from directives.page import Page
from directives.subjects import subject_at
from directives.verbs import starts_with_action

SCHEDULE: Final = "schedule"
FIGURES: Final = Wording(
    "day-in-figures",
    re.compile(r"(?:ngày\s+)?\d{1,2}\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{4})?(?![\d/])"),
    ("Sở Y tế: «10/7/2020»; Sở Nội vụ", "Sở Y tế: «ngày 10/7», Sở Nội vụ"),
    ("Sở Y tế: 10 ngày",),
)
BEHIND_NAME: Final = Wording("before-its-date", re.compile(r"\s*[:(–-]?\s*"), ("Sở Y tế«: »10/7",))
NEXT_ENTRY: Final = Wording(
    "next-entry",
    re.compile(r"\)?\s*(?:[,;]\s*(?:và\s+|còn\s+|riêng\s+)?|và\s+)"),
    ("10/7«; »Sở Nội vụ: 15/7", "10/7« và »Sở Nội vụ: 15/7"),
)
TIME_OF: Final = Wording(
    "time-of-work",
    re.compile(
        r"(?:thời\s+(?:gian|hạn)|lịch|tiến\s+độ|hạn)\s+(?=(?:nộp|gửi|báo\s+cáo|hoàn\s+thành|trình|bàn\s+giao)(?!\w))"
    ),
    ("«Thời hạn »gửi báo cáo: Sở Y tế: 10/7",),
    ("Lịch họp: Sở Y tế: 10/7",),
)
AS_FOLLOWS: Final = Wording(
    "as-follows",
    re.compile(
        r"[\s,]*(?:như\s+sau|sau\s+đây|cụ\s+thể|theo\s+(?:lịch|thời\s+hạn|tiến\s+độ)(?:\s+sau)?)?[\s,:]*$"
    ),
    ("gửi báo cáo« như sau:»", "gửi báo cáo« theo lịch:»"),
)
COMMITTEES: Final = Wording(
    "committees-of-a-level",
    re.compile(
        r"(?P<head>ubnd|ủy\s+ban\s+nhân\s+dân)\s+các\s+(?P<level>huyện|xã|phường|quận|thị\s+xã|thành\s+phố)(?!\w)(?!\s*,)"
    ),
    ("«UBND các huyện»: Kỳ Anh trước 15/7",),
    ("UBND các huyện, thị xã: Kỳ Anh trước 15/7",),
)
WORDINGS: Final = (FIGURES, BEHIND_NAME, NEXT_ENTRY, TIME_OF, AS_FOLLOWS, COMMITTEES)
_PLACE = re.compile(
    r"(?:(?:huyện|xã|phường|quận|thị xã|thành phố)\s+)?[A-ZĐÀ-Ỹ][\w'’]*(?:\s+[A-ZĐÀ-Ỹ][\w'’]*){0,3}"
)
_FEWEST = 2
_MOST_BEGINNINGS = 4  # the words before a list have few colons
_END_MARKS = " .;/)"


@dataclass(frozen=True, slots=True)
class Entry:
    """Bodies with the date that is theirs."""

    leads: tuple[Mention, ...]
    span: Span
    deadline: Deadline


def scheduled(page: Page, sentence: Span, before: Span | None, read_cell: CellReader) -> list[Order]:
    """Return an order for each entry of a list of dates; none where the sentence is no such list.

    `before`: the sentence before, whose work a list alone in its sentence dates.
    """
    if page.flow.find(":", sentence.start, sentence.end) < 0 and len(page.deadlines_in(sentence)) < _FEWEST:
        return []
    if sum(1 for _ in FIGURES.pattern.finditer(page.small, sentence.start, sentence.end)) < _FEWEST:
        return []
    for begin in islice(_beginnings(page, sentence), _MOST_BEGINNINGS):
        entries, after = _entries(page, sentence, begin, read_cell)
        if len(entries) < _FEWEST:
            continue
        work = _work(page, Span(sentence.start, begin), Span(after, sentence.end), before)
        if work is None:
            return []
        whole, action = work
        return [
            Order(one.leads, (), sorted((whole, one.span)), action, one.deadline, rule=SCHEDULE)
            for one in entries
        ]
    return []


def _beginnings(page: Page, sentence: Span) -> Iterator[int]:
    yield skip_openers(page, sentence.start, sentence.end)
    colon = page.flow.find(":", sentence.start, sentence.end)
    while colon >= 0:
        yield skip_spaces(page.flow, colon + 1, sentence.end)
        colon = page.flow.find(":", colon + 1, sentence.end)


def _entries(page: Page, sentence: Span, at: int, read_cell: CellReader) -> tuple[list[Entry], int]:
    """Return the entries of the list that begins here, and where the last of them ends."""
    found: list[Entry] = []
    committees = COMMITTEES.search(page.small, sentence.start, at)
    last = at
    while (named := _named(page, at, sentence.end, committees)) is not None:
        leads, after = named
        behind = BEHIND_NAME.match(page.small, after, sentence.end)
        deadline = _date_at(page, behind.end() if behind else after, sentence.end, read_cell)
        if deadline is None:
            break
        last = deadline.span.end
        found.append(Entry(leads, Span(at, last), deadline))
        joint = NEXT_ENTRY.match(page.small, last, sentence.end)
        if joint is None:
            break
        at = joint.end()
    return found, last


def _named(
    page: Page, at: int, end: int, committees: re.Match[str] | None
) -> tuple[tuple[Mention, ...], int] | None:
    leads, after = read_list(page, at, end)
    if leads:
        return leads, after
    place = _PLACE.match(page.flow, at, end) if committees else None
    if committees is None or place is None:
        return None
    level = "" if place[0][0].islower() else f"{committees['level']} "
    head = page.flow[committees.start("head") : committees.end("head")]
    name = " ".join(f"{head} {level}{place[0]}".split())
    span = Span(*place.span())
    return (Mention(name, name, None, span, kind=BodyKind.COMMITTEE, named_by="shared-head"),), span.end


def _date_at(page: Page, at: int, end: int, read_cell: CellReader) -> Deadline | None:
    if (led := page.deadline_at(at)) is not None:
        return led
    figures = FIGURES.match(page.small, at, end)
    return read_cell(Span(*figures.span())) if figures else None


def _work(page: Page, head: Span, behind: Span, before: Span | None) -> tuple[Span, Span] | None:
    """Return the words that name the work, and those that begin it; None where no work is named."""
    start = skip_spaces(page.flow, behind.start, behind.end)
    if starts_with_action(page.small, start, behind.end):
        return Span(start, behind.end), Span(start, behind.end)
    if page.flow[behind.start : behind.end].strip(_END_MARKS):
        return None
    if head.start < skip_openers(page, head.start, head.end) or page.flow[head.start : head.end].strip(" :"):
        return _work_in(page, head)
    return _work_in(page, before) if before is not None else None


def _work_in(page: Page, words: Span) -> tuple[Span, Span] | None:
    subject = subject_at(page, words.start, words.end, trusting=True)
    if subject is not None and subject.rule == BACKGROUND:
        return None
    start = subject.end if subject is not None else skip_openers(page, words.start, words.end)
    label = TIME_OF.match(page.small, start, words.end)
    start = label.end() if label else skip_spaces(page.flow, start, words.end)
    if not starts_with_action(page.small, start, words.end):
        return None
    end = AS_FOLLOWS.search(page.small, start, words.end)
    return words, Span(start, end.start() if end else words.end)
