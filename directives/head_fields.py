"""The fields that a head and a foot give: one row for each way to write a field, tried in order.

The left side of an example is a document, the right side what the row reads in it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Generic, TypeVar

from directives.agencies import find_agencies
from directives.columns import Cell, cells_of
from directives.file_names import named_in
from directives.genres import genre_of_number, genre_of_title, is_reply, speaks_itself
from directives.grammar import Rule
from directives.head import ADDRESSED, BARE_DATE, BLANK_PART, DATE, MOTTO, OWN_NUMBER, Head, title_lines
from directives.issuer import committee_named, issuer_from, issuer_in_words
from directives.model import AgencyMention, Genre, Span
from directives.reported import Reported, day_of, find_reported, tidy_number
from directives.subject_line import ABOUT, about, headline_of, title_of, under_title
from directives.text import one_line

ADDRESSED_RULE: Final = "addressed"
_SURROUNDINGS = 40  # characters behind a stretch that tell whether its last line runs on
_NAME = re.compile(r"^[A-ZĐÀ-Ỹ][\w'’]*(?:[ -]{1,2}[A-ZĐÀ-Ỹ][\w'’]*){1,5}$")
_TITLED_LINES = 3  # a title stands there though nothing else shows a head
_ATTACHED = "File đính kèm"

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """What a row has read, and where; without a value the words are no day of the calendar."""

    value: Value
    span: Span | None


@dataclass(frozen=True, slots=True)
class Read(Generic[Value]):
    """A field as the first row that fits reads it; `rule` is that row's name."""

    value: Value | None = None
    span: Span | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A head with what has been read of it: the issuer may stand in a report, the kind in the number."""

    head: Head
    number: str | None
    reported: Reported | None


def first(rows: "tuple[Rule[Callable[[Told], Found[Value] | None]], ...]", told: Told) -> Read[Value]:
    """Return what the first row reads that reads anything."""
    for row in rows:
        if (found := row.decide(told)) is not None:
            return Read(found.value, found.span, row.name)
    return Read()


def _labelled_number(told: Told) -> Found[str] | None:
    for cell in told.head.cells:
        if found := OWN_NUMBER.match(cell.words):
            start, end = found.span("number")
            return Found(tidy_number(found["number"]), Span(cell.span.start + start, cell.span.start + end))
    return None


def _with_place(told: Told) -> Found[date | None] | None:
    return next((_dated(found) for found in DATE.finditer(_words(told.head)) if found["place"]), None)


def _at_line_start(told: Told) -> Found[date | None] | None:
    if told.number is None:
        return None
    flow = told.head.flow
    for found in DATE.finditer(_words(told.head)):
        if flow[max(0, found.start() - 3) : found.start()].strip(" |") in ("", "\n"):
            return _dated(found)
    return None


def _words(head: Head) -> str:
    return head.flow[: head.paragraphs[head.end - 1].span.end] if head.end else ""


def _dated(found: re.Match[str]) -> Found[date | None]:
    span = Span(found.start("day"), found.end("year"))
    return Found(day_of(found["day"], found["month"], found["year"]), span)


def _bare_date(told: Told) -> Found[date | None] | None:
    for cell in told.head.cells if told.head.end else ():
        if found := BARE_DATE.match(cell.words):
            span = Span(cell.span.start + found.start("day"), cell.span.start + found.end("year"))
            return Found(day_of(found["day"], found["month"], found["year"]), span)
    return None


def elsewhere(head: Head, number: Read[str], day: Read[date | None]) -> Reported | None:
    """Return what a page without letterhead reports, and where no text has a number the file's name."""
    found = None if number.value or day.value else find_reported(head.flow, head.file_name)
    if number.value or found or (named := named_in(head.file_name)) is None:
        return found
    issued_on = day.value or named.issued_on
    return Reported(named.number, Span(0, 0), issued_on, day.span, from_file_name=True, rule="named-file")


