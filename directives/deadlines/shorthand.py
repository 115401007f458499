"""Times as they are noted in the cells of tables, written out: «12/2020», «T6/2020», «IV/2020», «Dec-20».

Only in a cell for times: elsewhere «IV/2020» is no quarter, and «T6» may be a Friday.
"""

import re
from collections.abc import Callable
from typing import Final

_YEAR: Final = r"(?:19|20)\d\d(?![\d/])"
_MONTH: Final = r"(?:0?[1-9]|1[0-2])"
_NAMES: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME: Final = rf"(?P<name>{'|'.join(_NAMES)})[a-z]{{0,6}}"
# What may stand right before a month or a quarter that does not say it is one.
_FREE: Final = (
    r"(?:^|(?<=[(,;+–])|(?<=\d{4}-)|(?<=trước)|(?<=trong)|(?<=đến)|(?<=hết)|(?<=cuối)|(?<=đầu)|(?<=giữa)"
    r"|(?<=xong)|(?<=thành)|(?<=vào)|(?<=và)|(?<=từ)|(?<=[-,;(+–]\s)|(?<=\s-))\s*"
)
BARE_MONTH: Final = re.compile(rf"{_FREE}(?P<m>{_MONTH})\s?[/.-]\s?(?P<y>{_YEAR})")
_OTHERS: Final = re.compile(r"(?<!\w)(?:quý|ngày|kỳ|đợt|số)(?!\w)")  # «quý III, 4/2020» names no month


def _named(found: re.Match[str]) -> str:
    month = _NAMES.index(found["name"]) + 1
    year = found["y"] if len(found["y"]) > 2 else f"20{found['y']}"  # noqa: PLR2004 - «Dec-20»
    day = found.groupdict().get("d")
    return f" {day}/{month}/{year}" if day else f" tháng {month}/{year}"


# Form, what is written instead, an example. Each works on what the ones before it left.
FORMS: Final[tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str], str], ...]] = (
    (
        re.compile(rf"(?<!\w)(?P<d>\d{{1,2}})[-/ .]{_NAME}[-/ .'’]*(?P<y>\d{{4}}|\d\d)(?!\d)"),
        _named,
        "30-Jun-20",
    ),
    (re.compile(rf"(?<!\w){_NAME}[-/ .'’]*(?P<y>\d{{4}}|\d\d)(?!\d)"), _named, "Dec-20"),
    (
        re.compile(r"(?<![\w/.-])(?P<y>(?:19|20)\d\d)/(?P<m>\d{1,2})/(?P<d>\d{1,2})(?![\d/])"),
        r"\g<d>/\g<m>/\g<y>",
        "2020/12/31",
    ),
    (re.compile(r"(?<!\w)q\.\s?(?=[iv\d])"), "quý ", "Q.IV/2020"),
    (
        re.compile(r"(?<=quý )(?P<q>[iv]{1,3}|[1-4])\s?\+\s?(?=(?:[iv]{1,3}|[1-4])(?!\w))"),
        r"\g<q>, quý ",
        "Quý 3+4/2020",
    ),
    (re.compile(rf"(?<![\w/.-])t\.?\s?(?P<m>{_MONTH})(?![\d.])"), r"tháng \g<m>", "T6/2020"),
    (re.compile(rf"{_FREE}(?P<q>i{{1,3}}|iv)\s?[/-]\s?(?P<y>{_YEAR})"), r" quý \g<q>/\g<y>", "IV/2020"),
    (
        re.compile(rf"(?<=tháng\s)(?P<a>{_MONTH})/(?P<y>{_YEAR})\s?[-–]\s?(?P<b>{_MONTH})/(?P<z>{_YEAR})"),
        r"\g<a>/\g<y> - tháng \g<b>/\g<z>",
        "Tháng 01/2021 - 03/2021",
    ),
    (
        BARE_MONTH,
        r" tháng \g<m>/\g<y>",
        "12/2020",
    ),
)
_OF_A_WEEK: Final = re.compile(r"tuần(?!\w)")


def written_out(small: str) -> str:
    """Return the words of a cell, in small letters, with times in shorthand written out."""
    if _OF_A_WEEK.search(small):
        return small  # «T6 hằng tuần» is a Friday
    for form, instead, _ in FORMS:
        if form is not BARE_MONTH or _OTHERS.search(small) is None:
            small = form.sub(instead, small)
    return small
