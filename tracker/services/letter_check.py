"""What of a letter is still true when its turn comes, and who reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from sqlmodel import Session

from notifications.outbox import Entry
from tracker.app import App
from tracker.clock import today
from tracker.domain.sending import (
    UNREACHABLE,
    Candidate,
    Dropped,
    day_of_letter,
    reason_to_drop,
    who_instead,
)
from tracker.store.last_look import ItemSeen, LetterSeen, Reaches, look_at
from tracker.store.stand_ins import candidates, is_succeeded, told_to


@dataclass(frozen=True, slots=True)
class Checked:
    """What a last look found: who reads the letter, and what of it is still to be said."""

    seen: LetterSeen
    on: date  # the business date that it is about
    day: date  # by which it is judged
    address: str
    instead: Candidate | None  # who reads it instead of its reader
    reason: Dropped | None  # why nobody can be reached with it
    reasons: Mapping[int, Dropped | None]  # by item

    @property
    def true(self) -> list[ItemSeen]:
        """Return what is still to be said."""
        return [item for item in self.seen.items if self.reasons[item.id] is None]

    @property
    def gone(self) -> str | None:
        """Return why nothing is to be sent, as far as that is known without the words."""
        if not self.seen.items:
            return self.reason
        return None if self.true else ", ".join(sorted({str(reason) for reason in self.reasons.values()}))

    @property
    def in_its_own_words(self) -> bool:
        """Tell whether it was written without items, and not by a run."""
        return not self.seen.items and self.seen.business_date is None


def check(session: Session, app: App, entry: Entry) -> Checked:
    """Look at a letter, its items and its reader as they are now."""
    now = today(app.clock)
    reaches = Reaches.of(session, app.settings.official_domains)
    seen = look_at(session, entry.id, now, reaches)
    planned_on = seen.planned_at.astimezone(app.settings.zone).date()
    on, day = seen.business_date or planned_on, day_of_letter(seen.business_date, planned_on, now)
    if seen.later_digest and not seen.items:  # it says anew what stands, and what has changed since
        return Checked(seen, on, day, entry.address, None, Dropped.LATER_DIGEST, {})
    reason = reason_to_drop(seen.reader, day)
    other = None
    if seen.contact_id is not None and (seen.away or reason in UNREACHABLE):
        asked = candidates(session, seen.contact_id, now, partial(reaches.facts, channel=entry.channel))
        succeeded = is_succeeded(session, seen.contact_id)
        other = who_instead(reason, asked, away=seen.away, succeeded=succeeded, day=day)
    if other is None:
        reasons = {item.id: reason_to_drop(item.facts, day) for item in seen.items}
        return Checked(seen, on, day, entry.address, None, reason, reasons)
    told = told_to(session, entry.id, other.contact_id)
    reasons = {item.id: _for_another(item, told, day) for item in seen.items}
    return Checked(seen, on, day, other.address, other, None, reasons)


def _for_another(item: ItemSeen, told: frozenset[int], day: date) -> Dropped | None:
    """Say why something must not be said to whoever reads the letter instead."""
    to_other = replace(item.facts, contact_active=None)  # whether they are reached is settled
    return reason_to_drop(to_other, day) or (Dropped.TOLD_ALREADY if item.id in told else None)