def _in_capitals(told: Told) -> Found[str] | None:
    left: list[Cell] = []
    for cell in told.head.cells:
        numbered = OWN_NUMBER.match(cell.words) or BLANK_PART.match(cell.words)
        if numbered or ABOUT.match(cell.words) or genre_of_title(cell.words):
            break
        left.append(cell)
    name = issuer_from([cell.words for cell in left])
    if name is None:
        return None
    capitals = [one for one in left if one.words == one.words.upper() and not MOTTO.search(one.words)]
    return Found(name, Span(capitals[0].span.start, capitals[0].span.end) if capitals else None)


def _in_report(told: Told) -> Found[str] | None:
    span = told.reported.issuer_span if told.reported else None
    if span is None:
        return None
    name = issuer_in_words(span.of(told.head.flow), told.head.first_words)
    return Found(name, span) if name else None


def _province_named(told: Told) -> Found[str] | None:
    name, span = committee_named(told.head.first_words, official=told.reported is not None)
    return Found(name, span) if name else None


def _titles(head: Head) -> dict[int, int]:
    above = head.paragraphs[: head.end]
    return {
        index: title_lines(head.flow, head.paragraphs, index + 1)
        for index, one in enumerate(above)
        if title_of(head.flow, one)
    }


def _under_title(told: Told) -> Found[str] | None:
    head = told.head
    found = under_title(head.flow, head.paragraphs[: head.end], _titles(head))
    return Found(*found) if found else None


def _about(told: Told) -> Found[str] | None:
    found = about(told.head.cells)
    return Found(*found) if found else None


def _headline(told: Told) -> Found[str] | None:
    head = told.head
    span = headline_of(head.flow, head.paragraphs) if not head.end else None
    return Found(one_line(span.of(head.flow)), span) if span else None


def _signed(told: Told) -> Found[str] | None:
    names = [
        cell.span
        for cell in cells_of(told.head.flow, told.head.foot)
        if _NAME.match(cell.words) and cell.words != cell.words.upper()
    ]
    return Found(one_line(names[-1].of(told.head.flow)), names[-1]) if names else None


def _addressed(told: Told) -> Found[tuple[AgencyMention, ...]] | None:
    flow, paragraphs, end = told.head.flow, told.head.paragraphs, told.head.end
    for index, paragraph in enumerate(paragraphs[:end]):
        if found := ADDRESSED.match(paragraph.span.of(flow)):
            begin = paragraph.span.start + found.end()
            last = index
            while last + 1 < end and flow[paragraphs[last + 1].span.start] in "-–+•|":
                last += 1
            span = Span(begin, paragraphs[last].span.end)
            bodies = find_agencies(flow[: span.end + _SURROUNDINGS], span)
            return Found(tuple(replace(body, rule=ADDRESSED_RULE) for body in bodies), span)
    return None


def _titled(told: Told) -> Found[Genre] | None:
    for paragraph in told.head.paragraphs[: max(told.head.end, _TITLED_LINES)]:
        if genre := genre_of_title(paragraph.span.of(told.head.flow)):
            return Found(genre, paragraph.span)
    return None


def _reply(told: Told) -> Found[Genre] | None:
    return Found(Genre.REPLY, None) if is_reply(told.head.first_words) else None


def _report(told: Told) -> Found[Genre] | None:
    reported = told.reported
    if reported is None or reported.from_file_name or speaks_itself(told.head.flow):
        return None
    return Found(Genre.NEWS, None) if _ATTACHED not in told.head.first_words else None


def _numbered(told: Told) -> Found[Genre] | None:
    genre = genre_of_number(told.number) if told.number else None
    return Found(genre, None) if genre else None


def _no_letterhead(told: Told) -> Found[Genre] | None:
    return None if told.head.end else Found(Genre.NEWS, None)


HeadRule = Rule[Callable[[Told], Found[Value] | None]]

