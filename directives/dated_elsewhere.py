"""Work whose date another paper gives: «theo tiến độ tại Kế hoạch số 55/KH-UBND», «đúng thời hạn quy định».

Nothing can be counted from such words; a person has to look the date up.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from directives.grammar import Wording
from directives.model import Doubt, Span, TaskDraft
from directives.page import Page

DEADLINE_ELSEWHERE: Final = "deadline-elsewhere"
_SAID: Final = "Thời hạn theo văn bản hoặc quy định khác («{words}»); đề nghị xác định và nhập thời hạn."
_TIME = r"(?:tiến\s+độ|thời\s+hạn|thời\s+gian|lộ\s+trình|mốc\s+thời\s+gian)"
_BESIDE = rf"(?:\s*,\s*|\s+và\s+)(?:{_TIME}|nội\s+dung|chất\s+lượng|yêu\s+cầu|mục\s+tiêu|khối\s+lượng)"
ELSEWHERE: Final = Wording(
    "deadline-elsewhere",
    re.compile(
        r"(?:t(?<!\wt)(?:heo|rong)|đ(?<!\wđ)úng|b(?<!\wb)ám\s+sát)(?:\s+đúng)?"  # a search skips to letters
        rf"\s+{_TIME}(?:{_BESIDE}){{0,2}}"
        r"(?:\s+(?:hoàn\s+thành|thực\s+hiện|báo\s+cáo|gửi|giải\s+quyết|xử\s+lý|triển\s+khai)){0,2}"
        r"\s+(?:(?:đã\s+)?(?:được\s+)?(?:quy\s+định|đề\s+ra|đặt\s+ra|yêu\s+cầu|ấn\s+định)|"
        r"(?:đã|được|đã\s+được)\s+(?:phê\s+duyệt|duyệt|giao|nêu|ghi|cam\s+kết|ký\s+kết|xác\s+định)|"
        r"(?:tại|trong|theo|của)\s+(?:các\s+)?(?:kế\s+hoạch|phụ\s+lục|quyết\s+định|văn\s+bản|công\s+văn|thông\s+báo|"
        r"chỉ\s+thị|nghị\s+quyết|chương\s+trình|đề\s+án|hợp\s+đồng|quy\s+định|bảng|biểu|danh\s+mục|thông\s+tư|nghị\s+định|"
        r"công\s+điện|hướng\s+dẫn|kết\s+luận))(?!\w)"
    ),
    ("rà soát giá «theo tiến độ tại Kế hoạch» số 55/KH-UBND", "báo cáo «đúng thời hạn quy định»"),
    ("rà soát tiến độ dự án",),
)
WORDINGS: Final = (ELSEWHERE,)


def is_dated_elsewhere(page: Page, spans: Iterable[Span]) -> bool:
    """Tell whether work without a date is due when another paper says."""
    return any(ELSEWHERE.search(page.small, span.start, span.end) for span in spans)


def dates_to_look_up(page: Page, tasks: Iterable[TaskDraft]) -> Iterator[Doubt]:
    """Yield a doubt for each task of that kind, at the words that refer to the other paper."""
    for task in tasks:
        if DEADLINE_ELSEWHERE not in task.doubts:
            continue
        if found := ELSEWHERE.search(page.small, task.span.start, task.span.end):
            span = Span(*found.span())
            yield Doubt(DEADLINE_ELSEWHERE, _SAID.format(words=page.words(span)), span)
