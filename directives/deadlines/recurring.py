"""Duties that come round: «hàng quý», «ngày 25 hàng tháng», «15/6 và 15/12 hàng năm», «mỗi tuần 02 lần»."""

import re
from typing import Final

from directives.dates import number_of, rx
from directives.deadlines.moments import Context, Moment, Row, Shape
from directives.model import Interval

INTERVALS: Final = tuple(Interval)  # from the shortest to the longest
UNITS: Final = {
    "phút": Interval.DAY,
    "giờ": Interval.DAY,
    "tiếng": Interval.DAY,
    "ngày": Interval.DAY,
    "tuần": Interval.WEEK,
    "tháng": Interval.MONTH,
    "quý": Interval.QUARTER,
    "năm": Interval.YEAR,
}
MONTHS: Final = ((12, Interval.YEAR), (6, Interval.HALF), (3, Interval.QUARTER), (0, Interval.MONTH))
DAYS: Final = ((28, Interval.MONTH), (7, Interval.WEEK), (0, Interval.DAY))
UNIT_NAME: Final = "(?:ngày|tuần|tháng|quý|năm)(?!\\w)"
HOURS: Final = r"(?:%COUNT%)~(?:giờ|phút|tiếng|ngày|tuần|tháng|năm)(?!\w)"
COUNTED_UNIT: Final = rf"(?:(?:(?:0?[1-9]|1[0-2]|một|hai|ba|sáu|chín) )?{UNIT_NAME}|nửa năm|học kỳ)"
EACH: Final = "(?:hàng|mỗi|từng|các)"
MORE_UNITS: Final = (
    rf"(?:~(?:,|;|và|hoặc|/)~(?:{EACH} |định kỳ |cả )?{COUNTED_UNIT}(?! (?:học|nay|tới|sau|\d)"
    rf"|~/~\d)){{0,5}}"
)
NOT_ONE_TIME: Final = r"(?! (?:nay|tới|sau|này|học|\d)|~/~\d| \d)"
COUNT_UNIT: Final = re.compile(
    rf"(?:(?P<n>\d{{1,3}}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+)?"
    rf"(?P<unit>{UNIT_NAME}|giờ|phút|tiếng)|(?P<half>nửa năm|học kỳ)"
)


def interval_of(words: str) -> Interval:
    """Return the shortest interval that a list of units names; «6 tháng» is a half, «3 tháng» a quarter."""
    return min((_interval(found) for found in COUNT_UNIT.finditer(words)), key=INTERVALS.index)


def _interval(found: re.Match[str]) -> Interval:
    if found["half"]:
        return Interval.HALF
    count = number_of(found["n"]) if found["n"] else 1
    if found["unit"] == "tháng":
        return next(interval for months, interval in MONTHS if count >= months)
    if found["unit"] == "ngày":
        return next(interval for days, interval in DAYS if count >= days)
    return UNITS[found["unit"]]


def _each(found: re.Match[str], _: Context) -> Moment:
    return Moment(Shape.EVERY, every=interval_of(found[0]))


def every(interval: Interval) -> Moment:
    """Return a recurring moment."""
    return Moment(Shape.EVERY, every=interval)


def _yearly(found: re.Match[str], _: Context) -> Moment:
    """Read days or months named for every year: two of them make a half, four a quarter."""
    named = len(
        re.findall(
            r"\d{1,2}\s*(?:/|tháng)\s*\d{1,2}|quý\s*(?:iv|i{1,3}|\d)"
            r"|(?<!\d )(?<!\d)tháng\s*\d{1,2}",
            found[0],
        )
    )
    return every({2: Interval.HALF, 3: Interval.QUARTER, 4: Interval.QUARTER}.get(named, Interval.YEAR))


DAY_MONTH: Final = r"(?:ngày~)?\d{1,2}(?:~/~| tháng~)\d{1,2}(?!\d|~/)(?:~\([^()\n]{1,40}\))?"
OF_EACH: Final = r"(?:của )?(?:hàng|mỗi|từng) "
ORDINAL_MONTH: Final = r"tháng (?:đầu(?: tiên)?|cuối(?: cùng)?|giữa|thứ (?:nhất|hai|ba|[123]))"
STANDS_ALONE: Final = r"(?=~[.;,)\n]|~$| (?:để|tại|do|và)(?!\w))"
"""Behind «tháng»: of which month is not said, so it is of every one."""
CLOCK: Final = r"\d{1,2}~(?:giờ|h|:)~(?:\d{2}~)?(?:phút~)?'?"

