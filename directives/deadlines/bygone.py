"""Times that belong to what has been, to the validity of a paper or to a count: none is a deadline."""

from typing import Final

from directives.dates import few_words, rx
from directives.deadlines.moments import Shape
from directives.deadlines.place import Guard, missed
from directives.deadlines.senses import Sense

UNTIL: Final = (Sense.UNTIL,)
LOOSE: Final = (Sense.UNTIL, Sense.WITHIN, Sense.ON)
DATES: Final = (Shape.DAY, Shape.PERIOD, Shape.END)

QUALIFIED: Final = rx(
    r"(?<!\w)(?:cấp|thành lập|phát sinh|phê duyệt|khởi công|ký kết|ký|sinh|xây dựng|sử dụng|tồn tại"
    r"|hình thành|xảy ra"
    rf"|hiệu lực|tuyển dụng|đăng ký|nghiệm thu|ban hành|quyết toán|hoạt động|tiếp nhận|giao|đất|vay"
    rf"|mua){few_words(2)}~$"
)

BEING_DONE: Final = r"(?:phải|cần|khẩn trương|hoàn thành|hoàn tất|xong|trình|báo cáo|gửi|bàn giao|nộp)(?!\w)"
ORDERED: Final = r"(?:được )?(?:giao|nêu|cam kết|đăng ký|đề ra|quy định)(?!\w)"
LEFT_OUT: Final = rf"(?<!\w)(?:trừ|ngoại trừ|không (?:áp dụng|bao gồm)|kể cả){few_words(8)}"
PERSONS: Final = (
    r"(?<!\w)(?:trường hợp|đối tượng|người|cán bộ|công chức|viên chức|lao động|cá nhân|hộ|học sinh)"
    rf"{few_words(4)}"
)
LIVED: Final = (
    r"(?:nghỉ hưu|nghỉ việc|nghỉ chế độ|thôi việc|chuyển công tác|tốt nghiệp|tuyển dụng|được tuyển dụng"
    r"|nộp hồ sơ|đăng ký|ký hợp đồng|từ trần|chết|mất|sinh|đủ tuổi|cư trú|hưởng)(?!\w)"
)

BYGONE: Final = (
    Guard(
        "cases",
        shapes=DATES,
        before=rx(
            rf"(?:{LEFT_OUT} đã (?!{ORDERED})[^\s.,;]{{1,15}}|{PERSONS} đã {LIVED})"
            rf"(?: (?!{BEING_DONE})[^\s.,;]{{1,15}}){{0,10}}~$"
        ),
        also=lambda place: not place.past,  # a past one behind «đã» is none anyway
        examples=(
            "Rà soát hồ sơ trước ngày 1/6/2026, trừ các trường hợp đã nghỉ hưu «trước ngày 01/5/2026».",
            "Rà soát chế độ của cán bộ đã nghỉ hưu «trước ngày 01/5/2026».",
        ),
    ),
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
            "Cập nhật số liệu «đến 18h00 ngày 06/4/2026».",
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
        "looked-back-on",
        shapes=(Shape.COUNT,),
        after=rx(r"~,?[^.;\n]{0,90} (?:đã|vẫn|chưa)(?!\w)"),
        also=lambda place: place.phrase.row.endswith("-then"),
        examples=("«Sau 02 tháng», các đơn vị đã hoàn thành việc kiểm kê.",),
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
)
