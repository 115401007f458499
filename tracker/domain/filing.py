"""On which day a result may be said to have been handed in: that day decides whether it was late."""

from dataclasses import dataclass
from datetime import date

from tracker.clock import shown
from tracker.errors import Conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Since when an agency has had a piece of work."""

    assigned_on: date | None
    issued_on: date | None  # of the document: paper may be older than its entry here
    by_transfer: bool = False  # then it was another's before
    returned_on: date | None = None  # when its last result was returned

    @property
    def earliest(self) -> date:
        """Return the first day on which a result can have been handed in."""
        known = [self.assigned_on] if self.by_transfer else [self.assigned_on, self.issued_on]
        first = min((day for day in known if day is not None), default=date.min)
        return max(first, self.returned_on or date.min)


def check_filing(filed_on: date, given: Given, today: date) -> None:
    """Raise Conflict for a day to come, for one before the work was given, or before its return."""
    if filed_on > today:
        raise Conflict("act.future", day=shown(filed_on))
    if filed_on < given.earliest:
        raise Conflict("report.too-early", day=shown(filed_on), earliest=shown(given.earliest))
