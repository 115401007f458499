"""How our readers compare with popular ones on the example documents: time, wrong letters, item numbers.

    python -m tests.measure_readers

python-docx and tesserocr come with the development set; pypdf is measured where it is installed.
Process time, the best of several rounds; wrong letters of the body, in a hundred; numbers of items.
"""

import io
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from directives.readers import read_bytes
from tests.conftest import ROOT
from tests.directives.readers.faithfulness import error_rate, marks_of
from tests.directives.readers.scanner import scanned, written
from tests.directives.readers.test_faithful import LETTER, NOTICE, body_of, true_body

EXAMPLES = ROOT / "examples"
ROUNDS = 5
PAGES = {NOTICE: 2, LETTER: 2}


@dataclass(frozen=True, slots=True)
class Row:
    """One reader on one kind of file."""

    kind: str
    reader: str
    read: Callable[[bytes], str]


def ours(raw: bytes) -> str:
    """Read as `dondoc parse` does."""
    return read_bytes(raw).text


def by_python_docx(raw: bytes) -> str:
    """Read the paragraphs and the cells of tables in the order of the file."""
    import docx  # noqa: PLC0415
    from docx.table import Table  # noqa: PLC0415

    lines = []
    for block in docx.Document(io.BytesIO(raw)).iter_inner_content():
        if isinstance(block, Table):
            lines += [cell.text for row in block.rows for cell in row.cells]
        else:
            lines.append(block.text)
    return "\n".join(lines)


def by_pypdf(raw: bytes) -> str:
    """Read page by page."""
    import pypdf  # type: ignore[import-not-found]  # noqa: PLC0415

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(raw)).pages)


def by_default_tesseract(raw: bytes) -> str:
    """Read every page in the engine's default mode, as it lies."""
    import pypdfium2  # noqa: PLC0415
    import tesserocr  # noqa: PLC0415

    from directives.readers.ocr.engine import tessdata  # noqa: PLC0415

    with tesserocr.PyTessBaseAPI(path=str(tessdata()), lang="vie", psm=tesserocr.PSM.AUTO) as engine:
        texts = []
        for page in pypdfium2.PdfDocument(raw):
            engine.SetImage(page.render(scale=200 / 72).to_pil())
            texts.append(engine.GetUTF8Text())
    return "\n".join(texts)


def rows() -> Iterator[Row]:
    """Give the readers that are installed."""
    yield Row("docx", "ours", ours)
    yield Row("docx", "python-docx", by_python_docx)
    yield Row("pdf", "ours", ours)
    try:
        import pypdf  # noqa: F401, PLC0415
    except ImportError:
        pass
    else:
        yield Row("pdf", "pypdf", by_pypdf)
    yield Row("scan", "ours", ours)
    yield Row("scan", "tesseract, default mode", by_default_tesseract)


def file_of(kind: str, stem: str) -> bytes:
    """Return an example as a file of a kind."""
    if kind == "scan":
        return written(scanned((EXAMPLES / f"{stem}.pdf").read_bytes()), "PDF")
    return (EXAMPLES / f"{stem}.{kind}").read_bytes()


def main() -> None:
    """Print a row for each reader."""
    for row in rows():
        wrong, best = 0.0, 0.0  # the worse document's, and both documents'
        kept = wanted = 0
        for stem in (NOTICE, LETTER):
            raw, true = file_of(row.kind, stem), true_body(EXAMPLES, stem)
            times = []
            for _ in range(1 if row.kind == "scan" else ROUNDS):
                begun = time.process_time()
                text = row.read(raw)
                times.append(time.process_time() - begun)
            best += min(times)
            wrong = max(wrong, error_rate(body_of(text, true), true))
            marks = marks_of(true)
            kept += sum(mark in marks_of(text) for mark in marks)
            wanted += len(marks)
        pages = sum(PAGES.values())
        speed = f"{1000 * best / pages:8.1f} ms a page"
        print(f"{row.kind:5} {row.reader:24} {speed}  {wrong:5.2f} % wrong  {kept} of {wanted} numbers")  # noqa: T201


if __name__ == "__main__":
    main()
