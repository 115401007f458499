"""Choosing the reader, and saying no."""

import os
from pathlib import Path

import pytest

from directives.readers import Format, Refusal, UnreadableDocument, read, read_bytes
from directives.readers.archive import parse_xml
from directives.readers.document import MAX_BYTES, MAX_PART_BYTES, MAX_TEXT
from tests.directives.readers.sheets import ENCRYPT, IDENTITY, pdf_file, words
from tests.directives.readers.word import TYPES, p, word_file, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
BOMB = b'<?xml version="1.0"?><!DOCTYPE c [<!ENTITY a "aaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><c>&b;&b;</c>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/passwd">]><b>&a;</b>'
GOOD_WORD = word_file(p("Sở Công Thương báo cáo trước ngày 09/4/2020."))
GOOD_PDF = pdf_file([words(85, 700, "So Cong Thuong bao cao truoc ngay 09/4/2020.")])


@pytest.mark.parametrize(
    ("name", "raw", "kind"),
    [
        pytest.param("a.pdf", "1. Sở Công Thương".encode(), Format.TXT, id="text named .pdf"),
        pytest.param("a.txt", GOOD_WORD, Format.DOCX, id="Word named .txt"),
        pytest.param("a.docx", GOOD_PDF, Format.PDF, id="PDF named .docx"),
        pytest.param("a", b"\n <!-- x --><!DOCTYPE html><p>x", Format.HTML, id="a page without a name"),
        pytest.param("a.txt", b'<?xml version="1.0"?>\n<html><body>x</body></html>', Format.HTML, id="XHTML"),
        pytest.param("a.pdf", b"junk before\n" + GOOD_PDF, Format.PDF, id="PDF after a mail header"),
    ],
)
def test_the_content_decides_not_the_name(tmp_path: Path, name: str, raw: bytes, kind: Format) -> None:
    """A file is read as what it is, whatever it is called."""
    file = tmp_path / name
    file.write_bytes(raw)

    assert kind == read(file).format


@pytest.mark.parametrize(
    ("raw", "code", "detail"),
    [
        pytest.param(b"", "empty", "", id="no bytes"),
        pytest.param(b" \n\t\r\n", "empty", "", id="only blanks"),
        pytest.param(b"\xef\xbb\xbf \n", "empty", "", id="only a mark of encoding"),
        pytest.param(word_file(p("  ")), "empty", "", id="Word without words"),
        pytest.param(b"<html><body><script>x()</script></body></html>", "empty", "", id="page without words"),
        pytest.param(pdf_file([b""]), "empty", "", id="PDF with an empty page"),
        pytest.param(bytes(range(256)) * 9, "unknown-format", "", id="binary"),
        pytest.param(b"\x7fELF\x02\x01\x01" + bytes(99), "unknown-format", "", id="program"),
        pytest.param(b'<?xml version="1.0"?><svg/>', "unknown-format", "", id="other XML"),
        pytest.param(OLE, "unknown-format", "", id="old Office file, neither Word nor Excel"),
        pytest.param(OLE[:400], "damaged", "", id="old Office file cut short"),
        pytest.param(
            zipped({"xl/workbook.xml": "<x/>", "[Content_Types].xml": TYPES[:0] + "<Types/>"}),
            "empty",
            "",
            id="workbook without sheets",
        ),
        pytest.param(
            zipped({"a.txt": "x", "b.txt": "y"}), "unknown-format", "several-parts", id="zip of several"
        ),
        pytest.param(
            OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted", "", id="Word with a password"
        ),
        pytest.param(
            pdf_file([words(9, 9, "x")], trailer=ENCRYPT + IDENTITY),
            "encrypted",
            "",
            id="PDF with a password",
        ),
        pytest.param(GOOD_WORD[: len(GOOD_WORD) // 2], "damaged", "", id="Word cut in half"),
        pytest.param(b"PK\x03\x04" + bytes(40), "damaged", "", id="zip in name only"),
        pytest.param(b"%PDF-1.7\n" + bytes(range(32, 127)) * 9, "damaged", "", id="PDF in name only"),
        pytest.param(word_file("<w:p>"), "damaged", "", id="broken XML"),
        pytest.param(
            zipped({"[Content_Types].xml": TYPES, "word/document.xml": BOMB}), "damaged", "", id="entity bomb"
        ),
        pytest.param(
            zipped({"[Content_Types].xml": TYPES, "word/document.xml": OUTSIDE}),
            "damaged",
            "",
            id="outside entity",
        ),
        pytest.param(
            zipped({"[Content_Types].xml": TYPES, "word/document.xml": b" " * (MAX_PART_BYTES + 1)}),
            "too-large",
            "",
            id="zip bomb",
        ),
        pytest.param(word_file("<w:sdt>" * 400 + "</w:sdt>" * 400), "damaged", "", id="nested without end"),
        pytest.param(b"x" * (MAX_BYTES + 1), "too-large", "", id="too many bytes"),
        pytest.param(b"x " * MAX_TEXT, "too-large", "too-much-text", id="text that takes minutes to read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(raw: bytes, code: str, detail: str) -> None:
    """Each way of being unreadable has its own code, and no other exception gets out."""
    with pytest.raises(UnreadableDocument) as refusal:
        read_bytes(raw)

    assert (code, detail) == (refusal.value.code, refusal.value.detail)


def test_a_zip_that_lies_about_its_size_is_still_bounded() -> None:
    """The bound holds for what is unpacked, not for what the index of the zip claims."""
    raw = zipped({"[Content_Types].xml": TYPES, "word/document.xml": b" " * (MAX_PART_BYTES + 1)})
    true_size = (MAX_PART_BYTES + 1).to_bytes(4, "little")
    lying = raw.replace(true_size, (1000).to_bytes(4, "little"))

    with pytest.raises(UnreadableDocument) as refusal:
        read_bytes(lying)

    assert refusal.value.code in {Refusal.TOO_LARGE, Refusal.DAMAGED}


def test_entities_are_never_expanded() -> None:
    """A part with a document type is refused before anything in it is used."""
    with pytest.raises(UnreadableDocument):
        parse_xml(OUTSIDE)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        pytest.param("missing.docx", "not-found", id="no such file"),
        pytest.param("present.txt/inside.docx", "not-found", id="a file taken for a folder"),
        pytest.param("zero\0byte", "not-found", id="a name no file can have"),
        pytest.param(".", "is-a-folder", id="a folder"),
        pytest.param("pipe", "unknown-format", id="a pipe, which would block"),
    ],
)
def test_a_path_that_leads_to_no_document_is_refused(tmp_path: Path, path: str, code: str) -> None:
    """Nothing but a regular file is opened."""
    (tmp_path / "present.txt").write_text("x")
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(UnreadableDocument) as refusal:
        read(tmp_path / path)

    assert code == refusal.value.code


def test_a_refusal_names_the_file_and_not_its_folder(tmp_path: Path) -> None:
    """The sentence about a refusal needs the name only."""
    with pytest.raises(UnreadableDocument) as refusal:
        read(tmp_path / "thiếu.docx")

    assert refusal.value.fields == {"name": "thiếu.docx"}
    assert refusal.value.phrase == "unreadable.not-found"


def test_the_hash_is_of_the_bytes_on_the_disk(examples: Path) -> None:
    """Two readings of one file have one hash; another format has another."""
    notice = [read(examples / f"thong-bao-120-tb-ubnd.{kind}").sha256 for kind in ("pdf", "pdf", "docx")]

    assert notice[0] == notice[1] != notice[2]
