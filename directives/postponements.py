"""Postponement: «Đồng ý lùi thời hạn … của Sở X từ ngày A đến ngày B» gives Sở X the date B."""

import re

from directives.model import Span
from directives.page import Page
from directives.subjects import Subject, skip_openers
from directives.voice import is_own_voice

_POSTPONES = re.compile(
    r"(?:(?:ubnd|chủ\s+tịch)[^,;.]{0,60}\s)?(?:(?:cơ\s+bản\s+)?(?:đồng\s+ý|thống\s+nhất|nhất\s+trí|chấp\s+thuận|cho\s+phép)\s+)?(?:cho\s+phép\s+|cho\s+|việc\s+|chủ\s+trương\s+)*"
    r"(?P<whom>[^,;.]{0,80}?\s)?(?:được\s+)?(?P<verb>lùi|gia\s+hạn|kéo\s+dài|dời|điều\s+chỉnh|giãn)\s+(?:thêm\s+)?(?:thời\s+(?:hạn|gian|điểm)|tiến\s+độ|hạn)(?!\w)"
)


def postponed(page: Page, sentence: Span) -> Subject | None:
    """Return whose date a sentence moves and where the moving begins; None where it moves none."""
    start = skip_openers(page, sentence.start, sentence.end)
    found = _POSTPONES.match(page.small, start, sentence.end)
    if found is None or not page.deadlines_in(sentence):
        return None
    whom = next(
        (
            one
            for one in page.mentions_in(sentence)
            if not is_own_voice(page, (one,)) and not one.is_reference
        ),
        None,
    )
    if whom is None:
        return None
    return Subject((whom,), sentence.start, found.start("verb"), ordered=True, rule="postponement")
