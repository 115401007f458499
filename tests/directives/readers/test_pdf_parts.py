"""Files in a PDF: each is read as a part, like what is attached to a mail."""

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from directives.readers import Part, RawDocument, read
from directives.readers.document import MAX_PARTS
from tests.directives.readers.mails import attached, mail, words
from tests.directives.readers.test_parts import OTHER, SECRET, WORD, answers, parts_of, refusal_of
from tests.directives.readers.test_pdf_noticed import holding
from tests.directives.readers.word import zipped


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(
            lambda: holding("Phụ lục.docx", WORD),
            [("x.pdf", "pdf"), ("x.pdf/Phụ lục.docx", "docx")],
            id="one",
        ),
        pytest.param(
            lambda: holding("vb.zip", zipped({"a.docx": WORD, "b.docx": OTHER})),
            [("x.pdf", "pdf"), ("x.pdf/vb.zip/a.docx", "docx"), ("x.pdf/vb.zip/b.docx", "docx")],
            id="a zip",
        ),
        pytest.param(
            lambda: holding("a.pdf", holding("b.docx", WORD)),
            [("x.pdf", "pdf"), ("x.pdf/a.pdf", "pdf"), ("x.pdf/a.pdf/b.docx", "docx")],
            id="a PDF with a file of its own",
        ),
        pytest.param(
            lambda: holding("a.pdf", holding("b.pdf", holding("c.pdf", holding("d.docx", WORD)))),
            [(f"x.pdf{below}", "pdf") for below in ("", "/a.pdf", "/a.pdf/b.pdf", "/a.pdf/b.pdf/c.pdf")],
            id="too deep: only named",
        ),
        pytest.param(
            lambda: holding("a.bin", b"\x7fELF" + bytes(range(99))),
            [("x.pdf", "pdf"), ("x.pdf/a.bin", "unknown-format")],
            id="no document",
        ),
        pytest.param(
            lambda: holding("../../etc/x.docx", WORD),
            [("x.pdf", "pdf"), ("x.pdf/etc/x.docx", "docx")],
            id="a name that leads away",
        ),
        pytest.param(
            lambda: holding("a.docx", WORD, on_page=b""),
            [("x.pdf", "empty"), ("x.pdf/a.docx", "docx")],
            id="a cover without words",
        ),
    ],
)
def test_what_is_attached_to_a_pdf_is_read(
    tmp_path: Path, raw: Callable[[], bytes], expected: list[tuple[str, str]]
) -> None:
    """Each file follows the PDF as a part, within the bounds of mails; none is then doubted as unread."""
    parts = parts_of(tmp_path, raw(), "x.pdf")

    assert answers(parts) == expected
    assert _doubted(parts[:-1]) == []
    assert _doubted(parts[-1:]) == (["attached-file"] if len(expected) > 3 else [])


def _doubted(parts: list[Part]) -> list[str]:
    return [
        doubt.code
        for part in parts
        if isinstance(part.document, RawDocument)
        for doubt in part.document.doubts
    ]


def test_a_pdf_with_a_file_is_read_as_itself_where_one_document_is_asked_for(tmp_path: Path) -> None:
    """The file in it is then only named."""
    (tmp_path / "x.pdf").write_bytes(holding("a.docx", WORD))

    assert [doubt.code for doubt in read(tmp_path / "x.pdf").doubts] == ["attached-file"]


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(lambda: holding("a.txt", SECRET), id="a stamp"),
        pytest.param(lambda: holding("Tối mật.docx", WORD), id="a name"),
        pytest.param(lambda: holding("a.txt", SECRET, on_page=b""), id="in a cover without words"),
        pytest.param(lambda: holding("vb.zip", zipped({"a.txt": SECRET})), id="in a zip"),
        pytest.param(lambda: mail(words("x"), attached(holding("a.txt", SECRET), "a.pdf")), id="in a mail"),
        pytest.param(
            lambda: holding("a.pdf", holding("b.pdf", holding("c.pdf", holding("d.txt", SECRET)))),
            id="too deep to be read",
        ),
    ],
)
def test_a_secret_in_a_pdf_refuses_the_whole(tmp_path: Path, raw: Callable[[], bytes]) -> None:
    """As for mails, nothing of it is kept or named."""
    refusal = refusal_of(tmp_path, raw())

    assert (refusal.code, refusal.fields) == ("secret", {})


def test_too_many_files_in_a_pdf_refuse_the_whole(tmp_path: Path) -> None:
    """The bound is that of mails and zips."""
    many = pypdfium2.PdfDocument(holding("0.txt", b"x"))
    for number in range(1, MAX_PARTS + 1):
        many.new_attachment(f"{number}.txt").set_data(b"x")
    written = io.BytesIO()
    many.save(written)

    assert refusal_of(tmp_path, written.getvalue()).detail == "too-many-parts"
