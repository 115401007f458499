"""Doubt every date and quarter read from a picture: one digit, or one stroke, is another day.

No digit of a date can be checked against the rest of its sentence, so a person compares it with the paper.
"""

import re
from collections.abc import Collection, Sequence
from typing import Final

from directives.model import Doubt, Span
from directives.readers.places import Stretch

DATE: Final = "date-from-scan"
QUARTER: Final = "quarter-from-scan"
NUMBER: Final = "number-from-scan"
UNREAD: Final = "page-not-read"
YEAR: Final = r"(?:19|20)\d\d"
NUMERAL: Final = r"[IVXHTLUJÏÌÍỊ1-4l|!\[]{1,5}(?![^\W\d_])"  # or what an engine makes of one
PATTERN: Final = re.compile(
    rf"(?P<quarter>\bqu[ýyíi]\s+(?:(?-i:{NUMERAL})(?:\s?/\s?{YEAR})?(?:\s+năm\s+{YEAR})?"
    rf"|\S{{1,6}}(?:\s?/\s?|\s+năm\s+){YEAR}))"
    r"|\b(?:ngày\s+)?\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)?\d\d\b"
    rf"|\bngày\s+\d{{1,2}}\s+tháng\s+\d{{1,2}}(?:\s+năm\s+{YEAR})?"
    rf"|\bngày\s+\d{{1,2}}/\d{{1,2}}\b(?:\s+năm\s+{YEAR})?"
    rf"|\btháng\s+\d{{1,2}}(?:\s?[/-]\s?{YEAR}|\s+năm\s+{YEAR})?"
    rf"|\b\d{{1,2}}/{YEAR}\b"
    rf"|\bngày\s+\d{{1,2}}\b"
    r"|\b\d{1,3}\s+(?:ngày|tuần|tháng)\b(?:\s+làm\s+việc)?"
    r"|(?P<number>\b\d+/[A-ZĐ0-9&-]+(?-i:[Il1])\b)"  # «KT1» or «KTI»: the engine cannot tell
    rf"|\b(?:trong|đến|hết|trước|cuối|đầu)\s+năm\s+{YEAR}\b",
    re.IGNORECASE,
)


def doubts_of_scan(text: str, stretches: Sequence[Stretch], scans: Collection[int]) -> tuple[Doubt, ...]:
    """Return a doubt for each date, quarter and period that stands on the pages of these numbers."""
    read = [stretch.span for stretch in stretches if stretch.place.page in scans]
    doubts, index = [], 0
    for match in PATTERN.finditer(text):
        span = Span(match.start(), match.end())
        while index < len(read) and read[index].end <= span.start:
            index += 1
        if index < len(read) and read[index].overlaps(span):
            doubts.append(_doubt(match, span))
    return tuple(doubts)


def unread_page(number: int) -> Doubt:
    """Return the doubt of a page that is a picture, where nothing can read it."""
    return Doubt(UNREAD, f"Trang {number} là ảnh chụp, chưa đọc được vì máy chưa cài phần nhận dạng chữ.")


def _doubt(match: re.Match[str], span: Span) -> Doubt:
    words = " ".join(match.group().split())
    if match.group("quarter"):
        return Doubt(QUARTER, f"Quý đọc từ bản chụp: «{words}»; đề nghị so số La Mã với ảnh.", span)
    if match.group("number"):
        return Doubt(NUMBER, f"Số văn bản đọc từ bản chụp: «{words}»; đề nghị so chữ cuối với ảnh.", span)
    return Doubt(DATE, f"Ngày, tháng đọc từ bản chụp: «{words}»; đề nghị so với ảnh.", span)
