"""A document's own number in the name of its file, the last resort: «122-TB-UBND.signed.pdf»."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from directives.genres import SYMBOLS

_BARE = str.maketrans("ĐÐ", "DD")
# «122-TB-UBND», «45 TB-UBND», «120_tb-ubnd», «18-QD-UBND-KT»: a kind and an organ.
_OF_KIND = (
    r"(?P<kind>(?i:{kinds}))[-_ ](?P<organ>[A-ZĐ]{{2,8}}|[a-zđ]{{2,8}})(?:-(?P<part>[A-ZĐ]{{1,8}}\d{{0,2}}))?"
)
# «8287-UBND-KT1»: an organ and its section, in capitals, as letters have them.
_OF_LETTER = (
    r"(?P<writer>UBND|H[ĐD]ND|VPCP|VP|TU|HU|BC[ĐD]|[SB][A-ZĐ]{{1,6}})-(?P<section>[A-ZĐ]{{1,8}}\d{{0,2}})"
)
_ORGANS = {"HDND": "HĐND", "BCD": "BCĐ", "TTG": "TTg"}
_DAY = re.compile(r"(?<!\d)(?P<day>\d{1,2})([._-])(?P<month>\d{1,2})\2(?P<year>(?:19|20)\d\d)(?!\d)")
_DIGITS = re.compile(r"(?<!\d)(?P<day>\d\d)(?P<month>\d\d)(?P<year>(?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Named:
    """The number and the day that a file's name bears."""

    number: str
    issued_on: date | None


def named_in(file_name: str | None) -> Named | None:
    """Return the number in a file's name, None where its shape is not that of a number and symbol."""
    for shape in _shapes():
        if found := shape.search(file_name or ""):
            return Named(f"{found['serial']}/{_symbol(found)}", _day_in(file_name or ""))
    return None


@cache
def _shapes() -> tuple[re.Pattern[str], ...]:
    kinds = "|".join(sorted({form for one in SYMBOLS for form in (one, one.translate(_BARE))}, key=len)[::-1])
    return tuple(
        re.compile(
            rf"(?<![^\W_])(?P<serial>\d{{1,5}})[ ._-]{{1,3}}(?:{shape.format(kinds=kinds)})(?![^\W_])(?!-\d)"
        )
        for shape in (_OF_KIND, _OF_LETTER)
    )


def _symbol(found: re.Match[str]) -> str:
    groups = found.groupdict()
    if writer := groups.get("writer"):
        return f"{_ORGANS.get(writer, writer)}-{groups['section']}"
    kind = groups["kind"].translate(_BARE).upper()
    kind = next((one for one in SYMBOLS if one.translate(_BARE).upper() == kind), kind)
    organ = groups["organ"].upper()
    return "-".join(part for part in (kind, _ORGANS.get(organ, organ), groups["part"]) if part)


def _day_in(file_name: str) -> date | None:
    found = _DAY.search(file_name) or _DIGITS.search(file_name)
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
