"""The shares that were given through a group of agencies."""

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


def group_shares(session: Session, directive_id: int | None = None) -> list[GroupShare]:
    """Return every share that was given through a group, in the order of their documents."""
    asked = (
        select(AssignmentRow, TaskRow.code, AgencyRow)
        .join(TaskRow, col(TaskRow.id) == col(AssignmentRow.task_id))
        .join(AgencyRow, col(AgencyRow.id) == col(AssignmentRow.group_id))
        .order_by(col(TaskRow.directive_id), col(TaskRow.ordinal), col(AssignmentRow.id))
    )
    if directive_id is not None:
        asked = asked.where(col(TaskRow.directive_id) == directive_id)
    return [
        GroupShare(share.id or 0, task, group.code, group.name, share.occasion, share.status)
        for share, task, group in session.exec(asked)
    ]
