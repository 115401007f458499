"""Pictures of pages: opened within bounds, set straight, freed of specks.

A page is straight when its lines of type stand out most sharply from the gaps between them: the profile of
ink by rows then changes most from row to row (Postl 1986).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from directives.readers.ocr.ruled import grid_rulings
from directives.readers.ocr.words import Turn, Word
from directives.readers.pieces import POINTS, Ruling

if TYPE_CHECKING:
    from PIL.Image import Image

DPI: Final = 300.0  # what pages are read at, unless they have fewer dots
LEAST_DPI: Final = 150.0  # and fewer than these are too few for the engine
MAX_PIXELS: Final = 16_000_000  # of one page as it is read: A3 at 300 dots an inch is 17 million
SMALL: Final = 4  # the angle is looked for on a picture this many times smaller
WIDEST: Final = 5.0  # degrees
COARSE: Final = 0.5
FINE: Final = 0.1
WHITE: Final = 255
PAPER: Final = 205  # shades lighter than this, of 255, are paper
PATCH: Final = 16  # dots
ABOVE, BELOW = 1.1, 0.3  # of the type's size: marks over capitals, tails under the line
EDGE: Final = 3  # dots around a word that are its own


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in grey, with its resolution."""

    image: "Image"
    dpi: float
    rulings: tuple[Ruling, ...] = ()  # the lines of its tables, in points, where they were looked for

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height in points."""
        return self.image.width * POINTS / self.dpi, self.image.height * POINTS / self.dpi


def set_straight(picture: Picture, quarters: int = 0) -> tuple[Picture, Turn]:
    """Turn a page by quarters clockwise, then until its lines are level, and take single specks away.

    The lines of its tables are found on the way.
    """
    from PIL import Image, ImageFilter  # noqa: PLC0415 - an extra

    image = picture.image
    if quarters:
        turns = (Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)
        image = image.transpose(turns[quarters - 1])
    degrees = _angle(image)
    if degrees:
        image = image.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=WHITE)
    rulings = grid_rulings(image, picture.dpi, on_white)
    straight = Picture(on_white(image.filter(ImageFilter.MedianFilter(3))), picture.dpi, rulings)
    return _enlarged(straight), Turn(*picture.size, quarters, degrees)


def on_white(image: "Image") -> "Image":
    """Make the paper white wherever it is grey: in shadow, yellowed, or strewn with the noise of a sensor.

    Without it the engine takes the noise of an empty page for thousands of words.
    """
    import numpy as np  # noqa: PLC0415 - an extra
    from PIL import Image, ImageFilter  # noqa: PLC0415

    size = (max(1, image.width // PATCH), max(1, image.height // PATCH))
    patches = image.resize(size, Image.Resampling.BOX).filter(ImageFilter.MaxFilter(5))
    darkest = float(np.median(np.asarray(patches))) / 2  # a dark patch is a picture, not the paper
    paper = patches.filter(ImageFilter.BoxBlur(2)).resize(image.size, Image.Resampling.BILINEAR)
    shades = np.asarray(image, dtype=np.float32) * WHITE / np.maximum(np.asarray(paper), max(darkest, 1.0))
    return Image.fromarray(np.where(shades > PAPER, WHITE, shades).astype(np.uint8))


def _enlarged(picture: Picture) -> Picture:
    """Return a page of few dots with more of them, now that its specks are gone."""
    from PIL import Image  # noqa: PLC0415 - an extra

    if picture.dpi >= LEAST_DPI:
        return picture
    width, height = picture.size
    dpi = min(DPI, math.sqrt(MAX_PIXELS / max(1.0, width * height)) * POINTS)
    size = max(1, round(width * dpi / POINTS)), max(1, round(height * dpi / POINTS))
    return Picture(picture.image.resize(size, Image.Resampling.BICUBIC), dpi, picture.rulings)


def without(picture: Picture, words: Iterable[Word]) -> Picture:
    """Return the page with these words painted white."""
    from PIL import ImageDraw  # noqa: PLC0415 - an extra

    image, scale = picture.image.copy(), picture.dpi / POINTS
    brush = ImageDraw.Draw(image)
    for word in words:
        base = image.height - word.base * scale
        top, bottom = base - ABOVE * word.size * scale, base + BELOW * word.size * scale
        brush.rectangle((word.left * scale - EDGE, top, word.right * scale + EDGE, bottom), fill=WHITE)
    return Picture(image, picture.dpi)


def _angle(image: "Image") -> float:
    """Return by how many degrees a page must be turned counter-clockwise to be straight."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - an extra

    size = (max(1, image.width // SMALL), max(1, image.height // SMALL))
    ink = ImageOps.invert(image.resize(size, Image.Resampling.BOX))

    around = sharpest(ink, 0.0, WIDEST, COARSE)
    return round(sharpest(ink, around, COARSE, FINE), 1)


def sharpest(ink: "Image", middle: float, reach: float, step: float) -> float:
    """Return the angle near the middle at which rows of ink stand out most from the gaps between them.

    Of equals it is the one nearest to the middle: an empty page stays as it is.
    """
    import numpy as np  # noqa: PLC0415 - an extra
    from PIL import Image  # noqa: PLC0415

    def sharpness(degrees: float) -> float:
        turned = ink.rotate(degrees, resample=Image.Resampling.BILINEAR)
        rows = np.asarray(turned, dtype=np.float32).sum(axis=1)
        return float(((rows[1:] - rows[:-1]) ** 2).sum())

    count = round(reach / step)
    angles = (middle + index * step for index in range(-count, count + 1))
    return max(sorted(angles, key=lambda angle: abs(angle - middle)), key=sharpness)
