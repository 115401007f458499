"""An assignment as decisions see it: a few facts, no row."""

from dataclasses import dataclass
from datetime import date

from directives.model import DeadlineKind
from tracker.domain.status import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A task as given to one lead agency."""

    status: Status
    due_on: date | None = None  # the last on-time day in force
    deadline: DeadlineKind | None = None  # None: the document gives none
    deadline_version: int = 1
    filed_on: date | None = None  # the day of the report that awaits, or was given, confirmation
    has_dates: bool = False  # a duty that comes round, of which dates are assignments of their own
