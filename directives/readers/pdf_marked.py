"""Words of a PDF page that something speaks against: a line drawn through them, or that nobody sees them.

Sources: ISO 32000-1, 8.5.3 (painting of paths), 9.3.6 (text rendering modes), 11.6.4 (opacity); pdfium's
public/fpdf_text.h and fpdf_edit.h.
"""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from directives.readers.lines import Box as Edges
from directives.readers.pdf_lines import SPACE, Glyph
from directives.readers.pdf_noticed import RAISED, STRUCK, UNSEEN, Noticed
from directives.readers.pdf_turn import PageTurn
from directives.readers.pieces import ABOVE, BELOW, Ruling
from directives.readers.places import Box

TINY: Final = 2.0  # points: type that nobody reads on paper
WHITE: Final = 250  # of 255, in red, green and blue
OPAQUE: Final = 255
NO_INK: Final = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})
PAINTED: Final = frozenset({pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING, pdfium.FPDF_PAGEOBJ_FORM})
# Of the type's size above the base line: where a line strikes words, and is not under or over them.
STRIKE: Final = (0.12, 0.48)
RAISED_BY: Final = 0.15  # of the type's size
SMALLER: Final = 0.93
HALF: Final = 0.5
MANY: Final = 500  # boxes that are looked at for every character


class _Colour:
    """Asks for the colours of objects, into one place: a page may have ten thousand."""

    def __init__(self) -> None:
        self._parts = [ctypes.c_uint() for _ in range(4)]
        self._places = [ctypes.byref(part) for part in self._parts]

    def of(self, each: Any) -> tuple[int, int]:
        """Return the darkest of red, green and blue, and how opaque; black where it does not say."""
        if not pdfium.FPDFPageObj_GetFillColor(each, *self._places):
            return 0, OPAQUE
        red, green, blue, opacity = self._parts
        return min(red.value, green.value, blue.value), opacity.value


@dataclass(slots=True)
class Ink:
    """What the objects of a page paint, by the order they are painted in."""

    turned: Callable[[float, float, float, float], Edges]
    _dark: list[Edges] = field(default_factory=list)  # where white words may be seen
    _covers: list[tuple[int, Edges]] = field(default_factory=list)  # and how many texts are under each
    _texts: list[Any] = field(default_factory=list)
    _without: set[int] = field(default_factory=set)  # texts without ink
    _white: set[int] = field(default_factory=set)
    _colour: _Colour = field(default_factory=_Colour)

    def add(self, each: Any) -> None:
        """Look at an object of the page (pypdfium2's PdfObject), in the order of the page."""
        if each.type == pdfium.FPDF_PAGEOBJ_TEXT:
            self._add_text(each.raw)
        elif each.type in PAINTED:
            self._dark.append(self.turned(*each.get_bounds()))
        elif each.type == pdfium.FPDF_PAGEOBJ_PATH and _is_filled(each.raw):
            box = self.turned(*each.get_bounds())
            light, opacity = self._colour.of(each.raw)
            if light < WHITE:
                self._dark.append(box)
            is_solid = opacity == OPAQUE and not pdfium.FPDFPageObj_HasTransparency(each.raw)
            if (
                is_solid
                and self._texts
                and len(self._covers) < MANY
                and each.level == 0
                and _is_box(each.raw)
            ):
                self._covers.append((len(self._texts), box))

    def _add_text(self, raw: Any) -> None:
        self._texts.append(raw)
        light, opacity = self._colour.of(raw)
        if opacity == 0 or pdfium.FPDFTextObj_GetTextRenderMode(raw) in NO_INK:
            self._without.add(_key(raw))
        elif light >= WHITE:
            self._white.add(_key(raw))

    def hidden(self, text_page: pypdfium2.PdfTextPage) -> Callable[[Glyph], bool]:
        """Return what tells whether the ink of a character is not to be seen, once all is added."""
        if not (self._without or self._white or self._covers):
            return lambda _: False
        white = self._white if len(self._dark) <= MANY else set[int]()  # a drawing: who can tell
        order = {_key(raw): at for at, raw in enumerate(self._texts)} if self._covers else {}

        def is_hidden(glyph: Glyph) -> bool:
            raw = pdfium.FPDFText_GetTextObject(text_page.raw, glyph.index)
            key = _key(raw) if raw else 0
            if key in self._without or (key in white and not _any_holds(self._dark, glyph)):
                return True
            at = order.get(key, len(order))
            return any(at < above and _any_holds([box], glyph) for above, box in self._covers)

        return is_hidden


