"""Orders in the middle of a sentence: «…, giao X …», «UBND tỉnh yêu cầu Y …», and those only reported."""

import re
from collections.abc import Iterator

from directives.acting import Subject, ordered_at
from directives.model import Span
from directives.page import Page
from directives.text import folded
from directives.verbs import any_of
from directives.voice import is_own_voice, quotes_order

_LINKED = re.compile(
    r"(?:\d{4}\)?|[,;:(–-]|\b(?:và|đồng thời|thì|nên|cũng|đã|tiếp tục|trước mắt|sau|là|kết luận|chỉ đạo|"
    r"quyết định|thống nhất|theo đó|riêng|vừa|có văn bản))\s*$"
)
SET_APART = re.compile(r"(?:^|[,;.]\s*)(?:riêng|đối\s+với|còn)\s[^,;.:]{1,70}$")
_REPORTED = re.compile(r"\bđã\s*(?:có\s+(?:văn\s+bản|công\s+văn)[^,;]{0,60})?\s*$")
_TITLE_NAME = re.compile(r"(?:[A-ZĐÀ-Ỹ][\w'’]*\s+){1,5}$")


def orders_inside(page: Page, span: Span, *, verbs: str | None = None) -> Iterator[Subject]:
    """Yield each «giao X», «UBND tỉnh yêu cầu Y» inside a sentence; one already reported as past says so.

    «… đã giao X …; giao Y …» reports both.
    """
    if verbs is not None and page.small.find(verbs, span.start, span.end) < 0:
        return
    past = False
    for verb in any_of("assign", "assign_by_issuer").finditer(page.small, span.start, span.end):
        if verbs is not None and verbs not in verb[0]:
            continue
        speaker = page.mention_covering(verb.start() - 2)
        by_issuer = speaker is not None and is_own_voice(page, (speaker,))
        subject = ordered_at(page, verb.start(), span.end, by_issuer=by_issuer)
        if subject is None:
            continue
        before = page.flow[max(span.start, verb.start() - 90) : verb.start()]
        last = verb.start() - 1 - (len(before) - len(before.rstrip()))
        if (
            not before.strip()
            or page.mention_covering(last)
            or _LINKED.search(folded(before))
            or SET_APART.search(folded(before))
            or _TITLE_NAME.search(before)
        ):
            goes_on = past and before.rstrip()[-1:] in (";", ",")
            past = (
                goes_on
                or _REPORTED.search(folded(before)) is not None
                or quotes_order(page, span, verb.start())
            )
            yield Subject(
                subject.leads, subject.start, subject.end, ordered=True, reported=past, rule="order-inside"
            )
