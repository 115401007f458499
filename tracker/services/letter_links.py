"""The links that act in a reader's letters: given out by the run, written into the words that are sent."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session

from tracker.app import App
from tracker.domain.links import expiry
from tracker.domain.people import IN_AGENCY
from tracker.services.action_links import address_of
from tracker.store import issued_links
from tracker.store.contacts import Contact
from tracker.store.letters import NewLetter


def give(session: Session, app: App, letters: Iterable[NewLetter], now: datetime) -> None:
    """Give the agencies' readers of some letters a link to each assignment that they tell of or repeat."""
    pairs = {
        (contact_id, assignment_id)
        for letter in letters
        if letter.in_agency and (contact_id := letter.contact_id) is not None
        for assignment_id in (*letter.beside, *(item.assignment_id for item in letter.items))
    }
    issued_links.issue_all(session, pairs, now=now, until=expiry(now, app.settings.link_days))


def links_of(
    session: Session, app: App, contact: Contact, assignment_ids: Sequence[int], now: datetime
) -> dict[int, str]:
    """Return the addresses at which a reader may act, by assignment, as far as links hold."""
    if contact.role not in IN_AGENCY or not assignment_ids:
        return {}
    held = issued_links.of_reader(session, contact.id or 0, assignment_ids, now)
    return {one: address_of(app.settings, *link) for one, link in held.items()}
