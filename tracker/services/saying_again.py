"""The words of a letter right before it is sent: what stands, what happened and what waits, as it is now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from directives.calendar import WorkCalendar
from notifications.digest import TOP
from notifications.messages import Letter
from notifications.render import render
from tracker.app import App
from tracker.domain.people import IN_AGENCY, Role
from tracker.domain.status import AT_WORK
from tracker.services.beside import Beside
from tracker.services.letter_calendars import calendar_for
from tracker.services.letter_links import links_of
from tracker.services.letters import message_for
from tracker.services.saying import (
    as_changes,
    chores_for,
    chores_of_office,
    finished,
    happened_for,
    outage_of,
    stretch_before,
)
from tracker.services.standing import Place, pool_of, stands_for
from tracker.store import holds, ladders
from tracker.store.assignments import Choice, Tracked, tracked
from tracker.store.contacts import Contact
from tracker.store.letters import told_to
from tracker.store.readers import reader_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A letter whose turn it is: which, on what channel, about which business date, judged on which day."""

    letter_id: int
    channel: str
    business_date: date
    day: date
    calendar: WorkCalendar
    now: datetime
    by_another: bool = False  # somebody else reads it in place of its reader


@dataclass(frozen=True, slots=True)
class Words:
    """A letter's kind and its words."""

    kind: str
    letter: Letter


def words_now(
    session: Session, app: App, turn: Turn, works: Sequence[Tracked], role: Role | None
) -> Words | None:
    """Write a letter about the work that is still to be told of; None where nothing at all is left to say."""
    addressed = reader_of(session, turn.letter_id)
    if addressed is None:
        if not works or role is None:
            return None
        said = message_for(works, role, turn.day, turn.calendar, app.settings)
        return Words(said.kind, render(said, turn.channel))
    contact = addressed.contact
    found = _beside(session, app, turn, contact, addressed.written_at, works)
    if not (works or found.standing or found.changes or found.chores):
        return None
    beside = replace(found, snapshot=addressed.snapshot)
    message = message_for(
        works, role or contact.role, turn.day, turn.calendar, app.settings, beside, contact.name
    )
    letter = render(message, turn.channel)
    if not turn.by_another:  # another's calendar would keep the days for ever
        days = calendar_for(contact, turn.channel, works, beside.finished, app.settings, turn.now)
        letter = replace(letter, calendar=days)
    return Words(message.kind, letter)


def _beside(  # noqa: PLR0913, PLR0917 — a letter, whose it is and what it tells of
    session: Session, app: App, turn: Turn, contact: Contact, written_at: datetime, works: Sequence[Tracked]
) -> Beside:
    outage = outage_of(session, turn.business_date, turn.calendar)
    if contact.role not in ladders.in_force(session, app.ladder).standing:
        links = _links(session, app, turn, contact, [work.id for work in works])
        return Beside(outage=outage, cut_off=turn.now, links=links)
    stretch = stretch_before(session, contact, turn.channel, turn.business_date, written_at)
    happened = happened_for(session, contact, stretch)
    ours = contact.role is Role.SECRETARIAT
    chores = chores_of_office(session, app.settings, turn.day, turn.calendar) if ours else ()
    said = {work.id for work in works}
    standing = [work for work in _standing(session, app, turn, contact) if work.id not in said]
    shown = [*said, *(work.id for work in standing[:TOP])]
    return Beside(
        standing=standing,
        changes=as_changes(happened, app.settings),
        chores=chores_for(contact, chores),
        outage=outage,
        cut_off=turn.now,
        finished=finished(happened),
        links=_links(session, app, turn, contact, shown),
    )


def _links(session: Session, app: App, turn: Turn, contact: Contact, shown: Sequence[int]) -> dict[int, str]:
    """Return the reader's links that act; none for another, who would act in the reader's name."""
    return {} if turn.by_another else links_of(session, app, contact, shown, turn.now)


def _standing(session: Session, app: App, turn: Turn, contact: Contact) -> list[Tracked]:
    """Return what stands for a reader now; only the work it can be is asked for."""
    if contact.role in IN_AGENCY:
        if contact.agency is None:
            return []
        choice = Choice(statuses=AT_WORK, agencies=frozenset({contact.agency}))
    else:
        choice = Choice(statuses=AT_WORK, overdue_on=turn.day)
    told: frozenset[Place] = (
        frozenset() if contact.role in (*IN_AGENCY, Role.SECRETARIAT) else told_to(session, contact.role)
    )
    silent = {one.directive_id for one in holds.open_holds(session)}
    spoken = [work for work in tracked(session, choice) if work.directive_id not in silent]  # as the run does
    pool = pool_of(spoken, turn.day, turn.calendar, app.settings.due_soon_days)
    return stands_for(contact, pool, told)
