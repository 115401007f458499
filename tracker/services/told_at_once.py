"""Work that an urgent document gives is told when it is given, and does not wait for the morning's run."""

from datetime import timedelta
from typing import Final

from sqlmodel import Session

from notifications.messages import Change, Digest, Happened
from notifications.render import render
from tracker.app import App
from tracker.clock import instant, today
from tracker.domain.people import Role
from tracker.domain.status import AT_WORK
from tracker.phrasebook import say
from tracker.services.calls import Reach
from tracker.services.letters import audience_of, message_id
from tracker.services.naming import answering, lead_label
from tracker.store import assignments, contacts, holds
from tracker.store.assignments import Choice, Tracked
from tracker.store.contacts import Contact
from tracker.store.letters import NewLetter, enqueue

TOLD: Final = (Role.OFFICER, Role.HEAD)
KEPT_FOR: Final = timedelta(days=3)  # then the morning's letters have said it long since


def tell_at_once(session: Session, app: App, directive_id: int) -> int:
    """Queue a letter for each reader of an urgent document's agencies, to leave at any hour.

    Nothing for other documents, nor while one is silent; while the whole office is on hold the letters wait.
    Giving the same work again changes nothing: the key is the document's and the reader's. Returns how many
    letters were new.
    """
    works = assignments.tracked(session, Choice(directive_id=directive_id, statuses=AT_WORK))
    silent = {one.directive_id for one in holds.open_holds(session)}
    if not any(work.urgent for work in works) or directive_id in silent:
        return 0
    reach = Reach(contacts.address_book(session), app.channels)
    by_agency: dict[str, list[Tracked]] = {}
    for work in works:
        if work.agency is not None:
            by_agency.setdefault(work.agency, []).append(work)
    written = (
        _letter(app, directive_id, contact, (channel, address), given)
        for agency, given in sorted(by_agency.items())
        for role in TOLD
        for contact, channel, address in reach.ways(role, agency)
    )
    return sum(enqueue(session, letter) is not None for letter in written)


def _letter(
    app: App, directive_id: int, contact: Contact, way: tuple[str, str], given: list[Tracked]
) -> NewLetter:
    settings, now = app.settings, instant(app.clock)
    channel, address = way
    site = settings.public_url.rstrip("/")
    key = f"urgent:{directive_id}:{contact.code}:{channel}"
    message = Digest(
        items=(),
        audience=audience_of(contact.role),
        agency=answering(given[0]),
        as_of=today(app.clock),
        link=f"{site}/tasks",
        changes=tuple(
            Change(
                agency=lead_label(work, settings.lang),
                code=work.code,
                happened=Happened.ASSIGNED,
                due_on=work.facts.due_on,
                link=f"{site}/tasks/{work.code}",
            )
            for work in given
        ),
        urgent=True,
        cut_off=now,
        office=say("office.name", settings.lang),
    )
    return NewLetter(
        key=key,
        kind=message.kind,
        letter=render(message, channel),
        channel=channel,
        address=address,
        message_id=message_id(key, settings.message_id_domain),
        now=now,
        expires_at=now + KEPT_FOR,
        contact_id=contact.id,
        urgent=True,
    )
