"""Word files: what is struck out, hidden, deleted or said elsewhere does not count, nor go unsaid."""

import io
import zipfile

import pytest

from directives.parse import parse
from directives.readers import RawDocument, read_bytes
from tests.directives.readers.word import RELATION, W, abstract, level, num, p, table, word_file

OMATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
HIDDEN_STYLE = '<w:style w:type="character" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>'
BASED = '<w:style w:type="character" w:styleId="Con"><w:basedOn w:val="An"/></w:style>'
START = "1. Giao Sở Y tế báo cáo UBND tỉnh trước ngày "


def run(text: str, properties: str = "") -> str:
    """Write a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def read(body: str, styles: str = "") -> RawDocument:
    """Read a Word file of this body."""
    return read_bytes(word_file(body, styles=styles))


def codes(document: RawDocument) -> list[str]:
    """Return the codes of the doubts about a file."""
    return [doubt.code for doubt in document.doubts]


@pytest.mark.parametrize(
    ("properties", "doubt"),
    [
        pytest.param("<w:strike/>", "struck-out", id="struck out"),
        pytest.param("<w:dstrike/>", "struck-out", id="struck out twice"),
        pytest.param("<w:vanish/>", "hidden-text", id="hidden"),
        pytest.param('<w:rStyle w:val="An"/>', "hidden-text", id="hidden by its style"),
        pytest.param('<w:rStyle w:val="Con"/>', "hidden-text", id="hidden by what its style is based on"),
    ],
)
def test_a_date_that_is_left_out_is_a_doubt_of_its_task(properties: str, doubt: str) -> None:
    """The date that is seen counts, and the task asks for a look at the paper."""
    styles = HIDDEN_STYLE + BASED
    document = read(f"<w:p>{run(START)}{run('10/5/2020 ', properties)}{run('25/5/2020.')}</w:p>", styles)
    (task,) = parse(document.text, doubts=document.doubts).tasks

    assert document.text == f"{START}25/5/2020."
    assert task.doubts == (doubt,)


@pytest.mark.parametrize(
    "properties", ['<w:strike w:val="0"/>', '<w:rStyle w:val="An"/><w:vanish w:val="false"/>']
)
def test_what_is_switched_off_is_seen(properties: str) -> None:
    """A run's own look goes over its style's."""
    document = read(f"<w:p>{run(START)}{run('10/5/2020.', properties)}</w:p>", HIDDEN_STYLE)

    assert (document.text, document.doubts) == (f"{START}10/5/2020.", ())


def test_a_paragraph_struck_out_as_a_whole_is_named() -> None:
    """It has no place of its own in the text."""
    document = read(p("a") + f"<w:p>{run('2. Giao Sở Y tế lập kế hoạch.', '<w:strike/>')}</w:p>")

    assert document.text == "a"
    assert [(doubt.code, doubt.span) for doubt in document.doubts] == [("struck-out", None)]
    assert "2. Giao Sở Y tế lập kế hoạch." in document.doubts[0].message


def test_a_hidden_paragraph_has_no_number() -> None:
    """Word counts on as if it were not there."""
    hidden = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        "<w:rPr><w:vanish/></w:rPr></w:pPr>"
        f"{run('ẩn', '<w:vanish/>')}</w:p>"
    )
    numbering = abstract(0, level(0, "decimal", "%1.")) + num(1, 0)
    body = p("A", num=1, level=0) + hidden + p("B", num=1, level=0)

    assert read_bytes(word_file(body, numbering=numbering)).text == "1. A\n2. B"


def test_words_whose_end_is_hidden_at_the_end_are_kept() -> None:
    """They run on into the next paragraph; where none comes they stand alone."""
    open_ended = f"<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>{run('một ')}</w:p>"

    assert read(open_ended + p("hai") + open_ended).text == "một hai\nmột"
    assert read(open_ended + table(("x", "y", "z"))).text.split("\n")[0] == "một"


def test_a_row_that_is_deleted_or_hidden_is_no_row() -> None:
    """A deleted one goes silently, as all tracked deletions; a hidden one with a date is named."""
    rows = table(
        ("STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"),
        ("1", "A", "Sở Y tế", "31/12/2020"),
        ("2", "B", "Sở Y tế", "30/11/2020"),
        ("3", "C", "Sở Y tế", "30/10/2020"),
    )
    head, one, two, three = rows.split("<w:tr>")[1:]
    start = rows.split("<w:tr>")[0]
    body = (
        f"{start}<w:tr>{head}<w:tr>{one}<w:tr><w:trPr><w:del w:id='1' w:author='x'/></w:trPr>{two}"
        f"<w:tr><w:trPr><w:hidden/></w:trPr>{three}"
    )
    document = read(body)

    assert document.text.split("\n")[1:] == ["1 | A | Sở Y tế | 31/12/2020"]
    assert codes(document) == ["hidden-text"]


def test_a_formula_s_words_are_read() -> None:
    """A date typed as a formula is a date, and a fraction keeps its line."""
    formula = f"<m:oMath {OMATH}><m:r><m:t>10/5/2020</m:t></m:r></m:oMath>"
    fraction = (
        f"<m:oMath {OMATH}><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath>"
    )

    assert (
        read(f"<w:p>{run(START)}{formula}{run(' giảm ')}{fraction}</w:p>").text
        == f"{START}10/5/2020 giảm 1/3"
    )


def test_a_character_named_by_its_number_is_read() -> None:
    """One of a usual font; dingbats have no letter."""
    body = f'<w:p>{run("ngày 1")}<w:r><w:sym w:font="Arial" w:char="0035"/></w:r>{run("/6")}</w:p>'

    assert read(body).text == "ngày 15/6"


@pytest.mark.parametrize(("said", "doubts"), [("Trước ngày 10/5/2020", ["date-in-note"]), ("Xem Luật", [])])
def test_a_date_in_a_note_is_a_doubt_of_its_task(said: str, doubts: list[str]) -> None:
    """The note is no part of the text, but it may say when the work is due."""
    body = f'<w:p>{run("1. Giao Sở Y tế báo cáo")}<w:r><w:footnoteReference w:id="2"/></w:r>{run(".")}</w:p>'
    notes = f'<w:footnotes {W}><w:footnote w:id="2">{p(said)}</w:footnote></w:footnotes>'
    document = read_bytes(word_file(body, word__footnotes=notes))
    (task,) = parse(document.text, doubts=document.doubts).tasks

    assert list(task.doubts) == codes(document) == doubts


def with_chunk(content: bytes, name: str) -> bytes:
    """Make a Word file that takes in another."""
    made = io.BytesIO(word_file(p("trước") + f'<w:altChunk xmlns:r="{RELATION}" r:id="c1"/>' + p("sau")))
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="c1" Type="{RELATION}/aFChunk" Target="{name}"/></Relationships>'
    )
    written = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(written, "w") as new:
        for each in old.namelist():
            new.writestr(each, links if each.endswith("document.xml.rels") else old.read(each))
        new.writestr(f"word/{name}", content)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "text"),
    [
        pytest.param("<html><ol><li>Giữa</ol></html>".encode(), "c.html", "1. Giữa", id="web page"),
        pytest.param(word_file(p("Giữa")), "c.docx", "Giữa", id="Word"),
        pytest.param("Giữa".encode(), "c.txt", "Giữa", id="text"),
    ],
)
def test_what_a_word_file_takes_in_is_read_where_it_stands(content: bytes, name: str, text: str) -> None:
    """Word shows it as part of the text."""
    assert read_bytes(with_chunk(content, name)).text == f"trước\n{text}\nsau"


def test_what_is_taken_in_and_cannot_be_read_is_a_doubt() -> None:
    """Damaged, missing, or too deep."""
    deep = with_chunk(with_chunk(with_chunk(word_file(p("sâu")), "d.docx"), "e.docx"), "f.docx")

    assert codes(read_bytes(with_chunk(b"PK\x03\x04broken", "c.docx"))) == ["part-not-read"]
    assert codes(read_bytes(deep)) == ["part-not-read"]
