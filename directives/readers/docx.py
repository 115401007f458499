"""Word documents: paragraphs with the numbers Word writes, and tables in reading order.

Source: ECMA-376 part 1, 17. Left out: what tracked changes delete or move away, hidden text, the fallback
copies of drawings (mc:Fallback), notes, and running heads and feet (these only for the stamp on them).
"""

import re
from collections.abc import Iterator
from typing import Final

from directives.readers.archive import Package
from directives.readers.document import Content, Refusal, UnreadableDocument
from directives.readers.legacy.losses import lost_letters
from directives.readers.legacy.restore import restore_lines
from directives.readers.legacy.word import set_in_unicode
from directives.readers.marks import MARK
from directives.readers.numbering import Numbering, load_numbering
from directives.readers.outside import outside_word_text
from directives.readers.package_marks import marks_of, refuse_secrets_inside
from directives.readers.places import NOWHERE, Place, PlacedText
from directives.readers.tables import Cell, is_data_table, write_rows
from directives.readers.wordml import MC, Element, W, child, is_on, number, value

GONE: Final = frozenset({W + "del", W + "moveFrom", MC + "Fallback"})
CHARACTERS: Final = {
    W + "tab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "ptab": "\t",
}
RUN_PROPERTIES: Final = frozenset({W + "rPr", W + "pPr", W + "sectPr", W + "tblPr", W + "trPr", W + "tcPr"})
TEXT_BOX: Final = W + "txbxContent"
PAGE_BREAK: Final = W + "lastRenderedPageBreak"
SPACES: Final = re.compile(r"[ \t\u00a0]+")
GAPS: Final = re.compile(r"[ \u00a0]*\t[ \t\u00a0]*|[ \u00a0]{4,}")
HEAD_LINE: Final = 160  # characters; a longer line is a paragraph, and a tab in it a slip
COLUMN_GAP: Final = "    "  # how plain text sets columns side by side; at least as wide in the file

Line = tuple[str, Place]


def read_docx(raw: bytes) -> Content:
    """Read a Word file; raise UnreadableDocument where it is locked, broken, too large or no Word file."""
    with Package(raw) as package:
        main = package.main
        root = package.part(main)
        body = child(root, "body")
        if root is None or body is None:
            raise UnreadableDocument(Refusal.DAMAGED)
        folder = main.rpartition("/")[0]
        beside = f"{folder}/" if folder else ""
        running = [
            part
            for name in (*package.names(f"{beside}header"), *package.names(f"{beside}footer"))
            if (part := package.part(name)) is not None
        ]
        styles, lists = package.part(f"{beside}styles.xml"), package.part(f"{beside}numbering.xml")
        theme = package.part(f"{beside}theme/theme1.xml")
        doubts = set_in_unicode([root, *running], styles, theme, lists)
        laid_out = next(root.iter(PAGE_BREAK), None) is not None
        lines = DocumentWalk(load_numbering(lists, styles), laid_out=laid_out).lines(body)
        texts, more = restore_lines([text for text, _ in lines])
        written = PlacedText()
        for number, (text, (_, place)) in enumerate(zip(texts, lines, strict=True)):
            if number:
                written.end_line()
            written.write(text, place)
        refuse_secrets_inside(package)
        furniture = [*outside_word_text(package, beside, [root, *running]), *marks_of(package)]
        furniture += [
            line for part in running for line, _ in DocumentWalk(load_numbering(None, None)).lines(part)
        ]
        # A box is shown where it was dragged to, often the first page's top, whatever paragraph it hangs on.
        for box in root.iter(TEXT_BOX):
            furniture += [line for line, _ in DocumentWalk(load_numbering(None, None)).lines(box)]
        breaks = sum(1 for _ in root.iter(PAGE_BREAK))
    doubts += (*more, *lost_letters(written.text))
    return Content(written.text, breaks + 1 if breaks else None, tuple(furniture), written.stretches, doubts)


