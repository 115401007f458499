"""Sentences that give their first bodies no work: reports, promises of the issuer, words to the public."""

import re
from typing import Final

from directives.acting import Subject
from directives.grammar import Wording
from directives.model import Span
from directives.page import Page
from directives.text import folded
from directives.voice import gives_orders, is_own_voice

OFFICE_WORKS: Final = Wording(
    "office-works",
    re.compile(
        r"văn\s+phòng(?!.{0,60}(?:thông\s+báo(?!\s+(?:này|số|nêu|nói|trên))|truyền\s+đạt|kính|trân\s+trọng|xin|nhận\s+được|vừa|đã|"
        r"ban\s+hành|có\s+(?:thông|công|văn)))"
    ),
    ("«Văn phòng» UBND tỉnh có trách nhiệm theo dõi.",),
    ("Văn phòng UBND tỉnh trân trọng thông báo.",),
)
EVENT: Final = Wording(
    "event",
    re.compile(
        r"(?:trong\s+)?(?:ngày\s+\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}(?!\d)|tại\s+(?:văn\s+bản|công\s+văn|"
        r"tờ\s+trình|báo\s+cáo|phiếu|kết\s+luận|biên\s+bản)[^,;]{0,40}?\s\d)"
    ),
    ("«Ngày 03/4/2020», Sở Y tế kiểm tra chợ.", "«Tại Công văn số 1»2, Sở Y tế đề nghị."),
    ("Tại chợ, Sở Y tế kiểm tra.",),
)
# People, not bodies. «Tổ chức đảng», «các hộ tịch viên» and the like are none of them.
PUBLIC: Final = Wording(
    "public",
    re.compile(
        r"(?:các|những|mọi|toàn\s+thể|quý)?\s*(?:tổ\s+chức\s*(?:,|và|hoặc|/)\s*(?:cá\s+nhân|công\s+dân)|"
        r"cá\s+nhân|công\s+dân|người\s+(?:dân|tham\s+gia|điều\s+khiển|lao\s+động|nộp|sử\s+dụng|dự\s+tuyển|"
        r"có\s+nhu\s+cầu)|"
        r"thí\s+sinh|phụ\s+huynh|học\s+sinh|sinh\s+viên|(?:quý\s+)?khách|du\s+khách|bạn\s+đọc|hộ\s+(?:dân|"
        r"gia\s+đình|kinh\s+doanh)|(?:đông\s+đảo\s+)?nhân\s+dân|bà\s+con|chủ\s+phương\s+tiện)(?!\w)"
    ),
    ("«Tổ chức, cá nhân» có nhu cầu nộp hồ sơ.", "«Các hộ gia đình» đăng ký."),
    ("Tổ chức đảng họp.",),
)
WORDINGS: Final = (OFFICE_WORKS, EVENT, PUBLIC)


def is_background(page: Page, head: Subject, *, asked: bool) -> bool:
    """Tell whether a sentence with this subject only reports, or speaks for the issuer."""
    if head.rule == "background":
        return True
    if head.ordered or head.rule in ("colon-head", "heading"):
        return False
    if not asked or not (gives_orders(head.leads) and is_own_voice(page, head.leads)):
        return not asked
    return not OFFICE_WORKS.match(page.small, head.leads[0].span.start)


def reports(page: Page, sentence: Span, head: Subject, *, asked: bool) -> bool:
    """Tell whether a sentence only says what its first bodies did, or speaks for the issuer."""
    return is_background(page, head, asked=asked) or tells_event(page, sentence, head)


def tells_event(page: Page, sentence: Span, head: Subject) -> bool:
    """Tell whether a sentence says what somebody did, on a day that is over or in a document of his own."""
    if head.ordered or head.start == sentence.start or page.deadline_at(sentence.start) is not None:
        return False
    return EVENT.match(page.small, sentence.start, head.start) is not None


def asks_issuer(page: Page, head: Subject) -> bool:
    """Tell whether the issuer itself is asked: «Kính mong UBND tỉnh quan tâm», in a question it answers."""
    asked = head.rule in ("verb-assigns", "order-inside") and is_own_voice(page, head.leads)
    return asked and "văn phòng" not in folded(head.leads[0].text)


def speaks_to_public(page: Page, head: Subject) -> bool:
    """Tell whether a sentence speaks to people and not to bodies: «Tổ chức, cá nhân có nhu cầu nộp …»."""
    return bool(head.leads) and all(PUBLIC.match(page.small, lead.span.start) for lead in head.leads)
