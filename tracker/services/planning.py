"""The letters of a business day, in the words of their readers; queued by the day's run.

The words are a preview: they are written anew when a letter leaves, then also with the days for calendars.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from notifications.digest import TOP
from notifications.messages import Chore
from notifications.render import render
from tracker.app import App
from tracker.domain.ladder import Ladder, Standing
from tracker.domain.notes import NoteOutcome
from tracker.domain.outages import Outage
from tracker.domain.people import IN_AGENCY
from tracker.services.beside import Beside
from tracker.services.calls import Called, Day, Look, News
from tracker.services.letters import key_of, kind_of, message_for, message_id, series_of
from tracker.services.saying import (
    as_changes,
    chores_for,
    chores_of_office,
    happened_for,
    outage_of,
    stretch_before,
)
from tracker.store import letters
from tracker.store.contacts import Contact
from tracker.store.holds import HELD
from tracker.store.letters import NewItem, NewLetter


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A step that a day called for and that is not said to a reader, and why."""

    called: Called
    contact: Contact
    channel: str
    outcome: NoteOutcome


@dataclass(frozen=True, slots=True)
class Planned:
    """The letters of a day, and the steps that are left for another."""

    letters: list[NewLetter] = field(default_factory=list)
    unsaid: list[Unsaid] = field(default_factory=list)


def letters_of(session: Session, app: App, look: Look, now: datetime) -> Planned:
    """Write one letter for each reader and channel, numbered after those of the date's earlier runs.

    A reader who has had as many letters as a day allows gets no more: the steps stay, and another day says
    them. A letter that only repeats or tells of changes is a reader's first of the day or none.
    """
    desk = _Desk.of(session, app, look, now)
    planned = Planned()
    for one in [*look.news, *desk.only_changes(session)]:
        series = series_of(one.contact, one.channel, look.day.on)
        had = desk.written[series] - desk.given_up[series]
        if had >= look.ladder.per_day:
            over = (Unsaid(called, one.contact, one.channel, NoteOutcome.CAPPED) for called in one.called)
            planned.unsaid.extend(over)
        elif one.called or not had:
            planned.letters.append(desk.letter(session, one, desk.written[series] + 1))
    return planned


@dataclass(frozen=True, slots=True)
class _Desk:
    """What all letters of a run are written from."""

    app: App
    look: Look
    now: datetime
    written: Counter[str]  # letters of the date so far, by reader and channel
    given_up: Counter[str]  # of them, those that a release dropped: their readers never had them
    chores: tuple[Chore, ...]
    outage: Outage | None

    @classmethod
    def of(cls, session: Session, app: App, look: Look, now: datetime) -> "_Desk":
        """Ask once what the letters share."""
        on, calendar = look.day.on, look.day.calendar
        written = _by_series(letters.keys_of(session, on))
        given_up = _by_series(letters.keys_of(session, on, dropped_as=HELD))
        digests = bool(look.ladder.standing) and calendar.is_working(on)
        chores = chores_of_office(session, app.settings, on, calendar) if digests else ()
        return cls(app, look, now, written, given_up, chores, outage_of(session, on, calendar))

    def only_changes(self, session: Session) -> Iterator[News]:
        """Yield the readers for whom nothing is late, but something has changed or waits too long."""
        ladder, day = self.look.ladder, self.look.day
        if not ladder.standing or not day.calendar.is_working(day.on):
            return
        known = {(one.contact.id, one.channel) for one in self.look.news}
        for contact, channel, address in self.look.reach.everybody():
            often = ladder.standing.get(contact.role, Standing.NEVER)
            if often is not Standing.DAILY or (contact.id, channel) in known:
                continue
            late = any(chore.late for chore in chores_for(contact, self.chores))
            stretch = stretch_before(session, contact, channel, day.on, self.now)
            if late or happened_for(session, contact, stretch):
                yield News(contact, channel, address, [])

    def letter(self, session: Session, one: News, number: int) -> NewLetter:
        """Write a letter."""
        settings, day = self.app.settings, self.look.day
        beside = self._beside(session, one)
        works = [called.work for called in one.called]
        message = message_for(
            works, one.contact.role, day.on, day.calendar, settings, beside, one.contact.name
        )
        key = key_of(one.contact, one.channel, day.on, number)
        urgent = any(called.work.urgent for called in one.called)
        return NewLetter(
            key=key,
            kind=message.kind,
            letter=render(message, one.channel),
            channel=one.channel,
            address=one.address,
            message_id=message_id(key, settings.message_id_domain),
            now=self.now,
            not_before=None if urgent else settings.sending_hours.next_opening(self.now, day.calendar),
            business_date=day.on,
            contact_id=one.contact.id,
            urgent=urgent,
            in_agency=one.contact.role in IN_AGENCY,
            beside=tuple(work.id for work in one.standing[:TOP]),
            items=tuple(_item(self.look.ladder, one.contact, called, day) for called in one.called),
        )

    def _beside(self, session: Session, one: News) -> Beside:
        if one.contact.role not in self.look.ladder.standing:
            return Beside(outage=self.outage, cut_off=self.now)
        stretch = stretch_before(session, one.contact, one.channel, self.look.day.on, self.now)
        happened = happened_for(session, one.contact, stretch)
        return Beside(
            standing=one.standing,
            changes=as_changes(happened, self.app.settings),
            chores=chores_for(one.contact, self.chores),
            outage=self.outage,
            cut_off=self.now,
        )


def _by_series(keys: Iterable[str]) -> Counter[str]:
    return Counter(key.rpartition(":")[0] for key in keys)


def _item(ladder: Ladder, contact: Contact, called: Called, day: Day) -> NewItem:
    return NewItem(
        assignment_id=called.work.id,
        deadline_version=called.work.facts.deadline_version,
        ladder_version=ladder.version,
        step=called.step.name,
        contact_id=contact.id or 0,
        role=contact.role,
        kind=kind_of(called.work, day.on, day.calendar),
    )
