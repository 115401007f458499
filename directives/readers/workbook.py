"""Workbooks (.xlsx): each sheet's rows as text, its table as the tables of any other file.

Source: ECMA-376 part 1, 18. Left out: hidden sheets, charts, comments, and formulas: their last
values stand, or «#?» where there is none.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from directives.readers.archive import Package
from directives.readers.cell_values import Values, load_values
from directives.readers.document import MAX_TEXT, Content, Refusal, UnreadableDocument
from directives.readers.package_marks import marks_of, refuse_secrets_inside
from directives.readers.places import Place, PlacedText
from directives.readers.tables import LAYOUT_WORDS, Cell, write_rows
from directives.readers.wordml import Element

S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
BOOK: Final = "xl/workbook.xml"
LINKS: Final = "xl/_rels/workbook.xml.rels"
COLUMN_GAP: Final = "    "
COLUMNS_OF_DATA: Final = 3
SECTIONS: Final = re.compile(r"&[LCR]")
HEAD_CODES: Final = re.compile(r"&\"[^\"]*\"|&K[0-9A-F]{6}|&\d+|&[A-Z]|&(?=&)")
MAX_MERGES: Final = 20_000

Row = dict[int, str]  # what stands in which column


def read_workbook(raw: bytes) -> Content:
    """Read a workbook; raise UnreadableDocument where it is locked, broken, too large or no workbook."""
    with Package(raw) as package:
        book = package.part(BOOK)
        if book is None:
            raise UnreadableDocument(Refusal.UNKNOWN_FORMAT)
        values = load_values(book, package.part("xl/sharedStrings.xml"), package.part("xl/styles.xml"))
        refuse_secrets_inside(package)
        written, furniture, count = PlacedText(), marks_of(package), 0
        for name in _sheets(package, book):
            sheet = package.part(name)
            if sheet is None:
                continue
            count += 1
            furniture += _heads(sheet)
            for row, line in _lines(sheet, values):
                written.write(line, Place(count, row))
                written.end_line()
    return Content(written.text.removesuffix("\n"), count or None, tuple(furniture), written.stretches)


def _heads(sheet: Element) -> list[str]:
    """Return the running heads and feet: «&L&"Arial,Bold"&12Left&CMiddle» says «Left» and «Middle»."""
    return [
        words
        for part in sheet.iterfind(f"{S}headerFooter/*")
        for section in SECTIONS.split(part.text or "")
        if (words := HEAD_CODES.sub("", section).strip())
    ]


def _sheets(package: Package, book: Element) -> Iterator[str]:
    """Give the names of the parts that hold the sheets one sees, in their order."""
    links = package.part(LINKS)
    targets = {link.get("Id"): link.get("Target") or "" for link in links} if links is not None else {}
    for sheet in book.iterfind(f"{S}sheets/{S}sheet"):
        target = targets.get(sheet.get(f"{R}id"), "")
        if target and sheet.get("state", "visible") == "visible":
            yield target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _lines(sheet: Element, values: Values) -> Iterator[tuple[int, str]]:
    """Give each row that says something, numbered as in the sheet: a table's with bars, another with gaps."""
    rows = _rows(sheet, values)
    wide = [index for index, (_, row) in enumerate(rows) if _is_wide(row)]
    first, last = (wide[0], wide[-1] + 1) if wide else (len(rows), len(rows))
    yield from _loose(rows[:first])
    table = rows[first:last]
    columns = sorted(set(chain.from_iterable(row for _, row in table)))
    merged = _merged_downwards(sheet, {number for number, _ in table})
    cells = [
        [_cell(row.get(column, ""), continues=(number, column) in merged) for column in columns]
        for number, row in table
    ]
    for index, line in write_rows(cells):
        yield table[index][0], line
    yield from _loose(rows[last:])


def _rows(sheet: Element, values: Values) -> list[tuple[int, Row]]:
    """Read the rows with words in them; more words than any document has are too many."""
    rows, length, number = list[tuple[int, Row]](), 0, 0
    for row in sheet.iterfind(f"{S}sheetData/{S}row"):
        number = _whole(row.get("r")) or number + 1
        read: Row = {}
        column = 0
        for cell in row.iterfind(f"{S}c"):
            column = _column(cell.get("r")) or column + 1
            if text := values.shown(cell):
                read[column] = text
                length += len(text)
        if length > MAX_TEXT:
            raise UnreadableDocument(Refusal.TOO_LARGE, "too-much-text", limit=f"{MAX_TEXT // 1_000_000}")
        if read:
            rows.append((number, read))
    return rows


def _is_wide(row: Row) -> bool:
    return len(row) >= COLUMNS_OF_DATA and not any(
        word in text for text in row.values() for word in LAYOUT_WORDS
    )


def _loose(rows: Sequence[tuple[int, Row]]) -> Iterator[tuple[int, str]]:
    for number, row in rows:
        yield number, COLUMN_GAP.join(row[column] for column in sorted(row))


def _cell(text: str, *, continues: bool) -> Cell:
    return Cell((text,) if text else (), continues=continues and not text)


def _merged_downwards(sheet: Element, numbers: set[int]) -> set[tuple[int, int]]:
    """Find the cells of the given rows that only continue the one above them."""
    found: set[tuple[int, int]] = set()
    merges = sheet.iterfind(f"{S}mergeCells/{S}mergeCell")
    for _, merge in zip(range(MAX_MERGES), merges, strict=False):
        start, _, end = (merge.get("ref") or "").partition(":")
        top, bottom = _row_of(start), _row_of(end)
        if top is None or bottom is None or bottom - top < 1:
            continue
        column = _column(start) or 1
        below = range(top + 1, bottom + 1)
        found |= {(number, column) for number in numbers if number in below}
    return found


def _column(reference: str | None) -> int:
    """Return the number of a cell's column, from 1; 0 where it is not said: «AB12» is 28."""
    number = 0
    for letter in (reference or "").rstrip("0123456789"):
        if not "A" <= letter <= "Z":
            return 0
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _row_of(reference: str) -> int | None:
    return _whole(reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ$"))


def _whole(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() and len(text) < 8 else None  # noqa: PLR2004
