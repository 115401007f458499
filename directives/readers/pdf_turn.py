"""How a page of a PDF lies: as it is shown, and as its words are read, which may be two things.

A page may be turned for showing (/Rotate), its words may be written sideways; neither need undo the other.
Sources: ISO 32000-1, 7.7.3.3 (Rotate) and 9.4.4 (text space); pdfium's public/fpdf_text.h.
"""

import ctypes
import math
from collections import Counter
from dataclasses import dataclass
from typing import Final, Self

import pypdfium2
import pypdfium2.raw as pdfium

from directives.readers.ocr.words import Turn

LOOKED_AT: Final = 400  # characters of a page, from all over it
QUARTER: Final = 90.0
FOUR: Final = 4


@dataclass(frozen=True, slots=True)
class PageTurn:
    """How a page is turned before its words are read: quarters clockwise, then its width and height."""

    quarter: int
    width: float
    height: float
    as_shown: Turn | None = None  # how the shown page is turned for it; None where it is not

    @classmethod
    def of(cls, sheet: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage) -> Self:
        """Turn a page so that most of its words stand upright."""
        width, height = sheet.get_size()
        shown = sheet.get_rotation() // 90 % FOUR
        upright = _quarter_of(text_page, shown)
        if upright == shown:
            return cls(shown, width, height)
        turn = Turn(width, height, (upright - shown) % FOUR)
        return cls(upright, *turn.upright, turn)

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Return a box as it stands on the turned page."""
        if self.quarter == 1:
            return bottom, self.height - right, top, self.height - left
        if self.quarter == 2:  # noqa: PLR2004 - upside down
            return self.width - right, self.height - top, self.width - left, self.height - bottom
        if self.quarter == 3:  # noqa: PLR2004
            return self.width - top, left, self.width - bottom, right
        return left, bottom, right, top


def _quarter_of(text_page: pypdfium2.PdfTextPage, shown: int) -> int:
    """Return by how many quarters clockwise most words must be turned; as shown where there are none."""
    count = text_page.count_chars()
    matrix = pdfium.FS_MATRIX()
    ways: Counter[int] = Counter()
    for index in range(0, count, max(1, count // LOOKED_AT)):
        written = chr(pdfium.FPDFText_GetUnicode(text_page.raw, index))
        if not written.isspace() and pdfium.FPDFText_GetMatrix(text_page.raw, index, ctypes.byref(matrix)):
            ways[round(math.degrees(math.atan2(matrix.b, matrix.a)) / QUARTER) % FOUR] += 1
    way, often = max(ways.items(), key=lambda each: each[1], default=(shown, 0))
    return way if 2 * often > ways.total() else shown
