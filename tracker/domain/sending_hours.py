"""When letters may leave: the sending hours of a working day; urgent ones at any time."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from directives.calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class SendingHours:
    """The hours of a working day in which letters leave, in the office's zone; `until` is too late."""

    begin: time
    until: time
    zone: ZoneInfo
    always: bool = False  # no hours are kept: a rehearsal, a test, an office that wants it so

    def allow(self, now: datetime, calendar: WorkCalendar) -> bool:
        """Tell whether a letter may leave at a moment."""
        local = now.astimezone(self.zone)
        return self.always or (
            calendar.is_working(local.date()) and self.begin <= local.time().replace(tzinfo=None) < self.until
        )

    def next_opening(self, now: datetime, calendar: WorkCalendar) -> datetime:
        """Return the first moment, from now on, at which a letter may leave, in UTC."""
        if self.allow(now, calendar):
            return now.astimezone(UTC)
        local = now.astimezone(self.zone)
        today_is_over = local.time().replace(tzinfo=None) >= self.until
        day = calendar.next_working(local.date() + timedelta(days=1 if today_is_over else 0))
        opening = datetime.combine(day, self.begin, self.zone)
        return max(opening, local).astimezone(UTC)
