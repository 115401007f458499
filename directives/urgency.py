"""The stamp of urgency in a head: a row for each degree, the highest first (NĐ 30/2020/NĐ-CP, Phụ lục I).

Only a line, or a cell of one, that says nothing else is a stamp: «Công điện khẩn» names a kind, «khẩn
trương» urges.
"""

import re
from collections.abc import Callable
from typing import Final

from directives.grammar import Rule
from directives.head_fields import Found, HeadRule, Told
from directives.model import Span, Urgency

_HOUR = r"(?:\s*[-–:]?\s*hẹn giờ(?:\s*[-–:]?\s*\d{1,2}\s*(?:giờ|h|:)\s*\d{0,2}.{0,30})?)?"
_HEAD = "ỦY BAN NHÂN DÂN\nTỈNH HÀ TĨNH\nSố: 12/UBND-VX\nHà Tĩnh, ngày 03 tháng 4 năm 2020\n{}\n"
_BODY = "Kính gửi: Sở Y tế.\nSở Y tế rà soát giá thuốc.\n"


def _stamped(words: str, degree: Urgency) -> Callable[[Told], Found[Urgency] | None]:
    stamp = re.compile(rf"[\s*_\[(«\"]*(?:độ khẩn\s*:\s*)?(?:{words})[\s*_\])».!\"]*", re.IGNORECASE)

    def decide(told: Told) -> Found[Urgency] | None:
        for cell in told.head.cells:
            if stamp.fullmatch(cell.words):
                return Found(degree, Span(cell.span.start, cell.span.end))
        return None

    return decide


def _in_heads(stamps: tuple[str, ...], degree: Urgency) -> tuple[tuple[str, str], ...]:
    return tuple((_HEAD.format(stamp) + _BODY, degree.value) for stamp in stamps)


URGENCIES: Final[tuple[HeadRule[Urgency], ...]] = (
    Rule(
        "stamped-flash",
        _stamped(rf"(?:hỏa|hoả) tốc{_HOUR}", Urgency.FLASH),
        _in_heads(
            ("HỎA TỐC", "HOẢ TỐC", "Hỏa tốc hẹn giờ", "HỎA TỐC HẸN GIỜ: 16 giờ 30 ngày 10/8/2021"),
            Urgency.FLASH,
        ),
    ),
    Rule(
        "stamped-very-urgent",
        _stamped("thượng khẩn", Urgency.VERY_URGENT),
        _in_heads(("THƯỢNG KHẨN", "[Thượng khẩn]"), Urgency.VERY_URGENT),
    ),
    Rule(
        "stamped-urgent",
        _stamped("khẩn", Urgency.URGENT),
        _in_heads(("KHẨN", "Độ khẩn: Khẩn"), Urgency.URGENT),
    ),
)
