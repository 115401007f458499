"""The rows of a workbook's first sheet as cells, for tables that a person keeps in Excel.

Source: ECMA-376 part 1, 18.3. Hidden sheets are passed over; of a formula its last value stands.
"""

from collections.abc import Iterator
from typing import Final

from directives.readers.archive import Package
from directives.readers.cell_values import Values, load_values
from directives.readers.document import Refusal, UnreadableDocument
from directives.readers.wordml import Element
from directives.readers.workbook import BOOK, LINKS, R, S

SIGNATURE: Final = b"PK\x03\x04"  # a workbook is a zip
MAX_COLUMNS: Final = 200  # no register has more; a cell far to the right is a slip
ALPHABET: Final = 26


def is_workbook(content: bytes) -> bool:
    """Tell a workbook from text."""
    return content.startswith(SIGNATURE)


def sheet_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the first sheet one sees, each with its number in the sheet; empty rows are left out.

    Raises UnreadableDocument where the file is locked, broken, too large or no workbook.
    """
    with Package(content) as package:
        book = package.part(BOOK)
        sheet = package.part(_first_sheet(package, book)) if book is not None else None
        if book is None or sheet is None:
            raise UnreadableDocument(Refusal.UNKNOWN_FORMAT)
        values = load_values(book, package.part("xl/sharedStrings.xml"), package.part("xl/styles.xml"))
    number = 0
    for row in sheet.iterfind(f"{S}sheetData/{S}row"):
        number = _whole(row.get("r")) or number + 1
        if any(cells := _cells(row, values)):
            yield number, cells


def _first_sheet(package: Package, book: Element) -> str:
    links = package.part(LINKS)
    targets = {link.get("Id"): link.get("Target") or "" for link in links} if links is not None else {}
    for sheet in book.iterfind(f"{S}sheets/{S}sheet"):
        target = targets.get(sheet.get(f"{R}id"), "")
        if target and sheet.get("state", "visible") == "visible":
            return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    return ""


def _cells(row: Element, values: Values) -> list[str]:
    """Return a row's cells from the first column on, empty ones included."""
    cells: list[str] = []
    for cell in row.iterfind(f"{S}c"):
        column = _column(cell.get("r")) or len(cells) + 1
        if (text := _text(cell, values)) and column <= MAX_COLUMNS:
            cells += [""] * (column - len(cells) - 1) + [text]
    return cells


def _text(cell: Element, values: Values) -> str:
    """Return what a cell shows; a yes or no as such, and a formula's error as Excel writes it."""
    kind, stored = cell.get("t", "n"), (cell.findtext(f"{S}v") or "").strip()
    if kind == "b":
        return "true" if stored == "1" else "false"
    return stored if kind == "e" else values.shown(cell)


def _column(reference: str | None) -> int:
    """Return the number of a cell's column, from 1; 0 where it is not said: «AB12» is 28."""
    number = 0
    for letter in (reference or "").rstrip("0123456789"):
        if not "A" <= letter <= "Z":
            return 0
        number = number * ALPHABET + ord(letter) - ord("A") + 1
    return number


def _whole(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() else None
