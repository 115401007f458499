"""Items that say in a roundabout way who is to do something by when."""

from typing import Final

import pytest

from tests.directives.grammar.laid_open import item

Read = tuple[str, str, str, str | None]  # leads, coordinators, the action, the stated date

ITEMS: Final[dict[str, tuple[str, list[Read]]]] = {
    # A date for each body
    "dates behind the work": (
        "Các đơn vị gửi báo cáo như sau: Sở Y tế: 10/7; Sở Nội vụ: 15/7.",
        [("Sở Y tế", "", "gửi báo cáo", "2020-07-10"), ("Sở Nội vụ", "", "gửi báo cáo", "2020-07-15")],
    ),
    "dates before the work": (
        "Sở Y tế trước ngày 10/7; Sở Nội vụ: 15/7 gửi báo cáo.",
        [("Sở Y tế", "", "gửi báo cáo", "2020-07-10"), ("Sở Nội vụ", "", "gửi báo cáo", "2020-07-15")],
    ),
    "dates in the sentence behind": (
        "Lập danh sách các chợ. Sở Y tế: 10/7/2020; Sở Nội vụ: 15/7/2020.",
        [
            ("Sở Y tế", "", "Lập danh sách các chợ", "2020-07-10"),
            ("Sở Nội vụ", "", "Lập danh sách các chợ", "2020-07-15"),
        ],
    ),
    "undated work of all gives way to the dates of each": (
        "Các sở lập danh sách chợ. Sở Y tế: 10/7/2020; Sở Nội vụ: 15/7/2020.",
        [
            ("Sở Y tế", "", "lập danh sách chợ", "2020-07-10"),
            ("Sở Nội vụ", "", "lập danh sách chợ", "2020-07-15"),
        ],
    ),
    "places of a group": (
        "UBND các huyện: Kỳ Anh trước 15/7/2020, Hương Sơn trước 20/7/2020 hoàn thành giải phóng mặt bằng.",
        [
            ("UBND huyện Kỳ Anh", "", "hoàn thành giải phóng mặt bằng", "2020-07-15"),
            ("UBND huyện Hương Sơn", "", "hoàn thành giải phóng mặt bằng", "2020-07-20"),
        ],
    ),
    "a label of time": (
        "Thời hạn nộp hồ sơ: Sở Y tế: 10/7/2020; Sở Nội vụ: 15/7/2020.",
        [("Sở Y tế", "", "nộp hồ sơ", "2020-07-10"), ("Sở Nội vụ", "", "nộp hồ sơ", "2020-07-15")],
    ),
    "meetings are no work": ("Lịch họp: Sở Y tế: 10/7/2020; Sở Nội vụ: 15/7/2020.", []),
    # Who leads
    "who leads stands in brackets behind": (
        "Sở Y tế phối hợp với Sở Nội vụ (chủ trì) rà soát giá thuốc.",
        [("Sở Nội vụ", "Sở Y tế", "rà soát giá thuốc", None)],
    ),
    "a person without office": (
        "Giao đồng chí Trần Văn An kiểm tra các chợ trước ngày 10/5/2020.",
        [("đồng chí Trần Văn An", "", "kiểm tra các chợ", "2020-05-10")],
    ),
    "persons without office": (
        "Phân công ông Trần Văn An và bà Lê Thị Hoa kiểm tra các chợ.",
        [("ông Trần Văn An; bà Lê Thị Hoa", "", "kiểm tra các chợ", None)],
    ),
    # When
    "no comma behind the time": (
        "Chậm nhất ngày 10/5/2020 Sở Y tế tổng hợp kết quả.",
        [("Sở Y tế", "", "tổng hợp kết quả", "2020-05-10")],
    ),
    "who passes it on by a day of his own": (
        "Các xã gửi báo cáo trước ngày 05/7/2020 để Sở Y tế tổng hợp, báo cáo UBND tỉnh trước 10/7/2020.",
        [
            ("Các xã", "", "gửi báo cáo", "2020-07-05"),
            ("Sở Y tế", "", "tổng hợp, báo cáo UBND tỉnh", "2020-07-10"),
        ],
    ),
    "who passes it on without a day": (
        "Các xã gửi báo cáo trước ngày 05/7/2020 để Sở Y tế tổng hợp, báo cáo UBND tỉnh.",
        [("Các xã", "", "gửi báo cáo", "2020-07-05")],
    ),
    "a date for another": (
        "Thay thế thời hạn ngày 30/4/2020 bằng ngày 30/6/2020 đối với nhiệm vụ rà soát giá của Sở Y tế.",
        [("Sở Y tế", "", "rà soát giá của Sở Y tế", "2020-06-30")],
    ),
}


@pytest.mark.parametrize(("words", "tasks"), ITEMS.values(), ids=ITEMS)
def test_an_item_is_read(words: str, tasks: list[Read]) -> None:
    """Each body with its own date, each date with its own work."""
    assert tasks == [
        (
            "; ".join(lead.text for lead in task.leads),
            "; ".join(one.text for one in task.coordinators),
            task.action,
            task.deadline.stated.isoformat() if task.deadline and task.deadline.stated else None,
        )
        for task in item(words).tasks
    ]


def test_a_person_without_office_is_doubted() -> None:
    """For whom he answers is for a person to tell."""
    (task,) = item("Giao đồng chí Trần Văn An kiểm tra các chợ.").tasks

    assert "lead-assumed" in task.doubts
