"""Pictures of pages: files of a scanner or a camera, and the pages of a PDF that are nothing but pictures.

`ocr.images` opens the files, pdfium draws the pages of a PDF; `ocr.engine` reads them.
"""

import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from directives.readers.assembled import assembled, within_time
from directives.readers.bounds import next_step
from directives.readers.document import Content, Refusal, UnreadableDocument
from directives.readers.ocr.engine import read_page, tessdata, version
from directives.readers.ocr.images import count_pages, picture_of, readable_dpi
from directives.readers.ocr.picture import Picture
from directives.readers.ocr.shelf import shelf_of
from directives.readers.ocr.stamps import refuse_stamp
from directives.readers.ocr.words import Sheet, Turn
from directives.readers.pieces import POINTS

MAX_SCANS: Final = 100  # pages of one file
MAX_SCAN_SECONDS: Final = 600.0


def read_scan(raw: bytes) -> Content:
    """Read a picture file; raise UnreadableDocument where it is broken or large, or the engine is missing."""
    tessdata()
    pages = range(count_pages(raw))
    sheets = recognised(raw, {index + 1: partial(picture_of, raw, index) for index in pages})
    content = assembled([sheet.page(number) for number, sheet in sheets.items()], turns(sheets), sheets)
    if not content.text.strip():
        raise UnreadableDocument(Refusal.EMPTY, "no-words-in-picture")
    return content


def recognised(raw: bytes, pages: Mapping[int, Callable[[], Picture]]) -> dict[int, Sheet]:
    """Read pages of a file, given as what draws them by their numbers, or take them from the shelf.

    Raises UnreadableDocument where there are too many, they take too long, or one bears a stamp of secrecy.
    """
    if len(pages) > MAX_SCANS:
        raise UnreadableDocument(Refusal.TOO_LARGE, "too-many-scans", limit=str(MAX_SCANS))
    shelf = shelf_of(hashlib.sha256(raw).hexdigest(), version())
    sheets: dict[int, Sheet] = {}
    for number, draw in within_time(pages.items(), MAX_SCAN_SECONDS):
        next_step()
        sheet = shelf.find(number)
        if sheet is None:
            sheet = read_page(draw())
            shelf.put(number, sheet)
        refuse_stamp(sheet.page(number))
        sheets[number] = sheet
    return sheets


def turns(sheets: Mapping[int, Sheet]) -> dict[int, Turn]:
    """Return how each page was turned before it was read."""
    return {number: sheet.turn for number, sheet in sheets.items()}


def draw_sheet(sheet: Any, picture_dpi: float | None) -> Picture:
    """Draw a page of a PDF (pypdfium2's PdfPage) in grey, at most as fine as its picture is."""
    dpi = readable_dpi(picture_dpi, *sheet.get_size())
    return Picture(sheet.render(scale=dpi / POINTS, grayscale=True).to_pil().convert("L"), dpi)
