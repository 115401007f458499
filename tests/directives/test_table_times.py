"""Times in tables: in shorthand, in columns with odd headers, and never lost without a doubt."""

from datetime import date

import pytest

from directives.deadlines import read_cell
from directives.deadlines.shorthand import FORMS, written_out
from directives.model import ParsedDirective
from directives.parse import parse
from directives.table_units import HEADERS, unit_of

HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH HÀ TĨNH\nSố: 77/TB-UBND\nHà Tĩnh, ngày 03 tháng 4 năm 2020\nTHÔNG BÁO\n"
    "Kết luận của Chủ tịch UBND tỉnh\nChủ tịch kết luận như sau:\nPHỤ LỤC\n"
)


def read(*rows: str, header: str = "TT | Nhiệm vụ | Chủ trì | Thời hạn") -> ParsedDirective:
    """Read a notice with a table in its annex."""
    return parse(HEAD + "\n".join((header, *rows)))


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("12/2020", date(2020, 12, 31)),
        ("12-2020", date(2020, 12, 31)),
        ("T6/2020", date(2020, 6, 30)),
        ("hết T9", date(2020, 9, 30)),
        ("T.12", date(2020, 12, 31)),
        ("Dec-20", date(2020, 12, 31)),
        ("30-Jun-20", date(2020, 6, 30)),
        ("Sep 2020", date(2020, 9, 30)),
        ("IV/2020", date(2020, 12, 31)),
        ("Q.III/2020", date(2020, 9, 30)),
        ("Quý 3+4/2020", date(2020, 12, 31)),
        ("Quý III, 4/2020", date(2020, 12, 31)),
        ("01/2021-03/2021", date(2021, 3, 31)),
        ("Tháng 01/2021 - 03/2021", date(2021, 3, 31)),
        ("2020/12/31", date(2020, 12, 31)),
    ],
)
def test_times_in_shorthand_are_read(cell: str, day: date) -> None:
    """A cell for times is read as people note them, and keeps their words."""
    deadline = read_cell(cell, issued_on=date(2020, 4, 3))

    assert deadline is not None
    assert (deadline.text, deadline.stated) == (cell, day)
    assert deadline.explain.startswith(f"«{cell}»")


@pytest.mark.parametrize(
    "cell",
    ["trước ngày 12/10/2020", "kỳ 1/2020", "T6 hằng tuần", "tháng 12/2020", "số 12/2020", "quý iv/2020"],
)
def test_what_says_itself_what_it_is_stays_as_it_is(cell: str) -> None:
    """Only what stands without its noun is written out."""
    assert written_out(cell.lower()) == cell.lower()


@pytest.mark.parametrize("example", [example for *_, example in FORMS])
def test_every_form_of_shorthand_has_an_example(example: str) -> None:
    """Its example is written out, and once is enough."""
    full = written_out(example.lower())

    assert full != example.lower()
    assert written_out(full) == full


@pytest.mark.parametrize(
    ("cell", "doubts"),
    [
        ("10 ngày", ("time-not-read",)),
        ("HT", ("time-not-read",)),
        ("44196", ("time-not-read",)),
        ("?", ("time-not-read",)),
        ("#?", ("time-not-read",)),
        ("Theo kế hoạch", ("time-not-read",)),
        ("15/12/2020 (sơ kết), 15/12/2021 (tổng kết)", ("several-times",)),
        ("Thường xuyên", ()),
        ("-", ()),
        ("", ()),
        ("31/12/2020", ()),
    ],
)
def test_no_time_is_lost_without_a_doubt(cell: str, doubts: tuple[str, ...]) -> None:
    """A filled cell that gives no deadline, or only one of two, is a doubt of its task."""
    (task,) = read(f"1 | Xây dựng kế hoạch A | Sở Y tế | {cell}").tasks

    assert task.doubts == doubts


@pytest.mark.parametrize(
    ("header", "doubts"),
    [
        ("Deadline", ()),
        ("Ngày", ()),
        ("Quý", ()),
        ("T.gian HT", ("time-column-assumed",)),
        ("TGHT", ("time-column-assumed",)),
    ],
)
def test_a_column_of_times_is_found_under_any_header(header: str, doubts: tuple[str, ...]) -> None:
    """Where nobody knows the header its cells tell, and the task says that they did."""
    (task,) = read(
        "1 | Xây dựng kế hoạch A | Sở Y tế | 30/6/2020", header=f"TT | Nhiệm vụ | Chủ trì | {header}"
    ).tasks

    assert task.deadline is not None
    assert (task.deadline.stated, task.doubts) == (date(2020, 6, 30), doubts)


def test_a_bare_date_beside_the_number_of_a_document_is_no_deadline() -> None:
    """«Ngày» is then that of the document."""
    (task,) = read(
        "1 | 12/KH-UBND | 30/6/2020 | Xây dựng kế hoạch A | Sở Y tế",
        header="TT | Số ký hiệu | Ngày | Nhiệm vụ | Chủ trì",
    ).tasks

    assert task.deadline is None


@pytest.mark.parametrize("lead", ["", "-", "?"])
def test_a_row_without_a_lead_is_a_doubt(lead: str) -> None:
    """Work with a date that nobody leads is no task, but somebody is told, and shown where."""
    row = f"1 | Xây dựng kế hoạch A | {lead} | 30/6/2020"
    parsed = read(row, "2 | Xây dựng kế hoạch B | Sở Nội vụ | 30/7/2020")

    found = [(doubt.code, doubt.span.of(parsed.text)) for doubt in parsed.doubts if doubt.span]
    assert found == [("row-without-lead", row)]
    assert len(parsed.tasks) == 1


