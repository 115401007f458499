"""Workbooks: rows as the tables of any file, days as days."""

import pytest

from directives.parse import parse
from directives.readers import UnreadableDocument, read_bytes
from directives.readers.cell_values import NumberFormat, Style, format_of_code, style_of
from tests.directives.readers.sheets_of_cells import book, cell

HEAD = [cell("STT"), cell("Nhiệm vụ"), cell("Cơ quan chủ trì"), cell("Thời hạn")]


def lines(*rows: list[str], merged: tuple[str, ...] = (), **sheets: str) -> list[str]:
    """Read a workbook of these rows."""
    return read_bytes(book(rows, merged=merged, **sheets)).text.rstrip("\n").split("\n")


def test_a_table_stands_between_its_title_and_its_signature() -> None:
    """What is no row of the table has no bars; columns of a letterhead stay apart."""
    assert lines(
        [cell("UBND TỈNH HÀ TĨNH"), "", "", cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")],
        [cell("PHỤ LỤC")],
        HEAD,
        [cell(1), cell("Báo cáo\nkết quả"), cell("Sở Y tế"), cell(43930, style=1)],
        [cell(2), cell("Lập kế hoạch"), cell("Sở Công Thương"), cell("Quý II/2020")],
        ["", "", "", cell("CHỦ TỊCH")],
    ) == [
        "UBND TỈNH HÀ TĨNH    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "PHỤ LỤC",
        "STT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn",
        "1 | Báo cáo kết quả | Sở Y tế | 09/04/2020",
        "2 | Lập kế hoạch | Sở Công Thương | Quý II/2020",
        "CHỦ TỊCH",
    ]


def test_the_rows_of_an_annex_are_tasks() -> None:
    """An annex sent as a workbook is read like one in a document."""
    raw = book([HEAD, [cell(1), cell("Báo cáo kết quả"), cell("Sở Y tế"), cell(43930, style=1)]])
    (task,) = parse(read_bytes(raw).text).tasks

    assert ([lead.name for lead in task.leads], task.deadline and task.deadline.text) == (
        ["Sở Y tế"],
        "09/04/2020",
    )


def test_what_is_merged_downwards_stands_in_each_row() -> None:
    """One lead for two tasks is the lead of both."""
    assert lines(
        HEAD,
        [cell(1), cell("Một"), cell("Sở Y tế"), cell("2020")],
        [cell(2), cell("Hai"), "", cell("2021")],
        merged=("C2:C3",),
    )[1:] == ["1 | Một | Sở Y tế | 2020", "2 | Hai | Sở Y tế | 2021"]


def test_places_are_sheets_and_rows() -> None:
    """A reviewer is shown the sheet and the row."""
    raw = read_bytes(
        book([[cell("a")], [], [cell("b")]], Two=f"<sheetData><row>{cell('c') % ''}</row></sheetData>")
    )

    assert (raw.text, raw.pages) == ("a\nb\nc\n", 2) or (raw.text, raw.pages) == ("a\nb\nc", 2)
    assert [
        (each.place.page, each.place.paragraph) for each in raw.stretches if each.span.of(raw.text).strip()
    ] == [
        (1, 1),
        (1, 3),
        (2, 1),
    ]


def test_a_hidden_sheet_is_left_out() -> None:
    """What a reader of the workbook does not see is no part of its text."""
    assert lines([cell("a")], hidden=f"<sheetData><row>{cell('b') % ''}</row></sheetData>") == ["a"]


def test_a_stamp_in_a_sheet_s_head_is_seen() -> None:
    """Running heads are no text, but they may bear a stamp."""
    with pytest.raises(UnreadableDocument) as refusal:
        lines(
            [cell("a")], Two="<sheetData/><headerFooter><oddHeader>&amp;CTỐI MẬT</oddHeader></headerFooter>"
        )

    assert refusal.value.code == "secret"


@pytest.mark.parametrize(
    ("stored", "style", "shown"),
    [
        pytest.param(12, 0, "12", id="whole"),
        pytest.param(1.25, 0, "1.25", id="part"),
        pytest.param(43930, 1, "09/04/2020", id="day"),
        pytest.param(43930, 2, "04/2020", id="month"),
        pytest.param(0.05, 3, "5%", id="percent"),
        pytest.param(43930.5, 4, "09/04/2020 12:00", id="moment"),
        pytest.param(9e9, 1, "9000000000", id="no day"),
    ],
)
def test_a_number_is_shown_as_the_sheet_shows_it(stored: float, style: int, shown: str) -> None:
    """Days are stored as numbers; the format tells."""
    assert [shown] == lines([cell(stored, style=style)])


@pytest.mark.parametrize(
    ("code", "style"),
    [
        ("dd/mm/yyyy", Style.DAY),
        ('[$-42A]d "tháng" m "năm" yyyy', Style.DAY),
        ("mm/yyyy", Style.MONTH),
        ("yyyy", Style.YEAR),
        ("h:mm", Style.TIME),
        ("dd/mm/yyyy hh:mm", Style.MOMENT),
        ("#,##0.00", Style.NUMBER),
        ('0 "đ"', Style.NUMBER),
        ("General", Style.NUMBER),
        ("0.0%", Style.PERCENT),
        ("[Red]#,##0;[Blue]d", Style.NUMBER),
    ],
)
def test_a_format_tells_a_day_from_a_number(code: str, style: Style) -> None:
    """Words in quotes and colours in brackets are no part of the pattern."""
    assert style == style_of(code)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('"Quý "0', NumberFormat(Style.NUMBER, before="Quý ")),
        ('0" ngày"', NumberFormat(Style.NUMBER, after=" ngày")),
        (r"\Q0\/yy", NumberFormat(Style.YEAR)),
        ("#,##0", NumberFormat()),
        ('"Không"', NumberFormat()),
        ("dd/mm/yyyy", NumberFormat(Style.DAY)),
    ],
)
def test_the_words_of_a_format_are_shown_around_the_number(code: str, shown: NumberFormat) -> None:
    """A quarter kept as the number 4 is read «Quý 4»."""
    assert format_of_code(code) == shown


@pytest.mark.parametrize(
    "bare",
    ['<c s="1" %s><f>DATE(2020,12,31)</f></c>', '<c t="e" %s><f>A1</f><v>#REF!</v></c>'],
    ids=["not calculated", "failed"],
)
def test_a_formula_without_a_value_is_a_doubt(bare: str) -> None:
    """What nobody calculated is not empty: its task asks for a look at the sheet."""
    header = [cell(words) for words in ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn")]
    row = [cell(words) for words in ("1", "Xây dựng kế hoạch A", "Sở Y tế")]
    (task,) = parse(read_bytes(book([header, [*row, bare]])).text).tasks

    assert task.doubts == ("time-not-read",)
