"""Change the office's calendar: first see which due dates would move, then move them with it, or leave it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sqlmodel import Session

from directives.calendar import SATURDAY, DayKind, SpecialDay, Standing, WorkCalendar
from tracker.clock import FIRST_YEAR, LAST_YEAR, shown
from tracker.domain.deadlines import DeadlineCause, Reckoning
from tracker.domain.permissions import Deed
from tracker.errors import InputRefused
from tracker.phrasebook import say
from tracker.services.counted_days import cause_of, counted, day_of, named_before
from tracker.services.naming import document_label
from tracker.services.permits import allow
from tracker.store import calendar as store
from tracker.store import deadline_versions
from tracker.store.calendar import calendar_of
from tracker.store.deadline_versions import NewDeadline
from tracker.store.events import Act, Change, record
from tracker.store.timed import Timed

AHEAD: Final = timedelta(days=365)
_OTHER_SIDE: Final = {DayKind.SWAPPED_OFF: DayKind.WORKED, DayKind.WORKED: DayKind.SWAPPED_OFF}


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """Days that are decided about, and years whose days off are thereby all known.

    Raises InputRefused for a year that no office can mean.
    """

    days: tuple[SpecialDay, ...] = ()
    years: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a slip such as 20261."""
        for year in self.years:
            refuse_year(year)


@dataclass(frozen=True, slots=True)
class MovedDueDate:
    """A due date that a change of the calendar moves."""

    assignment_id: int
    code: str
    document: str
    lead: str
    before: date | None
    after: date
    explain: str
    cause: DeadlineCause
    decision: str | None = None  # of each day that moves it; None where no day is known


@dataclass(frozen=True, slots=True)
class Provisional:
    """A stretch of the twelve months ahead that may still change: a whole year's, or one expected day."""

    first: date
    last: date
    name: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class OneSided:
    """A swapped day without its other side: on which day that would be, if known, and of which kind."""

    day: SpecialDay
    other: date | None
    lacks: DayKind


def new_days(current: WorkCalendar, change: CalendarChange) -> CalendarChange:
    """Return only what is not already so."""
    days = tuple(day for day in change.days if current.special.get(day.day) != day)
    return CalendarChange(days, tuple(year for year in change.years if year not in current.years))


def preview(session: Session, change: CalendarChange, by: Reckoning) -> list[MovedDueDate]:
    """Return the due dates that a change would move; nothing is written.

    Only days that were counted out move, and only of work that is not closed. A day that the words do not
    give even under the calendar in force was reached otherwise, and stays.
    """
    return list(_moves(session, by, change))


def confirm(session: Session, change: CalendarChange, by: Reckoning, *, act: Act) -> list[MovedDueDate]:
    """Write a change down and move the due dates with it, each as a new version, in one transaction.

    Raises NotPermitted for who may not change the calendar.
    """
    act = allow(session, act, Deed.CALENDAR)
    store.hold_calendar(session)
    before = Reckoning(calendar_of(session), by.policy)
    moves = list(_moves(session, before, change, hold=True))
    store.save_days(session, change.days, act=act)
    store.save_years(session, change.years, act=act)
    _record(session, before.calendar, change, act)
    _move(session, moves, act)
    return moves


def out_of_step(session: Session, by: Reckoning, *, hold: bool = False) -> list[MovedDueDate]:
    """Return the due dates that the calendar and policy in force no longer give.

    So it is after an update of the program's own calendar, and after another policy was set.
    """
    works = [*counted(session, hold=hold), *named_before(session, hold=hold)]
    found = ((work, day_of(work, by)) for work in works)
    return [_moved(work, *day) for work, day in found if day is not None and day[0] != work.due_on]


def bring_in_step(session: Session, by: Reckoning, *, act: Act) -> list[MovedDueDate]:
    """Move the due dates to what the calendar and policy in force give.

    Raises NotPermitted for who may not change the calendar.
    """
    act = allow(session, act, Deed.CALENDAR)
    moves = out_of_step(session, by, hold=True)
    _move(session, moves, act)
    return moves


def still_provisional(calendar: WorkCalendar, on: date) -> list[Provisional]:
    """Return what of the twelve months from a day on is not decided, in order."""
    last = on + AHEAD
    found = [
        Provisional(max(on, date(year, 1, 1)), min(last, date(year, 12, 31)))
        for year in range(on.year, last.year + 1)
        if year not in calendar.years
    ]
    found += [
        Provisional(special.day, special.day, special.name, special.decision)
        for special in calendar.special.values()
        if on <= special.day <= last
        and special.standing is Standing.PROVISIONAL
        and special.day.year in calendar.years
    ]
    return sorted(found, key=lambda one: one.first)


def one_sided(calendar: WorkCalendar, on: date = date.min) -> list[OneSided]:
    """Return the swapped days from a day's year on that the calendar has without their other side, in order.

    So it is with a day off for which no day is worked, with a worked day for which none is off, and where
    two days do not name each other.
    """
    days = (one for one in calendar.special.values() if one.day.year >= on.year)
    sides = ((one, _lacks(calendar, one)) for one in sorted(days, key=lambda one: one.day))
    return [OneSided(one, one.swapped_with, kind) for one, kind in sides if kind is not None]


