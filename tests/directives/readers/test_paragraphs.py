"""From pieces on a page to paragraphs: what the shape of a page says."""

import pytest

from directives.readers.arrange import arrange
from directives.readers.paragraphs import gap, paragraphs
from directives.readers.pieces import Page, Piece, Ruling
from directives.readers.running import without_running_lines

LEFT, RIGHT, INDENT, SIZE, PITCH = 85.0, 552.0, 28.0, 14.0, 18.0
LETTER = 6.5


def piece(text: str, *, left: float = LEFT, base: float = 700.0, right: float | None = None) -> Piece:
    """Set words in letters of one width."""
    first = len(text.split(maxsplit=1)[0]) * LETTER
    return Piece(text, left, left + len(text) * LETTER if right is None else right, base, SIZE, first)


def full(text: str, base: float, *, left: float = LEFT) -> Piece:
    """Set words out to the right edge, as a justified line is."""
    return piece(text, left=left, base=base, right=RIGHT)


def page_of(*pieces: Piece, rulings: tuple[Ruling, ...] = ()) -> Page:
    """Make a page of A4."""
    return Page(595.0, 842.0, pieces, rulings)


def read(*pages: Page) -> list[str]:
    """Read pages as the PDF reader does."""
    kept, _ = without_running_lines(pages)
    return [paragraph.text for paragraph in paragraphs([arrange(page) for page in kept])]


BODY = [
    full("Mở đầu văn bản của chúng tôi", 700, left=LEFT + INDENT),
    full("dài hết dòng thứ hai của đoạn", 682),
    piece("rồi hết đoạn tại đây.", base=664),
]


def test_wrapped_lines_become_one_paragraph() -> None:
    """A line filled to the edge goes on."""
    assert read(page_of(*BODY)) == [
        "Mở đầu văn bản của chúng tôi dài hết dòng thứ hai của đoạn rồi hết đoạn tại đây."
    ]


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        pytest.param(full("đến hết dòng", 646), piece("nối tiếp", base=628), True, id="no room: goes on"),
        pytest.param(
            piece("dòng ngắn", base=646), piece("đoạn mới", base=628), False, id="room left: ended there"
        ),
        pytest.param(
            full("đến hết dòng", 646),
            piece("Đoạn mới", base=628, left=LEFT + INDENT),
            False,
            id="set in: begins anew",
        ),
        pytest.param(
            full("đến hết dòng;", 646), piece("2. Mục hai", base=628), False, id="a mark behind an end"
        ),
        pytest.param(full("kinh tế", 646), piece("- xã hội", base=628), True, id="a dash in mid-sentence"),
        pytest.param(
            full("nêu tại mục", 646),
            piece("2. Sở A", base=628, left=LEFT + INDENT),
            False,
            id="a mark, set in",
        ),
        pytest.param(
            full("III. SỞ CÔNG THƯƠNG", 646), piece("Báo cáo", base=628), False, id="a heading ends"
        ),
        pytest.param(full("III. SỞ CÔNG", 646), piece("THƯƠNG", base=628), True, id="a heading goes on"),
        pytest.param(
            full("đến hết dòng", 646), piece("cách xa", base=646 - 2 * PITCH), False, id="a wide gap"
        ),
        pytest.param(
            full("- Các Sở: Tài chính,", 646, left=LEFT + 60),
            piece("Nội vụ", base=628, left=LEFT + 70),
            True,
            id="hanging under a mark",
        ),
    ],
)
def test_where_a_paragraph_ends(above: Piece, below: Piece, *, joined: bool) -> None:
    """Room left, indents, gaps and marks tell a new paragraph from a wrapped line."""
    lines = read(page_of(*BODY, above, below))

    expected = [f"{above.text} {below.text}"] if joined else [above.text, below.text]
    assert expected == lines[1:]


def test_a_sentence_goes_on_over_the_page() -> None:
    """The page number between its halves is dropped, and the halves are joined."""
    first = page_of(*BODY[:2], full("hỗ trợ kinh phí trước ngày", 664))
    second = page_of(piece("2", left=300, base=800), piece("09/4/2020. Hết câu.", base=740), *BODY)

    assert read(first, second)[0].endswith("hỗ trợ kinh phí trước ngày 09/4/2020. Hết câu.")


def test_what_repeats_on_every_page_is_dropped() -> None:
    """Running heads and feet, with their page counts, belong to no paragraph."""
    pages = [
        page_of(
            piece("UBND tỉnh A", base=810),
            piece(f"Nội dung trang {n}.", base=500),
            piece(f"Trang {n}/3", base=30),
        )
        for n in (1, 2, 3)
    ]

    kept, dropped = without_running_lines(pages)

    assert [[each.text for each in page.pieces] for page in kept] == [
        ["Nội dung trang 1."],
        ["Nội dung trang 2."],
        ["Nội dung trang 3."],
    ]
    assert dropped == ["UBND tỉnh A", "Trang 1/3", "Trang 2/3", "Trang 3/3"]


COLUMNS = (60.0, 85.0, 330.0, 460.0)
FIRST = (
    ("3", "Tổng hợp dự toán", "Sở Tài chính", "31/12/2020"),
    ("5", "Tham mưu quy chế", "Công an", "30/6/2020"),
)
HEADER = (("TT", "Nhiệm vụ", "Cơ quan chủ", "Thời gian"), ("", "", "trì", "hoàn thành"))


