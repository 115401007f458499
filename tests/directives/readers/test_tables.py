"""Tables of work in files of every kind: the same tasks, whatever draws the table."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence

import pytest

from directives.parse import parse
from directives.readers import read_bytes
from tests.conftest import need
from tests.directives.readers import plans
from tests.directives.readers.plans import as_bars, as_page, as_spaces, as_tabs, as_word, long_table
from tests.directives.readers.sheets import pdf_file, words
from tests.directives.readers.word import p, word_file

WORD_FILES = {
    "ruled": as_word(),
    "inside lines only": as_word(sides=("insideH", "insideV")),
    "level lines only": as_word(sides=("top", "bottom", "insideH")),
    "upright lines only": as_word(sides=("top", "bottom", "left", "right", "insideV")),
    "no lines": as_word(sides=()),
    "long": as_word(long_table(), repeated_rows=1),
    "long, head once": as_word(long_table(), repeated_rows=0),
    "long, level lines only": as_word(long_table(), sides=("insideH", "top", "bottom"), repeated_rows=1),
    "long, no lines": as_word(long_table(), sides=(), repeated_rows=1),
}
NO_MERGED_CELLS_SEEN = ("level lines only", "upright lines only", "no lines")  # nothing on paper shows them


def reading(raw: bytes) -> list[tuple[object, ...]]:
    """Return what counts of each task: item, leads, helpers, day, action."""
    return [
        (
            task.item,
            [lead.name for lead in task.leads],
            [helper.name for helper in task.coordinators],
            str(task.deadline.due_on) if task.deadline else None,
            task.action,
        )
        for task in parse(read_bytes(raw).text).tasks
    ]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Have LibreOffice print every Word file as PDF."""
    need("soffice", present=shutil.which("soffice") is not None, reason="LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("printed")
    for number, raw in enumerate(WORD_FILES.values()):
        (folder / f"{number}.docx").write_bytes(raw)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            *("--headless", "--convert-to", "pdf", "--outdir", str(folder)),
            *(str(folder / f"{number}.docx") for number in range(len(WORD_FILES))),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return {name: (folder / f"{number}.pdf").read_bytes() for number, name in enumerate(WORD_FILES)}


def test_the_plan_is_read_as_a_person_reads_it() -> None:
    """Merged cells, groups, lists in cells and «nt» all come out."""
    assert reading(as_word())[1:] == [
        (
            "Phụ lục I.1",
            ["Sở Xây dựng"],
            ["Sở Tài chính", "Sở Công Thương"],
            "2024-06-30",
            "Rà soát quy hoạch các khu công nghiệp, cụm công nghiệp trên địa bàn tỉnh",
        ),
        (
            "Phụ lục I.2",
            ["Sở Tài chính", "Sở Nông nghiệp và Môi trường"],
            ["UBND các huyện, thị xã, thành phố"],
            "2024-03-14",
            "Xây dựng phương án: a) Bố trí nguồn vốn",
        ),
        ("Phụ lục I.3", ["Thanh tra tỉnh"], [], "2024-04-30", "Kiểm tra các dự án chậm tiến độ"),
        ("Phụ lục I.4", ["Thanh tra tỉnh"], [], "2024-04-30", "Công khai kết quả kiểm tra"),
        (
            "Phụ lục I.5",
            ["Sở Văn hóa, Thể thao và Du lịch"],
            [],
            "2024-04-30",
            "Tổ chức Ngày sách Việt Nam",
        ),
        ("Phụ lục I.6", ["Sở Nội vụ"], ["các sở, ban, ngành"], "None", "Tổng hợp, báo cáo UBND tỉnh"),
    ]


@pytest.mark.parametrize("write", [as_page, as_bars, as_tabs, as_spaces])
def test_every_way_to_write_the_plan_gives_the_same_tasks(write: object) -> None:
    """A web page, and text with bars, tabs or columns of spaces, read as the Word file does."""
    assert callable(write)
    assert reading(write()) == reading(as_word())


@pytest.mark.slow
@pytest.mark.parametrize("name", WORD_FILES)
def test_the_printed_plan_gives_the_same_tasks(name: str, printed: Mapping[str, bytes]) -> None:
    """With all lines, some or none, on one page or many: what the PDF shows is what the Word file says."""
    assert reading(printed[name]) == reading(WORD_FILES[name])


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in WORD_FILES if name not in NO_MERGED_CELLS_SEEN])
def test_the_printed_rows_have_the_words_of_the_word_file(name: str, printed: Mapping[str, bytes]) -> None:
    """Row by row, the same text: nothing lost at the end of a page, no header twice."""
    pdf, word = (read_bytes(raw).text for raw in (printed[name], WORD_FILES[name]))

    assert pdf[pdf.index(plans.ANNEX) :].split("\n") == word[word.index(plans.ANNEX) :].split("\n")


