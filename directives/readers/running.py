"""Take away what stands on every page and belongs to none: running heads, feet and page numbers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from directives.header_cells import column_of
from directives.readers.pieces import Page, Piece

MARGIN: Final = 0.12  # of a page's height, at the top and at the foot
SAME_PLACE: Final = 6.0  # points
HALF: Final = 0.5
HEADER_CELLS: Final = 3
PAGE_NUMBER: Final = re.compile(
    r"[-–—(\[\s]*(?:(?:Trang|Page)\s*)?(\d{1,3})(?:\s*[/|]\s*\d{1,3})?[-–—)\]\s]*", re.IGNORECASE
)
NAMED: Final = re.compile(r"\b(?:Trang|Page)\s*\d{1,3}(?:\s*[/|]\s*\d{1,3})?", re.IGNORECASE)
# What may be the number of the page, at either end of a line: no part of a date, no mark of an item.
NUMBER: Final = re.compile(r"^\d{1,3}(?![/.,-]?\d|[.)])|(?<![/.,-])(?<!\d)\d{1,3}(?=\W*$)")
UNCOUNTED: Final = 1  # page before the first that is numbered


def without_running_lines(pages: Sequence[Page]) -> tuple[list[Page], list[str]]:
    """Return the pages without their running lines, and the running lines once each."""
    repeated = _repeated(pages)
    kept, taken = [], []
    for index, page in enumerate(pages):
        heads = {
            piece
            for line in _lines_in_margins(page)
            if all(_key(piece, index) in repeated or _is_numbering(piece, index) for piece in line)
            for piece in line
            if _key(piece, index) in repeated
        }
        rest = [piece for piece in page.pieces if piece not in heads]
        numbers = {
            piece
            for piece in _outermost(rest)
            if _in_margin(piece, page) and _is_page_number(piece, rest, index)
        }
        taken += [piece.text for piece in page.pieces if piece in heads]
        kept.append(replace(page, pieces=tuple(piece for piece in rest if piece not in numbers)))
    return kept, list(dict.fromkeys(taken))


def _repeated(pages: Sequence[Page]) -> set[tuple[str, int]]:
    """Find what stands at one place on most pages, the number of the page aside."""
    if len(pages) < 2:  # noqa: PLR2004 - nothing repeats on one page
        return set()
    counts = Counter(
        key
        for index, page in enumerate(pages)
        for key in {_key(piece, index) for line in _lines_in_margins(page) for piece in line}
    )
    return {key for key, count in counts.items() if count >= max(2, HALF * (len(pages) - 1))}


def _key(piece: Piece, index: int) -> tuple[str, int]:
    """Return what a piece says, and how high it stands; a date or another number is what it says."""
    words = NUMBER.sub(partial(_masked, index), NAMED.sub("#", piece.text))
    return words, round(piece.base / SAME_PLACE)


def _masked(index: int, found: re.Match[str]) -> str:
    """Take a number for that of the page where it counts as the pages do."""
    return "#" if _counts(found[0], index) else found[0]


def _counts(number: str, index: int) -> bool:
    return abs(int(number) - index - 1) <= UNCOUNTED


def _is_numbering(piece: Piece, index: int) -> bool:
    """Tell the number of a page, wherever its line has it, from the ordinal of a row."""
    number = PAGE_NUMBER.fullmatch(piece.text)
    return number is not None and _counts(number[1], index)


def _in_margin(piece: Piece, page: Page) -> bool:
    return not MARGIN * page.height < piece.base < (1 - MARGIN) * page.height


def _lines_in_margins(page: Page) -> Iterator[list[Piece]]:
    """Give the lines at the top and at the foot of a page that belong to no table.

    Under the header of a table stands the table, also where no lines are drawn around it.
    """
    begun = False
    for line in _lines(page):
        if page.height / 2 > line[0].base:
            begun = False  # what stands at the foot may run below a table
        begun = begun or _is_header(line)
        if not begun and _in_margin(line[0], page) and not any(_in_table(piece, page) for piece in line):
            yield line


def _lines(page: Page) -> list[list[Piece]]:
    """Group the pieces of a page by line, from the top down."""
    lines: list[list[Piece]] = []
    for piece in sorted(page.pieces, key=lambda piece: -piece.base):
        if lines and lines[-1][0].base - piece.base < lines[-1][0].size / 2:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return lines


def _in_table(piece: Piece, page: Page) -> bool:
    return any(each.upright and each.bottom <= piece.base <= each.top for each in page.rulings)


def _is_header(line: Sequence[Piece]) -> bool:
    """Tell whether a line names columns; a name may end on the next line."""
    known = sum(column_of(each.text) is not None for each in line)
    return len(line) >= HEADER_CELLS and known >= HEADER_CELLS - 1


def _outermost(pieces: Sequence[Piece]) -> list[Piece]:
    """Return what stands alone on the first and on the last line of a page."""
    if not pieces:
        return []
    edges = (max(pieces, key=lambda piece: piece.base), min(pieces, key=lambda piece: piece.base))
    return [edge for edge in edges if sum(abs(each.base - edge.base) < edge.size / 2 for each in pieces) == 1]


def _is_page_number(piece: Piece, rest: Sequence[Piece], index: int) -> bool:
    """Tell the number of a page from the end of a sentence that fell on a line of its own."""
    number = PAGE_NUMBER.fullmatch(piece.text)
    if number is None:
        return False
    left = min((other.left for other in rest if other is not piece), default=0.0)
    return int(number.group(1)) == index + 1 or piece.left > left + 3 * piece.size
