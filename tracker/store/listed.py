"""Which assignments a list shows: chosen, ordered and counted by the database, read a piece at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlmodel import Session, col, func, select

from directives.calendar import WorkCalendar
from tracker.domain.permissions import EVERYTHING, Scope
from tracker.domain.status import Status
from tracker.domain.timing import DUE_SOON, Bucket
from tracker.store.assignments import Choice, Tracked, tracked
from tracker.store.instances import done_of
from tracker.store.tables import AgencyRow, AssignmentRow, TaskRow
from tracker.store.timing_sql import TimingColumns, is_overdue, timing_columns
from tracker.store.visibility import visible_assignments

PIECE: Final = 500  # assignments whose words are in memory at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which assignments a list is to show, as they stand on a day; None means all."""

    on: date
    calendar: WorkCalendar
    due_soon: int = DUE_SOON
    directive_id: int | None = None
    agencies: frozenset[str] | None = None  # codes of those that answer now
    statuses: frozenset[Status] | None = None
    buckets: frozenset[Bucket] | None = None
    due_before: date | None = None  # without that day; what has no day is not before any
    only_overdue: bool = False
    longest_overdue_first: bool = False  # else in the order of the documents
    scope: Scope = EVERYTHING  # what the one who asks may see


@dataclass(frozen=True, slots=True)
class Part:
    """So many of a list, after the first few; None: to its end."""

    limit: int | None = None
    offset: int = 0


WHOLE: Final = Part()


def count(session: Session, asked: Asked) -> int:
    """Count the assignments of a list."""
    return int(session.exec(_joined(select(func.count()).select_from(AssignmentRow), asked)).one())


def numbers(session: Session, asked: Asked, part: Part = WHOLE) -> list[int]:
    """Return the numbers of the assignments of a part of a list, in its order."""
    document = (col(TaskRow.directive_id), col(TaskRow.ordinal), col(AssignmentRow.id))
    order = (_columns(asked).days.desc(), *document) if asked.longest_overdue_first else document
    chosen = _joined(select(AssignmentRow.id), asked).order_by(*order).offset(part.offset).limit(part.limit)
    return [number for number in session.exec(chosen) if number is not None]


def listed(session: Session, asked: Asked, part: Part = WHOLE) -> Iterator[Tracked]:
    """Give the assignments of a part of a list, in its order; a long one is never in memory whole."""
    chosen = numbers(session, asked, part)
    for start in range(0, len(chosen), PIECE):
        piece = chosen[start : start + PIECE]
        found = {work.id: work for work in tracked(session, Choice(ids=frozenset(piece)))}
        dates = done_of(session, (work.id for work in found.values() if work.facts.has_dates))
        yield from (replace(found[one], dates=dates.get(one)) for one in piece if one in found)


def _joined(question: Any, asked: Asked) -> Any:
    """Join what the conditions speak of."""
    return (
        question.join(TaskRow, col(TaskRow.id) == col(AssignmentRow.task_id))
        .outerjoin(AgencyRow, col(AgencyRow.id) == col(AssignmentRow.agency_id))
        .where(*_conditions(asked))
    )


def _conditions(asked: Asked) -> Iterator[Any]:
    yield visible_assignments(asked.scope)
    if asked.directive_id is not None:
        yield col(TaskRow.directive_id) == asked.directive_id
    if asked.agencies is not None:
        yield col(AgencyRow.code).in_(asked.agencies)
    if asked.statuses is not None:
        yield col(AssignmentRow.status).in_(asked.statuses)
    if asked.buckets is not None:
        yield _columns(asked).bucket.in_(asked.buckets)
    if asked.due_before is not None:
        yield col(AssignmentRow.due_on) < asked.due_before
    if asked.only_overdue:
        yield is_overdue(asked.on)


def _columns(asked: Asked) -> TimingColumns:
    return timing_columns(asked.on, asked.calendar, due_soon=asked.due_soon)