RECURRING: Final = (
    Row(
        "each-unit",
        rx(rf"(?:hàng|mỗi) {COUNTED_UNIT}{NOT_ONE_TIME}{MORE_UNITS}"),
        _each,
        (
            "hàng tháng",
            "hằng năm",
            "mỗi quý",
            "hàng tháng, quý",
            "hàng quý, 6 tháng, năm",
            "hằng quý và hằng năm",
            "hàng tuần, hàng tháng",
            "hàng 6 tháng",
            "hàng ngày",
        ),
        ("hàng hóa", "hàng trăm", "mỗi năm học"),
    ),
    Row(
        "day-of-each-month",
        rx(
            r"(?:ngày~(?:(?:mùng|mồng) )?|(?:mùng|mồng) )\d{1,2}(?!\d)"
            r"(?:~(?:,|và|-|hoặc)~(?:ngày~)?\d{1,2}(?!\d|~/)){0,3} "
            r"(?:(?:của )?(?:các tháng trong năm|hàng tháng|mỗi tháng|từng tháng)"
            r"|(?:của )?tháng (?:tiếp theo|kế tiếp|liền kề|sau liền kề"
            r"|báo cáo)(?: liền kề)?)(?:~,~hàng quý)?"
        ),
        lambda *_: every(Interval.MONTH),
        (
            "ngày 25 hàng tháng",
            "ngày 20 hằng tháng",
            "ngày 10 và 25 hàng tháng",
            "ngày 05 của tháng tiếp theo",
            "ngày 15, ngày 30 hàng tháng",
            "ngày 25 mỗi tháng",
            "ngày 25 của hàng tháng",
            "ngày mùng 5 hàng tháng",
        ),
        ("ngày 25 tháng 6",),
    ),
    Row(
        "day-of-month-of-quarter",
        rx(
            rf"(?:ngày~\d{{1,2}}(?!\d) (?:của )?)?{ORDINAL_MONTH} (?:của )?(?:hàng |mỗi |từng |các "
            rf"|một )?quý"
            r"(?: (?:hàng quý|sau|tiếp theo|kế tiếp|liền kề))?(?!~[\divx])(?!\w)"
        ),
        lambda *_: every(Interval.QUARTER),
        (
            "ngày 15 tháng cuối quý",
            "ngày 25 của tháng cuối quý",
            "ngày 20 tháng cuối của quý",
            "ngày 05 tháng đầu quý sau",
            "ngày 10 của tháng cuối mỗi quý",
            "tháng cuối hàng quý",
        ),
        ("ngày 15 tháng cuối quý II",),
    ),
    Row(
        "end-of-each",
        rx(
            rf"(?:ngày (?:làm việc )?|tuần )?(?:cuối(?: cùng)?|đầu(?: tiên)?|giữa) (?:của )?(?:(?:hàng|mỗi"
            rf"|từng) {UNIT_NAME}"
            rf"|{UNIT_NAME}~,?~(?:hàng|mỗi) {UNIT_NAME})"
        ),
        lambda found, _: every(interval_of(re.split(r"hàng|mỗi|từng", found[0])[-1])),
        ("cuối mỗi quý", "đầu hàng tháng", "ngày làm việc cuối cùng của mỗi tháng", "cuối tuần, hàng tuần"),
        ("cuối năm 2020",),
    ),
    Row(
        "day-of-each-year",
        rx(
            rf"{DAY_MONTH}(?:~(?:,|và|hoặc|;)~(?:trước |vào )?{DAY_MONTH}){{0,5}}~,?~(?:{OF_EACH}"
            rf"|trong )năm(?!~\d|\w)"
        ),
        _yearly,
        (
            "ngày 15/6 và 15/12 hàng năm",
            "ngày 20/12 hằng năm",
            "ngày 15 tháng 01 hàng năm",
            "15/11 hằng năm",
            "ngày 15/3, 15/6, 15/9 và 15/12 hàng năm",
            "ngày 20 tháng 6 và ngày 20 tháng 12 hằng năm",
            "ngày 20/6 và trước ngày 20/12 hằng năm",
        ),
        ("ngày 15/6/2020 hàng năm",),
    ),
    Row(
        "month-of-each-year",
        rx(
            r"(?:(?:đầu|giữa|cuối) )?(?:các )?(?:tháng~\d{1,2}(?!\d)|quý~(?:iv|i{1,3}|[1-4])(?!\w))"
            r"(?:~(?:,|và|-)~(?:(?:tháng|quý)~)?(?:\d{1,2}|iv|i{1,3})(?!\w)){0,3}~,?~"
            rf"{OF_EACH}năm(?!~\d|\w)"
        ),
        _yearly,
        ("tháng 6 hàng năm", "tháng 12 hằng năm", "quý I hàng năm", "tháng 6 và tháng 12 hàng năm"),
        ("tháng 6/2020",),
    ),
    Row(
        "weekday-of-each-week",
        rx(
            r"(?:(?:buổi )?(?:sáng|trưa|chiều|tối) )?(?:ngày )?(?:thứ~(?:hai|ba|tư|năm|sáu|bảy"
            r"|[2-7])(?!\w)|chủ nhật)"
            r"(?:~(?:,|và)~(?:thứ~)?(?:hai|ba|tư|năm|sáu|bảy|[2-7])(?!\w)){0,5}~,?~(?:của )?(?:hàng|mỗi"
            r"|các) tuần"
        ),
        lambda *_: every(Interval.WEEK),
        ("thứ Sáu hàng tuần", "sáng thứ Hai hàng tuần", "thứ 5 hằng tuần", "chiều thứ 6 mỗi tuần"),
        ("thứ Sáu tuần này",),
    ),
    Row(
        "weekday-of-each-month",
        rx(
            r"(?:(?:buổi )?(?:sáng|chiều) )?(?:ngày )?(?:thứ~(?:hai|ba|tư|năm|sáu|bảy|[2-7])(?!\w)"
            r"|chủ nhật)~,?~(?:của )?tuần (?:đầu(?: tiên)?|cuối(?: cùng)?|thứ (?:nhất|hai|ba|tư|[1-4]))"
            rf" (?:(?:của )?(?:hàng|mỗi) (?:tháng|quý)|(?:của )?(?:tháng|quý){STANDS_ALONE})"
        ),
        lambda found, _: every(UNITS[found[0].split()[-1]]),
        (
            "thứ Năm tuần thứ hai hàng tháng",
            "sáng thứ Hai, tuần đầu tiên của mỗi tháng",
            "thứ Hai tuần đầu tiên của tháng",
        ),
        ("thứ Năm hàng tuần", "thứ Hai tuần đầu tiên của tháng 5", "thứ Hai tuần đầu của tháng này"),
    ),
    Row(
        "times-each-unit",
        rx(
            rf"(?:mỗi|một|1|01) (?P<unit>{UNIT_NAME}) (?:ít nhất |tối thiểu "
            rf"|không quá )?(?:%COUNT%)(?:~-~\d{{1,2}})? "
            r"(?:lần|lượt|buổi|kỳ|đợt|cuộc)(?!\w)"
        ),
        lambda found, _: every(UNITS[found["unit"]]),
        ("mỗi ngày 02 lượt", "mỗi tuần 03 buổi", "mỗi quý một lần", "một năm hai lần"),
        ("mỗi năm mở 2 lớp", "mỗi năm đào tạo 20 người"),
    ),
    Row(
        "times-per-unit",
        rx(
            rf"(?:%COUNT%) (?:lần|lượt|buổi|kỳ|đợt)~(?:/~(?:01~|1~)?|(?:trong )?(?:một|mỗi|1"
            rf"|01) )(?P<unit>{UNIT_NAME})"
        ),
        lambda found, _: every(UNITS[found["unit"]]),
        ("02 lần/tuần", "01 lần/quý", "một lần mỗi tháng", "2 buổi/tuần"),
        ("2 lần",),
    ),
    Row(
        "once-in-so-many",
        rx(
            rf"(?:cứ )?(?:(?:mỗi )?{COUNTED_UNIT}|{HOURS})(?:~/~(?:0?1~|một )?|(?: thì)? (?:0?1~|một ))"
            r"lần(?!\w)"
        ),
        _each,
        (
            "ba ngày một lần",
            "6 tháng một lần",
            "06 tháng/lần",
            "quý một lần",
            "03 tháng/01 lần",
            "hai năm một lần",
            "03 giờ một lần",
            "cứ 02 giờ một lần",
            "30 phút/lần",
            "15 ngày một lần",
        ),
        ("6 tháng", "ngày lần", "03 giờ"),
    ),
    Row(
        "each-day-at",
        rx(rf"{CLOCK}(?:~(?:,|và)~(?:trước )?{CLOCK}){{0,5}}~,?~(?:hàng|mỗi) ngày"),
        lambda *_: every(Interval.DAY),
        (
            "15h00 hàng ngày",
            "17 giờ hằng ngày",
            "16 giờ 30 phút mỗi ngày",
            "07 giờ 00 và 15 giờ 00 hàng ngày",
        ),
    ),
)

UNIT_LIST: Final = rx(rf"{COUNTED_UNIT}(?:~(?:,|;|và|/)~{COUNTED_UNIT}){{1,5}}(?=~[.;)|]|~$|~\n)")
"""«Quý, 6 tháng, năm» as the whole of a cell."""

ROUND: Final = rx(
    rf"định kỳ(?:~:"
    rf"|~,)?~(?:vào )?(?:(?:{EACH} |(?!ngày)){COUNTED_UNIT}{NOT_ONE_TIME}{MORE_UNITS})(?:~(?:/~)?(?:0?1 "
    rf"|một )?lần(?!\w))?"
)
"""«định kỳ» and the period, with or without «hàng»: «định kỳ 6 tháng, năm»."""
