"""Write where an assignment stands after a move, and what of its place in the register moves need to know."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from tracker.domain.status import Status
from tracker.store.tables import AssignmentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an assignment stands; a day of filing or of taking up again only while it means something."""

    status: Status
    filed_on: date | None = None
    suspended_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Whose an assignment is and where it came from."""

    id: int
    task_id: int
    agency_id: int | None
    lead_name: str
    status: Status
    occasion: str
    origin_id: int | None
    due_on: date | None
    suspended_until: date | None


def put(session: Session, assignment_id: int, standing: Standing) -> int:
    """Write where an assignment now stands and return its new version; the rules are the domain's to say."""
    row = session.get_one(AssignmentRow, assignment_id)
    row.status = standing.status
    row.filed_on = standing.filed_on
    row.suspended_until = standing.suspended_until
    row.version += 1
    return row.version


def touch(session: Session, assignment_id: int) -> int:
    """Make every form that was shown before stale, where an act leaves the assignment where it stands."""
    row = session.get_one(AssignmentRow, assignment_id)
    row.version += 1
    return row.version


def share(session: Session, assignment_id: int) -> Share:
    """Return whose an assignment is; it must be there."""
    return _share(session.get_one(AssignmentRow, assignment_id))


def shares_of(session: Session, task_id: int) -> list[Share]:
    """Return every share in a task, in the order in which they were given."""
    asked = select(AssignmentRow).where(col(AssignmentRow.task_id) == task_id).order_by(col(AssignmentRow.id))
    return [_share(row) for row in session.exec(asked)]


def children_of(session: Session, assignment_id: int) -> list[Share]:
    """Return what was made out of an assignment: its dated instances, what it was transferred to."""
    asked = (
        select(AssignmentRow)
        .where(col(AssignmentRow.origin_id) == assignment_id)
        .order_by(col(AssignmentRow.id))
    )
    return [_share(row) for row in session.exec(asked)]


def suspended(session: Session) -> list[Share]:
    """Return what is suspended, what is to be taken up first at the head."""
    asked = (
        select(AssignmentRow)
        .where(col(AssignmentRow.status) == Status.SUSPENDED)
        .order_by(col(AssignmentRow.suspended_until), col(AssignmentRow.id))
    )
    return [_share(row) for row in session.exec(asked)]


def _share(row: AssignmentRow) -> Share:
    return Share(
        id=row.id or 0,
        task_id=row.task_id,
        agency_id=row.agency_id,
        lead_name=row.lead_name,
        status=row.status,
        occasion=row.occasion,
        origin_id=row.origin_id,
        due_on=row.due_on,
        suspended_until=row.suspended_until,
    )
