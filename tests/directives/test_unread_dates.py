"""Dates mistyped or seldom so written: read, or put before a person; never lost, never another day."""

from datetime import date
from typing import Final

import pytest

from directives.parse import parse
from tests.directives.test_dates_of_work import LETTERHEAD

MISTYPED: Final = (
    "trước ngày 1O/7/2020",
    "trước ngày 10/7/2920",
    "trước ngày 10/7/220",
    "đến hết ngày l5/7/2020",
    "chậm nhất ngày 15/O7/2020",
    "chậm nhất là ngày 15.7.2O20",
    "xong trước ngày 1O tháng 7 năm 2020",
    "hạn chót: ngày 15/7/20l9",
    "trước 1O/7/2020",
    "trước ngày l5",
)
READ: Final = {
    "trước ngày 2020-07-30": date(2020, 7, 30),
    "trước ngày ba mươi tháng bảy năm 2020": date(2020, 7, 30),
    "chậm nhất ngày hai mươi lăm tháng 7": date(2020, 7, 25),
    "trước ngày 15/7/20": date(2020, 7, 15),
}
NO_DATES: Final = ("đến 1.234.567 đồng", "trước ngày 25", "đến 500/600 hộ", "trước ngày 15 tháng cuối quý")


@pytest.mark.parametrize("words", MISTYPED)
def test_mistyped_date_is_no_deadline_but_a_doubt(words: str) -> None:
    """No day is guessed; the doubt stands at the figures, and the task bears it."""
    parsed = parse(f"{LETTERHEAD}1. Sở Xây dựng báo cáo kết quả {words}.\n")

    [task] = parsed.tasks
    [doubt] = [doubt for doubt in parsed.doubts if doubt.code == "date-not-read"]
    assert (task.deadline, "date-not-read" in task.doubts) == (None, True)
    assert doubt.span is not None
    assert words.endswith(doubt.span.of(parsed.text))


@pytest.mark.parametrize("words", READ)
def test_rare_form_is_read(words: str) -> None:
    """The year first, or the day in words: dates all the same, and nothing to doubt."""
    parsed = parse(f"{LETTERHEAD}1. Sở Xây dựng báo cáo kết quả {words}.\n")

    [task] = parsed.tasks
    assert task.deadline is not None
    assert (task.deadline.text, task.deadline.stated, task.doubts) == (words, READ[words], ())


@pytest.mark.parametrize("words", NO_DATES)
def test_other_figures_are_no_mistyped_dates(words: str) -> None:
    """Sums, shares and days of a month give no doubt of this kind."""
    parsed = parse(f"{LETTERHEAD}1. Sở Xây dựng hỗ trợ {words}.\n")

    assert not [doubt for doubt in parsed.doubts if doubt.code == "date-not-read"]
