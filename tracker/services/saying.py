"""What a letter says beside its steps: what stands, what happened since the last one, on which figures.

Asked when a letter is planned, and again when it is sent, so that it says what is true then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlmodel import Session

from directives.calendar import WorkCalendar
from notifications.messages import Change, Chore, ChoreKind, Happened
from tracker.domain.outages import Outage, outage_before
from tracker.domain.people import IN_AGENCY, Role
from tracker.domain.status import Move
from tracker.settings import Settings
from tracker.store import changes, chores, holds, letters, runs
from tracker.store.changes import Happening
from tracker.store.contacts import Contact

HAPPENED: Final = {
    Move.APPROVE.value: Happened.ASSIGNED,
    "given-by-transfer": Happened.ASSIGNED,
    "deadline-changed": Happened.MOVED,
    Move.GRANT_EXTENSION.value: Happened.MOVED,
    Move.GRANT_EXTENSION_AGAIN.value: Happened.MOVED,
    Move.RECORD_EXTENSION.value: Happened.MOVED,
    Move.RETURN.value: Happened.RETURNED,
    Move.CONFIRM.value: Happened.CONFIRMED,
    Move.SUSPEND.value: Happened.SUSPENDED,
    Move.RESUME.value: Happened.RESUMED,
    Move.TRANSFER.value: Happened.WITHDRAWN,
    Move.WITHDRAW.value: Happened.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """The time a letter tells of: after the reader's last one, up to this one."""

    begin: datetime
    end: datetime


def stretch_before(
    session: Session, contact: Contact, channel: str, on: date, moment: datetime
) -> Stretch | None:
    """Return the time since a reader's last letter on a channel, or since the last run; None before any."""
    last = letters.last_written(session, contact.id or 0, channel, moment) or runs.last_finish(session, on)
    return None if last is None else Stretch(last, moment)


def happened_for(session: Session, contact: Contact, stretch: Stretch | None) -> list[Happening]:
    """Return what happened to the work of a reader's agency; of each assignment and kind the last only.

    Nothing about documents that are silent yet, and nothing for the office, which did it itself.
    """
    if stretch is None or contact.role not in IN_AGENCY or contact.agency is None:
        return []
    silent = {one.directive_id for one in holds.open_holds(session)}
    found: dict[tuple[int, Happened], Happening] = {}
    for one in changes.of_agency(session, contact.agency, HAPPENED, stretch.begin, stretch.end):
        if one.directive_id not in silent:
            found[one.assignment_id, HAPPENED[one.action]] = one
    return list(found.values())


def as_changes(happened: Sequence[Happening], settings: Settings) -> tuple[Change, ...]:
    """Say what happened as a letter does."""
    site = settings.public_url.rstrip("/")
    return tuple(
        Change(
            agency=one.lead,
            code=one.code,
            happened=HAPPENED[one.action],
            due_on=one.due_on,
            link=f"{site}/tasks/{one.code}",
        )
        for one in happened
    )


def finished(happened: Sequence[Happening]) -> list[Happening]:
    """Return the work whose day leaves a reader's calendar: it is done, or theirs no more."""
    over = {Happened.CONFIRMED, Happened.WITHDRAWN}
    return [one for one in happened if HAPPENED[one.action] in over and one.due_on is not None]


def chores_of_office(
    session: Session, settings: Settings, on: date, calendar: WorkCalendar
) -> tuple[Chore, ...]:
    """Return what waits for the office, the longest wait in working days, and how much of it is late."""
    site = settings.public_url.rstrip("/")
    declined = [on] * chores.declined(session)  # for how long is not asked
    waiting = (
        (ChoreKind.TO_CONFIRM, chores.reported(session), f"{site}/tasks"),
        (
            ChoreKind.TO_ANSWER,
            [*chores.asked(session), *chores.explained(session), *declined],
            f"{site}/tasks",
        ),
        (ChoreKind.TO_APPROVE, chores.unapproved(session), f"{site}/documents"),
    )
    return tuple(
        _chore(kind, [calendar.working_days_between(day, on) for day in days if day <= on], settings, link)
        for kind, days, link in waiting
        if any(day <= on for day in days)
    )


def _chore(kind: ChoreKind, waits: list[int], settings: Settings, link: str) -> Chore:
    late = sum(wait > settings.office_answer_days for wait in waits)
    return Chore(kind=kind, count=len(waits), oldest=max(waits), late=late, link=link)


def chores_for(contact: Contact, found: tuple[Chore, ...]) -> tuple[Chore, ...]:
    """Return what waits for the office as far as it is a reader's business: the secretariat's own list."""
    return found if contact.role is Role.SECRETARIAT else ()


def outage_of(session: Session, on: date, calendar: WorkCalendar) -> Outage | None:
    """Return the working days before a business date on which no run was finished."""
    return outage_before(on, runs.last_before(session, on), calendar)
