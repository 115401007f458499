"""Read the ways a calendar day is written, in a folded text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

NUMBER_WORDS: Final = {
    "mười một": 11,
    "mười hai": 12,
    "mười lăm": 15,
    "mười": 10,
    "hai mươi": 20,
    "ba mươi": 30,
    "bốn mươi lăm": 45,
    "sáu mươi": 60,
    "chín mươi": 90,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}

_MONTH_WORDS: Final = "mười một|mười hai|mười|một|hai|ba|tư|năm|sáu|bảy|bẩy|tám|chín"
PIECES: Final = {
    "%YEAR%": r"(?:19|20)\d\d(?!\d)",
    "%MONTH%": rf"(?:(?:1[0-2]|0?[1-9])(?!\d)|(?:{_MONTH_WORDS})(?!\w))",
    "%COUNT%": rf"(?:\d{{1,3}}(?!\d)|(?:{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})(?!\w))",
}
GAP: Final = "[ ]{1,120}+"
MAYBE_GAP: Final = "[ ]{0,120}+"


def rx(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in which a space is a gap, «~» a gap or nothing, and %NAME% a shared piece.

    Gaps are bounded and never given back, so a run of spaces, however long, costs one look.
    """
    return re.compile(spelled_out(pattern))


def spelled_out(pattern: str) -> str:
    """Return the pattern that `rx` compiles."""
    for name, piece in PIECES.items():
        pattern = pattern.replace(name, piece)
    return pattern.replace(" ", "\0").replace("~", MAYBE_GAP).replace("\0", GAP)


def few_words(count: int) -> str:
    """Return a pattern for up to `count` words of one clause part, each with the gap before it."""
    return rf"(?: [^\s.;:,()]{{1,15}}){{0,{count}}}"


def by_first_letter(alternatives: Iterable[str]) -> str:
    r"""Return a pattern for any of `alternatives` where a word begins; each begins with a letter or figure.

    «(?<!\w)(?:tới|trong)» is written «t(?<!\wt)(?:ới|rong)»: a search then skips to the letters.
    """
    rests: dict[str, list[str]] = {}
    for alternative in alternatives:
        rests.setdefault(alternative[0], []).append(alternative[1:])
    words = (rf"{first}(?<!\w{first})(?:{'|'.join(rest)})" for first, rest in rests.items())
    return f"(?:{'|'.join(words)})"


def number_of(words: str) -> int:
    """Return the number that digits or a Vietnamese numeral stand for."""
    plain = " ".join(words.split())
    return int(plain) if plain.isdecimal() else NUMBER_WORDS[plain]


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A calendar day as written: it may lack a year, and it may not exist."""

    day: int
    month: int
    year: int | None

    def on_or_after(self, start: date | None) -> date | None:
        """Return the day meant; without a year, the first such day on or after `start`.

        None if there is no such day (31/4), or no year and no start to count from. A 29 February without
        a year is looked for in this year and the next only: further off it is a slip, not a plan.
        """
        if self.year is not None:
            return calendar_day(self.year, self.month, self.day)
        if start is None:
            return None
        coming = (calendar_day(year, self.month, self.day) for year in (start.year, start.year + 1))
        return next((day for day in coming if day is not None and day >= start), None)


def calendar_day(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shown(day: date) -> str:
    """Return a day as offices write it: 09/5/2020, with a zero before January and February."""
    return f"{day:%d/%m/%Y}" if day.month in (1, 2) else f"{day.day:02d}/{day.month}/{day.year}"


NUMERIC: Final = rx(
    r"(?P<d>\d{1,2})~(?P<s>[/.-])~(?P<m>\d{1,2})~(?P=s)~(?P<y>%YEAR%|(?<=/)\d\d(?!\w))(?!\d|~/~\d)"
)
LONG: Final = rx(r"(?P<d>\d{1,2}) tháng~(?P<m>%MONTH%)(?:,?~năm~|~[/-]~)(?P<y>%YEAR%)(?!\d|~/~\d)")
LONG_NO_YEAR: Final = rx(r"(?P<d>\d{1,2}) tháng~(?P<m>%MONTH%)(?!~[/-]~\d)")
SHORT: Final = rx(r"(?P<d>\d{1,2})~/~(?P<m>\d{1,2})(?!\d|~[/%]|~-~\d|[.,]\d)")
FORMS: Final = (NUMERIC, LONG, LONG_NO_YEAR, SHORT)
DASHED_SHORT: Final = rx(r"(?P<d>\d{1,2})[.-](?P<m>\d{1,2})(?!\d|~[/%.-]~\d|,\d)")


def read_day(folded: str, start: int, end: int | None = None) -> tuple[WrittenDay, int] | None:
    """Read a day that begins exactly at `start`; return it and where it ends."""
    stop = len(folded) if end is None else end
    for form in FORMS:
        if found := form.match(folded, start, stop):
            return written(found), found.end()
    return None


def written(found: re.Match[str]) -> WrittenDay:
    """Turn a match with the groups d, m and perhaps y into the day written; «15/5/20» is of 2020."""
    year = found.groupdict().get("y")
    return WrittenDay(
        number_of(found["d"]),
        number_of(found["m"]),
        None if not year else int(year) if len(year) == 4 else 2000 + int(year),  # noqa: PLR2004
    )
