"""The secretariat's list: what is late on a day, worst first."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from directives.calendar import WorkCalendar
from directives.model import Span
from directives.names import key
from tracker.domain.permissions import EVERYTHING, Scope
from tracker.domain.status import Status
from tracker.domain.timing import timing_of
from tracker.errors import NotFound
from tracker.services.naming import document_label, lead_label
from tracker.store import assignments, register
from tracker.store.assignments import Choice, Tracked


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueItem:
    """One assignment that is late; its span points into the text of its document."""

    assignment_id: int
    code: str
    document: str
    directive_id: int
    item: str | None
    action: str
    lead: str
    agency: str | None
    status: Status
    due_on: date
    days: int
    working_days: int
    span: Span


def overdue_list(
    session: Session,
    on: date,
    *,
    calendar: WorkCalendar,
    agency: str | None = None,
    scope: Scope = EVERYTHING,
) -> list[OverdueItem]:
    """Return what is overdue on a day, longest first; `agency` is a code, a name or another name.

    Raises NotFound for an agency that the register does not know.
    """
    choice = Choice(
        overdue_on=on,
        agencies=None if agency is None else _codes(session, agency),
        scope=scope,
    )
    late = [
        _item(work, work.facts.due_on, on, calendar)
        for work in assignments.tracked(session, choice)
        if work.facts.due_on
    ]
    return sorted(late, key=lambda item: (-item.days, item.code, item.lead))


def _item(work: Tracked, due_on: date, on: date, calendar: WorkCalendar) -> OverdueItem:
    """Describe an assignment that is late."""
    timing = timing_of(work.facts, on, calendar)
    return OverdueItem(
        assignment_id=work.id,
        code=work.code,
        document=document_label(work.genre, work.number, work.file_name),
        directive_id=work.directive_id,
        item=work.item,
        action=work.action,
        lead=lead_label(work),
        agency=work.agency,
        status=work.facts.status,
        due_on=due_on,
        days=timing.days,
        working_days=timing.working_days,
        span=work.span,
    )


def _codes(session: Session, agency: str) -> frozenset[str]:
    """Return the codes that a code, a name or another name stands for."""
    asked = key(agency)
    found = frozenset(
        entry.code
        for entry in register.entries(session)
        if agency == entry.code or asked in {key(name) for name in (entry.name, *entry.aliases)}
    )
    if not found:
        raise NotFound("agency.unknown", name=agency)
    return found
