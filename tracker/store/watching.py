"""What the watchdog asks: what runs looked at, what letters say, and what history knows of both."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import case, exists, false, func, or_, select
from sqlmodel import Session, col

from notifications.outbox import OutboxState
from tracker.domain.notes import NoteOutcome
from tracker.domain.status import AT_WORK, Move, Status
from tracker.store.moments import as_utc
from tracker.store.tables import (
    AssignmentRow,
    ChannelStateRow,
    DeadlineVersionRow,
    EventRow,
    HoldRow,
    LetterItemRow,
    OutboxRow,
    RunRow,
    StepNoteRow,
)

Said = tuple[int, int, int, str, int, str]  # assignment, deadline, ladder, step, contact, channel
MOVES: Final = frozenset(str(move) for move in Move)
UNSAID: Final = (  # the rest is about items, which stand in a letter whatever became of them
    NoteOutcome.MERGED,
    NoteOutcome.CAPPED,
    NoteOutcome.DEFERRED,
    NoteOutcome.SILENT,
    NoteOutcome.UNREACHABLE,
)
OF_AN_ADDRESS: Final = frozenset({"added", "changed", "zalo-linked", "zalo-unlinked"})


@dataclass(frozen=True, slots=True)
class Ran:
    """A finished run: its business date, and when it began to look."""

    on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Stood:
    """That an assignment was moved to a status, and when."""

    at: datetime
    status: Status


@dataclass(frozen=True, slots=True)
class Waiting:
    """Letters that wait: how many, and since when the first of them does."""

    count: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Breaker:
    """A channel on which nothing is tried until a moment, and why."""

    channel: str
    until: datetime
    reason: str


def finished_runs(session: Session) -> list[Ran]:
    """Return the runs that have finished, in the order of their dates."""
    rows = session.execute(
        select(col(RunRow.business_date), col(RunRow.finished_at))
        .where(col(RunRow.finished_at).is_not(None))
        .order_by(col(RunRow.business_date))
    )
    return [Ran(on, as_utc(at)) for on, at in rows]


def in_force_since(session: Session, statuses: Collection[Status]) -> dict[int, datetime]:
    """Return since when the deadline of each assignment in some statuses is in force."""
    rows = session.execute(
        select(col(AssignmentRow.id), col(DeadlineVersionRow.at))
        .join(
            DeadlineVersionRow,
            (col(DeadlineVersionRow.assignment_id) == col(AssignmentRow.id))
            & (col(DeadlineVersionRow.version) == col(AssignmentRow.deadline_version)),
        )
        .where(col(AssignmentRow.status).in_(statuses))
    )
    return {int(number or 0): as_utc(at) for number, at in rows}


def standings(session: Session, statuses: Collection[Status]) -> dict[int, list[Stood]]:
    """Return where each assignment that is in some statuses now was moved to so far, oldest first."""
    found: dict[int, list[Stood]] = {}
    now = select(col(AssignmentRow.id)).where(col(AssignmentRow.status).in_(statuses))
    rows = session.execute(
        select(col(EventRow.entity_id), col(EventRow.at), col(EventRow.after))
        .where(
            col(EventRow.entity) == "assignment",
            col(EventRow.action).in_(MOVES),
            col(EventRow.entity_id).in_(now),
        )
        .order_by(col(EventRow.id))
    )
    for number, at, after in rows:
        if status := (after or {}).get("status"):
            found.setdefault(number, []).append(Stood(as_utc(at), Status(status)))
    return found


def was_at_work(stood: Collection[Stood], at: datetime) -> bool | None:
    """Tell whether somebody was at work at a moment; None where history says nothing of it."""
    last = next((one for one in reversed(list(stood)) if one.at <= at), None)
    if last is None:
        return False if stood else None
    return last.status in AT_WORK


def said(session: Session) -> set[Said]:
    """Return every step that stands in a letter, left out of it or not."""
    rows = session.execute(
        select(
            col(LetterItemRow.assignment_id),
            col(LetterItemRow.deadline_version),
            col(LetterItemRow.ladder_version),
            col(LetterItemRow.step),
            col(LetterItemRow.contact_id),
            col(LetterItemRow.channel),
        )
    )
    return {(row[0], row[1], row[2], row[3], row[4], row[5]) for row in rows}


def noted(session: Session) -> set[tuple[int, int, str, int | None]]:
    """Return the steps with a note of why they were not said: assignment, deadline, step, and to whom."""
    rows = session.execute(
        select(
            col(StepNoteRow.assignment_id),
            col(StepNoteRow.deadline_version),
            col(StepNoteRow.step),
            col(StepNoteRow.contact_id),
        )
        .where(col(StepNoteRow.outcome).in_(UNSAID))
        .distinct()
    )
    return {(row[0], row[1], row[2], row[3]) for row in rows}


def letters_gone(session: Session) -> list[int]:
    """Return the letters that history speaks of and that are not there any more."""
    there = exists().where(col(OutboxRow.id) == col(EventRow.entity_id))
    asked = select(col(EventRow.entity_id)).where(col(EventRow.entity) == "letter", ~there).distinct()
    return sorted(session.scalars(asked))


def addresses_touched(session: Session) -> dict[int, datetime]:
    """Return when the addresses of each contact were last written, as far as history says."""
    rows = session.execute(
        select(col(EventRow.entity_id), func.max(col(EventRow.at)))
        .where(col(EventRow.entity) == "contact", col(EventRow.action).in_(OF_AN_ADDRESS))
        .group_by(col(EventRow.entity_id))
    )
    return {number: as_utc(at) for number, at in rows}


def handed_over(session: Session, assignment_id: int, since: datetime) -> bool:
    """Tell whether an assignment came to another agency after a moment."""
    rows = session.scalars(
        select(col(EventRow.after)).where(
            col(EventRow.entity) == "assignment",
            col(EventRow.entity_id) == assignment_id,
            col(EventRow.at) > since,
        )
    )
    return any("agency" in (after or {}) for after in rows)


def channels_since(session: Session) -> dict[str, datetime]:
    """Return since when letters are written on each channel."""
    rows = session.execute(
        select(col(OutboxRow.channel), func.min(col(OutboxRow.created_at))).group_by(col(OutboxRow.channel))
    )
    return {channel: as_utc(at) for channel, at in rows}


def silences(session: Session) -> list[tuple[int | None, datetime, datetime | None]]:
    """Return each hold there was: its document, from when and until when."""
    rows = session.execute(select(col(HoldRow.directive_id), col(HoldRow.since), col(HoldRow.released_at)))
    return [(number, as_utc(since), until and as_utc(until)) for number, since, until in rows]


def waiting(
    session: Session, *, queued_before: datetime | None, held_before: datetime
) -> dict[OutboxState, Waiting]:
    """Return the letters that wait for longer than they should, by state.

    `queued_before`: no letter whose time had come then should wait still; None: none may leave now.
    """
    state = col(OutboxRow.state)
    late_in_queue = (
        false()
        if queued_before is None
        else (state == OutboxState.QUEUED) & (col(OutboxRow.next_try_at) < queued_before)
    )
    late_in_hand = state.in_((OutboxState.LEASED, OutboxState.SENDING)) & (
        col(OutboxRow.lease_until) < held_before
    )
    rows = session.execute(
        select(state, func.count(), func.min(col(OutboxRow.next_try_at)))
        .where(or_(late_in_queue, late_in_hand))
        .group_by(state)
    )
    return {OutboxState(one): Waiting(count, as_utc(since)) for one, count, since in rows}


def ended_badly(session: Session, since: datetime) -> dict[OutboxState, tuple[int, int]]:
    """Count the dead and unknown letters: all, and those written since a moment."""
    fresh = func.sum(case((col(OutboxRow.created_at) >= since, 1), else_=0))
    rows = session.execute(
        select(col(OutboxRow.state), func.count(), fresh)
        .where(col(OutboxRow.state).in_((OutboxState.DEAD, OutboxState.UNKNOWN)))
        .group_by(col(OutboxRow.state))
    )
    return {OutboxState(state): (count, int(new or 0)) for state, count, new in rows}


def open_breakers(session: Session, now: datetime) -> list[Breaker]:
    """Return the channels on which nothing is tried now."""
    rows = session.execute(
        select(col(ChannelStateRow.channel), col(ChannelStateRow.open_until), col(ChannelStateRow.reason))
        .where(col(ChannelStateRow.open_until) > now)
        .order_by(col(ChannelStateRow.channel))
    )
    return [Breaker(channel, as_utc(until), reason) for channel, until, reason in rows if until is not None]
