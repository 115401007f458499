"""Scans and images: the same tasks as from the text, every number kept, every date doubted."""

import io
import re
from pathlib import Path

import pypdfium2
import pytest

from directives.model import Span
from directives.parse import parse
from directives.readers import Format, RawDocument, Refusal, UnreadableDocument, read, read_bytes
from directives.readers.crop import crop
from directives.readers.document import MAX_PAGES
from directives.readers.scan import MAX_SCANS
from tests.directives.readers.faithfulness import error_rate, marks_of
from tests.directives.readers.scanner import FONTS, need_ocr, scanned, typed, written
from tests.directives.readers.sheets import PICTURE, pdf_file, words
from tests.directives.readers.test_faithful import body_of, true_body
from tests.directives.test_examples import HEADS, NOTICE, NOTICE_TASKS, rows

MOST_WRONG = 1.0  # letters in a hundred


@pytest.fixture(scope="module", autouse=True)
def _ocr() -> None:
    need_ocr()


@pytest.fixture(scope="module")
def scan(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the example notice as a PDF of scans: 200 dots an inch, 0.7° turned, noisy."""
    file = tmp_path_factory.mktemp("scan") / "scan.pdf"
    file.write_bytes(written(scanned((examples / f"{NOTICE}.pdf").read_bytes()), "PDF"))
    return file


@pytest.fixture(scope="module")
def notice(scan: Path) -> RawDocument:
    """Return the reading of the scanned notice."""
    return read(scan)


def test_a_scan_gives_the_tasks_of_the_text(notice: RawDocument) -> None:
    """Items, leads and deadlines are those of the other formats."""
    assert rows(parse(notice.text)) == NOTICE_TASKS


def test_a_scan_gives_the_head_of_the_text(notice: RawDocument) -> None:
    """Number, date, issuer, genre and citations too; the two columns of the letterhead are kept apart."""
    parsed = parse(notice.text)
    head, cited = parsed.head, {citation.number for citation in parsed.cites}

    assert HEADS[NOTICE] == (head.number, head.issued_on, head.issuer, head.genre, cited)


def test_hardly_a_letter_of_a_scan_differs(notice: RawDocument, examples: Path) -> None:
    """At most one letter in a hundred of the body is wrong, and no number of an item is lost."""
    true = true_body(examples, NOTICE)

    body = notice.text[notice.text.index(true[:20]) :]

    assert error_rate(body_of(body, true), true) <= MOST_WRONG
    assert marks_of(notice.text) == marks_of(true)
    assert (notice.format, notice.pages) == (Format.PDF, 2)


def test_no_line_of_the_signature_is_passed_over(notice: RawDocument) -> None:
    """Two columns whose lines stand at different heights are both read; the number of the page is dropped."""
    assert {"- Chủ tịch, các PCT UBND tỉnh;", "CHÁNH VĂN PHÒNG", "Trần Đức Lâm"} <= set(
        notice.text.split("\n")
    )
    assert "2" not in notice.text.split("\n")


def test_every_date_of_a_scan_is_doubted(notice: RawDocument) -> None:
    """Each date bears a doubt on its words, and so does each task whose deadline it is."""
    dates = [Span(*found.span()) for found in re.finditer(r"\d{1,2}/\d{1,2}/\d{4}", notice.text)]
    dated = [task for task in parse(notice.text, doubts=notice.doubts).tasks if task.deadline]

    assert len(dates) == 7
    assert all(any(doubt.span and doubt.span.overlaps(date) for doubt in notice.doubts) for date in dates)
    assert all("date-from-scan" in task.doubts for task in dated)


def test_the_place_of_words_is_that_of_the_page_as_shown(notice: RawDocument, examples: Path) -> None:
    """The box of a line on the scan holds the line of the PDF it was made from, turned as it was."""
    printed = read(examples / f"{NOTICE}.pdf")
    for found in re.finditer(r"\d{1,2}/\d{1,2}/\d{4}", printed.text):
        true = printed.places.of(Span(*found.span()))[0]
        start = notice.text.index(found.group(), max(found.start() - 40, 0))
        seen = notice.places.of(Span(start, start + 4))[0]
        assert (true.page, true.box and seen.box) == (seen.page, seen.box)
        assert true.box is not None
        assert seen.box is not None
        middle = (true.box.top + true.box.bottom) / 2
        assert seen.box.top < middle < seen.box.bottom


def test_a_place_can_be_shown(notice: RawDocument, scan: Path, examples: Path) -> None:
    """The crop is a picture of the line, from the scan and from a PDF with text alike."""
    from PIL import Image  # noqa: PLC0415 - an extra

    for document, file in ((notice, scan), (read(examples / f"{NOTICE}.pdf"), examples / f"{NOTICE}.pdf")):
        at = document.text.index("09/4/2020")
        place = document.places.of(Span(at, at + 9))[0]
        picture = Image.open(io.BytesIO(crop(file, place)))
        assert place.box is not None
        assert picture.width / picture.height == pytest.approx(
            (place.box.right - place.box.left + 12) / (place.box.bottom - place.box.top + 12), rel=0.1
        )
        assert min(picture.convert("L").tobytes()) < 100


def test_the_crop_of_a_scan_says_what_was_read(notice: RawDocument, scan: Path) -> None:
    """Reading the crop again gives the date."""
    at = notice.text.index("09/4/2020")

    assert "09/4/2020" in read_bytes(crop(scan, notice.places.of(Span(at, at + 9))[0])).text


QUARTERS = ("I", "II", "III", "IV")
LINES = ("xong trong Quý {}/2021, báo cáo", "trong quý {} nam 2021", "trong Quý {}/2020.", "Quý {} nam 2020;")


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("dpi", [200, 300])
@pytest.mark.parametrize("noise", [0, 12])
def test_no_quarter_becomes_another_one_in_silence(font: str, dpi: int, noise: float) -> None:
    """Each quarter bears a doubt, and the numeral is right at least 15 times in 16 (the engine alone: 12)."""
    lines = [line.format(quarter) for line in LINES for quarter in QUARTERS]
    pages = scanned(typed(lines, font), dpi=dpi, turn=0.7 if noise else 0, noise=noise)
    document = read_bytes(written(pages, "PNG", dpi))

    found = list(re.finditer(r"quý\s+([^\s/;.,]+)", document.text, re.IGNORECASE))
    right = sum(one[1] == other for one, other in zip(found, QUARTERS * len(LINES), strict=True))
    doubts = [doubt.span for doubt in document.doubts if doubt.code == "quarter-from-scan"]
    assert right >= 15
    assert all(any(span and span.overlaps(Span(*one.span())) for span in doubts) for one in found)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "TIFF"])
def test_images_are_scans(kind: str) -> None:
    """What a camera or a scanner writes is read as what it is; a TIFF has several pages."""
    pages = scanned(pdf_file([words(85, 700, "Trang dau 123."), words(85, 700, "Trang sau 456.")]), noise=0)
    document = read_bytes(written(pages if kind == "TIFF" else pages[:1], kind))

    assert document.format is Format.SCAN
    assert (
        document.text.split() == ["Trang", "dau", "123.", "Trang", "sau", "456."][: 3 * (document.pages or 0)]
    )


def test_only_the_scanned_pages_of_a_pdf_are_recognised(examples: Path) -> None:
    """A page of pictures between pages of text is read; the text of the others is kept to the letter."""
    pages = scanned(typed(["Trang nay la ban chup ngay 12/5/2021."]), noise=0)
    mixed = pypdfium2.PdfDocument(examples / f"{NOTICE}.pdf")
    mixed.import_pages(pypdfium2.PdfDocument(written(pages, "PDF")))
    file = io.BytesIO()
    mixed.save(file)
    mixed.close()

    document, printed = read_bytes(file.getvalue()), read(examples / f"{NOTICE}.pdf")

    assert document.text.startswith(printed.text)
    assert document.text.endswith("12/5/2021.")
    assert [doubt.code for doubt in document.doubts] == ["date-from-scan"]
    assert [place.page for place in document.places.of(document.doubts[0].span or Span(0, 0))] == [3]


def test_a_picture_without_words_says_so() -> None:
    """An empty page is no document."""
    for raw in (pdf_file([PICTURE]), written(scanned(pdf_file([b""]), noise=0), "PNG")):
        with pytest.raises(UnreadableDocument) as refusal:
            read_bytes(raw)
        assert refusal.value.phrase == "unreadable.no-words-in-picture"


@pytest.mark.parametrize(
    "raw", [b"\x89PNG\r\n\x1a\n" + bytes(50), b"\xff\xd8\xff\xe0" + bytes(50), b"II*\x00" + bytes(90)]
)
def test_a_broken_picture_is_refused(raw: bytes) -> None:
    """A picture in name only is damaged."""
    with pytest.raises(UnreadableDocument) as refusal:
        read_bytes(raw)

    assert refusal.value.code is Refusal.DAMAGED


def test_more_scans_than_can_be_read_are_refused() -> None:
    """The bound is kept before any page is read."""
    assert MAX_SCANS < MAX_PAGES
    with pytest.raises(UnreadableDocument) as refusal:
        read_bytes(pdf_file([PICTURE] * (MAX_SCANS + 1)))

    assert refusal.value.phrase == "unreadable.too-many-scans"


def test_a_picture_of_too_many_dots_says_so() -> None:
    """The bound is one of dots, and the sentence names it as such."""
    from PIL import Image  # noqa: PLC0415 - an extra

    file = io.BytesIO()
    Image.new("1", (10_000, 9_000)).save(file, "PNG")

    with pytest.raises(UnreadableDocument) as refusal:
        read_bytes(file.getvalue())

    assert (refusal.value.phrase, refusal.value.fields) == ("unreadable.picture-too-large", {"limit": "80"})


def test_a_page_that_takes_too_long_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time is not size: another scan of the page may be read."""
    monkeypatch.setattr("directives.readers.ocr.engine.PAGE_SECONDS", 0.001)
    lines = ["Bao cao ket qua thuc hien nhiem vu nam 2020 cua cac so, nganh va dia phuong"] * 25

    with pytest.raises(UnreadableDocument) as refusal:
        read_bytes(written(scanned(typed(lines)), "PNG"))

    assert refusal.value.phrase == "unreadable.page-too-slow"
