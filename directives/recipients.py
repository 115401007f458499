"""Who gets the result: the body right behind «gửi», «báo cáo», «trình»; the last named so."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from directives.agencies import Mention
from directives.grammar import Wording, Wordings
from directives.model import Span
from directives.page import Page

_PASSING = r"(?<!\w)(?:gửi|báo\s+cáo|trình|nộp|chuyển)"
_NEEDS = ("gửi", "cáo", "trình", "nộp", "chuyển")
# Whose a thing is, by whose wish or when it is done: «báo cáo theo yêu cầu của Bộ …», «sau khi Chính phủ …».
_OF_OTHERS = r"(?:và|của|theo|khi|với|do|tại|từ|bởi|cùng|trước|sau|để)\b"
RECIPIENTS: Final = Wordings(
    (
        Wording(
            "passes-to",
            re.compile(rf"{_PASSING}(?:(?:\s+(?!{_OF_OTHERS})[^\s,;.]{{1,12}}){{0,6}}\s+)$"),
            ("rà soát, «báo cáo »", "«trình dự thảo đề án »"),
            ("báo cáo theo yêu cầu của ", "trình đề án, mời "),
            needs=_NEEDS,
        ),
        Wording(
            "passes-on-to",
            re.compile(rf"{_PASSING}(?:\s+(?!và\b)[^\s,;.]{{1,12}}){{0,6}}\s+(?:về|cho|tới|đến|lên)\s+$"),
            ("«báo cáo tình hình của các trạm về »", "«gửi kết quả theo mẫu cho »"),
            ("báo cáo về giá, mời ",),
            needs=_NEEDS,
        ),
    )
)
"""What stands between the verb and the body: folded text that ends where its name begins."""

ONWARD: Final = Wording(
    "onward",
    re.compile(r"(?<!\w)(?:để|nhằm|làm\s+cơ\s+sở)(?!\w)[^;.]*$"),
    ("gửi Sở Y tế «để tổng hợp báo cáo »",),
    ("gửi ",),
    needs=("để", "nhằm", "cơ"),
)
"""What another does with the result then is no duty of the leads: «… để tổng hợp báo cáo UBND tỉnh»."""

_NEAR = 60


def recipient_of(page: Page, spans: Sequence[Span], leads: tuple[Mention, ...]) -> Mention | None:
    """Return the last body that the words of a task have its result passed to."""
    last: tuple[Mention, str] | None = None
    for span in spans:
        for mention in page.mentions_in(span):
            before = page.small[max(span.start, mention.span.start - _NEAR) : mention.span.start]
            found = RECIPIENTS.search(before)
            if found is not None and mention not in leads and not ONWARD.search(before):
                last = mention, RECIPIENTS.name_of(found)
    return replace(last[0], rule=last[1]) if last else None
