"""What was put on a page of a PDF afterwards: fields filled in, notes typed on, strikes, files pinned to it.

Sources: ISO 32000-1, 12.5 (annotations) and 12.7 (forms); pdfium's public/fpdf_annot.h and fpdf_attachment.h.
"""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from directives.readers.lines import Box as Edges
from directives.readers.packed import Packed
from directives.readers.pdf_noticed import FIELD, NOTE
from directives.readers.pdf_turn import PageTurn
from directives.readers.pieces import Ruling

MAX_NOTES: Final = 500  # of a page
MAX_CHARACTERS: Final = 20_000
LONGEST_STAMP: Final = 400  # characters; a longer line is no stamp
END_MARK: Final = 2  # bytes of zero
WRITTEN: Final = frozenset(
    {pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX}
)
OUT_OF_SIGHT: Final = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
MIDDLE: Final = 0.45  # of the height of what is struck, from its foot


@dataclass(frozen=True, slots=True)
class PutOn:
    """Words that were put on a page: the code of their doubt, and their edges on the page as it is read."""

    code: str
    words: str
    edges: Edges


@dataclass(frozen=True, slots=True)
class Notes:
    """All that was put on a page."""

    lines: tuple[str, ...] = ()  # that may bear a stamp, in sight or not
    words: tuple[PutOn, ...] = ()
    strikes: tuple[Ruling, ...] = ()
    files: tuple[Packed, ...] = ()


def notes_of(sheet: pypdfium2.PdfPage, form: pypdfium2.PdfFormEnv | None, turn: PageTurn) -> Notes:
    """Return what was put on a page after it was made."""
    lines: list[str] = []
    words: list[PutOn] = []
    strikes: list[Ruling] = []
    files: list[Packed] = []
    for note in _notes(sheet):
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        said, filled = _words(pdfium.FPDFAnnot_GetStringValue, note, b"Contents"), _filled(note, kind, form)
        lines += [line.strip() for line in (*said.splitlines(), *filled.splitlines())]
        if kind == pdfium.FPDF_ANNOT_FILEATTACHMENT and (raw := pdfium.FPDFAnnot_GetFileAttachment(note)):
            files.append(packed_file(pypdfium2.PdfAttachment(raw, sheet.pdf)))
        if pdfium.FPDFAnnot_GetFlags(note) & OUT_OF_SIGHT:
            continue
        if filled and _is_written(note, form):
            words.append(PutOn(FIELD, filled, _edges(note, turn)))
        elif kind == pdfium.FPDF_ANNOT_FREETEXT and said.strip():
            words.append(PutOn(NOTE, said, _edges(note, turn)))
        elif kind == pdfium.FPDF_ANNOT_STRIKEOUT:
            strikes += _struck(note, turn)
    kept = tuple(line for line in lines if 0 < len(line) <= LONGEST_STAMP)
    return Notes(kept, tuple(words), tuple(strikes), tuple(files))


def packed_file(attached: pypdfium2.PdfAttachment) -> Packed:
    """Return a file that is kept in a PDF, for what looks into it."""
    size = ctypes.c_ulong()
    pdfium.FPDFAttachment_GetFile(attached.raw, None, 0, ctypes.byref(size))
    try:
        name = attached.get_name()
    except pypdfium2.PdfiumError:
        name = ""
    return Packed(name, size.value, lambda: bytes(attached.get_data()) if size.value else b"")


def _notes(sheet: pypdfium2.PdfPage) -> Iterator[Any]:
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(sheet.raw), MAX_NOTES)):
        note = pdfium.FPDFPage_GetAnnot(sheet.raw, index)
        if note:
            try:
                yield note
            finally:
                pdfium.FPDFPage_CloseAnnot(note)


def _filled(note: Any, kind: int, form: pypdfium2.PdfFormEnv | None) -> str:
    """Return what a field was filled in with; a file may have fields and no form around them."""
    if form is not None:
        return _words(pdfium.FPDFAnnot_GetFormFieldValue, form.raw, note)
    return _words(pdfium.FPDFAnnot_GetStringValue, note, b"V") if kind == pdfium.FPDF_ANNOT_WIDGET else ""


def _is_written(note: Any, form: pypdfium2.PdfFormEnv | None) -> bool:
    """Tell a field that holds words from a box that is ticked."""
    return form is None or pdfium.FPDFAnnot_GetFormFieldType(form.raw, note) in WRITTEN


def _edges(note: Any, turn: PageTurn) -> Edges:
    box = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(note, ctypes.byref(box))
    return turn.box(box.left, box.bottom, box.right, box.top)


def _struck(note: Any, turn: PageTurn) -> Iterator[Ruling]:
    """Give a level line for each stretch of words that a reviewer has struck."""
    corners = pdfium.FS_QUADPOINTSF()
    for index in range(pdfium.FPDFAnnot_CountAttachmentPoints(note)):
        if pdfium.FPDFAnnot_GetAttachmentPoints(note, index, ctypes.byref(corners)):
            across = [corners.x1, corners.x2, corners.x3, corners.x4]
            up = [corners.y1, corners.y2, corners.y3, corners.y4]
            left, bottom, right, top = turn.box(min(across), min(up), max(across), max(up))
            level = bottom + MIDDLE * (top - bottom)
            yield Ruling(left, right, level, level)


def _words(ask: Callable[..., int], *of: object) -> str:
    """Ask for words in UTF-16, as all of pdfium's questions about notes answer."""
    size = ask(*of, None, 0)
    if not END_MARK < size <= 2 * MAX_CHARACTERS:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    ask(*of, buffer, ctypes.sizeof(buffer))
    return bytes(buffer)[: size - END_MARK].decode("utf-16-le", errors="replace")
