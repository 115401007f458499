"""The time column of a table."""

from datetime import date
from typing import Final

import pytest

from directives.deadlines import read_cell
from directives.model import Interval, Span

ISSUED: Final = date(2024, 3, 1)

CELLS: Final = [
    ("Quý II/2024", date(2024, 6, 30), None),
    ("15/11/2024", date(2024, 11, 15), None),
    ("(15/11/2024)", date(2024, 11, 15), None),
    ("31/12", date(2024, 12, 31), None),
    ("Trước 30/6", date(2024, 6, 30), None),
    ("Hoàn thành trước 30/6/2024", date(2024, 6, 30), None),
    ("Tháng 5 - 6/2024", date(2024, 6, 30), None),
    ("Quý I, II/2024", date(2024, 6, 30), None),
    ("Quý II/2024 - Quý IV/2024", date(2024, 12, 31), None),
    ("Từ quý II đến hết quý IV/2024", date(2024, 12, 31), None),
    ("Quý III/2024 và các năm tiếp theo", date(2024, 9, 30), None),
    ("6 tháng đầu năm 2024", date(2024, 6, 30), None),
    ("Cuối năm 2024", date(2024, 12, 31), None),
    ("Năm 2024", date(2024, 12, 31), None),
    ("2024", date(2024, 12, 31), None),
    ("2024-2025", date(2025, 12, 31), None),
    ("Đến hết năm 2025", date(2025, 12, 31), None),
    ("30 ngày kể từ ngày ký", date(2024, 3, 31), None),
    ("Tháng 12 hằng năm", None, Interval.YEAR),
    ("Hàng năm", None, Interval.YEAR),
    ("Tháng, quý, năm", None, Interval.MONTH),
    ("Định kỳ hàng quý, năm", None, Interval.QUARTER),
    ("Ngày 15 hàng tháng", None, Interval.MONTH),
    ("Tháng 6, tháng 12 hàng năm", None, Interval.HALF),
]


@pytest.mark.parametrize(("cell", "stated", "every"), CELLS, ids=[case[0] for case in CELLS])
def test_cell(cell: str, stated: date | None, every: Interval | None) -> None:
    """A cell states its time bare or with a preposition; a range ends with its last item."""
    found = read_cell(cell, issued_on=ISSUED)

    assert found is not None
    assert (stated, every) == (found.stated, found.every)


@pytest.mark.parametrize("cell", ["Thường xuyên", "Theo tiến độ", "", "Khi có yêu cầu", "-", "Sở Tài chính"])
def test_cell_without_a_time(cell: str) -> None:
    """«Thường xuyên» and the like are no deadline."""
    assert read_cell(cell, issued_on=ISSUED) is None


def test_cell_inside_a_row() -> None:
    """The span of a cell's deadline points into the whole text."""
    row = "1 | Rà soát | Sở Y tế | Quý II/2024 |"
    start = row.index("Quý")
    found = read_cell(row, Span(start, start + len("Quý II/2024")), issued_on=ISSUED)

    assert found is not None
    assert found.span.of(row) == "Quý II/2024"


def test_session_in_a_cell_is_no_middle_of_the_year() -> None:
    """«Kỳ họp giữa năm» is a session whose date is not in the text, never 30 June."""
    found = read_cell("Kỳ họp giữa năm", issued_on=ISSUED)

    assert found is not None
    assert (found.text, found.kind, found.stated) == ("Kỳ họp giữa năm", "relative", None)
