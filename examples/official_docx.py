"""Set a document in Word: margins, type, tables and numbering of Nghị định 30/2020/NĐ-CP, annex I."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from content import NATION, OfficialDocument
from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Mm, Pt
from docx.table import _Cell

FONT = "Times New Roman"
BODY, SMALL, TINY, RULE_GAP = Pt(14), Pt(12), Pt(2), Pt(6)
TEXT_WIDTH = Mm(210 - 30 - 15)
ITEMS, BULLETS = "91", "92"  # numId of numbered items and of dash bullets

NUMBERING = """
<w:abstractNum {ns} w:abstractNumId="{id}"><w:multiLevelType w:val="singleLevel"/>
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:suff w:val="space"/>
  <w:lvlText w:val="{text}"/>
  <w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="567"/></w:pPr>
  <w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/></w:rPr></w:lvl>
</w:abstractNum>"""
NUMBERED = '<w:numPr {ns}><w:ilvl w:val="0"/><w:numId w:val="{id}"/></w:numPr>'
LOWER_BORDER = '<w:pBdr {ns}><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
FIELD_MARK = '<w:fldChar {ns} w:fldCharType="{kind}"/>'
FIELD = "<w:instrText {ns}>{text}</w:instrText>"


def write_docx(document: OfficialDocument, target: Path) -> None:
    """Write the document as .docx."""
    page = Document()
    _set_page(page, document)
    _add_numbering(page)
    _add_head(page, document)
    for text in document.introduction:
        _body(page, text)
    for item in document.items:
        _body(page, item.text, numbering=ITEMS)
        for bullet in item.bullets:
            _body(page, bullet, numbering=BULLETS)
    _body(page, document.closing)
    _add_foot(page, document)
    page.save(str(target))


def _set_page(page: Any, document: OfficialDocument) -> None:
    """Set A4, the margins, the base type, and the page number on top from the second page on."""
    section = page.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    header = section.header.paragraphs[0]
    header.alignment = ALIGN.CENTER
    for kind, text in (("begin", None), (None, " PAGE "), ("end", None)):
        run = header.add_run()
        run.font.size = Pt(13)
        xml = (
            FIELD_MARK.format(ns=nsdecls("w"), kind=kind)
            if kind
            else FIELD.format(ns=nsdecls("w"), text=text)
        )
        run.element.append(parse_xml(xml))
    style = page.styles["Normal"]
    style.font.name, style.font.size = FONT, BODY
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.element.rPr.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="vi-VN"/>'))
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    properties = page.core_properties
    properties.author, properties.title, properties.language = "Đôn Đốc", document.about, "vi-VN"
    properties.comments = ""
    properties.created = properties.modified = datetime(2020, 1, 1, tzinfo=UTC)


def _add_numbering(page: Any) -> None:
    """Define «1. 2. 3.» and «- », so that Word writes the numbers and the text holds none."""
    numbering = page.part.numbering_part.element
    first_num = numbering.find(qn("w:num"))
    for num_id, style, text in ((ITEMS, "decimal", "%1."), (BULLETS, "bullet", "-")):
        first_num.addprevious(
            parse_xml(NUMBERING.format(ns=nsdecls("w"), id=num_id, format=style, text=text))
        )
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{num_id}"><w:abstractNumId w:val="{num_id}"/></w:num>',
            )
        )


def _add_head(page: Any, document: OfficialDocument) -> None:
    """Add the head's table, then the title with its abstract, or the addressees."""
    left, right = _two_cells(page, Cm(6.0), rows=2)
    _line(left[0], document.issuer[0], size=Pt(13), bold=True)
    for text in document.issuer[1:]:
        _line(left[0], text, size=Pt(13), bold=True)
    _rule(left[0], Cm(2.1))
    _line(right[0], NATION[0], size=SMALL, bold=True)
    _line(right[0], NATION[1], size=Pt(13), bold=True)
    _rule(right[0], Cm(2.6))
    _line(left[1], f"Số: {document.number}", size=Pt(13))
    if not document.title:
        _line(left[1], document.about, size=SMALL)
    _line(right[1], document.dated, size=Pt(13), italic=True)
    if document.title:
        _line(page, document.title, bold=True, before=Pt(14))
        _line(page, document.about, bold=True)
        _rule(page, Cm(6.5), after=Pt(8))
        return
    # NĐ 30: one addressee on the line of «Kính gửi», several below it behind dashes.
    _indented(page, "Kính gửi:", left=Cm(2.5), before=Pt(12))
    for text in document.addressees:
        _indented(page, f"- {text}", left=Cm(4.4), hanging=Cm(0.35))
    _line(page, "", size=Pt(8))


