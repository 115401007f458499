"""Weeks, months, quarters, halves and years, and their beginnings, middles and ends."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from directives.dates import number_of, rx
from directives.deadlines.moments import Context, Doubt, Moment, Row, Shape
from directives.deadlines.reckoning import NEXT, around, months_from, period

ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
YEAR_END: Final = r"(?:~(?:,~)?(?:[/-]|(?:của )?năm)~(?P<y>%YEAR%)| (?P<year>năm (?:nay|này|sau|tới)))"
STOP: Final = r"(?=~[.;,:)\]|!?]|~$|~\n)"


def _last(found: re.Match[str]) -> str:
    """Return the last item of a list or range of periods."""
    return found["more"] or found["one"]


def _read_month(found: re.Match[str], context: Context) -> Moment:
    return months_from(found, context, number_of(_last(found)), 1)


def _read_quarter(found: re.Match[str], context: Context) -> Moment:
    number = _last(found)
    return months_from(found, context, 3 * (ROMAN.get(number) or int(number)) - 2, 3)


def _read_part_of_year(found: re.Match[str], context: Context) -> Moment | None:
    """Read «6 tháng đầu năm», «9 tháng đầu năm», «6 tháng cuối năm», «nửa đầu năm»."""
    count = number_of(found["n"]) if found["n"] else 6
    if not 1 <= count < 12:  # noqa: PLR2004
        return None
    return months_from(found, context, 1 if found["side"] == "đầu" else 13 - count, count)


def _read_year(found: re.Match[str], context: Context) -> Moment | None:
    """Read «năm 2020», «năm nay», «năm tới», «các năm 2020, 2021»."""
    if found["y"]:
        return period(date(int(found["to"] or found["y"]), 1, 1), 12)
    return around(context, "year", ahead=any(word in found[0] for word in NEXT))


UNITS: Final = {"tuần": "week", "tháng": "month", "quý": "quarter", "năm": "year"}


def _read_current(found: re.Match[str], context: Context) -> Moment:
    """Read «tuần này», «tháng tới», «quý này», and a bare «(trong) quý» as that of issue."""
    return around(context, UNITS[found["unit"]], ahead=(found["which"] or "").split(" ")[0] in NEXT)


def _read_week_of_month(found: re.Match[str], context: Context) -> Moment | None:
    """Read «tuần đầu tháng 7», «tuần thứ 2 tháng 5», «tuần cuối của tháng 9»: days 1-7, 8-14, the last 7."""
    month = (
        months_from(found, context, number_of(found["one"]), 1)
        if found["one"]
        else around(context, "month", ahead=False)
    )
    if month.first is None or month.last is None:
        return month
    if found["nth"].startswith("cuối"):
        return Moment(Shape.PERIOD, month.last - timedelta(days=6), month.last)
    nth = (
        1
        if found["nth"].startswith("đầu")
        else number_of(found["nth"].split()[-1].removeprefix("nhất") or "1")
    )
    if not 1 <= nth <= 4:  # noqa: PLR2004
        return None
    return Moment(
        Shape.PERIOD, month.first + timedelta(weeks=nth - 1), month.first + timedelta(days=7 * nth - 1)
    )


def _read_days_of_month(found: re.Match[str], context: Context) -> Moment | None:
    """Read «15 ngày đầu tháng 7»: to the 15th; «10 ngày cuối tháng 6»: to the 30th."""
    count, month = number_of(found["n"]), months_from(found, context, number_of(found["one"]), 1)
    if month.first is None or month.last is None or not 1 <= count <= 28:  # noqa: PLR2004
        return None if month.first else month
    if found["side"] == "cuối":
        return Moment(Shape.PERIOD, month.last - timedelta(days=count - 1), month.last)
    return Moment(Shape.PERIOD, month.first, month.first + timedelta(days=count - 1))


def _read_half_of_month(found: re.Match[str], context: Context) -> Moment:
    """Read «nửa đầu tháng 5»: to the 15th (Civil Code 2015, article 146); «nửa cuối tháng 5»: to the end."""
    month = (
        months_from(found, context, number_of(found["one"]), 1)
        if found["one"]
        else around(context, "month", ahead=any(word in found[0] for word in NEXT))
    )
    if month.first is None or month.last is None:
        return month
    if found["side"] == "đầu":
        return Moment(Shape.PERIOD, month.first, month.first.replace(day=15))
    return Moment(Shape.PERIOD, month.first.replace(day=16), month.last)


def _read_month_called_day(found: re.Match[str], context: Context) -> Moment:
    """Read «ngày 12/2020» as the month, to be checked: the day may have been left out."""
    return replace(months_from(found, context, int(found["one"]), 1), doubts=(Doubt.VAGUE,))


def _read_ten_days(found: re.Match[str], context: Context) -> Moment:
    """Read «thượng tuần, trung tuần, hạ tuần tháng 5»: to the 10th, the 20th, the last day; to be checked."""
    month = months_from(found, context, number_of(found["one"]), 1)
    if month.first is None or month.last is None:
        return month
    start, end = {"thượng": (0, 9), "trung": (10, 19), "hạ": (20, (month.last - month.first).days)}[
        found["part"]
    ]
    first, last = (month.first + timedelta(days=ahead) for ahead in (start, end))
    return Moment(Shape.PERIOD, first, last, doubts=(Doubt.VAGUE,))


MONTH_BODY: Final = (
    r"(?:các )?tháng~(?P<one>%MONTH%)(?:~(?:,|-|và|đến|đến hết)~(?:tháng~)?(?P<more>%MONTH%)(?=~(?:[/,-]"
    r"|và|năm)~\d| năm"
    r"|~[.;:)]|~$|~\n)){0,11}"
)
QUARTER_NUMBER: Final = r"(?:(?:iv|i{1,3})(?!\w)|[1-4](?!\d))"
QUARTER_BODY: Final = (
    rf"(?:các )?(?:quý~|q)(?P<one>{QUARTER_NUMBER})"
    rf"(?:~(?:,|-|và|đến|đến hết)~(?:quý~)?(?P<more>{QUARTER_NUMBER})){{0,3}}"
)
PART_OF_YEAR: Final = (
    r"(?:(?P<n>%COUNT%) tháng|nửa) (?P<side>đầu|cuối)(?: năm~(?P<y>%YEAR%)| (?:của )?(?P<year>năm (?:nay"
    r"|này|sau|tới))"
    r"|~/~(?P<y2>%YEAR%)| năm(?!\w)(?!~(?:\d|học)))"
)
NOT_A_DATE: Final = r"(?!\d|~/~\d)"

PERIODS: Final = (
    Row(
        "month",
        rx(MONTH_BODY + YEAR_END + NOT_A_DATE),
        _read_month,
        (
            "tháng 01/2020",
            "tháng 6/ 2013",
            "tháng 12 năm 2015",
            "tháng 4-2020",
            "tháng tư năm 2020",
            "tháng 12 năm nay",
            "các tháng 5, 6/2025",
            "tháng 5 - 6/2024",
            "tháng 5 và tháng 6 năm 2025",
            "tháng 5 đến tháng 6/2025",
        ),
        ("tháng 13/2020", "tháng 6/202", "tháng 6/10/2020"),
    ),
    Row(
        "month-without-year",
        rx(MONTH_BODY + r"(?!\d|~/|~-~\d| năm~(?:\d|nay|này|sau|tới))"),
        _read_month,
        ("tháng 7", "tháng tư", "tháng 5 - 6", "tháng 5, 6", "tháng 5 và tháng 6"),
        ("tháng 7/2020", "tháng cuối"),
    ),
    Row(
        "quarter",
        rx(QUARTER_BODY + YEAR_END),
        _read_quarter,
        (
            "Quý II/2020",
            "Quý IV năm 2020",
            "quý II-2020",
            "Q2/2020",
            "quí 2/2020",
            "quý 4 năm 2012",
            "quý IV năm nay",
            "Quý III, IV/2021",
            "quý I và quý II năm 2020",
            "quý III đến hết quý IV/2020",
        ),
        ("quý V/2020", "quý 5/2020", "quý ii/20"),
    ),
    Row(
        "quarter-without-year",
        rx(QUARTER_BODY + r"(?!~[/-]~\d| năm~(?:\d|nay|này|sau|tới))"),
        _read_quarter,
        ("Quý II", "quý 3", "quý I, II", "quý III và IV"),
        ("quý V", "quý II/2020", "quý báu"),
    ),
    Row(
        "part-of-year",
        rx(PART_OF_YEAR),
        _read_part_of_year,
        (
            "6 tháng đầu năm 2013",
            "06 tháng cuối năm",
            "9 tháng đầu năm 2020",
            "nửa đầu năm 2021",
            "sáu tháng đầu năm",
        ),
        ("6 tháng", "12 tháng đầu năm"),
    ),
    Row(
        "year",
        rx(r"(?:các )?năm~(?P<y>%YEAR%)(?:~(?:,|-|và|đến)~(?:năm~)?(?P<to>%YEAR%)){0,5}(?!\d|~/)"),
        _read_year,
        ("năm 2020", "các năm 2020, 2021", "năm 2020 - 2021"),
        ("năm 20", "năm 2020/QĐ"),
    ),
    Row(
        "this-or-next",
        rx(r"(?P<unit>tuần|tháng|quý|năm) (?P<which>này|nay|hiện tại|tới|sau|tiếp theo)(?!\w)"),
        _read_current,
        ("tuần này", "tuần tới", "tháng tới", "quý này", "năm nay", "tháng sau", "quý sau"),
        ("tuần lễ", "năm học"),
    ),
    Row(
        "bare-unit",
        rx(rf"(?P<unit>tuần|tháng|quý|năm)(?P<which>){STOP}"),
        _read_current,
        ("tháng", "quý", "năm", "tuần"),
        ("tháng qua", "năm học"),
    ),
    Row(
        "week-of-month",
        rx(
            r"tuần(?: lễ)? (?P<nth>đầu(?: tiên)?|cuối(?: cùng)?|thứ (?:nhất|hai|ba|tư|[1-4])) (?:của )?"
            rf"tháng(?:~(?P<one>%MONTH%)(?:{YEAR_END})?| này)?(?!\d|~/~\d)"
        ),
        _read_week_of_month,
        (
            "tuần đầu tháng 7/2020",
            "tuần cuối của tháng 9",
            "tuần thứ 2 tháng 5 năm 2021",
            "tuần thứ hai của tháng 5",
        ),
        ("tuần qua",),
    ),
    Row(
        "days-of-month",
        rx(
            r"(?P<n>%COUNT%) ngày (?P<side>đầu|cuối) (?:của )?"
            rf"tháng~(?P<one>%MONTH%)(?:{YEAR_END})?(?!\d|~/~\d)"
        ),
        _read_days_of_month,
        ("15 ngày đầu tháng 7/2020", "10 ngày cuối tháng 6"),
        ("15 ngày đầu",),
    ),
    Row(
        "half-of-month",
        rx(
            r"nửa (?P<side>đầu|cuối) (?:của )?tháng"
            rf"(?:~(?P<one>%MONTH%)(?:{YEAR_END})?| (?:này|nay|tới|sau)(?!\w))(?!\d|~/~\d)"
        ),
        _read_half_of_month,
        ("nửa đầu tháng 5", "nửa cuối tháng 5/2020", "nửa đầu của tháng 6 năm 2020", "nửa cuối tháng này"),
        ("nửa tháng 5", "nửa đầu năm"),
    ),
    Row(
        "month-called-day",
        rx(r"ngày~(?P<one>1[0-2]|0?[1-9])~/~(?P<y>%YEAR%)(?!\d|~/)"),
        _read_month_called_day,
        ("ngày 12/2020", "ngày 06/2020"),
        ("ngày 13/2020", "ngày 12/2020/QĐ", "ngày 12/20"),
    ),
    Row(
        "ten-days",
        rx(rf"(?P<part>thượng|trung|hạ) tuần tháng~(?P<one>%MONTH%)(?:{YEAR_END})?"),
        _read_ten_days,
        ("hạ tuần tháng 5", "trung tuần tháng 5/2020", "thượng tuần tháng 01 năm 2021"),
    ),
)
