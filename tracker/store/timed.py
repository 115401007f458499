"""Assignments as their deadlines see them: the words, what the words run from, and the day in force."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, and_, col, select

from directives.model import DeadlineKind, Interval
from tracker.domain.deadlines import DeadlineCause
from tracker.domain.status import CLOSED, Status
from tracker.errors import NotFound
from tracker.store.tables import AssignmentRow, DeadlineVersionRow, DirectiveRow, TaskRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """An assignment with all that its deadline depends on."""

    id: int
    code: str  # the task's
    lead: str
    action: str
    directive_id: int
    genre: str
    number: str | None
    file_name: str
    issued_on: date | None
    status: Status
    version: int
    due_on: date | None
    cause: DeadlineCause  # of the deadline in force
    explain: str  # the same
    words: str | None  # None: the document gives no deadline
    kind: DeadlineKind | None
    every: Interval | None
    stated: date | None  # the day that the words name
    exclusive: bool  # «trước ngày X»: X is named, and late by itself
    received_on: date | None  # by this agency, or by all alike
    event_on: date | None
    recurrence: str | None  # a person's words; they stand before the document's
    assigned_on: date | None
    occasion: str
    origin_id: int | None
    is_instance: bool = False  # a dated one of a recurring duty, which itself has no day


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which of the assignments that are not closed are asked for; None means all."""

    id: int | None = None
    directive_id: int | None = None
    kind: DeadlineKind | None = None
    without_day: bool = False
    exclusive: bool = False  # only «trước ngày X»
    hold: bool = False  # keep the rows as they are until the transaction ends


def timed(session: Session, which: Which = Which()) -> list[Timed]:
    """Return the assignments asked for that are not closed, in the order of their documents."""
    version = and_(
        col(DeadlineVersionRow.assignment_id) == col(AssignmentRow.id),
        col(DeadlineVersionRow.version) == col(AssignmentRow.deadline_version),
    )
    question = (
        select(
            AssignmentRow,
            TaskRow,
            col(DeadlineVersionRow.cause),
            col(DeadlineVersionRow.explain),
            DirectiveRow.number,
            DirectiveRow.issued_on,
            DirectiveRow.received_on,
            DirectiveRow.genre,
            DirectiveRow.file_name,
        )  # type: ignore[call-overload]  # SQLModel knows no select of so many
        .join(TaskRow, col(TaskRow.id) == col(AssignmentRow.task_id))
        .join(DirectiveRow, col(DirectiveRow.id) == col(TaskRow.directive_id))
        .join(DeadlineVersionRow, version)
        .where(col(AssignmentRow.status).not_in(CLOSED), *_conditions(which))
        .order_by(col(TaskRow.directive_id), col(TaskRow.ordinal), col(AssignmentRow.id))
    )
    if which.hold:
        question = question.with_for_update(of=AssignmentRow).execution_options(populate_existing=True)
    return [_timed(*row) for row in session.exec(question)]


def one(session: Session, assignment_id: int) -> Timed:
    """Hold one assignment and return it. Raises NotFound where there is none that is open."""
    found = timed(session, Which(id=assignment_id, hold=True))
    if not found:
        known = session.get(AssignmentRow, assignment_id) is not None
        raise NotFound("assignment.closed" if known else "assignment.unknown", ref=assignment_id)
    return found[0]


def tell_received(session: Session, assignment_id: int, day: date) -> None:
    """Write down when one agency got the document."""
    session.get_one(AssignmentRow, assignment_id).received_on = day


def tell_event(session: Session, assignment_id: int, day: date) -> None:
    """Write down when that happened from which an assignment's period runs."""
    session.get_one(AssignmentRow, assignment_id).event_on = day


def tell_recurrence(session: Session, assignment_id: int, words: str) -> None:
    """Write down, in a person's words, when a duty comes round."""
    row = session.get_one(AssignmentRow, assignment_id)
    row.recurrence = words
    row.version += 1


def tell_received_by_all(session: Session, directive_id: int, day: date) -> date | None:
    """Write down when every agency got a document, and return what was known before."""
    row = session.get_one(DirectiveRow, directive_id)
    before, row.received_on = row.received_on, day
    row.version += 1
    return before


def _conditions(which: Which) -> Iterator[Any]:
    if which.id is not None:
        yield col(AssignmentRow.id) == which.id
    if which.directive_id is not None:
        yield col(TaskRow.directive_id) == which.directive_id
    if which.kind is not None:
        yield col(TaskRow.deadline_kind) == which.kind
    if which.without_day:
        yield col(AssignmentRow.due_on).is_(None)
    if which.exclusive:
        yield col(TaskRow.exclusive)


def _timed(  # noqa: PLR0913, PLR0917 - the columns of one question
    row: AssignmentRow,
    task: TaskRow,
    cause: DeadlineCause,
    explain: str,
    number: str | None,
    issued_on: date | None,
    received_on: date | None,
    genre: str,
    file_name: str,
) -> Timed:
    kind = None if task.deadline_kind is None else DeadlineKind(task.deadline_kind)
    return Timed(
        id=row.id or 0,
        code=task.code,
        lead=row.lead_name,
        action=task.action,
        directive_id=task.directive_id,
        genre=genre,
        number=number,
        file_name=file_name,
        issued_on=issued_on,
        status=row.status,
        version=row.version,
        due_on=row.due_on,
        cause=cause,
        explain=explain,
        words=task.deadline_text,
        kind=kind,
        every=None if task.every is None else Interval(task.every),
        stated=task.stated,
        exclusive=task.exclusive,
        received_on=row.received_on or received_on,
        event_on=row.event_on,
        recurrence=row.recurrence,
        assigned_on=row.assigned_on,
        occasion=row.occasion,
        origin_id=row.origin_id,
        is_instance=kind is DeadlineKind.RECURRING and row.due_on is not None,
    )
