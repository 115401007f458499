"""Pictures that claim to be huge, unpack to much, or end too soon."""

import struct
import zlib
from collections.abc import Iterator

MB = 1024 * 1024
WIDE, HIGH = range(1654), range(2339)  # an A4 page of 200 dots an inch


def a_picture() -> bytes:
    """Make a small good picture: 200 by 100 dots, grey, with a black bar."""
    rows = b"".join(b"\0" + (b"\x00" if 40 < y < 50 else b"\xff") * 200 for y in range(100))
    return _png(200, 100, zlib.compress(rows))


def files() -> Iterator[tuple[str, bytes]]:
    """Give them."""
    packed = zlib.compress(bytes(100 * MB))
    for wide, high in ((100_000, 100_000), (2**31 - 1, 2**31 - 1), (1, 2**31 - 1), (0, 0), (60_000, 1000)):
        yield f"{wide} by {high}.png", _png(wide, high, packed)
    yield "eight thousand square.png", _png(8000, 8000, zlib.compress(bytes(8001 * 8000)))
    yield (
        "eight thousand square in colour.png",
        _png(8000, 8000, zlib.compress(bytes(32_001 * 8000)), colour=6),
    )
    yield (
        "sixteen bits a colour.png",
        _png(5000, 5000, zlib.compress(bytes(40_001 * 5000)), colour=6, bits=16),
    )
    yield (
        "a text of 100 MB inside.png",
        a_picture()[:33] + _chunk(b"zTXt", b"x\0\0" + packed) + a_picture()[33:],
    )
    yield "colours of 100 MB.png", a_picture()[:33] + _chunk(b"iCCP", b"x\0\0" + packed) + a_picture()[33:]
    yield "fewer rows than said.png", _png(2000, 2000, zlib.compress(bytes(2001)))
    yield "nothing inside.png", b"\x89PNG\r\n\x1a\n"
    yield "wrong sums.png", a_picture()[:40] + bytes(12) + a_picture()[52:]
    yield "a chunk of 4 GB.png", a_picture()[:33] + b"\xff\xff\xff\xffIDAT" + bytes(100)
    yield "65535 square.jpg", _jpeg(65535, 65535)
    yield "0 by 0.jpg", _jpeg(0, 0)
    yield "signature alone.jpg", b"\xff\xd8\xff\xe0"
    yield "markers without end.jpg", b"\xff\xd8" + b"\xff\xe1\x00\x02" * 500_000
    yield (
        "65535 square.gif",
        b"GIF89a"
        + struct.pack("<HHBBB", 65535, 65535, 0x80, 0, 0)
        + bytes(6)
        + b","
        + (struct.pack("<HHHHB", 0, 0, 65535, 65535, 0) + b"\x08\x05" + bytes(5) + b"\0;"),
    )
    frame = b"!\xf9\x04\0\0\0\0\0," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02D\x01\0"
    yield (
        "a hundred thousand frames.gif",
        (b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + bytes(6) + frame * 100_000 + b";"),
    )
    yield (
        "200000 square.bmp",
        b"BM"
        + struct.pack("<IHHI", 99, 0, 0, 54)
        + (struct.pack("<IiiHHIIiiII", 40, 200_000, 200_000, 1, 24, 0, 0, 0, 0, 0, 0) + bytes(100)),
    )
    yield "pages in a circle.tif", _tiff(8)
    yield "a page nowhere.tif", _tiff(2**31)
    yield "200000 square.tif", _tiff(0, side=200_000)
    yield "ten thousand pages.tif", _many_pages(10_000)
    for name, step, inked in (
        ("squared paper", 20, False),
        ("tables of many cells", 60, False),
        ("tables of many cells with ink in each", 60, True),
        ("a table of wide cells with ink in each", 110, True),
    ):
        yield f"{name}.png", _grid(step, inked=inked)
    yield "a chessboard.png", _rows([bytes(_dark(x // 60 % 2 != y // 60 % 2) for x in WIDE) for y in HIGH])


def _grid(step: int, *, inked: bool) -> bytes:
    """Rule a page of 200 dots an inch into squares, with strokes like letters in each."""
    line = bytes(len(WIDE))
    across = bytes(_dark(x % step < 2) for x in WIDE)
    strokes = bytes(_dark(x % step < 2 or (12 < x % step < step - 12 and x % 6 < 3)) for x in WIDE)
    middle = step // 2
    return _rows(
        [
            line if y % step < 2 else strokes if inked and middle - 9 < y % step < middle + 9 else across
            for y in HIGH
        ]
    )


def _rows(rows: list[bytes]) -> bytes:
    packed = zlib.compress(b"".join(b"\0" + row for row in rows))
    return _png(len(WIDE), len(HIGH), packed)


def _dark(is_ink: bool) -> int:
    return 0 if is_ink else 255


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _png(wide: int, high: int, packed: bytes, *, colour: int = 0, bits: int = 8) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, bits, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _jpeg(wide: int, high: int) -> bytes:
    frame = struct.pack(">BHHB", 8, high, wide, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8\xff\xc0"
        + struct.pack(">H", len(frame) + 2)
        + frame
        + b"\xff\xda\x00\x08\x01\x01\0\0\x3f\0"
        + (bytes(2000) + b"\xff\xd9")
    )


def _entries(side: int, strip: int) -> bytes:
    tags = (
        (256, side),
        (257, side),
        (258, 8),
        (259, 1),
        (262, 1),
        (273, strip),
        (277, 1),
        (278, side),
        (279, 64),
    )
    return struct.pack("<H", len(tags)) + b"".join(
        struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags
    )


def _tiff(following: int, side: int = 8) -> bytes:
    entries = _entries(side, 200)
    return (b"II*\0" + struct.pack("<I", 8) + entries + struct.pack("<I", following)).ljust(
        200, b"\0"
    ) + bytes(64)


def _many_pages(count: int) -> bytes:
    size = len(_entries(8, 8)) + 4
    pages = b"".join(
        _entries(8, 8) + struct.pack("<I", 8 + 64 + size * (n + 1) if n < count - 1 else 0)
        for n in range(count)
    )
    return b"II*\0" + struct.pack("<I", 8 + 64) + bytes(64) + pages
