"""The table of marks proves itself by its examples."""

import pytest

from directives.markers import ROWS, MarkerRow, rank_of, read_mark

EXAMPLES = [
    pytest.param(row, line, label, id=f"{row.family}: {line}") for row in ROWS for line, label in row.examples
]
NO_MARKS = [
    "15/9/2020, Sở Y tế báo cáo",
    "2020. Đây là năm trước",
    "1.846 tỷ đồng được giải ngân",
    "1.5 tỷ đồng từ ngân sách",
    "Thứ Ba, 09/7/2024 10:20",
    "Thứ Hai, ngày 15/7",
    "V/v tăng cường quản lý",
    "UBND tỉnh yêu cầu",
    "50% số hộ",
    "",
]
RANKS = [
    ("3", 3),
    ("1.2", 2),
    ("Điều 4", 4),
    ("IV", 4),
    ("XIX", 19),
    ("B", 2),
    ("đ", 5),
    ("Thứ ba", 3),
    ("Hai", 2),
]


@pytest.mark.parametrize(("row", "line", "label"), EXAMPLES)
def test_each_row_reads_its_own_examples(row: MarkerRow, line: str, label: str) -> None:
    """An example is claimed by its own row, the first that fits."""
    mark = read_mark(line, 0, len(line))

    assert mark is not None
    assert (row.family, label) == (mark.family, mark.label)


@pytest.mark.parametrize("line", NO_MARKS, ids=[line or "nothing" for line in NO_MARKS])
def test_numbers_and_dates_open_no_item(line: str) -> None:
    """A figure, a day or a weekday at the head of a line is no mark."""
    assert read_mark(line, 0, len(line)) is None


@pytest.mark.parametrize(("label", "rank"), RANKS, ids=[label for label, _ in RANKS])
def test_labels_count(label: str, rank: int) -> None:
    """Labels of every family have a place in their order."""
    assert rank == rank_of(label)


def test_bullets_add_nothing_to_a_path() -> None:
    """Only bullets stay out of the path of an item."""
    assert {row.family for row in ROWS if not row.in_path} == {"dash", "plus", "bullet"}
