"""Pages laid into the scanner sideways or upside down: turned, read, and shown where they stand."""

import io
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from directives.model import Span
from directives.parse import parse
from directives.readers import RawDocument, UnreadableDocument, read_bytes
from directives.readers.bounds import MAX_STEP_SECONDS
from directives.readers.crop import crop
from directives.readers.ocr.engine import read_page
from directives.readers.ocr.picture import Picture
from directives.readers.ocr.way_up import sureness_of, way_up
from directives.readers.ocr.words import Word
from tests.directives.readers.scanner import need_ocr, scanned, typed, written
from tests.directives.test_examples import NOTICE, NOTICE_TASKS, rows

DATES = ("09/4/2020", "10/5/2020")
TURNS = pytest.mark.parametrize("degrees", [90, 180, 270])


@pytest.fixture(scope="module", autouse=True)
def _ocr() -> None:
    need_ocr()


def turned(pages: list[Any], degrees: int) -> list[Any]:
    """Turn pages clockwise."""
    return [page.rotate(-degrees, expand=True) for page in pages]


@cache
def notice(examples: Path, degrees: int) -> tuple[bytes, RawDocument]:
    """Return the scanned notice turned by so much, as a file and as it is read."""
    pages = scanned((examples / f"{NOTICE}.pdf").read_bytes(), dpi=150)
    raw = written(turned(pages, degrees), "PDF", 150)
    return raw, read_bytes(raw)


@TURNS
def test_however_the_pages_lay_the_tasks_are_the_same(examples: Path, degrees: int) -> None:
    """Items, leads and deadlines are those of the text."""
    _, document = notice(examples, degrees)

    assert rows(parse(document.text)) == NOTICE_TASKS


@TURNS
def test_a_place_is_that_of_the_page_as_it_is_shown(examples: Path, tmp_path: Path, degrees: int) -> None:
    """What is cut out of the page lies as the page does; set upright it says what was read."""
    from PIL import Image  # noqa: PLC0415 - an extra

    raw, document = notice(examples, degrees)
    file = tmp_path / "turned.pdf"
    file.write_bytes(raw)
    for date in DATES:
        at = document.text.index(date)
        shown = Image.open(io.BytesIO(crop(file, document.places.of(Span(at, at + len(date)))[0])))
        assert (shown.height > shown.width) == (degrees != 180)
        upright = written(turned([shown], 360 - degrees), "PNG")
        assert date in read_bytes(upright).text.replace(" ", "")


def test_pages_may_lie_differently(examples: Path) -> None:
    """Each page is turned by itself."""
    first, second = scanned((examples / f"{NOTICE}.pdf").read_bytes(), dpi=150)
    pages = [*turned([first], 270), *turned([second], 180)]

    document = read_bytes(written(pages, "TIFF", 150))

    assert rows(parse(document.text)) == NOTICE_TASKS


@TURNS
def test_a_stamp_is_seen_however_the_page_lies(degrees: int) -> None:
    """A secret scanned upside down is refused too."""
    lines = ["UBND TINH A", "TUYET MAT", "So: 12/KH-UBND", "Cac so, nganh to chuc thuc hien ke hoach nay."]
    raw = written(turned(scanned(typed(lines), noise=0), degrees), "PNG")

    with pytest.raises(UnreadableDocument) as refusal:
        read_bytes(raw)

    assert refusal.value.code == "secret"


def test_a_page_without_words_stays_as_it_lies() -> None:
    """Where no way is surely better, nothing is turned."""
    from PIL import Image  # noqa: PLC0415 - an extra

    blank = Picture(Image.new("L", (600, 800), 255), 100)
    unsure = [Word("Chữkhôngrõràngtínàocả", 0, 9, 9, 9, 1, sureness) for sureness in (50, 60, 30, 64)]
    looks = iter(unsure)

    assert way_up(blank, lambda _: []) == 0
    assert way_up(blank, lambda _: [next(looks)]) == 0
    assert sureness_of([Word("ítchữ", 0, 9, 9, 9, 1, 100)]) == 25


@pytest.mark.slow
def test_noise_is_not_looked_at_for_long() -> None:
    """A picture of nothing but specks takes less than twice what one step may, looked at in five ways."""
    import numpy as np  # noqa: PLC0415 - an extra
    from PIL import Image  # noqa: PLC0415

    shades = np.random.default_rng(1).integers(0, 255, (2339, 1654), dtype=np.uint8)
    begun = time.process_time()

    sheet = read_page(Picture(Image.fromarray(shades), 200))

    assert sheet.turn.quarters == 0
    assert time.process_time() - begun < 2 * MAX_STEP_SECONDS
