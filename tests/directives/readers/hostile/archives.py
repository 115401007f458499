"""Zip files: bombs flat, nested and folded over themselves, names that lead outside, indexes that lie."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from tests.directives.readers.word import TYPES, zipped

MB = 1024 * 1024
NAMES = (
    "../../../etc/dondoc",
    "/etc/passwd",
    "C:\\windows\\x.txt",
    "..\\..\\x.txt",
    "a\nb.txt",
    "a\u202etxt.exe",
    "\u200f\u200e.txt",
    "con",
    "x" * 5000 + ".txt",
    "a/" * 2000 + "b.txt",
    ".txt",
    " ",
)


def files() -> Iterator[tuple[str, bytes]]:
    """Give them."""
    zeros = bytes(200 * MB)
    yield "bomb.zip", zipped({"a.txt": zeros})
    yield "bomb of ten parts.zip", zipped({f"{n}.txt": bytes(30 * MB) for n in range(10)})
    yield "bomb.docx", zipped({"[Content_Types].xml": TYPES, "word/document.xml": b" " * (200 * MB)})
    yield "bomb in bzip2.zip", _zip({"a.txt": bytes(100 * MB)}, zipfile.ZIP_BZIP2)
    yield "bomb in lzma.zip", _zip({"a.txt": bytes(100 * MB)}, zipfile.ZIP_LZMA)
    yield "dictionary of 4 GB.zip", _huge_dictionary()
    yield "nested bomb.zip", _nested(zipped({"a.txt": bytes(100 * MB)}), 5)
    yield (
        "nested bomb of docx.zip",
        _nested(zipped({"[Content_Types].xml": TYPES, "word/document.xml": b"<x>" * (10 * MB)}), 2),
    )
    yield "nested 300 deep.zip", _nested(b"x", 300)
    yield "wide and deep.zip", _wide(4)
    yield "folded over itself.zip", _folded(b"x" * MB, 3000)
    yield "folded docx.docx", _folded(b"<x>" * MB, 1000, "word/document.xml")
    yield "a hundred thousand files.zip", zipped({f"{n}.txt": b"" for n in range(100_000)})
    yield "files beyond number.zip", _folded(b"x", 60_000)
    yield "one name a thousand times.zip", _same_name()
    for number, name in enumerate(NAMES):
        yield f"path trick {number}.zip", _zip({name: b"1. So Cong Thuong bao cao."})
    yield "zero byte in a name.zip", zipped({"aXb.txt": b"x"}).replace(b"aXb", b"a\0b")
    yield "not in any encoding.zip", zipped({"aXYb.txt": b"x"}).replace(b"aXYb", b"a\xff\xfeb")
    yield "index that lies about sizes.zip", _lying(zipped({"a.txt": b"x" * 1000}))
    yield "index without files.zip", b"PK\x05\x06" + bytes(18)
    yield "signature alone.zip", b"PK\x03\x04"
    yield "index of 4 GB.zip", b"PK\x03\x04" + bytes(40) + b"PK\x05\x06" + b"\xff" * 18
    yield "locked.zip", _flagged(zipped({"a.txt": b"secret words"}), 1)
    yield "unknown packing.zip", _packed(zipped({"a.txt": b"some words"}), 97)
    yield "a zip behind a text.zip", b"1. So Cong Thuong bao cao.\n" * 50 + zipped({"a.txt": b"x"})


def _zip(parts: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def _nested(raw: bytes, depth: int) -> bytes:
    for level in range(depth):
        raw = zipped({f"{level}.zip": raw})
    return raw


def _wide(depth: int) -> bytes:
    """Pack ten zips into each of ten zips …: ten to the depth of them, a megabyte in each last one."""
    raw = zipped({"a.txt": bytes(MB)})
    for _ in range(depth):
        raw = zipped({f"{n}.zip": raw for n in range(10)})
    return raw


def _same_name() -> bytes:
    """Write one name again and again, which `writestr` warns of, by changing the names afterwards."""
    raw = zipped({f"{n:04d}.txt": b"word" for n in range(1000)})
    for number in range(1000):
        raw = raw.replace(b"%04d.txt" % number, b"same.txt")
    return raw


def _folded(content: bytes, count: int, name: str = "") -> bytes:
    """Let every entry of the index point at one packed part."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    facts = struct.pack("<HHHHHIII", 20, 0, 8, 0, 0, zlib.crc32(content), len(packed), len(content))
    first = (name or "0000000").encode()
    raw = b"PK\x03\x04" + facts + struct.pack("<HH", len(first), 0) + first + packed
    index = b""
    for number in range(count):
        each = name.encode() if name else b"%07d" % number
        rest = struct.pack("<HHHHHII", len(each), 0, 0, 0, 0, 0, 0)
        index += b"PK\x01\x02" + struct.pack("<H", 20) + facts + rest + each
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(index), len(raw), 0)
    return raw + index + b"PK\x05\x06" + end


def _huge_dictionary() -> bytes:
    """Ask the unpacker for a dictionary of 4 GB."""
    raw = _zip({"a.txt": b"some words " * 1000}, zipfile.ZIP_LZMA)
    place = raw.index(b"a.txt") + len(b"a.txt") + 4  # behind version and size of the properties
    return raw[: place + 1] + b"\xff\xff\xff\xff" + raw[place + 5 :]


def _lying(raw: bytes) -> bytes:
    return raw.replace((1000).to_bytes(4, "little"), (2**31 - 1).to_bytes(4, "little"))


def _flagged(raw: bytes, flag: int) -> bytes:
    index = raw.index(b"PK\x01\x02")
    return raw[:6] + bytes([flag]) + raw[7 : index + 8] + bytes([flag]) + raw[index + 9 :]


def _packed(raw: bytes, packing: int) -> bytes:
    index = raw.index(b"PK\x01\x02")
    return raw[:8] + bytes([packing]) + raw[9 : index + 10] + bytes([packing]) + raw[index + 11 :]
