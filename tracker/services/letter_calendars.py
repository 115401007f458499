"""The due days that a letter puts into its reader's calendar, or takes out of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from notifications.channels import ChannelName
from notifications.channels.mail import Sender
from notifications.invitation import DueDay, Method, invitation
from tracker.domain.people import Role
from tracker.phrasebook import say
from tracker.services.naming import document_label, lead_label, neutral_title
from tracker.settings import Settings
from tracker.store.assignments import Tracked
from tracker.store.changes import Happening
from tracker.store.contacts import Contact

MOST: Final = 50  # days in one letter


def calendar_for(  # noqa: PLR0913, PLR0917 — a letter, and whose and when it is
    contact: Contact,
    channel: str,
    works: Sequence[Tracked],
    finished: Sequence[Happening],
    settings: Settings,
    now: datetime,
) -> str | None:
    """Return what goes with a letter: the days of its work, else those of work that is done; None for none.

    Only an agency's officer gets days, by e-mail; a leader's calendar is not filled by a program.
    """
    if channel != ChannelName.EMAIL or contact.role is not Role.OFFICER:
        return None
    published = [_due(work, contact, settings) for work in works if work.facts.due_on is not None][:MOST]
    if published:
        return _written(published, settings, now, Method.PUBLISH)
    cancelled = [_done(one, contact) for one in finished if one.due_on is not None][:MOST]
    return _written(cancelled, settings, now, Method.CANCEL) if cancelled else None


def _written(days: Sequence[DueDay], settings: Settings, now: datetime, method: Method) -> str:
    sender = Sender(settings.smtp_from, say("office.name", settings.lang), settings.reply_to)
    domain = settings.message_id_domain
    return invitation(days, sender=sender, domain=domain, now=now, method=method).decode()


def _due(work: Tracked, contact: Contact, settings: Settings) -> DueDay:
    if work.facts.due_on is None:
        raise ValueError(f"assignment {work.id} has no day")
    return DueDay(
        assignment=str(work.id),
        reader=contact.code,
        version=work.facts.deadline_version,
        due_on=work.facts.due_on,
        code=work.code,
        document=document_label(work.genre, work.number, work.file_name, settings.lang),
        title=neutral_title(work, settings.lang),
        agency=lead_label(work, settings.lang),
        link=f"{settings.public_url.rstrip('/')}/tasks/{work.code}",
    )


def _done(one: Happening, contact: Contact) -> DueDay:
    if one.due_on is None:
        raise ValueError(f"assignment {one.assignment_id} has no day")
    return DueDay(
        assignment=str(one.assignment_id),
        reader=contact.code,
        version=one.deadline_version,
        due_on=one.due_on,
        code=one.code,
        document="",
        title="",
        agency=one.lead,
    )
