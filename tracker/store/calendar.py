"""The office's working calendar: what ships with the program, under what the office has decided since."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from directives.calendar import SpecialDay, WorkCalendar, default_calendar
from tracker.store.events import Act
from tracker.store.session import reading
from tracker.store.tables import CalendarDayRow, CalendarYearRow


def calendar_of(session: Session) -> WorkCalendar:
    """Return the calendar in force: every decision about time asks this one."""
    return _calendar(tuple(decided_days(session)), tuple(decided_years(session)))


@lru_cache(maxsize=4)
def _calendar(days: tuple[SpecialDay, ...], years: tuple[int, ...]) -> WorkCalendar:
    """Put the calendar together once for what was decided: what it has counted stays with it."""
    return default_calendar().with_days(days, years)


def office_calendar(engine: Engine) -> WorkCalendar:
    """Return the calendar in force, for who holds no session."""
    with reading(engine) as session:
        return calendar_of(session)


def decided_days(session: Session) -> list[SpecialDay]:
    """Return the days that the office has decided about, in order."""
    rows = session.exec(_DAYS)
    return [
        SpecialDay(row.day, row.kind, row.name, row.decision, row.standing, row.swapped_with) for row in rows
    ]


def decided_years(session: Session) -> list[int]:
    """Return the years that the office has called complete."""
    return list(session.exec(_YEARS))


# Asked for every letter.
_DAYS: Final = select(CalendarDayRow).order_by(col(CalendarDayRow.day))
_YEARS: Final = select(CalendarYearRow.year).order_by(col(CalendarYearRow.year))


def save_days(session: Session, days: Iterable[SpecialDay], *, act: Act) -> None:
    """Write down days; what was said of the same day before is replaced."""
    for special in days:
        session.merge(
            CalendarDayRow(
                day=special.day,
                kind=special.kind,
                name=special.name,
                decision=special.decision,
                standing=special.standing,
                swapped_with=special.swapped_with,
                at=act.at,
                actor=act.actor,
            )
        )
    session.flush()


def save_years(session: Session, years: Iterable[int], *, act: Act) -> None:
    """Write down that the days off of some years are all known."""
    for year in years:
        session.merge(CalendarYearRow(year=year, at=act.at, actor=act.actor))
    session.flush()


def hold_calendar(session: Session) -> None:
    """Let nobody else change the calendar until this transaction ends.

    SQLite's writers hold the whole database anyway; on PostgreSQL the years' rows stand for the calendar.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection().exec_driver_sql("LOCK TABLE calendar_days, calendar_years IN EXCLUSIVE MODE")
