"""What happened to work in a stretch of time, for the digests of the agencies it is given to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

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
    rows = session.exec(
        select(EventRow, AssignmentRow, TaskRow)
        .join(AssignmentRow, col(AssignmentRow.id) == col(EventRow.entity_id))
        .join(TaskRow, col(TaskRow.id) == col(AssignmentRow.task_id))
        .join(AgencyRow, col(AgencyRow.id) == col(AssignmentRow.agency_id))
        .where(
            col(EventRow.entity) == "assignment",
            col(EventRow.action).in_(actions),
            col(EventRow.at) > begin,
            col(EventRow.at) <= end,
            col(AgencyRow.code) == agency,
        )
        .order_by(col(EventRow.id))
    )
    return [
        Happening(
            assignment_id=work.id or 0,
            directive_id=task.directive_id,
            action=event.action,
            at=event.at,
            code=task.code,
            lead=work.lead_name,
            due_on=work.due_on,
            deadline_version=work.deadline_version,
        )
        for event, work, task in rows
    ]
