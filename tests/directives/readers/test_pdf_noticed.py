"""PDF files: words put on a page, struck, or seen by nobody; files kept inside."""

import io
from collections.abc import Callable

import pypdfium2
import pytest

from directives.readers import UnreadableDocument, read_bytes
from directives.readers.ocr.doubts import DATE
from tests.directives.readers.sheets import PICTURE, pdf_file, words
from tests.directives.readers.word import p, word_file

LINE = words(85, 700, "Bao cao truoc ngay 10/5/2020.")  # 154 points wide
WORDS = "Bao cao truoc ngay 10/5/2020."
FIELD = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (d) /V ({}) /F 4 /Rect [{}] >>"
NOTE = "<< /Type /Annot /Subtype /FreeText /F 4 /Contents ({}) /Rect [{}] >>"
STRIKE = "<< /Type /Annot /Subtype /StrikeOut /F 4 /Rect [85 697 245 712] /QuadPoints [{}] >>"


def noted(drawn: bytes, *notes: str) -> bytes:
    """Make a page with notes put on it."""
    return pdf_file([drawn], on_page=f"/Annots [{' '.join(notes)}]".encode())


def doubts_of(raw: bytes) -> list[tuple[str, str | None]]:
    """Return the code of each doubt with the words it points at."""
    document = read_bytes(raw)
    return [(each.code, each.span.of(document.text) if each.span else None) for each in document.doubts]


@pytest.mark.parametrize(
    ("drawn", "note", "text"),
    [
        pytest.param(
            words(85, 700, "Bao cao truoc ngay"),
            FIELD.format("10/5/2020", "190 696 300 712"),
            WORDS[:-1],
            id="field at the end of a line",
        ),
        pytest.param(
            words(85, 700, "Bao cao truoc ngay") + words(300, 700, "cho UBND."),
            FIELD.format("10/5/2020", "190 696 295 712"),
            f"{WORDS[:-1]} cho UBND.",
            id="field between words",
        ),
        pytest.param(
            words(85, 700, "Bao cao truoc ngay ......................"),
            FIELD.format("10/5/2020", "190 696 260 712"),
            WORDS[:-1],
            id="field over dots",
        ),
        pytest.param(
            words(85, 700, "Bao cao truoc ngay"),
            NOTE.format("10/5/2020", "190 696 300 712"),
            WORDS[:-1],
            id="note typed into a line",
        ),
        pytest.param(
            words(85, 700, "THONG BAO"),
            NOTE.format(WORDS, "85 640 400 660"),
            f"THONG BAO\n{WORDS}",
            id="note under the words",
        ),
        pytest.param(LINE, NOTE.format("Da xem", "85 696 245 712"), WORDS, id="note over words"),
        pytest.param(
            words(85, 700, "Bao cao"),
            FIELD.format("da xem", "190 696 300 712").replace("/F 4", "/F 2"),
            "Bao cao",
            id="field that is not shown",
        ),
    ],
)
def test_what_was_put_on_a_page_is_read_at_its_place(drawn: bytes, note: str, text: str) -> None:
    """Fields and notes are words of the page, unless printed words stand under them."""
    assert read_bytes(noted(drawn, note)).text == text


@pytest.mark.parametrize(
    ("note", "code"),
    [
        (FIELD.format("10/5/2020", "190 696 300 712"), "form-field"),
        (NOTE.format("10/5/2020", "190 696 300 712"), "note-on-page"),
    ],
)
def test_what_was_put_on_a_page_bears_a_doubt(note: str, code: str) -> None:
    """A person hears of what was not printed, and where it is in the text."""
    assert doubts_of(noted(words(85, 700, "Bao cao truoc ngay"), note)) == [(code, "10/5/2020")]


def test_a_note_over_printed_words_is_told_and_not_read() -> None:
    """It says something about the words, and is no part of their sentence."""
    (doubt,) = read_bytes(noted(LINE, NOTE.format("gia han 20/6/2020", "85 696 245 712"))).doubts

    assert (doubt.code, "gia han 20/6/2020" in doubt.message) == ("note-on-page", True)


def test_a_value_in_the_next_column_of_a_table_stays_there() -> None:
    """A ruled line stands between, so the words are not joined."""
    table = b"0 0 0 RG 188 600 m 188 720 l S 85 720 m 400 720 l S 85 600 m 400 600 l S\n"

    text = read_bytes(noted(table + words(85, 700, "Bao cao"), FIELD.format("9/5", "190 696 300 712"))).text

    assert "Bao cao 9/5" not in text


RED_BOX = b"q 1 0 0 rg 80 690 300 30 re f Q\n"
BLACK_BOX = b"q 0 0 0 rg 80 690 300 30 re f Q\n"
WHITE_BOX = b"q 1 1 1 rg 80 690 300 30 re f Q\n"
FRAME = b"q 0 0 0 RG 80 690 300 30 re S Q\n"


