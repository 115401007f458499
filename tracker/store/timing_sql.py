"""`timing_of` as an SQL expression, for lists and figures that would otherwise load every assignment.

`tracker.domain.timing.timing_of` is the definition; a test holds this against it on both databases.
The calendar enters as one date, reckoned in Python: the last day whose deadline still counts as due soon.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Date, Integer, and_, case, cast, func, literal, null
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import col

from directives.calendar import WorkCalendar
from directives.model import DeadlineKind
from tracker.domain.status import COUNTED, Status
from tracker.domain.timing import BUCKETS, DUE_SOON, TimingKind
from tracker.store.instances import has_dates
from tracker.store.tables import AssignmentRow, TaskRow

ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TimingColumns:
    """How an assignment joined to its task stands on a day, as expressions to select, filter and group by."""

    kind: ColumnElement[str]
    bucket: ColumnElement[str | None]
    days: ColumnElement[int]


def timing_columns(day: date, calendar: WorkCalendar, *, due_soon: int = DUE_SOON) -> TimingColumns:
    """Return what `timing_of` says on a day; the question must join AssignmentRow and TaskRow."""
    kind = _kind(day, _last_due_soon(day, calendar, due_soon))
    buckets = ((kind == known, bucket.value) for known, bucket in BUCKETS.items())
    bucket = case((has_dates(), null()), *buckets, else_=null())
    return TimingColumns(kind, bucket, _days(kind, day))


def is_overdue(day: date) -> ColumnElement[bool]:
    """Return the condition that an assignment is overdue on a day; the question joins its task."""
    return _kind(day, day) == TimingKind.OVERDUE


def _last_due_soon(day: date, calendar: WorkCalendar, due_soon: int) -> date:
    """Return the last deadline that at most so many working days are left to."""
    return calendar.add(day, due_soon + 1) - ONE_DAY


def _kind(day: date, soon: date) -> ColumnElement[str]:
    """Follow `timing_of` line by line: the first condition that holds decides."""
    status, due_on, filed_on = (
        col(AssignmentRow.status),
        col(AssignmentRow.due_on),
        col(AssignmentRow.filed_on),
    )
    deadline = col(TaskRow.deadline_kind)
    done, waiting = status == Status.CONFIRMED, and_(status == Status.REPORTED, filed_on.is_not(None))
    rules: tuple[tuple[Any, TimingKind], ...] = (
        (status.not_in(COUNTED), TimingKind.NOT_TRACKED),
        (and_(done, filed_on < due_on), TimingKind.DONE_EARLY),
        (and_(done, filed_on > due_on), TimingKind.DONE_LATE),
        (done, TimingKind.DONE_ON_TIME),
        (and_(due_on.is_(None), deadline.is_(None)), TimingKind.NO_DEADLINE),
        (and_(due_on.is_(None), deadline == DeadlineKind.RECURRING), TimingKind.RECURRING),
        (due_on.is_(None), TimingKind.TO_BE_DETERMINED),
        (and_(waiting, filed_on > due_on), TimingKind.OVERDUE),
        (waiting, TimingKind.NOT_YET_DUE),
        (due_on < day, TimingKind.OVERDUE),
        (due_on == day, TimingKind.DUE_TODAY),
        (due_on <= soon, TimingKind.DUE_SOON),
    )
    return case(*((condition, kind.value) for condition, kind in rules), else_=TimingKind.NOT_YET_DUE.value)


def _days(kind: ColumnElement[str], day: date) -> ColumnElement[int]:
    """Count from the deadline to the day of filing, or to the day asked about while nothing was filed."""
    status, due_on, filed_on = (
        col(AssignmentRow.status),
        col(AssignmentRow.due_on),
        col(AssignmentRow.filed_on),
    )
    filed = and_(status.in_((Status.REPORTED, Status.CONFIRMED)), filed_on.is_not(None))
    seen = case((filed, filed_on), else_=literal(day, Date))
    counted = kind.in_(
        (
            TimingKind.OVERDUE,
            TimingKind.DONE_EARLY,
            TimingKind.DONE_LATE,
            TimingKind.DUE_SOON,
            TimingKind.NOT_YET_DUE,
        )
    )
    return case((counted, func.abs(_DaysBetween(due_on, seen))), else_=0)


class _DaysBetween(FunctionElement[int]):
    """Days from one date to another, which each database reckons in its own way."""

    name = "days_between"
    type = Integer()
    inherit_cache = True


@compiles(_DaysBetween, "sqlite")
def _on_sqlite(element: _DaysBetween, compiler: SQLCompiler, **options: Any) -> str:
    start, end = (compiler.process(part, **options) for part in element.clauses)
    return f"CAST(julianday({end}) - julianday({start}) AS INTEGER)"


@compiles(_DaysBetween, "postgresql")
def _on_postgresql(element: _DaysBetween, compiler: SQLCompiler, **options: Any) -> str:
    start, end = (compiler.process(cast(part, Date), **options) for part in element.clauses)
    return f"({end} - {start})"
