"""Words of a PDF outside its pages' text that may bear a stamp: notes, stamps put on, the file's title.

Sources: ISO 32000-1, 12.5 (annotations), 12.7.3 (fields) and 14.3.3 (information dictionary); pdfium's
public/fpdf_annot.h.
"""

import ctypes
from collections.abc import Callable
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


def notes_of(sheet: pypdfium2.PdfPage, form: pypdfium2.PdfFormEnv | None) -> list[str]:
    """Return the lines of the notes and stamps put on a page, and of the fields that were filled in on it."""
    lines: list[str] = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(sheet.raw), MAX_NOTES)):
        note = pdfium.FPDFPage_GetAnnot(sheet.raw, index)
        if note:
            lines += _words(pdfium.FPDFAnnot_GetStringValue, note, b"Contents").splitlines()
            if form is not None:
                lines += _words(pdfium.FPDFAnnot_GetFormFieldValue, form.raw, note).splitlines()
            pdfium.FPDFPage_CloseAnnot(note)
    return [line.strip() for line in lines if line.strip()]


def _words(ask: Callable[..., int], *of: object) -> str:
    buffer = (ctypes.c_ushort * MAX_CHARACTERS)()
    size = ask(*of, buffer, ctypes.sizeof(buffer))
    if not END_MARK < size <= ctypes.sizeof(buffer):  # a long note is no stamp
        return ""
    return bytes(buffer)[: size - END_MARK].decode("utf-16-le", errors="replace")
