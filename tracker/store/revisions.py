"""The tasks of documents side by side, and which revisions a person has accepted."""

from collections.abc import Collection
from dataclasses import replace

from sqlmodel import Session, col, select

from directives.names import key
from tracker.domain.revisions import Share, TaskFacts
from tracker.domain.status import Status
from tracker.store.events import Act
from tracker.store.instances import DATED, LEFT
from tracker.store.tables import AssignmentRow, CitationRow, RevisionRow, TaskRow


def tasks_of(session: Session, directive_id: int) -> list[TaskFacts]:
    """Return the tasks of a document with their shares, in the order of its text.

    The dated instances of a recurring duty are not shares of their own: they go with it.
    """
    rows = session.exec(
        select(TaskRow).where(col(TaskRow.directive_id) == directive_id).order_by(col(TaskRow.ordinal))
    ).all()
    shares = _shares(session, [row.id or 0 for row in rows])
    return [
        TaskFacts(row.id or 0, row.code, row.item, row.text, row.due_on, tuple(shares.get(row.id or 0, ())))
        for row in rows
    ]


def tracked_tasks_of(session: Session, directive_id: int) -> list[TaskFacts]:
    """Return the tasks of a document with the shares that stand for them, wherever these are tracked.

    A task that goes on with one of an older document is tracked there, and its own share was withdrawn.
    """
    return [
        replace(task, shares=tuple(_tracked(session, task.id, share) for share in task.shares))
        for task in tasks_of(session, directive_id)
    ]


def _tracked(session: Session, task_id: int, share: Share) -> Share:
    """Follow a share to the oldest task that it goes on under; it stays itself where there is none."""
    passed = {task_id}
    while share.status is Status.WITHDRAWN:
        older = session.get_one(TaskRow, session.get_one(TaskRow, task_id).continues_id or task_id)
        task_id = older.id or 0
        same = [
            one for one in _shares(session, [task_id]).get(task_id, ()) if key(one.lead) == key(share.lead)
        ]
        if task_id in passed or not same:
            break
        passed.add(task_id)
        live = [one for one in same if one.status is not Status.WITHDRAWN]
        share = replace((live or same)[-1], under=older.code)
    return share


def _shares(session: Session, task_ids: Collection[int]) -> dict[int, list[Share]]:
    """Return the shares in some tasks, by task."""
    shares: dict[int, list[Share]] = {}
    for row in session.exec(
        select(AssignmentRow)
        .where(
            col(AssignmentRow.task_id).in_(task_ids),
            col(AssignmentRow.occasion).not_like(DATED),
            col(AssignmentRow.occasion).not_like(f"{LEFT}%"),
        )
        .order_by(col(AssignmentRow.id))
    ):
        shares.setdefault(row.task_id, []).append(Share(row.id or 0, row.lead_name, row.status, row.due_on))
    return shares


def revising(session: Session, directive_id: int, relations: Collection[str]) -> list[tuple[str, str]]:
    """Return the citations of a document that replace or amend, as numbers with their relation."""
    rows = session.exec(
        select(CitationRow.number, CitationRow.relation)
        .where(col(CitationRow.directive_id) == directive_id, col(CitationRow.relation).in_(relations))
        .order_by(col(CitationRow.span_start))
    )
    return list(rows.all())


def accepted(session: Session, new_id: int) -> frozenset[int]:
    """Return the documents that a new one has been accepted as a revision of."""
    return frozenset(session.exec(select(RevisionRow.old_id).where(col(RevisionRow.new_id) == new_id)))


def accept(session: Session, old_id: int, new_id: int, relation: str, *, act: Act) -> None:
    """Write down that a person accepted what a document changes in another; a second time breaks a key."""
    session.add(
        RevisionRow(
            old_id=old_id, new_id=new_id, relation=relation, accepted_at=act.at, accepted_by=act.actor
        )
    )


def continue_task(session: Session, new_task: int, old_task: int) -> None:
    """Write down which task of an older document a task goes on with."""
    session.get_one(TaskRow, new_task).continues_id = old_task