def _add_foot(page: Any, document: OfficialDocument) -> None:
    """Add the table with «Nơi nhận» on the left and the signature on the right."""
    _line(page, "", size=Pt(6))
    (left,), (right,) = _two_cells(page, Cm(8.2), rows=1)
    _line(left, "Nơi nhận:", size=SMALL, bold=True, italic=True, align=ALIGN.LEFT)
    for text in document.recipients:
        _line(left, f"- {text}", size=Pt(11), align=ALIGN.LEFT)
    for text in document.signing:
        _line(right, text, bold=True)
    _line(right, "(Đã ký)", italic=True, before=Pt(24), after=Pt(24))
    _line(right, document.signer, bold=True)


def _two_cells(page: Any, left: Any, *, rows: int) -> tuple[list[Any], list[Any]]:
    """Add a table of two columns without borders; return its left and its right cells."""
    table = page.add_table(rows=rows, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, (left, TEXT_WIDTH - left), strict=True):
        column.width = width
    return [row.cells[0] for row in table.rows], [row.cells[1] for row in table.rows]


def _line(  # noqa: PLR0913 - what can be said of a line of type
    holder: Any,
    text: str,
    *,
    size: Any = BODY,
    bold: bool = False,
    italic: bool = False,
    align: Any = ALIGN.CENTER,
    before: Any = None,
    after: Any = None,
) -> None:
    """Add one centred line (or as told) to a page or a cell."""
    paragraph = _fresh(holder)
    paragraph.alignment = align
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = before, after
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = size, bold or None, italic or None


def _body(page: Any, text: str, *, numbering: str | None = None) -> None:
    """Add a justified paragraph of the body, numbered by Word where asked."""
    paragraph = page.add_paragraph(text)
    paragraph.alignment = ALIGN.JUSTIFY
    shape = paragraph.paragraph_format
    shape.first_line_indent, shape.space_after, shape.line_spacing = Cm(1), Pt(6), 1.1
    if numbering:
        _properties(paragraph).append(parse_xml(NUMBERED.format(ns=nsdecls("w"), id=numbering)))


def _indented(page: Any, text: str, *, left: Any, hanging: Any = 0, before: Any = None) -> None:
    """Add a paragraph set in from the left, for the addressees."""
    paragraph = page.add_paragraph(text)
    shape = paragraph.paragraph_format
    shape.left_indent, shape.first_line_indent, shape.space_before = left, -hanging, before


def _rule(holder: Any, inset: Any, *, after: Any = RULE_GAP) -> None:
    """Draw a short line: the lower border of an empty paragraph that is set in on both sides."""
    paragraph = _fresh(holder)
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = inset
    shape.space_after, shape.line_spacing = after, Pt(3)
    paragraph.add_run().font.size = TINY
    _properties(paragraph).append(parse_xml(LOWER_BORDER.format(ns=nsdecls("w"))))


def _properties(paragraph: Any) -> Any:
    """Return the element of a paragraph's properties, for what python-docx has no word for."""
    return paragraph.paragraph_format.element.get_or_add_pPr()


def _fresh(holder: Any) -> Any:
    """Return a new paragraph, or the empty one that a new cell begins with."""
    if isinstance(holder, _Cell):
        first = holder.paragraphs[0]
        if not first.runs and first.paragraph_format.element.pPr is None:
            return first
    return holder.add_paragraph()
