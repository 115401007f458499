"""Start sending again after a restore, an upgrade or an intake of old documents: look first, then release."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sqlmodel import Session

from tracker.app import App
from tracker.clock import instant, today
from tracker.domain.people import Role
from tracker.domain.permissions import Deed
from tracker.domain.status import AT_WORK
from tracker.errors import NotFound
from tracker.services.calls import Called, Day, Look, News, look_at
from tracker.services.permits import allow
from tracker.services.planning import letters_of
from tracker.store import assignments, holds
from tracker.store.assignments import Choice
from tracker.store.calendar import calendar_of
from tracker.store.events import Act
from tracker.store.holds import Hold, open_holds
from tracker.store.letters import enqueue
from tracker.store.session import transaction

TOP: Final = 5  # tasks named for each reader
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Item:
    """A step that a reader would be told of."""

    code: str
    lead: str
    step: str
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who would get a letter, through what, with how many items, and the first of them."""

    name: str
    role: Role
    channel: str
    address: str
    items: int
    top: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What releasing would bring on the first working day from today on."""

    on: date
    holds: tuple[Hold, ...]
    waiting: int  # letters planned before the hold, which are never sent: their steps are planned anew
    letters: int
    items: int
    past: int  # steps that were due before that day: `skip_past` leaves them unsaid
    readers: tuple[Reader, ...]


@dataclass(frozen=True, slots=True)
class Released:
    """What a release did."""

    holds: tuple[Hold, ...]
    dropped: int  # letters that waited
    skipped: int  # steps that are not said


def preview(app: App, directive_id: int | None = None) -> Preview:
    """Say what releasing would send, by doing it in a transaction that is given up."""
    with _rehearsal(app) as session:
        day = _first_day(session, app)
        held = _chosen(session, directive_id)
        ids = _documents(held)
        waiting = holds.drop_waiting(session) if ids is None and held else 0
        look = _look(session, app, day, ids) if held else None
        past = _look(session, app, _day_before(day), ids) if held else None
    return Preview(
        on=day.on,
        holds=tuple(held),
        waiting=waiting,
        letters=len(look.news) if look else 0,
        items=_said(look),
        past=_said(past),
        readers=tuple(_reader(news) for news in _by_weight(look)),
    )


def release(app: App, *, actor: str, via: str, skip_past: bool, directive_id: int | None = None) -> Released:
    """Start sending again: for the whole office and every document, or for one document only.

    Letters that waited behind an office's hold are dropped, since they may have been sent by the copy that a
    backup was made of; what they had to say is planned anew by the next run. `skip_past` leaves unsaid every
    step that was due before today, and keeps each with the reason. Raises NotFound where nothing is on hold,
    NotPermitted for who may not.
    """
    with transaction(app.engine) as session:
        act = allow(session, Act(actor, via, instant(app.clock)), Deed.RELEASE)
        held = _chosen(session, directive_id)
        if not held:
            raise NotFound("hold.none")
        ids = _documents(held)
        dropped = holds.drop_waiting(session) if ids is None else 0
        skipped = _skip(session, app, ids, act) if skip_past else 0
        holds.release(session, held, act=act, skip_past=skip_past)
    return Released(tuple(held), dropped, skipped)


def _chosen(session: Session, directive_id: int | None) -> list[Hold]:
    found = open_holds(session)
    return found if directive_id is None else [one for one in found if one.directive_id == directive_id]


def _documents(held: Collection[Hold]) -> frozenset[int] | None:
    """Return the documents that holds are about; None for the whole office."""
    if any(one.directive_id is None for one in held):
        return None
    return frozenset(one.directive_id for one in held if one.directive_id is not None)


def _first_day(session: Session, app: App) -> Day:
    calendar = calendar_of(session)
    return Day(calendar.next_working(today(app.clock)), calendar)


def _day_before(day: Day) -> Day:
    """Return the last working day before one: what was due by then is past."""
    return Day(day.calendar.previous_working(day.on - ONE_DAY), day.calendar)


def _look(session: Session, app: App, day: Day, directive_ids: frozenset[int] | None) -> Look:
    works = assignments.tracked(session, Choice(statuses=AT_WORK))
    chosen = [work for work in works if directive_ids is None or work.directive_id in directive_ids]
    return look_at(session, app, day, chosen)


def _skip(session: Session, app: App, directive_ids: frozenset[int] | None, act: Act) -> int:
    """Write down the steps that are past as taken, in letters that are never sent; return how many."""
    day = _day_before(_first_day(session, app))
    look = _look(session, app, day, directive_ids)
    steps = replace(look, news=[news for news in look.news if news.called])
    written = letters_of(session, app, steps, act.at).letters
    queued = [one for new in written if new.items and (one := enqueue(session, new))]
    holds.keep_unsaid(session, [one.id for one in queued], act.actor)
    return sum(one.items for one in queued)


def _said(look: Look | None) -> int:
    return sum(len(news.called) for news in look.news) if look else 0


def _by_weight(look: Look | None) -> list[News]:
    return sorted(
        look.news if look else [], key=lambda news: (-len(news.called), news.contact.name, news.channel)
    )


def _reader(news: News) -> Reader:
    first = sorted(news.called, key=lambda called: (called.work.facts.due_on or date.max, called.work.code))
    return Reader(
        name=news.contact.name,
        role=news.contact.role,
        channel=news.channel,
        address=news.address,
        items=len(news.called),
        top=tuple(_item(called) for called in first[:TOP]),
    )


def _item(called: Called) -> Item:
    return Item(called.work.code, called.work.lead, called.step.name, called.work.facts.due_on)


@contextmanager
def _rehearsal(app: App) -> Iterator[Session]:
    """Open a transaction of which nothing is kept."""
    with transaction(app.engine) as session, session.begin_nested() as rehearsed:
        yield session
        rehearsed.rollback()
