"""Hand the letters that are due to their channels, after a last look at whether they are still true."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from notifications.deliver import Bounds, deliver_due
from notifications.outbox import DeliveryReport, Entry
from notifications.render import render
from tracker.app import App
from tracker.clock import instant, today
from tracker.domain.sending import day_of_letter, reason_to_drop
from tracker.services.letters import message_for
from tracker.store.assignments import Choice, tracked
from tracker.store.calendar import calendar_of
from tracker.store.last_look import LetterSeen, look_at, note_left_out, office_on_hold
from tracker.store.outbox import SqlOutbox
from tracker.store.session import reading, transaction


def never() -> bool:
    """Do not stop."""
    return False


def deliver(
    app: App, *, until_empty: bool = True, limit: int | None = None, stop: Callable[[], bool] = never
) -> DeliveryReport:
    """Send what is due: all of it, or `limit` letters, or one batch; `stop` is asked between letters.

    Any number of deliverers may run at once, in processes of their own: a channel keeps one connection open
    and is not meant for two threads. What a deliverer killed on this machine held is taken over at once;
    what it held on another machine, when its lease ends. While the whole office is on hold nothing is sent:
    that is asked again before each letter.
    """
    outbox = SqlOutbox(app.engine)
    outbox.free_the_dead()
    report = deliver_due(
        outbox,
        app.channels,
        partial(instant, app.clock),
        partial(_last_look, app, outbox.owner),
        Bounds(limit, until_empty, lambda: stop() or on_hold(app)),
    )
    return replace(report, held=outbox.held_by_others())


def on_hold(app: App) -> bool:
    """Tell whether the whole office is on hold."""
    with reading(app.engine) as session:
        return office_on_hold(session)


def _last_look(app: App, owner: str, entry: Entry) -> Entry | str:
    """Return a letter in words that are true now, without what was settled since; or why nothing is left.

    A letter keeps its Message-ID whatever it says in the end. One that was written without items, and not
    by a run, goes out in its own words.
    """
    with reading(app.engine) as session:
        calendar = calendar_of(session)
        seen = look_at(session, entry.id)
        day = day_of_letter(
            seen.business_date, seen.planned_at.astimezone(app.settings.zone).date(), today(app.clock)
        )
        reasons = {item.id: reason_to_drop(item.facts, day) for item in seen.items}
        true = [item for item in seen.items if reasons[item.id] is None]
        works = tracked(session, Choice(ids=frozenset(item.assignment_id for item in true))) if true else []
    _note(app, entry, owner, seen, reasons)
    if not seen.items:
        return reason_to_drop(seen.reader, day) or entry
    if not true:
        return ", ".join(sorted({str(reason) for reason in reasons.values()}))
    message = message_for(works, true[0].role, day, calendar, app.settings)
    return replace(entry, kind=message.kind, letter=render(message, entry.channel))


def _note(app: App, entry: Entry, owner: str, seen: LetterSeen, reasons: Mapping[int, str | None]) -> None:
    """Write down which items are left out and why, where an earlier look did not find the same."""
    found = {item.id: reasons[item.id] for item in seen.items if item.left_out != reasons[item.id]}
    if found:
        with transaction(app.engine) as session:
            note_left_out(session, entry.id, owner, found)