@pytest.mark.parametrize(
    ("header", "cell", "day"),
    [
        ("Quý", "2", date(2020, 6, 30)),
        ("Quý", "III", date(2020, 9, 30)),
        ("Quý", "2/2021", date(2021, 6, 30)),  # not February
        ("Quý", "2-3", date(2020, 9, 30)),
        ("Quý", "2, 3", date(2020, 9, 30)),
        ("Quý", "15/7/2020", date(2020, 7, 15)),
        ("Quý/năm", "4", date(2020, 12, 31)),
        ("Quý (2021)", "1", date(2021, 3, 31)),
        ("Quý/2021", "1", date(2021, 3, 31)),
        ("Quý hoàn thành", "3", date(2020, 9, 30)),
        ("Thời gian (quý)", "4", date(2020, 12, 31)),
        ("Hạn hoàn thành theo quý", "4", date(2020, 12, 31)),
        ("Tháng", "11", date(2020, 11, 30)),
        ("Tháng", "6/2021", date(2021, 6, 30)),
        ("Tháng hoàn thành", "9", date(2020, 9, 30)),
        ("Thời hạn (tháng/năm)", "9", date(2020, 9, 30)),
        ("Năm", "2021", date(2021, 12, 31)),
        ("Quý | Năm", "2 | 2021", date(2021, 6, 30)),
        ("Năm | Quý", "2021 | 2", date(2021, 6, 30)),
        ("Quý | Năm", " | 2021", date(2021, 12, 31)),
        ("Quý | Năm", "3 | ", date(2020, 9, 30)),
        ("Tháng | Năm", "6 | 2021", date(2021, 6, 30)),
        ("Ngày | Tháng | Năm", "15 | 6 | 2021", date(2021, 6, 15)),
        ("Ngày | Tháng", "15 | 6", date(2020, 6, 15)),
        ("Thời hạn (quý) | Năm", "2 | 2021", date(2021, 6, 30)),
        ("Thời hạn | ", "Quý | 2", date(2020, 6, 30)),
        ("Thời hạn | ", "Quý 2 | 2021", date(2021, 6, 30)),
        ("Thời hạn | Thời hạn", "Tháng 6 | năm 2021", date(2021, 6, 30)),
    ],
)
def test_a_number_takes_its_unit_from_the_header(header: str, cell: str, day: date) -> None:
    """«2» under «Quý» is the second quarter, of the year beside it or of the document; nothing is unsure."""
    (task,) = read(
        f"1 | Xây dựng kế hoạch A | Sở Y tế | {cell}", header=f"TT | Nhiệm vụ | Chủ trì | {header}"
    ).tasks

    assert task.deadline is not None
    assert (task.deadline.stated, task.doubts, task.deadline.doubts) == (day, (), ())


def test_a_header_of_two_rows_gives_the_unit() -> None:
    """«Thời gian hoàn thành» over «Quý» and «Năm»."""
    (task,) = read(
        " | | | Quý | Năm",
        "1 | Xây dựng kế hoạch A | Sở Y tế | 2 | 2021",
        header="TT | Nhiệm vụ | Chủ trì | Thời gian hoàn thành | ",
    ).tasks

    assert task.deadline is not None
    assert task.deadline.stated == date(2021, 6, 30)
    assert task.deadline.text == "2 | 2021"
    assert task.deadline.explain.startswith("«2 | 2021» ở cột «Quý», «Năm»: hạn cuối là hết ngày 30/6/2021")


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Ngày", "15"),
        ("Thời gian (tháng)", "6"),
        ("Thời gian thực hiện (ngày)", "30"),
        ("Quý", "5"),
        ("Tháng", "13"),
        ("Tháng/Quý", "2"),
        ("Thời hạn", "2"),
        ("Năm", "2"),
        ("Thời hạn | ", "Quý | 7"),
    ],
)
def test_a_number_that_may_be_a_length_of_time_stays_a_doubt(header: str, cell: str) -> None:
    """Six under «Thời gian (tháng)» may be June or half a year; a fifth quarter is a slip."""
    (task,) = read(
        f"1 | Xây dựng kế hoạch A | Sở Y tế | {cell}", header=f"TT | Nhiệm vụ | Chủ trì | {header}"
    ).tasks

    assert (task.deadline, task.doubts) == (None, ("time-not-read",))


def test_a_quarter_of_a_year_that_nobody_knows_keeps_its_doubt() -> None:
    """Without a year in the row, the header or the document the day stays open."""
    undated = HEAD.replace("ngày 03 tháng 4 năm 2020", "ngày    tháng    năm")
    (task,) = parse(undated + "TT | Nhiệm vụ | Chủ trì | Quý\n1 | Xây dựng kế hoạch A | Sở Y tế | 2").tasks

    assert task.deadline is not None
    assert (task.deadline.stated, task.deadline.doubts) == (None, ("year-unknown",))


@pytest.mark.parametrize("example", [example for _, example in HEADERS])
def test_every_header_of_a_unit_has_an_example(example: str) -> None:
    """Its example says a unit."""
    assert unit_of(example) is not None


def test_repeated_quarters_are_those_above() -> None:
    """«nt» under «Quý» stands for the whole time of the row above."""
    tasks = read(
        "1 | Xây dựng kế hoạch A | Sở Y tế | 2 | 2021",
        "2 | Xây dựng kế hoạch B | Sở Nội vụ | nt | nt",
        header="TT | Nhiệm vụ | Chủ trì | Quý | Năm",
    ).tasks

    assert [task.deadline and task.deadline.stated for task in tasks] == [date(2021, 6, 30)] * 2
