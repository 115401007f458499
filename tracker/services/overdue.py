"""The secretariat's list: what is late on a day, worst first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from directives.calendar import WorkCalendar
from directives.model import Span
from tracker.domain.permissions import EVERYTHING, Scope
from tracker.domain.status import Status
from tracker.domain.timing import timing_of
from tracker.services.listing import codes_of
from tracker.services.naming import document_label, lead_label
from tracker.store.assignments import Tracked
from tracker.store.listed import WHOLE, Asked, Part, listed


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
    return list(overdue_items(session, overdue_on(session, on, calendar, agency=agency, scope=scope)))


def overdue_on(
    session: Session,
    on: date,
    calendar: WorkCalendar,
    *,
    agency: str | None = None,
    scope: Scope = EVERYTHING,
) -> Asked:
    """Return what the list of a day asks for; raises NotFound as `overdue_list` does."""
    return Asked(
        on=on,
        calendar=calendar,
        agencies=None if agency is None else codes_of(session, agency),
        only_overdue=True,
        longest_overdue_first=True,
        scope=scope,
    )


def overdue_items(session: Session, asked: Asked, part: Part = WHOLE) -> Iterator[OverdueItem]:
    """Give what is overdue piece by piece, longest first; as long, in the order of the documents."""
    for work in listed(session, asked, part):
        if work.facts.due_on is not None:
            yield _item(work, work.facts.due_on, asked.on, asked.calendar)


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
