"""The characters of a PDF page, line by line, each with its place and the size of its type.

API: pdfium's public/fpdf_text.h.
"""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from directives.readers.pdf_turn import PageTurn

MAX_CHARACTERS: Final = 200_000  # of one page
HYPHENS: Final = {0x02: "-", 0xFFFE: "-", 0xAD: "-"}  # pdfium's names for a hyphen at the end of a line
FEW_LETTERS: Final = 6  # that stand alone on a line: a list of ordinals may have so many
# Of the type's size: what two letters of one line differ in height, overlap at most, and lie apart; and the
# narrowest gap that is a space, which is a quarter in most type.
SAME_BASE, OVERLAP, FAR, SPACE = 0.1, 0.3, 1.0, 0.15


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character, where it stands, and how large its type is."""

    char: str
    left: float
    right: float
    base: float
    size: float
    index: int = -1  # its number on the page


def lines_of(text_page: pypdfium2.PdfTextPage, turn: PageTurn) -> list[list[Glyph]]:
    """Return the characters of each line, in the order the page draws them."""
    lines = list(_found(text_page, turn))
    letters = sum(len(line) == 1 for line in lines)
    return _rejoined(lines) if letters >= FEW_LETTERS and letters > len(lines) / 2 else lines


def _rejoined(lines: list[list[Glyph]]) -> list[list[Glyph]]:
    """Put a page together again that was taken for one written from the top down, letter by letter.

    pdfium does so with a page of one row of a table; the spaces it drops show as gaps.
    """
    found: list[list[Glyph]] = []
    for line in lines:
        first = line[0]
        last = found[-1][-1] if found else None
        if last is None or not _follows(last, first):
            found.append(list(line))
            continue
        if first.left - last.right > SPACE * first.size:
            found[-1].append(replace(first, char=" ", left=last.right, right=first.left))
        found[-1] += line
    return found


def _follows(last: Glyph, glyph: Glyph) -> bool:
    """Tell whether a character stands on the line of another, to its right, at most a wide gap away."""
    across, size = glyph.left - last.right, glyph.size
    return abs(glyph.base - last.base) < SAME_BASE * size and -OVERLAP * size < across < FAR * size


def _found(text_page: pypdfium2.PdfTextPage, turn: PageTurn) -> Iterator[list[Glyph]]:
    """Give the lines as pdfium sees them."""
    line: list[Glyph] = []
    handle = text_page.raw
    rectangle = pdfium.FS_RECTF()
    for index in range(min(text_page.count_chars(), MAX_CHARACTERS)):
        code = pdfium.FPDFText_GetUnicode(handle, index)
        if code in (0x0A, 0x0D):
            if line:
                yield line
            line = []
        elif code and pdfium.FPDFText_GetLooseCharBox(handle, index, ctypes.byref(rectangle)):
            left, _, right, _ = turn.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
            base, size = _type_of(handle, index, turn)
            line.append(Glyph(HYPHENS.get(code) or chr(code), left, right, base, size, index))
    if line:
        yield line


def _type_of(handle: Any, index: int, turn: PageTurn) -> tuple[float, float]:
    """Return the height of a character's base line, and the size of its type as shown."""
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
    pdfium.FPDFText_GetCharOrigin(handle, index, ctypes.byref(x), ctypes.byref(y))
    size = float(pdfium.FPDFText_GetFontSize(handle, index))
    if pdfium.FPDFText_GetMatrix(handle, index, ctypes.byref(matrix)):
        size *= math.hypot(matrix.c, matrix.d)
    _, base, _, _ = turn.box(x.value, y.value, x.value, y.value)
    return base, max(size, 1.0)
