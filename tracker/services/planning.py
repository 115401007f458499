"""What a business day calls for: which steps, said to whom, in which letters; nothing is written here."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from directives.calendar import WorkCalendar
from notifications.render import render
from tracker.app import App
from tracker.domain.ladder import Step
from tracker.domain.people import Role
from tracker.domain.reminders import Plan, Reason, Taken, plan_steps
from tracker.services.letters import addresses, key_of, kind_of, message_for, message_id, series_of
from tracker.store import contacts, letters
from tracker.store.assignments import Tracked
from tracker.store.contacts import AddressBook, Contact
from tracker.store.letters import LeftOut, NewItem, NewLetter, steps_left_out, steps_taken


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


@dataclass(frozen=True, slots=True)
class Look:
    """What a day calls for: the plan of each assignment, and the news for each reader."""

    plans: list[tuple[Tracked, Plan]]
    called: list[Called]
    news: list[News]
    book: AddressBook


def look_at(session: Session, app: App, day: Day, works: list[Tracked]) -> Look:
    """Say what a day calls for about some assignments, of which those at work may call for a step."""
    book = contacts.address_book(session)
    plans = _plans(session, app, day, works, book)
    called = [Called(work, plan.step, plan) for work, plan in plans if plan.step is not None]
    return Look(plans, called, _news(app, called, book), book)


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


def letters_of(session: Session, app: App, news: list[News], day: Day, now: datetime) -> Iterator[NewLetter]:
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
