"""Whether a reader without news is sent what is still late, and what then stands in the letter."""

from datetime import date, timedelta

from directives.calendar import WorkCalendar
from tracker.domain.ladder import Standing


def is_standing_day(often: Standing, day: date, calendar: WorkCalendar) -> bool:
    """Tell whether what is still late is sent on a day; a week begins on its first working day."""
    if often is Standing.NEVER or not calendar.is_working(day):
        return False
    if often is Standing.DAILY:
        return True
    monday = day - timedelta(days=day.weekday())
    return calendar.next_working(monday) == day
