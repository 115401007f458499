"""How a stated date becomes the last on-time day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from directives.calendar import WorkCalendar
from directives.model import DeadlineKind


@dataclass(frozen=True, slots=True)
class DeadlinePolicy:
    """The two choices an office may make; both are said in words wherever a date is shown.

    No law fixes how a directive's deadline is counted: the defaults follow the words («trước ngày X» leaves
    X out) and, for computed periods, the Civil Code 2015, article 148 point 5.
    """

    before_is_exclusive: bool = True  # «trước ngày X»: the last on-time day is the day before X
    roll_computed: bool = True  # a computed period that ends on a day off ends on the next working day

    def due_on(
        self, stated: date | None, kind: DeadlineKind, *, exclusive: bool, calendar: WorkCalendar
    ) -> date | None:
        """Return the last on-time day, or None while it is unknown; fixed and period dates never roll."""
        if stated is None or kind is DeadlineKind.RECURRING:
            return None
        if exclusive and self.before_is_exclusive:
            return stated - timedelta(days=1)
        if kind is DeadlineKind.RELATIVE and self.roll_computed:
            return calendar.next_working(stated)
        return stated


DEFAULT_POLICY: Final = DeadlinePolicy()
