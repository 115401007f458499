"""Days known by a name: holidays and events with their date, today and tomorrow, lunar dates."""

import re
from datetime import timedelta
from typing import Final

from directives.dates import (
    DASHED_SHORT,
    LONG,
    LONG_NO_YEAR,
    NUMERIC,
    SHORT,
    calendar_day,
    rx,
    spelled_out,
    written,
)
from directives.deadlines.days import PART_OF_DAY, day_moment, only
from directives.deadlines.moments import Context, Doubt, Moment, Row, Shape

NEARBY: Final = {"nay": 0, "mai": 1, "kia": 2, "mốt": 2}
LUNAR_NUMBER: Final = r"(?:\d{1,2}|một|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười)(?!\w)"
LUNAR_WORDS: Final = re.compile(r"rằm|mùng|mồng|giêng|chạp|âm lịch|tết|giao thừa")


def _read_nearby(found: re.Match[str], context: Context) -> Moment:
    """Read «hôm nay», «chiều nay», «sáng mai» from the day of issue."""
    ahead = NEARBY[found[0].split()[-1]]
    return only(context.issued_on and context.issued_on + timedelta(days=ahead), Doubt.DAY_UNKNOWN)


def _read_named(_: re.Match[str], context: Context) -> Moment:
    """Read «cùng ngày»: the day last named, else the day of issue."""
    return only(context.named_day or context.issued_on, Doubt.DAY_UNKNOWN)


EVENT_WORD: Final = (
    r"(?! (?:và|hoặc|để|nhằm|phải|là|báo cáo|gửi|trình|hoàn thành|xong|trước|đến|từ|sau|hàng|mỗi|của các"
    r"|làm việc|nhận|ký|ban hành|mai|kia|mốt|nay|hôm)(?!\w)) [^\W\d_]{1,12}"
)
NAMED_EVENT: Final = (
    rf"(?:(?:(?:ngày|khi)(?={EVENT_WORD})|(?:dịp|lễ|mùa|đợt|kỳ|tết|đại hội|hội nghị|lễ hội|quốc khánh"
    r"|khai giảng|năm học)(?!\w))"
    rf"(?:(?:(?: kỷ niệm)? \d{{1,3}} năm|{EVENT_WORD})(?:~-(?=~\w))?){{0,9}}"
    r"(?: (?:lần )?(?:thứ )?(?:[ivxl]{1,6}|\d{1,3})(?=~[(,]| ngày| vào))?"
    rf"(?:~\([^()\d\n]{{1,40}}\))?(?:(?P<open>~\(~)|~,~(?=ngày)|~-~| )(?:(?:tức |vào )?(?:là )?ngày~)?"
    r"(?:\d{1,2}~/~\d{1,2}~/~(?:19|20)\d\d~-~)?)"
)
"""«ngày Quốc khánh 02/9», «dịp lễ 30/4», «Đại hội (ngày 15/10/2025)»: an event, then its day."""
UP_TO: Final = r"(?:~(?:-|và|,|đến)~(?:ngày~)?\d{1,2}~/~\d{1,2}(?:~/~%YEAR%)?(?!\d|~[/%]|[.,]\d))?"


def _on_event(form: re.Pattern[str]) -> re.Pattern[str]:
    """Return the pattern of an event with its date beside it; of «lễ 30/4 - 01/5» the first day counts."""
    return re.compile(
        spelled_out(NAMED_EVENT) + form.pattern + spelled_out(UP_TO + r"(?(open)~\))(?!~âm lịch)")
    )


NEARBY_DAY: Final = (
    r"(?:(?:ngày )?hôm nay|ngày (?:mai|kia|mốt)"
    r"|(?:buổi )?(?:sáng|trưa|chiều|tối|đêm) (?:ngày )?(?:hôm )?(?:nay|mai))(?!\w)"
)


def _nearby_with(form: re.Pattern[str]) -> re.Pattern[str]:
    """Return the pattern of «sáng mai 27/10», «hôm nay (ngày 05/6/2020)»: the date says which day."""
    return re.compile(
        spelled_out(NEARBY_DAY + r"~,?~(?P<open>\(~)?(?:(?:tức )?ngày~)?")
        + form.pattern
        + spelled_out(r"(?(open)~\))")
    )


def _read_plain(found: re.Match[str], context: Context) -> Moment | None:
    """Read a date beside an event or a near day, if there is such a day."""
    day = written(found)
    return day_moment(day, context) if day.year or calendar_day(2024, day.month, day.day) else None


_HOLIDAY: Final = rx(r"(?P<d>\d{1,2})~/~(?P<m>\d{1,2})(?=~-~\d{1,2}~/)")
"""«30/4» of «lễ 30/4 - 01/5»."""


SEVERAL: Final = (
    r"(?:(?:trong )?(?:các|%COUNT%) )?ngày~\d{1,2}(?!\d)(?:~(?:,|và|-|đến)~(?:ngày~)?\d{1,2}(?!\d|~/)){0,4}"
    r"~(?:,|và|-|đến)~(?:ngày~)?"
)

