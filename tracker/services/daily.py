"""The business day's run: look at every assignment, plan the steps it calls for, queue the letters.

One transaction. The plan looks at the state, so a day that was missed is made up for by the next run, and
running a day again changes nothing.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from directives.calendar import WorkCalendar
from notifications.render import render
from tracker.app import App
from tracker.clock import instant
from tracker.domain.people import Role
from tracker.domain.reminders import Plan, Reason, Step, Taken, plan_steps
from tracker.domain.status import COUNTED
from tracker.domain.timing import timing_of
from tracker.services.letters import addresses, key_of, kind_of, message_for, message_id, series_of
from tracker.store import assignments, contacts, letters, runs
from tracker.store.assignments import Choice, Tracked
from tracker.store.calendar import calendar_of
from tracker.store.contacts import AddressBook, Contact
from tracker.store.letters import LeftOut, NewItem, NewLetter, enqueue, steps_left_out, steps_taken
from tracker.store.session import reading, transaction


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A step that could not be sent to a role, because nobody holds it or has an address."""

    code: str
    lead: str
    step: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReport:
    """What a run found and did. `changed` is false when there was nothing left to do."""

    on: date
    working_day: bool
    assignments: int = 0
    timing: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)  # why a step was planned, or none
    planned: int = 0  # assignments with a step
    queued: int = 0  # letters
    items: int = 0  # steps said in them
    unreachable: tuple[Unreachable, ...] = ()
    changed: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the report in plain values."""
        return {**asdict(self), "on": self.on.isoformat()}


@dataclass(frozen=True, slots=True)
class Day:
    """A business date, in the calendar in force."""

    on: date
    calendar: WorkCalendar


@dataclass(frozen=True, slots=True)
class Called:
    """An assignment with the step that the day calls for."""

    work: Tracked
    step: Step
    plan: Plan


@dataclass(frozen=True, slots=True)
class News:
    """All that a run has to tell one reader on one channel."""

    contact: Contact
    channel: str
    address: str
    called: list[Called]


def run_day(app: App, on: date) -> DayReport:
    """Plan and queue what a business date calls for.

    A second time, or in another process at once, it changes nothing.
    """
    now = instant(app.clock)
    with transaction(app.engine) as session:
        first = runs.claim(session, on, now)
        report = _run(session, app, on, now, first=first)
        if report.changed:
            runs.finish(session, on, now, report.as_json())
    return report


def is_finished(app: App, on: date) -> bool:
    """Tell whether a run of the date has finished."""
    with reading(app.engine) as session:
        return runs.is_finished(session, on)


def _run(session: Session, app: App, on: date, now: datetime, *, first: bool) -> DayReport:
    day = Day(on, calendar_of(session))
    works = assignments.tracked(session, Choice(statuses=COUNTED))
    book = contacts.address_book(session)
    plans = _plans(session, app, day, works, book)
    called = [Called(work, plan.step, plan) for work, plan in plans if plan.step is not None]
    news = _news(app, called, book)
    queued = [one for new in _letters(session, app, news, day, now) if (one := enqueue(session, new))]
    due_soon = app.settings.due_soon_days
    return DayReport(
        on=on,
        working_day=day.calendar.is_working(on),
        assignments=len(works),
        timing=_counted(timing_of(work.facts, on, day.calendar, due_soon=due_soon).kind for work in works),
        reasons=_counted(plan.reason for _, plan in plans),
        planned=len(called),
        queued=len(queued),
        items=sum(letter.items for letter in queued),
        unreachable=tuple(gap for step in called for gap in _gaps(app, step, book)),
        changed=first or bool(queued),
    )


def _plans(
    session: Session, app: App, day: Day, works: list[Tracked], book: AddressBook
) -> list[tuple[Tracked, Plan]]:
    if not day.calendar.is_working(day.on):
        return [(work, Plan(Reason.NOT_A_WORKING_DAY)) for work in works]
    taken = steps_taken(session, app.ladder.version)
    left_out = steps_left_out(session, app.ladder.version)
    places = [(work, (work.id, work.facts.deadline_version)) for work in works]
    return [
        (
            work,
            plan_steps(
                work.facts,
                day.on,
                calendar=day.calendar,
                ladder=app.ladder,
                taken=Taken(taken.get(place, frozenset()), _owed(app, work, left_out.get(place, ()), book)),
            ),
        )
        for work, place in places
    ]


def _owed(
    app: App, work: Tracked, left_out: Collection[LeftOut], book: AddressBook
) -> frozenset[tuple[str, Role]]:
    """Return the steps left out of a letter whose reader can be reached in its role and on its channel now.

    Who cannot be reached any more is owed nothing: planning it again would change nothing, every day.
    """
    return frozenset(
        (one.step, one.role)
        for one in left_out
        for contact in book.reached(one.role, work.agency)
        if contact.id == one.contact_id and one.channel in dict(addresses(contact, app.channels))
    )


def _news(app: App, called: list[Called], book: AddressBook) -> list[News]:
    """Gather what each reader is to be told on each channel.

    The order is the same in every run, so that two runs at once wait for each other and never in a circle.
    """
    found: dict[tuple[int, str], News] = {}
    for step in called:
        for role in step.plan.audience:
            for contact in book.reached(role, step.work.agency):
                for channel, address in addresses(contact, app.channels):
                    place = (contact.id or 0, channel)
                    found.setdefault(place, News(contact, channel, address, [])).called.append(step)
    return [found[place] for place in sorted(found)]


def _letters(session: Session, app: App, news: list[News], day: Day, now: datetime) -> Iterator[NewLetter]:
    """Write one letter for each reader and channel, numbered after those of the date's earlier runs."""
    on = day.on
    written = Counter(key.rpartition(":")[0] for key in letters.keys_of(session, on)) if news else Counter()
    for one in news:
        works = [step.work for step in one.called]
        message = message_for(works, one.contact.role, on, day.calendar, app.settings)
        number = written[series_of(one.contact, one.channel, on)] + 1
        key = key_of(one.contact, one.channel, on, number)
        yield NewLetter(
            key=key,
            kind=message.kind,
            letter=render(message, one.channel),
            channel=one.channel,
            address=one.address,
            message_id=message_id(key, app.settings.message_id_domain),
            now=now,
            business_date=on,
            contact_id=one.contact.id,
            items=tuple(_item(app, one.contact, step, day) for step in one.called),
        )


def _item(app: App, contact: Contact, called: Called, day: Day) -> NewItem:
    return NewItem(
        assignment_id=called.work.id,
        deadline_version=called.work.facts.deadline_version,
        ladder_version=app.ladder.version,
        step=called.step.name,
        contact_id=contact.id or 0,
        role=contact.role,
        kind=kind_of(called.work, day.on, day.calendar),
    )


def _gaps(app: App, called: Called, book: AddressBook) -> Iterator[Unreachable]:
    """Name the roles of a step's audience that nobody can be reached in."""
    for role in called.plan.audience:
        reached = book.reached(role, called.work.agency)
        if not any(addresses(contact, app.channels) for contact in reached):
            yield Unreachable(called.work.code, called.work.lead, called.step.name, role)


def _counted(kinds: Iterable[str]) -> dict[str, int]:
    return {str(kind): count for kind, count in sorted(Counter(kinds).items())}
