"""Word 2003 XML: the same words and numbers as in a .docx."""

import pytest

from directives.readers import Format, UnreadableDocument, read_bytes

HEAD = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?><?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:wx="x" xmlns:aml="y">"""
LISTS = """<w:lists>
<w:listDef w:listDefId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:nfc w:val="4"/><w:lvlText w:val="%2)"/></w:lvl></w:listDef>
<w:listDef w:listDefId="4"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:nfc w:val="1"/><w:lvlText w:val="%1."/>
</w:lvl></w:listDef><w:list w:ilfo="1"><w:ilst w:val="3"/></w:list>
<w:list w:ilfo="2"><w:ilst w:val="4"/></w:list>
<w:list w:ilfo="5"><w:ilst w:val="3"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:list>
</w:lists>"""
STYLES = """<w:styles><w:style w:type="paragraph" w:styleId="Muc"><w:name w:val="Muc"/>
<w:pPr><w:listPr><w:ilfo w:val="1"/></w:listPr></w:pPr></w:style></w:styles>"""


def p(text: str, *, of: int | None = None, level: int = 0, style: str = "") -> str:
    """Write a paragraph, numbered where asked."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = f'<w:listPr><w:ilvl w:val="{level}"/><w:ilfo w:val="{of}"/></w:listPr>' if of is not None else ""
    return f"<w:p><w:pPr>{styled}{listed}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def lines(body: str) -> list[str]:
    """Read a file of this body."""
    raw = read_bytes(
        f"{HEAD}{LISTS}{STYLES}<w:body><wx:sect>{body}</wx:sect></w:body></w:wordDocument>".encode()
    )
    assert raw.format == Format.WORD_XML
    return raw.text.rstrip("\n").split("\n")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            p("Một", of=1) + p("Con", of=1, level=1) + p("Hai", of=1),
            ["1. Một", "a) Con", "2. Hai"],
            id="levels",
        ),
        pytest.param(p("Phần", of=2) + p("Phần", of=2), ["I. Phần", "II. Phần"], id="Roman"),
        pytest.param(p("Bảy", of=5) + p("Tám", of=5), ["7. Bảy", "8. Tám"], id="another start"),
        pytest.param(p("Một", style="Muc") + p("Hai", style="Muc"), ["1. Một", "2. Hai"], id="by style"),
        pytest.param(
            "<w:tbl><w:tr><w:tc>" + p("Trái") + "</w:tc><w:tc>" + p("Phải") + "</w:tc></w:tr></w:tbl>",
            ["Trái", "Phải"],
            id="table",
        ),
        pytest.param(
            '<w:p><aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:delText>Bỏ</w:delText></w:r>'
            "</aml:content></aml:annotation><w:r><w:t>Còn</w:t></w:r></w:p>",
            ["Còn"],
            id="deletion",
        ),
    ],
)
def test_words_and_numbers_are_those_of_a_word_file(body: str, expected: list[str]) -> None:
    """Lists are written otherwise than in a .docx, and mean the same."""
    assert expected == lines(body)


def test_a_stamp_in_a_running_head_is_seen() -> None:
    """Heads stand in the section's properties; they are no text, but may bear a stamp."""
    with pytest.raises(UnreadableDocument) as refusal:
        lines(p("Một") + f"<w:sectPr><w:hdr w:type='odd'>{p('TỐI MẬT')}</w:hdr></w:sectPr>")

    assert refusal.value.code == "secret"


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(HEAD.encode() + b"<w:body>", id="cut short"),
        pytest.param(HEAD.encode() + b"</w:wordDocument>", id="no body"),
    ],
)
def test_a_broken_file_is_refused(raw: bytes) -> None:
    """It says so."""
    with pytest.raises(UnreadableDocument) as refusal:
        read_bytes(raw)

    assert refusal.value.code == "damaged"
