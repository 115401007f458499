"""The letters of a business day, in the words of their readers; queued by the day's run."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session

from notifications.render import render
from tracker.app import App
from tracker.domain.ladder import Ladder
from tracker.services.calls import Called, Day, Look
from tracker.services.letters import key_of, kind_of, message_for, message_id, series_of
from tracker.store import letters
from tracker.store.contacts import Contact
from tracker.store.letters import NewItem, NewLetter


def letters_of(session: Session, app: App, look: Look, now: datetime) -> Iterator[NewLetter]:
    """Write one letter for each reader and channel, numbered after those of the date's earlier runs."""
    on, day = look.day.on, look.day
    written: Counter[str] = Counter()
    if look.news:
        written.update(key.rpartition(":")[0] for key in letters.keys_of(session, on))
    for one in look.news:
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
            items=tuple(_item(look.ladder, one.contact, step, day) for step in one.called),
        )


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
