"""PDF files by the place of every character; pages that are pictures go to `scan`.

pdfium gives the characters with their boxes; `assembled` makes text of the pages. API: pdfium's fpdf_text.h.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from statistics import median
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

from directives.model import Doubt
from directives.readers.assembled import assembled, within_time
from directives.readers.document import MAX_PAGES, Content, Refusal, UnreadableDocument
from directives.readers.legacy.paper import restored, set_in_unicode
from directives.readers.lines import rulings_of
from directives.readers.ocr.doubts import unread_page
from directives.readers.ocr.engine import MISSING
from directives.readers.ocr.picture import Picture
from directives.readers.ocr.stamps import refuse_stamp
from directives.readers.ocr.words import Sheet
from directives.readers.packed import Packed, handed_over, refuse_secret_files
from directives.readers.pdf_lines import Glyph, lines_of
from directives.readers.pdf_marked import Ink, raised_on, struck_on, unseen_on
from directives.readers.pdf_notes import Notes, notes_of
from directives.readers.pdf_noticed import Noticed, doubts_of_noticed
from directives.readers.pdf_outside import attached_files, doubts_of_attached, outside_pdf_text
from directives.readers.pdf_turn import PageTurn
from directives.readers.pdf_written_in import written_in
from directives.readers.pictured import FEW_LETTERS, Pictured, letters_of
from directives.readers.pieces import WIDE_GAP, Page, Piece, Ruling
from directives.readers.scan import draw_sheet, recognised, turns

NARROW_GAP: Final = 0.5  # sizes of type between two that may, in a table without ruled lines
MAX_OBJECTS: Final = 20_000


@dataclass(frozen=True, slots=True)
class _Taken:
    """A page taken apart: what it is, how it was turned to be read, what was put on it, what to look at."""

    page: Page
    turn: PageTurn
    notes: Notes
    noticed: tuple[Noticed, ...]
    dpi: float | None  # of the largest picture
    is_scan: bool
    is_searchable: bool  # a picture whose words another program has read and laid where nobody sees them


def read_pdf(raw: bytes) -> Content:
    """Read a PDF file; raise UnreadableDocument where it is locked, broken, too long or without words."""
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        raise UnreadableDocument(Refusal.ENCRYPTED if locked else Refusal.DAMAGED) from error
    try:
        taken = _pages(document)
        files = _files(document, taken)
        pages = [each.page for each in taken]
        scans = {each.page.number: each.dpi for each in taken if each.is_scan}
        if not scans and not any(page.pieces for page in pages):
            raise UnreadableDocument(Refusal.EMPTY)
        sheets, unread = _recognised(raw, document, pages, scans) if scans else ({}, ())
        outside = (*outside_pdf_text(document), *(line for each in taken for line in each.notes.lines))
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(Refusal.DAMAGED) from error
    finally:
        document.close()
    pages, doubts = restored(pages)
    read = [sheets[page.number].page(page.number) if page.number in sheets else page for page in pages]
    laid = {each.page.number: each.turn.as_shown for each in taken if each.turn.as_shown is not None}
    shown = {**laid, **turns(sheets)}
    content = assembled(read, shown, {each.page.number for each in taken if each.is_searchable} | {*sheets})
    if not content.text.strip():
        raise UnreadableDocument(Refusal.EMPTY, "no-words-in-picture" if scans else "")
    noticed = [each for page in taken for each in page.noticed]
    marked = doubts_of_noticed(noticed, content.text, content.stretches, shown)
    return replace(
        content,
        furniture=(*content.furniture, *outside),
        doubts=(*content.doubts, *doubts, *unread, *marked, *doubts_of_attached(files)),
    )


def _files(document: pypdfium2.PdfDocument, taken: list[_Taken]) -> list[Packed]:
    """Return the files in the PDF that nobody reads; raise UnreadableDocument where one of them is secret."""
    files = [*attached_files(document), *(file for each in taken for file in each.notes.files)]
    if handed_over(files):
        return []
    refuse_secret_files(files)
    return files


def _pages(document: pypdfium2.PdfDocument) -> list[_Taken]:
    """Take every page apart, within bounds of number and time."""
    if len(document) > MAX_PAGES:
        raise UnreadableDocument(Refusal.TOO_LARGE, "too-many-pages", limit=f"{MAX_PAGES}")
    taken: list[_Taken] = []
    if document.get_formtype() != pdfium.FORMTYPE_NONE:
        document.init_forms()  # before any page is loaded; no script of a form runs in this build
    for index in within_time(range(len(document))):
        sheet = document[index]
        taken.append(_page(sheet, index + 1, document.formenv))
        if taken[-1].is_searchable:
            refuse_stamp(taken[-1].page)
        sheet.close()
    return taken


def _recognised(
    raw: bytes, document: pypdfium2.PdfDocument, pages: list[Page], scans: Mapping[int, float | None]
) -> tuple[dict[int, Sheet], tuple[Doubt, ...]]:
    """Read the pages that are pictures; without an engine, doubt them where the others have the text."""

    def draw(number: int) -> Picture:
        sheet = document[number - 1]
        try:
            return draw_sheet(sheet, scans[number])
        finally:
            sheet.close()

    try:
        return recognised(raw, {number: partial(draw, number) for number in scans}), ()
    except UnreadableDocument as refusal:
        if refusal.detail not in MISSING or sum(map(letters_of, pages)) < FEW_LETTERS * len(pages):
            raise
        return {}, tuple(unread_page(number) for number in scans)


def _page(sheet: pypdfium2.PdfPage, number: int, form: pypdfium2.PdfFormEnv | None) -> _Taken:
    """Take one page apart; tell how it lies, what is drawn on it and what was put on it."""
    rulings: list[Ruling] = []
    drawn = Pictured()
    text_page = sheet.get_textpage()
    try:
        turn = PageTurn.of(sheet, text_page)
        notes, ink = notes_of(sheet, form, turn), Ink(turn.box)
        for count, each in enumerate(sheet.get_objects(max_depth=2)):
            if count > MAX_OBJECTS:
                break
            drawn.add(each)
            ink.add(each)
            if each.type == pdfium.FPDF_PAGEOBJ_PATH:
                rulings += rulings_of(each, turn.box)
        uprights = [ruling for ruling in rulings if ruling.upright]
        lines, doubts = set_in_unicode(lines_of(text_page, turn), text_page)
        noticed = [
            *unseen_on(number, lines, text_page, ink, turn),
            *struck_on(number, lines, (*rulings, *notes.strikes), turn.height),
            *raised_on(number, lines, turn.height),
        ]
        pieces = [piece for line in lines for piece in _pieces(line, uprights) if piece.text.strip()]
    finally:
        text_page.close()
    page = Page(turn.width, turn.height, tuple(pieces), tuple(rulings), number, doubts)
    is_scan = drawn.is_scan(page)
    is_searchable = not is_scan and drawn.is_searchable_scan(page)
    if is_scan or is_searchable:  # its own words are seen by nobody, and notes are drawn with the picture
        return _Taken(page, turn, notes, (), drawn.dpi, is_scan, is_searchable)
    page, put_on = written_in(page, notes.words)
    return _Taken(page, turn, notes, (*noticed, *put_on), drawn.dpi, is_scan, is_searchable)


def _pieces(line: list[Glyph], uprights: list[Ruling]) -> Iterator[Piece]:
    """Cut a line where a gap is too wide for a space, or where a ruled line stands."""
    middle = line[0].base + line[0].size / 3
    crossing = [ruling for ruling in uprights if ruling.bottom <= middle <= ruling.top]
    part: list[Glyph] = []
    before: Glyph | None = None
    for glyph in line:
        if before is not None and not glyph.char.isspace() and _is_apart(before, glyph, crossing):
            yield _piece(part)
            part = []
        part.append(glyph)
        before = before if glyph.char.isspace() else glyph
    if part:
        yield _piece(part)


def _is_apart(before: Glyph, glyph: Glyph, uprights: list[Ruling]) -> bool:
    size = glyph.size
    if glyph.left - before.right > WIDE_GAP * size or glyph.left < before.left - size:
        return True
    return any(before.right - 1 <= (ruling.left + ruling.right) / 2 <= glyph.left + 1 for ruling in uprights)


def _piece(glyphs: list[Glyph]) -> Piece:
    """Make a piece of its characters."""
    shown = [glyph for glyph in glyphs if not glyph.char.isspace()] or glyphs
    text = " ".join("".join(glyph.char for glyph in glyphs).split())
    end = shown[min(len(text.partition(" ")[0]), len(shown)) - 1]
    return Piece(
        text=text,
        left=shown[0].left,
        right=shown[-1].right,
        base=median(glyph.base for glyph in shown),
        size=max(glyph.size for glyph in shown),
        first_word=end.right - shown[0].left,
        gaps=tuple(_gaps(glyphs)),
    )


def _gaps(glyphs: list[Glyph]) -> Iterator[tuple[int, float, float]]:
    """Give the wide spaces between words: the offset behind them, where they begin and end."""
    at, before, spaced = 0, glyphs[0], False
    for glyph in glyphs:
        if glyph.char.isspace():
            spaced = at > 0
            continue
        at += spaced
        if spaced and glyph.left - before.right > NARROW_GAP * glyph.size:
            yield at, before.right, glyph.left
        at, before, spaced = at + 1, glyph, False
