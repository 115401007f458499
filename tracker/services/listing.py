"""Lists of documents and tasks, as the command line and other programs ask for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from directives.calendar import WorkCalendar
from directives.model import Span
from directives.names import key
from tracker.domain.numbers import running_number
from tracker.domain.permissions import EVERYTHING, Scope
from tracker.domain.status import Status
from tracker.domain.timing import DUE_SOON, Timing, timing_of
from tracker.errors import Conflict, NotFound
from tracker.services.naming import document_label, lead_label
from tracker.store import directives, register
from tracker.store.assignments import Tracked
from tracker.store.directives import DirectiveEntry
from tracker.store.listed import WHOLE, Asked, Part, listed


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskItem:
    """One lead's share in a task, and how it stands; the span points into the text of its document."""

    assignment_id: int
    code: str
    document: str
    directive_id: int
    item: str | None
    action: str
    lead: str
    agency: str | None
    status: Status
    deadline: str | None  # in the document's words
    due_on: date | None
    timing: Timing
    dates: tuple[int, int] | None  # of a recurring duty: how many of its dates are done, of how many
    explain: str
    confidence: float
    doubts: tuple[str, ...]
    span: Span


def task_list(  # noqa: PLR0913 — what is asked for, and by whom
    session: Session,
    on: date,
    *,
    calendar: WorkCalendar,
    due_soon: int = DUE_SOON,
    directive_id: int | None = None,
    scope: Scope = EVERYTHING,
) -> list[TaskItem]:
    """Return every lead's share in every task as it stands on a day, in the order of the documents."""
    asked = Asked(on=on, calendar=calendar, due_soon=due_soon, directive_id=directive_id, scope=scope)
    return list(task_items(session, asked))


def task_items(session: Session, asked: Asked, part: Part = WHOLE) -> Iterator[TaskItem]:
    """Give what is asked for piece by piece, as it stands on its day; the whole need not fit into memory."""
    for work in listed(session, asked, part):
        yield _item(work, timing_of(work.facts, asked.on, asked.calendar, due_soon=asked.due_soon))


def codes_of(session: Session, agency: str) -> frozenset[str]:
    """Return the codes that a code, a name or another name of an agency stands for.

    Raises NotFound for an agency that the register does not know.
    """
    asked = key(agency)
    found = frozenset(
        entry.code
        for entry in register.entries(session)
        if agency == entry.code or asked in {key(name) for name in (entry.name, *entry.aliases)}
    )
    if not found:
        raise NotFound("agency.unknown", name=agency)
    return found


def find_directive(session: Session, ref: str) -> DirectiveEntry:
    """Return the document that a running number or its own number names.

    Raises NotFound for none, Conflict for several.
    """
    number = running_number(ref)
    if number is not None and (entry := directives.with_id(session, number)) is not None:
        return entry
    found = directives.numbered(session, ref.strip())
    if not found:
        raise NotFound("directive.unknown", ref=ref)
    if len(found) > 1:
        raise Conflict("directive.ambiguous", ref=ref, count=len(found))
    return found[0]


def _item(work: Tracked, timing: Timing) -> TaskItem:
    return TaskItem(
        assignment_id=work.id,
        code=work.code,
        document=document_label(work.genre, work.number, work.file_name),
        directive_id=work.directive_id,
        item=work.item,
        action=work.action,
        lead=lead_label(work),
        agency=work.agency,
        status=work.facts.status,
        deadline=work.deadline_text,
        due_on=work.facts.due_on,
        timing=timing,
        dates=work.dates,
        explain=work.explain,
        confidence=work.confidence,
        doubts=work.doubts,
        span=work.span,
    )
