"""How an assignment stands in time: the one definition, which every screen, query and letter agrees with."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from directives.calendar import WorkCalendar
from directives.model import DeadlineKind
from tracker.domain.assignment import Assignment
from tracker.domain.status import COUNTED, Status

DUE_SOON: Final = 3  # working days


class TimingKind(StrEnum):
    """The ways an assignment can stand in time."""

    NOT_TRACKED = "not_tracked"  # draft, suspended, transferred, withdrawn: no clock runs
    NOT_YET_DUE = "not_yet_due"
    DUE_SOON = "due_soon"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    DONE_EARLY = "done_early"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    NO_DEADLINE = "no_deadline"
    RECURRING = "recurring"
    TO_BE_DETERMINED = "to_be_determined"


class Bucket(StrEnum):
    """The counted figures; with the total they must add up, everywhere."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    OPEN_IN_TIME = "open_in_time"
    OPEN_OVERDUE = "open_overdue"


BUCKETS: Final[dict[TimingKind, Bucket]] = {
    TimingKind.NOT_YET_DUE: Bucket.OPEN_IN_TIME,
    TimingKind.DUE_SOON: Bucket.OPEN_IN_TIME,
    TimingKind.DUE_TODAY: Bucket.OPEN_IN_TIME,
    TimingKind.NO_DEADLINE: Bucket.OPEN_IN_TIME,
    TimingKind.RECURRING: Bucket.OPEN_IN_TIME,
    TimingKind.TO_BE_DETERMINED: Bucket.OPEN_IN_TIME,
    TimingKind.OVERDUE: Bucket.OPEN_OVERDUE,
    TimingKind.DONE_EARLY: Bucket.DONE_ON_TIME,
    TimingKind.DONE_ON_TIME: Bucket.DONE_ON_TIME,
    TimingKind.DONE_LATE: Bucket.DONE_LATE,
}


_WITHOUT_DAY: Final = {None: TimingKind.NO_DEADLINE, DeadlineKind.RECURRING: TimingKind.RECURRING}
"""A recurring duty itself has no day; each of its instances has, and stands in time like any other work."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Where an assignment stands, and how many days it is from its deadline, before or after."""

    kind: TimingKind
    days: int = 0
    working_days: int = 0
    by_dates: bool = False  # a recurring duty: its dates are counted, each once, and not itself beside them

    @property
    def bucket(self) -> Bucket | None:
        """Return the figure it is counted under; None while it is not tracked, and where its dates are."""
        return None if self.by_dates else BUCKETS.get(self.kind)


def timing_of(
    assignment: Assignment, day: date, calendar: WorkCalendar, *, due_soon: int = DUE_SOON
) -> Timing:
    """Tell how an assignment stands on a day.

    An agency is judged by the day it filed the result that was accepted, so that a slow confirmation
    never makes it late; while a report awaits confirmation its clock stands at the day of filing. What an
    agency declines stays as it is in time until the office agrees.
    """
    timing = _timing(assignment, day, calendar, due_soon)
    return replace(timing, by_dates=True) if assignment.has_dates else timing


def _timing(assignment: Assignment, day: date, calendar: WorkCalendar, due_soon: int) -> Timing:
    if assignment.status not in COUNTED:
        return Timing(TimingKind.NOT_TRACKED)
    if assignment.status is Status.CONFIRMED:
        return _done(assignment, calendar)
    if (due_on := assignment.due_on) is None:
        return Timing(_WITHOUT_DAY.get(assignment.deadline, TimingKind.TO_BE_DETERMINED))
    if assignment.status is Status.REPORTED and assignment.filed_on is not None:
        return _waiting(due_on, assignment.filed_on, calendar)
    return _open(due_on, day, calendar, due_soon)


def _open(due_on: date, day: date, calendar: WorkCalendar, due_soon: int) -> Timing:
    if day > due_on:
        return Timing(TimingKind.OVERDUE, (day - due_on).days, calendar.working_days_between(due_on, day))
    left = calendar.working_days_between(day, due_on)
    if day == due_on:
        return Timing(TimingKind.DUE_TODAY)
    kind = TimingKind.DUE_SOON if left <= due_soon else TimingKind.NOT_YET_DUE
    return Timing(kind, (due_on - day).days, left)


def _waiting(due_on: date, filed_on: date, calendar: WorkCalendar) -> Timing:
    """Judge a report that awaits confirmation; one filed in time is near no deadline any more."""
    if filed_on > due_on:
        return _open(due_on, filed_on, calendar, 0)
    return Timing(
        TimingKind.NOT_YET_DUE, (due_on - filed_on).days, calendar.working_days_between(filed_on, due_on)
    )


def _done(assignment: Assignment, calendar: WorkCalendar) -> Timing:
    due_on, filed_on = assignment.due_on, assignment.filed_on
    if due_on is None or filed_on is None or filed_on == due_on:
        return Timing(TimingKind.DONE_ON_TIME)
    if filed_on < due_on:
        early = calendar.working_days_between(filed_on, due_on)
        return Timing(TimingKind.DONE_EARLY, (due_on - filed_on).days, early)
    return Timing(
        TimingKind.DONE_LATE, (filed_on - due_on).days, calendar.working_days_between(due_on, filed_on)
    )
