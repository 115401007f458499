"""Requests for more time and their answers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.domain.deadlines import DeadlineCause
from tracker.domain.requests import ExtensionState
from tracker.store.tables import AssignmentRow, DeadlineVersionRow, ExtensionRow, TaskRow


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """A request as it comes in."""

    assignment_id: int
    asked_on: date
    asked_by: str
    reason: str
    proposed_on: date
    in_time: bool
    directive_id: int | None = None  # nobody asked: a document extends the deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How a request ended."""

    state: ExtensionState
    at: datetime
    by: str
    words: str = ""
    granted_on: date | None = None
    document: str | None = None
    directive_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """A request for more time with its answer, and whose it is."""

    id: int
    assignment_id: int
    code: str
    lead: str
    due_on: date | None  # in force now
    asked_on: date
    asked_by: str
    reason: str
    proposed_on: date
    in_time: bool
    state: ExtensionState
    granted_on: date | None
    decided_at: datetime | None
    decided_by: str | None
    answer: str
    document: str | None
    directive_id: int | None


def add(session: Session, new: NewRequest) -> int:
    """Keep a request, still open, and return its row number."""
    fields = {name: getattr(new, name) for name in new.__dataclass_fields__}
    row = ExtensionRow(**fields, state=ExtensionState.ASKED)
    session.add(row)
    session.flush()
    return row.id or 0


def answer(session: Session, extension_id: int, said: Answer) -> None:
    """Write down how a request ended."""
    row = session.get_one(ExtensionRow, extension_id)
    row.state, row.granted_on = said.state, said.granted_on
    row.decided_at, row.decided_by, row.answer = said.at, said.by, said.words
    row.document = said.document
    row.directive_id = said.directive_id or row.directive_id
    session.flush()


def open_request(session: Session, assignment_id: int) -> Extension | None:
    """Return the request that awaits an answer; there is at most one."""
    found = listing(session, assignment_id=assignment_id, state=ExtensionState.ASKED)
    return found[0] if found else None


def granted(session: Session, assignment_id: int) -> int:
    """Count the extensions an assignment has had, those before a transfer included."""
    asked = select(DeadlineVersionRow.id).where(
        col(DeadlineVersionRow.assignment_id) == assignment_id,
        col(DeadlineVersionRow.cause) == DeadlineCause.EXTENSION,
    )
    return len(session.exec(asked).all())


def by_document(session: Session, directive_id: int) -> frozenset[int]:
    """Return the assignments whose deadline a document has extended."""
    asked = select(ExtensionRow.assignment_id).where(
        col(ExtensionRow.directive_id) == directive_id, col(ExtensionRow.state) == ExtensionState.GRANTED
    )
    return frozenset(session.exec(asked).all())


def listing(
    session: Session, *, assignment_id: int | None = None, state: ExtensionState | None = None
) -> list[Extension]:
    """Return requests in the order in which they came."""
    asked = (
        select(ExtensionRow, AssignmentRow, TaskRow)
        .join(AssignmentRow, col(AssignmentRow.id) == col(ExtensionRow.assignment_id))
        .join(TaskRow, col(TaskRow.id) == col(AssignmentRow.task_id))
        .order_by(col(ExtensionRow.id))
    )
    if assignment_id is not None:
        asked = asked.where(col(ExtensionRow.assignment_id) == assignment_id)
    if state is not None:
        asked = asked.where(col(ExtensionRow.state) == state)
    return [_extension(*found) for found in session.exec(asked)]


def _extension(row: ExtensionRow, work: AssignmentRow, task: TaskRow) -> Extension:
    about: dict[str, Any] = {"code": task.code, "lead": work.lead_name, "due_on": work.due_on}
    own = {name: getattr(row, name) for name in Extension.__dataclass_fields__ if name not in about}
    return Extension(**about, **own)
