"""Stamps put on askew, which a page's straight lines do not show: what ink is left, turned until it is level.

Offices press MẬT, TỐI MẬT, TUYỆT MẬT on a page by hand; the engine passes over one turned by some 6° or more.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from directives.readers.ocr.picture import WHITE, Picture, sharpest, without
from directives.readers.ocr.stamps import HEAD, MEANT, is_crooked_stamp
from directives.readers.ocr.words import Word
from directives.readers.pieces import POINTS

if TYPE_CHECKING:
    from PIL.Image import Image

ASKEW: Final = 3.0  # degrees: what stands straighter was read with the page
SURE: Final = 70.0  # of 100: such words are read, and no part of a stamp
CELL: Final = 3.0  # points: ink nearer than this is of one thing
INK: Final = 200  # shades darker than this
WIDTHS, HEIGHTS = (24.0, 260.0), (10.0, 200.0)  # points, of a stamp however it is turned
AROUND: Final = 4.0
MOST: Final = 8  # things looked at on one page, the largest first
STEEP, COARSE, FINE = 46.0, 2.0, 0.5  # degrees
SMALL_DPI: Final = 100.0  # the angle is looked for on so coarse a picture

Box = tuple[int, int, int, int]
Look = Callable[[Picture], Iterable[Sequence[Word]]]


def crooked_stamps(picture: Picture, read: Sequence[Word], look: Look) -> list[Word]:
    """Return the stamp of secrecy that stands askew in the head of a straight page whose words were read."""
    # Part of a stamp may have been read as a word, and other words may touch it: so look both ways.
    left = without(picture, [word for word in read if word.sureness > SURE])
    for seen, least in ((left, 0.0), (picture, ASKEW)):
        for box in _things(seen):
            if any(
                is_crooked_stamp(_text(words)) for part in _level(seen, box, least) for words in look(part)
            ):
                scale, height = POINTS / picture.dpi, picture.image.height
                base = (height - box[3]) * scale
                return [Word(MEANT, box[0] * scale, box[2] * scale, base, 13.0, -1)]
    return []


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _things(picture: Picture) -> list[Box]:
    """Find what stands by itself in the head of a page and may be a stamp by its size."""
    import numpy as np  # noqa: PLC0415 - an extra

    step = max(1, round(CELL * picture.dpi / POINTS))
    head = picture.image.crop((0, 0, picture.image.width, int(HEAD * picture.image.height)))
    rows, columns = head.height // step, head.width // step
    shades = np.asarray(head)[: rows * step, : columns * step].reshape(rows, step, columns, step)
    cells = (shades < INK).sum(axis=(1, 3)) >= max(1, step // 2)
    boxes = [
        (left * step, top * step, (right + 1) * step, (bottom + 1) * step)
        for left, top, right, bottom in _joined(cells)
    ]
    scale = POINTS / picture.dpi
    wanted = [
        box
        for box in boxes
        if WIDTHS[0] <= max(box[2] - box[0], box[3] - box[1]) * scale <= WIDTHS[1]
        and HEIGHTS[0] <= min(box[2] - box[0], box[3] - box[1]) * scale <= HEIGHTS[1]
    ]
    return sorted(wanted, key=lambda box: -(box[2] - box[0]) * (box[3] - box[1]))[:MOST]


def _joined(cells: Any) -> Iterator[Box]:
    """Give the box around all cells of ink that touch each other, also at a corner or over one empty cell."""
    waiting = {(int(row), int(column)) for row, column in zip(*cells.nonzero(), strict=True)}
    near = [(down, across) for down in range(-2, 3) for across in range(-2, 3) if down or across]
    while waiting:
        first = waiting.pop()
        left, top, right, bottom = first[1], first[0], first[1], first[0]
        open_ = deque([first])
        while open_:
            row, column = open_.popleft()
            left, right = min(left, column), max(right, column)
            top, bottom = min(top, row), max(bottom, row)
            for down, across in near:
                spot = row + down, column + across
                if spot in waiting:
                    waiting.remove(spot)
                    open_.append(spot)
        yield left, top, right, bottom


def _level(picture: Picture, box: Box, least: float) -> Iterator[Picture]:
    """Give a thing turned level by so much at least, also by a quarter either way where it stands on end."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - an extra

    part = ImageOps.expand(picture.image.crop(box), round(AROUND * picture.dpi / POINTS), WHITE)
    degrees = _angle(part, picture.dpi)
    if abs(degrees) < least:
        return
    level = part.rotate(degrees, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=WHITE)
    yield Picture(level, picture.dpi)
    if part.height > part.width:
        yield Picture(level.transpose(Image.Transpose.ROTATE_90), picture.dpi)
        yield Picture(level.transpose(Image.Transpose.ROTATE_270), picture.dpi)


def _angle(part: "Image", dpi: float) -> float:
    """Return by how many degrees counter-clockwise a thing is turned to be level."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - an extra

    shrunk = min(1.0, SMALL_DPI / dpi)
    size = max(1, round(part.width * shrunk)), max(1, round(part.height * shrunk))
    ink = ImageOps.invert(part.resize(size, Image.Resampling.BOX))
    around = sharpest(ink, 0.0, STEEP, COARSE)
    return sharpest(ink, around, COARSE, FINE)
