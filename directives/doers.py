"""Who may be told to act although no register names him: persons, and «Các thành viên Ban Chỉ đạo …»."""

import re
from typing import Final

from directives.agencies import BodyKind, Mention
from directives.bodies import read_list
from directives.grammar import Wording
from directives.model import Span
from directives.page import Page
from directives.verbs import any_of, starts_with_action

PERSON: Final = Wording(
    "person",
    re.compile(
        r"(?:Các\s+)?(?:[ÔôBb](?:ng|à)|[Đđ]ồng\s+chí|[Đđ]/c)\s+[A-ZĐÀ-Ỹ][\w'’]*(?:\s+[A-ZĐÀ-Ỹ][\w'’]*){1,4}"
        r"(?:\s*[,–-]\s*[^:;.]{1,160}?)?(?=\s*:)"
    ),
    ("«Ông Trần Văn An, Phó Chủ tịch»: phụ trách chung.",),
    ("Ông Trần Văn An phụ trách.",),
)
MANY: Final = Wording(
    "many",
    re.compile(r"(?:các|những|toàn\s+thể|mỗi|từng|tất\s+cả\s+các)\s+(?:đồng\s+chí\s+)?"),
    ("«Các đồng chí »thành viên Ban Chỉ đạo", "«Mỗi »đơn vị"),
)
DUTY: Final = Wording(
    "duty",
    re.compile(
        r"(?:chủ\s+trì|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|có\s+nhiệm\s+vụ|phải|cần|phối\s+hợp\s+với)(?!\w)"
    ),
    ("«có trách nhiệm» rà soát", "«phối hợp với» Sở Y tế"),
    ("rà soát",),
)
TRADE: Final = Wording(
    "trade",
    re.compile(
        r"\s+(?:tiến\s+hành|sản\s+xuất|kinh\s+doanh|khai\s+thác|chế\s+biến|sử\s+dụng|hoạt\s+động|vận\s+hành|"
        r"chăn\s+nuôi|nuôi|trồng|giết\s+mổ|thu\s+mua|cung\s+cấp|khám)(?:\s*,?\s+(?:kinh\s+doanh|chế\s+biến|chữa\s+bệnh))?\s+"
    ),
    ("Các cơ sở« sản xuất, kinh doanh »rượu phải báo cáo", "Các cơ sở« khám chữa bệnh »báo cáo"),
    ("Các cơ sở báo cáo",),
)
NAME: Final = Wording(
    "name-of-a-person",
    re.compile(r"[A-ZĐÀ-Ỹ][\w'’]*(?:\s+[A-ZĐÀ-Ỹ][\w'’]*){1,4}(?!\w)"),
    ("đồng chí «Trần Văn An» kiểm tra",),
    ("đồng chí kiểm tra",),
)
"""Behind a courtesy; like `PERSON` asked of words as written."""

COURTESY: Final = Wording(
    "courtesy",
    re.compile(r"(?<!\w)(?:đồng\s+chí|đ/c|ông|bà)\s+$"),
    ("giao «đồng chí »", "giao «bà »"),
    ("giao thông ",),
)
NEXT_PERSON: Final = Wording(
    "next-person",
    re.compile(r"\s*(?:,|và|,\s*và)\s*(?:đồng\s+chí|đ/c|ông|bà)\s+"),
    ("Trần Văn An« và đồng chí »Lê Thị Hoa",),
    ("Trần Văn An và Sở Y tế",),
)
WORDINGS: Final = (MANY, DUTY, TRADE, COURTESY, NEXT_PERSON)
_LONGEST_COURTESY = 12
_NAME_WORD = re.compile(r"[^\W_]+(?:[.&-][^\W_]+)*")
_NOT_IN_NAMES = frozenset(
    ("đã", "sẽ", "đang", "được", "là", "có", "không", "mà", "thì", "nếu", "khi", "với", "để")
)
_MOST_WORDS = 12


def doer_at(page: Page, at: int, end: int, *, trusting: bool) -> tuple[Mention, int] | None:
    """Return who is named here without being in any register, and where the name ends; None if nobody is.

    A person with his office counts before a colon, any other only where what he is to do follows at once.
    `trusting`: in an item; in loose prose only several, and only with a date, are taken for doers.
    """
    if trusting and (person := PERSON.match(page.flow, at, end)):
        return _named(page, Span(at, person.end())), person.end()
    many = MANY.match(page.small, at, end)
    doer = any_of("doers").match(page.small, many.end() if many else at, end)
    if doer is None or not page.flow[at : at + 1].isupper():
        return None
    dated = many is not None and page.deadlines_in(Span(at, end))
    if (not trusting and not dated) or (many is None and starts_with_action(page.small, at, end)):
        return None
    place = _past_trade(page, doer.end(), end) or at
    for _ in range(_MOST_WORDS):
        word = _NAME_WORD.match(page.flow, place, end)
        if word is None or word[0] in _NOT_IN_NAMES:
            return None
        place = word.end()
        rest = place + 1 if page.flow.startswith(" ", place) else place
        if page.flow.startswith(":", place) or _acts(page, rest, end):
            return _named(page, Span(at, place)), place
        place = rest
    return None


def _past_trade(page: Page, at: int, end: int) -> int | None:
    """Return where the trade in a name of doers ends: «Các cơ sở | tiến hành công việc …»."""
    trade = TRADE.match(page.small, at, end)
    return trade.end() if trade else None


def persons_at(page: Page, at: int, end: int) -> tuple[tuple[Mention, ...], int]:
    """Return the persons named here with no office, «đồng chí | Trần Văn An», and where the naming ends.

    `at`: behind the courtesy, which belongs to the name as written.
    """
    found: list[Mention] = []
    last = at
    while (name := NAME.match(page.flow, at, end)) and page.mention_at(at) is None:
        found.append(_named(page, Span(_courtesy_before(page, at), name.end())))
        last = name.end()
        joint = NEXT_PERSON.match(page.small, last, end)
        if joint is None:
            break
        at = joint.end()
    return tuple(found), last


def _courtesy_before(page: Page, at: int) -> int:
    before = COURTESY.search(page.small, max(0, at - _LONGEST_COURTESY), at)
    return before.start() if before else at


def owners_at(page: Page, at: int, end: int) -> tuple[tuple[Mention, ...], int]:
    """Return whose duties a heading opens, «Nhiệm vụ của Tổ công tác», and where the naming ends."""
    leads, after = read_list(page, at, end)
    if leads or any_of("doers").match(page.small, at, end) is None:
        return leads, after
    name = page.flow[at:end].rstrip(" .:")
    if len(name.split()) > _MOST_WORDS or any(mark in name for mark in ".;:"):
        return (), at
    return (_named(page, Span(at, at + len(name))),), at + len(name)


def _acts(page: Page, at: int, end: int) -> bool:
    return bool(DUTY.match(page.small, at, end)) or (
        page.flow[at : at + 1].islower() and starts_with_action(page.small, at, end)
    )


def _named(page: Page, span: Span) -> Mention:
    words = page.words(span)
    return Mention(words, words, None, span, kind=BodyKind.OTHER, named_by="doer")
