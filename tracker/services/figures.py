"""The five figures that every screen and report quotes, and that always add up."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from directives.calendar import WorkCalendar
from tracker.domain.permissions import EVERYTHING, Scope
from tracker.store import figures as stored
from tracker.store.figures import AgencyFigures, Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresOn:
    """The figures of the office on a day, and of each agency where that is asked for."""

    on: date
    figures: Figures
    agencies: tuple[AgencyFigures, ...] = ()


def figures_on(
    session: Session,
    on: date,
    *,
    calendar: WorkCalendar,
    by_agency: bool = False,
    scope: Scope = EVERYTHING,
) -> FiguresOn:
    """Count what is tracked as it stands on a day: total, done on time and late, open in time and overdue."""
    agencies = stored.figures_by_agency(session, on, calendar, scope) if by_agency else ()
    return FiguresOn(on=on, figures=stored.figures(session, on, calendar, scope), agencies=tuple(agencies))
