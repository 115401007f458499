"""The counted figures, added up by the database."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, case, col, func, select

from directives.calendar import WorkCalendar
from tracker.domain.permissions import EVERYTHING, Scope
from tracker.domain.timing import DUE_SOON, Bucket, TimingKind
from tracker.store.tables import AgencyRow, AssignmentRow, TaskRow
from tracker.store.timing_sql import timing_columns
from tracker.store.visibility import visible_assignments


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How many assignments are tracked, and how they stand; the total is the sum of the four others."""

    total: int = 0
    done_on_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_overdue: int = 0


@dataclass(frozen=True, slots=True)
class AgencyFigures:
    """The figures of one agency; without a code it is a lead that the register does not know."""

    agency: str | None
    name: str
    figures: Figures


def figures(session: Session, day: date, calendar: WorkCalendar, scope: Scope = EVERYTHING) -> Figures:
    """Count what is tracked, as far as it is seen, as it stands on a day."""
    sums = select(*_sums(day, calendar)).select_from(AssignmentRow).join(TaskRow)
    return _figures(session.execute(sums.where(visible_assignments(scope))).one())


def figures_by_agency(
    session: Session, day: date, calendar: WorkCalendar, scope: Scope = EVERYTHING
) -> list[AgencyFigures]:
    """Count what is tracked for each agency that has any, in the order of their names."""
    name = func.coalesce(col(AgencyRow.name), col(AssignmentRow.lead_name))
    sums = _sums(day, calendar)
    rows = session.execute(
        select(col(AgencyRow.code), name, *sums)
        .select_from(AssignmentRow)
        .join(TaskRow)
        .outerjoin(AgencyRow, col(AgencyRow.id) == col(AssignmentRow.agency_id))
        .where(visible_assignments(scope))
        .group_by(col(AgencyRow.code), name)
    ).all()
    found = [AgencyFigures(code, name, _figures(counts)) for code, name, *counts in rows]
    return sorted((one for one in found if one.figures.total), key=lambda one: (one.name, one.agency or ""))


def count_by_kind(
    session: Session, day: date, calendar: WorkCalendar, *, due_soon: int = DUE_SOON
) -> dict[TimingKind, int]:
    """Count the assignments that are in a bucket by how they stand on a day."""
    columns = timing_columns(day, calendar, due_soon=due_soon)
    kind = columns.kind.label("kind")
    counted = select(kind, func.count()).select_from(AssignmentRow).join(TaskRow)
    rows = session.execute(counted.where(columns.bucket.is_not(None)).group_by(kind))
    return {TimingKind(found): count for found, count in rows}


def _sums(day: date, calendar: WorkCalendar) -> list[Any]:
    bucket = timing_columns(day, calendar).bucket
    parts = (func.coalesce(func.sum(case((bucket == one, 1), else_=0)), 0) for one in Bucket)
    return [func.count(bucket), *parts]


def _figures(counts: Any) -> Figures:
    total, *parts = counts
    return Figures(total=int(total), **{str(one): int(part) for one, part in zip(Bucket, parts, strict=True)})
