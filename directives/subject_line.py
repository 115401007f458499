"""What a document is about: the lines under its title, or the «V/v …» of a letter in its narrow column."""

import re
from collections.abc import Iterable, Iterator, Sequence

from directives.columns import Cell, Lined
from directives.genres import genre_of_title
from directives.model import Genre, Span
from directives.text import one_line

ABOUT = re.compile(r"(?i)^\W*(?:v/v|về việc|trích yếu)[:.]?\s*")
_BEHIND_NUMBER = re.compile(r"^\W{0,3}[Ss][Ốố]\s*[:.]?\s*\S+\s+(?=[Vv]/[Vv]|[Vv]ề việc|Trích yếu)")
_NO_MORE = re.compile(
    r"(?i)^\W*(?:kính gửi|số\s*[:.]|v/v|nơi nhận|cộng h(?:òa|oà)|độc lập|đảng cộng sản)"
    r"|^[^,;]{2,40},\s*ngày\s+\d"
)
_WHO_DECIDES = re.compile(
    r"^\W*(?:(?:PHÓ )?CHỦ TỊCH|CHÁNH|BỘ TRƯỞNG|THỐNG ĐỐC|THỦ TƯỚNG|GIÁM ĐỐC|(?:ỦY|UỶ) BAN NHÂN DÂN|UBND"
    r"|HỘI ĐỒNG NHÂN DÂN|"
    r"CHÍNH PHỦ|TỔNG)(?!\w)"
)
_FURNITURE = re.compile(
    r"(?i)»|^\W*(?:trang chủ|tin tức|báo |cổng thông tin|cập nhật|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật"
    r"|đăng)"
    r"|^.{0,40}\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?20\d\d\W*$|\d{1,2}:\d\d"
)
_FURNITURE_LINES = 6
_MOST_LINES = 5
_COLUMN = 24  # a cell this much further right stands in the other column
_LONGEST_CAPITALISED = 60


def title_of(flow: str, paragraph: Lined) -> Genre | None:
    """Return the kind of document that a paragraph or its first line names: «THÔNG BÁO KẾT LUẬN / của …»."""
    return genre_of_title(paragraph.span.of(flow)) or (
        genre_of_title(paragraph.lines[0].of(flow)) if len(paragraph.lines) > 1 else None
    )


def headline_of(flow: str, paragraphs: Sequence[Lined]) -> Span | None:
    """Return the headline of a web page: the first line that is no furniture of the page."""
    first = (one.span for one in paragraphs[:_FURNITURE_LINES] if not _FURNITURE.search(one.span.of(flow)))
    return next(first, paragraphs[0].span if paragraphs else None)


def under_title(flow: str, head: Sequence[Lined], title_lines: dict[int, int]) -> tuple[str, Span] | None:
    """Return the words under a title; `title_lines` says how many paragraphs each title has."""
    for index, paragraph in enumerate(head):
        if genre_of_title(paragraph.span.of(flow)):
            lines = [one.span for one in head[index + 1 : index + 1 + title_lines.get(index, 0)]]
        elif len(paragraph.lines) > 1 and genre_of_title(paragraph.lines[0].of(flow)):
            lines = list(paragraph.lines[1:])
        else:
            continue
        stop = next(
            (n for n, line in enumerate(lines) if n and _WHO_DECIDES.match(line.of(flow))), len(lines)
        )
        if stop:
            span = Span(lines[0].start, lines[stop - 1].end)
            return one_line(span.of(flow)), span
    return None


def about(cells: Sequence[Cell]) -> tuple[str, Span] | None:
    """Return the words behind «V/v» in the column of the number."""
    for index, cell in enumerate(cells):
        lead = _BEHIND_NUMBER.match(cell.words)
        begin = lead.end() if lead else 0
        if found := ABOUT.match(cell.words[begin:]):
            rest = list(_wrapped(cell, cells[index + 1 :]))
            start = cell.span.start + begin + found.end()
            last = rest[-1] if rest else cell
            alone = not any(cell.line <= one.line < last.line and one.column for one in cells)
            words = " ".join([cell.words[begin + found.end() :], *(one.words for one in rest)])
            return one_line(words), Span(start, last.span.end if alone else cell.span.end)
    return None


def _wrapped(first: Cell, following: Iterable[Cell]) -> Iterator[Cell]:
    """Yield the cells of the same column on the next lines, as long as the subject runs on."""
    line = first.line
    for cell in following:
        if cell.line == first.line or cell.column or abs(cell.indent - first.indent) > _COLUMN:
            continue
        if cell.line > line + 1 or cell.line > first.line + _MOST_LINES or not _runs_on(cell):
            return
        line = cell.line
        yield cell


def _runs_on(cell: Cell) -> bool:
    if (
        cell.apart
        or _NO_MORE.match(cell.words)
        or genre_of_title(cell.words)
        or cell.words == cell.words.upper()
    ):
        return False
    if cell.words[0].islower() or cell.words[0].isdigit():
        return True
    return len(cell.words) <= _LONGEST_CAPITALISED and not cell.words.endswith((".", ":", ";"))
