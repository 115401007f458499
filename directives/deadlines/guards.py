"""Sentences in which a time is no deadline: targets, purposes, events, plans, and what `bygone` has."""

import re
from typing import Final

from directives.dates import few_words, rx
from directives.deadlines.bygone import BYGONE, DATES, LOOSE, UNTIL
from directives.deadlines.duties import GOES_ON, RIGHT_BEHIND_PLAN, is_duty
from directives.deadlines.moments import Shape
from directives.deadlines.others import OTHERS
from directives.deadlines.place import Guard, Place, finishes
from directives.deadlines.senses import Sense

FIGURE: Final = (
    r"(?:đạt|giảm|tăng|tỷ lệ|(?:có|còn)(?: [^\s.;:,()\d]{1,15}){0,5} \d{1,6}"
    r"|(?:ít nhất|tối thiểu|trên) \d{1,6}|100~%|\d{1,3}(?:[.,]\d{1,3})?~%)"
)
EVENT_WORDS: Final = r"(?:hội nghị|kỳ họp|phiên họp|lễ|đại hội|cuộc họp|ngày hội|hội thảo|kỷ niệm|năm học)"
DECIDING: Final = (
    r"(?:xem xét|quyết định|phê duyệt|cho ý kiến|chỉ đạo|ban hành|thông qua|chấp thuận|thống nhất"
    r"|cho chủ trương|bố trí kinh phí|bố trí vốn)"
)

GUARDS: Final = (
    *BYGONE,
    *OTHERS,
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
        "to-be-carried-out",
        shapes=DATES,
        before=rx(
            rf"(?<!\w)(?:để|nhằm) {DECIDING}(?:~,?~(?:và )?{DECIDING}){{0,4}}~,?~(?:và )?(?:tổ chức )?"
            rf"(?:triển khai|thực hiện|áp dụng)(?!\w){few_words(4)}~$"
        ),
        examples=(
            "Trình UBND tỉnh để xem xét, quyết định triển khai thực hiện «trong năm 2027».",
            "Báo cáo UBND tỉnh để phê duyệt và tổ chức thực hiện «từ quý III/2026 đến hết năm 2027».",
        ),
    ),
    Guard(
        "next-step",
        also=lambda place: (
            place.after_deadline is not None
            and re.search(r"(?<!\w)(?:để|nhằm|làm cơ sở|phục vụ)(?!\w)", place.after_deadline) is not None
        ),
        # «…, để Sở Y tế tổng hợp, báo cáo trước ngày …»: another body's work, with a date of its own
        unless_before=rx(
            r"(?<!\w)để (?:sở|ubnd|ủy ban nhân dân|bộ|cục|chi cục|văn phòng|ban|phòng|thanh tra|công an"
            r"|trung tâm)"
            r"(?!\w)[^.;]{3,160}(?:báo cáo|trình|gửi|hoàn thành|ban hành)(?!\w)[^.;,]{0,80}~,?~$"
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
    sense, shape = place.phrase.sense, place.phrase.moment.shape
    fit = (guard for guard in GUARDS if sense in guard.senses and shape in guard.shapes)
    return next((guard.name for guard in fit if guard.holds(place)), None)
