"""Lists of bodies as a sentence names them, and the words that may lead into it."""

import re
from dataclasses import replace
from typing import Final

from directives.agencies import Mention, find_agencies
from directives.grammar import Wording
from directives.model import Span
from directives.page import Page, remembered

OPENER: Final = Wording(
    "leads-into",
    re.compile(
        r"(?:bên\s+cạnh\s+đó|đồng\s+thời|ngoài\s+ra|theo\s+đó|cùng\s+với\s+đó|mặt\s+khác|trước\s+mắt|riêng|"
        r"đối\s+với|về\s+phía|trong\s+đó|"
        r"cụ\s+thể|tiếp\s+đó|sau\s+đó|tiếp\s+theo|rồi|còn|nay|tạm\s+thời|song\s+song\s+với\s+đó|đặc\s+biệt|nhất\s+là|do\s+đó|vì\s+vậy|từ\s+nay|"
        r"trước\s+hết|tại\s+văn\s+bản\s+này|"
        r"tại\s+công\s+văn\s+này|các\s+đồng\s+chí|đồng\s+chí|ông|bà)(?!\w)\s*[,:]?\s*"
    ),
    ("«Bên cạnh đó, »Sở Y tế rà soát.", "«Riêng »Sở Y tế rà soát."),
    ("Sở Y tế rà soát.",),
)
OFFICE_OF: Final = Wording(
    "office-of",
    re.compile(r"(?:văn\s+phòng|cơ\s+quan|tổ|bộ\s+phận)\s+(?:thường\s+trực|giúp\s+việc|chuyên\s+trách)$"),
    ("«Văn phòng Thường trực»",),
    ("Văn phòng UBND tỉnh",),
)
_OF_PARTY = re.compile(
    r"\s(?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng)\s(?:[uủ][yỷ]|ủy)(?!\w)(?:\s(?:xã|phường|tỉnh|huyện)(?!\w))?"
)
ALL_DEPARTMENTS: Final = Wording(
    "all-departments",
    re.compile(r"(?:các|tất\s+cả\s+các|những)\s+sở"),
    ("«các sở» giáo dục và đào tạo",),
    ("Sở Y tế",),
)
_LONGEST_FIELD = 60
TOPIC: Final = Wording(
    "topic",
    re.compile(r"về\s+[^:;.]{3,160}:\s*(?=\w)"),
    ("«Về giá thuốc tại các chợ: »Sở Y tế rà soát.",),
    ("Về chợ. Sở Y tế rà soát.",),
)
ROLE: Final = Wording(
    "role-in-brackets",
    re.compile(r"\s*\((?:(?:là\s+)?(?:cơ\s+quan|đơn\s+vị)\s+)?(?:chủ\s+trì|phối\s+hợp)\)"),
    ("Sở Y tế« (chủ trì)», Sở Nội vụ", "Sở Nội vụ« (cơ quan phối hợp)»"),
    ("Sở Y tế (Chi cục)",),
)
JOINT: Final = Wording(
    "joint-of-list",
    re.compile(
        r"\s*(?:(?:cấp\s+|của\s+|trong\s+)?(?:tỉnh|thành\s+phố|huyện|xã|thị\s+xã)(?=\s*[,;:(]|"
        r"\s+và\s)\s*)?(?:\([^()]{1,200}\)\s*)?(?:[,;]\s*(?:và\s+|cùng\s+)?|và\s+|cùng\s+(?:với\s+)?|"
        r"&\s*)(?:các\s+đồng\s+chí\s+|đồng\s+chí\s+|riêng\s+)?"
    ),
    ("Sở Y tế«, »Sở Nội vụ", "Sở Y tế« và »Sở Nội vụ"),
    ("Sở Y tế rà soát",),
)
WORDINGS: Final = (OPENER, OFFICE_OF, ALL_DEPARTMENTS, TOPIC, ROLE, JOINT)


@remembered
def read_list(page: Page, at: int, end: int) -> tuple[tuple[Mention, ...], int]:
    """Return the bodies that a list beginning here names, and where the list ends."""
    found: list[Mention] = []
    last = at
    while at < end and (mention := _whole_name(page, at)) is not None:
        found.append(mention)
        last = mention.span.end
        joint = JOINT.match(page.small, last, end)
        if joint is None:
            break
        at = joint.end()
    return tuple(found), last


def _whole_name(page: Page, at: int) -> Mention | None:
    """Return the body named here; «Văn phòng Thường trực Ban Chỉ huy …» is of the board behind it."""
    mention = page.mention_at(at)
    if mention is not None and (field := _small_field(page, mention)) is not None:
        return field
    if mention is not None and (party := _OF_PARTY.match(page.flow, mention.span.end)):
        span = Span(mention.span.start, party.end())
        return replace(mention, text=page.words(span), name=page.words(span), code=None, span=span)
    if mention is None or not OFFICE_OF.match(page.small, at, mention.span.end):
        return mention
    owner = page.mention_at(skip_spaces(page.flow, mention.span.end, len(page.flow)))
    if owner is None or owner.span.start > mention.span.end + 1:
        return mention
    span = Span(mention.span.start, owner.span.end)
    return replace(mention, text=page.words(span), name=f"{mention.name} {owner.name}", code=None, span=span)


def _small_field(page: Page, mention: Mention) -> Mention | None:
    """Return «các sở giáo dục và đào tạo», whose field stands in small letters behind the group."""
    if ALL_DEPARTMENTS.pattern.fullmatch(page.small, mention.span.start, mention.span.end) is None:
        return None
    start = skip_spaces(page.flow, mention.span.end, len(page.flow))
    words = page.flow[start : start + _LONGEST_FIELD]
    if not words[:1].islower():
        return None
    one = next(iter(find_agencies(f"Sở {words[0].upper()}{words[1:]}")), None)
    if one is None or one.code is None or one.span.start != 0:
        return None
    span = Span(mention.span.start, start + one.span.end - len("Sở "))
    return replace(mention, text=page.words(span), name=page.words(span), code=None, span=span)


@remembered
def by_role(page: Page, leads: tuple[Mention, ...]) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Part bodies by the roles in brackets behind them: «Sở A (chủ trì), Sở B (cơ quan phối hợp)»."""
    roles = [ROLE.match(page.small, lead.span.end) for lead in leads]
    if not any(roles):
        return leads, ()
    heads = [role is not None and "chủ" in role[0] for role in roles]
    helps = [role is not None and "phối" in role[0] for role in roles]
    leading = tuple(
        lead
        for lead, head, helper in zip(leads, heads, helps, strict=True)
        if head or not (helper or any(heads))
    )
    return (leading, tuple(lead for lead in leads if lead not in leading)) if leading else (leads, ())


def skip_openers(page: Page, at: int, end: int) -> int:
    """Return where the words that lead into a sentence end: «Bên cạnh đó,», «Riêng»."""
    while at < end and page.mention_at(at) is None and (found := OPENER.match(page.small, at, end)):
        at = found.end()
    if page.small.startswith("về", at) and (topic := TOPIC.match(page.small, at, end)):
        at = topic.end()
    return at


def skip_spaces(flow: str, at: int, end: int) -> int:
    """Return where the next word begins."""
    while at < end and flow[at] == " ":
        at += 1
    return at
