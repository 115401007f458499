"""A scanner for tests: pages drawn by pdfium, turned, blurred and strewn with specks, always the same way."""

import io
from collections.abc import Sequence
from typing import Any

import pypdfium2

from directives.readers import UnreadableDocument
from directives.readers.ocr.engine import tessdata
from tests.conftest import need
from tests.directives.readers.sheets import pdf_file

BLUR = 0.6
FONTS = {"serif": b"/Times-Roman", "sans": b"/Helvetica"}


def need_ocr() -> None:
    """Skip where scans cannot be read; fail where the environment promised it."""
    try:
        present = bool(tessdata())
    except UnreadableDocument:
        present = False
    need("ocr", present=present, reason="reading scans needs dondoc[ocr] and tesseract-ocr-vie")


def scanned(raw: bytes, *, dpi: int = 200, turn: float = 0.7, noise: float = 12, seed: int = 1) -> list[Any]:
    """Return the pages of a PDF as a worn scanner gives them: Pillow images in grey."""
    import numpy as np  # noqa: PLC0415 - an extra
    from PIL import Image, ImageFilter  # noqa: PLC0415

    chance, pages = np.random.default_rng(seed), []
    document = pypdfium2.PdfDocument(raw)
    for sheet in document:
        page = sheet.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
        page = page.rotate(turn, resample=Image.Resampling.BICUBIC, fillcolor=255)
        if noise:
            shades = np.asarray(page.filter(ImageFilter.GaussianBlur(BLUR)), dtype=np.float64)
            shades = shades + chance.normal(0, noise, shades.shape)
            specks = chance.random(shades.shape)
            shades[specks < 0.00075] = 0
            shades[specks > 0.99925] = 255
            page = Image.fromarray(shades.clip(0, 255).astype(np.uint8))
        pages.append(page)
    document.close()
    return pages


def written(pages: Sequence[Any], kind: str, dpi: int = 200) -> bytes:
    """Write pages as a file of this kind: TIFF and PDF hold several."""
    file = io.BytesIO()
    first, *others = [page.copy() for page in pages]
    if kind in {"TIFF", "PDF"}:
        several: dict[str, Any] = {"save_all": True, "append_images": others}
        resolution = {"resolution": dpi} if kind == "PDF" else {"dpi": (dpi, dpi), "compression": "tiff_lzw"}
        first.save(file, kind, **several, **resolution)
    else:
        first.save(file, kind, dpi=(dpi, dpi))
    return file.getvalue()


def typed(lines: Sequence[str], font: str = "serif", size: float = 14) -> bytes:
    """Make a PDF page with lines of Latin-1 text in one of the fonts that every PDF reader has."""
    drawn = [
        b"BT /F1 %d Tf 72 %d Td (%s) Tj ET\n" % (size, 770 - 24 * row, line.encode("latin-1"))
        for row, line in enumerate(lines)
    ]
    face = b"<< /Type /Font /Subtype /Type1 /BaseFont %s /Encoding /WinAnsiEncoding >>" % FONTS[font]
    return pdf_file([b"".join(drawn)], font=face)
