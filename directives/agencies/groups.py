"""Read groups and stand-ins: «các sở, ban, ngành», «các đơn vị liên quan», «Sở này», «Quý Ủy ban»."""

import re
from functools import cache

from directives.agencies.body import Body
from directives.agencies.lexicon import any_of, lexicon
from directives.agencies.model import BodyKind, Extent
from directives.agencies.source import Source
from directives.names import fold

_TAILS = fold(
    r"(?:có )?liên quan(?: khác)?|khác|trực thuộc(?: tỉnh| sở| ubnd tỉnh)?|thuộc tỉnh|thuộc sở|trong tỉnh|của tỉnh|cấp tỉnh(?:, cấp huyện)?|cấp huyện|cấp xã"
    r"|trên địa bàn(?: toàn)?(?: tỉnh| thành phố| huyện)?|nêu trên|nói trên|có tên trên|trung ương(?: đóng trên địa bàn(?: tỉnh)?)?|ở trung ương"
    r"|chuyên môn|tham gia|của huyện|của thành phố"
)


@cache
def _group() -> re.Pattern[str]:
    member = any_of(lexicon().data["groups"]["members"])
    return re.compile(
        rf"((?:tất cả |toàn thể )?(?:các|những|từng|mỗi|mọi) +)?({member}(?:(?: *[,/-] *| +và +){member})*)((?: +(?:{_TAILS})\b)*)"
        r"( *\(trừ [^()]{1,120}\))?"
    )


@cache
def _open_members() -> re.Pattern[str]:
    member = any_of(lexicon().data["groups"]["open_members"])
    return re.compile(rf"{member}(?:(?: *[,/-] *| +và +){member})*")


@cache
def _reference() -> re.Pattern[str]:
    noun = any_of(
        [
            "Ủy ban",
            "cơ quan",
            "đơn vị",
            "Sở",
            "Bộ",
            "Ban",
            "Cục",
            "Công ty",
            "UBND",
            "Hội",
            "Trung tâm",
            "Phòng",
            "địa phương",
            "Văn phòng",
        ]
    )
    return re.compile(fold(rf"qúi +(?:các +)?{noun}|{noun} +(?:nài|trên|đó|mình)\b".replace("y", "i")))


def read_group(source: Source, at: int) -> Body | None:
    """Return the group named at `at`."""
    match = _group().match(source.folded, at)
    if not match:
        return None
    many = re.search(r"[,/-]|\bvà\b", match[2])
    if not match[1] and not (many and source.is_capital(at)):
        return None
    tail = match[3]
    is_open = "liên quan" in tail or "khác" in tail
    if _open_members().fullmatch(match[2]) and match[2] != fold("địa phương") and not tail:
        is_open = True
    name = source.words(at, match.end())
    name = name.lower() if name.isupper() else name
    return Body(
        at,
        match.end(),
        name[0].lower() + name[1:] if match[1] else name,
        BodyKind.GROUP,
        Extent.OPEN if is_open else Extent.GROUP,
    )


def read_reference(source: Source, at: int) -> Body | None:
    """Return the words at `at` that stand for a body named elsewhere."""
    match = _reference().match(source.folded, at)
    if not match:
        return None
    return Body(at, match.end(), source.words(at, match.end()), BodyKind.OTHER, Extent.REFERENCE)
