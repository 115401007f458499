"""Reckon with whole weeks, months, quarters and years: of a year given, of the day of issue, the next one."""

import re
from datetime import date, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta

from directives.deadlines.moments import Context, Doubt, Moment, Shape

NEXT: Final = ("tới", "sau", "tiếp")
ONE_DAY: Final = timedelta(days=1)


def period(first: date, months: int) -> Moment:
    """Return so many whole months from a first day."""
    return Moment(Shape.PERIOD, first, first + relativedelta(months=months) - ONE_DAY)


def year_of(found: re.Match[str], context: Context) -> int | None:
    """Return the year that the words give, this year's or next year's included; None if they give none."""
    groups = found.groupdict()
    if digits := groups.get("y") or groups.get("y2"):
        return int(digits)
    if groups.get("year") and context.issued_on:
        return context.issued_on.year + any(word in groups["year"] for word in NEXT)
    return None


def months_from(found: re.Match[str], context: Context, month: int, count: int) -> Moment:
    """Return `count` months from `month`, of the year given or the first that is not over at issue.

    Behind «trước» the first day counts, so it must not have come yet.
    """
    year = year_of(found, context)
    if year is not None:
        return period(date(year, month, 1), count)
    if context.issued_on is None:
        return Moment(Shape.PERIOD, doubts=(Doubt.YEAR_UNKNOWN,))
    this = period(date(context.issued_on.year, month, 1), count)
    edge = this.first if context.before else this.last
    if edge is not None and edge < context.issued_on:
        return period(date(context.issued_on.year + 1, month, 1), count)
    return this


def around(context: Context, unit: str, *, ahead: bool) -> Moment:
    """Return the week, month, quarter or year of issue, or the next one."""
    day = context.issued_on
    if day is None:
        return Moment(Shape.PERIOD, doubts=(Doubt.YEAR_UNKNOWN,))
    if unit == "week":
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=ahead)
        return Moment(Shape.PERIOD, monday, monday + timedelta(days=6))
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return period(first + relativedelta(months=months * ahead), months)
