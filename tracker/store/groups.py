"""The shares that were given through a group of agencies."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from tracker.domain.status import Status
from tracker.store.tables import AgencyRow, AssignmentRow, TaskRow


@dataclass(frozen=True, slots=True)
class GroupShare:
    """One member's share in a task that a group was given."""

    assignment_id: int
    task: str  # its code
    group: str  # its code
    name: str  # the group's
    occasion: str
    status: Status


def group_shares(
    session: Session, directive_id: int | None = None, tasks: Collection[str] | None = None
) -> list[GroupShare]:
    """Return every share that was given through a group, in the order of their documents.

    Only those of one document, or of some tasks, where these are given.
    """
    asked = (
        select(  # type: ignore[call-overload]  # SQLModel knows no select of six
            AssignmentRow.id,
            TaskRow.code,
            col(AgencyRow.code),
            AgencyRow.name,
            AssignmentRow.occasion,
            AssignmentRow.status,
        )
        .select_from(AssignmentRow)
        .join(TaskRow, col(TaskRow.id) == col(AssignmentRow.task_id))
        .join(AgencyRow, col(AgencyRow.id) == col(AssignmentRow.group_id))
        .order_by(col(TaskRow.directive_id), col(TaskRow.ordinal), col(AssignmentRow.id))
    )
    if directive_id is not None:
        asked = asked.where(col(TaskRow.directive_id) == directive_id)
    if tasks is not None:
        asked = asked.where(col(TaskRow.code).in_(tasks))
    return [GroupShare(*row) for row in session.exec(asked)]
