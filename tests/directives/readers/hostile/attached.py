"""PDF files with others attached: bombs, files in files, names without end, files that are themselves."""

import zlib
from collections.abc import Iterator, Sequence

from tests.directives.readers.hostile.paper import PAGE, objects, stream
from tests.directives.readers.word import p, word_file, zipped

MB = 1024 * 1024
CATALOG = b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [%s] >> >> >>"
PACKED = b"/Filter /FlateDecode"


def files() -> Iterator[tuple[str, bytes]]:
    """Give them."""
    bomb = _packed(bytes(300 * MB))
    yield "a bomb attached.pdf", holding([bomb])
    yield "ten bombs attached.pdf", holding([_packed(bytes(60 * MB))] * 10)
    again = _packed(_packed(_packed(bytes(800 * MB))))
    yield "attached and packed thrice.pdf", holding([again], packed=b"/Filter [%s]" % (b"/FlateDecode " * 3))
    yield "a bomb in a zip attached.pdf", holding([_packed(zipped({"a.txt": bytes(190 * MB)}))])
    yield "Word files of 20 MB attached.pdf", holding([_packed(word_file(p("x" * (20 * MB))))] * 5)
    words = _packed(b"1. So Cong Thuong bao cao truoc ngay 10/5/2020.\n" * 20_000)
    yield "a hundred and fifty texts attached.pdf", holding([words] * 150)
    yield "two hundred and one files attached.pdf", holding([_packed(b"words")] * 201)
    yield "cut in its packing.pdf", holding([bomb[:1000]])
    yield (
        "one that says it has a terabyte.pdf",
        holding([b"words"], packed=b"/Params << /Size 999999999999 >>"),
    )
    names = ("../../etc/passwd", "a\\nb.txt", "\\000", "C:\\\\x.txt", "x" * 5000, "")
    yield "attached under odd names.pdf", holding([b"words"] * len(names), names, packed=b"")
    deep = word_file(p("Sở Công Thương báo cáo."))
    for level in range(20):
        deep = holding([_packed(deep)], [f"{level}.pdf"])
    yield "twenty in each other.pdf", deep
    wide = objects({})
    for _ in range(6):
        wide = holding([_packed(wide)] * 5)
    yield "five in each, six deep.pdf", wide
    yield "attached in a circle.pdf", objects({1: CATALOG.replace(b"<< /Names [%s] >>", b"6 0 R"), 6: _KIDS})
    facts = b"<< /Type /Filespec /F (a.pdf) /EF << /F %d 0 R >> >>"
    for number, said in ((6, "that is itself"), (5, "that is the page"), (99, "that is nowhere")):
        yield f"one {said}.pdf", objects({1: CATALOG % b"(a.pdf) 6 0 R", 6: facts % number})
    yield (
        "a hundred thousand names.pdf",
        objects({1: CATALOG % (b"(a) 6 0 R " * 100_000), 6: facts % 7, 7: stream(b"words")}),
    )
    pinned = {
        4: PAGE.replace(b"/Contents", b"/Annots [" + b"6 0 R " * 500 + b"] /Contents"),
        6: b"<< /Subtype /FileAttachment /Rect [0 0 9 9] /FS 7 0 R >>",
        7: facts % 8,
    }
    yield "a bomb pinned on five hundred times.pdf", objects({**pinned, 8: stream(bomb, PACKED)})


_KIDS = b"<< /Kids [6 0 R 6 0 R] >>"


def holding(contents: Sequence[bytes], names: Sequence[str] = (), *, packed: bytes = PACKED) -> bytes:
    """Write a PDF with files attached, their contents as they are packed."""
    changed: dict[int, bytes] = {}
    listed = b""
    for index, content in enumerate(contents):
        name = (names[index] if names else f"{index}.txt").encode()
        at = 10 + 2 * index
        changed[at] = b"<< /Type /Filespec /F (%s) /UF (%s) /EF << /F %d 0 R >> >>" % (name, name, at + 1)
        changed[at + 1] = stream(content, b"/Type /EmbeddedFile " + packed)
        listed += b"(%s) %d 0 R " % (name, at)
    return objects({1: CATALOG % listed, **changed})


def _packed(content: bytes) -> bytes:
    return zlib.compress(content, 9)
