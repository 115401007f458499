"""Requests to explain a delay, the answers, and whether the cause was confirmed as beyond one's power."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.store.tables import AssignmentRow, ExplanationRow, TaskRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A request to explain, with what came of it."""

    id: int
    assignment_id: int
    code: str
    lead: str
    asked_at: datetime
    asked_by: str
    answer_by: date
    words: str
    answered_at: datetime | None
    answered_by: str | None
    answer: str
    objective: bool | None
    confirmed_at: datetime | None
    confirmed_by: str | None


def add(  # noqa: PLR0913 — the columns of a request
    session: Session, assignment_id: int, *, at: datetime, by: str, answer_by: date, words: str
) -> int:
    """Keep a request and return its row number."""
    row = ExplanationRow(
        assignment_id=assignment_id, asked_at=at, asked_by=by, answer_by=answer_by, words=words
    )
    session.add(row)
    session.flush()
    return row.id or 0


def answer(session: Session, explanation_id: int, *, at: datetime, by: str, words: str) -> None:
    """Write down what an agency answered."""
    row = session.get_one(ExplanationRow, explanation_id)
    row.answered_at, row.answered_by, row.answer = at, by, words


def judge(session: Session, explanation_id: int, *, at: datetime, by: str, objective: bool) -> None:
    """Write down whether the cause was beyond the agency's power."""
    row = session.get_one(ExplanationRow, explanation_id)
    row.confirmed_at, row.confirmed_by, row.objective = at, by, objective


def open_request(session: Session, assignment_id: int) -> Explanation | None:
    """Return the request on an assignment that is not settled; there is at most one."""
    return next(
        (one for one in listing(session, assignment_id=assignment_id) if one.confirmed_at is None), None
    )


def listing(session: Session, *, assignment_id: int | None = None) -> list[Explanation]:
    """Return the requests in the order in which they were made."""
    asked = (
        select(ExplanationRow, AssignmentRow, TaskRow)
        .join(AssignmentRow, col(AssignmentRow.id) == col(ExplanationRow.assignment_id))
        .join(TaskRow, col(TaskRow.id) == col(AssignmentRow.task_id))
        .order_by(col(ExplanationRow.id))
    )
    if assignment_id is not None:
        asked = asked.where(col(ExplanationRow.assignment_id) == assignment_id)
    return [_explanation(*found) for found in session.exec(asked)]


def excused(session: Session) -> frozenset[int]:
    """Return the assignments whose delay was confirmed as beyond the agency's power (NĐ 335/2025)."""
    asked = select(ExplanationRow.assignment_id).where(col(ExplanationRow.objective).is_(True))
    return frozenset(session.exec(asked).all())


def _explanation(row: ExplanationRow, work: AssignmentRow, task: TaskRow) -> Explanation:
    about: dict[str, Any] = {"code": task.code, "lead": work.lead_name}
    own = {name: getattr(row, name) for name in Explanation.__dataclass_fields__ if name not in about}
    return Explanation(**about, **own)
