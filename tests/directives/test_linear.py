"""Time grows with the text, not with its square: four times the text takes about four times as long."""

import time
from collections.abc import Callable

import pytest

from directives.agencies import find_agencies
from directives.parse import parse

SMALL = 6_000
TIMES = 4
SLACK = 2.0  # a square would take four times this
UNITS = [
    "(",
    ")",
    "((",
    "[",
    "1",
    ".",
    " ",
    "\n",
    "a",
    "Đ",
    "- ",
    "1. ",
    "a) ",
    "\n\n3\n\n",
    "| ",
    "«",
    "…",
    "../",
    "trước ngày ",
    "trước ",
    "ngày 1 tháng ",
    "1/1/",
    "10/5/2020 ",
    "quý I, ",
    "trong ",
    "định kỳ hàng ",
    "kể từ ngày ",
    "17 giờ ",
    "đến hết ",
    "120/TB-UBND ",
    "Quyết định số ",
    "số 1/",
    "Căn cứ ",
    "ngày 01 tháng 01 năm ",
    "Sở, ",
    "các Sở: Y tế, ",
    "UBND các huyện, ",
    "HĐND, UBND, ",
    "Giám đốc ",
    "Sở\n",
    "các đơn vị liên quan ",
    "Công ty A và ",
    "UBND tỉnh (trừ ",
    "giao Sở Y tế báo cáo; ",
    "1. Sở Y tế: báo cáo trước ngày 10/5/2020.\n",
    "Sở Y tế chủ trì, phối hợp với ",
    "Giao Sở này và Sở này báo cáo. ",
    "trước ngày 25, ",
    "hàng tuần. Cục: ",
    "Kính gửi: ",
    "Nơi nhận:\n- ",
    "Điều 1. ",
    "Chi cục ",
    "Ban Chỉ đạo ",
    "Công an ",
    "Chi nhánh Công ty - ",
    "đồng chí Đoàn ",
    "ông Trần B, Giám đốc Sở Y tế, ",
    "Công ty 36 ",
    "các huyện, trừ huyện A, ",
    "hai Sở này ",
]


def seconds(job: Callable[[str], object], text: str, *, runs: int = 3) -> float:
    """Return the CPU time of the fastest of a few runs."""
    best = float("inf")
    for turn in range(runs):
        begun = time.process_time()
        job(text + " " * turn)  # another text each time: nothing is remembered
        best = min(best, time.process_time() - begun)
    return best


@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_reading_is_linear(unit: str) -> None:
    """Four times as many of anything takes at most eight times as long."""
    small = (unit * SMALL)[:SMALL]

    assert seconds(parse, small * TIMES) <= max(seconds(parse, small), 0.002) * TIMES * SLACK


@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_finding_agencies_is_linear(unit: str) -> None:
    """The scan for bodies alone is linear too."""
    small = (unit * SMALL)[:SMALL]

    assert seconds(find_agencies, small * TIMES) <= max(seconds(find_agencies, small), 0.002) * TIMES * SLACK


TANGLED = {
    "references that name two bodies": "Giao Sở Tài chính và Sở Y tế làm. "
    + "Giao Sở này và Sở này báo cáo. " * 40,
    "one role again and again": "1. các Sở: Nội vụ, Y tế; UBND tỉnh " + "chủ trì " * 80 + "các xã",
    "a start that never ends": "chậm nhất 05 ngày kể từ ngày " + "31/4/2013 " * 60,
}


@pytest.mark.parametrize("text", TANGLED.values(), ids=TANGLED)
def test_what_once_took_for_ever_is_read_at_once(text: str) -> None:
    """Found by fuzzing: each further word doubled the time."""
    assert seconds(parse, text, runs=1) < 1.0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("unit", "size"),
    [
        ("Sở Y tế báo cáo kết quả về UBND tỉnh trước ngày 10/5/2020.\n", 10_000_000),
        ("giao Sở Y tế chủ trì phối hợp với Sở Tài chính ", 1_000_000),
        ("(", 1_000_000),
        ("a", 1_000_000),
    ],
    ids=["ten megabytes", "one long line", "a million brackets", "one long word"],
)
def test_huge_texts_take_time_in_proportion(unit: str, size: int) -> None:
    """A huge text takes no more time for each character than a thousandth of it does, give or take."""
    whole = (unit * (size // len(unit) + 1))[:size]
    part = whole[: size // 50]

    assert seconds(parse, whole, runs=1) <= max(seconds(parse, part), 0.01) * 50 * SLACK
