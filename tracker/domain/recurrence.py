"""The dates of a recurring duty, and the periods that reports are by law about."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

from directives.calendar import WorkCalendar
from directives.deadlines.rounds import Edge, Round
from directives.model import DeadlineKind, Interval
from tracker.domain.deadlines import Reckoning

CLOSES: Final = 14  # day of the month on which the figures of a periodic report are closed
SENT_BY: Final = 25  # day of the last month by which a province's report reaches the Government
MONTHS: Final = {Interval.MONTH: 1, Interval.QUARTER: 3, Interval.HALF: 6, Interval.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Instance:
    """One date of a recurring duty: the day the words name, and the last on-time day it leaves."""

    occasion: date
    due_on: date


def instances(
    found: Round,
    first: date,
    last: date,
    *,
    exclusive: bool,
    by: Reckoning,
) -> list[Instance]:
    """Return the instances whose named days lie between two days, both included, in order.

    The named day does not depend on the calendar or the policy, so that it tells one instance from another
    whatever changes later. A daily duty falls on working days only.
    """
    occasions = sorted({day for rule in found.rules for day in _days(rule, first, last)})
    if found.rules == DAILY:
        occasions = [day for day in occasions if by.calendar.is_working(day)]
    return [Instance(day, due_on(found, day, exclusive=exclusive, by=by)) for day in occasions]


DAILY: Final = ("FREQ=DAILY",)


def _days(rule: str, first: date, last: date) -> Iterator[date]:
    """Yield the days of a rule. It starts with the month, so that a set position counts over all of it."""
    start = datetime.combine(first.replace(day=1), time())
    found = rrulestr(f"RRULE:{rule}", dtstart=start)
    ends = datetime.combine(last, time())
    yield from (day.date() for day in found.between(datetime.combine(first, time()), ends, inc=True))


def due_on(found: Round, day: date, *, exclusive: bool, by: Reckoning) -> date:
    """Return the last on-time day of an instance; like every date that is named, it does not roll."""
    if found.working is Edge.LAST:
        return by.calendar.previous_working(day)
    if found.working is Edge.FIRST:
        return by.calendar.next_working(day)
    return by.policy.due_on(day, DeadlineKind.FIXED, exclusive=exclusive, calendar=by.calendar) or day


@dataclass(frozen=True, slots=True)
class ReportingPeriod:
    """What a periodic report is about and when it goes out (Nghị định 09/2019/NĐ-CP, articles 8, 12, 13)."""

    first: date  # figures from this day
    closes: date  # to this one
    sent_from: date  # at least one working day behind the closing
    sent_by: date


def reporting_periods(
    every: Interval, on: date, calendar: WorkCalendar, *, count: int = 2, day: int = SENT_BY
) -> list[ReportingPeriod]:
    """Return the next reporting periods that are not yet over for sending on a day; none for days and weeks.

    Figures run from the 15th of the month before the period to the 14th of its last month; a province sends
    its report by the 25th of the last month and sets the day for those who report to it.
    """
    length = MONTHS.get(every)
    if length is None:
        return []
    last = date(on.year, -(-on.month // length) * length, 1)
    found: list[ReportingPeriod] = []
    while len(found) < count:
        closes = last.replace(day=CLOSES)
        period = ReportingPeriod(
            first=closes - relativedelta(months=length) + timedelta(days=1),
            closes=closes,
            sent_from=calendar.add(closes, 1),
            sent_by=last + relativedelta(day=day),
        )
        if period.sent_by >= on:
            found.append(period)
        last += relativedelta(months=length)
    return found
