"""On which days a duty comes round, by its words."""

from typing import Final

import pytest

from directives.deadlines.cell import read_cell
from directives.deadlines.rounds import Edge, Round, round_of
from directives.model import Interval

LAST: Final = "BYMONTHDAY=28,29,30,31;BYSETPOS=-1"
READ: Final = {
    "ngày 25 hàng tháng": ("FREQ=MONTHLY;BYMONTHDAY=25",),
    "định kỳ hàng tháng, trước ngày 25": ("FREQ=MONTHLY;BYMONTHDAY=25",),
    "ngày 10 và 25 hàng tháng": ("FREQ=MONTHLY;BYMONTHDAY=10", "FREQ=MONTHLY;BYMONTHDAY=25"),
    "ngày 05 của tháng tiếp theo": ("FREQ=MONTHLY;BYMONTHDAY=5",),
    "ngày 31 hàng tháng": (f"FREQ=MONTHLY;{LAST}",),
    "17 giờ ngày 25 hàng tháng": ("FREQ=MONTHLY;BYMONTHDAY=25",),
    "thứ Năm tuần thứ hai hàng tháng": ("FREQ=MONTHLY;BYDAY=+2TH",),
    "trước ngày 20 của tháng cuối quý": ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=20",),
    "ngày 05 tháng đầu quý sau": ("FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=5",),
    "hàng quý, trước ngày 05 của tháng sau": ("FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=5",),
    "cuối mỗi quý": (f"FREQ=MONTHLY;BYMONTH=3,6,9,12;{LAST}",),
    "ngày 15/6 và 15/12 hàng năm": (
        "FREQ=MONTHLY;BYMONTH=6;BYMONTHDAY=15",
        "FREQ=MONTHLY;BYMONTH=12;BYMONTHDAY=15",
    ),
    "định kỳ 6 tháng, trước ngày 20/6": (
        "FREQ=MONTHLY;BYMONTH=6;BYMONTHDAY=20",
        "FREQ=MONTHLY;BYMONTH=12;BYMONTHDAY=20",
    ),
    "ngày 20/12 hằng năm": ("FREQ=MONTHLY;BYMONTH=12;BYMONTHDAY=20",),
    "ngày 29/2 hàng năm": ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1",),
    "trong tháng 6 hàng năm": (f"FREQ=MONTHLY;BYMONTH=6;{LAST}",),
    "quý I hàng năm": (f"FREQ=MONTHLY;BYMONTH=3;{LAST}",),
    "vào thứ Sáu hàng tuần": ("FREQ=WEEKLY;BYDAY=FR",),
    "thứ Hai, thứ Năm hàng tuần": ("FREQ=WEEKLY;BYDAY=MO,TH",),
    "trước 15h00 hàng ngày": ("FREQ=DAILY",),
}
OPEN: Final = (
    "hàng tháng", "Định kỳ hằng quý, 6 tháng, năm", "6 tháng một lần", "mỗi tuần 03 buổi", "đầu hàng tháng",
    "15 ngày một lần", "ba ngày một lần", "hai năm một lần", "hàng quý, trước ngày 20",
)  # fmt: skip


def read(words: str) -> Round | None:
    """Read how often and on which days, as the words of a person are."""
    found = read_cell(words, issued_on=None)
    assert found is not None
    return round_of(words, found.every)


@pytest.mark.parametrize("words", READ)
def test_days_that_the_words_give(words: str) -> None:
    """Each wording becomes the rules that a calendar is filled from."""
    assert read(words) == Round(READ[words])


@pytest.mark.parametrize("words", OPEN)
def test_days_that_the_words_leave_open(words: str) -> None:
    """How often alone gives no day: a person is asked, nothing is invented."""
    assert read(words) is None


def test_the_last_working_day_is_looked_for_inside_its_period() -> None:
    """The rule names the month's end; the calendar moves it back to a working day."""
    assert read("ngày làm việc cuối cùng của mỗi tháng") == Round((f"FREQ=MONTHLY;{LAST}",), Edge.LAST)


def test_without_an_interval_there_is_no_round() -> None:
    """«định kỳ» alone says neither how often nor when."""
    assert round_of("định kỳ", None) is None


def test_days_that_no_month_has_are_not_read() -> None:
    """«ngày 32 hàng tháng» is a slip."""
    assert round_of("ngày 32 hàng tháng", Interval.MONTH) is None
