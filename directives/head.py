"""Where the head of a document ends and its foot begins, and the cells that stand in the head."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from directives.columns import Cell, Lined, cells_of
from directives.genres import genre_of_title
from directives.layout import Layout
from directives.markers import read_mark
from directives.reported import NUMBER
from directives.subject_line import ABOUT, title_of
from directives.tables import is_table_line

_HEAD_PARAGRAPHS = 40
HEAD_CHARACTERS = 4000
OWN_NUMBER = re.compile(rf"^\W{{0,3}}[Ss][Ốố]\s*[:.]?\s*(?P<number>{NUMBER})")
_BLANK_NUMBER = re.compile(r"^\W{0,3}[Ss][Ốố]\s*[:.]?\s*[.…_ ]*\s?/\s?[A-ZĐ]")
BLANK_PART = re.compile(r"^\W{0,3}[Ss][Ốố]\s*[:.]?[.…_ ]*(?:/|$)|^\s?/\s?[A-ZĐ]")  # a wide gap parts the cell
_CAPITAL = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
DATE = re.compile(
    rf"(?P<place>(?<!\w)[{_CAPITAL}][^\W\d_]*\.?(?:[ \t'’-]{{1,3}}[{_CAPITAL}][^\W\d_]*\.?){{0,5}}\s*,\s*"
    rf"(?:(?:hồi|lúc)\s+\d{{1,2}}\s*(?:giờ|h|:)\s*(?:\d{{2}}\s*)?(?:phút\s*)?,?\s*)?)?"
    r"ngày?\s{0,40}(?P<day>\d{1,2})\s{0,40}"
    r"(?:tháng|[/.-])\s{0,40}(?P<month>\d{1,2})\s{0,40}(?:năm|[/.-])\s{0,40}(?P<year>(?:19|20)\d\d)"
)
BARE_DATE = re.compile(  # «Hà Nội, 05/6/2023»: a place and a day alone
    rf"(?P<place>^[{_CAPITAL}][^\W\d_]*\.?(?:[ '’-]{{1,3}}[{_CAPITAL}][^\W\d_]*\.?){{0,5}}),\s*"
    r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>(?:19|20)\d\d)\W*$"
)
_RUNS_UP_TO = re.compile(r"[^\W_]{2},? $")
MOTTO = re.compile(
    r"(?i)cộng h[òo][aà]\s+x\S\s*hội|độc\s*lập\s*[-–]?\s*tự\s*do|đảng\s+cộng\s+sản\s+việt\s+nam"
)
TAIL = re.compile(
    r"^\W*(?:Nơi nhận|NƠI NHẬN|Nơi gửi|(?:TM|KT|TL|TUQ|T/M|T/L|K/T|Q)\s?[./]\s?\s?[A-ZĐÀ-Ỹ]{2}|"
    r"(?:PHÓ |TỔNG |PHÓ TỔNG )?(?:CHỦ TỊCH|GIÁM ĐỐC|CHÁNH VĂN PHÒNG|BỘ TRƯỞNG|THỨ TRƯỞNG|BÍ THƯ|THỦ TƯỚNG"
    r"|(?:CHI )?CỤC TRƯỞNG|THỐNG ĐỐC|VIỆN TRƯỞNG|TRƯỞNG BAN)\s*$)"
)
ADDRESSED = re.compile(
    r"^\W*(?i:kính gửi)\s*:?|[^a-z\n]{0,160}(?i:điện|gửi)\s*:\s*$|^\W*(?i:điện|gửi)\s*:\s*$"
)
_TITLE_PARAGRAPHS = 3
_LONGEST_HEAD_LINE = 160
_LONGEST_DATE_LINE = 120
_APPENDIX = re.compile(r"(?i)^\W*(?:phụ lục|phụ biểu|biểu số|danh mục)\b")


@dataclass(frozen=True, slots=True)
class Head:
    """A document as its head and foot are read."""

    flow: str
    file_name: str | None
    paragraphs: Sequence[Lined]
    end: int  # how many paragraphs stand before the body
    cells: tuple[Cell, ...]  # of the head
    foot: Sequence[Lined]  # up to an appendix
    body_end: int  # where the foot begins

    @classmethod
    def of(cls, layout: Layout, file_name: str | None) -> "Head":
        """Find the head and the foot of a document laid out."""
        flow, paragraphs = layout.flow, layout.paragraphs
        end = _head_end(flow, paragraphs)
        body_end, foot = _foot(flow, paragraphs, end)
        return cls(flow, file_name, paragraphs, end, tuple(cells_of(flow, paragraphs[:end])), foot, body_end)

    @property
    def body_start(self) -> int:
        """Return where the body begins."""
        return self.paragraphs[self.end].span.start if self.end < len(self.paragraphs) else len(self.flow)

    @property
    def first_words(self) -> str:
        """Return the words among which a page names what it is about."""
        return self.flow[:HEAD_CHARACTERS]


def _head_end(flow: str, paragraphs: Sequence[Lined]) -> int:
    """Return how many paragraphs stand before the body."""
    last = -1
    addressed = False
    for index, paragraph in enumerate(paragraphs[:_HEAD_PARAGRAPHS]):
        words = paragraph.span.of(flow)
        if paragraph.span.start > HEAD_CHARACTERS or (last < 0 and index > _HEAD_PARAGRAPHS // 2):
            break
        if ADDRESSED.match(words):
            addressed, last = True, index
        elif addressed and words[:1] in "-–+•|":
            last = index
        elif last >= 0 and (addressed or TAIL.match(words)) and not _is_head_line(words):
            break  # the body has begun, or ended
        elif _is_head_line(words) or title_of(flow, paragraph):
            addressed, last = False, index
            if genre_of_title(words):
                last = index + title_lines(flow, paragraphs, index + 1)
        elif len(words) > 200 and last >= 0 and not words.startswith("|"):  # noqa: PLR2004 - prose
            break
    return last + 1


def title_lines(flow: str, paragraphs: Sequence[Lined], start: int) -> int:
    """Return how many paragraphs after the title are its subject."""
    count = 0
    for paragraph in paragraphs[start : start + _TITLE_PARAGRAPHS]:
        words = paragraph.span.of(flow)
        if words.endswith((".", ":", ";", ",")) or read_mark(flow, paragraph.span.start, paragraph.span.end):
            break
        if is_table_line(words):  # a table right under the title
            break
        count += 1
    return count


def _foot(flow: str, paragraphs: Sequence[Lined], end: int) -> tuple[int, Sequence[Lined]]:
    """Return where the body ends, and the paragraphs of the foot up to an appendix."""
    for index, paragraph in enumerate(paragraphs):
        if index >= end and TAIL.match(paragraph.span.of(flow)):
            tail = paragraphs[index:]
            stop = next((n for n, one in enumerate(tail) if _APPENDIX.match(one.span.of(flow))), len(tail))
            return paragraph.span.start, tail[:stop]
    return len(flow), ()


def _is_head_line(words: str) -> bool:
    line = words.strip()
    labelled = OWN_NUMBER.match(line) or _BLANK_NUMBER.match(line) or ABOUT.match(line)
    return bool(
        MOTTO.search(line)
        or (len(line) < _LONGEST_HEAD_LINE and (labelled or _dates_the_document(line)))
        or genre_of_title(line)
    )


def _dates_the_document(line: str) -> bool:
    """Tell whether «Đắk Lắk, ngày 12 tháng 5 năm 2010» stands by itself in the line."""
    if BARE_DATE.match(line):
        return True
    if "ngà" not in line or not line[0].isupper() or len(line) >= _LONGEST_DATE_LINE:
        return False
    found = DATE.search(line)
    if found is None or not found["place"]:
        return False
    behind = line[found.end() :].lstrip()
    return not behind.startswith((",", ";")) and not _RUNS_UP_TO.search(line[: found.start()])
