"""Duties that come round: their dates made ahead, never twice; and when they do, where that was left open."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlmodel import Session

from directives.calendar import WorkCalendar
from directives.deadlines.cell import read_cell
from directives.deadlines.policy import DEFAULT_POLICY, DeadlinePolicy
from directives.deadlines.rounds import Round, round_of
from directives.model import DeadlineKind, Interval
from tracker.clock import office_day, shown
from tracker.domain.deadlines import DeadlineCause, Reckoning
from tracker.domain.recurrence import SENT_BY, Instance, ReportingPeriod, instances, reporting_periods
from tracker.domain.status import AT_WORK, Status
from tracker.errors import Conflict, InputRefused
from tracker.phrasebook import say
from tracker.services.instances import coming_instances, leave_dates
from tracker.services.permits import permit
from tracker.store import assignments, timed
from tracker.store import instances as store
from tracker.store.deadline_versions import NewDeadline
from tracker.store.events import Act, Change, record
from tracker.store.moves import Share
from tracker.store.timed import Timed, Which

AHEAD: Final = 45  # days
SET_RECURRENCE: Final = "set-recurrence"
COMES_ROUND: Final = AT_WORK | {
    Status.REPORTED
}  # withdrawn, confirmed or suspended, a duty makes no more dates
LAST_DAY: Final = 31


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a duty comes round, and the words that say so."""

    words: str
    days: Round
    exclusive: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """A duty's new rhythm, and the coming dates of the old one that were withdrawn with it."""

    rhythm: Rhythm
    left: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """An instance that was made."""

    assignment_id: int
    duty_id: int
    code: str
    lead: str
    occasion: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Offer:
    """What the law's reporting periods would make of a duty whose days are left open."""

    assignment_id: int
    code: str
    lead: str
    every: Interval
    words: str
    periods: tuple[ReportingPeriod, ...]


def rhythm_of(work: Timed) -> Rhythm | None:
    """Return when a duty comes round: a person's words stand before the document's. None while left open."""
    if work.recurrence is not None:
        return _read(work.recurrence)
    days = round_of(work.words or "", work.every)
    return None if days is None else Rhythm(work.words or "", days, work.exclusive)


def make_instances(  # noqa: PLR0913 - the day, and how the office counts
    session: Session,
    on: date,
    calendar: WorkCalendar,
    act: Act,
    *,
    policy: DeadlinePolicy = DEFAULT_POLICY,
    ahead: int = AHEAD,
    only: int | None = None,
) -> list[Made]:
    """Make the instances of every duty that fall due from the day it was given to `ahead` days after `on`.

    For a duty that was suspended, it is the day it was taken up again: meanwhile no clock ran; for one whose
    days were left open, the day a person told them. What was
    missed while no program ran is made up for; what is there already is left alone, so that running again
    changes nothing, and a second process at once makes none of them twice. `only` is the number of one duty.
    """
    by = Reckoning(calendar, policy)
    duties = [
        (work, rhythm)
        for work in timed.timed(session, Which(id=only, kind=DeadlineKind.RECURRING, without_day=True))
        if work.status in COMES_ROUND and (rhythm := rhythm_of(work)) is not None
    ]
    there = store.occasions_of(session, [work.id for work, _ in duties])
    since = store.running_since(session)
    made: list[Made] = []
    for work, rhythm in duties:
        first = max(filter(None, (work.assigned_on, since.get(work.id))), default=on)
        if not there[work.id] and first < on - timedelta(days=ahead):
            first = on  # given long before dates were made of it: nobody was told of those that are past
        for each in _missing(rhythm, (first, on + timedelta(days=ahead)), by, there[work.id]):
            number = _make(session, work, rhythm, each, on=on, act=act)
            if number is not None:
                made.append(Made(number, work.id, work.code, work.lead, each.occasion, each.due_on))
    return made