@pytest.mark.slow
def test_what_no_line_shows_as_merged_is_doubted(printed: Mapping[str, bytes]) -> None:
    """Without lines an empty cell may be a merged one: the lead is taken from above, and a person told so."""
    tasks = parse(read_bytes(printed["no lines"]).text).tasks

    assert next(task for task in tasks if task.item == "Phụ lục I.4").doubts == (
        "lead-from-row-above",
        "time-from-row-above",
    )


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param(
            "+----+-----------+---------+---------+\n"
            "| TT | Nhiệm vụ  | Chủ trì | Thời hạn|\n"
            "+----+-----------+---------+---------+\n"
            "| 1  | Rà soát   | Sở Y tế | Quý I   |\n"
            "|    | quy hoạch |         | /2024   |\n"
            "+----+-----------+---------+---------+\n"
            "| 2  | Báo cáo   | Sở A    | Quý II  |\n"
            "+----+-----------+---------+---------+",
            [
                "TT | Nhiệm vụ | Chủ trì | Thời hạn",
                "1 | Rà soát quy hoạch | Sở Y tế | Quý I /2024",
                "2 | Báo cáo | Sở A | Quý II",
            ],
            id="drawn with rules",
        ),
        pytest.param(
            "TT  Nhiệm vụ            Chủ trì     Thời hạn\n"
            "1   Rà soát quy hoạch   Sở Y tế     Quý I/2024\n"
            "    toàn tỉnh\n"
            "2   Báo cáo             Sở Nội vụ   Quý II/2024\n"
            "\n"
            "Nơi nhận:               TM. ỦY BAN NHÂN DÂN",
            [
                "TT | Nhiệm vụ | Chủ trì | Thời hạn",
                "1 | Rà soát quy hoạch toàn tỉnh | Sở Y tế | Quý I/2024",
                "2 | Báo cáo | Sở Nội vụ | Quý II/2024",
                "",
                "Nơi nhận:               TM. ỦY BAN NHÂN DÂN",
            ],
            id="the rest of a cell below, then signatures",
        ),
        pytest.param(
            "TT\tNhiệm vụ\tChủ trì\tThời hạn\n1\tRà soát\n- quy hoạch\n- dự án\tSở Y tế\tQuý I/2024\nHết.",
            [
                "TT | Nhiệm vụ | Chủ trì | Thời hạn",
                "1 | Rà soát - quy hoạch - dự án | Sở Y tế | Quý I/2024",
                "Hết.",
            ],
            id="lines in a cell between tabs",
        ),
    ],
)
def test_a_table_typed_in_text_is_read_row_by_row(text: str, rows: list[str]) -> None:
    """Rules, aligned columns and tabs; what follows the table stays as it is."""
    read = read_bytes(text.encode()).text.split("\n")

    assert [line for line in read if not line.startswith("+-")] == rows


@pytest.mark.parametrize(
    "text",
    [
        "UBND TỈNH A                 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 1/UBND                  Độc lập",
        "Nơi nhận:                   TM. ỦY BAN NHÂN DÂN\n- Như trên;                 KT. CHỦ TỊCH",
        "Kính gửi:   - Sở Tài chính;\n            - Sở Y tế.\n",
        "Đơn vị thực hiện: Sở Y tế    Thời gian: Quý I    Kết quả: tốt",
    ],
)
def test_what_only_stands_side_by_side_is_no_table(text: str) -> None:
    """Letterheads, signatures, addressees and labels stay untouched."""
    assert read_bytes(text.encode()).text == text


def test_a_row_of_a_typed_table_knows_its_lines() -> None:
    """The map of places points to the line of the file where the row begins."""
    document = read_bytes(b"x\n\n" + as_spaces())
    start = document.text.index("2 | Xây dựng")
    line = next(
        n for n, line in enumerate((b"x\n\n" + as_spaces()).decode().split("\n"), 1) if line.startswith("2 ")
    )

    places = document.places.of(type(document.places.stretches[0].span)(start, start + 5))

    assert [place.paragraph for place in places] == [line]


FILLED = b"".join(
    b"0.9 g %d %d 139 28 re f 0 g\n" % (60 + 140 * column, 700 - 30 * row)
    for row in range(3)
    for column in range(3)
)
ONE_PATH = (
    b"".join(b"60 %d m 480 %d l\n" % (728 - 30 * row, 728 - 30 * row) for row in range(4))
    + b"".join(b"%d 728 m %d 638 l\n" % (60 + 140 * column, 60 + 140 * column) for column in range(4))
    + b"S\n"
)


