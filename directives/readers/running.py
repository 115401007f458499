"""Take away what stands on every page and belongs to none: running heads, feet and page numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
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
DIGITS: Final = re.compile(r"\d+")


def without_running_lines(pages: Sequence[Page]) -> tuple[list[Page], list[str]]:
    """Return the pages without their running lines, and the running lines once each."""
    repeated = _repeated(pages)
    kept, taken = [], []
    for index, page in enumerate(pages):
        heads = {piece for piece in page.pieces if _in_margin(piece, page) and _key(piece) in repeated}
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
    """Find what stands at one place on most pages, numbers aside; a table's head row is no such thing."""
    if len(pages) < 2:  # noqa: PLR2004 - nothing repeats on one page
        return set()
    counts = Counter(
        key
        for page in pages
        for key in {
            _key(piece) for piece in page.pieces if _in_margin(piece, page) and not _in_table(piece, page)
        }
    )
    return {key for key, count in counts.items() if count >= max(2, HALF * (len(pages) - 1))}


def _key(piece: Piece) -> tuple[str, int]:
    return DIGITS.sub("#", piece.text), round(piece.base / SAME_PLACE)


def _in_margin(piece: Piece, page: Page) -> bool:
    return not MARGIN * page.height < piece.base < (1 - MARGIN) * page.height


def _in_table(piece: Piece, page: Page) -> bool:
    ruled = any(each.upright and each.bottom <= piece.base <= each.top for each in page.rulings)
    return ruled or (column_of(piece.text) is not None and _is_header(piece, page))


def _is_header(piece: Piece, page: Page) -> bool:
    """Tell whether most of what stands on a line are names of columns."""
    line = [each for each in page.pieces if abs(each.base - piece.base) < piece.size / 2]
    return sum(column_of(each.text) is not None for each in line) >= HEADER_CELLS


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
