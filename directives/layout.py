"""From lines to paragraphs: undo hard line breaks, pass over page numbers, keep every offset.

`lay_out` gives the paragraphs and a *flow*: the canonical text, character for character, in which each break
inside a paragraph and each page number is blank. A pattern that allows white space therefore reads across
pages, and what it finds has the offsets of the canonical text.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from directives.inline_marks import Paragraph, split_at_inline_marks
from directives.markers import read_mark
from directives.model import Span

_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:(?:Trang|Page)\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?[-–—\s]*")
_RULE = re.compile(r"[-–—_=*.~\s|]*")
_ENDED = (".", ";", ":", "!", "?", "…")
_NOT_DONE = re.compile(
    r"(?:[,(/&]|\b(?:và|của|với|về|các|tại|số|ngày|tháng|năm|theo|cho|từ|đến|trong|quý|Quý|Điều|khoản|điểm|mục|là|để|do|"
    r"hoặc|bằng|trên|trước|sau|như|những|một))$"
)
_STANDS_ALONE = re.compile(
    r"\s*(?:Nơi nhận|Kính gửi|KÍNH GỬI|Nơi gửi|Số\s*:|V/v|TM\.|KT\.|TL\.|TUQ\.|Q\.|T/M|T/L|K/T|"
    r"Độc lập|CỘNG HÒA|CỘNG HOÀ|ĐẢNG CỘNG)"
)
_OPENS_PARAGRAPH = re.compile(
    r"(?:Yêu cầu các|Trên đây|Thừa lệnh|Trong quá trình|Nhận được|Căn cứ|Mọi thắc mắc|"
    r"(?:Thông báo|Chỉ thị|Quyết định|Công văn|Kế hoạch|Công điện|Kết luận|Văn bản) này)\b"
)
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_YEARS_ON = re.compile(r"[-–] ?(?:19|20)\d\d\b")
_LETTER = re.compile(r"[^\W\d_]")
_LEAST_WRAPS = 2
_NEARLY_FULL = 0.9
_SHORTEST_WRAPPED = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One line with something on it, white space at both ends left out."""

    span: Span
    after_blank: bool  # a blank line stands before it
    after_page: bool  # a page number stands before it
    indent: int
    is_row: bool  # of a table


@dataclass(frozen=True, slots=True)
class Layout:
    """A text as paragraphs, and the flow they are read in."""

    flow: str
    paragraphs: tuple[Paragraph, ...]


def lay_out(text: str) -> Layout:
    """Return the paragraphs of a canonical text; works for any text, in linear time."""
    lines = _lines(text)
    width = _wrap_width(text, lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _continues(text, groups[-1][-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    paragraphs = tuple(
        part
        for group in groups
        for part in (
            (Paragraph(group[0].span, (group[0].span,)),)
            if group[0].is_row  # stands alone, and is read cell by cell
            else split_at_inline_marks(text, tuple(line.span for line in group))
        )
    )
    return Layout(_flow(text, paragraphs), paragraphs)


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    start, blank, page = 0, False, False
    for raw in text.split("\n"):
        bare = raw.strip()
        if _RULE.fullmatch(bare):
            blank = True
        elif len(bare) <= 12 and lines and _PAGE_NUMBER.fullmatch(bare):  # noqa: PLR2004 - «Trang 12/240»
            page = True
        else:
            indent = len(raw) - len(raw.lstrip())
            span = Span(start + indent, start + indent + len(bare))
            lines.append(Line(span, blank, page, indent, is_row=bare.count("|") > 1))
            blank = page = False
        start += len(raw) + 1
    return lines


def _wrap_width(text: str, lines: list[Line]) -> int:
    """Return the width at which lines were broken by force, 0 where they were not."""
    widths = [
        before.indent + before.span.end - before.span.start
        for before, line in pairwise(lines)
        if _surely_continues(text, before, line) and before.span.end - before.span.start >= _SHORTEST_WRAPPED
    ]
    if len(widths) < _LEAST_WRAPS:
        return 0
    widths.sort()
    return widths[len(widths) * 4 // 5]


def _surely_continues(text: str, before: Line, line: Line) -> bool:
    first = text[line.span.start]
    return (
        first.islower()
        and not line.after_blank
        and not text.startswith(_ENDED, before.span.end - 1)
        and read_mark(text, line.span.start, line.span.end) is None
    )


def _continues(text: str, before: Line, line: Line, width: int) -> bool:
    """Tell whether a line goes on with the sentence of the line before."""
    first, end = text[line.span.start], text[max(before.span.start, before.span.end - 12) : before.span.end]
    rows = before.is_row or line.is_row or "|" in (first, end[-1])
    if rows or _STANDS_ALONE.match(text, line.span.start):
        return False
    if _YEARS_ON.match(text, line.span.start, line.span.end) and _YEAR.search(end):
        return True  # «giai đoạn 2016 / - 2020» is no bullet
    full = width > 0 and _is_full(text, before, line, width)
    if read_mark(text, line.span.start, line.span.end):
        return bool(_NOT_DONE.search(end)) and (first.isdigit() or full) and not end.endswith(",")
    if line.after_blank and not line.after_page:
        return first.islower() and not end.endswith(_ENDED) and not _shouts(text, before)
    return _runs_on(text, before, line, full=full)


def _runs_on(text: str, before: Line, line: Line, *, full: bool) -> bool:
    """Tell whether a line without a mark, right below another, goes on with it."""
    end = text[max(before.span.start, before.span.end - 12) : before.span.end]
    if text[line.span.start].islower():
        return not end.endswith(":")
    if (_NOT_DONE.search(end) or (line.after_page and not end.endswith(_ENDED))) and (
        full or not _shouts(text, before)
    ):
        return True
    opens = end.endswith(_ENDED) and _OPENS_PARAGRAPH.match(text, line.span.start)
    return full and not end.endswith(":") and not opens


def _is_full(text: str, before: Line, line: Line, width: int) -> bool:
    """Tell whether the next line's first word had no room on the line before."""
    stop = text.find(" ", line.span.start, line.span.end)
    word = (stop if stop >= 0 else line.span.end) - line.span.start
    return before.indent + before.span.end - before.span.start + 1 + word >= width * _NEARLY_FULL


def _shouts(text: str, line: Line) -> bool:
    """Tell whether the line is all in capitals, as headings are."""
    words = line.span.of(text)
    return _LETTER.search(words) is not None and words == words.upper()


def _flow(text: str, paragraphs: tuple[Paragraph, ...]) -> str:
    parts: list[str] = []
    at = 0
    for paragraph in paragraphs:
        parts.append(_blank(text[at : paragraph.span.start], keep_breaks=True))
        at = paragraph.span.start
        for line in paragraph.lines:
            parts.append(_blank(text[at : line.start], keep_breaks=False))
            parts.append(line.of(text))
            at = line.end
    parts.append(_blank(text[at:], keep_breaks=True))
    return "".join(parts)


def _blank(text: str, *, keep_breaks: bool) -> str:
    if keep_breaks:
        if not text.strip(" \n"):
            return text
        return "".join("\n" if letter == "\n" else " " for letter in text)
    return " " * len(text)
