"""PDF files: too long, circular, with streams and pictures that unpack to much, and broken fonts."""

import zlib
from collections.abc import Iterator, Mapping

from tests.directives.readers.sheets import FONT, pdf_file, words

MB = 1024 * 1024
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
    b"/Resources << /Font << /F1 3 0 R >> >> >>"
)
WORDS = words(85, 700, "So Cong Thuong bao cao truoc ngay 10/5/2020.")


def files() -> Iterator[tuple[str, bytes]]:
    """Give them."""
    yield from _pages()
    yield from _streams()
    yield from _fonts()
    yield from _drawings()
    yield from _tables()


def stream(content: bytes, facts: bytes = b"") -> bytes:
    """Write a stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), facts, content)


def objects(changed: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """Write a file of one page with some objects changed or added."""
    all_of_them = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        3: FONT,
        4: PAGE,
        5: stream(WORDS),
        **changed,
    }
    written, offsets = b"%PDF-1.7\n", {}
    for number, content in all_of_them.items():
        offsets[number] = len(written)
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    size = max(all_of_them) + 1
    table = b"".join(
        b"%010d %s \n" % (offsets.get(n, 0), b"00000 n" if n in offsets else b"65535 f") for n in range(size)
    )
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
    return written + b"xref\n0 %d\n" % size + table + end % (size, trailer, len(written))


def _pages() -> Iterator[tuple[str, bytes]]:
    yield "ten thousand pages.pdf", pdf_file([WORDS] * 10_000)
    yield "five hundred pages.pdf", pdf_file([WORDS] * 500)
    kids = b"<< /Type /Pages /Kids [%s] /Count %d >>"
    yield "pages in a circle.pdf", objects({2: kids % (b"2 0 R", 1)})
    yield "pages that are each other.pdf", objects({2: kids % (b"6 0 R 4 0 R", 9), 6: kids % (b"2 0 R", 9)})
    yield "one page a hundred thousand times.pdf", objects({2: kids % (b"4 0 R " * 100_000, 100_000)})
    yield "a billion pages, it says.pdf", objects({2: kids % (b"4 0 R", 2**31 - 1)})
    yield "fewer than no pages.pdf", objects({2: kids % (b"4 0 R", -5)})
    chain = {n: b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 1) for n in range(10, 30_010)}
    yield "a page thirty thousand deep.pdf", objects({2: kids % (b"10 0 R", 1), **chain, 30_010: PAGE})
    doubling = {n: kids % (b"%d 0 R %d 0 R" % (n + 1, n + 1), 2 ** (40 - n)) for n in range(10, 40)}
    yield "pages doubled thirty times.pdf", objects({2: kids % (b"10 0 R", 2**30), **doubling, 40: PAGE})
    for box in (b"0 0 1e9 1e9", b"0 0 0 0", b"0 0 -5 -5", b"0 0 9999999999999 1", b"0 0 nan x", b""):
        yield f"a page of {box.decode() or 'nothing'}.pdf", objects({4: PAGE.replace(b"0 0 595 842", box)})
    yield "its own parent.pdf", objects({4: PAGE.replace(b"/Parent 2 0 R", b"/Parent 4 0 R /Rotate 45")})
    yield "contents that are the page.pdf", objects({4: PAGE.replace(b"5 0 R", b"4 0 R")})
    yield (
        "contents a million times.pdf",
        objects({4: PAGE.replace(b"5 0 R", b"[" + b"5 0 R " * 300_000 + b"]")}),
    )


def _streams() -> Iterator[tuple[str, bytes]]:
    zeros = zlib.compress(bytes(200 * MB), 9)
    yield "a stream of 200 MB.pdf", objects({5: stream(zeros, b"/Filter /FlateDecode")})
    again = zlib.compress(zlib.compress(bytes(300 * MB), 9), 9)
    yield "packed twice.pdf", objects({5: stream(again, b"/Filter [/FlateDecode /FlateDecode]")})
    drawn = zlib.compress(WORDS * 300_000, 9)
    yield "words three hundred thousand times.pdf", objects({5: stream(drawn, b"/Filter /FlateDecode")})
    yield (
        "thirty thousand filters.pdf",
        objects({5: stream(zeros[:99], b"/Filter [" + b"/ASCIIHexDecode " * 30_000 + b"]")}),
    )
    runs = stream(b"\x81 " * (5 * MB), b"/Filter /RunLengthDecode")
    yield "run lengths.pdf", objects({5: runs})
    lzw = stream(
        b"\x80\x0b\x60\x50" * MB, b"/Filter /LZWDecode /DecodeParms << /Columns 999999999 /Predictor 15 >>"
    )
    yield "rows of a billion.pdf", objects({5: lzw})
    rows = b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2147483647 /Colors 32 >>"
    yield "predictor beyond number.pdf", objects({5: stream(zeros, rows)})
    yield "a stream longer than the file.pdf", objects({5: b"<< /Length 999999999 >>\nstream\n" + WORDS})
    yield "length that is itself.pdf", objects({5: b"<< /Length 5 0 R >>\nstream\n" + WORDS + b"\nendstream"})


def _fonts() -> Iterator[tuple[str, bytes]]:
    embedded = (
        b"<< /Type /Font /Subtype /TrueType /BaseFont /X /FirstChar 0 /LastChar 255 /FontDescriptor 6 0 R >>"
    )
    descriptor = b"<< /Type /FontDescriptor /FontName /X /Flags 4 /FontFile2 7 0 R >>"
    for name, program in (
        ("noise", bytes(range(256)) * 400),
        (
            "true type with tables of 4 GB",
            b"\0\1\0\0\xff\xff\0\0\0\0\0\0" + b"glyf" + b"\xff" * 12 + bytes(999),
        ),
        ("nothing", b""),
        ("an OpenType head", b"OTTO\0\x10" + b"CFF " * 200),
    ):
        yield f"font of {name}.pdf", objects({3: embedded, 6: descriptor, 7: stream(program)})
    type0 = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H "
    type0 += b"/DescendantFonts [%s] /ToUnicode 7 0 R >>"
    ranges = (
        b"1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        + b"1 beginbfrange <0000> <ffff> <0041> endbfrange\n" * 20_000
    )
    descendant = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /W [%s] >>"
    yield "a map without end.pdf", objects({3: type0 % b"6 0 R", 6: descendant % b"", 7: stream(ranges)})
    wide = b"0 99999999 500 " * 50_000
    yield "widths without end.pdf", objects({3: type0 % b"6 0 R", 6: descendant % wide, 7: stream(b"")})
    yield "a font that is its own.pdf", objects({3: type0 % b"3 0 R", 7: b"7 0 R"})
    glyph = b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] "
    glyph += b"/FirstChar 0 /LastChar 255 "
    glyph += b"/Encoding << /Differences [65 /a] >> /CharProcs << /a 6 0 R >> "
    glyph += b"/Resources << /Font << /F1 3 0 R >> >> >>"
    yield (
        "letters drawn with themselves.pdf",
        objects({3: glyph, 6: stream(WORDS), 5: stream(b"BT /F1 9 Tf (AAAA) Tj ET")}),
    )
    yield "no font.pdf", objects({3: b"null"})
    yield "a size beyond number.pdf", objects({5: stream(words(1e9, -1e9, "bao cao", size=1e12))})
    yield "a size of nothing.pdf", objects({5: stream(words(9, 9, "bao cao", size=0) * 1000)})


def _drawings() -> Iterator[tuple[str, bytes]]:
    picture = (
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 "
    )
    with_picture = PAGE.replace(b"/Font <<", b"/XObject << /I 6 0 R >> /Font <<")
    shown = stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    zeros = zlib.compress(bytes(100 * MB), 9)
    for wide, high in ((100_000, 100_000), (20_000, 20_000), (2**31 - 1, 2**31 - 1), (0, 0)):
        facts = picture % (wide, high) + b"/Filter /FlateDecode"
        yield (
            f"picture of {wide} by {high}.pdf",
            objects({4: with_picture, 5: shown, 6: stream(zeros, facts)}),
        )
    for filters in (b"/JBIG2Decode", b"/JPXDecode", b"/DCTDecode", b"/CCITTFaxDecode"):
        facts = picture % (30_000, 30_000) + b"/Filter " + filters
        yield (
            f"a broken {filters.decode()[1:]}.pdf",
            objects({4: with_picture, 5: shown, 6: stream(bytes(range(256)) * 500, facts)}),
        )
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 99 99] "
    form += b"/Resources << /XObject << /I 6 0 R >> /Font << /F1 3 0 R >> >>"
    yield (
        "a drawing of itself.pdf",
        objects({4: with_picture, 5: shown, 6: stream(b"/I Do " * 50 + WORDS, form)}),
    )
    fan = {
        n: stream(b"/I Do " * 10 + WORDS, form.replace(b"/I 6 0 R", b"/I %d 0 R" % (n + 1)))
        for n in range(6, 20)
    }
    yield (
        "a drawing ten to the fourteenth.pdf",
        objects({4: with_picture, 5: shown, **fan, 20: stream(WORDS, form)}),
    )
    yield "a million saved states.pdf", objects({5: stream(b"q " * 1_000_000 + WORDS)})
    yield "arrays in arrays.pdf", objects({5: stream(b"[" * 500_000 + WORDS)})
    yield "dictionaries in dictionaries.pdf", objects({3: b"<< /A " * 100_000 + b">>" * 100_000})
    yield "half a million lines.pdf", objects({5: stream(b"0 0 m 9 9 l S " * 500_000 + WORDS)})
    yield (
        "one path of a million points.pdf",
        objects({5: stream(b"0 0 m " + b"9 9 l " * 1_000_000 + b"S " + WORDS)}),
    )
    scattered = b"".join(words(n * 37 % 595, n * 91 % 842, "a b") for n in range(60_000))
    yield "sixty thousand scattered words.pdf", objects({5: stream(scattered)})
    yield "two hundred scattered pages.pdf", pdf_file([scattered[:200_000]] * 60)
    yield "all in one place.pdf", objects({5: stream(words(100, 100, "abc") * 60_000)})
    yield (
        "a grid of lines.pdf",
        objects(
            {
                5: stream(
                    b"".join(b"%d 0 1 842 re f 0 %d 595 1 re f " % (n, n) for n in range(0, 590, 1)) + WORDS
                )
            }
        ),
    )
    yield (
        "an inline picture without end.pdf",
        objects({5: stream(b"BI /W 99999 /H 99999 /BPC 8 /CS /RGB ID " + bytes(MB))}),
    )
    yield (
        "notes without end.pdf",
        objects(
            {
                4: PAGE.replace(b"/Contents", b"/Annots [" + b"6 0 R " * 100_000 + b"] /Contents"),
                6: b"<< /Subtype /Stamp /Contents (x) >>",
            }
        ),
    )


def _tables() -> Iterator[tuple[str, bytes]]:
    good = objects({})
    yield "the table before is itself.pdf", objects({}, b"/Prev %d" % good.rindex(b"xref\n0"))
    yield "the table is elsewhere.pdf", good.replace(b"startxref\n", b"startxref\n9")
    yield "a table of a billion.pdf", good.replace(b"xref\n0 6", b"xref\n0 999999999")
    yield "no table.pdf", good[: good.rindex(b"xref\n0")]
    yield "a million objects without a table.pdf", b"%PDF-1.7\n" + b"1 0 obj << >> endobj " * 500_000
    yield "a root that is no root.pdf", objects({1: b"[1 0 R]"})
    yield "a root in a circle.pdf", objects({1: b"1 0 R"})
    yield "the end of file a million times.pdf", good + b"%%EOF\n" * 1_000_000
    yield "signatures without end.pdf", b"%PDF-" * 1_000_000
    held = b"6 0 " + b"<< >>"
    inside = stream(held, b"/Type /ObjStm /N 999999999 /First 4 /Extends 7 0 R")
    yield "objects in a circle of streams.pdf", objects({7: inside})
    yield "locked by an unknown lock.pdf", objects({}, b"/Encrypt << /Filter /X /V 99 >> /ID [<00> <00>]")
