"""What happened to work in a stretch of time, for the digests of the agencies it is given to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Select, bindparam, select
from sqlmodel import Session, col

from tracker.store.tables import AgencyRow, AssignmentRow, EventRow, TaskRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """A line of history about an assignment, with what a letter says of the work."""

    assignment_id: int
    directive_id: int
    action: str
    at: datetime
    code: str
    lead: str
    due_on: date | None  # now
    deadline_version: int  # now


def of_agency(
    session: Session, agency: str, actions: Collection[str], begin: datetime, end: datetime
) -> list[Happening]:
    """Return what was done with an agency's work after one moment and up to another, in its order."""
    asked = {"agency": agency, "actions": list(actions), "begin": begin, "end": end}
    return [Happening(**row) for row in session.execute(_OF_AGENCY, asked).mappings()]


_OF_AGENCY: Final[Select[Any]] = (  # asked for every letter to an agency, and so put together once
    select(
        col(AssignmentRow.id).label("assignment_id"),
        col(TaskRow.directive_id),
        col(EventRow.action),
        col(EventRow.at),
        col(TaskRow.code),
        col(AssignmentRow.lead_name).label("lead"),
        col(AssignmentRow.due_on),
        col(AssignmentRow.deadline_version),
    )
    .select_from(EventRow)
    .join(AssignmentRow, col(AssignmentRow.id) == col(EventRow.entity_id))
    .join(TaskRow, col(TaskRow.id) == col(AssignmentRow.task_id))
    .join(AgencyRow, col(AgencyRow.id) == col(AssignmentRow.agency_id))
    .where(
        col(EventRow.entity) == "assignment",
        col(EventRow.action).in_(bindparam("actions", expanding=True)),
        col(EventRow.at) > bindparam("begin"),
        col(EventRow.at) <= bindparam("end"),
        col(AgencyRow.code) == bindparam("agency"),
    )
    .order_by(col(EventRow.id))
)
