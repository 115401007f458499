"""Single days: dates in figures and words, weekdays, days of this month or next year."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from directives.dates import (
    DASHED_SHORT,
    LONG,
    LONG_NO_YEAR,
    NUMBER_WORDS,
    NUMERIC,
    SHORT,
    WrittenDay,
    calendar_day,
    number_of,
    rx,
    spelled_out,
    written,
)
from directives.deadlines.moments import Context, Doubt, Moment, Row, Shape

FAR_OFF: Final = timedelta(days=183)  # a date without a year that falls this far ahead may be a slip
WEEKDAYS: Final = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5} | {
    str(n): n - 2 for n in range(2, 8)
}
SUNDAY: Final = 6
WEEKDAY_NAME: Final = r"(?:thứ~(?P<weekday>hai|ba|tư|năm|sáu|bảy|[2-7])(?!\w)|(?P<sunday>chủ nhật))"
WEEKDAY_BEHIND: Final = rx(rf"~\(~(?:ngày~)?{WEEKDAY_NAME}~\)")
"""«trước ngày 11/4/2020 (thứ Sáu)»: the weekday is no part of the deadline."""
PART_OF_DAY: Final = r"(?:(?:buổi )?(?:sáng|trưa|chiều|tối|đêm) )?"
BEFORE_DAY: Final = PART_OF_DAY + rf"(?:hết )?(?:(?:ngày )?{WEEKDAY_NAME}~,?~(?P<open>\(~)?)?"
AFTER_DAY: Final = r"(?P<lunar>~\(?~(?:âm lịch|al)(?!\w)\)?)?(?(open)~\))"

ISO: Final = rx(r"(?:ngày~)?(?P<y>%YEAR%)-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?![\w/-])")
TENS: Final = {"hai": 20, "ba": 30, "mười": 10}
ONES: Final = {word: n for word, n in NUMBER_WORDS.items() if n < 10} | {"mốt": 1, "lăm": 5, "nhăm": 5}  # noqa: PLR2004
IN_WORDS: Final = rx(
    rf"ngày (?:(?:mùng|mồng) )?(?:(?P<tens>(?:hai|ba) mươi|mười)(?: (?P<ones>{'|'.join(ONES)}))?"
    rf"|(?P<one>{'|'.join(ONES)})) tháng~(?P<m>%MONTH%)(?:,?~năm~(?P<y>%YEAR%))?(?!\w|~[/-]~\d)"
)


def day_moment(day: WrittenDay, context: Context) -> Moment:
    """Return a day as a moment: missing years filled in, impossible and past days marked."""
    meant = day.on_or_after(context.issued_on)
    doubts: list[str] = []
    if meant is None:
        some_year = day.year or 2024  # a leap year: whatever date exists at all exists in it
        unknown = (
            day.year is None and context.issued_on is None and calendar_day(some_year, day.month, day.day)
        )
        doubts.append(Doubt.YEAR_UNKNOWN if unknown else Doubt.NO_SUCH_DAY)
    elif context.issued_on is not None:
        if meant < context.issued_on:
            doubts.append(Doubt.BEFORE_ISSUE)
        elif day.year is None and meant.year > context.issued_on.year and meant - context.issued_on > FAR_OFF:
            doubts.append(Doubt.YEAR_ASSUMED)
    return Moment(Shape.DAY, meant, meant, doubts=tuple(doubts))


def _read_date(found: re.Match[str], context: Context) -> Moment:
    """Read a date in figures or words; one of the lunar calendar has no day here."""
    if found["lunar"]:
        return Moment(Shape.EVENT, doubts=(Doubt.LUNAR,))
    moment = day_moment(written(found), context)
    named = _weekday_of(found)
    if moment.last is None or named is None or named == moment.last.weekday():
        return moment
    return replace(moment, doubts=(*moment.doubts, Doubt.WEEKDAY))


def _weekday_of(found: re.Match[str]) -> int | None:
    """Return the weekday named before a date, or in brackets behind it."""
    if not (found["weekday"] or found["sunday"]):
        behind = WEEKDAY_BEHIND.match(found.string, found.end())
        if behind is None:
            return None
        found = behind
    return WEEKDAYS[found["weekday"]] if found["weekday"] else SUNDAY


def _read_short(found: re.Match[str], context: Context) -> Moment | None:
    """Read a date without «ngày» only if it can be one: «30/6» yes, «02/10 mô hình», «09/27» no."""
    day = written(found)
    return _read_date(found, context) if calendar_day(2024, day.month, day.day) else None


def _read_iso(found: re.Match[str], context: Context) -> Moment:
    """Read «2020-07-30»."""
    return day_moment(written(found), context)


def _read_in_words(found: re.Match[str], context: Context) -> Moment:
    """Read «ngày ba mươi tháng bảy»."""
    tens, ones = found["tens"], found["ones"] or found["one"]
    day = (TENS[tens.split()[0]] if tens else 0) + (ONES[ones] if ones else 0)
    year = found["y"]
    return day_moment(WrittenDay(day, number_of(found["m"]), int(year) if year else None), context)


def _dated(form: re.Pattern[str], *, word: bool) -> re.Pattern[str]:
    """Return the pattern of a date of one form, with «ngày» before it or without."""
    before, after = (
        spelled_out(BEFORE_DAY + ("ngày~(?:(?:mùng|mồng) )?" if word else "")),
        spelled_out(AFTER_DAY),
    )
    return re.compile(before + form.pattern + after)


def only(day: date | None, doubt: Doubt) -> Moment:
    """Return a day that was counted out, or a doubt in its place."""
    return Moment(Shape.DAY, day, day, doubts=() if day else (doubt,))


def _read_next_year(found: re.Match[str], context: Context) -> Moment:
    """Read «ngày 15/01 năm sau»: the year counted from that of issue."""
    if context.issued_on is None:
        return only(None, Doubt.YEAR_UNKNOWN)
    ahead = 0 if found["year"] in ("nay", "này") else 1
    return day_moment(WrittenDay(int(found["d"]), int(found["m"]), context.issued_on.year + ahead), context)


def _read_weekday(found: re.Match[str], context: Context) -> Moment | None:
    """Read «thứ Sáu (tuần này, tuần tới)»: of the week named, or the first on or after the day of issue."""
    if context.issued_on is None:
        return only(None, Doubt.DAY_UNKNOWN)
    wanted = WEEKDAYS[found["wd"]] if found["wd"] else SUNDAY
    monday = context.issued_on - timedelta(days=context.issued_on.weekday())
    if found["week"]:
        weeks = 0 if found["week"] == "này" else 1
        return only(monday + timedelta(days=wanted, weeks=weeks), Doubt.DAY_UNKNOWN)
    return only(
        context.issued_on + timedelta(days=(wanted - context.issued_on.weekday()) % 7), Doubt.DAY_UNKNOWN
    )


def _read_day_of_month(found: re.Match[str], context: Context) -> Moment | None:
    """Read «ngày 25 (tháng này, tháng sau)»: the first such day on or after the day of issue."""
    number = int(found["d"])
    if not 1 <= number <= 31:  # noqa: PLR2004
        return None
    if context.issued_on is None:
        return only(None, Doubt.DAY_UNKNOWN)
    start = context.issued_on
    ahead = 1 if found["month"] in ("sau", "tới") or (not found["month"] and number < start.day) else 0
    year, month = start.year + (start.month - 1 + ahead) // 12, (start.month - 1 + ahead) % 12 + 1
    return only(calendar_day(year, month, number), Doubt.NO_SUCH_DAY)


STANDS_FREE: Final = (
    r"(?=~[.;,):\]|\n]|~$| (?:để|và|phải|theo|nhằm|gửi|về|tới|này|báo cáo|trình|hoàn thành|qua|cho)(?!\w))"
)

DAYS: Final = (
    Row(
        "date",
        _dated(NUMERIC, word=True),
        _read_date,
        (
            "ngày 10/5/2020",
            "ngày 09/4/2020",
            "ngày15/5/2013",
            "ngày 20.7.2020",
            "ngày 20-7-2012",
            "NGÀY 5/6/2020",
            "thứ Sáu, ngày 10/4/2020",
            "thứ sáu (ngày 10/4/2020)",
            "sáng ngày 15/8/2021",
            "ngày 31/4/2013",
            "ngày thứ Sáu, ngày 13/6/2025",
            "ngày mùng 5/6/2020",
        ),
        ("ngày 10/5/2020/QĐ", "ngày 101/5/2020"),
    ),
    Row(
        "date-without-word",
        _dated(NUMERIC, word=False),
        _read_date,
        ("10/5/2020", "30/4/2025", "20-7-2012", "15/ 5/2013", "thứ Sáu (10/4/2020)"),
        ("10/5/20200", "1.234.567"),
    ),
    Row(
        "long-date",
        _dated(LONG, word=True),
        _read_date,
        (
            "ngày 15 tháng 12 năm 2016",
            "ngày 05 tháng 8 năm 2019",
            "ngày 12 tháng 04 năm 2013",
            "ngày 15 tháng 12/2020",
            "ngày 30 tháng tư năm 2020",
        ),
    ),
    Row("year-first", ISO, _read_iso, ("ngày 2020-07-30", "2020-7-5"), ("2020-07-301", "2020-07-30-01")),
    Row(
        "date-in-words",
        IN_WORDS,
        _read_in_words,
        (
            "ngày ba mươi tháng bảy năm 2020",
            "ngày hai mươi lăm tháng 6",
            "ngày mùng năm tháng tám",
            "ngày ba mươi mốt tháng mười hai năm 2020",
        ),
        ("ngày ba mươi", "ngày năm tháng"),
    ),
    Row("long-date-without-word", _dated(LONG, word=False), _read_date, ("15 tháng 12 năm 2016",)),
    Row(
        "long-date-without-year",
        _dated(LONG_NO_YEAR, word=True),
        _read_date,
        ("ngày 10 tháng 5", "ngày 15 tháng 12"),
        ("ngày 10 tháng 5/2020", "ngày 15 tháng cuối quý"),
    ),
    Row(
        "short-date",
        _dated(SHORT, word=True),
        _read_date,
        ("ngày 20/7", "ngày 30/6", "ngày 31/4"),
        ("ngày 30/6/2020", "ngày 30/6%"),
    ),
    Row("dashed-short-date", _dated(DASHED_SHORT, word=True), _read_date, ("ngày 20-7", "ngày 20.7")),
    Row(
        "short-date-without-word",
        _dated(SHORT, word=False),
        _read_short,
        ("30/6", "15/11"),
        ("09/27", "30/6/2020", "20-7", "1,5/6"),
    ),
    Row(
        "dashed-short-date-without-word",
        re.compile(
            spelled_out(BEFORE_DAY)
            + DASHED_SHORT.pattern.replace("[.-]", "-")
            + spelled_out(STANDS_FREE + AFTER_DAY)
        ),
        _read_short,
        ("30-4", "15-11"),
        ("30-4-2023", "05-10 cơ sở", "5-10 ngày", "09-27", "7-10%"),
    ),
    Row(
        "date-of-next-year",
        rx(
            r"(?:ngày~)?(?P<d>\d{1,2})(?:~/~| tháng~)(?P<m>\d{1,2})(?!\d)~,?~"
            r"(?:của )?năm (?P<year>nay|này|sau|tới|tiếp theo|kế tiếp|liền kề)(?: liền kề)?"
        ),
        _read_next_year,
        ("ngày 15/01 năm sau", "ngày 10 tháng 01 của năm tiếp theo", "31/12 năm nay"),
        ("ngày 15/01 năm 2021",),
    ),
    Row(
        "weekday",
        rx(
            PART_OF_DAY + r"(?:ngày )?(?:thứ~(?P<wd>hai|ba|tư|năm|sáu|bảy|[2-7])(?!\w)|chủ nhật)"
            r"(?: tuần (?P<week>này|tới|sau))?"
            r"(?! (?:hàng|mỗi|các|của)|~,?~\(?~(?:ngày~)?\d)"
        ),
        _read_weekday,
        ("thứ Sáu", "thứ 6 tuần này", "chiều thứ Năm tuần tới", "chủ nhật tuần này"),
        ("thứ nhất", "thứ trưởng", "thứ Sáu hàng tuần"),
    ),
    Row(
        "day-of-month",
        rx(
            r"ngày~(?P<d>\d{1,2})(?: (?:của )?tháng (?P<month>này|sau|tới))?"
            r"(?!\d|[a-z]?~[/.-]~[a-z]?\d|[oil](?!\w)| tháng| làm| kể|%)"
        ),
        _read_day_of_month,
        ("ngày 25", "ngày 25 tháng này", "ngày 05 tháng sau"),
        ("ngày 25/6", "ngày 25 tháng 6", "ngày 45", "ngày 1O/7/2019", "ngày 15/O7/2019", "ngày 1O"),
    ),
)
