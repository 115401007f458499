"""Word documents: paragraphs with the numbers Word writes, and tables in reading order.

Source: ECMA-376 part 1, 17. Left out: what tracked changes delete or move away, the fallback copies of
drawings (mc:Fallback), and running heads and feet (these only for the stamp on them); with a doubt where it
matters words struck out or hidden, and notes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from directives.model import Doubt
from directives.readers.archive import Package
from directives.readers.document import Content, Refusal, UnreadableDocument
from directives.readers.docx_chunks import Chunks, load_chunks
from directives.readers.docx_runs import GONE, HERE, RUN_PROPERTIES, TEXT_BOX, Runs, load_runs
from directives.readers.left_out import HIDDEN, LeftOut, doubts_of
from directives.readers.legacy.losses import lost_letters
from directives.readers.legacy.restore import restore_lines
from directives.readers.legacy.word import set_in_unicode
from directives.readers.marks import MARK
from directives.readers.numbering import Numbering, load_numbering
from directives.readers.outside import outside_word_text
from directives.readers.package_marks import marks_of, refuse_secrets_inside
from directives.readers.places import NOWHERE, Place, PlacedText
from directives.readers.tables import Cell, is_data_table, write_rows
from directives.readers.wordml import Element, W, child, is_on, number, value

PAGE_BREAK: Final = W + "lastRenderedPageBreak"
SPACES: Final = re.compile(r"[ \t\u00a0]+")
GAPS: Final = re.compile(r"[ \u00a0]*\t[ \t\u00a0]*|[ \u00a0]{4,}")
HEAD_LINE: Final = 160  # characters; a longer line is a paragraph, and a tab in it a slip
COLUMN_GAP: Final = "    "  # how plain text sets columns side by side; at least as wide in the file


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text, where it stands, and what was left out of it."""

    text: str
    place: Place
    left_out: tuple[LeftOut, ...] = ()


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
        walk = DocumentWalk(
            load_numbering(lists, styles),
            load_runs(package, beside, styles),
            load_chunks(package, main),
            laid_out=laid_out,
        )
        lines = walk.lines(body)
        texts, more = restore_lines([line.text for line in lines])
        written = PlacedText()
        for number, (text, line) in enumerate(zip(texts, lines, strict=True)):
            if number:
                written.end_line()
            written.write(text, line.place)
        more = (*more, *walk.doubts(lines, written.text))
        refuse_secrets_inside(package)
        furniture = [*outside_word_text([root, *running]), *marks_of(package)]
        furniture += [line for part in running for line in _shown_in(part)]
        # A box is shown where it was dragged to, often the first page's top, whatever paragraph it hangs on.
        for box in root.iter(TEXT_BOX):
            furniture += _shown_in(box)
        breaks = sum(1 for _ in root.iter(PAGE_BREAK))
    doubts += (*more, *lost_letters(written.text))
    return Content(written.text, breaks + 1 if breaks else None, tuple(furniture), written.stretches, doubts)


def _shown_in(part: Element) -> list[str]:
    """Return the lines of a part without numbers, for the stamps on it."""
    return [line.text for line in DocumentWalk(load_numbering(None, None)).lines(part)]


