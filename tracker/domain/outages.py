"""A run that did not happen: which working days were missed before one that does."""

from dataclasses import dataclass
from datetime import date

from directives.calendar import ONE_DAY, WorkCalendar


@dataclass(frozen=True, slots=True)
class Outage:
    """The first and the last working day on which no run was finished."""

    first: date
    last: date


def outage_before(day: date, last_run: date | None, calendar: WorkCalendar) -> Outage | None:
    """Return what was missed between the last run and a day; None where nothing was, or nothing had begun."""
    if last_run is None or last_run >= day:
        return None
    first, last = calendar.next_working(last_run + ONE_DAY), calendar.previous_working(day - ONE_DAY)
    return Outage(first, last) if first <= last else None
