"""How our readers compare with popular ones on the example documents: time, wrong letters, item numbers.

    python -m tests.measure_readers

python-docx and tesserocr come with the development set; pypdf is in none and LibreOffice in no package
index: where one is not installed, a line says that its row is left out.
Processor time, LibreOffice's and other children's with it, the best of several rounds; wrong letters of
the body, in a hundred; numbers of items. A workbook has no true text: its time alone is measured.
"""

import io
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from directives.readers import read_bytes
from tests.conftest import ROOT
from tests.directives.readers.faithfulness import error_rate, marks_of
from tests.directives.readers.scanner import scanned, written
from tests.directives.readers.sheets_of_cells import book, cell
from tests.directives.readers.test_faithful import LETTER, NOTICE, body_of, true_body

EXAMPLES = ROOT / "examples"
ROUNDS = 20
PAGES = {NOTICE: 2, LETTER: 2}
SLOW: Final = frozenset({"scan", "doc", "rtf"})  # one round: seconds a file
CONVERTED: Final = ("doc", "rtf")
ROWS_A_PAGE: Final = 20
BOOK_PAGES: Final = 4


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
    import pypdf  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415

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
    """Give the readers that are installed; say which are not."""
    yield Row("txt", "ours", ours)
    yield Row("html", "ours", ours)
    yield Row("docx", "ours", ours)
    yield Row("docx", "python-docx", by_python_docx)
    yield Row("pdf", "ours", ours)
    if find_spec("pypdf") is None:
        print("pdf   pypdf: left out, for it is not installed (pip install pypdf)")  # noqa: T201
    else:
        yield Row("pdf", "pypdf", by_pypdf)
    if shutil.which("soffice") is None:
        print("doc, rtf: left out, for LibreOffice is not installed")  # noqa: T201
    else:
        yield from (Row(kind, "LibreOffice, ours", ours) for kind in CONVERTED)
    yield Row("scan", "ours", ours)
    yield Row("scan", "tesseract, default mode", by_default_tesseract)


def file_of(kind: str, stem: str) -> bytes:
    """Return an example as a file of a kind."""
    if kind == "scan":
        return written(scanned((EXAMPLES / f"{stem}.pdf").read_bytes()), "PDF")
    if kind in CONVERTED:
        with tempfile.TemporaryDirectory() as folder:
            return converted(EXAMPLES / f"{stem}.docx", kind, Path(folder))
    return (EXAMPLES / f"{stem}.{kind}").read_bytes()


def converted(document: Path, kind: str, folder: Path) -> bytes:
    """Save a Word file in an older format."""
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(folder), str(document)]
    subprocess.run(command, check=True, capture_output=True)
    return (folder / f"{document.stem}.{kind}").read_bytes()


def workbook() -> bytes:
    """Make a workbook of tasks, as many as fill the pages when they are printed."""
    head = [cell("STT"), cell("Nhiệm vụ"), cell("Cơ quan chủ trì"), cell("Thời hạn")]
    tasks = [
        [
            cell(number),
            cell(f"Báo cáo kết quả thực hiện nhiệm vụ {number} về cải cách hành chính trên địa bàn tỉnh"),
            cell("Sở Nội vụ"),
            cell(43930 + number, style=1),
        ]
        for number in range(1, ROWS_A_PAGE * BOOK_PAGES + 1)
    ]
    return book([head, *tasks])


def seconds_of(read: Callable[[bytes], str], raw: bytes, rounds: int) -> tuple[str, float]:
    """Return what was read, and the least processor time it took, that of children with it."""
    times, text = [], ""
    for _ in range(rounds):
        begun = worked()
        text = read(raw)
        times.append(worked() - begun)
    return text, min(times)


def worked() -> float:
    """Return the seconds of processor time that this process and its children have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def measure(row: Row) -> str:
    """Say how long a page takes a reader, and what it gets wrong."""
    wrong, best = 0.0, 0.0  # the worse document's, and both documents'
    kept = wanted = 0
    for stem in (NOTICE, LETTER):
        raw, true = file_of(row.kind, stem), true_body(EXAMPLES, stem)
        text, taken = seconds_of(row.read, raw, 1 if row.kind in SLOW else ROUNDS)
        best += taken
        wrong = max(wrong, error_rate(body_of(text, true), true))
        marks = marks_of(true)
        kept += sum(mark in marks_of(text) for mark in marks)
        wanted += len(marks)
    found = f"{wrong:5.2f} % wrong  {kept} of {wanted} numbers"
    return line_of(row.kind, row.reader, best / sum(PAGES.values()), found)


def line_of(kind: str, reader: str, seconds: float, found: str = "") -> str:
    """Write a row."""
    return f"{kind:5} {reader:24} {1000 * seconds:8.1f} ms a page  {found}"


def main() -> None:
    """Print a row for each reader."""
    ours(file_of("docx", NOTICE))  # libraries are loaded once, and not measured
    for row in rows():
        print(measure(row))  # noqa: T201
    _, taken = seconds_of(ours, workbook(), ROUNDS)
    print(line_of("xlsx", "ours", taken / BOOK_PAGES))  # noqa: T201


if __name__ == "__main__":
    main()
