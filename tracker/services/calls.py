"""What a business day calls for: which steps, said to whom; nothing is written here.

The run, the preview of a release and the rehearsal of a ladder all ask here.
"""

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlmodel import Session

from directives.calendar import WorkCalendar
from tracker.app import App
from tracker.domain.ladder import Ladder, Step, carried
from tracker.domain.people import Role
from tracker.domain.reminders import Plan, Reason, Taken, plan_steps
from tracker.domain.timing import DUE_SOON
from tracker.services.letters import addresses
from tracker.services.standing import Place, is_repeated, pool_of, stands_for
from tracker.store import contacts, ladders
from tracker.store.assignments import Tracked
from tracker.store.contacts import AddressBook, Contact
from tracker.store.letters import LeftOut, Said, steps_left_out, steps_said

Told = Mapping[Place, frozenset[tuple[str, Role]]]  # the steps of one ladder, each with who was told


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
    """All that a run has to tell one reader on one channel; without a step it only repeats what is late."""

    contact: Contact
    channel: str
    address: str
    called: list[Called]
    standing: list[Tracked] = field(default_factory=list)  # late, due or soon due beside the steps


@dataclass(frozen=True, slots=True)
class Reach:
    """Who holds a role, and through which of the channels that are set up they are reached."""

    book: AddressBook
    channels: Container[str]

    def everybody(self) -> Iterator[tuple[Contact, str, str]]:
        """Yield each contact in use with each channel and the address there."""
        for contacts_of_role in self.book.contacts.values():
            for contact in contacts_of_role:
                for channel, address in addresses(contact, self.channels):
                    yield contact, channel, address

    def ways(self, role: Role, agency: str | None) -> Iterator[tuple[Contact, str, str]]:
        """Yield each holder of a role with a channel and the address there."""
        for contact in self.book.reached(role, agency):
            for channel, address in addresses(contact, self.channels):
                yield contact, channel, address


@dataclass(frozen=True, slots=True)
class Memory:
    """What was said so far, in the terms of one ladder."""

    taken: Told = field(default_factory=dict)
    left_out: Mapping[Place, Collection[LeftOut]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a look depends on beside the work and what was said: the day, the ladder, who is reached."""

    day: Day
    ladder: Ladder
    reach: Reach
    due_soon: int = DUE_SOON  # working days


@dataclass(frozen=True, slots=True)
class Look:
    """What a day calls for: the plan of each assignment, and the news for each reader."""

    day: Day
    ladder: Ladder
    plans: list[tuple[Tracked, Plan]]
    called: list[Called]
    news: list[News]
    reach: Reach


def look_at(session: Session, app: App, day: Day, works: list[Tracked]) -> Look:
    """Say what a day calls for about some assignments, of which those at work may call for a step."""
    ladder = ladders.in_force(session, app.ladder)
    memory = recall(session, ladder, app.ladder) if day.calendar.is_working(day.on) else Memory()
    reach = Reach(contacts.address_book(session), app.channels)
    return look(works, Terms(day, ladder, reach, app.settings.due_soon_days), memory)


def look(works: Sequence[Tracked], terms: Terms, memory: Memory) -> Look:
    """Say what a day calls for, from what is known."""
    plans = [(work, _plan(work, terms, memory)) for work in works]
    called = [Called(work, plan.step, plan) for work, plan in plans if plan.step is not None]
    news = _news(called, terms.reach)
    if terms.ladder.standing and terms.day.calendar.is_working(terms.day.on):
        news = _with_standing(news, works, terms, memory)
    return Look(terms.day, terms.ladder, plans, called, news, terms.reach)


def _with_standing(news: list[News], works: Sequence[Tracked], terms: Terms, memory: Memory) -> list[News]:
    """Add to the news of each reader what stands beside it, and a letter for whom only that is to be said."""
    day, ladder = terms.day, terms.ladder
    pool = pool_of(works, day.on, day.calendar, terms.due_soon)
    told = _told(memory)
    found = {(one.contact.id or 0, one.channel): one for one in news}
    for contact, channel, address in terms.reach.everybody():
        if contact.role not in ladder.standing:
            continue
        standing = stands_for(contact, pool, told.get(contact.role, set()))
        known = found.get((contact.id or 0, channel))
        if known is not None:
            said = {called.work.id for called in known.called}
            beside = [work for work in standing if work.id not in said]
            found[contact.id or 0, channel] = replace(known, standing=beside)
        elif is_repeated(contact, standing, ladder, day.on, day.calendar):
            found[contact.id or 0, channel] = News(contact, channel, address, [], list(standing))
    return [found[place] for place in sorted(found)]


def _told(memory: Memory) -> dict[Role, set[Place]]:
    """Return for each role the work that some step has told it of."""
    told: dict[Role, set[Place]] = {}
    for place, steps in memory.taken.items():
        for _, role in steps:
            told.setdefault(role, set()).add(place)
    return told


def recall(session: Session, ladder: Ladder, first: Ladder) -> Memory:
    """Return what was said so far; what was said under earlier ladders counts for the steps it covers."""
    said = steps_said(session)
    return Memory(in_terms_of(session, ladder, first, said), steps_left_out(session, ladder.version))


def in_terms_of(
    session: Session, ladder: Ladder, first: Ladder, said: Mapping[Place, Collection[Said]]
) -> Told:
    """Return which steps of a ladder what was said under any counts for; `first` came before all others."""
    known = ladders.by_version(session, first)
    return {place: frozenset(_counted(ladder, known, steps)) for place, steps in said.items()}


def _counted(
    ladder: Ladder, known: Mapping[int, Ladder], said: Collection[Said]
) -> Iterator[tuple[str, Role]]:
    yield from ((name, role) for version, name, role in said if version == ladder.version)
    others = [
        (step.offset, role)
        for version, name, role in said
        if version != ladder.version and version in known and (step := known[version].named(name)) is not None
    ]
    if others:
        yield from carried(others, ladder)


def _plan(work: Tracked, terms: Terms, memory: Memory) -> Plan:
    day = terms.day
    if not day.calendar.is_working(day.on):
        return Plan(Reason.NOT_A_WORKING_DAY)
    place = (work.id, work.facts.deadline_version)
    owed = _owed(work, memory.left_out.get(place, ()), terms.reach)
    taken = Taken(memory.taken.get(place, frozenset()), owed)
    return plan_steps(work.facts, day.on, calendar=day.calendar, ladder=terms.ladder, taken=taken)


def _owed(work: Tracked, left_out: Collection[LeftOut], reach: Reach) -> frozenset[tuple[str, Role]]:
    """Return the steps left out of a letter whose reader can be reached in its role and on its channel now.

    Who cannot be reached any more is owed nothing: planning it again would change nothing, every day.
    """
    return frozenset(
        (one.step, one.role)
        for one in left_out
        for contact, channel, _ in reach.ways(one.role, work.agency)
        if contact.id == one.contact_id and channel == one.channel
    )


def _news(called: list[Called], reach: Reach) -> list[News]:
    """Gather what each reader is to be told on each channel.

    The order is the same in every run, so that two runs at once wait for each other and never in a circle.
    """
    found: dict[tuple[int, str], News] = {}
    for step in called:
        for role in step.plan.audience:
            for contact, channel, address in reach.ways(role, step.work.agency):
                place = (contact.id or 0, channel)
                found.setdefault(place, News(contact, channel, address, [])).called.append(step)
    return [found[place] for place in sorted(found)]
