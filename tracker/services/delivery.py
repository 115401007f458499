"""Hand the letters that are due to their channels, after a last look at whether they are still true."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlmodel import Session

from directives.calendar import WorkCalendar
from notifications.deliver import Bounds, deliver_due
from notifications.outbox import DeliveryReport, Entry, Held
from tracker.app import App
from tracker.clock import instant
from tracker.domain.notes import NoteOutcome
from tracker.domain.sending import MERGED, UNREACHABLE, Dropped
from tracker.services.letter_check import Checked, check
from tracker.services.saying_again import Turn, Words, words_now
from tracker.store.assignments import Choice, tracked
from tracker.store.calendar import calendar_of, office_calendar
from tracker.store.channel_states import SqlBreakers
from tracker.store.last_look import note_left_out, office_on_hold
from tracker.store.letter_notes import note_some
from tracker.store.outbox import SqlOutbox
from tracker.store.session import reading, transaction


def never() -> bool:
    """Do not stop."""
    return False


def deliver(
    app: App,
    *,
    until_empty: bool = True,
    limit: int | None = None,
    stop: Callable[[], bool] = never,
    try_resting: bool = False,
) -> DeliveryReport:
    """Send what is due: all of it, or `limit` letters, or one batch; `stop` is asked between letters.

    Any number of deliverers may run at once, in processes of their own: a channel keeps one connection open
    and is not meant for two threads. What a deliverer killed on this machine held is taken over at once;
    what it held on another machine, when its lease ends. While the whole office is on hold nothing is sent:
    that is asked again before each letter. Outside the sending hours only urgent letters leave. A channel
    that was down several times in a row rests; `try_resting` lets one letter see whether it is back.
    """
    outbox = SqlOutbox(app.engine)
    outbox.free_the_dead()
    bounds = Bounds(
        limit,
        until_empty,
        lambda: stop() or on_hold(app),
        partial(opens, app),
        SqlBreakers(app.engine),
        try_resting,
    )
    report = deliver_due(
        outbox, app.channels, partial(instant, app.clock), partial(_last_look, app, outbox.owner), bounds
    )
    return replace(report, held=outbox.held_by_others())


def opens(app: App) -> datetime | None:
    """Return when letters that are not urgent may leave; None while they may."""
    hours, now = app.settings.sending_hours, instant(app.clock)
    if hours.always:
        return None
    calendar = office_calendar(app.engine)
    return None if hours.allow(now, calendar) else hours.next_opening(now, calendar)


def on_hold(app: App) -> bool:
    """Tell whether the whole office is on hold."""
    with reading(app.engine) as session:
        return office_on_hold(session)


def _last_look(app: App, owner: str, entry: Entry) -> Entry | str | Held:
    """Return a letter in words that are true now, without what was settled since; or why nothing is left.

    A letter keeps its Message-ID whatever it says in the end, and whoever reads it. One that was written
    without items, and not by a run, goes out in its own words.
    """
    now, hours = instant(app.clock), app.settings.sending_hours
    with reading(app.engine) as session:
        calendar = calendar_of(session)
        if not entry.urgent and not hours.allow(now, calendar):
            return Held(hours.next_opening(now, calendar))
        found = check(session, app, entry)
        words = _words(session, app, entry, found, calendar)
    _note(app, entry, owner, found)
    if found.gone is not None:
        return found.gone
    to_reader = replace(entry, address=found.address)
    if words is not None:
        return replace(to_reader, kind=words.kind, letter=words.letter)
    return to_reader if found.in_its_own_words else Dropped.NOTHING_LEFT


def _words(session: Session, app: App, entry: Entry, found: Checked, calendar: WorkCalendar) -> Words | None:
    """Write the letter anew; None for one that has its own words, and where there is nothing left to say."""
    if found.gone is not None or found.in_its_own_words:
        return None
    true = found.true
    works = tracked(session, Choice(ids=frozenset(item.assignment_id for item in true))) if true else []
    turn = Turn(
        letter_id=entry.id,
        channel=entry.channel,
        business_date=found.on,
        day=found.day,
        calendar=calendar,
        now=instant(app.clock),
        by_another=found.instead is not None,
    )
    return words_now(session, app, turn, works, true[0].role if true else None)


def _note(app: App, entry: Entry, owner: str, found: Checked) -> None:
    """Write down what is left out and why, and who reads it instead, where no earlier look found the same."""
    reasons = found.reasons
    new = {item.id: reasons[item.id] for item in found.seen.items if item.left_out != reasons[item.id]}
    turned = found.instead is not None and found.true and entry.address != found.address
    if not new and not turned:
        return
    now = instant(app.clock)
    with transaction(app.engine) as session:
        if not note_left_out(session, entry.id, owner, new):
            return
        unsaid = ((item, _outcome(reason), reason) for item, reason in new.items() if reason is not None)
        note_some(session, unsaid, found.on, now)
        if turned and found.instead is not None:
            said = ((item.id, NoteOutcome.FIRED, found.instead.kind) for item in found.true)
            note_some(session, said, found.on, now, contact_id=found.instead.contact_id)


def _outcome(reason: Dropped) -> NoteOutcome:
    """Return how the proof page calls what was left out for a reason."""
    if reason in MERGED:
        return NoteOutcome.MERGED
    return NoteOutcome.UNREACHABLE if reason in UNREACHABLE else NoteOutcome.DROPPED