def table_line(cells: tuple[str, ...], base: float) -> list[Piece]:
    """Set the cells of a table's line side by side."""
    return [piece(text, left=x, base=base) for text, x in zip(cells, COLUMNS, strict=True) if text]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([[cells] for cells in FIRST], id="dates in one place are not the number of the page"),
        pytest.param([[FIRST[0]], [FIRST[0]]], id="a row that another has the lead and the time of"),
        pytest.param([[*HEADER, cells] for cells in FIRST], id="a header of two lines, repeated"),
        pytest.param([["1. Sở Y tế báo cáo."], ["2. Sở Y tế báo cáo."]], id="items of the same words"),
        pytest.param([["Trước 01/5 báo cáo"], ["Trước 02/5 báo cáo"]], id="days that count as the pages do"),
    ],
)
def test_what_only_looks_alike_is_kept(lines: list[list[tuple[str, ...] | str]]) -> None:
    """The first line of a page is a running head only where all of it stands on the other pages too."""
    pages = [
        page_of(
            *(
                one
                for row, line in enumerate(page)
                for one in (
                    [piece(line, base=800 - 15 * row)]
                    if isinstance(line, str)
                    else table_line((f"{line[0]}{n}", *line[1:]) if line in FIRST else line, 800 - 15 * row)
                )
            ),
            piece(f"Nội dung {n}.", base=500),
        )
        for n, page in enumerate(lines)
    ]

    assert without_running_lines(pages) == (pages, [])


def test_the_number_of_a_page_may_stand_in_its_head() -> None:
    """Pages are counted from the cover or after it, beside other words of the head."""
    pages = [
        page_of(
            piece("Báo cáo năm 2020", base=810),
            piece(f"Chương 1 – {n}", left=400, base=810),
            piece(f"Nội dung {n}.", base=500),
        )
        for n in (2, 3, 4)
    ]

    kept, dropped = without_running_lines(pages)

    assert [[each.text for each in page.pieces] for page in kept] == [[f"Nội dung {n}."] for n in (2, 3, 4)]
    assert dropped[0] == "Báo cáo năm 2020"


def test_a_year_left_alone_on_the_last_line_is_no_page_number() -> None:
    """A short number at the left edge ends a sentence."""
    last = piece("20", base=60)

    assert read(page_of(*BODY, full("thực hiện trong năm 20", 78), last))[-1].endswith("trong năm 20 20")


def test_columns_of_a_letterhead_are_kept_apart() -> None:
    """The left column is read to its end before the right one, although their lines stand side by side."""
    head = page_of(
        piece("UBND TỈNH A", left=100, base=780),
        piece("CỘNG HÒA XÃ HỘI", left=330, base=780),
        piece("Số: 1/UBND-KT", left=98, base=760),
        piece("Độc lập - Tự do", left=330, base=760),
        piece("V/v báo cáo kết quả", left=80, base=742),
        piece("A, ngày 01 tháng 01 năm 2020", left=290, base=742),
        piece("quý một", left=115, base=724),
        *(full(each.text, each.base - 60, left=each.left) for each in BODY),
    )

    assert read(head)[:6] == [
        "UBND TỈNH A",
        "Số: 1/UBND-KT",
        "V/v báo cáo kết quả quý một",
        "CỘNG HÒA XÃ HỘI",
        "Độc lập - Tự do",
        "A, ngày 01 tháng 01 năm 2020",
    ]


def test_a_number_far_from_its_words_stays_with_them() -> None:
    """The mark of an item set at a tab is no column."""
    lines = read(page_of(piece("1.", base=500), piece("Sở Công Thương báo cáo.", left=LEFT + 60, base=500)))

    assert lines == ["1. Sở Công Thương báo cáo."]


def test_a_ruled_table_is_read_row_by_row() -> None:
    """Cells whose words fill several lines stay whole."""
    uprights = tuple(Ruling(x, x, 400, 520) for x in (80, 120, 300, 500))
    levels = tuple(Ruling(80, 500, y, y) for y in (400, 440, 480, 520))
    rows = [
        ("STT", 85, 500), ("Nhiệm vụ", 130, 500), ("Chủ trì", 310, 500),
        ("1", 85, 465), ("Rà soát", 130, 465), ("quy hoạch", 130, 450), ("Sở A", 310, 465),
        ("2", 85, 420), ("Báo cáo", 130, 420), ("Sở B", 310, 420),
    ]  # fmt: skip
    pieces = [piece(text, left=x, base=y) for text, x, y in rows]

    assert read(
        page_of(piece("Phụ lục", base=600), *pieces, piece("Hết.", base=300), rulings=uprights + levels)
    ) == [
        "Phụ lục",
        "STT | Nhiệm vụ | Chủ trì",
        "1 | Rà soát quy hoạch | Sở A",
        "2 | Báo cáo | Sở B",
        "Hết.",
    ]


@pytest.mark.parametrize(
    ("line", "following", "whole"),
    [
        ("Văn bản số 606/UBND-", "KT1 ngày", "Văn bản số 606/UBND-KT1 ngày"),
        ("trước ngày 09/", "4/2020", "trước ngày 09/4/2020"),
        ("Độc lập -", "Tự do", "Độc lập - Tự do"),
        ("thực hiện", "việc", "thực hiện việc"),
    ],
)
def test_numbers_broken_at_a_hyphen_are_made_whole(line: str, following: str, whole: str) -> None:
    """A document's number or a date broken over two lines gets no space."""
    assert whole == line + gap(line, following) + following
