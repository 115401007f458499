"""The draft of a letter that urges, as a Word file in the layout of an official letter.

The layout is that of NĐ 30/2020/NĐ-CP, Phụ lục I: A4, Times New Roman, the two-column head, number and
subject under the office's name, «Kính gửi», the receivers on the left of the signature. The letter is in
Vietnamese whatever the user's language. What a person decides is left blank: number, day, signer, the day of
the answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tracker.clock import shown
from tracker.phrasebook import say
from tracker.services.overdue import OverdueItem

FONT: Final = "Times New Roman"
LONGEST_WORDS: Final = 220  # characters of the instruction in the table
_LEFT, _RIGHT = 62, 103  # millimetres of the two columns of the head and of the foot
_COLUMNS: Final = (  # code of the heading, millimetres, alignment
    ("no", 10, WD_ALIGN_PARAGRAPH.CENTER),
    ("code", 33, WD_ALIGN_PARAGRAPH.CENTER),
    ("document", 31, WD_ALIGN_PARAGRAPH.LEFT),
    ("words", 48, WD_ALIGN_PARAGRAPH.LEFT),
    ("due-on", 23, WD_ALIGN_PARAGRAPH.CENTER),
    ("late", 20, WD_ALIGN_PARAGRAPH.CENTER),
)
_CENTRE, _JUSTIFIED = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


@dataclass(frozen=True, slots=True)
class UrgingLetter:
    """What a letter says: to whom, about which late work, as of which day."""

    agency: str
    works: Sequence[OverdueItem]  # in the order of the table
    on: date
    province: str = ""  # empty: left for a person
    number: str = ""  # number and symbol; empty: left for a person


def written(letter: UrgingLetter) -> bytes:
    """Write a letter as a Word file."""
    document = _blank_page(letter)
    _head(document, letter)
    _paragraph(document, _phrase("to", agency=letter.agency), size=14, align=_CENTRE, before=14, after=10)
    longest = max(work.working_days for work in letter.works)
    found = {"agency": letter.agency, "count": len(letter.works), "on": shown(letter.on), "longest": longest}
    _body(document, _phrase("state", **found))
    _table(document, letter.works)
    for code in ("ask", "ask-finish", "ask-explain", "end"):
        _body(
            document,
            _phrase(code, agency=letter.agency, year=letter.on.year),
            before=8 if code == "ask" else 0,
        )
    _foot(document)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def shortened(words: str) -> str:
    """Return an instruction as the table says it: cut after a whole word where it is long."""
    whole = " ".join(words.split())
    if len(whole) <= LONGEST_WORDS:
        return whole
    return whole[:LONGEST_WORDS].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"


def _phrase(code: str, **fields: object) -> str:
    return say(f"urging.letter-{code}", "vi", **fields)


def _blank_page(letter: UrgingLetter) -> Any:
    """Make an empty A4 page with the decree's margins and type, the mark of a draft, and page numbers."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin = page.bottom_margin = Mm(20)
    page.left_margin, page.right_margin = Mm(30), Mm(15)
    page.header_distance = Mm(10)
    page.different_first_page_header_footer = True
    usual = document.styles["Normal"]
    usual.font.name, usual.font.size = FONT, Pt(14)
    usual.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    usual.paragraph_format.space_after = Pt(0)
    _fill(page.first_page_header.paragraphs[0], _phrase("draft"), bold=True, size=13)
    later = page.header.paragraphs[0]
    later.alignment = _CENTRE
    _page_number(later)
    known, day = document.core_properties, datetime.combine(letter.on, time(), UTC)
    known.title, known.author, known.comments = _phrase("subject"), "", ""
    known.created = known.modified = day
    return document


def _head(document: Any, letter: UrgingLetter) -> None:
    """Write the office's name, number and subject on the left; the country, the motto and the day beside."""
    left, right = _two_columns(document)
    province = letter.province.upper() or _phrase("blank")
    _fill(left.paragraphs[0], _phrase("above"), size=13, align=_CENTRE)
    _paragraph(left, _phrase("above-province", province=province), size=13, align=_CENTRE)
    _paragraph(left, _phrase("office"), size=13, bold=True, align=_CENTRE)
    _line(left, 20, 20)
    number = _phrase("number", number=letter.number) if letter.number else _phrase("no-number")
    _paragraph(left, number, size=13, align=_CENTRE, before=4)
    _paragraph(left, _phrase("subject"), size=12, align=_CENTRE, before=6)
    _fill(right.paragraphs[0], _phrase("country"), size=13, bold=True, align=_CENTRE)
    _paragraph(right, _phrase("motto"), size=14, bold=True, align=_CENTRE)
    _line(right, 18, 18)
    place = letter.province or _phrase("blank")
    dated = _phrase("dated", place=place, year=letter.on.year)
    _paragraph(right, dated, size=14, italic=True, align=_CENTRE, before=6)