def unseen_on(
    number: int, lines: Sequence[list[Glyph]], text_page: pypdfium2.PdfTextPage, ink: Ink, turn: PageTurn
) -> Iterator[Noticed]:
    """Give the words of a page that nobody sees: without ink, too small, covered, or off the paper."""
    is_hidden = ink.hidden(text_page)

    def is_unseen(glyph: Glyph) -> bool:
        off = not (0 <= _middle(glyph) <= turn.width and 0 <= glyph.base <= turn.height)
        return off or glyph.size <= TINY or is_hidden(glyph)

    for line in lines:
        yield from _runs(UNSEEN, number, line, is_unseen, turn.height)


def struck_on(
    number: int, lines: Sequence[list[Glyph]], rulings: Sequence[Ruling], height: float
) -> Iterator[Noticed]:
    """Give the words of a page that a line is drawn through."""
    level = [each for each in rulings if not each.upright]
    for line in lines if level else ():
        first = next((glyph for glyph in line if not glyph.char.isspace()), None)
        if first is None:
            continue
        low, high = (first.base + part * first.size for part in STRIKE)
        across = [each for each in level if low <= (each.bottom + each.top) / 2 <= high]

        def is_struck(glyph: Glyph, across: Sequence[Ruling] = across) -> bool:
            return any(each.left <= _middle(glyph) <= each.right for each in across)

        if across:
            yield from _runs(STRUCK, number, line, is_struck, height)


def raised_on(number: int, lines: Sequence[list[Glyph]], height: float) -> Iterator[Noticed]:
    """Give the numbers that a small raised figure, as of a note, stands in without a gap.

    «1¹5/6» may be the 15th with a note, or the 115th; behind a number («2020¹») it stands by itself.
    """
    glyphs = [glyph for line in lines for glyph in line]  # pdfium begins and ends lines at such figures
    for at, (one, two) in enumerate(pairwise(glyphs)):
        if _is_raised(one, two):
            before = takewhile(str.isdigit, (glyph.char for glyph in reversed(glyphs[:at])))
            behind = takewhile(lambda glyph: not glyph.char.isspace(), glyphs[at + 1 :])
            yield _noticed(RAISED, number, [*glyphs[at - len(list(before)) : at + 1], *behind], height)


def _is_raised(one: Glyph, two: Glyph) -> bool:
    return (
        one.char.isdigit()
        and two.char.isdigit()
        and one.size < SMALLER * two.size
        and RAISED_BY * two.size < one.base - two.base < two.size
        and abs(two.left - one.right) < SPACE * two.size
    )


def _runs(
    code: str, number: int, line: Sequence[Glyph], fits: Callable[[Glyph], bool], height: float
) -> Iterator[Noticed]:
    """Give the stretches of a line whose every character fits; a single comma says nothing."""
    run: list[Glyph] = []
    for glyph in line:
        if glyph.char.isspace():
            if run:
                run.append(glyph)
        elif fits(glyph):
            run.append(glyph)
        else:
            yield from _said(code, number, run, height)
            run = []
    yield from _said(code, number, run, height)


def _said(code: str, number: int, run: Sequence[Glyph], height: float) -> Iterator[Noticed]:
    if any(glyph.char.isalnum() for glyph in run):
        yield _noticed(code, number, run, height)


def _noticed(code: str, number: int, glyphs: Sequence[Glyph], height: float) -> Noticed:
    shown = [glyph for glyph in glyphs if not glyph.char.isspace()]
    size = max(glyph.size for glyph in shown)
    box = Box(
        shown[0].left,
        height - max(glyph.base for glyph in shown) - ABOVE * size,
        shown[-1].right,
        height - min(glyph.base for glyph in shown) + BELOW * size,
    )
    return Noticed(code, " ".join("".join(glyph.char for glyph in glyphs).split()), number, box)


def _middle(glyph: Glyph) -> float:
    return (glyph.left + glyph.right) / 2


def _any_holds(boxes: Sequence[Edges], glyph: Glyph) -> bool:
    x, y = _middle(glyph), glyph.base + HALF * HALF * glyph.size
    return any(left <= x <= right and bottom <= y <= top for left, bottom, right, top in boxes)


def _is_filled(path: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(fill.value != pdfium.FPDF_FILLMODE_NONE)


def _is_box(path: Any) -> bool:
    return int(pdfium.FPDFPath_CountSegments(path)) in (4, 5)  # the sides of one, and its end


def _key(raw: Any) -> int:
    return ctypes.c_void_p.from_buffer(raw).value or 0
