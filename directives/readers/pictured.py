"""Tell a page of a PDF that is nothing but a picture from one that has pictures on it.

A scanner with a recogniser of its own, or an archive's program, lays what it read under or over the picture
where nobody sees it, so that it can be searched for. Source: ISO 32000-1, 9.3.6 (text rendering modes).
"""

import re
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2.raw as pdfium

from directives.readers.pieces import POINTS, Page

FEW_LETTERS: Final = 40  # on a page with a picture: a number stamped on a scan, not its text
SIGNATURE_LETTERS: Final = 400  # a signature put on a scan names its owner, office, mail address and hour
SIGNATURE: Final = re.compile(
    r"\b(?:Ký bởi|Người ký|Ngày ký|Giờ ký|Thời gian ký|Đã ký số|Digitally signed|Signature|Signed by)\b",
    re.IGNORECASE,
)
HALF: Final = 0.5  # of the page: less is a picture on it
MANY_PATHS: Final = 200  # letters drawn as outlines
UNSEEN: Final = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})


@dataclass(slots=True)
class Pictured:
    """What of a page is drawn rather than written."""

    area: float = 0.0  # of its pictures, in square points
    largest: float = 0.0
    paths: int = 0
    dpi: float | None = None  # of the largest picture
    texts: int = 0  # pieces of text
    unseen: int = 0  # of them without ink
    under: int = 0  # of them drawn before the largest picture

    def add(self, each: Any) -> None:
        """Count an object of the page (pypdfium2's PdfObject)."""
        if each.type == pdfium.FPDF_PAGEOBJ_PATH:
            self.paths += 1
        elif each.type == pdfium.FPDF_PAGEOBJ_TEXT:
            self.texts += 1
            self.unseen += pdfium.FPDFTextObj_GetTextRenderMode(each.raw) in UNSEEN
        elif each.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = each.get_bounds()
            area = abs((right - left) * (top - bottom))
            self.area += area
            if area >= self.largest:
                across, down = each.get_px_size()
                self.largest = area
                self.dpi = POINTS * ((across * down) / area) ** 0.5 if area else None
                self.under = 0 if pdfium.FPDFPageObj_HasTransparency(each.raw) else self.texts

    def is_scan(self, page: Page) -> bool:
        """Tell whether the page must be read as a picture: it has no words, or only those put on a scan."""
        letters = letters_of(page)
        if letters == 0:
            return self.dpi is not None or self.area > 0 or self.paths >= MANY_PATHS
        if self.area < HALF * page.width * page.height:
            return False
        return letters < FEW_LETTERS or (letters < SIGNATURE_LETTERS and _is_signed(page))

    def is_searchable_scan(self, page: Page) -> bool:
        """Tell a picture of a page whose words lie where nobody sees them: a program read them from it."""
        if self.area < HALF * page.width * page.height:
            return False
        covered = self.under if self.largest >= HALF * page.width * page.height else 0
        return max(self.unseen, covered) > HALF * self.texts


def letters_of(page: Page) -> int:
    """Count the letters and digits on a page."""
    return sum(char.isalnum() for piece in page.pieces for char in piece.text)


def _is_signed(page: Page) -> bool:
    return any(SIGNATURE.search(piece.text) for piece in page.pieces)
