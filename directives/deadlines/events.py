"""Deadlines set by something whose date the text does not give: «trước mùa mưa bão», «ngay sau khi …»."""

import re
from typing import Final

from directives.dates import rx
from directives.deadlines.moments import Context, Doubt, Moment, Row, Shape


def _event(_: re.Match[str], __: Context) -> Moment:
    return Moment(Shape.EVENT, doubts=(Doubt.EVENT_UNDATED,))


EDGE: Final = (
    r"(?:(?= (?:để|nhằm|phải|báo cáo|gửi|và (?:báo|gửi|trình|tổ|thực)|đồng thời)(?!\w))"
    r"|(?=~[.;:,()\n|])|(?=~$))"
)
WORDS: Final = r"(?:[^.;:,()\n]){0,%d}?"

SEASONS: Final = (
    r"(?:mùa|đợt|kỳ) (?:triều cường|mưa bão|nắng nóng|rét)|mùa (?:mưa|bão|lũ|lụt|khô|hanh khô|hạn|nước nổi"
    r"|khai giảng|tựu trường|vụ|du lịch|lễ hội|nắng)|tết|năm học|lễ khai giảng"
    r"|khai giảng"
    r"|ngày khai giảng|kỳ (?:nghỉ|thi|họp|tuyển sinh)|đại hội|ngày hội|vụ (?:xuân|hè|đông|mùa)"
    r"|ngày (?:bầu cử|tổ chức|diễn ra|khai mạc|họp|thi|tết|lễ|đại hội|hội nghị)"
    r"|khi (?:kết thúc|bắt đầu|bước vào|khai giảng|khai mạc|diễn ra|vào mùa|vào năm học|hết|đến mùa"
    r"|tổ chức đại hội)"
)

EVENTS: Final = (
    Row(
        "season",
        rx(rf"(?:{SEASONS})(?!\w){WORDS % 60}{EDGE}"),
        _event,
        (
            "mùa khai giảng năm học mới",
            "mùa mưa bão",
            "Tết Nguyên đán",
            "kỳ họp HĐND tỉnh cuối năm",
            "năm học mới",
        ),
        ("mùa",),
    ),
    Row(
        "ahead-of-event",
        rx(
            rf"(?:khi|phiên|cuộc|kỳ|hội nghị|hội thảo|thời điểm|ngày (?=\D)|lễ)(?!\w){WORDS % 80} "
            rf"(?:ít nhất |tối thiểu |chậm nhất |là ){{0,2}}%COUNT%~(?:ngày|tuần|tháng)(?: làm việc)?"
            rf"{EDGE}"
        ),
        _event,
        (
            "khi trình UBND tỉnh 15 ngày",
            "phiên họp 03 ngày",
            "cuộc họp ít nhất 02 ngày làm việc",
            "khi tổ chức tối thiểu là 10 ngày làm việc",
        ),
        ("khi trình UBND tỉnh", "khi hết 15 ngày làm thủ tục", "khi xả lũ ít nhất 04 giờ"),
    ),
)
"""Behind «trước», and for «năm học …» behind «trong» too."""

HEARD: Final = (
    r"(?:nghe|xem|nghiên cứu|thảo luận|trao đổi|làm việc|họp|dự"
    r"|khảo sát|kiểm tra|rà soát|đi|cân nhắc|thống nhất ý kiến)(?!\w)"
)
"""What a meeting or its chairman did before he concluded."""
AFTERWARDS: Final = rx(
    r"(?P<at_once>ngay )?sau khi(?!\w)(?:"
    r" (?:có|được|nhận|nước|bão|lũ|mưa|dịch|hoàn thành|hoàn tất|kết thúc|cấp|ubnd|hđnd|thủ tướng"
    r"|chính phủ|bộ|dự án|đề án|kế hoạch|quy hoạch|phương án|nghị|luật|quyết định|chủ tịch|thống nhất"
    rf"|thông qua)(?!\w){WORDS % 120}{EDGE}"
    # Any other act only at the end of its clause.
    rf"|(?! (?:đã )?{HEARD})(?: (?!vào\x20)[^\s.;:,()\n]+){{1,20}}?(?=~[.;]|~$))"
)
AT_SESSION: Final = rx(rf"(?:tại|sang) (?:các )?(?:kỳ|phiên) họp(?!\w){WORDS % 90}{EDGE}")
SESSION: Final = rx(rf"(?:kỳ|phiên) họp(?!\w){WORDS % 90}{EDGE}")
"""In a cell: «Kỳ họp giữa năm» names the session, not the middle of the year."""
DAYS_BEFORE: Final = rx(
    rf"(?:trước )?(?:ít nhất |tối thiểu |chậm nhất )?(?:là )?%COUNT%(?:~\([^()\n]{{1,20}}\))?~(?:ngày"
    rf"|giờ|tuần|tháng(?! trước (?:ngày~)?\d))"
    rf"(?: làm việc)?(?: |~,~)(?:trước |so với |tổ chức |tính đến ){WORDS % 90}{EDGE}"
)
