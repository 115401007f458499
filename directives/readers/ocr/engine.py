"""Tesseract with its Vietnamese data, found where Debian, or TESSDATA_PREFIX, has it.

Page mode 4 (one column of lines of any size): the default mode takes item numbers for a column of their own.
API: tesserocr's README, Tesseract's include/tesseract/baseapi.h and ltrresultiterator.h.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from directives.readers.bounds import next_step
from directives.readers.document import Refusal, UnreadableDocument
from directives.readers.grids import find_grids
from directives.readers.ocr.crooked import crooked_stamps
from directives.readers.ocr.cut import cut_out, grid_box, painted, without_lines
from directives.readers.ocr.marks import with_marks
from directives.readers.ocr.picture import Picture, set_straight, without
from directives.readers.ocr.quarters import mended
from directives.readers.ocr.ruled import cell_boxes
from directives.readers.ocr.stamps import HEAD, MEANT, is_stamp
from directives.readers.ocr.way_up import DOUBTED, is_on_its_side, sureness_of, way_up
from directives.readers.ocr.words import Sheet, Turn, Word
from directives.readers.pieces import POINTS

LANGUAGE: Final = "vie"
DATA: Final = f"{LANGUAGE}.traineddata"
DATA_FOLDERS: Final = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
)
NO_ENGINE, NO_DATA = MISSING = ("no-ocr-engine", "no-ocr-data")
PAGE_SECONDS: Final = 40
SURE: Final = 75.0  # of 100: what is left of a page, after its words were read, is mostly no words
# Signs that the Vietnamese data gives for others of the same look.
NOISE: Final = re.compile(r"[¬=_~|'`´‹›«»^°¦‘’.,:;*+]+")  # what specks and frames are read as
LOOKALIKES: Final = str.maketrans({"⁄": "/", "∕": "/", "‐": "-", "‑": "-"})


def tessdata() -> Path:
    """Return the folder with the Vietnamese data; raise UnreadableDocument where a part is missing."""
    try:
        import numpy  # noqa: F401, ICN001, PLC0415 - an extra
        import PIL  # noqa: F401, PLC0415
        import tesserocr  # noqa: F401, PLC0415
    except ImportError as error:
        raise UnreadableDocument(Refusal.EMPTY, NO_ENGINE) from error
    for folder in _folders():
        if (folder / DATA).is_file():
            return folder
    raise UnreadableDocument(Refusal.EMPTY, NO_DATA)


def _folders() -> Iterator[Path]:
    given = os.environ.get("TESSDATA_PREFIX")
    if given:
        yield from (Path(given), Path(given) / "tessdata")
    for pattern in DATA_FOLDERS:
        yield from sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)


def version() -> str:
    """Return what the words of a page depend on beside its picture: engine and data."""
    data = (tessdata() / DATA).stat().st_size
    import tesserocr  # noqa: PLC0415 - an extra

    return f"{tesserocr.tesseract_version().split()[1]}-{LANGUAGE}-{data}"


def read_page(picture: Picture) -> Sheet:
    """Read one page; raise UnreadableDocument where the engine is missing, or the page takes too long."""
    from tesserocr import PSM  # noqa: PLC0415 - an extra

    straight, turn, read = _column(picture)
    words = mended(_with_rest(straight, read), straight)  # before the noise goes: «quý I» may be read «quý |»
    shown = with_marks([word for word in words if not NOISE.fullmatch(word.text)])
    stamps = crooked_stamps(
        straight, words, lambda part: (_look(part, mode) for mode in (PSM.SPARSE_TEXT, PSM.SINGLE_BLOCK))
    )
    return Sheet((*shown, *(stamps or _across_lines(straight))), turn, straight.rulings)


def _column(picture: Picture) -> tuple[Picture, Turn, list[Word]]:
    """Set a page straight and find its words; a page that lies on its side, or upside down, is turned first.

    Most pages lie right: they are read as they are, and only what is hardly sure is looked at the other ways.
    """
    from tesserocr import PSM  # noqa: PLC0415 - an extra

    quarters = _way_up(picture) if is_on_its_side(picture) else 0
    while True:
        straight, turn = set_straight(picture, quarters)
        read = _by_cells(straight, _look(_without_tables(straight), PSM.SINGLE_COLUMN))
        if quarters or sureness_of(read) > DOUBTED:
            return straight, turn, read
        quarters = _way_up(picture)
        if not quarters:
            return straight, turn, read


def _way_up(picture: Picture) -> int:
    """Look at a band of a page all four ways, in a time of its own."""
    from tesserocr import PSM  # noqa: PLC0415 - an extra

    next_step()
    quarters = way_up(picture, lambda band: _look(band, PSM.SINGLE_BLOCK))
    next_step()
    return quarters


def _with_rest(picture: Picture, read: list[Word]) -> list[Word]:
    """Return the words read from a straight page with those that were passed over.

    The engine loses a row now and then where two columns stand on different lines (measured: of a signature).
    So what it read is painted white, and it looks again at what is left.
    """
    import tesserocr  # noqa: PLC0415 - an extra

    row = read[-1].row + 1 if read else 0
    left = _look(without(_without_tables(picture), read), tesserocr.PSM.SPARSE_TEXT)
    return read + [replace(word, row=row + word.row) for word in left if _is_sure(word)]


def _by_cells(picture: Picture, around: list[Word]) -> list[Word]:
    """Return the words around a page's tables with those of each cell, looked at by itself.

    In one look the engine reads a line across the cells, and mixes lines that stand on different heights.
    """
    from tesserocr import PSM  # noqa: PLC0415 - an extra

    words = list(around)
    for box in (box for grid in find_grids(picture.rulings) for box in cell_boxes(grid)):
        row = words[-1].row + 1 if words else 0
        cut = cut_out(picture, box)
        read = _look(cut.picture, PSM.SINGLE_BLOCK) if cut is not None else []
        words += [cut.back(replace(word, row=row + word.row)) for word in read if cut is not None]
    return words


def _across_lines(picture: Picture) -> list[Word]:
    """Return the stamp of secrecy that lies across a table: its frame and the lines part it into cells."""
    from tesserocr import PSM  # noqa: PLC0415 - an extra

    read = _look(without_lines(picture), PSM.SPARSE_TEXT) if picture.rulings else []
    for _, row in groupby(read, key=lambda word: word.row):
        words = list(row)
        if words[0].base > (1 - HEAD) * picture.size[1] and is_stamp(" ".join(each.text for each in words)):
            return [replace(words[0], text=MEANT, row=-1)]
    return []


def _without_tables(picture: Picture) -> Picture:
    """Return the page with its tables painted white."""
    return painted(picture, [grid_box(grid) for grid in find_grids(picture.rulings)])


def _look(picture: Picture, mode: int) -> list[Word]:
    """Find words in a page mode of the engine."""
    import tesserocr  # noqa: PLC0415 - an extra

    api = _engine(str(tessdata()))
    try:
        api.SetPageSegMode(mode)
        api.SetImage(picture.image)
        api.SetSourceResolution(round(picture.dpi))
        if not api.Recognize(round(PAGE_SECONDS * 1000)):
            raise UnreadableDocument(Refusal.TOO_LARGE, "page-too-slow", limit=f"{PAGE_SECONDS}")
        found = api.GetIterator()
        words = tesserocr.iterate_level(found, tesserocr.RIL.WORD) if found is not None else ()
        return list(_words(words, picture))
    finally:
        api.Clear()


def _is_sure(word: Word) -> bool:
    """Tell a word from the specks and seals that are left of a page."""
    return word.sureness >= SURE and any(char.isalnum() or char in "-–" for char in word.text)


@cache
def _engine(folder: str) -> Any:
    """Start the engine, once a process: loading its data takes longer than a short page."""
    import tesserocr  # noqa: PLC0415 - an extra

    tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)  # it writes about specks to stderr
    try:
        return tesserocr.PyTessBaseAPI(path=folder + os.sep, lang=LANGUAGE, oem=tesserocr.OEM.LSTM_ONLY)
    except RuntimeError as error:  # a broken data file
        raise UnreadableDocument(Refusal.EMPTY, NO_DATA) from error


def _words(found: Any, picture: Picture) -> Iterator[Word]:
    """Give each word found, in points from the lower left; drawn lines and specks are none."""
    from tesserocr import RIL  # noqa: PLC0415 - an extra

    row, scale = 0, POINTS / picture.dpi
    for each in found:
        row += each.IsAtBeginningOf(RIL.TEXTLINE)
        box, base = each.BoundingBox(RIL.WORD), each.Baseline(RIL.WORD)
        if box is None:  # nothing on the page
            continue
        text = each.GetUTF8Text(RIL.WORD).translate(LOOKALIKES).strip()
        if not text:
            continue
        (_, first), (_, last) = base or ((0, box[3]), (0, box[3]))
        yield Word(
            text,
            box[0] * scale,
            box[2] * scale,
            (picture.image.height - (first + last) / 2) * scale,
            max(1.0, each.RowAttributes()["row_height"] * scale),
            row,
            each.Confidence(RIL.WORD),
        )
