"""The numbers that Word writes itself, against our own expectation and against LibreOffice."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from directives.readers import read, read_bytes
from directives.readers.numbering import write_number
from tests.conftest import need
from tests.directives.readers.word import abstract, level, num, p, style, word_file

PLAIN = abstract(0, level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)"), level(2, "bullet", "-"))
DEEP = abstract(
    0, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."), level(2, "decimal", "%1.%2.%3.")
)
ROMAN = abstract(0, level(0, "upperRoman", "%1."), level(1, "decimal", "%2."))
SPACED = '<w:suff w:val="space"/>'

# name → (numbering, styles, body, expected lines)
CASES = {
    "plain list": (
        PLAIN + num(1, 0),
        "",
        p("Một", num=1, level=0) + p("Hai", num=1, level=0) + p("chen") + p("Ba", num=1, level=0),
        ["1. Một", "2. Hai", "chen", "3. Ba"],
    ),
    "deeper levels begin again": (
        PLAIN + num(1, 0),
        "",
        "".join(
            p(text, num=1, level=depth) for text, depth in (("A", 0), ("x", 1), ("y", 1), ("B", 0), ("z", 1))
        ),
        ["1. A", "a) x", "b) y", "2. B", "a) z"],
    ),
    "numbers of all levels above": (
        DEEP + num(1, 0),
        "",
        "".join(
            p(text, num=1, level=depth) for text, depth in (("A", 0), ("B", 1), ("C", 2), ("D", 2), ("E", 1))
        ),
        ["1. A", "1.1. B", "1.1.1. C", "1.1.2. D", "1.2. E"],
    ),
    "Roman parts": (
        ROMAN + num(1, 0),
        "",
        "".join(p(f"P{n}", num=1, level=0) + p("việc", num=1, level=1) for n in range(1, 5)),
        ["I. P1", "1. việc", "II. P2", "1. việc", "III. P3", "1. việc", "IV. P4", "1. việc"],
    ),
    "bullets are dashes": (
        abstract(0, level(0, "bullet", "-"), level(1, "bullet", "+")) + num(1, 0),
        "",
        p("gạch", num=1, level=0) + p("cộng", num=1, level=1),
        ["- gạch", "+ cộng"],
    ),
    "a list that starts elsewhere": (
        abstract(0, level(0, "decimal", "%1.", start=5)) + num(1, 0),
        "",
        p("Năm", num=1, level=0) + p("Sáu", num=1, level=0),
        ["5. Năm", "6. Sáu"],
    ),
    "a second list that begins anew": (
        PLAIN
        + num(1, 0)
        + num(2, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
        "",
        p("A", num=1, level=0) + p("B", num=1, level=0) + p("C", num=2, level=0) + p("D", num=2, level=0),
        ["1. A", "2. B", "1. C", "2. D"],
    ),
    "words in the mark": (
        abstract(0, level(0, "decimal", "Điều %1.", extra=SPACED)) + num(1, 0),
        "",
        p("Phạm vi", num=1, level=0) + p("Hiệu lực", num=1, level=0),
        ["Điều 1. Phạm vi", "Điều 2. Hiệu lực"],
    ),
    "numbers by style": (
        PLAIN + num(1, 0),
        style("Muc", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
        + style("MucCon", '<w:basedOn w:val="Muc"/>'),
        p("A", style="Muc") + p("B", style="MucCon") + p("C", style="Muc", num=0) + p("D", style="Muc"),
        ["1. A", "2. B", "C", "3. D"],
    ),
    "levels linked to styles": (
        abstract(
            0,
            level(0, "decimal", "%1.", extra='<w:pStyle w:val="H1"/>'),
            level(1, "lowerLetter", "%2)", extra='<w:pStyle w:val="H2"/>'),
        )
        + num(1, 0),
        "".join(
            style(f"H{n}", f'<w:pPr><w:numPr><w:ilvl w:val="{n - 1}"/><w:numId w:val="1"/></w:numPr></w:pPr>')
            for n in (1, 2)
        ),
        p("A", style="H1") + p("x", style="H2") + p("y", style="H2") + p("B", style="H1"),
        ["1. A", "a) x", "b) y", "2. B"],
    ),
    "an item in a deleted paragraph does not count": (
        PLAIN + num(1, 0),
        "",
        p("A", num=1, level=0)
        + '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        + "<w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>Bỏ</w:delText></w:r></w:del></w:p>"
        + p("B", num=1, level=0),
        ["1. A", "2. B"],
    ),
    "a list that begins at a deeper level": (
        DEEP + num(1, 0),
        "",
        "".join(
            p(text, num=1, level=depth)
            for text, depth in (("A", 1), ("B", 1), ("C", 0), ("D", 2), ("E", 1), ("F", 0))
        ),
        ["1.1. A", "1.2. B", "2. C", "2.1.1. D", "2.2. E", "3. F"],
    ),
    "a list that begins at its third level, under parts": (
        abstract(0, level(0, "upperRoman", "%1."), level(1, "decimal", "%2."), level(2, "lowerLetter", "%3)"))
        + num(1, 0),
        "",
        "".join(p(text, num=1, level=depth) for text, depth in (("A", 2), ("B", 2), ("C", 1), ("D", 0))),
        ["a) A", "b) B", "2. C", "II. D"],
    ),
    "a start of its own counts for the first that is there": (
        DEEP + num(1, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'),
        "",
        "".join(p(text, num=1, level=depth) for text, depth in (("A", 1), ("B", 0), ("C", 1), ("D", 0))),
        ["1.1. A", "5. B", "5.1. C", "6. D"],
    ),
    "two lists of one pattern go on counting": (
        PLAIN + num(1, 0) + num(2, 0),
        "",
        p("A", num=1, level=0) + p("B", num=2, level=0),
        ["1. A", "2. B"],
    ),
}
# LibreOffice keeps two lists apart and shows tracked deletions; ours follows Word there.
NOT_BY_LIBREOFFICE = {
    "two lists of one pattern go on counting",
    "an item in a deleted paragraph does not count",
}


def docx_of(name: str) -> bytes:
    """Build the Word file of a case."""
    numbering, styles, body, _ = CASES[name]
    return word_file(body, numbering=numbering, styles=styles)


@pytest.mark.parametrize("name", CASES)
def test_automatic_numbers_are_in_the_text(name: str) -> None:
    """Each paragraph is read with the number that Word shows before it."""
    assert CASES[name][3] == read_bytes(docx_of(name)).text.split("\n")


@pytest.fixture(scope="module")
def by_libreoffice(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> dict[str, list[str]]:
    """Have LibreOffice write every case, and our own examples, as plain text."""
    need("soffice", present=shutil.which("soffice") is not None, reason="LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("oracle")
    files = {f"case-{index}": name for index, name in enumerate(CASES)}
    for stem, name in files.items():
        (folder / f"{stem}.docx").write_bytes(docx_of(name))
    for example in examples.glob("*.docx"):
        shutil.copy(example, folder)
        files[example.stem] = example.stem
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            *("--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(folder)),
            *(str(folder / f"{stem}.docx") for stem in files),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return {
        name: tidied((folder / f"{stem}.txt").read_text(encoding="utf-8-sig")) for stem, name in files.items()
    }


def tidied(text: str) -> list[str]:
    """Fold white space and show the bullets that LibreOffice chooses as the signs in the file."""
    lines = (re.sub(r"\s+", " ", line).strip() for line in text.splitlines())
    return [re.sub("^[•\uf0b7–●] ", "- ", line).replace("◦ ", "+ ") for line in lines if line]


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(CASES) - NOT_BY_LIBREOFFICE))
def test_libreoffice_shows_the_same_numbers(name: str, by_libreoffice: dict[str, list[str]]) -> None:
    """An independent reader of Word files sees what we see."""
    assert by_libreoffice[name] == read_bytes(docx_of(name)).text.split("\n")


@pytest.mark.slow
@pytest.mark.parametrize("stem", ["thong-bao-120-tb-ubnd", "cong-van-8287-ubnd-kt1"])
def test_libreoffice_reads_our_examples_alike(
    stem: str, examples: Path, by_libreoffice: dict[str, list[str]]
) -> None:
    """The whole of an example, tables and numbers included, is as LibreOffice has it."""
    assert by_libreoffice[stem] == read(examples / f"{stem}.docx").text.split("\n")


@pytest.mark.parametrize(
    ("count", "style", "written"),
    [
        (4, "upperRoman", "IV"),
        (1994, "lowerRoman", "mcmxciv"),
        (27, "lowerLetter", "aa"),
        (26, "upperLetter", "Z"),
        (7, "decimalZero", "07"),
        (3, "none", ""),
        (0, "upperRoman", "0"),
        (5, "chineseCounting", "5"),
    ],
)
def test_number_formats(count: int, style: str, written: str) -> None:
    """Counts are written as Word writes them; formats no office uses fall back to digits."""
    assert written == write_number(count, style)
