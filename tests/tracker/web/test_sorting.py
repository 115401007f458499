"""Vietnamese order."""

from itertools import pairwise

from tracker.web.sorting import vietnamese

IN_ORDER = (
    "Sở Công Thương",
    "Sở Giáo dục",
    "Sở Tài chính",
    "UBND huyện Can Lộc",
    "UBND huyện Cẩm Xuyên",
    "UBND huyện Đức Thọ",
    "UBND huyện Hương Khê",
    "UBND huyện Kỳ Anh",
    "UBND huyện Thạch Hà",
)


def test_names_come_in_the_order_of_the_alphabet() -> None:
    """The letter đ stands after d, â after a, and a tone decides only between equal letters."""
    assert sorted({*IN_ORDER}, key=vietnamese) == list(IN_ORDER)


def test_tones_decide_last_and_in_their_order() -> None:
    """ma, mà, mả, mã, má, mạ; then mac, whose letters differ."""
    words = ("ma", "mà", "mả", "mã", "má", "mạ", "mac", "mă", "mâ", "mb")

    assert all(vietnamese(one) < vietnamese(other) for one, other in pairwise(words))
