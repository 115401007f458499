"""Whose voice a document speaks with: the bodies that give its orders do not receive them."""

import re
from functools import lru_cache
from typing import Final

from directives.agencies import Mention
from directives.grammar import Wording
from directives.model import Span
from directives.page import Page
from directives.text import folded

GIVES_ORDERS: Final = Wording(
    "gives-orders",
    re.compile(
        r"(?:đồng chí )?(?:phó )?(?:chủ tịch|thủ tướng|bí thư|bộ trưởng|thường trực|thứ trưởng|"
        r"trưởng ban chỉ đạo)|"
        r"^(?:ubnd|ủy ban nhân dân|hđnd) (?:tỉnh|thành phố)?(?! (?:các|cấp))|"
        r"^(?:bộ|tỉnh|thành phố|huyện|chính phủ|tỉnh ủy|thành ủy|ban thường vụ|ban chỉ đạo|thường trực|"
        r"văn phòng (?:ubnd|chính phủ|tỉnh ủy))\b"
    ),
    ("«Chủ tịch» UBND tỉnh", "«UBND tỉnh»"),
    ("Sở Y tế",),
)
# «Bộ Công Thương chỉ đạo Cục Quản lý thị trường …» in another's document is work of the ministry.
ACTS: Final = Wording(
    "is-below",
    re.compile(
        r"bộ (?!trưởng)\w|(?:đồng chí )?(?:phó )?(?:chủ tịch )?(?:ubnd|ủy ban nhân dân) (?:các |huyện|quận|"
        r"thị xã|xã|phường|thị trấn|đặc khu|thành phố)"
    ),
    ("«Bộ C»ông Thương", "«UBND huyện» Kỳ Anh"),
    ("UBND tỉnh",),
)
ACTING_ON: Final = Wording(
    "acting-on",
    re.compile(r"(?:thực\s+hiện|căn\s+cứ|theo|xét|tiếp\s+theo|triển\s+khai|sau\s+khi)(?!\w)"),
    ("«Thực hiện» Công văn số 12", "«Căn cứ» Công văn số 12"),
    ("Sở Y tế rà soát",),
)
_NEAR = 300  # how far before an order the document that gave it may be named
RECEIVED: Final = Wording(
    "received",
    re.compile(r"(?<!\w)(?:nhận\s+được|tiếp\s+nhận|có)\s+(?:công\s+văn|văn\s+bản|công\s+điện|thông\s+báo)"),
    ("UBND tỉnh «nhận được Công văn» số 12",),
    ("UBND tỉnh ban hành Công văn số 12",),
)
AMONG: Final = Wording(
    "among-others",
    re.compile(r"(?:trong\s+đó|tại\s+đó|có\s+nội\s+dung|có\s+chỉ\s+đạo)(?:\s+có)?\s*,?\s*$"),
    ("Công văn số 12, «trong đó có »", "Công văn số 12 «có nội dung »"),
    ("Công văn số 12, ",),
)
ACCORDING: Final = Wording(
    "according-to-it",
    re.compile(
        r"(?:theo|tại|trong)\s+(?:đó|(?:nội\s+dung\s+)?(?:chỉ\s+thị|công\s+văn|văn\s+bản|thông\s+báo|kết\s+luận|công\s+điện|kế\s+hoạch|quyết\s+định))"
        r"(?:\s+(?:này|trên|nêu\s+trên|nói\s+trên))?\s*,"
    ),
    ("«Theo đó,» các đơn vị rà soát.", "«Tại Chỉ thị này,» UBND tỉnh yêu cầu."),
    ("Theo dõi, đôn đốc.",),
)
ASKS: Final = Wording(
    "asks",
    re.compile(r"(?:yêu cầu|đề nghị|chỉ thị|chỉ đạo|giao)[^.]{0,40}:$"),
    ("UBND tỉnh «yêu cầu các đơn vị:»", "«đề nghị Sở Y tế thực hiện:»"),
    ("UBND tỉnh thông báo:",),
)
CONCLUDES: Final = Wording(
    "concludes",
    re.compile(  # what follows gives work, though a web copy has lost the letterhead that says so
        r"(?:kết\s+luận|(?:có|cho)\s+ý\s+kiến(?:\s+chỉ\s+đạo)?|chỉ\s+đạo)\s*(?:cụ\s+thể\s+)?(?:như\s+sau|sau\s+đây)?\s*:$"
    ),
    ("Chủ tịch UBND tỉnh «kết luận như sau:»", "UBND tỉnh «có ý kiến chỉ đạo:»"),
    ("Kết luận của UBND tỉnh",),
)
WORDINGS: Final = (ASKS, CONCLUDES, GIVES_ORDERS, ACTS, ACTING_ON, RECEIVED, AMONG, ACCORDING)
_OFFICE = re.compile(
    r"^(?:(?:đồng chí|đ/c|phó|chủ tịch|bí thư|thường trực|ban thường vụ|lãnh đạo|văn phòng|các) )+"
)
_COMMITTEE = re.compile(r"ubnd (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)")


def gives_orders(leads: tuple[Mention, ...]) -> bool:
    """Tell whether the body is one that gives orders: «UBND tỉnh», «Chủ tịch UBND tỉnh», «Bộ»."""
    return (
        len(leads) == 1 and not leads[0].is_group and GIVES_ORDERS.search(folded(leads[0].text)) is not None
    )


def may_order(page: Page, leads: tuple[Mention, ...]) -> bool:
    """Tell whether a body named before «chỉ đạo», «yêu cầu» speaks, and is not told to have others act."""
    if is_own_voice(page, leads):
        return True
    return gives_orders(leads) and (page.issuer is None or ACTS.match(folded(leads[0].text)) is None)


def is_own_voice(page: Page, leads: tuple[Mention, ...]) -> bool:
    """Tell whether the body is the document's own issuer, or its head, or his office."""
    if len(leads) != 1 or leads[0].is_group:
        return False
    if page.issuer is None:
        return gives_orders(leads) and ACTS.match(folded(leads[0].text)) is None
    return _is_issuer(page.issuer, leads[0].text) or _is_issuer(page.issuer, leads[0].name)


@lru_cache(maxsize=4096)
def _is_issuer(named: str, who: str) -> bool:
    issuer, words = _plain(named), _OFFICE.sub("", _plain(who))
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


def quotes_order(page: Page, sentence: Span, verb: int) -> bool:
    """Tell whether an order is one of a document acted upon: «Thực hiện Công văn số …, trong đó giao …»."""
    acting = ACTING_ON.match(page.small, sentence.start) or RECEIVED.search(
        page.small, max(sentence.start, verb - _NEAR), verb
    )
    if acting is None:
        return False
    inside = any(sentence.start <= one.span.start < verb for one in page.citations)
    return inside and AMONG.search(page.small[max(sentence.start, verb - 40) : verb]) is not None


def _plain(name: str) -> str:
    return folded(name).replace("ủy ban nhân dân", "ubnd")


def tells_of_document(page: Page, sentence: Span) -> bool:
    """Tell whether a report goes on with what its document says: «Theo Chỉ thị, …», «Theo đó, …»."""
    return page.number is not None and ACCORDING.match(page.small, sentence.start, sentence.end) is not None
