"""Questions about assignments; the answers are values, the rows stay here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import bindparam
from sqlalchemy.orm import defer
from sqlmodel import Session, and_, col, select

from directives.model import DeadlineKind, Span
from tracker.domain.assignment import Assignment
from tracker.domain.permissions import EVERYTHING, Scope
from tracker.domain.status import Status
from tracker.errors import Conflict, NotFound
from tracker.store.instances import has_dates
from tracker.store.tables import AgencyRow, AssignmentRow, DeadlineVersionRow, DirectiveRow, TaskRow
from tracker.store.timing_sql import is_overdue
from tracker.store.visibility import visible_assignments


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """An assignment with the words that lists and letters need."""

    id: int
    facts: Assignment
    code: str  # the task's
    item: str | None
    action: str
    span: Span
    deadline_text: str | None
    explain: str
    confidence: float
    doubts: tuple[str, ...]
    lead: str  # as the register named it at the document's date
    agency: str | None  # the code of who answers now
    successor: str | None = None  # the name of who answers now, where it took over from the lead
    assigned_on: date | None
    version: int
    directive_id: int
    genre: str
    number: str | None
    issued_on: date | None
    subject: str | None
    file_name: str
    urgent: bool = False  # the document is stamped so
    dates: tuple[int, int] | None = None  # of a duty: how many of its dates are done, of how many; in lists


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which assignments are asked for; None means all."""

    ids: frozenset[int] | None = None
    directive_id: int | None = None
    task: str | None = None  # its code
    statuses: frozenset[Status] | None = None
    overdue_on: date | None = None  # overdue on that day
    agencies: frozenset[str] | None = None
    scope: Scope = EVERYTHING  # what the one who asks may see


def tracked(session: Session, choice: Choice = Choice()) -> list[Tracked]:
    """Return the assignments asked for, in the order of their documents."""
    given = {name: value for name in _BY_VALUE if (value := getattr(choice, name)) is not None}
    question = _question(frozenset(given), choice.overdue_on, choice.scope)
    values = {name: list(value) if isinstance(value, frozenset) else value for name, value in given.items()}
    return [_tracked(*row) for row in session.execute(question, values)]


@lru_cache(maxsize=64)
def _question(given: frozenset[str], overdue_on: date | None, scope: Scope) -> Any:
    """Put a question together, once for what it names: for a letter that takes longer than the answer."""
    return (
        select(  # type: ignore[call-overload]  # SQLModel knows no select of six
            AssignmentRow, TaskRow, DirectiveRow, AgencyRow, col(DeadlineVersionRow.explain), has_dates()
        )
        .join(TaskRow, col(TaskRow.id) == col(AssignmentRow.task_id))
        .join(DirectiveRow, col(DirectiveRow.id) == col(TaskRow.directive_id))
        .outerjoin(AgencyRow, col(AgencyRow.id) == col(AssignmentRow.agency_id))
        .outerjoin(DeadlineVersionRow, _IN_FORCE)
        .options(defer(DirectiveRow.text))  # type: ignore[arg-type]  # SQLModel types the column as its value
        .where(*_conditions(given, overdue_on, scope))
        .order_by(col(TaskRow.directive_id), col(TaskRow.ordinal), col(AssignmentRow.id))
    )


_IN_FORCE: Final = and_(
    col(DeadlineVersionRow.assignment_id) == col(AssignmentRow.id),
    col(DeadlineVersionRow.version) == col(AssignmentRow.deadline_version),
)


_BY_VALUE: Final[Mapping[str, Any]] = {  # the fields of a Choice that are filled in when it is asked
    "ids": col(AssignmentRow.id).in_(bindparam("ids", expanding=True)),
    "directive_id": col(TaskRow.directive_id) == bindparam("directive_id"),
    "task": col(TaskRow.code) == bindparam("task"),
    "statuses": col(AssignmentRow.status).in_(bindparam("statuses", expanding=True)),
    "agencies": col(AgencyRow.code).in_(bindparam("agencies", expanding=True)),
}


