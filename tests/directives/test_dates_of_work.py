"""Which task gets which date: wordings of the genre read with all that stands around them."""

from typing import Final

import pytest

from directives.parse import parse

LETTERHEAD: Final = """ỦY BAN NHÂN DÂN
TỈNH HÀ TĨNH
Số: 120/TB-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Tĩnh, ngày 03 tháng 4 năm 2020

THÔNG BÁO
Kết luận của Chủ tịch UBND tỉnh tại cuộc họp

Chủ tịch UBND tỉnh kết luận như sau:
"""

Dated = tuple[str, str | None, str | None]  # first words of the action, words of the date, its day or round

WORDINGS: Final[dict[str, tuple[str, list[Dated]]]] = {
    "cases left out": (
        "rà soát hồ sơ trước ngày 1/6/2020, trừ các trường hợp đã nghỉ hưu trước ngày 01/5/2020.",
        [("rà soát hồ sơ", "trước ngày 1/6/2020", "2020-06-01")],
    ),
    "persons with a past": (
        "rà soát chế độ của cán bộ đã nghỉ hưu trước ngày 01/5/2020.",
        [("rà soát chế độ của cán bộ", None, None)],
    ),
    "work given before": (
        "hoàn thành dự án đã được giao trước ngày 01/5/2020.",
        [("hoàn thành dự án", "trước ngày 01/5/2020", "2020-05-01")],
    ),
    "what is to be decided": (
        "trình UBND tỉnh để xem xét, quyết định triển khai thực hiện trong năm 2021.",
        [("trình UBND tỉnh để xem xét", None, None)],
    ),
    "decided within": (
        "tham mưu UBND tỉnh xem xét, quyết định trong tháng 5/2020.",
        [("tham mưu UBND tỉnh", "trong tháng 5/2020", "2020-05-31")],
    ),
    "what others hand in": (
        "rà soát hồ sơ do Sở Xây dựng gửi trước ngày 10/7/2020, trình UBND tỉnh trước 25/7/2020.",
        [("rà soát hồ sơ", "trước 25/7/2020", "2020-07-25")],
    ),
    "forbidden before": (
        "không thực hiện giải ngân trước ngày 15/7/2020.",
        [("không thực hiện giải ngân", None, None)],
    ),
    "of the thing, not of the work": (
        "kiểm tra công trình khởi công ngày 01/7/2020.",
        [("kiểm tra công trình", None, None)],
    ),
    "what is left over is cleared": (
        "giải quyết hồ sơ tồn đọng trước ngày 15/7/2020.",
        [("giải quyết hồ sơ tồn đọng", "trước ngày 15/7/2020", "2020-07-15")],
    ),
    "cut-off of figures": (
        "cập nhật số liệu đến 18h00 ngày 06/4/2020.",
        [("cập nhật số liệu", None, None)],
    ),
    "reports by their periods": (
        "báo cáo quý trước ngày 20 tháng cuối quý; báo cáo năm trước ngày 15/12.",
        [
            ("báo cáo quý", "trước ngày 20 tháng cuối quý", "quarter"),
            ("báo cáo năm", "trước ngày 15/12", "year"),
        ],
    ),
    "reports by their periods, the later one round": (
        "gửi báo cáo tháng trước ngày 25, báo cáo quý trước ngày 20 tháng cuối quý.",
        [
            ("gửi báo cáo tháng", "trước ngày 25", "month"),
            ("báo cáo quý", "trước ngày 20 tháng cuối quý", "quarter"),
        ],
    ),
    "one report": (
        "gửi báo cáo 6 tháng trước ngày 15/6.",
        [("gửi báo cáo 6 tháng", "trước ngày 15/6", "2020-06-15")],
    ),
    "weekday of every month": (
        "họp giao ban vào thứ Hai tuần đầu tiên của tháng.",
        [("họp giao ban", "vào thứ Hai tuần đầu tiên của tháng", "month")],
    ),
    "hạn chót:": (
        "rà soát hồ sơ; hạn chót: ngày 11/5.",
        [("rà soát hồ sơ", "hạn chót: ngày 11/5", "2020-05-11")],
    ),
    "hạn cuối là": (
        "rà soát hồ sơ; hạn cuối là ngày 11/5.",
        [("rà soát hồ sơ", "hạn cuối là ngày 11/5", "2020-05-11")],
    ),
    "hạn cuối behind a comma": (
        "rà soát hồ sơ, hạn cuối 11/5.",
        [("rà soát hồ sơ", "hạn cuối 11/5", "2020-05-11")],
    ),
    "thời hạn cuối cùng là": (
        "rà soát hồ sơ; thời hạn cuối cùng là 11/5/2020.",
        [("rà soát hồ sơ", "11/5/2020", "2020-05-11")],
    ),
    "chậm nhất alone": (
        "rà soát hồ sơ; chậm nhất ngày 11/5/2020.",
        [("rà soát hồ sơ", "chậm nhất ngày 11/5/2020", "2020-05-11")],
    ),
    "days after": (
        "kiểm tra các cơ sở; sau 15 ngày báo cáo UBND tỉnh.",
        [("kiểm tra các cơ sở", None, None), ("báo cáo UBND tỉnh", "sau 15 ngày", None)],
    ),
    "days ahead of an event": (
        "gửi hồ sơ trước khi trình UBND tỉnh 15 ngày.",
        [("gửi hồ sơ", "trước khi trình UBND tỉnh 15 ngày", None)],
    ),
    "period behind an object": (
        "trình đề án quý II-2020.",
        [("trình đề án", "quý II-2020", "2020-06-30")],
    ),
    "middle of a month behind an object": (
        "hoàn thành lắp máy giữa tháng 6/2020.",
        [("hoàn thành lắp máy", "giữa tháng 6/2020", "2020-06-15")],
    ),
    "end of a quarter behind an object": (
        "hoàn thành đề án cuối quý III.",
        [("hoàn thành đề án", "cuối quý III", "2020-09-30")],
    ),
    "done by a quarter": (
        "sửa xong trụ sở quý III/2020.",
        [("sửa xong trụ sở", "quý III/2020", "2020-09-30")],
    ),
    "period in brackets": (
        "sửa chữa trụ sở (quý III/2020).",
        [("sửa chữa trụ sở", "quý III/2020", "2020-09-30")],
    ),
    "a plan's own period": (
        "trình UBND tỉnh kế hoạch quý III/2020.",
        [("trình UBND tỉnh kế hoạch", None, None)],
    ),
    "a figure's own period": (
        "tổng hợp số liệu thu ngân sách (quý III/2020).",
        [("tổng hợp số liệu", None, None)],
    ),
}


