"""Parts of a page's picture: the inside of a cell cut out, or a table painted white."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from directives.readers.grids import Grid
from directives.readers.ocr.picture import WHITE, Picture
from directives.readers.ocr.ruled import CellBox
from directives.readers.ocr.words import Word
from directives.readers.pieces import POINTS

MARGIN: Final = 12  # dots of paper around a part: the engine reads nothing at the very edge
INK: Final = 128
LEAST_INK: Final = 12  # dots; fewer are specks
LINE: Final = 1.5  # points: how far a line reaches from its middle


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a page, and where its lower left corner lies on it, in points."""

    picture: Picture
    left: float
    bottom: float

    def back(self, word: Word) -> Word:
        """Return a word that was read in the part where it stands on the page."""
        return replace(
            word, left=word.left + self.left, right=word.right + self.left, base=word.base + self.bottom
        )


def cut_out(picture: Picture, box: CellBox) -> Cut | None:
    """Cut a part out, with paper around it; None where there is nothing but paper."""
    import numpy as np  # noqa: PLC0415 - an extra
    from PIL import ImageOps  # noqa: PLC0415

    left, top, right, bottom = _dots(picture, box)
    if right - left < 2 or bottom - top < 2:  # noqa: PLR2004 - no inside
        return None
    part = picture.image.crop((left, top, right, bottom))
    if int((np.asarray(part) < INK).sum()) < LEAST_INK:
        return None
    scale = POINTS / picture.dpi
    return Cut(
        Picture(ImageOps.expand(part, MARGIN, WHITE), picture.dpi),
        (left - MARGIN) * scale,
        (picture.image.height - bottom - MARGIN) * scale,
    )


def grid_box(grid: Grid) -> CellBox:
    """Return all of a table, its outer lines included."""
    return CellBox(grid.columns[0] - LINE, grid.rows[0] - LINE, grid.columns[-1] + LINE, grid.rows[-1] + LINE)


def painted(picture: Picture, boxes: Sequence[CellBox]) -> Picture:
    """Return a page with parts painted white."""
    from PIL import ImageDraw  # noqa: PLC0415 - an extra

    if not boxes:
        return picture
    image = picture.image.copy()
    brush = ImageDraw.Draw(image)
    for box in boxes:
        brush.rectangle(_dots(picture, box), fill=WHITE)
    return Picture(image, picture.dpi, picture.rulings)


def without_lines(picture: Picture) -> Picture:
    """Return a page with the lines of its tables painted white, and what they part left as it is."""
    lines = [
        CellBox(line.left - LINE, line.bottom - LINE, line.right + LINE, line.top + LINE)
        for line in picture.rulings
    ]
    return painted(picture, lines)


def _dots(picture: Picture, box: CellBox) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom in dots."""
    scale, height = picture.dpi / POINTS, picture.image.height
    left, right = max(0, round(box.left * scale)), min(picture.image.width, round(box.right * scale))
    top, bottom = max(0, round(height - box.top * scale)), min(height, round(height - box.bottom * scale))
    return left, top, right, bottom
