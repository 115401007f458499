"""Cut the picture of a place out of its page, for a person who compares words with the paper."""

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Final

from directives.readers.document import MAX_BYTES, Format, Refusal, UnreadableDocument, too_large
from directives.readers.pieces import POINTS
from directives.readers.places import Box, Place
from directives.readers.sniff import format_of

DPI: Final = 200.0
AROUND: Final = 6.0  # points of paper shown around the words
MAX_PIXELS: Final = 8_000_000
RGB: Final = 3
PNG: Final = b"\x89PNG\r\n\x1a\n"
HEADER: Final = struct.Struct(">IIBBBBB")
TRUE_COLOUR: Final = (8, 2, 0, 0, 0)


def crop(path: Path, place: Place) -> bytes:
    """Return a PNG of what stands at a place of a PDF or a picture file; the whole page without a box.

    Raises UnreadableDocument where the file has no such page, or is neither: its words have no picture.
    Drawing runs a stranger's file through large libraries: programs that go on call `guarded.crop`.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableDocument(Refusal.NO_ACCESS) from error
    if len(raw) > MAX_BYTES:
        raise too_large(MAX_BYTES)
    kind = format_of(raw)
    index = (place.page or 1) - 1
    if kind is Format.PDF:
        return _of_pdf(raw, index, place.box)
    if kind is Format.SCAN:
        return _of_picture(raw, index, place.box)
    raise UnreadableDocument(Refusal.UNKNOWN_FORMAT)


def _of_pdf(raw: bytes, index: int, box: Box | None) -> bytes:
    import pypdfium2  # noqa: PLC0415 - loaded with the first crop

    try:
        document = pypdfium2.PdfDocument(raw)
        try:
            page = document[index]
            width, height = page.get_size()
            seen = _seen(box, width, height)
            scale = min(DPI / POINTS, (MAX_PIXELS / _area(seen)) ** 0.5)
            margins = (seen.left, height - seen.bottom, width - seen.right, seen.top)
            bitmap = page.render(scale=scale, crop=margins, rev_byteorder=True, prefer_bgrx=False)
            return _png(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer), bitmap.n_channels)
        finally:
            document.close()
    except (pypdfium2.PdfiumError, IndexError, ValueError) as error:
        raise UnreadableDocument(Refusal.DAMAGED) from error


def _of_picture(raw: bytes, index: int, box: Box | None) -> bytes:
    from directives.readers.ocr.engine import NO_ENGINE  # noqa: PLC0415

    try:
        from directives.readers.ocr.images import page_size, shown  # noqa: PLC0415

        image = shown(raw, index)
    except ImportError as error:
        raise UnreadableDocument(Refusal.EMPTY, NO_ENGINE) from error
    width, height = page_size(image)
    seen, scale = _seen(box, width, height), image.width / width
    edges = (
        round(seen.left * scale),
        round(seen.top * scale),
        round(seen.right * scale),
        round(seen.bottom * scale),
    )
    part = image.crop(edges)
    shrunk = min(1.0, DPI / POINTS / scale, (MAX_PIXELS / (part.width * part.height)) ** 0.5)
    if shrunk < 1:
        part = part.resize((max(1, round(part.width * shrunk)), max(1, round(part.height * shrunk))))
    written = BytesIO()
    part.save(written, "PNG")
    return written.getvalue()


def _seen(box: Box | None, width: float, height: float) -> Box:
    """Return the box with some paper around it, within the page."""
    if box is None:
        return Box(0, 0, width, height)
    left, top = min(max(box.left - AROUND, 0), width - 1), min(max(box.top - AROUND, 0), height - 1)
    right, bottom = min(box.right + AROUND, width), min(box.bottom + AROUND, height)
    return Box(left, top, max(right, left + 1), max(bottom, top + 1))


def _area(box: Box) -> float:
    return max(1.0, (box.right - box.left) * (box.bottom - box.top))


def _png(width: int, height: int, stride: int, dots: bytes, channels: int) -> bytes:
    """Write a picture as PNG (ISO/IEC 15948): one chunk of rows, each behind its filter's number, none."""
    rows = (dots[row * stride : row * stride + width * channels] for row in range(height))
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
    parts = ((b"IHDR", HEADER.pack(width, height, *TRUE_COLOUR)), (b"IDAT", body), (b"IEND", b""))
    return PNG + b"".join(_chunk(name, content) for name, content in parts)


def _chunk(name: bytes, content: bytes) -> bytes:
    checked = name + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))
