"""So many days, working days, weeks, months or hours from a start."""

import re
from datetime import date, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta

from directives.dates import number_of, read_day, rx, shown
from directives.deadlines.moments import Context, Doubt, Moment, Row, Shape

AMOUNT: Final = (
    r"(?<!\d/)(?:(?P<n>%COUNT%)|(?P<half>nửa)(?= (?:tháng|năm)))(?:~\([^()\n]{1,20}\))?~"
    r"(?P<unit>ngày|tuần|tháng|năm|giờ|h|tiếng)(?!\w)"
    r"(?P<working> làm việc)?(?:~/~\d{1,2})?"
)
SENDS: Final = "báo cáo|gửi|trình|hoàn thành|đề xuất|có ý kiến|có văn bản|công bố|thẩm định|giải quyết"
STOP_WORDS: Final = (
    r"để|nhằm|phải|báo cáo|gửi|trình|hoàn thành|tổ chức|tiến hành|thực hiện việc|đề xuất|chủ trì|yêu cầu"
    r"|theo đúng"
    r"|và (?:báo|gửi|trình)|có trách nhiệm|có ý kiến|có văn bản|tham mưu|công bố|xem xét"
    r"|thẩm định|giải quyết"
)
JOINT: Final = (
    r"(?:(?<=\x20bộ)|(?<=\x20sở)|(?<=\x20ban)|(?<=\x20cấp)),(?=~(?:ban|ngành|cơ quan|địa phương)(?!\w))"
)
DOER: Final = (
    r"(?: (?:các|bộ|sở|ubnd|hđnd|cơ quan|đơn vị|cấp|thủ tướng|chính phủ|chủ tịch|nhà thầu|doanh nghiệp"
    r"|tổ chức|công ty|trung ương|tỉnh|người)(?!\w)"
    rf"(?:(?! (?:để|nhằm|phải|phê duyệt|ban hành|ký|nhận|quyết định|giao|chấp thuận|thông qua|{SENDS})(?!\w))"
    rf"(?:[^.;:,()\n]|{JOINT})){{0,60}}? (?:{SENDS})(?!\w))?"
)
"""Who starts the count by what it does: «kể từ ngày Bộ, ngành công bố», «kể từ khi đơn vị gửi hồ sơ»."""
TAIL: Final = (
    r"(?P<tail>(?:kể |tính )?(?:từ|sau)~(?:kể từ~)?(?:(?:sau )?(?:ngày|khi|thời điểm|lúc|hôm)(?!\w)"
    rf"|\d{{1,2}} giờ){DOER}"
    rf"(?:(?! (?:{STOP_WORDS})(?!\w))(?:[^.;:,()\n]|\.(?=\d)|,(?=~(?:ngày|văn bản"
    rf"|hồ sơ)(?!\w)))){{0,160}}?"
    rf"(?:(?<=\x20này)(?! (?:được )?(?:ký|ban hành|phát hành|có hiệu lực))|(?<=\x20trên)(?= )"
    rf"|(?= (?:{STOP_WORDS})(?!\w))|(?=~[.;:,()\n|])|(?=~$)))"
)
LINK: Final = r"(?: |~,~(?=kể|tính|sau)|(?P<open>~\(~)(?=kể|tính|sau|từ))"
SIGNED: Final = re.compile(
    r"(?:ngày|khi|thời điểm)\s+(?:(?:ký|ban hành|phát hành|ra|có)(?:\s+(?:ban hành|phát hành))?"
    r"(?:\s+(?:\w+\s+){0,4}?này|\s+(?:thông báo(?:\s+kết luận)?|công văn|công điện|chỉ thị))?"
    r"|(?:\w+\s+){0,4}?này (?:được )?(?:ký|ban hành|phát hành)(?: ban hành)?)\s*"
)
"""The document's own day; «Thông báo» alone is this one, «Quyết định» may be one that is still to come."""
HALVES: Final = {"tháng": (15, "ngày"), "năm": (6, "tháng")}  # Civil Code 2015, article 146
TODAY: Final = re.compile(r"(?:ngày )?hôm nay|ngày này")
TYPED_DAY: Final = rx(r"ngày~(?=\d)")


def _start(tail: str, context: Context) -> tuple[date | None, str]:
    """Return the day that counting starts from and its name in words; None if the text does not give it."""
    for found in TYPED_DAY.finditer(tail):
        if day := read_day(tail, found.end()):
            start = day[0].on_or_after(context.issued_on)
            return start, "ngày nêu trong văn bản"
    words = re.sub(r"^(?:kể |tính )?(?:từ|sau)\s+(?:kể từ\s+)?", "", " ".join(tail.split()))
    if (SIGNED.fullmatch(words) or TODAY.match(words)) and context.issued_on:
        return context.issued_on, "ngày ban hành văn bản"
    return _told(context)


def _told(context: Context) -> tuple[date | None, str]:
    """Return the day that a person told, for the text does not give it."""
    return (context.anchor.day, context.anchor.named) if context.anchor else (None, "")