class DocumentWalk:
    """One pass over a document's blocks, counting pages (where Word laid them out) and paragraphs."""

    def __init__(self, numbering: Numbering, *, laid_out: bool = False) -> None:
        """Start with nothing counted."""
        self._laid_out = laid_out
        self._numbering = numbering
        self._count = 0  # paragraphs so far
        self._breaks = 0  # ends of pages so far
        self._carried = ""  # words of a paragraph whose end mark was deleted: they run on into the next

    def lines(self, holder: Element) -> list[Line]:
        """Return the text of every paragraph and table row below the holder, in reading order."""
        found: list[Line] = []
        for block in blocks(holder):
            if block.tag == W + "tbl":
                found += self._table(block)
            else:
                found += self._paragraph(block)
        return found

    def _paragraph(self, paragraph: Element) -> list[Line]:
        """Return the lines of a paragraph with its mark in front, then those of text boxes anchored in it."""
        place = self._next_place(paragraph)
        properties = child(paragraph, "pPr")
        boxes: list[Element] = []
        text = self._carried + "".join(words(paragraph, boxes))
        self._carried = ""
        if child(properties, "rPr", "del") is not None:
            self._carried = text
            return []
        mark = self._numbering.mark(properties)
        lines = [tidied for line in text.split("\n") if (tidied := _spaced(line))]
        if lines:
            lines[0] = mark + lines[0]
        return [(line, place) for line in lines] + [line for box in boxes for line in self.lines(box)]

    def _next_place(self, paragraph: Element) -> Place:
        """Count a paragraph; one that begins with the mark of a new page stands on that page."""
        self._count += 1
        before = self._breaks
        marks = [each.tag for each in paragraph.iter(PAGE_BREAK, W + "t")]
        self._breaks += marks.count(PAGE_BREAK)
        starts_page = marks[:1] == [PAGE_BREAK]
        return Place(before + 1 + starts_page if self._laid_out else None, self._count)

    def _table(self, table: Element) -> list[Line]:
        """Return a data table row by row, any other table (a letterhead, a signature) cell by cell."""
        read = [
            [*left_out(row), *(self._cell(cell) for cell in blocks(row, W + "tc"))]
            for row in blocks(table, W + "tr")
        ]
        rows = [[cell for cell, _ in row] for row in read]
        bordered = child(table, "tblPr", "tblBorders") is not None or self._style_has_borders(table)
        if is_data_table(rows, bordered=bordered):
            places = [next((lines[0][1] for _, lines in row if lines), NOWHERE) for row in read]
            return [(line, places[index]) for index, line in write_rows(rows)]
        return [line for row in read for _, lines in row for line in lines]

    def _cell(self, cell: Element) -> tuple[Cell, list[Line]]:
        """Read a cell; one that only continues a cell above it says so."""
        merge = child(cell, "tcPr", "vMerge")
        continues = merge is not None and merge.get(W + "val") != "restart"
        span = number(cell, "tcPr", "gridSpan") or 1
        lines = self.lines(cell)
        return Cell(tuple(text for text, _ in lines), span=max(span, 1), continues=continues), lines

    @staticmethod
    def _style_has_borders(table: Element) -> bool:
        """Tell whether the table's style is one of Word's with lines («Table Grid»)."""
        return "grid" in (value(table, "tblPr", "tblStyle") or "").lower()


def left_out(row: Element) -> list[tuple[Cell, list[Line]]]:
    """Return an empty cell for the columns that a row leaves out before its first cell."""
    before = number(row, "trPr", "gridBefore") or 0
    return [(Cell((), span=before), [])] if before > 0 else []


def _spaced(line: str) -> str:
    """Fold white space, but leave a gap where tabs or many spaces set columns side by side."""
    if len(line) > HEAD_LINE:
        return SPACES.sub(" ", line).strip()
    parts = [SPACES.sub(" ", part).strip() for part in GAPS.split(line)]
    shown = [part for part in parts if part]
    if len(shown) > 1 and MARK.fullmatch(shown[0]):
        shown[:2] = [f"{shown[0]} {shown[1]}"]
    return COLUMN_GAP.join(shown)


def blocks(holder: Element, *wanted: str) -> Iterator[Element]:
    """Give the paragraphs and tables (or the wanted elements) in a holder, through wrappers."""
    names = wanted or (W + "p", W + "tbl")
    for element in holder:
        if element.tag in names:
            yield element
        elif element.tag not in GONE and element.tag not in RUN_PROPERTIES and isinstance(element.tag, str):
            yield from blocks(element, *wanted)


def words(element: Element, boxes: list[Element]) -> Iterator[str]:
    """Give the text of a paragraph's runs; put the text boxes met on the way aside."""
    for each in element:
        tag = each.tag
        if tag == W + "t":
            yield each.text or ""
        elif tag in CHARACTERS:
            yield CHARACTERS[tag]
        elif tag == TEXT_BOX:
            boxes.append(each)
        elif tag == W + "r" and is_on(each, "rPr", "vanish"):
            continue
        elif isinstance(tag, str) and tag not in GONE and tag not in RUN_PROPERTIES:
            yield from words(each, boxes)
