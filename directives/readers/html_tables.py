"""How a table of a web page is put together: its sections in the order shown, and what stands astray.

Source: HTML, 4.9 (tables). A page may hold anything between the parts of a table, and forms around its rows.
"""

from collections.abc import Iterator
from typing import Final

from directives.readers.wordml import Element

ORDER: Final = {"thead": 0, "tbody": 1, "tfoot": 2}
WITHOUT_WORDS: Final = frozenset({"col", "colgroup", "script", "style", "template", "input"})


def section_rows(table: Element) -> list[list[Element]]:
    """Return the rows of each section, head first and foot last; those outside of any are one section."""
    sections: list[tuple[int, list[Element]]] = []
    loose: list[Element] | None = None
    for part in _parts(table):
        if part.tag == "tr":
            if loose is None:
                loose = []
                sections.append((ORDER["tbody"], loose))
            loose.append(part)
        elif part.tag in ORDER:
            loose = None
            sections.append((ORDER[part.tag], [row for row in _parts(part) if row.tag == "tr"]))
    return [rows for _, rows in sorted(sections, key=lambda section: section[0])]


def stray_parts(table: Element) -> Iterator[Element]:
    """Give what a browser shows above the rows: the caption, and words that stand in no row."""
    for part in _parts(table):
        if part.tag in ORDER:
            yield from (each for each in _parts(part) if each.tag != "tr")
        elif part.tag != "tr":
            yield part


def _parts(holder: Element) -> Iterator[Element]:
    """Give what a table or a section is made of, through forms around it."""
    pending = list(reversed(holder))
    while pending:
        part = pending.pop()
        if part.tag == "form":
            pending += reversed(part)
        elif isinstance(part.tag, str) and part.tag not in WITHOUT_WORDS:
            yield part
