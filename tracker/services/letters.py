"""From a step of the ladder to letters in the outbox, one for each reader and channel."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from typing import Any

from directives.calendar import WorkCalendar
from notifications.channels import ChannelName
from notifications.channels.mail import message_id_for
from notifications.messages import Audience, DeadlineReminder, Message, OverdueNotice
from tracker.domain.people import Role
from tracker.domain.reminders import Step
from tracker.domain.timing import TimingKind, timing_of
from tracker.phrasebook import say
from tracker.services.naming import document_label, neutral_title
from tracker.settings import Settings
from tracker.store.assignments import Tracked
from tracker.store.contacts import Contact


@dataclass(frozen=True, slots=True)
class Reached:
    """A step that an assignment calls for, and one contact to be told of it."""

    work: Tracked
    step: Step
    ladder_version: int
    contact: Contact

    def key(self, channel: str) -> str:
        """Return what makes the letter one and the same, however often it is planned."""
        return ":".join(
            (
                "reminder",
                str(self.work.id),
                str(self.work.facts.deadline_version),
                str(self.ladder_version),
                self.step.name,
                self.contact.code,
                channel,
            )
        )


def addresses(contact: Contact, channels: Container[str]) -> list[tuple[str, str]]:
    """Return the channels a contact is reached by, of those set up, each with the address there."""
    held = ((ChannelName.EMAIL, contact.email), (ChannelName.ZALO, contact.zalo_chat_id))
    return [(channel, address) for channel, address in held if address is not None and channel in channels]


def message_id(key: str, domain: str) -> str:
    """Return the Message-ID of a letter; from its key, so that planning it again cannot give another."""
    return message_id_for(key, domain)


def message_for(reached: Reached, on: date, calendar: WorkCalendar, settings: Settings) -> Message:
    """Say what a step is about in the notifier's words; late or not is what timing_of says."""
    work = reached.work
    timing = timing_of(work.facts, on, calendar)
    if work.facts.due_on is None:
        raise ValueError(f"assignment {work.id} has no deadline to write about")
    about: dict[str, Any] = {
        "agency": work.lead,
        "code": work.code,
        "document": document_label(work.genre, work.number, work.file_name, settings.lang),
        "title": neutral_title(work, settings.lang),
        "due_on": work.facts.due_on,
        "as_of": on,
        "link": f"{settings.public_url.rstrip('/')}/tasks/{work.code}",
        "office": say("office.name", settings.lang),
    }
    if timing.kind is TimingKind.OVERDUE:
        return OverdueNotice(**about, days_over=timing.working_days, audience=_audience(reached.contact.role))
    return DeadlineReminder(**about, days_left=timing.working_days)


def _audience(role: Role) -> Audience:
    """Return the words for a role; the secretariat, like its chief, reads about somebody else's delay."""
    return Audience.CHIEF_OF_OFFICE if role is Role.SECRETARIAT else Audience(role)
