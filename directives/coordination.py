"""Who helps: «phối hợp với Y», «X chủ trì; Y phối hợp»; and where the work itself begins behind that."""

import re
from dataclasses import dataclass, replace
from typing import Final

from directives.agencies import Mention
from directives.bodies import read_list
from directives.grammar import Wording, Wordings
from directives.model import Span
from directives.page import Page, remembered

CUES: Final = Wordings(
    (
        Wording(
            "works-with",
            re.compile(
                r"(?<!\w)(?:(?:chủ\s+động|tích\s+cực|thường\s+xuyên)\s+)?"
                r"(?:phối\s*(?:kết\s+)?hợp|hiệp\s+đồng|liên\s+hệ\s+chặt\s+chẽ)"
                r"\s*(?:chặt\s+chẽ\s*|kịp\s+thời\s*|đồng\s+bộ\s*)?,?\s*(?:với|cùng\s+với|cùng|và|của)?\s*"
            ),
            (
                "Chủ trì, «phối hợp với »Sở Tài chính rà soát.",
                "Rà soát, «thường xuyên phối hợp chặt chẽ cùng »Sở Tài chính.",
                "«Liên hệ chặt chẽ với »Sở Tài chính để rà soát.",
            ),
            needs=("phối", "hiệp", "chặt"),
        ),
        Wording(
            "leads-together-with",
            re.compile(r"(?<!\w)chủ\s+trì\s*+,?\s*+cùng\s+(?:với\s+)?"),
            ("«Chủ trì, cùng »Sở Tài chính rà soát.", "«Chủ trì cùng với »Sở Tài chính rà soát."),
            ("Sở Y tế chủ trì rà soát cùng Sở Tài chính.",),
            needs=("cùng",),
        ),
        Wording(
            "with-the-help-of",
            re.compile(r"(?<!\w)có\s+sự\s+(?:phối\s+hợp|tham\s+gia)\s+của\s+"),
            ("Kiểm tra chợ, «có sự tham gia của »Công an tỉnh.",),
            ("Sự tham gia của người dân còn ít.",),
            needs=("sự",),
        ),
    )
)
"""What names who helps, anywhere in a stretch of text."""

TOGETHER: Final = Wording(
    "together-with",
    re.compile(r"cùng\s+(?:với\s+)?"),
    ("«Cùng với »Sở Tài chính rà soát giá.", "«Cùng »Sở Tài chính rà soát giá."),
)
"""Only where the work begins: «b) Cùng với Sở A, Sở B lập bản đồ …» in an item that names its lead."""

HELP_IN_LIST: Final = Wording(
    "helps-before-work",
    re.compile(r"\s+(?:cùng\s+)?phối\s+hợp\s*,?\s+(?=[^\W\d_])(?!với)"),
    ("Chủ trì, Sở Tài chính« phối hợp »rà soát giá.",),
    ("Chủ trì, Sở Tài chính phối hợp với Sở Nội vụ rà soát giá.",),
)
HELPS: Final = Wording(
    "helps",
    re.compile(
        r"\s*(?:có\s+trách\s+nhiệm\s+|chủ\s+động\s+|tích\s+cực\s+)?(?:cùng\s+)?phối\s+hợp"
        r"(?:\s+(?:chặt\s+chẽ|thực\s+hiện|triển\s+khai(?:\s+thực\s+hiện)?))?\s*(?:[.;,)]|$)"
    ),
    ("Sở Tài chính« phối hợp thực hiện.»", "Sở Tài chính« có trách nhiệm phối hợp.»"),
    ("Sở Tài chính phối hợp với Sở Nội vụ.",),
)
"""A clause of its own that says no more than that its bodies help."""

