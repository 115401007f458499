"""Find out which way up a page lies: a sheet laid into the scanner sideways, or upside down.

Tesseract has a detector of its own, whose data (`osd`) most machines lack. What it reads of a page that lies
wrong it is not sure of (15 to 45 of 100, measured; of one that lies right 80 to 97), so a band of the page is
read all four ways.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from directives.readers.ocr.picture import LEAST_DPI, SMALL, Picture, set_straight
from directives.readers.ocr.words import Word
from directives.readers.pieces import POINTS

if TYPE_CHECKING:
    from PIL.Image import Image

DOUBTED: Final = 65.0  # of 100: what is read less surely may lie wrong
BETTER: Final = 15.0  # how much surer another way must be to be believed
BAND: Final = 0.25  # of the page's height, where most of its ink is
NARROWEST: Final = 144.0  # points: a slip of paper is looked at whole
ENOUGH_LETTERS: Final = 20  # fewer speak less for a way
ENOUGH: Final = 80.0  # no page that lies wrong is read so surely: the other ways need no look
UPRIGHT, ON_ITS_SIDE = (0, 2, 1, 3), (1, 3, 0, 2)  # quarters clockwise, the likeliest first

Look = Callable[[Picture], Sequence[Word]]


def sureness_of(words: Sequence[Word]) -> float:
    """Return how sure the engine is of the letters of some words, of 100; few letters are less sure."""
    letters = [sum(map(str.isalnum, word.text)) for word in words]
    sure = sum(count * word.sureness for count, word in zip(letters, words, strict=True))
    return sure / max(sum(letters), ENOUGH_LETTERS)


def is_on_its_side(picture: Picture) -> bool:
    """Tell whether the ink changes more from column to column than from row to row, as lines on end do."""
    shades = _ink(_smaller(picture.image, SMALL))
    return _sharpness(shades.sum(axis=0)) > _sharpness(shades.sum(axis=1))


def way_up(picture: Picture, look: Look) -> int:
    """Return by how many quarters clockwise a page is turned to be read; 0 where no way is surely better."""
    low = picture
    if picture.dpi > LEAST_DPI:
        low = Picture(_smaller(picture.image, picture.dpi / LEAST_DPI), LEAST_DPI)
    sure: dict[int, float] = {}
    for quarters in ON_ITS_SIDE if is_on_its_side(picture) else UPRIGHT:
        sure[quarters] = sureness_of(look(_band(set_straight(low, quarters)[0])))
        if sure[quarters] > ENOUGH:
            return quarters
    best = max(sure, key=sure.__getitem__)
    return best if sure[best] > sure[0] + BETTER else 0


def _band(picture: Picture) -> Picture:
    """Return the part of a page with most ink."""
    import numpy as np  # noqa: PLC0415 - an extra

    image = picture.image
    height = min(image.height, int(max(BAND * image.height, NARROWEST * picture.dpi / POINTS)))
    ink = np.concatenate(([0.0], np.cumsum(_ink(image).sum(axis=1))))
    top = int(np.argmax(ink[height:] - ink[:-height]))
    return Picture(image.crop((0, top, image.width, top + height)), picture.dpi)


def _ink(image: "Image") -> Any:
    import numpy as np  # noqa: PLC0415 - an extra

    return 255.0 - np.asarray(image, dtype=np.float32)


def _sharpness(profile: Any) -> float:
    return float(((profile[1:] - profile[:-1]) ** 2).sum())


def _smaller(image: "Image", times: float) -> "Image":
    from PIL import Image  # noqa: PLC0415 - an extra

    size = max(1, round(image.width / times)), max(1, round(image.height / times))
    return image.resize(size, Image.Resampling.BOX)
