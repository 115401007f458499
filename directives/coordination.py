"""Who helps: «phối hợp với Y», «X chủ trì; Y phối hợp»; and where the work itself begins behind that."""

import re
from dataclasses import dataclass

from directives.agencies import Mention
from directives.bodies import read_list
from directives.model import Span
from directives.page import Page, remembered

_CUE = re.compile(
    r"(?<!\w)(?:(?:chủ\s+động|tích\s+cực|thường\s+xuyên)\s+)?(?:phối\s*(?:kết\s+)?hợp|hiệp\s+đồng|liên\s+hệ\s+chặt\s+chẽ)\s*(?:chặt\s+chẽ\s*|kịp\s+thời\s*|đồng\s+bộ\s*)?,?\s*"
    r"(?:với|cùng\s+với|cùng|và|của)?\s*|(?<!\w)chủ\s+trì\s*+,?\s*+cùng\s+(?:với\s+)?|(?<!\w)có\s+sự\s+(?:phối\s+hợp|tham\s+gia)\s+của\s+"
)
# Only where the work begins: «b) Cùng với Sở A, Sở B lập bản đồ …» in an item that names its lead.
_TOGETHER = re.compile(r"cùng\s+(?:với\s+)?")
_CUE_WORDS = ("phối", "hiệp", "cùng", "chặt", "sự")  # one of them stands in every cue
_HELP_IN = re.compile(r"\s+(?:cùng\s+)?phối\s+hợp\s*,?\s+(?=[^\W\d_])(?!với)")
_FILLER = re.compile(r"(?:lãnh\s+đạo\s+|các\s+đồng\s+chí\s+|đồng\s+chí\s+)")
_HELPS = re.compile(
    r"\s*(?:có\s+trách\s+nhiệm\s+|chủ\s+động\s+|tích\s+cực\s+)?(?:cùng\s+)?phối\s+hợp(?:\s+(?:chặt\s+chẽ|thực\s+hiện|triển\s+khai(?:\s+thực\s+hiện)?))?\s*(?:[.;,)]|$)"
)
_HEADS = (
    re.compile(r"[\s,:–-]+"),
    re.compile(r"(?:chịu\s+)?trách\s+nhiệm\s+|có\s+trách\s+nhiệm\s+|có\s+nhiệm\s+vụ\s+|có\s+(?=trách)"),
    re.compile(
        r"(?:chủ\s+trì|làm\s+đầu\s+mối|là\s+(?:cơ\s+quan|đơn\s+vị)\s+(?:đầu\s+mối|chủ\s+trì|thường\s+trực)|là\s+đầu\s+mối)(?:\s*,\s*|\s+)(?:và\s+)?"
    ),
    re.compile(
        r"(?:theo|căn\s+cứ|trên\s+cơ\s+sở|trong\s+phạm\s+vi)\s+(?:đúng\s+|vào\s+)?(?:các\s+)?(?:chức\s+năng|nhiệm\s+vụ|thẩm\s+quyền|phạm\s+vi|lĩnh\s+vực|địa\s+bàn|quyền\s+hạn)"
        r"(?:\s+(?:và\s+)?(?:nhiệm\s+vụ|quyền\s+hạn)(?!\w)|[^,;:.]{0,80},\s*(?:nhiệm\s+vụ|quyền\s+hạn)){0,2}(?:\s+(?:được\s+(?:giao|phân\s+công)|phụ\s+trách|phân\s+công|của\s+mình|và\s+\S+\s+\S+(?:\s+phụ\s+trách)?|quản\s+lý|của\s+(?:ngành|đơn\s+vị|địa\s+phương)(?:\s+mình)?)){0,3}\s*+,?\s*+"
    ),
)


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
        cue = _CUE.match(page.small, at, end) or _TOGETHER.match(page.small, at, end)
        some, after = _list_after(page, cue.end(), end) if cue else ((), at)
        if some:
            helpers += some
            at, moved = after, True
            continue
        some, after = _list_after(page, at, end)
        if some and (help_ := _HELP_IN.match(page.small, after, end)):
            helpers += some  # «chủ trì, | các Sở: B, C phối hợp | rà soát»
            at, moved = help_.end(), True
            continue
        for head in _HEADS:
            if (found := head.match(page.small, at, end)) and found.end() > at:
                at, moved = found.end(), True
    return Opening(tuple(helpers), at)


def coordinators_in(page: Page, span: Span) -> tuple[Mention, ...]:
    """Return everyone named behind «phối hợp với» in a stretch of text, in order."""
    words = page.small[span.start : span.end]
    if not any(word in words for word in _CUE_WORDS):
        return ()
    found: dict[Mention, None] = {}
    for cue in _CUE.finditer(page.small, span.start, span.end):
        some, _ = _list_after(page, cue.end(), span.end)
        found.update(dict.fromkeys(some))
    return tuple(found)


def begins_together(page: Page, at: int, end: int) -> bool:
    """Tell whether work begins with who helps in it: «Cùng với Sở A, Sở B lập bản đồ …»."""
    together = _TOGETHER.match(page.small, at, end)
    return together is not None and bool(_list_after(page, together.end(), end)[0])


def helpers_only(page: Page, span: Span) -> tuple[Mention, ...]:
    """Return the bodies of a clause that says no more than «Y, Z phối hợp», else nothing."""
    leads, after = read_list(page, span.start, span.end)
    if leads and (found := _HELPS.match(page.small, after, span.end)) and found.end() >= span.end - 1:
        return leads
    return ()


def _list_after(page: Page, at: int, end: int) -> tuple[tuple[Mention, ...], int]:
    filler = _FILLER.match(page.small, at, end)
    return read_list(page, filler.end() if filler else at, end)
