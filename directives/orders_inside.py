"""Orders in the middle of a sentence: «…, giao X …», «UBND tỉnh yêu cầu Y …», and those only reported."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from directives.acting import Subject, ordered_at
from directives.grammar import Wording
from directives.model import Span
from directives.page import Page
from directives.text import folded
from directives.verbs import any_of
from directives.voice import is_own_voice, quotes_order

LINKS: Final = (
    Wording(
        "linked",
        re.compile(
            r"(?:\d{4}\)?|[,;:(–-]|\b(?:và|đồng thời|thì|nên|cũng|đã|tiếp tục|trước mắt|sau|là|kết luận|"
            r"chỉ đạo|quyết định|thống nhất|theo đó|riêng|vừa|có văn bản))\s*$"
        ),
        ("Để kịp thời ứng phó«, »", "Nhận được báo cáo, Chủ tịch «đã »", "Tại Công văn ngày 10/5/«2020 »"),
        ("Hội đồng ",),
    ),
    Wording(
        "set-apart",
        re.compile(r"(?:^|[,;.]\s*)(?:riêng|đối\s+với|còn)\s[^,;.:]{1,70}$"),
        ("Xây chợ mới«, riêng chợ Đồng Hới »", "Xây chợ mới«; đối với chợ cũ »"),
        ("Chợ cũ ",),
    ),
)
"""What stands right before an order in the middle of a sentence: folded text up to its verb."""

SET_APART: Final = LINKS[1]
REPORTED: Final = Wording(
    "reported",
    re.compile(
        r"\bđã\s*(?:(?:có|ban\s+hành)\s+(?:văn\s+bản|công\s+văn|công\s+điện|thông\s+báo|chỉ\s+thị|quyết\s+định"
        r"|kết\s+luận|kế\s+hoạch)[^,;]{0,60})?\s*$"
    ),
    (
        "UBND tỉnh «đã »",
        "UBND tỉnh «đã có văn bản số 12 »",
        "UBND tỉnh «đã ban hành Thông báo số 1/TB-UBND »",
    ),
    ("UBND tỉnh ",),
)
"""Before an order that was given earlier."""

_TITLE_NAME = re.compile(r"(?:[A-ZĐÀ-Ỹ][\w'’]*\s+){1,5}$")  # «Chủ tịch UBND tỉnh Trần An | giao»
_LOOK_BACK = 90


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
        before = page.flow[max(span.start, verb.start() - _LOOK_BACK) : verb.start()]
        if not _is_linked(page, before, verb.start()):
            continue
        goes_on = past and before.rstrip()[-1:] in (";", ",")
        past = (
            goes_on or REPORTED.search(folded(before)) is not None or quotes_order(page, span, verb.start())
        )
        yield replace(subject, reported=past, rule="order-inside")


def _is_linked(page: Page, before: str, verb: int) -> bool:
    """Tell whether what stands before a verb of assigning lets a new order begin."""
    last = verb - 1 - (len(before) - len(before.rstrip()))
    return bool(
        not before.strip()
        or page.mention_covering(last)
        or any(row.search(folded(before)) for row in LINKS)
        or _TITLE_NAME.search(before)
    )
