"""Word files set in old fonts: each run by its own font, and by its words where the font does not say."""

from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from directives.readers import RawDocument, read_bytes
from directives.text import canonical
from tests.directives.readers.old_fonts import in_tcvn3, in_vni
from tests.directives.readers.word import W, abstract, level, num, p, style, word_file

DOCUMENTS = sorted((Path(__file__).resolve().parents[1] / "corpus").glob("*.txt"))[::3]
UNTYPABLE = str.maketrans("«»°²³·×", "“”o23-x")
DRAWING = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
VN, VN_CAPITALS, VNI = ".VnTime", ".VnTimeH", "VNI-Times"


def fonts(name: str) -> str:
    """Write the properties of a run set in a font."""
    return f'<w:rPr><w:rFonts w:ascii="{name}" w:hAnsi="{name}"/></w:rPr>' if name else ""


def run(words: str, font: str = "") -> str:
    """Write a run."""
    return f'<w:r>{fonts(font)}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def paragraph(*runs: str, styled: str = "") -> str:
    """Write a paragraph of runs."""
    properties = f'<w:pPr><w:pStyle w:val="{styled}"/></w:pPr>' if styled else ""
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def codes(document: RawDocument) -> list[str]:
    """List the codes of the doubts."""
    return [doubt.code for doubt in document.doubts]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(paragraph(run("Së C«ng Th­¬ng", VN)), "Sở Công Thương", id="TCVN3"),
        pytest.param(paragraph(run("Céng hßa x· héi", VN_CAPITALS)), "CỘNG HÒA XÃ HỘI", id="capitals"),
        pytest.param(paragraph(run("Sôû Coâng Thöông", VNI)), "Sở Công Thương", id="VNI"),
        pytest.param(
            paragraph(
                run("ñ", VN_CAPITALS), run("y ban", VN), run(" và Sở ", "Arial"), run("ñòa chính", VNI)
            ),
            "Ủy ban và Sở địa chính",
            id="several fonts in one paragraph",
        ),
        pytest.param(
            paragraph(run("Thöô", VNI), run("ùng", VNI)), "Thướng", id="a letter and its mark in two runs"
        ),
        pytest.param(
            paragraph(run("Tr", VN), f"<w:r>{fonts(VN)}<w:softHyphen/></w:r>", run("íc ngµy", VN)),
            "Trước ngày",
            id="a soft hyphen that Word made of a letter",
        ),
        pytest.param(
            paragraph(run("S\uf0eb C\uf0abng", VN)), "Sở Công", id="letters kept as those of a symbol font"
        ),
        pytest.param(
            paragraph(run("Đã được dán vào: có", VN)), "Đã được dán vào: có", id="Unicode in an old font"
        ),
        pytest.param(
            paragraph(run("Së C«ng Th­¬ng b¸o c¸o", "Arial")), "Sở Công Thương báo cáo", id="by words"
        ),
        pytest.param(paragraph(run("Së", VN), styled="Modern"), "Sở", id="the run before its style"),
        pytest.param(paragraph(run("Së"), styled="Old"), "Sở", id="the paragraph's style, from its base"),
        pytest.param(
            paragraph('<w:r><w:rPr><w:rStyle w:val="Char"/></w:rPr><w:t>Së</w:t></w:r>'),
            "Sở",
            id="a run's style",
        ),
        pytest.param(paragraph(run("S\u00eb"), styled="Modern"), "Së", id="a style that is not old"),
    ],
)
def test_a_run_is_read_by_its_font(body: str, text: str) -> None:
    """Where the name of the font says how it writes, the words come out in Unicode."""
    styles = (
        style("Base", fonts(VN))
        + style("Old", '<w:basedOn w:val="Base"/>')
        + style("Modern", '<w:basedOn w:val="Base"/>' + fonts("Times New Roman"))
        + f'<w:style w:type="character" w:styleId="Char">{fonts(VN)}</w:style>'
    )

    assert read_bytes(word_file(body, styles=styles)).text == text


def test_a_font_may_stand_in_the_theme_and_the_defaults() -> None:
    """Runs that name no font take the theme's."""
    named = '<w:rPr><w:rFonts w:hAnsiTheme="minorHAnsi"/></w:rPr>'
    defaults = f"<w:docDefaults><w:rPrDefault>{named}</w:rPrDefault></w:docDefaults>"
    theme = (
        f"<a:theme {DRAWING}><a:themeElements><a:fontScheme><a:minorFont>"
        f'<a:latin typeface="{VN}"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>'
    )

    assert read_bytes(word_file(p("Së"), styles=defaults, word__theme__theme1=theme)).text == "Sở"


def test_the_marks_of_lists_are_converted_too() -> None:
    """«§iÒu 1.» is written by Word, in the font of its level."""
    numbering = abstract(0, level(0, "decimal", "§iÒu %1.", extra=fonts(VN))) + num(1, 0)
    text = read_bytes(word_file(p("Trách nhiệm của Sở", num=1), numbering=numbering)).text

    assert text == "Điều 1. Trách nhiệm của Sở"


def test_each_encoding_has_one_doubt() -> None:
    """The doubts name the encodings met, with a sample of each."""
    body = paragraph(run("Së C«ng", VN)) + paragraph(run("Sôû", VNI)) + paragraph(run("Së ", VN))

    assert [doubt.message.split("«")[0].split()[4] for doubt in read_bytes(word_file(body)).doubts] == [
        "TCVN3",
        "VNI",
    ]


def test_a_stamp_in_the_head_of_a_page_is_seen_in_an_old_font() -> None:
    """Running heads are converted before they are searched for stamps."""
    head = f"<w:hdr {W}>{paragraph(run('TèI MËT', VN))}</w:hdr>"

    with pytest.raises(Exception, match="secret"):
        read_bytes(word_file(p("Sở Công Thương"), word__header1=head))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    ("write", "font"),
    [
        pytest.param(in_tcvn3, VN, id="TCVN3"),
        pytest.param(in_vni, VNI, id="VNI"),
        pytest.param(in_vni, "Times New Roman", id="VNI under another name"),
        pytest.param(str, "Times New Roman", id="Unicode"),
        pytest.param(str, VN, id="Unicode under an old name"),
    ],
)
def test_whole_documents_come_back(document: Path, write: Callable[[str], str], font: str) -> None:
    """A document is the same whatever font it was typed in."""
    text = canonical(document.read_text("utf-8")).translate(UNTYPABLE)
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    read = read_bytes(word_file("".join(paragraph(run(write(line), font)) for line in lines)))

    assert read.text.lower() == "\n".join(lines).lower()
    assert codes(read) == ([] if write is str else ["old-font"])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_whole_documents_in_a_font_of_capitals_come_back(document: Path) -> None:
    """What a font shows as capitals is read as capitals, every letter."""
    lines = [
        " ".join(line.split()) for line in canonical(document.read_text("utf-8")).split("\n") if line.strip()
    ]
    body = "".join(paragraph(run(in_tcvn3(line.translate(UNTYPABLE)), VN_CAPITALS)) for line in lines)

    assert read_bytes(word_file(body)).text == "\n".join(lines).translate(UNTYPABLE).upper()
