"""Mails: their own words count where they give work, and what is only shown in them is told apart."""

import struct
import zlib
from pathlib import Path

import pytest

from directives.readers import Format, RawDocument, read_parts
from directives.readers.mail_pictures import may_be_page
from tests.directives.readers.mails import attached, attachment, mail, multipart, words
from tests.directives.readers.word import p, word_file

ORDER = "Kính gửi các sở. Giao Sở Tài chính báo cáo kết quả trước ngày 10/02/2026."
NOTE = "Kính gửi các sở, xin gửi công văn kèm theo."
WORD = word_file(p("Giao Sở Y tế lập kế hoạch."))


def documents(tmp_path: Path, raw: bytes) -> dict[str, str]:
    """Return what is read in a mail, by name."""
    file = tmp_path / "x.eml"
    file.write_bytes(raw)
    return {
        part.name.removeprefix("x.eml/"): part.document.text if isinstance(part.document, RawDocument) else ""
        for part in read_parts(file)
    }


@pytest.mark.parametrize(
    ("own", "beside", "names"),
    [
        pytest.param(
            ORDER, attached(WORD, "a.docx"), ["body.txt", "a.docx"], id="an order beside a document"
        ),
        pytest.param(NOTE, attached(WORD, "a.docx"), ["a.docx"], id="a note beside a document"),
        pytest.param(ORDER, attached(b"a,b\n1,2", "a.csv"), ["body.txt", "a.csv"], id="beside figures"),
        pytest.param(
            ORDER, attachment(b"BEGIN:VCARD", b"Content-Type: text/vcard"), ["body.txt"], id="beside a card"
        ),
        pytest.param(
            NOTE, attachment(b"BEGIN:VCARD", b"Content-Type: text/vcard"), ["body.txt"], id="only a note"
        ),
        pytest.param(
            ORDER,
            b"Content-Type: message/rfc822\r\n\r\n"
            + mail(words(NOTE), attached(WORD, "a.docx")).replace(b"=_b", b"o_b"),
            ["body.txt", "message-1.eml/a.docx"],
            id="forwarded with an order",
        ),
    ],
)
def test_a_mail_s_words_count_where_they_give_work(
    tmp_path: Path, own: str, beside: bytes, names: list[str]
) -> None:
    """A note to what is attached is no document; an order is, whatever hangs on it."""
    assert list(documents(tmp_path, mail(words(own), beside))) == names


@pytest.mark.parametrize(
    "page", [f'<div dir="ltr"><ol><li>{ORDER}</ol></div>', f"Chào anh<ol><li>{ORDER}</ol>"]
)
def test_words_are_a_page_where_the_mail_says_so(tmp_path: Path, page: str) -> None:
    """Whatever they begin with."""
    raw = mail(multipart((words(ORDER), words(page, "html")), "alternative", b"inner"))

    assert f"1. {ORDER}" in documents(tmp_path, raw)["body.html"].split("\n")


def test_words_that_claim_two_bytes_a_letter_without_a_zero_do_not_have_them(tmp_path: Path) -> None:
    """A charset that cannot be is passed over."""
    raw = mail(words(ORDER).replace(b"utf-8", b"utf-16"))

    assert documents(tmp_path, raw) == {"body.txt": ORDER}


def test_of_a_page_in_one_file_only_the_page_is_read(tmp_path: Path) -> None:
    """Its looks and its pictures are none; the page need not come first (RFC 2387)."""
    css = b"Content-Type: text/css\r\nContent-Location: a.css\r\n\r\np {margin: 0}"
    page = b"Content-ID: <root>\r\n" + words(f"<p>{ORDER}", "html")
    logo = attachment(png(40, 40), b"Content-Type: image/png\r\nContent-Location: a.png")
    raw = mail(css, logo, page, kind='related; start="<root>"')

    assert documents(tmp_path, raw) == {"body.html": ORDER}


def png(across: int, down: int) -> bytes:
    """Make a white picture."""

    def chunk(kind: bytes, inside: bytes) -> bytes:
        check = zlib.crc32(kind + inside)
        return struct.pack(">I", len(inside)) + kind + inside + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", across, down, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\x00" + b"\xff" * across for _ in range(down)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("picture", "page"),
    [
        pytest.param(png(1240, 1754), True, id="a page at 150 dpi"),
        pytest.param(png(40, 40), False, id="logo"),
        pytest.param(png(900, 200), False, id="banner"),
        pytest.param(png(40, 40)[:20], False, id="cut short"),
        pytest.param(b"GIF89a" + struct.pack("<HH", 800, 1100), True, id="GIF"),
        pytest.param(b"BM" + bytes(16) + struct.pack("<ii", 800, -1100), True, id="BMP from the top down"),
        pytest.param(
            b"\xff\xd8\xff\xe0\x00\x04JF\xff\xc0\x00\x11\x08" + struct.pack(">HH", 1100, 800) + bytes(9),
            True,
            id="JPEG",
        ),
        pytest.param(b"RIFF....WEBP", False, id="of an unknown kind, small"),
        pytest.param(bytes(40_000), True, id="of an unknown kind, large"),
    ],
)
def test_a_scan_set_into_the_words_is_told_from_a_logo(picture: bytes, *, page: bool) -> None:
    """By its sides."""
    assert may_be_page(picture) is page


def test_a_scan_set_into_the_words_is_named(tmp_path: Path) -> None:
    """It is read, or said why not; never passed over."""
    pasted = attachment(
        png(1240, 1754),
        b'Content-Type: image/png; name="cv.png"\r\nContent-ID: <x1>\r\nContent-Disposition: inline',
    )
    raw = mail(multipart((words("<p>Xem ảnh<img src=cid:x1>", "html"), pasted), "related", b"inner"))

    assert list(documents(tmp_path, raw)) == ["body.html", "cv.png"]


def test_the_format_of_words_is_that_of_the_mail(tmp_path: Path) -> None:
    """Plain words stay plain."""
    file = tmp_path / "x.eml"
    file.write_bytes(mail(words(ORDER)))
    (part,) = read_parts(file)

    assert isinstance(part.document, RawDocument)
    assert part.document.format is Format.TXT
