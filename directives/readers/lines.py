"""The ruled lines that a path of a PDF page draws: thin boxes, edges of rectangles, straight segments.

API: pdfium's public/fpdf_edit.h.
"""

import ctypes
from collections.abc import Callable, Iterator
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from directives.readers.pieces import Ruling

THIN: Final = 2.5  # points; a thicker box is no ruled line
LONG: Final = 8.0
ONE_BOX: Final = 5  # segments of a rectangle; a path of more draws several things
MAX_SEGMENTS: Final = 5_000  # of one path; more are a drawing

Box = tuple[float, float, float, float]
Turned = Callable[[float, float, float, float], Box]


def rulings_of(path: pypdfium2.PdfObject, turned: Turned) -> list[Ruling]:
    """Return the ruled lines of a path, as they stand on the page that `turned` shows."""
    count = pdfium.FPDFPath_CountSegments(path.raw)
    if ONE_BOX < count <= MAX_SEGMENTS:
        return [ruling for box in _straight(path.raw, count) for ruling in rulings_of_box(turned(*box))]
    return rulings_of_box(turned(*path.get_bounds()))


def rulings_of_box(box: Box) -> list[Ruling]:
    """Read a thin box as a ruled line, a large one as its four edges (a cell drawn as a rectangle)."""
    left, bottom, right, top = box
    wide, high = right - left, top - bottom
    if min(wide, high) <= THIN:
        return [Ruling(left, right, bottom, top)] if max(wide, high) >= LONG else []
    edges = ((left, left, bottom, top), (right, right, bottom, top), (left, right, bottom, bottom))
    return [Ruling(*edge) for edge in (*edges, (left, right, top, top))]


def _straight(path: Any, count: int) -> Iterator[Box]:
    """Give the level and upright segments of a path as boxes."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, ctypes.byref(matrix))
    x, y = ctypes.c_float(), ctypes.c_float()
    begun = before = (0.0, 0.0)
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        if not pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begun = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _level_or_upright(before, point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield from _level_or_upright(point, begun)
        before = point


def _level_or_upright(one: tuple[float, float], two: tuple[float, float]) -> Iterator[Box]:
    box = (min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1]))
    if min(box[2] - box[0], box[3] - box[1]) <= THIN:
        yield box
