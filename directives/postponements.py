"""Postponement: «Đồng ý cho Sở X lùi thời hạn hoàn thành … từ ngày A đến ngày B» gives Sở X the date B."""

import re
from typing import Final

from directives.acting import Subject, ordered_at
from directives.agencies import Mention
from directives.bodies import read_list, skip_openers
from directives.grammar import Wording, stands
from directives.model import Span
from directives.page import Page
from directives.voice import is_own_voice

_TIME = r"(?:(?:thời\s+(?:hạn|gian|điểm|hiệu)|tiến\s+độ|hạn|mốc(?:\s+thời\s+gian)?)(?!\w)\s*)"
_MOVES = (
    r"(?:lùi|gia\s+hạn|kéo\s+dài|dời|điều\s+chỉnh|giãn|hoãn|thay\s+(?:thế|đổi)(?=\s+(?:thời|tiến|hạn|mốc)))"
)
_MOVING = ("lùi", "gia", "kéo", "dời", "điều", "giãn", "hoãn", "thay")  # one of them stands in every match
POSTPONES: Final = Wording(
    "postpones",
    re.compile(
        r"(?:(?:ubnd|ủy\s+ban|chủ\s+tịch|phó\s+chủ\s+tịch|thủ\s+tướng)[^,;.:]{0,60}\s)?"
        r"(?:(?:cơ\s+bản\s+)?(?:đồng\s+ý|thống\s+nhất|nhất\s+trí|chấp\s+thuận|"
        r"cho\s+phép)\s+)*(?:về\s+)?(?:cho\s+phép\s+|cho\s+|việc\s+|chủ\s+trương\s+|để\s+|với\s+)*"
        r"(?:(?:với\s+|theo\s+)?(?:đề\s+nghị|đề\s+xuất|"
        r"kiến\s+nghị)\s+(?:của\s+)?)?(?P<whom>[^,;.]{0,120}?\s)?(?:(?:về\s+)?(?:việc|xin)\s+|"
        r"về\s+)?(?:được\s+)?(?:phép\s+)?"
        rf"(?:{_MOVES}\s+(?:thêm\s+|lại\s+)?{_TIME}|(?:gia\s+hạn|lùi|hoãn)\s+(?=cho\s|đến\s))"
    ),
    ("«Đồng ý cho Sở Y tế lùi thời hạn »trình đề án", "«Gia hạn »cho Sở Y tế hoàn thành đề án"),
    ("Sở Y tế trình đề án",),
)
FOR: Final = Wording(
    "for-whom",
    re.compile(r"(?:cho|của|đối\s+với)\s+(?:phép\s+)?"),
    ("«cho »Sở Y tế hoàn thành", "«đối với »Sở Y tế"),
)
REFUSES: Final = Wording(
    "refuses",
    re.compile(
        r"(?<!\w)sẽ(?!\w)|(?:không|chưa)\s+(?:đồng\s+ý|chấp\s+thuận|thống\s+nhất|nhất\s+trí|xem\s+xét|cho\s+phép|gia\s+hạn|lùi)"
    ),
    ("«không đồng ý» cho Sở Y tế lùi thời hạn", "UBND tỉnh «sẽ» xem xét"),
    ("đồng ý cho lùi thời hạn",),
)
WORDINGS: Final = (POSTPONES, FOR, REFUSES)
_LONGEST_TOPIC = 320


def postponed(page: Page, sentence: Span) -> Subject | None:
    """Return whose date a sentence moves and where the work begins that gets it; None where it moves none."""
    if not stands(_MOVING, page.small, sentence.start, sentence.end):
        return None  # as nearly always
    start = skip_openers(page, sentence.start, sentence.end)
    colon = page.flow.find(": ", start, min(sentence.end, start + _LONGEST_TOPIC))
    for at in (start, colon + 2) if colon >= 0 else (start,):
        found = POSTPONES.match(page.small, at, sentence.end)
        if (
            found is None
            or "(" in found[0]
            or REFUSES.search(page.small, at, found.end())
            or not _only_names(page, found)
        ):
            continue
        if at == start and colon >= 0 and ordered_at(page, colon + 2, sentence.end) is not None:
            continue  # «Đối với đề nghị gia hạn của X: Giao Y …»: a topic, and Y's work
        semicolon = page.flow.find(";", found.end(), sentence.end)
        rest = Span(found.end(), sentence.end if semicolon < 0 else semicolon)
        whom = _whom(page, Span(at, rest.end))
        if whom and page.deadlines_in(rest):
            return Subject(whom, sentence.start, _work(page, rest), ordered=True, rule="postponement")
    return None


def _only_names(page: Page, found: re.Match[str]) -> bool:
    """Tell whether nothing but the bodies stands before the moving: «Sở X tham mưu lùi …» is other work."""
    start, end = found.span("whom")
    return start < 0 or read_list(page, start, end)[1] >= end - 1


def _whom(page: Page, inside: Span) -> tuple[Mention, ...]:
    for one in page.mentions_in(inside):
        if not is_own_voice(page, (one,)) and not one.is_reference:
            return read_list(page, one.span.start, inside.end)[0]
    return ()


def _work(page: Page, rest: Span) -> int:
    """Return where the work begins: «gia hạn cho Sở X | hoàn thành …», «lùi thời hạn | trình …»."""
    named = FOR.match(page.small, rest.start, rest.end)
    if named is None:
        return rest.start
    bodies, after = read_list(page, named.end(), rest.end)
    return after if bodies else rest.start
