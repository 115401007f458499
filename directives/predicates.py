"""What stands behind a body: what it is to do, or what it only did, is or says."""

import re
from dataclasses import replace
from typing import Final

from directives.agencies import Mention
from directives.bodies import skip_spaces
from directives.grammar import Wording, Wordings
from directives.model import Span
from directives.page import Page
from directives.verbs import starts_with_action

TO_DO: Final = Wordings(
    (
        Wording(
            "is-to-lead-or-help",
            re.compile(
                r"\s*+,?\s*+(?:chủ\s+trì|phối\s+hợp|là\s+(?:cơ\s+quan|đơn\s+vị|đầu\s+mối|thường\s+trực)"
                r"|với\s+vai\s+trò)(?!\w)"
            ),
            ("Sở Y tế« chủ trì» rà soát.", "Sở Y tế« là đầu mối» tổng hợp."),
        ),
        Wording(
            "is-bound",
            re.compile(
                r"\s*+,?\s*+(?:có\s+(?:trách\s+nhiệm|nhiệm\s+vụ)|chịu\s+trách\s+nhiệm|phải|cần)(?!\w)"
            ),
            ("Sở Y tế« có trách nhiệm» rà soát.", "Sở Y tế« phải» rà soát."),
        ),
        Wording(
            "acts-on-a-ground",
            re.compile(
                r"\s*+,?\s*+(?:theo\s+(?:đúng\s+)?(?:chức|thẩm|nhiệm|phạm|lĩnh|địa)|căn\s+cứ|trên\s+cơ\s+sở"
                r"|trong\s+phạm\s+vi|trong\s+quá\s+trình|để|nhằm)(?!\w)"
            ),
            ("Sở Y tế« căn cứ» Luật Dược rà soát.", "Sở Y tế« theo chức» năng rà soát."),
            ("Sở Y tế theo dõi.",),
        ),
    )
)
"""Words that say that a body is to act, whatever verb follows."""

NOT_TO_DO: Final = Wordings(
    (
        Wording(
            "need-not",
            re.compile(r"\s*+,?\s*+(?:không\s+(?:phải|cần))(?!\w)"),
            ("Sở Y tế« không phải» báo cáo.",),
        ),
        Wording(
            "did-or-will",
            re.compile(r"\s*+,?\s*+(?:đã|sẽ|đang|chưa|vẫn|còn|mới|bị|vừa|từng|hiện)(?!\w)"),
            ("Sở Y tế« đã» rà soát.", "Sở Y tế« vẫn» chậm."),
        ),
        Wording(
            "says",
            re.compile(
                r"\s*+,?\s*+(?:cho\s+biết|cho\s+rằng|báo\s+cáo\s+(?:đã|rằng|là|cho\s+biết)|nhấn\s+mạnh"
                r"|khẳng\s+định|ghi\s+nhận|nhận\s+định|phát\s+biểu|đánh\s+giá\s+cao|biểu\s+dương|phê\s+bình)(?!\w)"
            ),
            ("Sở Y tế« cho biết» giá tăng.", "Sở Y tế« báo cáo đã» rà soát."),
            ("Sở Y tế báo cáo kết quả.",),
        ),
        Wording(
            "is-of-or-at",
            re.compile(r"\s*+,?\s*+(?:của|tại|gồm|bao\s+gồm|đạt|nơi|thuộc|trực\s+thuộc|có\s+buổi)(?!\w)"),
            ("Các xã« thuộc» huyện Kỳ Anh.", "UBND tỉnh« có buổi» làm việc."),
        ),
        Wording(
            "meets",
            re.compile(
                r"\s*+,?\s*+(?:chủ\s+trì|dự|tham\s+dự|tổ\s+chức)\s+(?:cuộc|buổi|hội\s+nghị|phiên|lễ|"
                r"họp(?!\s+(?:dân|thôn|bàn|rà\s+soát|kiểm\s+điểm|đánh\s+giá|xét|với)))(?!\w)"
            ),
            ("Chủ tịch UBND tỉnh« chủ trì cuộc» họp.",),
            ("UBND xã tổ chức họp dân.",),
        ),
    )
)
"""Words that only tell of a body: what it did, said, got or is."""

WHERE: Final = Wording(
    "which-of-them",
    re.compile(
        r"\s*+,?\s*+(?:nơi|để|có|không|còn|chưa|bị|thuộc|tại|trên|trong)\s(?:[^,;:.()]|"
        r"\([^()]{1,120}\)){2,90}?,?\s(?=(?:phải|có\s+(?:trách\s+nhiệm|nhiệm\s+vụ)|chịu\s+trách\s+nhiệm|cần"
        r"|khẩn\s+trương|nghiêm\s+túc)\s)"
    ),
    (
        "Chủ tịch UBND các xã« nơi xảy ra cháy »phải báo cáo.",
        "Các địa phương« chưa hoàn thành »khẩn trương báo cáo.",
    ),
    ("Các địa phương chưa hoàn thành.",),
)
"""Words that say which of a group is meant, before what it must do."""

_WORD = re.compile(r"[^\W\d_]+")
_PAST_COMMA = re.compile(r"\s*,\s*")
_MOST_QUALIFIERS = 8
_NO_NAME = frozenset(
    (
        *("với", "của", "tại", "về", "cho", "trong", "ở", "do", "để", "từ", "đến", "theo", "và", "là", "có"),
        *("được", "đã", "sẽ", "trên", "khi", "nếu", "thì", "mà", "bằng", "như", "nhằm", "cũng"),
    )
)
_NO_GROUP = frozenset(("khi", "nếu", "thì", "mà", "để", "đã", "sẽ", "là"))


def is_to_act(page: Page, at: int, end: int) -> bool:
    """Tell whether words begin here that say what a body before them is to do."""
    if TO_DO.match(page.small, at, end) or page.deadline_at(at) is not None:
        return True
    comma = _PAST_COMMA.match(page.small, at, end)
    start = comma.end() if comma else at
    return starts_with_action(page.small, start, end) or (
        comma is not None and page.deadline_at(start) is not None
    )


def only_tells(page: Page, at: int, end: int) -> bool:
    """Tell whether words begin here that only tell of the body before them."""
    return NOT_TO_DO.match(page.small, at, end) is not None


def qualified(page: Page, group: Mention, at: int, end: int) -> Mention | None:
    """Return the group with the words that say which of it: «Các chủ hồ | chứa thủy điện | vận hành …»."""
    words = 0
    place = at
    while place < end and words < _MOST_QUALIFIERS:
        word = _WORD.match(page.flow, place, end)
        if word is None or not word[0].islower() or word[0] in (_NO_GROUP if group.is_group else _NO_NAME):
            return None
        words += 1
        place = skip_spaces(page.flow, word.end(), end)
        if is_to_act(page, place, end) or place >= end or page.flow.startswith(":", place):
            span = Span(group.span.start, word.end())
            return replace(group, text=page.words(span), name=page.words(span), code=None, span=span)
    return None
