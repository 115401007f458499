"""Ruled tables on scans: their lines are found in the picture, and each cell is read by itself."""

from collections.abc import Sequence
from typing import Any

import pytest

from directives.parse import parse
from directives.readers import Refusal, UnreadableDocument, read_bytes
from directives.readers.grids import find_grids
from directives.readers.ocr.picture import on_white
from directives.readers.ocr.ruled import cell_boxes, grid_rulings
from tests.directives.readers.offices import convert
from tests.directives.readers.scanner import need_ocr, scanned, typed, written
from tests.directives.readers.word import p, word_file

COLUMNS = (50, 100, 300, 420, 550)  # points from the left
ROWS = (100, 140, 220, 260)  # points from the top
DPI = 200


@pytest.fixture(scope="module", autouse=True)
def _ocr() -> None:
    need_ocr()


def drawn(
    lines: Sequence[tuple[float, float, float, float]], *, dpi: int = DPI, shade: int = 0, width: int = 1
) -> Any:
    """Draw lines on an A4 page: left, top, right and bottom in points."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - an extra

    page = Image.new("L", (round(595 * dpi / 72), round(842 * dpi / 72)), 235)
    brush = ImageDraw.Draw(page)
    for line in lines:
        brush.line([each * dpi / 72 for each in line], fill=shade, width=width)
    return page


LEVELS = [(COLUMNS[0], y, COLUMNS[-1], y) for y in ROWS]
UPRIGHTS = [(x, ROWS[0], x, ROWS[-1]) for x in COLUMNS]
# The last column's cells of the second and third row are one.
MERGED = [line for line in LEVELS if line[1] != ROWS[2]] + [(COLUMNS[0], ROWS[2], COLUMNS[-2], ROWS[2])]


@pytest.mark.parametrize("dpi", [100, 150, 200, 300])
@pytest.mark.parametrize(
    ("lines", "cells"),
    [
        pytest.param([*LEVELS, *UPRIGHTS], 12, id="a table"),
        pytest.param([*MERGED, *UPRIGHTS], 11, id="with merged cells"),
        pytest.param(LEVELS, 0, id="only level lines"),
        pytest.param([(100, 50, 300, 50), (320, 50, 500, 50)], 0, id="underlines"),
        pytest.param([*LEVELS, UPRIGHTS[0], UPRIGHTS[-1]], 0, id="a frame"),
    ],
)
def test_the_lines_of_tables_are_found(
    lines: list[tuple[float, float, float, float]], cells: int, dpi: int
) -> None:
    """Whatever the dots an inch, also drawn as hairlines in grey; other strokes are no table."""
    rulings = grid_rulings(drawn(lines, dpi=dpi, shade=110), dpi, on_white)
    grids = find_grids(rulings)

    assert sum(len(cell_boxes(grid)) for grid in grids) == cells
    for grid in grids:
        assert all(abs(a - b) < 2 for a, b in zip(grid.columns, COLUMNS, strict=True))
        assert all(abs(842 - a - b) < 2 for a, b in zip(reversed(grid.rows), ROWS, strict=True))


@pytest.mark.parametrize(
    ("shade", "width"), [pytest.param(0, 40, id="bars"), pytest.param(225, 1, id="shadows")]
)
def test_bars_and_shadows_are_no_lines(shade: int, width: int) -> None:
    """What is thick or hardly darker than the paper parts no cells."""
    assert grid_rulings(drawn([*LEVELS, *UPRIGHTS], shade=shade, width=width), DPI, on_white) == ()


def test_a_page_of_words_has_no_table(examples: Any) -> None:
    """Rows of letters are never taken for lines."""
    for page in scanned((examples / "thong-bao-120-tb-ubnd.pdf").read_bytes(), turn=0):
        assert grid_rulings(page, DPI, on_white) == ()


def test_squared_paper_is_no_table() -> None:
    """Its words are read as those of any page."""
    squares = [(x, 40, x, 800) for x in range(40, 560, 20)] + [(40, y, 540, y) for y in range(40, 801, 20)]
    assert grid_rulings(drawn(squares), DPI, on_white) == ()


def pressed_across(words: str, frame: int, place: tuple[int, int]) -> bytes:
    """Return a table with a stamp over one of its lines, in a frame that is so many dots wide."""
    from PIL import Image, ImageChops, ImageDraw, ImageOps  # noqa: PLC0415 - an extra

    (printed,) = scanned(typed([words], size=17), turn=0, noise=0)
    ink = ImageOps.invert(printed)
    ink = ImageOps.expand(ink.crop(ink.getbbox()), 16, 0)
    if frame:
        ImageDraw.Draw(ink).rectangle((2, 2, ink.width - 3, ink.height - 3), outline=220, width=frame)
    page = drawn([*LEVELS, *UPRIGHTS], width=4)
    over = Image.new("L", page.size, 0)
    over.paste(ink, place)
    return written([ImageChops.subtract(page, over)], "PNG")


@pytest.mark.parametrize(("frame", "place"), [(0, (800, 330)), (0, (780, 570)), (4, (1100, 560))])
def test_a_stamp_across_a_table_refuses_the_page(frame: int, place: tuple[int, int]) -> None:
    """The lines, and the stamp's own frame among them, part it into cells that say nothing."""
    with pytest.raises(UnreadableDocument) as refusal:
        read_bytes(pressed_across("MAT", frame, place))

    assert refusal.value.code is Refusal.SECRET


