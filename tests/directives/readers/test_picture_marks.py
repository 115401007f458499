"""Pictures set into Office files: a scan of a secret page is seen, and no other picture does harm."""

import time
from io import BytesIO
from zipfile import ZipFile

import pytest

from directives.readers import Refusal, UnreadableDocument, picture_marks, read_bytes
from directives.readers.ocr import engine
from tests.directives.readers.scanner import need_ocr, scanned, typed, written
from tests.directives.readers.word import p, word_file, zipped

ORDER = "Sở Y tế báo cáo trước ngày 10/5/2020."
SECRET = ("UBND TINH A", "So: 12/BC", "TOI MAT", "BAO CAO", "Noi dung bao cao gui cac so.")
OPEN = ("UBND TINH A", "So: 12/BC", "BAO CAO", "Noi dung bao cao gui cac so.")


def with_pictures(*pictures: bytes, ending: str = "png") -> bytes:
    """Make a Word file with pictures in it."""
    with ZipFile(BytesIO(word_file(p(ORDER)))) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    media = {f"word/media/image{at}.{ending}": each for at, each in enumerate(pictures, start=1)}
    return zipped({**parts, **media})


def page(*lines: str, kind: str = "PNG", dpi: int = 100) -> bytes:
    """Make a picture of a page."""
    return written(scanned(typed(lines), dpi=dpi, noise=0, turn=0), kind, dpi)


def read_of(raw: bytes) -> str:
    """Say what became of a file."""
    try:
        return read_bytes(raw).text
    except UnreadableDocument as refusal:
        return str(refusal.code)


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Count the pictures that are looked at, without reading any."""
    seen: list[bytes] = []
    monkeypatch.setattr(picture_marks, "_look_at", seen.extend)
    return seen


@pytest.mark.parametrize(
    ("pictures", "expected"),
    [
        pytest.param([SECRET], "secret", id="a secret page"),
        pytest.param([OPEN, SECRET], "secret", id="the second"),
        pytest.param([OPEN], ORDER, id="another page"),
    ],
)
def test_a_secret_page_set_in_as_a_picture_refuses_the_file(
    pictures: list[tuple[str, ...]], expected: str
) -> None:
    """What is kept of the Word file would keep the picture too."""
    need_ocr()

    assert read_of(with_pictures(*(page(*lines) for lines in pictures))) == expected


@pytest.mark.parametrize("kind", ["jpg", "tiff"])
def test_kinds_of_pictures(kind: str) -> None:
    """Scanners write them all."""
    need_ocr()
    picture = page(*SECRET, kind={"jpg": "JPEG", "tiff": "TIFF"}[kind], dpi=200)

    assert read_of(with_pictures(picture, ending=kind)) == "secret"


def test_a_secret_page_in_a_workbook_refuses_it() -> None:
    """A sheet may be no more than the frame of a picture."""
    need_ocr()
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        "xl/workbook.xml": "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'/>",
        "xl/media/image1.png": page(*SECRET),
    }

    assert read_of(zipped(parts)) == "secret"


def test_without_an_engine_the_document_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures are looked at where that is possible, and the text never waits for it."""

    def missing() -> None:
        raise UnreadableDocument(Refusal.EMPTY, engine.NO_ENGINE)

    monkeypatch.setattr(engine, "tessdata", missing)

    assert read_of(with_pictures(PAGE_SIZED)) == ORDER


# The first bytes of a picture of 1000 by 1400, and nothing behind them.
PAGE_SIZED = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x03\xe8\0\0\x05\x78" + bytes(range(256))


def test_a_broken_picture_is_no_fault_of_the_document() -> None:
    """What cannot be opened has no stamp that anybody could see, and the next one is looked at."""
    need_ocr()

    assert read_of(with_pictures(PAGE_SIZED)) == ORDER
    assert read_of(with_pictures(PAGE_SIZED, page(*SECRET))) == "secret"


def test_only_so_many_pictures_are_looked_at(looked_at: list[bytes]) -> None:
    """The first ones, in the order they were set in."""
    many = [PAGE_SIZED + bytes([at]) for at in range(12)]

    assert read_of(with_pictures(*many)) == ORDER
    assert looked_at == many[: picture_marks.MAX_PICTURES]


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(PAGE_SIZED.replace(b"\x05\x78", b"\0\x78"), id="a banner"),
        pytest.param(b"GIF89a\x40\0\x40\0" + bytes(99), id="a logo"),
    ],
)
def test_small_pictures_are_not_looked_at(looked_at: list[bytes], picture: bytes) -> None:
    """Logos and signatures are in most files, and cost nothing."""
    assert read_of(with_pictures(picture)) == ORDER
    assert looked_at == []


def test_the_time_for_pictures_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """When it is up no other picture is begun, and the document is read."""
    need_ocr()
    ticks = iter([0.0, 0.0])
    monkeypatch.setattr(time, "process_time", lambda: next(ticks, 1000.0))

    assert read_of(with_pictures(PAGE_SIZED, page(*SECRET))) == ORDER