class DocumentWalk:
    """One pass over a document's blocks, counting pages (where Word laid them out) and paragraphs."""

    def __init__(
        self,
        numbering: Numbering,
        runs: Runs | None = None,
        chunks: Chunks | None = None,
        *,
        laid_out: bool = False,
    ) -> None:
        """Start with nothing counted."""
        self._runs = runs or Runs()
        self._chunks = chunks
        self._lost: list[LeftOut] = []  # left out with nothing else on their line
        self._laid_out = laid_out
        self._numbering = numbering
        self._count = 0  # paragraphs so far
        self._breaks = 0  # ends of pages so far
        self._carried = ""  # words of a paragraph whose end mark was deleted: they run on into the next

    def lines(self, holder: Element) -> list[Line]:
        """Return the text of every paragraph and table row below the holder, in reading order."""
        found: list[Line] = []
        for block in blocks(holder):
            if block.tag == W + "p":
                found += self._paragraph(block)
                continue
            found += self._carried_out()
            if block.tag == W + "tbl":
                found += self._table(block)
            elif self._chunks is not None:
                found += [Line(line, NOWHERE) for line in self._chunks.lines(block)]
        return found + self._carried_out()

    def doubts(self, lines: Sequence[Line], text: str) -> tuple[Doubt, ...]:
        """Return the doubts about what was left out of the lines, as they are written in the text."""
        left_out = [replace(each, line=number) for number, line in enumerate(lines) for each in line.left_out]
        chunks = self._chunks.doubts if self._chunks is not None else ()
        return (*doubts_of([*left_out, *self._lost], text.split("\n")), *chunks)

    def _paragraph(self, paragraph: Element) -> list[Line]:
        """Return the lines of a paragraph with its mark in front, then those of text boxes anchored in it."""
        place = self._next_place(paragraph)
        properties = child(paragraph, "pPr")
        boxes: list[Element] = []
        text = self._carried + "".join(self._runs.words(paragraph, boxes))
        self._carried = ""
        if self._runs.is_hidden_mark(paragraph):
            self._carried = text
            return [line for box in boxes for line in self.lines(box)]
        mark = self._numbering.mark(properties)
        lines = self._lines_of(text, place)
        if lines:
            lines[0] = replace(lines[0], text=mark + lines[0].text)
        return lines + [line for box in boxes for line in self.lines(box)]

    def _carried_out(self) -> list[Line]:
        """Return the words that had nothing to run on into."""
        text, self._carried = self._carried, ""
        return self._lines_of(text, NOWHERE) if text else []

    def _lines_of(self, text: str, place: Place) -> list[Line]:
        """Return the lines of a paragraph, each with what was left out of it."""
        found = []
        for words in text.split("\n"):
            gone = tuple(self._runs.left_out[: words.count(HERE)])
            del self._runs.left_out[: len(gone)]
            if tidied := _spaced(words.replace(HERE, "")):
                found.append(Line(tidied, place, gone))
            else:
                self._lost += gone
        return found

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
            if not self._is_gone(row)
        ]
        rows = [[cell for cell, _ in row] for row in read]
        bordered = child(table, "tblPr", "tblBorders") is not None or self._style_has_borders(table)
        if is_data_table(rows, bordered=bordered):
            return [_row_line(line, read[index]) for index, line in write_rows(rows)]
        return [line for row in read for _, lines in row for line in lines]

    def _is_gone(self, row: Element) -> bool:
        """Tell whether a row was deleted in tracked changes, or is hidden; what is hidden is noted."""
        properties = child(row, "trPr")
        if is_on(properties, "hidden"):
            words = " | ".join(
                "".join(t.text or "" for t in cell.iter(W + "t")) for cell in blocks(row, W + "tc")
            )
            self._lost.append(LeftOut(HIDDEN, words, None))
            return True
        return child(properties, "del") is not None

    def _cell(self, cell: Element) -> tuple[Cell, list[Line]]:
        """Read a cell; one that only continues a cell above it says so."""
        merge = child(cell, "tcPr", "vMerge")
        continues = merge is not None and merge.get(W + "val") != "restart"
        span = number(cell, "tcPr", "gridSpan") or 1
        lines = self.lines(cell)
        return Cell(tuple(line.text for line in lines), span=max(span, 1), continues=continues), lines

    @staticmethod
    def _style_has_borders(table: Element) -> bool:
        """Tell whether the table's style is one of Word's with lines («Table Grid»)."""
        return "grid" in (value(table, "tblPr", "tblStyle") or "").lower()


def _row_line(text: str, row: Sequence[tuple[Cell, Sequence[Line]]]) -> Line:
    """Return a row on one line, which stands where its first words do."""
    inside = [line for _, lines in row for line in lines]
    place = inside[0].place if inside else NOWHERE
    return Line(text, place, tuple(each for line in inside for each in line.left_out))


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
    names = wanted or (W + "p", W + "tbl", W + "altChunk")
    for element in holder:
        if element.tag in names:
            yield element
        elif element.tag not in GONE and element.tag not in RUN_PROPERTIES and isinstance(element.tag, str):
            yield from blocks(element, *wanted)