@pytest.mark.parametrize("words", ["KHAN", "BAN SAO"])
def test_other_stamps_across_a_table_do_not(words: str) -> None:
    """Urgent, a copy: the page is read."""
    assert read_bytes(pressed_across(words, 4, (900, 330))).text


WORK = (
    ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn"),
    (
        "1",
        "Xây dựng kế hoạch rà soát, sắp xếp lại các cơ sở nhà, đất",
        "Sở Tài chính",
        "Sở Xây dựng, Sở Tư pháp",
        "Quý II/2020",
    ),
    (
        "2",
        "Báo cáo tình hình giải ngân",
        "Sở Kế hoạch và Đầu tư",
        "Kho bạc Nhà nước tỉnh",
        "Trước ngày 15/5/2020",
    ),
    ("3", "Tổ chức hội nghị", "Sở Nội vụ", "Sở Y tế, Công an tỉnh", "31/12/2020"),
)
HEAD = (
    "ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH",
    "Số: 77/KH-UBND",
    "Hà Tĩnh, ngày 03 tháng 4 năm 2020",
    "KẾ HOẠCH",
    "Thực hiện nhiệm vụ năm 2020",
    "PHỤ LỤC",
)
WIDTHS = (600, 3000, 2000, 2200, 1600)  # twentieths of a point


def table_of(rows: Sequence[Sequence[str]]) -> str:
    """Write a ruled table, the words in the middle of each cell's height."""
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    written_rows = (
        "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
            f"{p(cell)}</w:tc>"
            for cell, width in zip(row, WIDTHS, strict=True)
        )
        for row in rows
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in WIDTHS)
    return (
        f"<w:tbl><w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        + "".join(f"<w:tr>{row}</w:tr>" for row in written_rows)
        + "</w:tbl>"
    )


@pytest.mark.slow
@pytest.mark.parametrize(("turn", "noise"), [(0.0, 0.0), (0.7, 12.0), (-1.7, 12.0)])
def test_the_cells_of_a_scanned_table_stay_apart(tmp_path_factory: Any, turn: float, noise: float) -> None:
    """Each row gives its own task: no lead and no time is mixed with what stands beside it."""
    body = "".join(map(p, HEAD)) + table_of(WORK) + p("")
    sheet = convert(word_file(body), "a.docx", "pdf", tmp_path_factory.mktemp("office"))

    read = read_bytes(written(scanned(sheet, turn=turn, noise=noise), "PDF"))

    tasks = parse(read.text, doubts=read.doubts).tasks
    assert [
        (
            [lead.name for lead in task.leads],
            str(task.deadline and task.deadline.due_on),
            len(task.coordinators),
        )
        for task in tasks
    ] == [
        (["Sở Tài chính"], "2020-06-30", 2),
        (["Sở Kế hoạch và Đầu tư"], "2020-05-14", 1),
        (["Sở Nội vụ"], "2020-12-31", 2),
    ]
