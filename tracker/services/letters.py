"""What a reader is written about tasks, by which addresses, and under which key."""

from collections.abc import Collection, Container, Sequence
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from directives.calendar import WorkCalendar
from notifications.channels import ChannelName
from notifications.channels.mail import message_id_for
from notifications.messages import (
    Audience,
    DeadlineReminder,
    Digest,
    DigestItem,
    Message,
    OverdueNotice,
    Standing,
)
from tracker.domain.people import IN_AGENCY, Role
from tracker.domain.timing import TimingKind, timing_of
from tracker.phrasebook import say
from tracker.services.beside import NOTHING, Beside
from tracker.services.naming import answering, document_label, lead_label, neutral_title
from tracker.settings import Settings
from tracker.store.assignments import Tracked
from tracker.store.contacts import Contact

_STANDINGS: Final = {TimingKind.OVERDUE: Standing.OVERDUE, TimingKind.DUE_TODAY: Standing.DUE_TODAY}


def key_of(contact: Contact, channel: str, on: date, number: int) -> str:
    """Return what makes a letter one and the same: whose, through which channel, of which run's news."""
    return f"{series_of(contact, channel, on)}:{number}"


def series_of(contact: Contact, channel: str, on: date) -> str:
    """Return what the keys of a reader's letters of one business date begin with."""
    return f"digest:{contact.code}:{channel}:{on.isoformat()}"


def addresses(contact: Contact, channels: Container[str]) -> list[tuple[str, str]]:
    """Return the channels a contact is reached by, of those set up, each with the address there.

    E-mail always, as the record; beside it one product of Zalo, so that no telephone rings twice: the Bot
    before a message by template, which costs money and needs consent, before the Official Account, which
    reaches only who wrote to it within seven days.
    """
    by_template = contact.phone if contact.consented_on is not None else None
    zalo = (
        (ChannelName.ZALO, contact.zalo_chat_id),
        (ChannelName.ZNS, by_template),
        (ChannelName.ZALO_OA, contact.zalo_user_id),
    )
    mail, chats = (
        [(channel, address) for channel, address in held if address and channel in channels]
        for held in (((ChannelName.EMAIL, contact.email),), zalo)
    )
    return [*mail, *chats[:1]]


def message_id(key: str, domain: str) -> str:
    """Return the Message-ID of a letter; from its key, so that planning it again cannot give another."""
    return message_id_for(key, domain)


def message_for(  # noqa: PLR0913, PLR0917 — a letter, and whose and when it is
    works: Sequence[Tracked],
    role: Role,
    on: date,
    calendar: WorkCalendar,
    settings: Settings,
    beside: Beside = NOTHING,
    name: str = "",
) -> Message:
    """Say to a reader what a day has for them: one task in a letter of its own kind, several in a digest.

    `works` are those of the steps; `name` is the reader's, for where no work tells whose letter it is.
    """
    every = [*works, *beside.standing]
    if len(every) == 1 and not beside.changes and not beside.chores:
        return about_one(every[0], role, on, calendar, settings, beside)
    own = {work.agency for work in every} if role in IN_AGENCY else set()
    query = {"on": on.isoformat(), **({"agency": code} if (code := _only(own)) else {})}
    return Digest(
        items=tuple(_item(work, on, calendar, settings, beside) for work in every),
        audience=audience_of(role),
        agency=(answering(every[0]) if every else name) if role in IN_AGENCY else "",
        as_of=on,
        link=f"{_site(settings)}/overdue?{urlencode(query)}",
        addressee=name if role is Role.SECRETARIAT else "",  # it reads as its chief does, by its own name
        changes=beside.changes,
        chores=beside.chores,
        office=say("office.name", settings.lang),
        **_frame(beside),
    )


def _frame(beside: Beside) -> dict[str, Any]:
    outage = beside.outage
    return {
        "snapshot": beside.snapshot,
        "cut_off": beside.cut_off,
        "outage": None if outage is None else (outage.first, outage.last),
    }


def about_one(  # noqa: PLR0913, PLR0917 — a letter, and whose and when it is
    work: Tracked,
    role: Role,
    on: date,
    calendar: WorkCalendar,
    settings: Settings,
    beside: Beside = NOTHING,
) -> Message:
    """Say what a step is about in the notifier's words; late or not is what timing_of says."""
    item = _item(work, on, calendar, settings, beside)
    about: dict[str, Any] = {
        "agency": item.agency,
        "code": item.code,
        "document": item.document,
        "title": item.title,
        "due_on": item.due_on,
        "as_of": on,
        "link": item.link,
        "office": say("office.name", settings.lang),
        **_frame(beside),
    }
    if item.standing is Standing.OVERDUE:
        return OverdueNotice(**about, days_over=item.days, audience=audience_of(role))
    return DeadlineReminder(**about, days_left=item.days)


def kind_of(work: Tracked, on: date, calendar: WorkCalendar) -> str:
    """Return the kind of message that a task calls for on a day."""
    late = timing_of(work.facts, on, calendar).kind is TimingKind.OVERDUE
    return OverdueNotice.kind if late else DeadlineReminder.kind


def _item(work: Tracked, on: date, calendar: WorkCalendar, settings: Settings, beside: Beside) -> DigestItem:
    timing = timing_of(work.facts, on, calendar)
    if work.facts.due_on is None:
        raise ValueError(f"assignment {work.id} has no deadline to write about")
    return DigestItem(
        agency=lead_label(work, settings.lang),
        code=work.code,
        document=document_label(work.genre, work.number, work.file_name, settings.lang),
        title=neutral_title(work, settings.lang),
        due_on=work.facts.due_on,
        standing=_STANDINGS.get(timing.kind, Standing.DUE_SOON),
        days=timing.working_days,
        link=beside.links.get(work.id) or f"{_site(settings)}/tasks/{work.code}",
    )


def _site(settings: Settings) -> str:
    return settings.public_url.rstrip("/")


def _only(codes: Collection[str | None]) -> str | None:
    """Return the one code there is, None for several and for none."""
    return next(iter(codes)) if len(codes) == 1 else None


def audience_of(role: Role) -> Audience:
    """Return the words for a role; the secretariat, like its chief, reads about somebody else's delay."""
    return Audience.CHIEF_OF_OFFICE if role is Role.SECRETARIAT else Audience(role)
