"""Scans that can be searched: another program read their words, which nobody sees: they are doubted too."""

import io
import re
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from directives.model import Span
from directives.parse import parse
from directives.readers import RawDocument, Refusal, UnreadableDocument, read, read_bytes
from directives.readers.guarded import crop
from tests.directives.readers.sheets import PICTURE, pdf_file, words
from tests.directives.test_examples import NOTICE, NOTICE_TASKS, rows

INVISIBLE = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
UNSEEN = b"3 Tr "


def scanned_with_words(path: Path, *, invisible: bool) -> bytes:
    """Return a PDF with its pages drawn as pictures over its words, which are kept."""
    document, file = pypdfium2.PdfDocument(path), io.BytesIO()
    for sheet in document:
        bitmap = sheet.render(scale=150 / 72)
        for each in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            if invisible:
                pdfium.FPDFTextObj_SetTextRenderMode(each.raw, INVISIBLE)
        picture = pypdfium2.PdfImage.new(document)
        picture.set_bitmap(bitmap)
        picture.set_matrix(pypdfium2.PdfMatrix().scale(*sheet.get_size()))
        sheet.insert_obj(picture)
        sheet.gen_content()
    document.save(file)
    document.close()
    return file.getvalue()


def doubted(document: RawDocument) -> list[str]:
    """Return the words of a document that bear the doubts of scans."""
    spans = [doubt.span for doubt in document.doubts if doubt.code.endswith("from-scan") and doubt.span]
    return [document.text[span.start : span.end] for span in spans]


@pytest.mark.parametrize("invisible", [True, False], ids=["without ink", "under the picture"])
def test_a_scan_that_can_be_searched_is_doubted_as_any_scan(
    examples: Path, tmp_path: Path, invisible: bool
) -> None:
    """The words are kept to the letter; each date bears a doubt, and its picture is that of the scan."""
    file = tmp_path / "searchable.pdf"
    file.write_bytes(scanned_with_words(examples / f"{NOTICE}.pdf", invisible=invisible))
    document, printed = read(file), read(examples / f"{NOTICE}.pdf")

    parsed = parse(document.text, doubts=document.doubts)
    dates = [Span(*found.span()) for found in re.finditer(r"\d{1,2}/\d{1,2}/\d{4}", document.text)]

    assert (document.text, rows(parsed)) == (printed.text, NOTICE_TASKS)
    assert len(dates) == 7
    assert all(any(doubt.span and doubt.span.overlaps(date) for doubt in document.doubts) for date in dates)
    assert all("date-from-scan" in task.doubts for task in parsed.tasks if task.deadline)
    for date in dates:
        assert document.places.of(date) == printed.places.of(date)
        assert crop(file, document.places.of(date)[0]).startswith(b"\x89PNG")


def test_a_printed_document_is_not_doubted(examples: Path) -> None:
    """Its words are those its author wrote."""
    assert doubted(read(examples / f"{NOTICE}.pdf")) == []


DATED = words(85, 700, "So Cong Thuong bao cao truoc ngay 10/5/2020, xong trong quy I/2021, theo so sau day.")


@pytest.mark.parametrize(
    ("page", "found"),
    [
        pytest.param(PICTURE + UNSEEN + DATED, 2, id="words without ink over a picture"),
        pytest.param(UNSEEN + DATED + PICTURE, 2, id="words without ink under one"),
        pytest.param(DATED + PICTURE, 2, id="words that a picture covers"),
        pytest.param(PICTURE + DATED, 0, id="words printed on a picture: a background"),
        pytest.param(DATED, 0, id="words alone"),
        pytest.param(UNSEEN + DATED, 0, id="words without ink, and no picture"),
        pytest.param(PICTURE.replace(b"595 0 0 842", b"90 0 0 90") + UNSEEN + DATED, 0, id="a small picture"),
    ],
)
def test_words_that_nobody_sees_are_another_programs_reading(page: bytes, found: int) -> None:
    """Only where a picture of the page is what a person sees."""
    assert len(doubted(read_bytes(pdf_file([page])))) == found


def test_a_stamp_as_another_program_read_it_is_a_stamp() -> None:
    """«TOl MAT» in a text layer refuses as it does on a scan that we read."""
    stamped = PICTURE + UNSEEN + words(400, 780, "[ TQI MAT ]") + DATED

    with pytest.raises(UnreadableDocument) as refusal:
        read_bytes(pdf_file([stamped]))

    assert refusal.value.code is Refusal.SECRET
    assert doubted(read_bytes(pdf_file([words(400, 780, "[ TQI MAT ]") + DATED]))) == []