def left_one_sided(current: WorkCalendar, change: CalendarChange) -> list[OneSided]:
    """Return the swapped days that a change itself writes, or leaves, without their other side."""
    before = one_sided(current)
    after = one_sided(current.with_days(change.days, change.years))
    return [one for one in after if one.day in change.days or one not in before]


def _lacks(calendar: WorkCalendar, special: SpecialDay) -> DayKind | None:
    """Return of which kind the other side of a swapped day would be, None for a day that lacks nothing."""
    needed = _OTHER_SIDE.get(special.kind)
    if special.swapped_with is None:
        return needed
    other = calendar.special.get(special.swapped_with)
    fits = other is not None and other.swapped_with == special.day and needed in {None, _side(other.kind)}
    return None if fits else needed or DayKind.WORKED


def _side(kind: DayKind) -> DayKind:
    """Return whether a day is the worked or the free side of a swap, whatever the day off is called."""
    return kind if kind in {DayKind.WORKED, DayKind.ORDINARY} else DayKind.SWAPPED_OFF


def check_day(special: SpecialDay) -> str | None:
    """Return the code of what is wrong with a day, None for one that can be."""
    week_end = special.day.weekday() >= SATURDAY
    if not special.decision.strip():
        return "calendar.no-decision"
    if special.kind is DayKind.WORKED and not week_end:
        return "calendar.worked-on-a-weekday"
    if special.kind in (DayKind.SWAPPED_OFF, DayKind.IN_LIEU) and week_end:
        return "calendar.off-anyway"
    return None


def refuse_year(year: int) -> None:
    """Raise InputRefused for a year outside those that an office can mean."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InputRefused("calendar.no-such-year", year=year, first=FIRST_YEAR, last=LAST_YEAR)


def refuse_wrong(special: SpecialDay) -> None:
    """Raise InputRefused for a day that cannot be."""
    if (wrong := check_day(special)) is not None:
        raise InputRefused(wrong, day=shown(special.day))


def _moves(
    session: Session, before: Reckoning, change: CalendarChange, *, hold: bool = False
) -> Iterator[MovedDueDate]:
    after, without = _under(before, change), _without_each(before, change)
    for work in counted(session, hold=hold):
        old, new = day_of(work, before), day_of(work, after)
        if old is not None and new is not None and old[0] == work.due_on != new[0]:
            decisive = [special for special, rest in without if _gives(work, rest) != new[0]]
            yield _decided_by(decisive, _moved(work, *new))


def _under(by: Reckoning, change: CalendarChange) -> Reckoning:
    return Reckoning(by.calendar.with_days(change.days, change.years), by.policy)


def _without_each(before: Reckoning, change: CalendarChange) -> list[tuple[SpecialDay, Reckoning]]:
    """Return the days that become working or off, each with how the office would count without it.

    A due date names only the days it would be another one without: of a whole year's table, hardly any.
    """
    after = _under(before, change).calendar
    return [
        (one, _under(before, replace(change, days=tuple(other for other in change.days if other != one))))
        for one in change.days
        if before.calendar.is_working(one.day) != after.is_working(one.day)
    ]


def _gives(work: Timed, by: Reckoning) -> date | None:
    found = day_of(work, by)
    return None if found is None else found[0]


def _decided_by(days: Sequence[SpecialDay], moved: MovedDueDate) -> MovedDueDate:
    """Say which days moved a due date, and by which decisions; a year that is complete now has none."""
    if not days:
        return moved
    named = "; ".join(
        say(
            "calendar.deciding-day",
            "vi",
            day=shown(one.day),
            kind=say(f"day-kind.{one.kind}", "vi"),
            name=one.name,
        )
        for one in days
    )
    explain = say("calendar.moved-by", "vi", explain=moved.explain, days=named)
    return replace(moved, explain=explain, decision="; ".join(dict.fromkeys(one.decision for one in days)))


def _moved(work: Timed, day: date, explain: str) -> MovedDueDate:
    label = document_label(work.genre, work.number, work.file_name)
    return MovedDueDate(work.id, work.code, label, work.lead, work.due_on, day, explain, cause_of(work))


def _move(session: Session, moves: list[MovedDueDate], act: Act) -> None:
    for one in sorted(moves, key=lambda moved: moved.assignment_id):
        new = NewDeadline(due_on=one.after, cause=one.cause, explain=one.explain, document=one.decision)
        deadline_versions.change(session, one.assignment_id, new, act=act)


def _record(session: Session, before: WorkCalendar, change: CalendarChange, act: Act) -> None:
    """Write a line of history for each day and year; the day's number is its ISO date without hyphens."""
    for special in change.days:
        said = Change(_fields(before.special.get(special.day)), _fields(special))
        record(session, act, "day-decided", ("calendar", int(f"{special.day:%Y%m%d}")), said)
    for year in change.years:
        record(session, act, "year-decided", ("calendar", year), Change(after={"year": year}))


def _fields(special: SpecialDay | None) -> dict[str, object] | None:
    if special is None:
        return None
    return {name: getattr(special, name) for name in special.__dataclass_fields__}
