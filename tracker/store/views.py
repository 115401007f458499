"""What a page shows of tasks and of the letters about them, read in a few questions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from directives.model import DeadlineKind, Span
from notifications.outbox import OutboxState
from tracker.domain.assignment import Assignment
from tracker.store.instances import has_dates
from tracker.store.tables import AgencyRow, AssignmentRow, LetterItemRow, OutboxRow, TaskRow


@dataclass(frozen=True, slots=True)
class AssignmentView:
    """A lead's part of a task."""

    id: int
    lead_name: str
    span: Span  # of the lead's name in the document
    facts: Assignment
    assigned_on: date | None
    successor: str | None = None  # who answers for it now, where another agency took over
    occasion: date | None = None  # of an instance of a duty that comes round


@dataclass(frozen=True, slots=True)
class TaskView:
    """One task with its leads; the spans point into the directive's text."""

    code: str
    directive_id: int
    item: str | None
    action: str
    text: str
    span: Span
    coordinators: tuple[str, ...]
    recipient: str | None
    deadline_text: str | None
    deadline_span: Span | None
    due_on: date | None
    due_time: str | None
    explain: str
    doubts: tuple[str, ...]
    assignments: tuple[AssignmentView, ...]


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter about an assignment, and perhaps about others too, as the outbox has it."""

    kind: str
    subject: str
    channel: str
    address: str
    state: str
    created_at: datetime
    sent_at: datetime | None


def tasks_of(session: Session, directive_id: int) -> list[TaskView]:
    """List a directive's tasks in the order of the document."""
    rows = session.exec(
        select(TaskRow).where(TaskRow.directive_id == directive_id).order_by(col(TaskRow.ordinal))
    ).all()
    return _with_leads(session, rows)


def task(session: Session, code: str) -> TaskView | None:
    """Return a task by its code, None where there is none."""
    return next(
        iter(_with_leads(session, session.exec(select(TaskRow).where(TaskRow.code == code)).all())), None
    )


def letters_about(session: Session, assignment_ids: Iterable[int]) -> list[LetterView]:
    """List the letters about some assignments, newest first.

    A letter that went to its reader without any of them, because they had been settled, is shown as dropped.
    """
    rows = session.exec(
        select(OutboxRow, LetterItemRow.left_out)
        .join(LetterItemRow, col(LetterItemRow.outbox_id) == col(OutboxRow.id))
        .where(col(LetterItemRow.assignment_id).in_(list(assignment_ids)))
        .order_by(col(OutboxRow.created_at).desc(), col(OutboxRow.id).desc())
    )
    found: dict[int, tuple[OutboxRow, bool]] = {}
    for row, left_out in rows:
        letter_id = row.id or 0
        said = letter_id in found and found[letter_id][1]
        found[letter_id] = (row, said or left_out is None)
    return [_letter(row, said=said) for row, said in found.values()]


def items_by_kind(session: Session) -> dict[str, int]:
    """Count every step that was ever put into a letter, by the kind of message it calls for."""
    rows = session.exec(select(LetterItemRow.kind, func.count()).group_by(col(LetterItemRow.kind)))
    return dict(rows.all())


def items_by_message_id(session: Session) -> dict[str, int]:
    """Count what each letter says, by its Message-ID."""
    rows = session.exec(
        select(OutboxRow.message_id, func.count())
        .join(LetterItemRow, col(LetterItemRow.outbox_id) == col(OutboxRow.id))
        .where(col(LetterItemRow.left_out).is_(None))
        .group_by(col(OutboxRow.message_id))
    )
    return dict(rows.all())


def _letter(row: OutboxRow, *, said: bool) -> LetterView:
    return LetterView(
        row.kind,
        row.subject,
        row.channel,
        row.address,
        row.state if said else OutboxState.DROPPED,
        row.created_at,
        row.sent_at if said else None,
    )


def agencies_at_work(session: Session) -> list[tuple[str, str]]:
    """List code and name of every agency that leads an assignment."""
    rows = session.exec(
        select(AgencyRow.code, AgencyRow.name)
        .join(AssignmentRow, col(AssignmentRow.agency_id) == col(AgencyRow.id))
        .distinct()
    )
    return [(code, name) for code, name in rows]


def _with_leads(session: Session, rows: Iterable[TaskRow]) -> list[TaskView]:
    """Put the assignments beside their tasks, in one question for all."""
    tasks = {row.id or 0: row for row in rows}
    found = session.exec(
        select(AssignmentRow, AgencyRow.name, has_dates())
        .outerjoin(AgencyRow, col(AgencyRow.id) == col(AssignmentRow.agency_id))
        .where(col(AssignmentRow.task_id).in_(list(tasks)))
        .order_by(col(AssignmentRow.id))
    )
    leads: dict[int, list[AssignmentView]] = defaultdict(list)
    for row, agency, dated in found:
        lead = _assignment(row, tasks[row.task_id], agency, dated=bool(dated))
        leads[row.task_id].append(lead)
    return [_task(row, leads[number]) for number, row in tasks.items()]


def _assignment(row: AssignmentRow, task_row: TaskRow, agency: str | None, *, dated: bool) -> AssignmentView:
    kind = task_row.deadline_kind
    facts = Assignment(
        status=row.status,
        due_on=row.due_on,
        deadline=None if kind is None else DeadlineKind(kind),
        deadline_version=row.deadline_version,
        filed_on=row.filed_on,
        has_dates=dated,
    )
    return AssignmentView(
        id=row.id or 0,
        lead_name=row.lead_name,
        span=Span(row.span_start, row.span_end),
        facts=facts,
        assigned_on=row.assigned_on,
        successor=None if row.given_to_id is None or agency == row.lead_name else agency,
        occasion=_day(row.occasion),
    )


def _day(occasion: str) -> date | None:
    """Return the date an occasion stands for; a transfer's is none."""
    try:
        return date.fromisoformat(occasion)
    except ValueError:
        return None


def _task(row: TaskRow, leads: list[AssignmentView]) -> TaskView:
    start, end = row.deadline_start, row.deadline_end
    return TaskView(
        code=row.code,
        directive_id=row.directive_id,
        item=row.item,
        action=row.action,
        text=row.text,
        span=Span(row.span_start, row.span_end),
        coordinators=tuple(_name(mention) for mention in row.coordinators),
        recipient=_name(row.recipient) if row.recipient else None,
        deadline_text=row.deadline_text,
        deadline_span=None if start is None or end is None else Span(start, end),
        due_on=row.due_on,
        due_time=row.due_time,
        explain=row.explain,
        doubts=tuple(row.doubts),
        assignments=tuple(leads),
    )


def _name(mention: dict[str, Any]) -> str:
    """Return the written-out name of an agency kept as JSON."""
    return str(mention["name"])
