"""The deadlines an assignment has had: each change is a version with its cause; the first is kept."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlmodel import Session, col, select

from tracker.domain.deadlines import DeadlineCause
from tracker.store.events import AGENCY_CODE, Act, Change, record
from tracker.store.tables import AgencyRow, AssignmentRow, DeadlineVersionRow

ENTITY: Final = "deadline"  # of the line about a first deadline; its number is the assignment's
FIRST: Final = "deadline-first"
CHANGED: Final = "deadline-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDeadline:
    """A last on-time day, why it is that one, and how it was reached."""

    due_on: date | None
    cause: DeadlineCause
    explain: str
    document: str | None = None  # the number of the document that says or grants it


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineVersion:
    """A deadline that is or was in force."""

    version: int
    due_on: date | None
    cause: DeadlineCause
    explain: str
    document: str | None
    at: datetime
    actor: str


def change(session: Session, assignment_id: int, new: NewDeadline, *, act: Act) -> int:
    """Put a new deadline into force and return its version; the ladder starts anew with each version.

    A day that is already in force changes nothing. Whether the change is allowed is the domain's to say.
    """
    row = session.get_one(AssignmentRow, assignment_id, with_for_update=True)
    if new.due_on == row.due_on:
        return row.deadline_version
    before = {"due_on": row.due_on, "deadline_version": row.deadline_version}
    row.due_on = new.due_on
    row.deadline_version += 1
    row.version += 1
    _keep(session, assignment_id, row.deadline_version, new, act)
    after = _said(row.deadline_version, new)
    record(session, act, CHANGED, ("assignment", assignment_id), Change(before, after))
    return row.deadline_version


def add(session: Session, assignment_id: int, version: int, new: NewDeadline, *, act: Act) -> None:
    """Write down the deadline that an assignment starts with; versions are only ever added.

    Its line of history says where the assignment stands and who answers for it as well: nothing that is
    checked later begins unsaid.
    """
    _keep(session, assignment_id, version, new, act)
    row = session.get_one(AssignmentRow, assignment_id)
    agency = None if row.agency_id is None else session.get_one(AgencyRow, row.agency_id).code
    after = {"status": row.status, AGENCY_CODE: agency, **_said(version, new)}
    record(session, act, FIRST, (ENTITY, assignment_id), Change(after=after))


def _keep(session: Session, assignment_id: int, version: int, new: NewDeadline, act: Act) -> None:
    session.add(
        DeadlineVersionRow(
            assignment_id=assignment_id,
            version=version,
            due_on=new.due_on,
            cause=new.cause,
            explain=new.explain,
            document=new.document,
            at=act.at,
            actor=act.actor,
        )
    )


def _said(version: int, new: NewDeadline) -> dict[str, Any]:
    """Return all that a version says, for history: what is not in its chain could be changed unseen."""
    return {
        "due_on": new.due_on,
        "deadline_version": version,
        "cause": new.cause,
        "explain": new.explain,
        "document": new.document,
    }


def of(session: Session, assignment_id: int) -> list[DeadlineVersion]:
    """Return every deadline an assignment has had, the original first."""
    rows = session.exec(
        select(DeadlineVersionRow)
        .where(col(DeadlineVersionRow.assignment_id) == assignment_id)
        .order_by(col(DeadlineVersionRow.version))
    )
    return [
        DeadlineVersion(
            version=row.version,
            due_on=row.due_on,
            cause=row.cause,
            explain=row.explain,
            document=row.document,
            at=row.at,
            actor=row.actor,
        )
        for row in rows
    ]
