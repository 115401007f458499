"""PDF files set in old fonts: by the name of each character's font, and by the words."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from directives.readers import read_bytes
from directives.text import canonical
from tests.directives.readers.old_fonts import in_tcvn3, in_vni
from tests.directives.readers.sheets import pdf_file

DOCUMENTS = sorted((Path(__file__).resolve().parents[1] / "corpus").glob("*.txt"))[::8]
UNTYPABLE = str.maketrans("«»°²³·×", "“”o23-x")
SENTENCE = "Sở Công Thương chủ trì, báo cáo UBND tỉnh trước ngày 09/4/2020, như vậy."
NARROW = 40  # characters a line


def sheet(lines: Sequence[str], font: str) -> bytes:
    """Make a PDF of lines in a font without a file of its own, as old printers' drivers did."""
    named = b"<< /Type /Font /Subtype /TrueType /BaseFont /%s /Encoding /WinAnsiEncoding >>" % font.encode()
    pages = [lines[start : start + 40] for start in range(0, len(lines), 40)]
    drawn = [
        b"".join(
            b"BT /F1 11 Tf 60 %d Td <%s> Tj ET\n"
            % (800 - 18 * row, line.encode("cp1252", "ignore").hex().encode())
            for row, line in enumerate(page)
        )
        for page in pages
    ]
    return pdf_file(drawn, font=named)


def words_of(text: str) -> list[str]:
    """List the words, however lines were joined."""
    return text.split()


@pytest.mark.parametrize(
    ("write", "font", "text"),
    [
        pytest.param(in_tcvn3, ".VnTime", SENTENCE, id="TCVN3"),
        pytest.param(in_tcvn3, "ABCDEF+.VnTime,Bold", SENTENCE, id="TCVN3, letters kept in part"),
        pytest.param(in_tcvn3, ".VnTimeH", SENTENCE.upper(), id="capitals"),
        pytest.param(in_vni, "VNI-Times", SENTENCE, id="VNI"),
        pytest.param(in_vni, "TimesNewRoman", SENTENCE, id="VNI under another name"),
        pytest.param(in_tcvn3, "F1", SENTENCE, id="TCVN3 under another name"),
    ],
)
def test_a_page_is_read_by_its_fonts(write: Callable[[str], str], font: str, text: str) -> None:
    """The words come out in Unicode, with one doubt."""
    read = read_bytes(sheet([write(SENTENCE)], font))

    assert (read.text, [doubt.code for doubt in read.doubts]) == (text, ["old-font"])


def test_letters_of_other_languages_are_left_alone() -> None:
    """A name in Latin-1 is no old font."""
    read = read_bytes(sheet(["Müller, señor Núñez, déjà vu, © 2020, 25 °C, naïve"], "Times-Roman"))

    assert (read.text, read.doubts) == ("Müller, señor Núñez, déjà vu, © 2020, 25 °C, naïve", ())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    ("write", "font"), [(in_tcvn3, ".VnTime"), (in_vni, "VNI-Times")], ids=["TCVN3", "VNI"]
)
def test_whole_documents_come_back(document: Path, write: Callable[[str], str], font: str) -> None:
    """Every word of a document is the same once it was printed in an old font, broken into lines anywhere."""
    text = canonical(document.read_text("utf-8")).translate(UNTYPABLE)
    words = [
        word
        for word in text.split()
        if write(word).encode("cp1252", "ignore").decode("cp1252") == write(word)
    ]
    lines: list[str] = []
    line = ""
    for word in words:
        line = f"{line} {word}".strip()
        if len(line) > NARROW:
            lines, line = [*lines, line], ""
    read = read_bytes(sheet([write(each) for each in [*lines, line] if each], font))

    assert words_of(read.text.lower()) == words_of(" ".join(words).lower())
    assert [doubt.code for doubt in read.doubts] == ["old-font"]