@pytest.mark.parametrize("drawing", [FILLED, ONE_PATH], ids=["filled rectangles", "one path"])
def test_however_the_lines_are_drawn(drawing: bytes) -> None:
    """Cells painted as rectangles, and all lines in one path."""
    cells = b"".join(
        words(70 + 140 * column, 708 - 30 * row, f"o {row}{column}", size=11)
        for row in range(3)
        for column in range(3)
    )

    assert read_bytes(pdf_file([drawing + cells])).text.split("\n") == [
        "o 00 | o 01 | o 02",
        "o 10 | o 11 | o 12",
        "o 20 | o 21 | o 22",
    ]


def test_a_cell_left_out_in_word_keeps_its_column() -> None:
    """A row that begins a column late is not shifted."""

    def cells(*texts: str) -> str:
        return "".join(f"<w:tc>{p(text)}</w:tc>" for text in texts)

    late = '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cells("Rà soát", "Sở Y tế") + "</w:tr>"
    table = f"<w:tbl><w:tblPr/><w:tr>{cells('STT', 'Nhiệm vụ', 'Chủ trì')}</w:tr>{late}</w:tbl>"

    assert read_bytes(word_file(table)).text.split("\n") == [
        "STT | Nhiệm vụ | Chủ trì",
        " | Rà soát | Sở Y tế",
    ]


def ruled(top: float, rows: Sequence[tuple[str, ...]]) -> bytes:
    """Draw a table with all its lines, each letter by itself as browsers print it."""
    places, high = (40, 70, 330, 460, 570), 40
    foot = top - high * len(rows)
    drawn = [b"%d %d 1 %d re f\n" % (x, foot, top - foot) for x in places]
    drawn += [b"40 %d 531 1 re f\n" % (top - high * row) for row in range(len(rows) + 1)]
    for row, cells in enumerate(rows):
        for cell, left in zip(cells, places, strict=False):
            for line, text in enumerate(cell.split("/", maxsplit=1)):
                x, y = left + 5.0, top - high * row - 15 - 15 * line
                for char in text:
                    drawn += [words(round(x, 2), y, char)] if char != " " else []
                    x += 13 * WIDTHS.get(char, 500) / 1000
    return b"".join(drawn)


WIDTHS = {" ": 250, "i": 278, "t": 278, "S": 556}
PRINTED = [
    ("TT", "vok", "kan", "hon"),
    ("1", "bo so/dug", "So Yx", "9h20"),
    ("2", "ba no/gan", "So Vx", "9h21"),
]


def test_one_row_on_the_last_page_belongs_to_the_table() -> None:
    """It is read as a row, whole words of it, though it is no table by itself and pdfium sees but letters."""
    first, last = PRINTED, [("3", "nob kox ban/so", "So Kx", "9h22")]

    text = read_bytes(pdf_file([ruled(780, first), ruled(800, last)])).text

    assert text.split("\n") == [
        "TT | vok | kan | hon",
        "1 | bo so dug | So Yx | 9h20",
        "2 | ba no gan | So Vx | 9h21",
        "3 | nob kox ban so | So Kx | 9h22",
    ]


def test_a_frame_around_words_is_no_table() -> None:
    """One row of boxes with no table before it is read cell by cell, as the body is."""
    text = read_bytes(pdf_file([ruled(780, [("A", "bo so", "nox", "hon")])])).text

    assert "|" not in text


def _spaced(*cells: object) -> str:
    return "".join(f"{cell!s:<{width}}" for cell, width in zip(cells, (5, 40, 20, 12), strict=True)) + "\n"


@pytest.mark.parametrize("rows", [200, 1500])
@pytest.mark.parametrize("kind", ["tabs", "spaces"])
def test_a_typed_table_is_read_to_its_end(kind: str, rows: int) -> None:
    """However many lines it has."""
    if kind == "tabs":
        header = "TT\tNhiệm vụ\tChủ trì\tThời hạn\n"
        body = "".join(f"{n}\tXây dựng kế hoạch {n}\tSở Y tế\t30/6/2020\n" for n in range(1, rows + 1))
    else:
        header = _spaced("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn")
        more = "".join(_spaced("", words, "", "") for words in ("phát triển", "kinh tế", "xã hội"))
        body = "".join(
            _spaced(n, "Xây dựng kế hoạch", "Sở Y tế", "30/6/2020") + more for n in range(1, rows + 1)
        )
    read = read_bytes((header + body).encode()).text.split("\n")

    assert len([line for line in read if line.endswith(" | Sở Y tế | 30/6/2020")]) == rows
