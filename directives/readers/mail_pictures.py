"""Pictures set into the words of a mail: a scan of a document, or a logo and a signature.

A page has the sides of a page, whatever it is called; banners are flat, logos small. The size is read from
the first bytes, because the means to open pictures may not be installed.
Sources: PNG (11.2.2 IHDR), GIF89a (18), ITU-T T.81 (B.2.2 frame header), BITMAPINFOHEADER.
"""

import struct
from typing import Final

LEAST_SIDE: Final = 500  # pixels: a page at 72 dots to the inch has 595 across
LEAST_LENGTH: Final = 700
LEAST_BYTES: Final = 30_000
PNG: Final = b"\x89PNG\r\n\x1a\n"
JPEG: Final = b"\xff\xd8"
FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a length


def may_be_page(raw: bytes) -> bool:
    """Tell whether a picture is as large as a page; one whose sides are not known, by its bytes."""
    size = _size(raw)
    if size is None:
        return len(raw) >= LEAST_BYTES
    return min(size) >= LEAST_SIDE and max(size) >= LEAST_LENGTH


def _size(raw: bytes) -> tuple[int, int] | None:
    """Return how many pixels a picture has across and down."""
    try:
        if raw.startswith(PNG):
            return struct.unpack(">II", raw[16:24])
        if raw.startswith((b"GIF87a", b"GIF89a")):
            return struct.unpack("<HH", raw[6:10])
        if raw.startswith(b"BM"):
            across, down = struct.unpack("<ii", raw[18:26])
            return abs(across), abs(down)
        return _jpeg_size(raw) if raw.startswith(JPEG) else None
    except struct.error:
        return 0, 0  # cut short: nothing to look at


def _jpeg_size(raw: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(raw) and raw[at] == 0xFF:  # noqa: PLR2004 - begins every marker
        marker = raw[at + 1]
        if marker in FRAMES:
            down, across = struct.unpack(">HH", raw[at + 5 : at + 9])
            return across, down
        at += 2 if marker in ALONE else 2 + int.from_bytes(raw[at + 2 : at + 4], "big")
    return None
