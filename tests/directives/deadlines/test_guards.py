"""Sentences in which a time is no deadline."""

from datetime import date
from typing import Final

import pytest

from directives.deadlines import find_deadlines, guards
from directives.deadlines.guards import GUARDS
from directives.deadlines.place import Guard
from directives.model import Span

ISSUED: Final = date(2026, 3, 1)
CASES: Final = [
    pytest.param(guard, sentence, id=f"{guard.name}: {sentence}")
    for guard in GUARDS
    for sentence in guard.examples
]


def marked(sentence: str) -> tuple[str, Span]:
    """Return a sentence without its «» and the stretch that stood between them."""
    start, end = sentence.index("«"), sentence.index("»") - 1
    return sentence.replace("«", "").replace("»", ""), Span(start, end)


def is_read(sentence: str) -> bool:
    """Tell whether a deadline is read in the marked stretch."""
    text, stretch = marked(sentence)
    return any(deadline.span.overlaps(stretch) for deadline in find_deadlines(text, issued_on=ISSUED))


@pytest.mark.parametrize(("guard", "sentence"), CASES)
def test_marked_phrase_is_no_deadline(guard: Guard, sentence: str) -> None:
    """No deadline is read where the example says there is none."""
    assert not is_read(sentence)


@pytest.mark.parametrize(("guard", "sentence"), CASES)
def test_guard_is_needed(guard: Guard, sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its guard the phrase would be read: no guard rests on another."""
    monkeypatch.setattr(guards, "GUARDS", tuple(other for other in GUARDS if other is not guard))

    assert is_read(sentence)


def test_every_guard_has_an_example() -> None:
    """A guard without an example is a guess."""
    assert [guard.name for guard in GUARDS if not guard.examples] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Thực hiện Văn bản số 606/UBND-KT1; ngày 25/3/2026, tại trụ sở, đã chủ trì buổi làm việc.",
        "Luật này có hiệu lực thi hành từ ngày 01/7/2026.",
        "Quyết định có hiệu lực kể từ ngày ký.",
        "Giấy phép hết hạn ngày 30/9/2026.",
        "Chương trình khuyến công giai đoạn 2021-2025.",
        "Là 02/10 mô hình được lựa chọn; lựa chọn 05-10 cơ sở; tăng từ 5,77% đến 6,12%.",
        "Điện thoại 0239.385.5555; kinh phí 16.051 triệu đồng; từ 01đến 02 cơ sở.",
        "Hội thi chào mừng ngày 30/4 và ngày Quốc tế Lao động.",
        "Sở Công Thương xây dựng Kế hoạch khuyến công hàng năm.",
        "Đưa việc lập hồ sơ thành tiêu chí bình xét thi đua hàng năm của cơ quan.",
        "Căn cứ dự toán kinh phí khuyến công hàng năm để xây dựng kế hoạch đề án hàng năm.",
        "Khẩn trương, thường xuyên, kịp thời thực hiện ngay; trong thời gian tới, tiếp tục rà soát.",
        "Duy trì 06 chốt kể từ 00 giờ 00 ngày 13/8/2026 cho đến khi có thông báo mới.",
        "Chịu trách nhiệm trước Chủ tịch UBND tỉnh; trước hết là tại các địa điểm trong tỉnh; trước đây.",
        "Trong 5 năm qua, trong đó có 03 dự án, trong điều kiện khó khăn; đến nay chưa xong.",
        "Lấy ý kiến trước khi ban hành; trước mắt, tập trung xử lý.",
        "Trình kỳ họp giữa năm của HĐND tỉnh; thẩm định không quá 10-15 hồ sơ.",
        "Trực chốt trên đường 30 tháng 4, phố 19-5 và Quảng trường 2 tháng 9.",
        "Lượng rác thải sinh hoạt hàng ngày; số ca mắc mới hàng tuần.",
    ],
)
def test_genre_sentences_without_deadlines(sentence: str) -> None:
    """Citations, meetings, validity, plans, fractions, occasions and adverbs give no deadline."""
    assert find_deadlines(sentence, issued_on=ISSUED) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Hằng năm, trên cơ sở đề nghị của các đơn vị, thẩm định kinh phí.",
        "Sở Tài chính hằng năm cân đối, bố trí kinh phí sự nghiệp.",
        "Căn cứ khả năng cân đối ngân sách, hàng năm tham mưu UBND tỉnh bố trí kinh phí.",
        "Báo cáo kết quả hàng tháng về UBND tỉnh.",
        "Tổ chức giao ban hàng tuần.",
        "Mở chuyên mục tuyên truyền, phát sóng hàng tuần.",
        "Thu gom rác thải tại các chợ hàng ngày.",
    ],
)
def test_a_period_that_says_how_often_is_a_deadline(sentence: str) -> None:
    """«hàng năm» at the head of a clause, before a verb, or in a report says when to act."""
    assert [deadline.kind for deadline in find_deadlines(sentence, issued_on=ISSUED)] == ["recurring"]