def _count(found: re.Match[str], context: Context) -> Moment:
    """Count from the start given: the first day is left out (Civil Code 2015, article 147)."""
    start, named = _start(found["tail"], context)
    if start is None:
        return Moment(Shape.COUNT, doubts=(Doubt.ANCHOR_UNKNOWN,))
    return counted(start, named, found, context)


def counted(start: date, named: str, found: re.Match[str], context: Context) -> Moment:
    """Return the last day of so many units after a start, and the counting in words."""
    count, unit = HALVES[found["unit"]] if found["half"] else (number_of(found["n"]), found["unit"])
    working = bool(found["working"])
    amount = f"{count:02d} {unit}{' làm việc' if working else ''}"
    said = f"tính từ {named} ({shown(start)}), không tính ngày đầu, đủ {amount}"
    if working and unit == "ngày":
        return Moment(Shape.COUNT, start, context.calendar.add(start, count), counted=said)
    if unit in ("giờ", "h", "tiếng"):
        days = -(-count // 24)
        return Moment(Shape.COUNT, start, start + timedelta(days=days), counted=said, doubts=(Doubt.VAGUE,))
    steps = {"ngày": "days", "tuần": "weeks", "tháng": "months", "năm": "years"}
    try:
        end = start + relativedelta(**{steps[unit]: count})  # type: ignore[arg-type]
    except (OverflowError, ValueError):
        return Moment(Shape.COUNT, doubts=(Doubt.NO_SUCH_DAY,))
    return Moment(Shape.COUNT, start, end, counted=said)


def _open(found: re.Match[str], context: Context) -> Moment:
    start, named = _told(context)
    if start is None:
        return Moment(Shape.COUNT, doubts=(Doubt.ANCHOR_UNKNOWN,))
    return counted(start, named, found, context)


def _ahead(found: re.Match[str], context: Context) -> Moment:
    """Read «(trong) 10 ngày tới»: from the day of issue."""
    if context.issued_on is None:
        return _open(found, context)
    return counted(context.issued_on, "ngày ban hành văn bản", found, context)


ANCHORED: Final = Row(
    "count-from",
    rx(AMOUNT + LINK + TAIL + r"(?(open)~\))"),
    _count,
    (
        "05 ngày làm việc kể từ ngày nhận đủ hồ sơ của đơn vị",
        "10 ngày kể từ ngày ban hành Thông báo này",
        "20 ngày kể từ ngày ký Thông báo này",
        "01 ngày làm việc kể từ khi nhận đủ hồ sơ",
        "05 (năm) ngày, kể từ ngày nhận được văn bản này",
        "03 tháng kể từ ngày 15/5/2020",
        "một tháng kể từ ngày ký",
        "24 giờ kể từ khi nhận được thông tin",
        "24h kể từ khi nhận thông tin",
        "07 ngày sau khi kết thúc hội nghị",
        "30 ngày, tính từ ngày 01 tháng 6 năm 2020",
        "15 ngày (kể từ ngày ký ban hành Quyết định này)",
        "05 ngày làm việc kể từ ngày Bộ, ngành công bố",
        "02 ngày kể từ khi phát hiện",
        "10 ngày kể từ khi đơn vị gửi hồ sơ đầy đủ",
        "nửa tháng kể từ ngày 15/4",
        "nửa năm kể từ ngày ký",
    ),
    ("05 ngày", "5 tháng đầu năm"),
)
AHEAD: Final = Row(
    "count-ahead",
    rx(AMOUNT + r" (?:tới|tiếp theo|sắp tới)(?!\w)"),
    _ahead,
    ("10 ngày tới", "03 tháng tới", "05 ngày làm việc tới"),
    ("10 ngày qua",),
)
OPEN: Final = Row(
    "count",
    rx(AMOUNT + r"(?! (?:qua|gần đây|vừa qua|đầu|cuối|trước|liên tục|liền)(?!\w))"),
    _open,
    ("05 ngày làm việc", "10 ngày", "02 giờ", "nửa tháng"),
    ("05 ngày qua", "6 tháng đầu", "nửa tháng qua", "nửa ngày"),
)
COUNTS: Final = (ANCHORED, AHEAD, OPEN)

THEN: Final = rx(
    r"~,~|(?: (?:phải|có))? (?:báo cáo|gửi|trình|nộp|hoàn thành|kiểm tra|rà soát|đánh giá|tổng hợp)(?!\w)"
)
"""Behind «sau 15 ngày»: work to be done then; not «sau 3 năm thực hiện»."""

COUNT_LEAD: Final = rx(
    r"(?:trong |với )?(?:(?:thời hạn|thời gian|vòng|khoảng thời gian|khoảng)~(?:là )?)?"
    r"(?:(?:không quá|tối đa|chậm nhất|muộn nhất|không chậm quá|không muộn quá"
    r"|không vượt quá)~(?:là )?)?(?:sau )?"
)
