"""What a cell of a workbook shows: shared words, numbers, and days that are stored as numbers.

Source: ECMA-376 part 1, 18.3.1.4 (cells), 18.8.30 (number formats), 18.17.4 (days as numbers).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from directives.readers.wordml import Element

S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a day in a sheet has no zone
EPOCH_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001 - the same
LAST_DAY: Final = 2_958_465  # 31/12/9999
SPACES: Final = re.compile(r"\s+")
# What a format's code says in quotes, behind a backslash, or in brackets is no part of the pattern.
LITERALS: Final = re.compile(r"\"[^\"]*\"|\\.|\[[^\]]*\]|_.|\*.")
SAID: Final = re.compile(r"\"([^\"]*)\"|\\(.)|([0#?])")
DIGITS: Final = 10


class Style(Enum):
    """How a number is shown."""

    NUMBER = "number"
    PERCENT = "percent"
    DAY = "%d/%m/%Y"
    MONTH = "%m/%Y"
    YEAR = "%Y"
    MOMENT = "%d/%m/%Y %H:%M"
    TIME = "%H:%M"


BUILT_IN: Final[Mapping[int, Style]] = {
    **dict.fromkeys((9, 10), Style.PERCENT),
    **dict.fromkeys((14, 15, 16, *range(27, 32), 36, *range(50, 59)), Style.DAY),
    17: Style.MONTH,
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47), Style.TIME),
    22: Style.MOMENT,
}


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a number is shown, and the words the format writes around it: «"Quý "0»."""

    style: Style = Style.NUMBER
    before: str = ""
    after: str = ""


PLAIN: Final = NumberFormat()
UNKNOWN: Final = "#?"  # of a formula nobody calculated, or one that failed: somebody must look at the sheet


@dataclass(frozen=True, slots=True)
class Values:
    """What the cells of one workbook refer to."""

    words: Sequence[str]
    formats: Sequence[NumberFormat]  # by the number a cell gives
    epoch: datetime

    def shown(self, cell: Element) -> str:
        """Return what a cell shows, on one line; nothing for an empty cell or an error."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return one_line(_runs(cell.find(f"{S}is")))
        stored = (cell.findtext(f"{S}v") or "").strip()
        if kind == "s":
            index = int(stored) if stored.isdecimal() else -1
            return self.words[index] if 0 <= index < len(self.words) else ""
        if kind == "e" or (not stored and cell.find(f"{S}f") is not None):
            return UNKNOWN
        if kind == "b":
            return ""
        if kind != "n":
            return one_line(stored)
        index = int(cell.get("s", "0")) if cell.get("s", "0").isdecimal() else 0
        return self._number(stored, self.formats[index] if index < len(self.formats) else PLAIN)

    def _number(self, stored: str, form: NumberFormat) -> str:
        style = form.style
        try:
            number = float(stored)
        except ValueError:
            return one_line(stored)
        if style is Style.PERCENT:
            return f"{number * 100:.{DIGITS}g}%"
        if style is Style.NUMBER or not 0 <= number <= LAST_DAY:
            digits = f"{number:.{DIGITS}f}".rstrip("0").rstrip(".") if abs(number) < 1e15 else stored  # noqa: PLR2004
            return one_line(f"{form.before}{digits}{form.after}") if style is Style.NUMBER else digits
        moment = self.epoch + timedelta(minutes=round(number * 24 * 60))
        return moment.strftime(style.value)


def load_values(book: Element, shared: Element | None, styles: Element | None) -> Values:
    """Read what cells refer to from a workbook's parts."""
    words = [one_line(_runs(item)) for item in shared.iterfind(f"{S}si")] if shared is not None else []
    properties = book.find(f"{S}workbookPr")
    since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    return Values(words, _formats(styles), EPOCH_1904 if since_1904 else EPOCH)


def style_of(code: str) -> Style:
    """Tell how a format shows a number: «dd/mm/yyyy», «mm-yy», «0.0%»."""
    pattern = LITERALS.sub("", code.split(";", maxsplit=1)[0]).lower()
    if "general" in pattern:
        return Style.NUMBER
    if "d" in pattern:
        return Style.MOMENT if "h" in pattern else Style.DAY
    if "h" in pattern or "s" in pattern:
        return Style.TIME
    if "m" in pattern:
        return Style.MONTH
    if "y" in pattern:
        return Style.YEAR
    return Style.PERCENT if "%" in pattern else Style.NUMBER


def format_of_code(code: str) -> NumberFormat:
    """Read a format's code: how it shows a number, and its own words before and behind."""
    style = style_of(code)
    if style is not Style.NUMBER:
        return NumberFormat(style)
    said = ["", ""]
    behind = False
    for quoted, escaped, digit in SAID.findall(code.split(";", maxsplit=1)[0]):
        behind = behind or bool(digit)
        said[behind] += quoted or escaped
    return NumberFormat(style, *said) if behind else PLAIN


def one_line(text: str) -> str:
    """Fold the white space of a cell."""
    return SPACES.sub(" ", text).strip()


def _formats(styles: Element | None) -> list[NumberFormat]:
    if styles is None:
        return []
    own = {
        each.get("numFmtId"): format_of_code(each.get("formatCode") or "")
        for each in styles.iterfind(f"{S}numFmts/{S}numFmt")
    }
    found = []
    for each in styles.iterfind(f"{S}cellXfs/{S}xf"):
        number = each.get("numFmtId", "0")
        built_in = BUILT_IN.get(int(number), Style.NUMBER) if number.isdecimal() else Style.NUMBER
        found.append(own.get(number, NumberFormat(built_in)))
    return found


def _runs(holder: Element | None) -> str:
    """Join the runs of a cell's words; readings above the words (rPh) are none."""
    if holder is None:
        return ""
    return "".join(
        run.text or ""
        for child in holder
        if child.tag in (f"{S}t", f"{S}r")
        for run in ([child] if child.tag == f"{S}t" else child.iterfind(f"{S}t"))
    )
