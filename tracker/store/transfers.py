"""Give an assignment on to another agency: a new row that carries every deadline the old one had."""

from datetime import date

from sqlmodel import Session, col, select

from tracker.domain.status import Status
from tracker.store.tables import AssignmentRow, DeadlineVersionRow

FROM = "from "  # how the occasion of what came by a transfer begins


def hand_on(
    session: Session,
    assignment_id: int,
    to: tuple[int, str],
    *,
    assigned_on: date,
    origin: tuple[int, str],
) -> int:
    """Make another agency's row of an assignment and return its number.

    `to` is the agency's row and its name; `origin` the row it comes from and its occasion. The deadline in
    force and those before it come along, each with who set it and when: the original stays the first.
    """
    old = session.get_one(AssignmentRow, assignment_id)
    agency_id, name = to
    new = AssignmentRow(
        task_id=old.task_id,
        agency_id=agency_id,
        group_id=old.group_id,
        lead_text=old.lead_text,
        lead_name=name,
        span_start=old.span_start,
        span_end=old.span_end,
        origin_id=origin[0],
        occasion=origin[1],
        received_on=old.received_on,
        event_on=old.event_on,
        recurrence=old.recurrence,
        status=Status.ASSIGNED,
        due_on=old.due_on,
        deadline_version=old.deadline_version,
        assigned_on=assigned_on,
    )
    session.add(new)
    session.flush()
    number = new.id or 0
    _copy_deadlines(session, assignment_id, number)
    return number


def _copy_deadlines(session: Session, old_id: int, new_id: int) -> None:
    rows = session.exec(
        select(DeadlineVersionRow)
        .where(col(DeadlineVersionRow.assignment_id) == old_id)
        .order_by(col(DeadlineVersionRow.version))
    ).all()
    session.add_all(
        DeadlineVersionRow(
            assignment_id=new_id,
            version=row.version,
            due_on=row.due_on,
            cause=row.cause,
            explain=row.explain,
            document=row.document,
            at=row.at,
            actor=row.actor,
        )
        for row in rows
    )
    session.flush()