@pytest.mark.parametrize(
    ("drawn", "is_unseen"),
    [
        pytest.param(b"1 1 1 rg " + LINE, True, id="white on white"),
        pytest.param(b"0.99 0.99 0.99 rg " + LINE, True, id="nearly white"),
        pytest.param(BLACK_BOX + b"1 1 1 rg " + LINE, False, id="white on black"),
        pytest.param(WHITE_BOX + b"1 1 1 rg " + LINE, True, id="white on a white box"),
        pytest.param(b"0.5 g " + LINE, False, id="grey"),
        pytest.param(LINE.replace(b"BT", b"BT 3 Tr"), True, id="without ink"),
        pytest.param(words(85, 700, WORDS, size=1), True, id="of one point"),
        pytest.param(words(85, 700, WORDS, size=6), False, id="small"),
        pytest.param(LINE + BLACK_BOX, True, id="under a box"),
        pytest.param(LINE + FRAME, False, id="in a frame"),
        pytest.param(RED_BOX + LINE, False, id="on a box"),
        pytest.param(words(85, -200, WORDS), True, id="off the paper"),
    ],
)
def test_words_that_nobody_sees_are_doubted(drawn: bytes, is_unseen: bool) -> None:
    """They are read all the same, for what hides them is easily misjudged."""
    raw = pdf_file([words(85, 780, "THONG BAO") + b"q " + drawn + b" Q"])

    assert WORDS in read_bytes(raw).text
    assert doubts_of(raw) == ([("unseen-text", WORDS)] if is_unseen else [])


def test_the_unseen_words_of_a_searchable_scan_are_no_surprise() -> None:
    """A picture whose words a program laid under it is read as a scan, with a scan's doubts."""
    unseen = b"".join(words(85, 700 - 20 * row, WORDS).replace(b"BT", b"BT 3 Tr") for row in range(9))

    assert {code for code, _ in doubts_of(pdf_file([PICTURE + unseen]))} <= {DATE}


OVER_DATE = (188, 700, 243)  # where it begins, its base line, where it ends


@pytest.mark.parametrize(
    ("height", "is_struck"),
    [(0, False), (-2, False), (3.5, True), (5, True), (9, False), (13, False)],
)
@pytest.mark.parametrize("drawn", ["0.7 w {0} {1} m {2} {1} l S", "{0} {1} {3} 0.7 re f"])
def test_words_with_a_line_through_them_are_doubted(drawn: str, height: float, is_struck: bool) -> None:
    """A line under or over words strikes nothing; the words stay, for a person to decide."""
    left, base, right = OVER_DATE
    line = drawn.format(left, base + height, right, right - left).encode()

    found = doubts_of(pdf_file([LINE + line]))

    assert [code for code, _ in found] == (["line-through-words"] if is_struck else [])
    assert all("10/5/2020" in str(said) and "Bao" not in str(said) for _, said in found)


def test_words_that_a_reviewer_struck_are_doubted() -> None:
    """A strike may be a note on the page instead of a drawn line."""
    raw = noted(LINE, STRIKE.format("188 712 243 712 188 697 243 697"))

    assert [code for code, _ in doubts_of(raw)] == ["line-through-words"]


def test_one_doubt_is_enough_for_a_struck_paragraph() -> None:
    """Lines that follow each other are one passage."""
    lines = [words(85, 700 - 16 * row, "Cac so, nganh bao cao ket qua thuc hien") for row in range(3)]
    strikes = [b"85 %d 220 0.7 re f\n" % (704 - 16 * row) for row in range(3)]

    assert len(doubts_of(pdf_file([b"".join((*lines, *strikes))]))) == 1


@pytest.mark.parametrize(
    ("figure", "rest", "is_doubted"),
    [
        pytest.param("1", "5/6/2020.", True, id="before the rest of a date"),
        pytest.param("1", " 5/6/2020.", False, id="behind a number"),
        pytest.param("a", "5/6/2020.", False, id="a letter"),
    ],
)
def test_a_raised_figure_within_a_number_is_doubted(figure: str, rest: str, is_doubted: bool) -> None:
    """«1¹5/6» is the 15th with the number of a note, or a slip; nothing on the page tells."""
    drawn = (
        f"BT /F1 13 Tf 85 700 Td (Bao cao truoc ngay 1) Tj /F1 8 Tf 5 Ts ({figure}) Tj "
        f"0 Ts /F1 13 Tf ({rest}) Tj ET"
    )

    found = doubts_of(pdf_file([drawn.encode()]))

    assert [code for code, _ in found] == (["raised-figure"] if is_doubted else [])


def holding(name: str, content: bytes, on_page: bytes = LINE) -> bytes:
    """Make a PDF with a file attached to it."""
    document = pypdfium2.PdfDocument(pdf_file([on_page]))
    document.new_attachment(name).set_data(content)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def test_an_attached_file_is_named() -> None:
    """It is not read, and somebody hears of it."""
    (doubt,) = read_bytes(holding("Phu luc.docx", word_file(p("Phụ lục")))).doubts

    assert (doubt.code, "«Phu luc.docx»" in doubt.message) == ("attached-file", True)


@pytest.mark.parametrize(
    "attach",
    [
        pytest.param(lambda: holding("Tối mật.docx", word_file(p("x"))), id="its name"),
        pytest.param(lambda: holding("a.docx", word_file(p("TỐI MẬT"))), id="its words"),
        pytest.param(lambda: holding("a.pdf", holding("b.docx", word_file(p("MẬT")))), id="a file in it"),
    ],
)
def test_a_secret_file_attached_refuses_the_whole(attach: Callable[[], bytes]) -> None:
    """What is kept of the PDF would keep the attached file too."""
    with pytest.raises(UnreadableDocument) as refusal:
        read_bytes(attach())

    assert refusal.value.code == "secret"
