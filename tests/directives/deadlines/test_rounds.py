"""Duties that come round."""

from typing import Final

import pytest

from directives.model import Interval
from tests.directives.deadlines.reading import RECURRING, Read, marked, read

ROUNDS: Final = [
    ("«Định kỳ ngày 25 hàng tháng»", Interval.MONTH, False),
    ("«trước ngày 20 hằng tháng»", Interval.MONTH, True),
    ("«trước ngày 15 tháng cuối quý»", Interval.QUARTER, True),
    ("«trước ngày 25 của tháng cuối mỗi quý»", Interval.QUARTER, True),
    ("«trước ngày 15/6 và 15/12 hàng năm»", Interval.HALF, True),
    ("«trước ngày 15/6 (6 tháng) và 15/12 (năm) hằng năm»", Interval.HALF, True),
    ("«trước ngày 20/6 và trước ngày 20/12 hằng năm»", Interval.HALF, True),
    ("«vào ngày 15/3, 15/6, 15/9 và 15/12 hàng năm»", Interval.QUARTER, False),
    ("«trước ngày 15 tháng 01 hàng năm»", Interval.YEAR, True),
    ("«trong tháng 6 hàng năm»", Interval.YEAR, False),
    ("«vào thứ năm hàng tuần»", Interval.WEEK, False),
    ("«vào sáng thứ Hai hàng tuần»", Interval.WEEK, False),
    ("«ngày 10 và 25 hàng tháng»", Interval.MONTH, False),
    ("«vào cuối mỗi quý»", Interval.QUARTER, False),
    ("«mỗi quý một lần»", Interval.QUARTER, False),
    ("«mỗi tuần 03 buổi»", Interval.WEEK, False),
    ("«mỗi ngày 02 lượt»", Interval.DAY, False),
    ("«ba ngày một lần»", Interval.DAY, False),
    ("«02 lần/tuần»", Interval.WEEK, False),
    ("«6 tháng/lần»", Interval.HALF, False),
    ("«03 giờ một lần»", Interval.DAY, False),
    ("«15 ngày một lần»", Interval.WEEK, False),
    ("«Định kỳ vào ngày làm việc cuối cùng của mỗi tháng»", Interval.MONTH, False),
    ("«Định kỳ vào ngày 25 hàng tháng»", Interval.MONTH, False),
    ("«Hằng quý, chậm nhất vào ngày 10 của tháng đầu quý sau»", Interval.QUARTER, False),
    ("«Hằng tháng, chậm nhất là ngày 05 tháng sau»", Interval.MONTH, False),
    ("«trước thứ Năm hàng tuần»", Interval.WEEK, False),
    ("«thứ Năm tuần thứ hai hàng tháng»", Interval.MONTH, False),
    ("«chậm nhất ngày mùng 5 hàng tháng»", Interval.MONTH, False),
    ("«Hàng tuần, trước thứ Sáu»", Interval.WEEK, False),
    ("«Định kỳ hằng quý, 6 tháng, năm»", Interval.QUARTER, False),
    ("«Định kỳ hàng tháng, quý»", Interval.MONTH, False),
    ("«định kỳ 6 tháng, năm»", Interval.HALF, False),
    ("«hằng tháng (trước ngày 25)»", Interval.MONTH, True),
    ("«Hàng năm, trước ngày 15/12»", Interval.YEAR, True),
    ("«trước 01 ngày tổ chức phiên họp thường kỳ hằng tháng của UBND tỉnh»", Interval.MONTH, False),
]


@pytest.mark.parametrize(("sentence", "every", "exclusive"), ROUNDS, ids=[case[0] for case in ROUNDS])
def test_recurring(sentence: str, every: Interval, exclusive: bool) -> None:
    """A duty that comes round has its shortest interval and no day of its own."""
    text, stretches = marked(f"- {sentence} báo cáo UBND tỉnh.")

    assert read(text) == [Read(stretches[0], RECURRING, None, exclusive, every)]


def test_each_period_with_its_day() -> None:
    """A list of periods, each with its day in brackets, is a list of recurring deadlines."""
    sentence = (
        "định kỳ hằng quý (trước ngày 20 tháng cuối quý), 6 tháng (trước ngày 20/6), năm (trước ngày 20/12)."
    )
    found = read(f"Báo cáo {sentence}")

    assert [one.every for one in found] == [Interval.QUARTER, Interval.HALF, Interval.YEAR]
    assert all(one.exclusive for one in found)


def test_two_daily_hours() -> None:
    """Of two hours neither is the hour, and the day stays in."""
    assert read("Báo cáo trước 07 giờ 00 và 15 giờ 00 hàng ngày.") == [
        Read("trước 07 giờ 00 và 15 giờ 00 hàng ngày", RECURRING, None, False, Interval.DAY)
    ]


def test_daily_hour_behind_its_period() -> None:
    """«hàng ngày trước 15h» is one deadline, whatever follows."""
    assert read("Hàng ngày trước 15h gửi số liệu.") == [
        Read("Hàng ngày trước 15h", RECURRING, None, False, Interval.DAY, "15:00")
    ]


def test_daily_hour() -> None:
    """An hour of every day keeps the hour."""
    assert read("Báo cáo nhanh về Sở Y tế trước 15h00 hàng ngày.") == [
        Read("trước 15h00 hàng ngày", RECURRING, None, False, Interval.DAY, "15:00")
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(
            "Định kỳ hàng tháng báo cáo UBND tỉnh trước ngày 25.",
            [Read("trước ngày 25", RECURRING, None, True, Interval.MONTH)],
            id="the period at the head of the clause",
        ),
        pytest.param(
            "Trước ngày 25 báo cáo định kỳ hàng tháng về Sở Nội vụ.",
            [Read("Trước ngày 25", RECURRING, None, True, Interval.MONTH)],
            id="the period at its end",
        ),
        pytest.param(
            "Hàng năm báo cáo kết quả trước ngày 15/01 năm sau.",
            [Read("trước ngày 15/01 năm sau", RECURRING, None, True, Interval.YEAR)],
            id="a day of the next year",
        ),
        pytest.param(
            "Gửi báo cáo hằng quý về Sở Y tế trước ngày 20 tháng cuối quý.",
            [Read("trước ngày 20 tháng cuối quý", RECURRING, None, True, Interval.QUARTER)],
            id="a day of the quarter",
        ),
    ],
)
def test_period_and_day_are_one_deadline(sentence: str, expected: list[Read]) -> None:
    """A period and its day, apart in one clause, make one recurring deadline."""
    assert read(sentence) == expected
