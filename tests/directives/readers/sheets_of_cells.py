"""Workbooks made from their cells, so that a test shows exactly what is in them."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from tests.directives.readers.word import PACKAGE, RELATION, zipped

S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = f'xmlns:r="{RELATION}"'
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HIDDEN = 'state="hidden"'
STYLES = f"""<styleSheet {S}><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>
<numFmt numFmtId="165" formatCode="&quot;Tháng &quot;mm/yyyy"/></numFmts>
<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0"/>
<xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/>
<xf numFmtId="9" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>"""


def cell(shown: str | float, *, style: int = 0) -> str:
    """Write a cell of words or a number, but not yet where it stands; style 1 shows a day."""
    if isinstance(shown, str):
        text = escape(shown)
        return f'<c t="inlineStr" %s><is><t xml:space="preserve">{text}</t></is></c>' if shown else ""
    return f'<c s="{style}" %s><v>{shown}</v></c>'


def book(rows: Sequence[Sequence[str]], *, merged: Sequence[str] = (), **sheets: str) -> bytes:
    """Make an .xlsx of one sheet; further sheets by name, as the XML of each."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    written = "".join(
        f'<row r="{number}">'
        + "".join(each % f'r="{letters[place]}{number}"' for place, each in enumerate(row) if each)
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    merges = "".join(f'<mergeCell ref="{reference}"/>' for reference in merged)
    merges = f"<mergeCells>{merges}</mergeCells>" if merges else ""
    parts = {"Sheet1": f"<sheetData>{written}</sheetData>{merges}", **sheets}
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="r{n}" {HIDDEN if name == "hidden" else ""}/>'
        for n, name in enumerate(parts, start=1)
    )
    links = "".join(
        f'<Relationship Id="r{n}" Type="{RELATION}/worksheet" Target="worksheets/s{n}.xml"/>'
        for n, _ in enumerate(parts, start=1)
    )
    links += f'<Relationship Id="s" Type="{RELATION}/styles" Target="styles.xml"/>'
    types = "".join(
        f'<Override PartName="/xl/worksheets/s{n}.xml" ContentType="{SHEET}.worksheet+xml"/>'
        for n, _ in enumerate(parts, start=1)
    )
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{SHEET}.styles+xml"/>{types}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f"<workbook {S} {R}><sheets>{listed}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}'
            "</Relationships>",
            "xl/styles.xml": STYLES,
            **{
                f"xl/worksheets/s{n}.xml": f"<worksheet {S}>{xml}</worksheet>"
                for n, xml in enumerate(parts.values(), 1)
            },
        }
    )