def _conditions(given: frozenset[str], overdue_on: date | None, scope: Scope) -> Iterable[Any]:
    yield from (condition for name, condition in _BY_VALUE.items() if name in given)
    if overdue_on is not None:
        yield is_overdue(overdue_on)
    yield visible_assignments(scope)


def _tracked(  # noqa: PLR0913, PLR0917 - the columns of one question
    assignment: AssignmentRow,
    task: TaskRow,
    directive: DirectiveRow,
    agency: AgencyRow | None,
    explain: str | None,
    dated: bool,  # noqa: FBT001 - the same
) -> Tracked:
    return Tracked(
        id=assignment.id or 0,
        facts=Assignment(
            status=assignment.status,
            due_on=assignment.due_on,
            deadline=None if task.deadline_kind is None else DeadlineKind(task.deadline_kind),
            deadline_version=assignment.deadline_version,
            filed_on=assignment.filed_on,
            has_dates=bool(dated),
        ),
        code=task.code,
        item=task.item,
        action=task.action,
        span=Span(task.span_start, task.span_end),
        deadline_text=task.deadline_text,
        explain=explain or task.explain,  # how the day in force was reached, once it is not the one read
        confidence=task.confidence,
        doubts=(*task.doubts, *assignment.doubts),
        lead=assignment.lead_name,
        agency=None if agency is None else agency.code,
        successor=None if agency is None or assignment.given_to_id is None else agency.name,
        assigned_on=assignment.assigned_on,
        version=assignment.version,
        directive_id=task.directive_id,
        genre=directive.genre,
        number=directive.number,
        issued_on=directive.issued_on,
        subject=directive.subject,
        file_name=directive.file_name,
        urgent=directive.urgency.is_urgent,
    )


def claim(session: Session, assignment_id: int, *, seen: int | None) -> Tracked:
    """Hold an assignment for this transaction and return it as it stands now.

    `seen` is the version that the person who acts was shown, None for a command that read nothing before.
    Raises NotFound for none, Conflict where somebody changed it meanwhile: a stale form never overwrites.
    """
    held = select(AssignmentRow.version).where(col(AssignmentRow.id) == assignment_id).with_for_update()
    version = session.exec(held).first()
    if version is None:
        raise NotFound("assignment.unknown", ref=assignment_id)
    if seen is not None and seen != version:
        raise Conflict("assignment.stale", ref=assignment_id)
    session.flush()
    session.expire_all()
    return tracked(session, Choice(ids=frozenset({assignment_id})))[0]


def set_status(session: Session, assignment_id: int, status: Status, *, assigned_on: date | None) -> None:
    """Write where an assignment now stands; which moves are allowed is the domain's to say."""
    row = session.get_one(AssignmentRow, assignment_id)
    row.status = status
    row.assigned_on = row.assigned_on or assigned_on
    row.version += 1


def without_agency(session: Session) -> list[Tracked]:
    """Return the assignments whose lead the register did not know."""
    return [work for work in tracked(session) if work.agency is None]


def set_agency(session: Session, assignment_id: int, agency_id: int, *, settled: str) -> None:
    """Give an assignment to an agency and settle the doubt about it; the lead's name stays as read."""
    row = session.get_one(AssignmentRow, assignment_id)
    row.agency_id = agency_id
    row.doubts = [doubt for doubt in row.doubts if doubt != settled]
    row.version += 1


def doubt(session: Session, assignment_id: int, code: str) -> None:
    """Note a doubt about an assignment, once."""
    row = session.get_one(AssignmentRow, assignment_id)
    if code not in row.doubts:
        row.doubts = [*row.doubts, code]
        row.version += 1


def settle(session: Session, assignment_id: int, code: str) -> None:
    """Take back a doubt about an assignment, where there is one."""
    row = session.get_one(AssignmentRow, assignment_id)
    row.doubts = [one for one in row.doubts if one != code]
