"""Whether what a letter was planned to say is still true when its turn to be sent comes."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.domain.status import AT_WORK, Status


class Dropped(StrEnum):
    """Why something planned is not said after all; a letter with nothing left to say is not sent."""

    NOT_AT_WORK = "not-at-work"  # reported, confirmed, suspended, withdrawn … since it was planned
    DEADLINE_MOVED = "deadline-moved"
    PAST_DUE = "past-due"  # a reminder whose last day has gone: the overdue notice says what is true
    OVERTAKEN = "overtaken"  # a later step is waiting for the same reader
    CONTACT_GONE = "contact-gone"
    ADDRESS_CHANGED = "address-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known now of one task in a letter and of its reader; None for a letter without one."""

    status: Status | None
    due_on: date | None
    letter_version: int | None  # of the deadline, when the letter was planned
    deadline_version: int | None  # now
    before_due: bool  # the letter speaks of a deadline to come
    contact_active: bool | None
    contact_address: str | None  # on the letter's channel, now
    address: str  # the letter's
    overtaken: bool


def day_of_letter(business_date: date | None, planned_on: date, today: date) -> date:
    """Return the day by which a letter is to be judged.

    A run may be about another day than the one it is made on (`run daily --on`). Its letters speak of that
    day, and grow old from there: one planned for 05/5 and sent a week later is judged on 12/5. A clock that
    was put back makes no letter younger.
    """
    if business_date is None:
        return today
    return business_date + max(today - planned_on, timedelta(0))


def reason_to_drop(facts: Facts, day: date) -> Dropped | None:
    """Say why something must not be said on a day, or None when it is still true."""
    about_work, to_contact = facts.status is not None, facts.contact_active is not None
    moved = facts.due_on is None or facts.letter_version != facts.deadline_version
    gone = facts.before_due and facts.due_on is not None and facts.due_on < day
    checks = (
        (Dropped.NOT_AT_WORK, about_work and facts.status not in AT_WORK),
        (Dropped.DEADLINE_MOVED, about_work and moved),
        (Dropped.PAST_DUE, about_work and gone),
        (Dropped.OVERTAKEN, about_work and facts.overtaken),
        (Dropped.CONTACT_GONE, to_contact and not facts.contact_active),
        (Dropped.ADDRESS_CHANGED, to_contact and facts.contact_address != facts.address),
    )
    return next((reason for reason, holds in checks if holds), None)
