"""The dated instances of recurring duties."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, case, col, func, select

from tracker.clock import office_day
from tracker.domain.deadlines import DeadlineCause
from tracker.domain.status import GIVEN_AWAY, Move, Status
from tracker.store import deadline_versions
from tracker.store.deadline_versions import NewDeadline
from tracker.store.events import Act, Change, record
from tracker.store.tables import AssignmentRow, EventRow
from tracker.store.upsert import insert_new

MADE = "instance-made"
TOLD = "recurrence-set"
DATED = "____-__-__"  # what the occasion of a date of a duty looks like: ISO 8601
LEFT = "left "  # how the occasion begins of a date that its duty left for another rhythm


def occasions_of(session: Session, duty_ids: Iterable[int]) -> dict[int, set[str]]:
    """Return which occasions each duty already has an instance for, or had before it was handed on to it."""
    origins = {number: _line_of(session, number) for number in duty_ids}
    found: defaultdict[int, set[str]] = defaultdict(set)
    wanted = {each for line in origins.values() for each in line}
    rows = session.exec(
        select(AssignmentRow.origin_id, AssignmentRow.occasion).where(
            col(AssignmentRow.origin_id).in_(wanted), col(AssignmentRow.due_on).is_not(None)
        )
    ).all()
    for number, line in origins.items():
        found[number] = {occasion for origin, occasion in rows if origin in line}
    return found


def has_dates() -> ColumnElement[bool]:
    """Return the condition that an assignment is a duty of which dates are assignments of their own."""
    one = aliased(AssignmentRow)
    duties = select(one.origin_id).where(
        col(one.origin_id).is_not(None), col(one.occasion).like(DATED), col(one.status).not_in(GIVEN_AWAY)
    )
    return col(AssignmentRow.id).in_(duties)


def done_of(session: Session, duty_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Return how many dates of each duty are done, of how many there are; nothing for one without any."""
    done = func.sum(case((col(AssignmentRow.status) == Status.CONFIRMED, 1), else_=0))
    rows = session.exec(
        select(AssignmentRow.origin_id, done, func.count())
        .where(
            col(AssignmentRow.origin_id).in_(list(duty_ids)),
            col(AssignmentRow.occasion).like(DATED),
            col(AssignmentRow.status).not_in(GIVEN_AWAY),
        )
        .group_by(col(AssignmentRow.origin_id))
    )
    return {number: (int(count), int(total)) for number, count, total in rows if number is not None}


def _line_of(session: Session, number: int) -> set[int]:
    """Return a duty and those from which it was handed on."""
    line, origin = {number}, session.get_one(AssignmentRow, number).origin_id
    while origin is not None and origin not in line:
        line.add(origin)
        origin = session.get_one(AssignmentRow, origin).origin_id
    return line


def running_since(session: Session) -> dict[int, date]:
    """Return the day on which each duty was last taken up again, or was told when it comes round."""
    rows = session.exec(
        select(EventRow.entity_id, func.max(EventRow.at))
        .where(col(EventRow.entity) == "assignment", col(EventRow.action).in_((Move.RESUME, TOLD)))
        .group_by(col(EventRow.entity_id))
    )
    return {number: office_day(at) for number, at in rows}


def free_occasion(session: Session, number: int) -> None:
    """Let go of the day of an instance that was withdrawn, so that a later rhythm may take that day again."""
    row = session.get_one(AssignmentRow, number)
    row.occasion = f"{LEFT}{row.occasion} {number}"


def add_instance(  # noqa: PLR0913 - all that an instance is made of
    session: Session, duty_id: int, occasion: date, new: NewDeadline, *, on: date, act: Act
) -> int | None:
    """Make one dated instance of a duty and return its number; None where another process was quicker."""
    duty = session.get_one(AssignmentRow, duty_id)
    values: dict[str, Any] = {
        "task_id": duty.task_id,
        "agency_id": duty.agency_id,
        "given_to_id": duty.given_to_id,
        "group_id": duty.group_id,
        "lead_text": duty.lead_text,
        "lead_name": duty.lead_name,
        "span_start": duty.span_start,
        "span_end": duty.span_end,
        "occasion": occasion.isoformat(),
        "origin_id": duty_id,
        "status": Status.ASSIGNED,
        "due_on": new.due_on,
        "deadline_version": 1,
        "assigned_on": on,
        "doubts": [],
        "version": 1,
    }
    if not insert_new(session, AssignmentRow, values):
        return None
    number = session.exec(
        select(AssignmentRow.id).where(
            col(AssignmentRow.task_id) == duty.task_id,
            col(AssignmentRow.lead_name) == duty.lead_name,
            col(AssignmentRow.occasion) == occasion.isoformat(),
        )
    ).one()
    deadline_versions.add(session, number or 0, 1, new, act=act)
    after = {"duty": duty_id, "occasion": occasion, "due_on": new.due_on, "cause": DeadlineCause.INSTANCE}
    record(session, act, MADE, ("assignment", number or 0), Change(after=after))
    return number