def set_recurrence(  # noqa: PLR0913 - whose, when, how days are counted, and who says so
    session: Session, assignment_id: int, words: str, *, by: Reckoning, act: Act, seen: int | None = None
) -> Settled:
    """Say in words when a duty comes round («trước ngày 20 của tháng cuối quý»); its dates follow.

    From today on the new rhythm holds: coming dates that it lacks are withdrawn, those that are past or
    reported stay. Raises InputRefused where the words leave the days open, Conflict where the work does not
    come round.
    """
    work = _duty(session, assignment_id, seen)
    rhythm = _read(words)
    if rhythm is None:
        raise InputRefused("recurring.not-read", words=words)
    act = permit(session, act, SET_RECURRENCE, assignment_id)
    timed.tell_recurrence(session, assignment_id, rhythm.words)
    change = Change({"recurrence": work.recurrence}, {"recurrence": rhythm.words})
    record(session, act, store.TOLD, ("assignment", assignment_id), change)
    return Settled(rhythm, tuple(_leave(session, work, rhythm, by=by, act=act)))


def _leave(session: Session, work: Timed, rhythm: Rhythm, *, by: Reckoning, act: Act) -> list[Share]:
    """Withdraw the coming dates of a duty that a new rhythm lacks."""
    coming = coming_instances(session, work.id, office_day(act.at))
    if not coming:
        return []
    days = sorted(date.fromisoformat(one.occasion) for one in coming)
    found = instances(rhythm.days, days[0], days[-1], exclusive=rhythm.exclusive, by=by)
    keep = {one.occasion.isoformat(): _deadline(rhythm, one) for one in found}
    return leave_dates(
        session, coming, keep, say("recurring.other-rhythm", "vi", words=rhythm.words), act=act
    )


def offer(  # noqa: PLR0913 - what may be chosen otherwise
    session: Session,
    assignment_id: int,
    on: date,
    calendar: WorkCalendar,
    *,
    every: Interval | None = None,
    day: int = SENT_BY,
) -> Offer:
    """Return the reporting periods of Nghị định 09/2019/NĐ-CP for a duty whose days are left open.

    Raises Conflict where the work does not come round, InputRefused where its interval has no such periods.
    """
    work = _duty(session, assignment_id, None)
    asked = every or work.every
    if asked is None:
        raise InputRefused("recurring.which-interval", ref=assignment_id)
    periods = reporting_periods(asked, on, calendar, day=day)
    if not periods:
        raise InputRefused("recurring.no-periods", every=say(f"interval.{asked}"))
    if not all(period.sent_from <= period.sent_by for period in periods) or day > LAST_DAY:
        raise InputRefused("recurring.day-too-early", day=day, first=shown(periods[0].sent_from))
    words = say(f"recurring.words-{asked}", "vi", day=day)
    return Offer(work.id, work.code, work.lead, asked, words, tuple(periods))


def _read(words: str) -> Rhythm | None:
    """Read a person's words as the document's are read."""
    found = read_cell(words, issued_on=None)
    if found is None or found.kind is not DeadlineKind.RECURRING:
        return None
    days = round_of(words, found.every)
    return None if days is None else Rhythm(" ".join(words.split()), days, found.exclusive)


def _duty(session: Session, assignment_id: int, seen: int | None) -> Timed:
    assignments.claim(session, assignment_id, seen=seen)
    work = timed.one(session, assignment_id)
    if work.kind is not DeadlineKind.RECURRING or work.is_instance:
        raise Conflict("recurring.not-a-duty", ref=assignment_id)
    return work


def _missing(rhythm: Rhythm, between: tuple[date, date], by: Reckoning, there: set[str]) -> list[Instance]:
    first, last = between
    found = instances(rhythm.days, first, last, exclusive=rhythm.exclusive, by=by)
    return [one for one in found if one.occasion.isoformat() not in there and one.due_on >= first]


def _make(  # noqa: PLR0913 - all that an instance is made of
    session: Session, work: Timed, rhythm: Rhythm, one: Instance, *, on: date, act: Act
) -> int | None:
    return store.add_instance(session, work.id, one.occasion, _deadline(rhythm, one), on=on, act=act)


def _deadline(rhythm: Rhythm, one: Instance) -> NewDeadline:
    explain = say(
        "recurring.explained",
        "vi",
        words=rhythm.words,
        due_on=shown(one.due_on),
        occasion=shown(one.occasion),
    )
    return NewDeadline(due_on=one.due_on, cause=DeadlineCause.INSTANCE, explain=explain)
