"""PDF files: places of characters, and the refusal of what is too much."""

from pathlib import Path

import pypdfium2
import pytest

from directives.model import Span
from directives.readers import UnreadableDocument, read, read_bytes
from directives.readers.crop import crop
from directives.readers.document import MAX_PAGES
from tests.directives.readers.sheets import PICTURE, pdf_file, words

HEAD = [
    words(100, 780, "UBND TINH A"), words(330, 780, "CONG HOA XA HOI"),
    words(98, 760, "So: 1/UBND"), words(330, 760, "Doc lap - Tu do"),
]  # fmt: skip


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_may_be_turned(turn: int) -> None:
    """A landscape annex is read as it is shown."""
    places = {0: (100, 700), 90: (300, 500), 180: (400, 300), 270: (300, 500)}
    x, y = places[turn]
    angle = {0: b"1 0 0 1", 90: b"0 1 -1 0", 180: b"-1 0 0 -1", 270: b"0 -1 1 0"}[turn]
    shown = [
        b"q %s %d %d cm BT /F1 13 Tf 0 %d Td (%s) Tj ET Q\n" % (angle, x, y, -20 * row, text)
        for row, text in enumerate((b"Dong mot.", b"Dong hai.", b"Dong ba."))
    ]

    assert read_bytes(pdf_file([b"".join(shown)], turn=turn)).text.split("\n") == [
        "Dong mot.",
        "Dong hai.",
        "Dong ba.",
    ]


ANGLES = {0: b"1 0 0 1", 1: b"0 1 -1 0", 2: b"-1 0 0 -1", 3: b"0 -1 1 0"}


@pytest.mark.parametrize("shown", [0, 1, 2, 3])
@pytest.mark.parametrize("written", [0, 1, 2, 3])
def test_words_may_lie_otherwise_than_the_page_is_shown(written: int, shown: int) -> None:
    """The words are read upright, and their boxes are where the page as shown has them."""
    line = b"q %s 300 500 cm BT /F1 13 Tf 0 0 Td (So Cong Thuong) Tj 0 -40 Td (bao cao.) Tj ET Q\n"
    document = read_bytes(pdf_file([line % ANGLES[written]], turn=90 * shown))

    box = document.places.of(Span(0, 3))[0].box

    assert document.text == "So Cong Thuong\nbao cao."
    assert box is not None
    # where the words begin, and which way they run from there, turned as the page is shown
    x, y = [(300, 342), (500, 300), (295, 500), (342, 295)][shown]
    assert box.left - 15 < x < box.right + 15
    assert box.top - 15 < y < box.bottom + 15
    assert (box.right - box.left > box.bottom - box.top) == ((written - shown) % 2 == 0)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_document_put_sideways_gives_the_same_tasks(examples: Path, tmp_path: Path, turn: int) -> None:
    """A PDF that its program shows on its side or upside down; a place on it can be shown."""
    path, turned = examples / "thong-bao-120-tb-ubnd.pdf", tmp_path / "turned.pdf"
    document = pypdfium2.PdfDocument(path)
    for sheet in document:
        sheet.set_rotation(turn)
    document.save(turned)

    found = read(turned)

    assert found.text == read(path).text
    at = found.text.index("09/4/2020")
    assert crop(turned, found.places.of(Span(at, at + 9))[0]).startswith(b"\x89PNG")


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (0, 2, 1, 3), (3, 2, 1, 0)])
def test_the_order_in_which_a_page_is_drawn_does_not_matter(order: tuple[int, ...]) -> None:
    """Row by row or cell by cell: the left column is read first."""
    drawn = b"".join(HEAD[index] for index in order)

    assert read_bytes(pdf_file([drawn])).text.split("\n") == [
        "UBND TINH A",
        "So: 1/UBND",
        "CONG HOA XA HOI",
        "Doc lap - Tu do",
    ]


def test_a_page_with_a_picture_and_words_is_read() -> None:
    """A picture (a seal, a signature) beside a text layer does not make a scan of it."""
    lines = b"".join(words(85, 700 - 20 * row, f"Dong thu {row} cua van ban nay.") for row in range(9))

    assert read_bytes(pdf_file([PICTURE + lines])).text.count("van ban") == 9


def test_a_document_of_too_many_pages_is_refused() -> None:
    """The bound on pages is kept before any of them is read."""
    with pytest.raises(UnreadableDocument) as refusal:
        read_bytes(pdf_file([b""] * (MAX_PAGES + 1)))

    assert (refusal.value.detail, refusal.value.fields) == ("too-many-pages", {"limit": str(MAX_PAGES)})


@pytest.mark.parametrize("stem", ["thong-bao-120-tb-ubnd", "cong-van-8287-ubnd-kt1"])
def test_paragraphs_of_our_examples_are_those_of_the_word_file(examples: Path, stem: str) -> None:
    """Every paragraph is rebuilt whole from the lines of the PDF; only the letterhead's order differs."""
    pdf, word = (read(examples / f"{stem}.{kind}") for kind in ("pdf", "docx"))

    assert sorted(word.text.split("\n")) == sorted(pdf.text.split("\n"))
    body = word.text.index("\n1. ")
    assert pdf.text.endswith(word.text[body:])
    assert pdf.pages == 2