_LEFT = "ỦY BAN NHÂN DÂN\nTỈNH HÀ TĨNH\n"
_NUMBER = "Số: 120/TB-UBND\n"
_DAY = "Hà Tĩnh, ngày 03 tháng 4 năm 2020\n"
_TITLE = "THÔNG BÁO\nKết luận tại cuộc họp\n"
_ITEM = "1. Sở Y tế rà soát giá thuốc.\n"
_LETTER = f"{_LEFT}Số: 12/UBND-VX\nV/v rà soát giá thuốc\n{_DAY}Kính gửi: Sở Y tế.\nSở Y tế rà soát.\n"
_NEWS = "Rà soát giá thuốc\nUBND tỉnh Hà Tĩnh vừa ban hành Công văn số 12/UBND-VX về giá thuốc.\n"

NUMBERS: Final[tuple[HeadRule[str], ...]] = (
    Rule(
        "labelled-number",
        _labelled_number,
        ((_LEFT + _NUMBER + _DAY + _TITLE + _ITEM, "120/TB-UBND"), (_LETTER, "12/UBND-VX")),
    ),
)
"""What a page without letterhead reports has rows of its own: `reported.REPORTS`."""

DAYS: Final[tuple[HeadRule[date | None], ...]] = (
    Rule("place-and-day", _with_place, ((_LEFT + _NUMBER + _DAY + _TITLE + _ITEM, "2020-04-03"),)),
    Rule(
        "day-in-its-column",
        _at_line_start,
        ((f"{_LEFT}Số: 120/TB-UBND          ngày 03 tháng 4 năm 2020\n{_TITLE}{_ITEM}", "2020-04-03"),),
    ),
    Rule(
        "place-and-figures",
        _bare_date,
        ((f"{_LEFT}{_NUMBER}Hà Tĩnh, 03/4/2020\n{_TITLE}{_ITEM}", "2020-04-03"),),
    ),
)

ISSUERS: Final[tuple[HeadRule[str], ...]] = (
    Rule("capitals", _in_capitals, ((_LEFT + _NUMBER + _DAY + _TITLE + _ITEM, "UBND tỉnh Hà Tĩnh"),)),
    Rule("said-to-issue", _in_report, ((_NEWS, "UBND tỉnh Hà Tĩnh"),)),
    Rule(
        "province-named-first",
        _province_named,
        (("Rà soát giá thuốc\nUBND tỉnh Nghệ An họp về giá thuốc.\n", "UBND tỉnh Nghệ An"),),
    ),
)
SUBJECTS: Final[tuple[HeadRule[str], ...]] = (
    Rule("under-title", _under_title, ((_LEFT + _NUMBER + _DAY + _TITLE + _ITEM, "Kết luận tại cuộc họp"),)),
    Rule("about", _about, ((_LETTER, "rà soát giá thuốc"),)),
    Rule("headline", _headline, ((_NEWS, "Rà soát giá thuốc"),)),
)
SIGNERS: Final[tuple[HeadRule[str], ...]] = (
    Rule(
        "name-below-office",
        _signed,
        (
            (
                f"{_LEFT}{_NUMBER}{_DAY}{_TITLE}{_ITEM}\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nTrần Văn An\n",
                "Trần Văn An",
            ),
        ),
    ),
)
ADDRESSEES: Final[tuple[HeadRule[tuple[AgencyMention, ...]], ...]] = (
    Rule(
        ADDRESSED_RULE,
        _addressed,
        (
            (_LETTER, "Sở Y tế"),
            (_LETTER.replace(" Sở Y tế.", "\n- Sở Y tế;\n- Sở Nội vụ.", 1), "Sở Y tế; Sở Nội vụ"),
        ),
    ),
)
GENRES: Final[tuple[HeadRule[Genre], ...]] = (
    Rule("title", _titled, ((_LEFT + _NUMBER + _DAY + _TITLE + _ITEM, "notice"),)),
    Rule("answers", _reply, (("Trả lời ý kiến cử tri\nSở Y tế trả lời như sau.\n", "reply"),)),
    Rule("reports-another", _report, ((_NEWS, "news"),)),
    Rule("symbol", _numbered, ((_LETTER, "letter"),)),
    Rule("no-letterhead", _no_letterhead, (("Rà soát giá thuốc\nSở Y tế vừa họp.\n", "news"),)),
)
"""What has a head and neither a title nor a number is of no kind that is known."""