def _table(document: Any, works: Sequence[OverdueItem]) -> None:
    """Write the late work; the headings come again on each page, and no row is torn in two."""
    table = document.add_table(rows=1, cols=len(_COLUMNS))
    table.style, table.autofit, table.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
    for cell, (code, _, _) in zip(table.rows[0].cells, _COLUMNS, strict=True):
        _fill(cell.paragraphs[0], _phrase(f"column-{code}"), size=12, bold=True, align=_CENTRE)
    _mark_row(table.rows[0], "w:tblHeader")
    for number, work in enumerate(works, start=1):
        row = table.add_row()
        words = (
            number,
            work.code,
            work.document,
            shortened(work.action),
            shown(work.due_on),
            work.working_days,
        )
        for cell, word, (_, _, align) in zip(row.cells, words, _COLUMNS, strict=True):
            _fill(cell.paragraphs[0], str(word), size=12, align=align)
    for row in table.rows:
        _mark_row(row, "w:cantSplit")
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.space_before = Pt(2)
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
    _wide(table, [width for _, width, _ in _COLUMNS])


def _foot(document: Any) -> None:
    """Write the receivers on the left, and the place of the signature on the right."""
    left, right = _two_columns(document, before=10)
    _fill(left.paragraphs[0], _phrase("receivers"), size=12, bold=True, italic=True)
    for code in ("receiver-same", "receiver-above", "receiver-office", "receiver-kept"):
        _paragraph(left, _phrase(code), size=11)
    _fill(right.paragraphs[0], _phrase("signer-office"), size=14, bold=True, align=_CENTRE)
    _paragraph(right, _phrase("signer-name"), size=14, bold=True, align=_CENTRE, before=70)


def _two_columns(document: Any, before: int = 0) -> tuple[Any, Any]:
    """Add a row of two cells without rules, which is not torn in two."""
    if before:
        _paragraph(document, "", size=before)
    table = document.add_table(rows=1, cols=2)
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    _mark_row(table.rows[0], "w:cantSplit")
    left, right = table.rows[0].cells
    _wide(table, (_LEFT, _RIGHT))
    return left, right


def _wide(table: Any, widths: Sequence[int]) -> None:
    """Set the columns' millimetres; Word goes by the cells, LibreOffice by the columns."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _body(document: Any, words: str, before: int = 0) -> None:
    made = _paragraph(document, words, size=14, align=_JUSTIFIED, before=before, after=6)
    made.paragraph_format.first_line_indent = Mm(12.7)


def _paragraph(  # noqa: PLR0913 — how a paragraph looks
    place: Any,
    words: str,
    *,
    size: int,
    bold: bool = False,
    italic: bool = False,
    align: Any = None,
    before: int = 0,
    after: int = 0,
) -> Any:
    made = place.add_paragraph()
    _fill(made, words, size=size, bold=bold, italic=italic, align=align)
    made.paragraph_format.space_before, made.paragraph_format.space_after = Pt(before), Pt(after)
    return made


def _fill(  # noqa: PLR0913 — the same
    paragraph: Any, words: str, *, size: int, bold: bool = False, italic: bool = False, align: Any = None
) -> None:
    run = paragraph.add_run(words)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    paragraph.paragraph_format.space_after = Pt(0)
    if align is not None:
        paragraph.alignment = align


def _line(cell: Any, left: float, right: float) -> None:
    """Draw the rule under a name: the upper edge of an empty paragraph, indented by millimetres."""
    made = _paragraph(cell, "", size=2)
    made.paragraph_format.left_indent, made.paragraph_format.right_indent = Mm(left), Mm(right)
    made.paragraph_format.line_spacing = Pt(4)
    edge = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    edge.append(top)
    made._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001 — the library has no borders
        edge, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _mark_row(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 — nor these


def _page_number(paragraph: Any) -> None:
    """Show the number of the page, from the second on."""
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, words in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = words
        run._r.append(part)  # noqa: SLF001 — nor fields
