"""Texts without end, without letters, in no encoding or in several."""

import codecs
from collections.abc import Iterator

MB = 1024 * 1024


def files() -> Iterator[tuple[str, bytes]]:
    """Give them."""
    yield "fifty MB of zeros.txt", bytes(50 * MB)
    yield "fifty MB of blanks.txt", b" " * (50 * MB)
    yield "fifty MB and one byte.txt", b"x" * (50 * MB + 1)
    yield "fifty MB in two bytes a letter.txt", codecs.BOM_UTF16_LE + "đ".encode("utf-16-le") * (25 * MB - 1)
    yield "fifty MB in one byte a letter.txt", bytes(range(128, 256)) * (50 * MB // 128)
    yield "fifty MB in three bytes a letter.txt", "ệ".encode() * (50 * MB // 3)
    yield "one line of two million letters.txt", b"so cong thuong bao cao " * 86_000
    yield "a million lines.txt", b"\n1\n" * 660_000
    yield "a million blank lines.txt", b"x" + b"\n" * (10 * MB)
    yield "marks upon one letter.txt", ("a" + "\u0323\u0302" * 900_000).encode()
    yield "marks in the worst order.txt", ("a" + "\u0302" * 900_000 + "\u0323" * 900_000).encode()
    yield "marks of many kinds.txt", ("a" + "\u0345\u0301\u031b\u0323" * 450_000).encode()
    yield "old Windows marks.txt", b"a" + b"\xec\xcc\xd2\xde\xf2" * 300_000
    yield "Hangul to be put together.txt", ("\u1100\u1161\u11a8" * 600_000).encode()
    yield "letters that grow.txt", ("\ufdfa\u0390\u1f82" * 600_000).encode()
    yield "zeros among the words.txt", b"1. So\0 Cong\0 Thuong\0" * 1000
    yield "a lone surrogate.txt", b"1. So \xed\xa0\x80 Cong Thuong"
    yield "lone surrogates in UTF-16.txt", codecs.BOM_UTF16_LE + b"\x00\xd8" * 1000 + "Sở".encode("utf-16-le")
    yield "half a letter in UTF-16.txt", codecs.BOM_UTF16_BE + "Sở Công".encode("utf-16-be") + b"\x1e"
    yield "beyond Unicode.txt", codecs.BOM_UTF32_LE + b"\xff\xff\xff\x7f" * 1000
    yield "three marks of encoding.txt", codecs.BOM_UTF8 + codecs.BOM_UTF16_LE + codecs.BOM_UTF16_BE + b"x"
    yield "written right to left.txt", ("\u202e\u2066" * 300_000 + "Sở Công Thương").encode()
    yield "invisible.txt", ("\u200b\ufeff\u00ad" * 500_000).encode()
    yield "every byte.txt", bytes(range(256)) * 4000
    yield "line ends of every kind.txt", "a\r\n\u2028\u2029\x85\x0b\x0c\r".encode() * 100_000
    yield "columns.txt", b"|" * 1_900_000
    yield "gaps.txt", (b"a" + b" " * 50) * 38_000
    yield "stamps.txt", ("mật " * 490_000).encode()
    yield "old fonts.txt", "Sôû Coâng Thöông, Së C«ng Th­¬ng ".encode() * 40_000
    yield "mojibake.txt", "Sá»Ÿ CÃ´ng ThÆ°Æ¡ng ".encode() * 40_000
    yield "old fonts in bytes.txt", "Së C«ng Th­¬ng b¸o c¸o ".encode("latin-1") * 80_000
    for depth in (1000, 100_000):
        yield f"{depth} groups.rtf", b"{\\rtf1" + b"{\\b " * depth + b"x"
    yield "a picture of 2 GB.rtf", b"{\\rtf1 {\\pict\\bin2147483647 " + b"x" * 1000 + b"}}"
    yield "nothing but a signature.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    yield (
        "sectors in a circle.doc",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + (
            b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00"
            + bytes(10)
            + b"\x01\0\0\0" * 120
            + "WordDocument".encode("utf-16-le")
        ),
    )
