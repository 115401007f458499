"""Dates behind «trước ngày» that nobody can read, their figures mistyped: «1O/7/2019», «10/7/219».

Such a date is no deadline, but it must not be lost in silence: a person has to put it right.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from directives.dates import LONG, LONG_NO_YEAR, NUMERIC, SHORT, rx
from directives.deadlines.days import ISO
from directives.model import Doubt, Span
from directives.page import Page

DATE_NOT_READ: Final = "date-not-read"
_SAID: Final = "Không đọc được ngày «{words}»; có thể gõ nhầm, đề nghị kiểm tra và nhập thời hạn."
_PART: Final = r"[\doilsbzg|]{1,6}"  # figures, and the letters typed in their place
_SHORT_PART: Final = r"[\doilsbzg|]{1,2}"
_LEAD: Final = rx(
    r"(?:t(?<!\wt)rước|đ(?<!\wđ)ến(?: hết)?|h(?<!\wh)ết|(?:c(?<!\wc)hậm|m(?<!\wm)uộn) nhất|x(?<!\wx)ong"
    r"|h(?<!\wh)ạn (?:chót|cuối))(?: (?:là|vào|đến|trước)(?!\w))?~:?~(?P<word>ngày(?![a-zà-ỹđ])~)?"
    rf"(?={_PART}(?:~[/.-]| tháng|(?!\w)))"
)
_BEHIND_WORD: Final = (
    rx(rf"{_PART}~(?P<sign>[/.-])~{_PART}~(?P=sign)~{_PART}(?![\w%])"),
    rx(rf"{_PART}~/~{_PART}(?![\w%]|~[/-])"),
    rx(rf"{_PART} tháng~{_PART}(?:~,?~năm~{_PART})?(?!\w)"),
    rx(r"(?:[oil]\d|\d[oil])(?!\w)"),
)
_ALONE: Final = (rx(rf"{_SHORT_PART}~/~{_SHORT_PART}~/~[\doilsbzg|]{{3,5}}(?![\w%])"),)
_READ: Final = (NUMERIC, LONG, LONG_NO_YEAR, SHORT, ISO, rx(r"\d{1,2}~/~%YEAR%"))


def dates_not_read(page: Page) -> Iterator[Doubt]:
    """Yield a doubt for each date that a deadline was to have and that is written as no date is."""
    for lead in _LEAD.finditer(page.small):
        start = lead.end()
        forms = _BEHIND_WORD if lead["word"] else _ALONE
        end = _end(page, forms, start)
        if end <= start or end <= _end(page, _READ, start):
            continue
        span = Span(start, end)
        words = page.words(span)
        cited = any(one.span.overlaps(span) for one in page.citations)
        if not cited and any(sign.isdigit() for sign in words):
            yield Doubt(DATE_NOT_READ, _SAID.format(words=words), span)


def _end(page: Page, forms: Iterable[re.Pattern[str]], start: int) -> int:
    return max((found.end() for form in forms if (found := form.match(page.small, start))), default=start)
