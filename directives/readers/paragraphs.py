"""From lines of type back to paragraphs, by the shape of the page.

A line was broken by typesetting if the next word had no room on it; otherwise somebody ended the paragraph.
Indents, gaps between lines and marks of items tell the rest.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Final

from directives.readers.arrange import Arranged, Block
from directives.readers.pieces import Page, Piece
from directives.readers.places import Place

INDENT: Final = 0.5  # sizes of type
HANGING: Final = 2.5
SPACE: Final = 0.2
SLACK: Final = 1.5  # points
GAP: Final = 1.25  # of the usual distance between lines
OTHER_SIZE: Final = 1.12
SAME_EDGE: Final = 2.0  # points
LONG_LINE: Final = 0.5  # of the page's width
ENOUGH_LINES: Final = 4
TITLE_WORD: Final = re.compile(r"(?<![^\s(“\"])[^\W\d_]+(?![^\s)”\",:;.])")
TITLE_WORDS: Final = 3
CLOSE: Final = 5  # one distance in so many is that of lines within a paragraph


@dataclass(frozen=True, slots=True)
class Measure:
    """The edges of the body and the usual distance between its lines."""

    left: float
    right: float
    pitch: float


@dataclass(slots=True)
class Paragraph:
    """The lines of one paragraph, each with what joins it to the line before, and where they stand."""

    lines: list[tuple[str, Place]] = field(default_factory=list)

    def add(self, text: str, page: Page, pieces: Sequence[Piece], number: int) -> None:
        """Add a line that stands on the page where its pieces do, in the paragraph of this number."""
        self.lines.append((text, Place(page.number, number, page.box(pieces))))

    @property
    def text(self) -> str:
        """Return its words on one line."""
        return "".join(text for text, _ in self.lines)


def paragraphs(pages: Sequence[Arranged]) -> list[Paragraph]:
    """Return the paragraphs of a document, those that run over a page's end made whole."""
    everywhere = _measure([line for page in pages for line in _long_lines(page)], None)
    done: list[Paragraph] = []
    open_line: Piece | None = None  # the last line of a body paragraph that may go on
    for page in pages:
        measure = _measure(_long_lines(page), everywhere)
        turned = True
        for block in page.blocks:
            if block.rows or block.is_column:
                for text, pieces in _set_apart(block):
                    done.append(Paragraph())
                    done[-1].add(text, page.page, pieces, len(done))
                open_line = None
                continue
            for line in block.lines:
                joint = ""
                if open_line is not None and _goes_on(open_line, line, measure, turned=turned):
                    joint = gap(open_line.text, line.text)
                else:
                    done.append(Paragraph())
                done[-1].add(joint + line.text, page.page, (line,), len(done))
                open_line, turned = line, False
    return done


def _set_apart(block: Block) -> Iterator[tuple[str, Sequence[Piece]]]:
    """Give the rows of a table, or the paragraphs of a column."""
    if block.rows:
        return ((row.text, row.pieces) for row in block.rows)
    return _column(block.lines)


def gap(line: str, following: str) -> str:
    """Return what joins two lines: nothing in a number broken at its hyphen or slash («606/UBND-/KT1»)."""
    broken = len(line) > 1 and line[-1] in "-/" and line[-2].isalnum() and following[:1].isalnum()
    return "" if broken else " "


def _long_lines(page: Arranged) -> list[Piece]:
    flow = [line for block in page.blocks if not block.is_column for line in block.lines]
    return [line for line in flow if line.width > LONG_LINE * page.width]


def _measure(lines: Sequence[Piece], otherwise: Measure | None) -> Measure | None:
    """Find the edges that most long lines keep to, and the usual distance from one line to the next."""
    if len(lines) < (ENOUGH_LINES if otherwise else 1):
        return otherwise
    distances = [one.base - two.base for one, two in pairwise(lines)]
    near = sorted(distance for distance in distances if 0 < distance < 2 * lines[0].size)
    return Measure(
        left=_common([line.left for line in lines], min),
        right=_common([line.right for line in lines], max),
        pitch=near[len(near) // CLOSE] if near else 0.0,
    )


def _common(places: list[float], otherwise: object) -> float:
    """Return the place most lines share; where they share none, the outermost."""
    rounded, count = Counter(round(place / SAME_EDGE) for place in places).most_common(1)[0]
    if count * 3 >= len(places):
        return median(place for place in places if abs(place - rounded * SAME_EDGE) <= SAME_EDGE)
    return min(places) if otherwise is min else max(places)


def _goes_on(before: Piece, line: Piece, measure: Measure | None, *, turned: bool) -> bool:
    """Tell whether a line goes on with the paragraph of the line before it."""
    if measure is None or _has_room(before, line, measure) or _ends_title(before, line):
        return False
    other_type = max(line.size, before.size) > OTHER_SIZE * min(line.size, before.size)
    far_below = not turned and measure.pitch > 0 and before.base - line.base > GAP * measure.pitch
    indented = line.left > measure.left + INDENT * line.size
    if other_type or far_below or (line.has_mark and (indented or before.is_ended)):
        return False
    return not indented or _goes_on_set_in(before, line, measure)


def _goes_on_set_in(before: Piece, line: Piece, measure: Measure) -> bool:
    """Tell whether a line set in from the edge goes on; most begin a paragraph.

    It goes on in a block set in as a whole, under the mark of an item, or as the rest of a centred title.
    """
    block = abs(line.left - before.left) < SAME_EDGE
    hangs = before.has_mark and 0 <= line.left - before.left < HANGING * line.size
    in_line = abs(line.middle - before.middle) < line.size / 2 and not before.is_ended
    title = _is_centred(before, measure) or (_is_centred(line, measure) and in_line)
    return block or hangs or title


def _has_room(before: Piece, line: Piece, measure: Measure) -> bool:
    """Tell whether the next line's first word would have stood on the line before."""
    room = measure.right - before.right
    if _is_centred(before, measure) and abs(line.left - before.left) > SAME_EDGE:
        room = measure.right - measure.left - before.width
    return room > line.first_word + SPACE * line.size + SLACK


def _ends_title(before: Piece, line: Piece) -> bool:
    """Tell whether a heading in capitals ends, or begins, between the two lines."""
    return (_is_title(before) and not line.text.isupper()) or (_is_title(line) and not before.text.isupper())


def _is_title(line: Piece) -> bool:
    """Tell whether a line is set in capitals throughout, as headings are; a short name is none."""
    return line.text.isupper() and len(TITLE_WORD.findall(line.text)) >= TITLE_WORDS


def _is_centred(line: Piece, measure: Measure) -> bool:
    """Tell whether a line stands in the middle, off both edges."""
    off = line.left - measure.left
    return off > line.size and abs(line.middle - (measure.left + measure.right) / 2) < line.size / 2


def _column(lines: Sequence[Piece]) -> Iterator[tuple[str, Sequence[Piece]]]:
    """Give the paragraphs of a narrow column, where a line that begins small goes on with the one above."""
    widest = max((line.width for line in lines), default=0.0)
    text = ""
    pieces: list[Piece] = []
    for line in lines:
        if pieces and not line.has_mark and _column_goes_on(pieces[-1], line, widest):
            text += gap(text, line.text) + line.text
            pieces.append(line)
        else:
            if pieces:
                yield text, pieces
            text, pieces = line.text, [line]
    if pieces:
        yield text, pieces


def _column_goes_on(before: Piece, line: Piece, widest: float) -> bool:
    if before.is_ended:
        return False
    room = widest - before.width > line.first_word + SPACE * line.size + SLACK
    return line.text[0].islower() or (before.text.endswith(",") and not room)
