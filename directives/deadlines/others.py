"""Times that forbid, that say which things are meant, or that a later time replaces: none dates the work."""

from typing import Final

from directives.dates import few_words, rx
from directives.deadlines.moments import Shape
from directives.deadlines.place import Guard
from directives.deadlines.senses import Sense

DATES: Final = (Shape.DAY, Shape.PERIOD, Shape.END)
STEPS: Final = (
    r"(?:thực hiện|giải ngân|triển khai|tổ chức|khởi công|cấp|giải quyết|tiếp nhận|gửi|phê duyệt|chi|thu"
    r"|thi công|ban hành|mở|đóng|xả|tích|xuất|bố trí|thanh toán|xuống giống|gieo|khai thác|công bố|điều động"
    r"|sử dụng)(?!\w)"
)
THINGS: Final = (
    r"(?:công trình|dự án|hồ sơ|trường hợp|khoản|hợp đồng|vụ việc|nợ|đơn thư|vi phạm|nhà|hộ|cơ sở"
    r"|gói thầu|mỏ|giấy phép)"
)
PERSONS: Final = (
    r"(?:người|cán bộ|công chức|viên chức|giáo viên|lao động|đối tượng|trường hợp|học sinh|đảng viên)"
)
LOOKS_AT: Final = (
    r"(?<!\w)(?:kiểm tra|rà soát|thống kê|xử lý|đánh giá|lập danh sách|thanh tra|giám sát|tổng hợp"
    r"|giải quyết|thu hồi)"
)
SAME_THING: Final = r"(?: (?!(?:và|rồi|phải|hoàn thành|xong)(?!\w))[^\s.;:,()]{1,15}){0,3}"
HANDS_IN: Final = r"(?:gửi|nộp|trình|cung cấp|đề xuất|chuyển|báo cáo)(?!\w)"
MOVED: Final = r"(?:gia hạn|lùi|kéo dài|dời|điều chỉnh)(?!\w)"

OTHERS: Final = (
    Guard(
        "not-before",
        (Sense.BEFORE,),
        before=rx(rf"(?<!\w)không(?:~| (?:được )?(?:phép )?{STEPS}{few_words(8)}~)$"),
        unless_before=rx(
            rf"(?<!\w)(?:{THINGS}|{PERSONS}|do|nếu|mà|đơn vị|nội dung|lý do) không[^,;]{{0,90}}$"
        ),
        examples=(
            "Sở Tài chính báo cáo không «trước ngày 20/7/2026».",
            "Sở Tài chính không thực hiện giải ngân «trước ngày 15/7/2026».",
            "UBND các xã không được xuống giống «trước ngày 15/7/2026».",
        ),
    ),
    Guard(
        "of-a-thing",
        shapes=DATES,
        before=rx(
            rf"{LOOKS_AT}{few_words(5)} (?:{THINGS}{SAME_THING} (?:phát sinh|xảy ra|khởi công|ký kết"
            rf"|được (?:cấp|ký|giao))|{PERSONS}{few_words(2)} (?:nghỉ hưu|nghỉ việc|từ trần|tuyển dụng))~$"
        ),
        unless_before=rx(r"(?<!\w)(?:để|bảo đảm|đảm bảo|sớm|cho|đưa|đã|không)(?!\w)[^.;,]{0,60}$"),
        examples=(
            "Sở Xây dựng xử lý công trình vi phạm phát sinh «trước ngày 30/6/2026».",
            "Sở Xây dựng kiểm tra các công trình khởi công «vào ngày 01/7/2026».",
            "Rà soát cán bộ nghỉ hưu «trước ngày 01/01/2027».",
        ),
    ),
    Guard(
        "handed-in-by-others",
        shapes=DATES,
        before=rx(
            rf"(?<!\w)(?:hồ sơ|báo cáo|văn bản|số liệu|danh sách|tài liệu|kết quả|đề xuất) do"
            rf"(?: (?!(?:chủ trì|phải|chủ động|có trách nhiệm)(?!\w))[^\s.;:,()]{{1,15}}){{1,8}}"
            rf" {HANDS_IN}{few_words(3)}~$"
        ),
        examples=(
            "Rà soát hồ sơ do Sở Xây dựng gửi «trước ngày 10/7/2026», trình UBND tỉnh trước 25/7/2026.",
        ),
    ),
    Guard(
        "ground-handed-in",
        shapes=DATES,
        before=rx(
            rf"^~(?:trên cơ sở|căn cứ|từ){few_words(6)} (?:của|do){few_words(8)} {HANDS_IN}{few_words(3)}~$"
        ),
        after=rx(r"~,"),
        examples=("Trên cơ sở báo cáo của Sở Y tế gửi «trước ngày 12/7/2026», Sở Nội vụ tổng hợp.",),
    ),
    Guard(
        "moved-since",
        shapes=DATES,
        after=rx(
            rf"~(?:\([^()\n]{{1,40}}\)~)?,?~(?:nay|đã|được|hiện)(?: [^\s.;:,()]{{1,15}}){{0,4}}? {MOVED}"
            rf"{few_words(4)} (?:đến|sang|thành)(?!\w)"
        ),
        examples=("Hoàn thành «trước ngày 30/6/2026» (quá hạn), nay gia hạn đến ngày 15/7/2026.",),
    ),
    Guard(
        "proposed",
        shapes=DATES,
        before=rx(
            r"(?<!\w)(?:đề xuất|đề nghị|kiến nghị|xin|đăng ký)(?: được)? (?:hoàn thành|hoàn tất|xong|trình)"
            rf"{few_words(4)}~$"
        ),
        after=rx(
            rf"~,{few_words(6)} (?:yêu cầu|chỉ đạo|thống nhất|quyết định|chốt){few_words(4)}"
            r" (?:trước|chậm nhất|đến|trong)(?!\w)"
        ),
        examples=(
            "Sở Y tế đề xuất hoàn thành «trước 30/9/2026», UBND tỉnh yêu cầu hoàn thành trước 30/8/2026.",
        ),
    ),
    Guard(
        "replaced-in-words",
        shapes=DATES,
        before=rx(
            rf"(?<!\w)(?:thay|thay thế|sửa|sửa đổi|đổi) (?:thời hạn|cụm từ|mốc|nội dung){few_words(3)}"
            r"~[\"“«]?~$"
        ),
        after=rx(r"~[\"”»]?~(?:(?:tại|của|nêu) [^.;]{1,120}?)?~(?:bằng|thành|sang)(?!\w)"),
        examples=(
            "Thay thế thời hạn hoàn thành “«trước 30/6/2026»” bằng “trước 30/9/2026”.",
            "Thay thế thời hạn «trước ngày 30/4/2026» tại điểm 3 bằng ngày 30/6/2026.",
        ),
    ),
)
