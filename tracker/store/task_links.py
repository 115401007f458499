"""Open tasks as they are compared with each other, and what people decided about two that look alike."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.duplicates import Candidate
from tracker.domain.likeness import folded
from tracker.domain.status import CLOSED
from tracker.store.events import Act
from tracker.store.tables import AssignmentRow, DirectiveRow, TaskLinkRow, TaskRow
from tracker.store.upsert import insert


@dataclass(frozen=True, slots=True)
class OpenShare:
    """A share in a task that is not closed."""

    assignment_id: int
    lead: str


def open_tasks(session: Session) -> list[Candidate]:
    """Return the tasks with a share that is not closed, in the order they were kept."""
    rows = session.execute(
        select(
            col(TaskRow.id),
            col(TaskRow.code),
            col(TaskRow.directive_id),
            col(DirectiveRow.number),
            col(DirectiveRow.file_name),
            col(TaskRow.text),
            col(TaskRow.item),
            col(AssignmentRow.due_on),
            col(AssignmentRow.lead_name),
        )
        .join(AssignmentRow, col(AssignmentRow.task_id) == col(TaskRow.id))
        .join(DirectiveRow, col(DirectiveRow.id) == col(TaskRow.directive_id))
        .where(col(AssignmentRow.status).not_in(CLOSED))
        .order_by(col(TaskRow.id), col(AssignmentRow.id))
    )
    tasks: dict[int, Candidate] = {}
    for number, code, directive_id, document, file_name, words, item, due_on, lead in rows:
        known = tasks.get(number)
        names = (*known.lead_names, lead) if known else (lead,)
        named = document or file_name
        first_due = known.due_on if known else due_on
        tasks[number] = Candidate(
            number, code, directive_id, named, folded(names), names, words, first_due, item
        )
    return list(tasks.values())


def decided(session: Session) -> frozenset[tuple[int, int]]:
    """Return the pairs of tasks about which somebody decided, or of which one continues the other."""
    links = session.execute(select(col(TaskLinkRow.task_id), col(TaskLinkRow.other_id)))
    continued = session.execute(
        select(col(TaskRow.continues_id), col(TaskRow.id)).where(col(TaskRow.continues_id).is_not(None))
    )
    return frozenset(
        (min(pair), max(pair)) for pair in (*(tuple(row) for row in links), *map(tuple, continued))
    )


def task_with_code(session: Session, code: str) -> int | None:
    """Return the number of a task."""
    return session.execute(select(col(TaskRow.id)).where(col(TaskRow.code) == code)).scalar_one_or_none()


def open_shares(session: Session, task_id: int) -> list[OpenShare]:
    """Return the shares in a task that are not closed."""
    rows = session.execute(
        select(col(AssignmentRow.id), col(AssignmentRow.lead_name))
        .where(col(AssignmentRow.task_id) == task_id, col(AssignmentRow.status).not_in(CLOSED))
        .order_by(col(AssignmentRow.id))
    )
    return [OpenShare(*row) for row in rows]


def decide(session: Session, one: int, other: int, *, same: bool, act: Act) -> None:
    """Write down what a person decided about two tasks, in place of what was decided before."""
    values = {"same": same, "at": act.at, "actor": act.actor}
    new = insert(session, TaskLinkRow).values(task_id=min(one, other), other_id=max(one, other), **values)
    session.execute(
        new.on_conflict_do_update(
            index_elements=[col(TaskLinkRow.task_id), col(TaskLinkRow.other_id)], set_=values
        )
    )