HEADS: Final = (
    Wording("marks", re.compile(r"[\s,:–-]+"), ("«: »rà soát giá.", "«, »rà soát giá.")),
    Wording(
        "duty",
        re.compile(r"(?:chịu\s+)?trách\s+nhiệm\s+|có\s+trách\s+nhiệm\s+|có\s+nhiệm\s+vụ\s+|có\s+(?=trách)"),
        ("«Có nhiệm vụ »rà soát giá.", "«Chịu trách nhiệm »rà soát giá."),
    ),
    Wording(
        "leading",
        re.compile(
            r"(?:chủ\s+trì|làm\s+đầu\s+mối|là\s+(?:cơ\s+quan|đơn\s+vị)\s+(?:đầu\s+mối|chủ\s+trì|thường\s+trực)"
            r"|là\s+đầu\s+mối)(?:\s*,\s*|\s+)(?:và\s+)?"
        ),
        ("«Chủ trì, »rà soát giá.", "«Là cơ quan đầu mối »rà soát giá.", "«Làm đầu mối và »rà soát giá."),
    ),
    Wording(
        "by-its-functions",
        re.compile(
            r"(?:theo|căn\s+cứ|trên\s+cơ\s+sở|trong\s+phạm\s+vi)\s+(?:đúng\s+|vào\s+)?(?:các\s+)?"
            r"(?:chức\s+năng|nhiệm\s+vụ|thẩm\s+quyền|phạm\s+vi|lĩnh\s+vực|địa\s+bàn|quyền\s+hạn)"
            r"(?:\s+(?:và\s+)?(?:nhiệm\s+vụ|quyền\s+hạn)(?!\w)|[^,;:.]{0,80},\s*(?:nhiệm\s+vụ|quyền\s+hạn)){0,2}"
            r"(?:\s+(?:được\s+(?:giao|phân\s+công)|phụ\s+trách|phân\s+công|của\s+mình"
            r"|và\s+\S+\s+\S+(?:\s+phụ\s+trách)?|quản\s+lý"
            r"|của\s+(?:ngành|đơn\s+vị|địa\s+phương)(?:\s+mình)?)){0,3}\s*+,?\s*+"
        ),
        (
            "«Theo chức năng, nhiệm vụ được giao, »rà soát giá.",
            "«Trong phạm vi thẩm quyền của mình »rà soát giá.",
        ),
        ("Theo dõi giá cả.",),
    ),
)
"""What may stand between a body and its work; passed over."""

_FILLER = re.compile(r"(?:lãnh\s+đạo\s+|các\s+đồng\s+chí\s+|đồng\s+chí\s+)")


@dataclass(frozen=True, slots=True)
class Opening:
    """What stands before the work: who helps, and where the work begins."""

    coordinators: tuple[Mention, ...]
    end: int


@remembered
def read_opening(page: Page, at: int, end: int) -> Opening:
    """Pass over «chủ trì, phối hợp với Y», «theo chức năng, nhiệm vụ,» and the like before the work."""
    helpers: list[Mention] = []
    moved = True
    while moved and at < end:
        moved = False
        if some := _helpers_at(page, at, end):
            helpers += some[0]
            at, moved = some[1], True
            continue
        for head in HEADS:
            if (found := head.match(page.small, at, end)) and found.end() > at:
                at, moved = found.end(), True
    return Opening(tuple(helpers), at)


def _helpers_at(page: Page, at: int, end: int) -> tuple[tuple[Mention, ...], int] | None:
    """Return who is named as helping right here, and where that ends."""
    if cue := CUES.match(page.small, at, end):
        some, after = _list_after(page, cue.end(), end)
        if some:
            return as_helpers(some, CUES.name_of(cue)), after
    elif cue := TOGETHER.match(page.small, at, end):
        some, after = _list_after(page, cue.end(), end)
        if some:
            return as_helpers(some, TOGETHER.name), after
    some, after = _list_after(page, at, end)
    if some and (help_ := HELP_IN_LIST.match(page.small, after, end)):
        return as_helpers(
            some, HELP_IN_LIST.name
        ), help_.end()  # «chủ trì, | các Sở: B, C phối hợp | rà soát»
    return None


def coordinators_in(page: Page, span: Span) -> tuple[Mention, ...]:
    """Return everyone named behind «phối hợp với» in a stretch of text, in order."""
    found: dict[Mention, None] = {}
    for cue in CUES.finditer(page.small, span.start, span.end):
        some, _ = _list_after(page, cue.end(), span.end)
        found.update(dict.fromkeys(as_helpers(some, CUES.name_of(cue))))
    return tuple(found)


def begins_together(page: Page, at: int, end: int) -> bool:
    """Tell whether work begins with who helps in it: «Cùng với Sở A, Sở B lập bản đồ …»."""
    together = TOGETHER.match(page.small, at, end)
    return together is not None and bool(_list_after(page, together.end(), end)[0])


def helpers_only(page: Page, span: Span) -> tuple[Mention, ...]:
    """Return the bodies of a clause that says no more than «Y, Z phối hợp», else nothing."""
    leads, after = read_list(page, span.start, span.end)
    if leads and (found := HELPS.match(page.small, after, span.end)) and found.end() >= span.end - 1:
        return as_helpers(leads, HELPS.name)
    return ()


def as_helpers(bodies: tuple[Mention, ...], rule: str) -> tuple[Mention, ...]:
    """Return bodies with the rule by which they are those that help."""
    return tuple(replace(body, rule=rule) for body in bodies)


def _list_after(page: Page, at: int, end: int) -> tuple[tuple[Mention, ...], int]:
    filler = _FILLER.match(page.small, at, end)
    return read_list(page, filler.end() if filler else at, end)
