"""Pictures in an Office package that may be scanned pages: looked at for a stamp of secrecy, never read.

Only where the means to read pictures are installed, only as many as the bounds say; what goes wrong with a
picture is no fault of the document.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from directives.readers.archive import Package
from directives.readers.bounds import next_step
from directives.readers.document import Refusal, UnreadableDocument
from directives.readers.mail_pictures import may_be_page

FOLDERS: Final = ("word/media/", "xl/media/")
ENDINGS: Final = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif")
MAX_PICTURES: Final = 6
MAX_BYTES: Final = 24 * 1024 * 1024  # of all that are unpacked to see how large they are
MAX_SECONDS: Final = 24.0  # of processor time, in which pictures are begun


def refuse_secret_pictures(package: Package) -> None:
    """Raise UnreadableDocument (secret) where a picture as large as a page bears a stamp."""
    pictures = list(_pages(package))
    if not pictures:
        return
    try:
        _look_at(pictures)
    except UnreadableDocument as refusal:
        if refusal.code is Refusal.SECRET:  # any other: no engine, or out of time
            raise
    finally:
        next_step()  # the rest of the document has its own time


def _pages(package: Package) -> Iterator[bytes]:
    """Give the first pictures that may be pages, in the order the document got them."""
    left, found = MAX_BYTES, 0
    names = [name for name in package.every_name() if name.startswith(FOLDERS)]
    for name in sorted(names, key=lambda name: (len(name), name)):  # image2 before image10
        if not name.lower().endswith(ENDINGS) or package.size(name) > left:
            continue
        left -= package.size(name)
        picture = package.content(name)
        if may_be_page(picture):
            yield picture
            found += 1
            if found == MAX_PICTURES:
                return


def _look_at(pictures: list[bytes]) -> None:
    from directives.readers.assembled import within_time  # noqa: PLC0415 - what few documents need
    from directives.readers.ocr.engine import tessdata  # noqa: PLC0415
    from directives.readers.ocr.images import picture_of  # noqa: PLC0415
    from directives.readers.scan import recognised  # noqa: PLC0415

    tessdata()
    for picture in within_time(pictures, MAX_SECONDS):
        try:
            recognised(picture, {1: partial(picture_of, picture, 0)})
        except UnreadableDocument as refusal:
            if refusal.code is Refusal.SECRET:
                raise