@pytest.mark.parametrize(("words", "dated"), WORDINGS.values(), ids=WORDINGS)
def test_the_work_has_its_date(words: str, dated: list[Dated]) -> None:
    """Each task has the date that its words give it, and no other."""
    tasks = parse(f"{LETTERHEAD}1. Sở Nội vụ {words}").tasks

    assert dated == [
        (task.action[: len(action)], task.deadline and task.deadline.text, _when(task.deadline))
        for task, (action, *_) in zip(tasks, dated, strict=True)
    ]


def _when(deadline: object) -> str | None:
    return next(
        (str(found) for name in ("stated", "every") if (found := getattr(deadline, name, None))), None
    )


def test_days_after_before_the_subject() -> None:
    """«Sau 15 ngày, Sở Y tế báo cáo» has a deadline whose start a person gives."""
    (task,) = parse(f"{LETTERHEAD}1. Sau 15 ngày, Sở Y tế báo cáo UBND tỉnh.").tasks

    assert task.deadline is not None
    assert (task.deadline.kind, task.deadline.stated, task.doubts) == ("relative", None, ("anchor-unknown",))


ELSEWHERE: Final = [
    "thực hiện các nhiệm vụ theo tiến độ tại Kế hoạch số 55/KH-UBND.",
    "giải quyết hồ sơ đúng thời hạn quy định.",
    "hoàn thành dự án đúng tiến độ đề ra.",
    "thi công bảo đảm đúng tiến độ, chất lượng theo hợp đồng.",
    "triển khai các công trình theo lộ trình đã được phê duyệt.",
]


@pytest.mark.parametrize("words", ELSEWHERE)
def test_a_date_of_another_paper_is_doubted(words: str) -> None:
    """The task has no deadline of its own, and a person is asked to look it up."""
    parsed = parse(f"{LETTERHEAD}1. Sở Xây dựng {words}")
    (task,) = parsed.tasks
    (doubt,) = parsed.doubts

    assert task.deadline is None
    assert task.doubts == ("deadline-elsewhere",)
    assert doubt.span is not None
    assert (doubt.code, doubt.span.of(parsed.text) in words) == ("deadline-elsewhere", True)


@pytest.mark.parametrize(
    "words",
    [
        "đôn đốc thi công bảo đảm tiến độ.",
        "báo cáo theo tiến độ giải ngân vốn.",
        "hoàn thành đúng tiến độ đề ra, báo cáo trước ngày 15/5/2020.",
    ],
)
def test_no_other_paper_is_looked_for_in_vain(words: str) -> None:
    """«đúng tiến độ» alone refers to nothing, and a date given is enough."""
    assert parse(f"{LETTERHEAD}1. Sở Xây dựng {words}").doubts == ()
