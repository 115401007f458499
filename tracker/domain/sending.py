"""Whether what a letter was planned to say is still true when its turn to be sent comes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from tracker.domain.status import AT_WORK, Status


class Dropped(StrEnum):
    """Why something planned is not said after all; a letter with nothing left to say is not sent."""

    NOT_AT_WORK = "not-at-work"  # reported, confirmed, suspended, withdrawn … since it was planned
    DEADLINE_MOVED = "deadline-moved"
    PAST_DUE = "past-due"  # a reminder whose last day has gone: the overdue notice says what is true
    OVERTAKEN = "overtaken"  # a later step is waiting for the same reader
    LATER_DIGEST = "later-digest"  # a digest of a later day is on its way to the same reader
    CONTACT_GONE = "contact-gone"
    ADDRESS_CHANGED = "address-changed"
    NOTHING_LEFT = "nothing-left"  # of what stood for the reader, or had changed
    ADDRESS_BOUNCING = "address-bouncing"  # what was sent there came back
    ADDRESS_NOT_ALLOWED = "address-not-allowed"  # none of the office's domains, and no exception
    TOLD_ALREADY = "told-already"  # whoever reads it instead has it in a letter of their own


UNREACHABLE: Final = frozenset(
    {Dropped.CONTACT_GONE, Dropped.ADDRESS_BOUNCING, Dropped.ADDRESS_NOT_ALLOWED}
)  # somebody else has to read it
MERGED: Final = frozenset({Dropped.OVERTAKEN, Dropped.TOLD_ALREADY})  # another letter says it


class Instead(StrEnum):
    """Who reads a letter whose reader is away or cannot be reached, in the order in which they are asked."""

    SUBSTITUTE = "substitute"
    FOCAL_POINT = "focal-point"  # the agency's officer
    SECRETARIAT = "secretariat"


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
    bouncing: bool = False  # the contact's address on the letter's channel
    allowed: bool = True  # the same


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
        (Dropped.ADDRESS_BOUNCING, to_contact and facts.bouncing),
        (Dropped.ADDRESS_NOT_ALLOWED, to_contact and not facts.allowed),
        (Dropped.ADDRESS_CHANGED, to_contact and facts.contact_address != facts.address),
    )
    return next((reason for reason, holds in checks if holds), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who may read a letter instead of its reader, as far as they can be reached themselves."""

    kind: Instead
    contact_id: int
    reach: Facts  # the facts of a letter to them

    @property
    def address(self) -> str:
        """Return where the letter goes."""
        return self.reach.address


def who_instead(
    reason: Dropped | None, candidates: Iterable[Candidate], *, away: bool, succeeded: bool, day: date
) -> Candidate | None:
    """Return who reads a letter whose reader is away or unreachable; None: nobody, or no reason to.

    A substitute reads what is for somebody who is away. Where the reader cannot be reached at all it goes to
    the agency's focal point, then to the secretariat; but not where somebody else has the role by now: the
    next run writes to them.
    """
    if not away and reason not in UNREACHABLE:
        return None
    further = reason in UNREACHABLE and not succeeded
    kinds = frozenset(Instead) if further else frozenset({Instead.SUBSTITUTE})
    reached = (one for one in candidates if one.address and reason_to_drop(one.reach, day) is None)
    return next((one for one in reached if one.kind in kinds), None)
