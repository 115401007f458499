"""Words put on a page of a PDF, set among those that are printed on it, at their place.

A field is mostly a gap in a line («trước ngày ………»), so its words continue that line. Where printed words
stand under a note, it says something about them and is no part of the text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Final

from directives.readers.lines import Box as Edges
from directives.readers.pdf_notes import PutOn
from directives.readers.pdf_noticed import Noticed
from directives.readers.pieces import Page, Piece
from directives.readers.places import Box
from directives.text import canonical

FILLER: Final = re.compile(r"[.…_]{3,}|…(?:\s*/\s*…)*|_+")
USUAL: Final = 12.0  # points of type
OF_HEIGHT: Final = 0.7  # what the type takes of a field of one line
LEADING: Final = 1.2
NEAR: Final = 2.0  # sizes of type to the words before or behind in the line
SLACK: Final = 2.0  # points
_left, _right = attrgetter("left"), attrgetter("right")


def written_in(page: Page, put_on: Sequence[PutOn]) -> tuple[Page, list[Noticed]]:
    """Return the page with what was put on it, and what of that a person should look at: all."""
    noticed = []
    for each in put_on:
        left, bottom, right, top = each.edges
        box = Box(left, page.height - top, right, page.height - bottom)
        lines = [canonical(" ".join(line.split())) for line in each.words.splitlines() if line.strip()]
        noticed += [Noticed(each.code, line, page.number, box) for line in lines]
        page = replace(page, pieces=_with(page, lines, each.edges))
    return page, noticed


def _with(page: Page, lines: Sequence[str], edges: Edges) -> tuple[Piece, ...]:
    """Return the pieces with the lines among them; as they are, where words are printed under the lines."""
    under = [piece for piece in page.pieces if _is_under(piece, edges)]
    if len(lines) == 1 and len(under) == 1 and FILLER.search(under[0].text):
        filled = replace(under[0], text=_filled(under[0], lines[0], edges), gaps=())
        return tuple(filled if piece is under[0] else piece for piece in page.pieces)
    if any(not FILLER.fullmatch(piece.text) for piece in under):
        return page.pieces
    if len(lines) == 1:
        return _in_line(page, [piece for piece in page.pieces if piece not in under], lines[0], edges)
    return (*page.pieces, *_block(lines, edges))


def _is_under(piece: Piece, edges: Edges) -> bool:
    left, bottom, right, top = edges
    return (
        bottom <= piece.base + piece.size / 4 <= top
        and piece.left < right - SLACK
        and piece.right > left + SLACK
    )


def _filled(piece: Piece, words: str, edges: Edges) -> str:
    """Put words in the place of the dots that they were written over: those nearest to them."""
    letter, middle = piece.width / max(1, len(piece.text)), (edges[0] + edges[2]) / 2

    def distance(dots: re.Match[str]) -> float:
        return abs(piece.left + letter * (dots.start() + dots.end()) / 2 - middle)

    nearest = min(FILLER.finditer(piece.text), key=distance)
    return f"{piece.text[: nearest.start()].rstrip()} {words} {piece.text[nearest.end() :].lstrip()}".strip()


def _in_line(page: Page, pieces: Sequence[Piece], words: str, edges: Edges) -> tuple[Piece, ...]:
    """Set one line on the base of the words beside it, and join it with those that it touches."""
    left, bottom, right, top = edges
    size = min(USUAL, OF_HEIGHT * (top - bottom)) or USUAL
    base = (bottom + top - size) / 2 + size / 4
    beside = [piece for piece in pieces if bottom - piece.size / 4 <= piece.base <= top]
    before = max((piece for piece in beside if piece.right <= left + SLACK), key=_right, default=None)
    after = min((piece for piece in beside if piece.left >= right - SLACK), key=_left, default=None)
    model = before or after
    if model is not None:
        size, base = model.size, model.base
    made, joined = Piece(words, left, right, base, size), set[Piece]()
    if before is not None and _is_near(page, before.right, left, made):
        made, joined = before.joined(made), {before}
    if after is not None and _is_near(page, right, after.left, made):
        made, joined = made.joined(after), {*joined, after}
    return (*(piece for piece in pieces if piece not in joined), made)


def _is_near(page: Page, left: float, right: float, piece: Piece) -> bool:
    return right - left < NEAR * piece.size and not _parted(page, left, right, piece.base)


def _parted(page: Page, left: float, right: float, base: float) -> bool:
    """Tell whether an upright line, as of a table, stands between."""
    return any(
        each.upright and left - SLACK <= each.left <= right + SLACK and each.bottom <= base <= each.top
        for each in page.rulings
    )


def _block(lines: Sequence[str], edges: Edges) -> Iterator[Piece]:
    """Give lines below each other, from the top of their place."""
    left, bottom, right, top = edges
    size = max(1.0, min(USUAL, (top - bottom) / len(lines) / LEADING))
    for row, line in enumerate(lines):
        yield Piece(line, left, right, top - size - LEADING * size * row, size)
