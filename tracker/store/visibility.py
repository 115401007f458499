"""What a person sees, as conditions of a question: the one place that turns a scope into SQL."""

from typing import Any

from sqlalchemy import ColumnElement, true
from sqlmodel import Session, col, select

from tracker.domain.permissions import Scope
from tracker.domain.status import Status
from tracker.store.tables import AssignmentRow, DirectiveRow, TaskRow


def visible_assignments(scope: Scope) -> ColumnElement[bool]:
    """Return the condition under which a row of assignments is seen; equal to `Scope.sees`."""
    if scope.everything:
        return true()
    return col(AssignmentRow.agency_id).in_(sorted(scope.agencies)) & (
        col(AssignmentRow.status) != Status.DRAFT
    )


def visible_directives(scope: Scope) -> ColumnElement[bool]:
    """Return the condition under which a document is seen: some assignment in it is."""
    if scope.everything:
        return true()
    seen: Any = (
        select(TaskRow.directive_id)
        .join(AssignmentRow, col(AssignmentRow.task_id) == col(TaskRow.id))
        .where(visible_assignments(scope))
    )
    return col(DirectiveRow.id).in_(seen)


def agency_of(session: Session, assignment_id: int) -> tuple[bool, int | None]:
    """Return whether there is such an assignment, and the number of the agency that answers for it."""
    row = session.exec(
        select(AssignmentRow.id, AssignmentRow.agency_id).where(col(AssignmentRow.id) == assignment_id)
    ).first()
    return (False, None) if row is None else (True, row[1])
