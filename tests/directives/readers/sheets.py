"""PDF files made from their objects, so that a test shows exactly what is in them (ISO 32000-1, 7.5)."""

from collections.abc import Sequence

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>"
GARBAGE = b"<" + b"5a" * 32 + b">"
ENCRYPT = (
    b"/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O " + GARBAGE + b" /U " + GARBAGE + b" >>"
)
IDENTITY = b"/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]"


def pdf_file(
    pages: Sequence[bytes],
    *,
    trailer: bytes = b"",
    resources: bytes = b"",
    turn: int = 0,
    on_page: bytes = b"",
    font: bytes = FONT,
) -> bytes:
    """Make a PDF whose pages hold the given drawing operators; /F1 is Times."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * index) for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        font,
    ]
    for index, drawing in enumerate(pages):
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate %d /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> %s >> %s >>" % (turn, 5 + 2 * index, resources, on_page),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        ]
    written, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return written + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, trailer, len(written))
    )


def words(x: float, y: float, text: str, *, size: float = 13) -> bytes:
    """Draw words of plain letters at a place."""
    return f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n".encode("ascii")


PICTURE = b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q\n"
