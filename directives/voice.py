"""Whose voice a document speaks with: the bodies that give its orders do not receive them."""

import re

from directives.agencies import Mention
from directives.model import Span
from directives.page import Page
from directives.text import folded

_GIVES_ORDERS = re.compile(
    r"(?:đồng chí )?(?:phó )?(?:chủ tịch|thủ tướng|bí thư|bộ trưởng|thường trực|thứ trưởng|trưởng ban chỉ đạo)|"
    r"^(?:ubnd|ủy ban nhân dân|hđnd) (?:tỉnh|thành phố)?(?! (?:các|cấp))|"
    r"^(?:bộ|tỉnh|thành phố|huyện|chính phủ|tỉnh ủy|thành ủy|ban thường vụ|ban chỉ đạo|thường trực|văn phòng (?:ubnd|chính phủ|tỉnh ủy))\b"
)
_OFFICE = re.compile(
    r"^(?:(?:đồng chí|đ/c|phó|chủ tịch|bí thư|thường trực|ban thường vụ|lãnh đạo|văn phòng|các) )+"
)
_COMMITTEE = re.compile(r"ubnd (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)")


def gives_orders(leads: tuple[Mention, ...]) -> bool:
    """Tell whether the body is one that gives orders: «UBND tỉnh», «Chủ tịch UBND tỉnh», «Bộ»."""
    return (
        len(leads) == 1 and not leads[0].is_group and _GIVES_ORDERS.search(folded(leads[0].text)) is not None
    )


def is_own_voice(page: Page, leads: tuple[Mention, ...]) -> bool:
    """Tell whether the body is the document's own issuer, or its head, or his office."""
    if len(leads) != 1 or leads[0].is_group:
        return False
    if page.issuer is None:
        return gives_orders(leads)
    issuer = _plain(page.issuer)
    words = _OFFICE.sub("", _plain(leads[0].text))
    committee = _COMMITTEE.match(words)  # a name behind the level may be the chairman's own
    return (
        words in issuer
        or words.startswith(issuer)
        or words == "bộ"
        or bool(committee and committee[0] in issuer)
    )


def speaks_of_itself(page: Page, sentence: Span) -> bool:
    """Tell whether the sentence names the document's own number: what it reports is the document itself."""
    return page.number is not None and page.number in page.words(sentence).replace(" ", "")


def _plain(name: str) -> str:
    return folded(name).replace("ủy ban nhân dân", "ubnd")
