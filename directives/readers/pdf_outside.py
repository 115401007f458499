"""Words of a PDF outside its pages' text that may bear a stamp: notes, stamps put on, the file's title.

Sources: ISO 32000-1, 12.5 (annotations) and 14.3.3 (information dictionary); pdfium's public/fpdf_annot.h.
"""

import ctypes
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

FACTS: Final = ("Title", "Subject", "Keywords")
MAX_NOTES: Final = 500  # of a page
MAX_CHARACTERS: Final = 400
END_MARK: Final = 2  # bytes of zero


def outside_pdf_text(document: pypdfium2.PdfDocument) -> list[str]:
    """Return the title and keywords of the file."""
    facts = document.get_metadata_dict(skip_empty=True)
    return [facts[name][:MAX_CHARACTERS] for name in FACTS if name in facts]


def notes_of(sheet: pypdfium2.PdfPage) -> list[str]:
    """Return the lines of the notes and stamps that were put on a page."""
    lines: list[str] = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(sheet.raw), MAX_NOTES)):
        note = pdfium.FPDFPage_GetAnnot(sheet.raw, index)
        if note:
            lines += _contents(note).splitlines()
            pdfium.FPDFPage_CloseAnnot(note)
    return [line.strip() for line in lines if line.strip()]


def _contents(note: object) -> str:
    buffer = (ctypes.c_ushort * MAX_CHARACTERS)()
    size = pdfium.FPDFAnnot_GetStringValue(note, b"Contents", buffer, ctypes.sizeof(buffer))
    if not END_MARK < size <= ctypes.sizeof(buffer):  # a long note is no stamp
        return ""
    return bytes(buffer)[: size - END_MARK].decode("utf-16-le", errors="replace")
