"""Open the files of scanners and cameras (PNG, JPEG, TIFF of many pages, BMP, GIF) within bounds of size."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Final

from directives.readers.document import Refusal, UnreadableDocument
from directives.readers.ocr.picture import DPI, MAX_PIXELS, WHITE, Picture
from directives.readers.pieces import POINTS

if TYPE_CHECKING:
    from PIL.Image import Image

KINDS: Final = ("PNG", "JPEG", "TIFF", "BMP", "GIF")
MAX_DOTS: Final = 80_000_000  # of a picture as it lies in the file: A3 at 600 dots an inch is 70 million
PLAUSIBLE: Final = (100.0, 1300.0)  # 72 and 96 are what programs write that do not know
LONG_SIDES: Final = (300.0, 2600.0)  # points
A4_LONG: Final = 842.0  # a picture that names no resolution is taken for a page of this length
DEEP: Final = 256  # shades in a picture of 16 bits for each of ours


def count_pages(raw: bytes) -> int:
    """Return how many pages a picture file has; raise UnreadableDocument where it is broken."""
    with _opened(raw) as image:
        return int(getattr(image, "n_frames", 1))


def picture_of(raw: bytes, index: int) -> Picture:
    """Return one page of a picture file in grey, at a resolution that it can be read at."""
    from PIL import Image  # noqa: PLC0415 - an extra

    image = shown(raw, index).convert("L")
    dpi = image.width * POINTS / page_size(image)[0]
    target = readable_dpi(dpi, *page_size(image))
    if target < dpi:
        size = max(1, round(image.width * target / dpi)), max(1, round(image.height * target / dpi))
        image = image.resize(size, Image.Resampling.BOX)
    return Picture(image, target)


def readable_dpi(dpi: float | None, width: float, height: float) -> float:
    """Return at what resolution a page of this size, in points, is drawn: its own, if that is no finer."""
    return min(dpi or DPI, DPI, math.sqrt(MAX_PIXELS / max(1.0, width * height)) * POINTS)


def page_size(image: "Image") -> tuple[float, float]:
    """Return width and height of a picture in points, as its file says where that can be."""
    long = max(image.size)
    try:
        dpi = float(image.info.get("dpi", (0, 0))[0])
    except (TypeError, ValueError, ZeroDivisionError, IndexError):
        dpi = 0.0
    if not (PLAUSIBLE[0] <= dpi <= PLAUSIBLE[1] and LONG_SIDES[0] <= long * POINTS / dpi <= LONG_SIDES[1]):
        dpi = long * POINTS / A4_LONG
    return image.width * POINTS / dpi, image.height * POINTS / dpi


def shown(raw: bytes, index: int) -> "Image":
    """Return one page as a viewer shows it: turned as the camera says, on white paper."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - an extra

    with _opened(raw) as image:
        if index:
            image.seek(index)
        _check_size(image)
        dpi = image.info.get("dpi")
        if image.mode.startswith(("I", "F")):
            page = image.point(lambda shade: shade / DEEP).convert("L")
        elif image.has_transparency_data:
            layer = image.convert("RGBA")
            page = Image.new("RGB", image.size, (WHITE, WHITE, WHITE))
            page.paste(layer, mask=layer)
        else:
            page = image.convert("L" if image.mode in ("1", "L") else "RGB")
        exif = image.getexif()
        if exif:
            page.getexif().update(exif)
            page = ImageOps.exif_transpose(page)
        if dpi:
            page.info["dpi"] = dpi
        return page


def _check_size(image: "Image") -> None:
    if image.width * image.height > MAX_DOTS:
        raise _too_many_dots()


def _too_many_dots() -> UnreadableDocument:
    return UnreadableDocument(Refusal.TOO_LARGE, "picture-too-large", limit=f"{MAX_DOTS // 1_000_000}")


@contextmanager
def _opened(raw: bytes) -> Iterator["Image"]:
    """Open a picture; whatever Pillow finds wrong with it, now or later, becomes UnreadableDocument."""
    from PIL import Image  # noqa: PLC0415 - an extra

    try:
        with Image.open(BytesIO(raw), formats=KINDS) as image:
            _check_size(image)
            yield image
    except UnreadableDocument:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_dots() from error
    except Exception as error:  # Pillow's plug-ins raise whatever their parsers raise on spoiled bytes
        raise UnreadableDocument(Refusal.DAMAGED) from error
