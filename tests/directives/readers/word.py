"""Word files made from their XML, so that a test shows exactly what is in them."""

import io
import zipfile
from collections.abc import Mapping

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
WPS = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
V = 'xmlns:v="urn:schemas-microsoft-com:vml"'
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

TYPES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{MAIN}.document.main+xml"/>
<Override PartName="/word/numbering.xml" ContentType="{MAIN}.numbering+xml"/>
<Override PartName="/word/styles.xml" ContentType="{MAIN}.styles+xml"/>
</Types>"""
RELATIONS = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="r1" Type="{RELATION}/officeDocument" Target="word/document.xml"/></Relationships>"""
PART_RELATIONS = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="r1" Type="{RELATION}/numbering" Target="numbering.xml"/>
<Relationship Id="r2" Type="{RELATION}/styles" Target="styles.xml"/></Relationships>"""


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Zip the given parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def word_file(body: str, *, numbering: str = "", styles: str = "", **parts: str) -> bytes:
    """Make a .docx of the body's XML; further parts by name, with __ for / and the ending left off."""
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELATIONS,
            "word/_rels/document.xml.rels": PART_RELATIONS,
            "word/document.xml": f"<w:document {W} {MC} {WPS} {V}><w:body>{body}</w:body></w:document>",
            "word/numbering.xml": f"<w:numbering {W}>{numbering}</w:numbering>",
            "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
            **{f"{name.replace('__', '/')}.xml": content for name, content in parts.items()},
        }
    )


def p(text: str, *, num: int | None = None, level: int | None = None, style: str = "") -> str:
    """Write a paragraph, numbered where asked."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    depth = f'<w:ilvl w:val="{level}"/>' if level is not None else ""
    numbered = f'<w:numPr>{depth}<w:numId w:val="{num}"/></w:numPr>' if num is not None else ""
    return f"<w:p><w:pPr>{styled}{numbered}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def level(depth: int, style: str, text: str, *, start: int = 1, extra: str = "") -> str:
    """Write one level of a list."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number: int, *levels: str) -> str:
    """Write an abstract list."""
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def num(number: int, of: int, overrides: str = "") -> str:
    """Write a list that goes by an abstract one."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def style(name: str, inside: str) -> str:
    """Write a paragraph style."""
    return f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>{inside}</w:style>'


def table(*rows: tuple[str, ...], bordered: bool = False) -> str:
    """Write a table, a paragraph in each cell."""
    borders = '<w:tblBorders><w:top w:val="single"/></w:tblBorders>' if bordered else ""
    cells = [
        "".join(f"<w:tc><w:tcPr/>{cell if '<' in cell else p(cell)}</w:tc>" for cell in row) for row in rows
    ]
    return f"<w:tbl><w:tblPr>{borders}</w:tblPr>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"
