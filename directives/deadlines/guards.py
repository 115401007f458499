"""Sentences in which a time is no deadline: validity, cut-off dates, past events, purposes, plans."""

import re
from typing import Final

from directives.dates import few_words, rx
from directives.deadlines.duties import GOES_ON, RIGHT_BEHIND_PLAN, is_duty
from directives.deadlines.moments import Shape
from directives.deadlines.place import Guard, Place, finishes, missed
from directives.deadlines.senses import Sense

UNTIL: Final = (Sense.UNTIL,)
LOOSE: Final = (Sense.UNTIL, Sense.WITHIN, Sense.ON)
DATES: Final = (Shape.DAY, Shape.PERIOD, Shape.END)

FIGURE: Final = (
    r"(?:đạt|giảm|tăng|tỷ lệ|(?:có|còn)(?: [^\s.;:,()\d]{1,15}){0,5} \d{1,6}"
    r"|(?:ít nhất|tối thiểu|trên) \d{1,6}|100~%|\d{1,3}(?:[.,]\d{1,3})?~%)"
)
EVENT_WORDS: Final = r"(?:hội nghị|kỳ họp|phiên họp|lễ|đại hội|cuộc họp|ngày hội|hội thảo|kỷ niệm|năm học)"

QUALIFIED: Final = rx(
    r"(?<!\w)(?:cấp|thành lập|phát sinh|phê duyệt|khởi công|ký kết|ký|sinh|xây dựng|sử dụng|tồn tại"
    r"|hình thành|xảy ra"
    rf"|hiệu lực|tuyển dụng|đăng ký|nghiệm thu|ban hành|quyết toán|hoạt động|tiếp nhận|giao|đất|vay"
    rf"|mua){few_words(2)}~$"
)