NAMED_DAYS: Final = (
    *(
        Row(
            f"several-days{name}",
            re.compile(spelled_out(SEVERAL) + form.pattern),
            _read_plain,
            examples,
            others,
        )
        for name, form, examples, others in (
            (
                "",
                NUMERIC,
                ("hai ngày 15 và 16/6/2025", "các ngày 15, 16/6/2025"),
                ("ngày 15/6 và 16/6/2025",),
            ),
            ("-short", SHORT, ("ngày 15 và 16/6", "ngày 15 - 16/6"), ("ngày 16/6",)),
        )
    ),
    *(
        Row(f"day-of-event{name}", _on_event(form), _read_plain, examples, counter_examples)
        for name, form, examples, counter_examples in (
            (
                "",
                NUMERIC,
                (
                    "ngày Quốc khánh 02/9/2025",
                    "ngày nghỉ hè 31/5/2010",
                    "ngày khai giảng 05-9-2018",
                    "dịp Quốc khánh (02/9/2025)",
                    "Đại hội Đảng bộ tỉnh lần thứ XVIII (ngày 15/10/2025)",
                    "ngày bầu cử, ngày 23/5/2021",
                    "khi kết thúc năm học, ngày 31/5/2020",
                    "dịp kỷ niệm 80 năm ngày Quốc khánh (02/9/1945 - 02/9/2025)",
                ),
                ("ngày nhận hồ sơ 30/6/2020", "ngày 02/9/2025", "khi trình trước ngày 30/6/2020"),
            ),
            ("-long", LONG, ("ngày Quốc khánh 02 tháng 9 năm 2025",), ()),
            ("-long-without-year", LONG_NO_YEAR, ("dịp lễ 30 tháng 4",), ()),
            (
                "-short",
                SHORT,
                (
                    "dịp lễ 30/4",
                    "ngày Nhà giáo Việt Nam 20/11",
                    "ngày Thương binh - Liệt sĩ 27/7",
                    "dịp nghỉ lễ 30/4 và 01/5",
                    "lễ Quốc khánh (02/9)",
                    "kỳ thi tốt nghiệp ngày 09/8",
                ),
                ("dịp lễ 45%", "kỳ họp thứ 9", "năm học 2020-2021"),
            ),
            ("-range", _HOLIDAY, ("dịp nghỉ lễ 30/4 - 01/5",), ()),
            ("-dashed", DASHED_SHORT, ("ngày khai giảng 05-9", "dịp lễ 30-4"), ("năm học 2018-2019",)),
        )
    ),
    *(
        Row(f"nearby-day{name}", _nearby_with(form), _read_plain, examples)
        for name, form, examples in (
            ("-with-date", NUMERIC, ("ngày mai (07/10/2025)", "hôm nay, ngày 05/6/2020")),
            ("-with-short-date", SHORT, ("sáng mai 27/10", "chiều nay (26/10)", "tối nay, ngày 26/10")),
            ("-with-long-date", LONG, ("chiều nay, ngày 05 tháng 6 năm 2020",)),
        )
    ),
    Row(
        "lunar-date",
        rx(
            rf"{PART_OF_DAY}(?:hết )?(?:(?:ngày )?(?:(?:mùng|mồng) )?(?:rằm|\d{{1,2}}) tháng (?:giêng|chạp"
            r"|\d{1,2}|\w{2,5})(?:~/\d{4})?(?: âm lịch)?(?! âm lịch)"
            rf"|(?:ngày )?(?:(?:mùng|mồng) {LUNAR_NUMBER}|\d{{1,2}})"
            r"(?: (?:tết|âm lịch)(?: nguyên đán)?|~/~\d{1,2} âm lịch)"
            rf"|(?:ngày )?(?:mùng|mồng) {LUNAR_NUMBER}(?!~[/.-]~\d| (?:hàng|mỗi|của))|(?:đêm )?giao thừa)"
            r"(?: năm \w{2,5} \w{2,5}(?=~[.;,)]|~$))?(?!\w)"
        ),
        lambda found, _: Moment(Shape.EVENT, doubts=(Doubt.LUNAR,)) if LUNAR_WORDS.search(found[0]) else None,
        (
            "rằm tháng Bảy",
            "ngày 23 tháng Chạp",
            "rằm tháng giêng",
            "mùng 5 tháng 5 âm lịch",
            "sáng mồng 4 Tết",
            "ngày mùng 6 Tết Nguyên đán",
            "28 Tết",
            "25 tháng Chạp âm lịch",
            "chiều 30 Tết",
            "mồng 10 tháng Giêng",
            "Giao thừa",
            "ngày 20 tháng Chạp năm Ất Tỵ",
        ),
        ("ngày 10 tháng 5", "10 tháng 5 năm 2020", "28 tết kiệm"),
    ),
    Row(
        "nearby-day",
        rx(NEARBY_DAY),
        _read_nearby,
        ("hôm nay", "ngày hôm nay", "chiều nay", "sáng mai", "ngày mai", "sáng ngày mai"),
        ("hôm qua", "sáng tạo"),
    ),
    Row("same-day", rx(r"(?:trong )?cùng ngày(?!\w)"), _read_named, ("cùng ngày",), ("cùng ngành",)),
)