GUARDS: Final = (
    Guard(
        "validity",
        before=rx(
            rf"(?<!\w)(?:hiệu lực|có giá trị|hết hạn|hết hiệu lực|đáo hạn|thời hạn sử dụng|áp dụng"
            rf"|hưởng lương){few_words(3)}~$"
        ),
        unless_before=rx(r"(?<!\w)(?:hoàn thành|xong) (?!.{0,160}giấy phép)[^.;]{0,160}$"),
        examples=(
            "Thông tư này có hiệu lực «đến hết ngày 31/12/2027».",
            "Mỏ cát có giấy phép hết hạn «vào ngày 30/9/2026».",
            "41 bến có giấy phép hết hạn «trước ngày 31/12/2026».",
        ),
    ),
    Guard(
        "cut-off",
        UNTIL,
        before=rx(r"(?<!\w)(?:tính|trước|lũy kế|số liệu|cập nhật|thống kê|chốt|kéo dài|tồn đọng|có mặt)~$"),
        unless_before=rx(r"(?<!\w)(?:cho phép|đồng ý|gia hạn|được) kéo dài~$"),
        examples=(
            "Số liệu tính «đến hết ngày 31/3/2026» của Sở Tài chính.",
            "Độ mặn kéo dài «đến hết tháng 4/2026».",
        ),
    ),
    Guard(
        "beyond",
        shapes=(Shape.COUNT,),
        before=rx(r"(?<!không\x20)(?<!\w)(?:quá|hơn|trên|dưới|bảo hành|sau hơn|đã)~$"),
        examples=("Hồ sơ quá «30 ngày kể từ ngày tiếp nhận».",),
    ),
    Guard(
        "start-of-range",
        before=rx(r"(?<!\w)từ~[\"“«]?$"),
        examples=("Lùi thời hạn báo cáo từ «trước ngày 15/6» sang trước ngày 30/6/2026.",),
    ),
    Guard(
        "onward",
        after=rx(r"~(?:trở đi|trở về trước|trở lại|về trước|về sau)"),
        examples=("Áp dụng với hồ sơ nộp «vào tháng 6/2026» trở đi.",),
    ),
    Guard(
        "background-until",
        UNTIL,
        DATES,
        opening=True,
        unless_after=rx(r"[^.;\n]{0,90}?(?:phải|hoàn thành|hoàn tất|xong|chấm dứt|báo cáo|trình)(?!\w)"),
        examples=(
            "«Đến hết năm 2026»: 50% trẻ em biết bơi.",
            "«Đến ngày 31/12/2026», các dự án vẫn vướng mặt bằng.",
        ),
    ),
    Guard(
        "target-year",
        UNTIL,
        (Shape.PERIOD,),
        also=lambda place: re.match(r"(?:cho )?(?:đến|tới)\s+năm", place.words) is not None,
        unless_before=rx(r"(?<!\w)(?:hoàn thành|xong|chậm nhất)~$"),
        examples=(
            "Triển khai Đề án phát triển hợp tác xã «đến năm 2030» của tỉnh.",
            "Xây dựng quy hoạch «đến năm 2030», tầm nhìn đến năm 2050.",
        ),
    ),
    Guard(
        "target",
        LOOSE,
        DATES,
        before=rx(r"(?<!\w)(?:phấn đấu|mục tiêu|chỉ tiêu|kế hoạch là)[^.;]{0,40}$"),
        after=rx(rf"(?:~,)?{few_words(8)}(?:~,)?~{FIGURE}(?!\w)"),
        unless_before=rx(r"(?:hoàn thành|xong)[^.;,]{0,120}$"),
        examples=("Phấn đấu «đến cuối năm 2026» hộ nông thôn dùng nước sạch đạt 95%.",),
    ),
    Guard(
        "figure-until",
        UNTIL,
        DATES,
        after=rx(rf"~,?~(?:toàn (?:tỉnh|ngành|huyện|xã) )?{FIGURE}(?!\w)"),
        unless_before=rx(r"(?:hoàn thành|giải ngân|xong)[^.;,]{0,120}$"),
        examples=("Số hợp tác xã «đến hết năm 2026» có 15 đơn vị.",),
    ),
    Guard(
        "done",
        before=rx(r"(?<!\w)đã (?!(?:được )?(?:giao|nêu|cam kết|đăng ký|đề ra|quy định)(?!\w))[^.;,]{0,70}$"),
        also=lambda place: (
            (place.past or place.issued_on is None or place.phrase.stated is None)
            and place.phrase.moment.shape
            is not Shape.COUNT  # «công trình đã có khối lượng … trong 03 ngày kể từ …»
        ),
        examples=(
            "Sở Y tế đã hoàn thành «trước ngày 31/12/2019».",
            "Dự án đã được báo cáo «tại kỳ họp thứ 9».",
        ),
    ),
    Guard(
        "over",
        LOOSE,
        DATES,
        also=lambda place: place.past and not missed(place),
        examples=(
            "«Trong tháng 12/2019» phát hiện 11 vụ khai thác không phép.",
            "Từ 06 giờ 00 ngày 01/01/2020 «đến 06 giờ 00 ngày 02/01/2020», toàn tỉnh ghi nhận 42 trường hợp.",
        ),
    ),
    Guard(
        "kept-from-the-past",
        before=QUALIFIED,
        shapes=DATES,
        also=lambda place: place.past,
        examples=("Rà soát các dự án được phê duyệt «trước ngày 01/7/2014» còn vướng mắc.",),
    ),
    Guard(
        "expected",
        shapes=DATES,
        before=rx(rf"(?<!\w)(?:dự kiến|ước|dự báo){few_words(5)}~$"),
        examples=(
            "Công trình dự kiến hoàn thành «trong năm 2026».",
            "Lễ phát động, dự kiến «vào ngày 15/6/2026».",
        ),
    ),
    Guard(
        "purpose",
        before=rx(r"(?<!\w)(?:để|nhằm|cho) kịp[^.;]{0,100}$"),
        examples=("Hoàn thiện hồ sơ để kịp báo cáo HĐND thành phố «tại kỳ họp cuối năm».",),
    ),
    Guard(
        "next-step",
        also=lambda place: (
            place.after_deadline is not None
            and re.search(r"(?<!\w)(?:để|nhằm|làm cơ sở|phục vụ)(?!\w)", place.after_deadline) is not None
        ),
        examples=("Gửi danh sách trước ngày 10/4/2026 để triển khai «trong năm 2026».",),
    ),
    Guard(
        "event-prepared",
        (Sense.ON, Sense.WITHIN),
        DATES,
        before=rx(rf"(?<!\w)(?:phục vụ|chuẩn bị(?: cho)?){few_words(3)} {EVENT_WORDS}{few_words(10)}~$"),
        examples=("Chuẩn bị Lễ công bố đô thị loại III «vào ngày 25/10/2026».",),
    ),
    Guard(
        "event-held",
        (Sense.ON, Sense.UNTIL),
        DATES,
        before=rx(
            rf"(?<!\w)(?:diễn ra|xảy ra|bùng phát|khai mạc"
            rf"|được tổ chức){few_words(3)}(?:~,)?~(?:từ [^.;]{{1,40}})?$"
        ),
        examples=(
            "Hội thi diễn ra từ ngày 17/9 «đến hết ngày 19/9/2026».",
            "Sự cố xảy ra «vào ngày 05/5/2026».",
        ),
    ),
    Guard(
        "event-with-place",
        UNTIL,
        DATES,
        before=rx(r"(?<!\w)từ [^.;]{1,40}$"),
        after=rx(r"~,?~tại "),
        examples=(
            "Tổ chức Ngày hội trong 03 ngày, từ ngày 17/9 «đến hết ngày 19/9/2026», tại Quảng trường.",
        ),
    ),
    Guard(
        "season",
        UNTIL,
        (Shape.EVERY,),
        before=rx(r"(?<!\w)từ [^.;]{1,40}$"),
        examples=("Tuần tra các bãi tắm từ ngày 31/5 «đến ngày 31/8 hàng năm».",),
    ),
    Guard(
        "during-event",
        LOOSE,
        also=lambda place: (
            place.phrase.row.startswith("day-of-event")
            and re.match(r"(?:vào|đến|tới|cho đến)\s+(?:hết\s+)?ngày", place.words) is None
        ),
        unless_before=rx(rf"(?<!\w)(?:hoàn thành|hoàn tất|xong){few_words(6)}~$"),
        examples=(
            "Bảo đảm an toàn giao thông «trong dịp lễ 30/4 và 01/5».",
            "Điều chỉnh tiến độ bảo đảm thông xe «vào dịp 30/4/2027».",
        ),
    ),
    Guard(
        "replaced",
        before=rx(rf"(?<!\w)(?:thay vì|thay cho (?:thời|hạn|mốc)|thời hạn cũ){few_words(5)}~[:(]?~$"),
        examples=(
            "Gia hạn đến ngày 30/9/2026 thay vì «trước ngày 30/6/2026».",
            "Hoàn thành trước ngày 30/9/2026 (thay cho thời hạn «trước ngày 30/6/2026»).",
        ),
    ),
    Guard(
        "ahead-of-time",
        shapes=(Shape.COUNT,),
        before=rx(r"(?<!\w)(?:trước|vượt|sớm hơn)~$"),
        examples=("Xã Kỳ Phú về đích trước «thời hạn 01 năm».",),
    ),
    Guard(
        "occasion",
        LOOSE,
        before=rx(rf"(?<!\w)(?:chào mừng|kỷ niệm|nhân dịp|nhân ngày|dịp|hưởng ứng|tri ân){few_words(5)}~$"),
        examples=("Tổ chức hội thi chào mừng Đại hội «vào ngày 30/4/2026».",),
    ),
    Guard(
        "opening-now",
        (Sense.ON,),
        (Shape.DAY,),
        opening=True,
        also=lambda place: (
            re.match(r"(?:sáng|trưa|chiều|tối|đêm|hôm|ngày hôm)\s+nay", place.words) is not None
        ),
        examples=("«Sáng nay», Chủ tịch UBND tỉnh làm việc với Sở Y tế.",),
    ),
    Guard(
        "opening-condition",
        (Sense.ON,),
        (Shape.EVENT,),
        opening=True,
        also=lambda place: place.phrase.row == "after",
        examples=("«Sau khi có ý kiến của các thành viên», Chủ tịch UBND tỉnh kết luận.",),
    ),
    Guard(
        "session-held",
        (Sense.ON,),
        also=lambda place: (
            place.phrase.row == "at-session"
            and re.search(r"(?<!\w)(?:trình|thông qua|xem xét|báo cáo|ban hành|quyết định)(?!\w)", place.lead)
            is None
        ),
        examples=("«Tại kỳ họp thứ 9», các đại biểu chất vấn Sở Y tế.",),
    ),
    Guard(
        "not-an-extension",
        UNTIL,
        also=lambda place: (
            place.words.startswith(("sang", "thành"))
            and re.search(r"(?<!\w)(?:từ|chuyển|lùi|điều chỉnh|kéo dài|gia hạn|dời)(?!\w)", place.lead)
            is None
        ),
        examples=("Bước «sang tháng 6/2026» thời tiết nắng nóng.",),
    ),
    Guard(
        "loose-edge",
        (Sense.ON,),
        also=lambda place: (
            place.phrase.row.startswith("edge-of")
            and not place.words.startswith("vào")
            and not finishes(place)
        ),
        examples=(
            "Những tháng «cuối năm 2026» thời tiết nắng nóng.",
            "Trình kỳ họp «cuối năm 2026» nghị quyết này.",
        ),
    ),
)


def verdict(place: Place) -> str | None:
    """Return the name of the guard that keeps the phrase from being a deadline, or None."""
    if (
        place.phrase.row == "each-unit"
        and place.phrase.sense is Sense.ON
        and re.match(r"vào\s+(?:lúc\s+)?\d", place.words) is None  # an hour is nothing a thing is called by
        and not is_duty(place.lead, place.trail, often=place.words.endswith(("ngày", "tuần")))
    ):
        return "names-a-kind"
    if (
        place.phrase.row == "round"
        and RIGHT_BEHIND_PLAN.search(place.lead)
        and not GOES_ON.match(place.trail)
    ):
        return "names-a-kind"
    return next((guard.name for guard in GUARDS if guard.holds(place)), None)
