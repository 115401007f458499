"""What becomes of a recurring duty's dates when it is taken back, handed on, or comes round otherwise."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session

from tracker.domain.deadlines import DeadlineCause
from tracker.domain.status import CLOSED, Move, Status
from tracker.services.extensions import lapse
from tracker.services.moving import Held, hold, move_on
from tracker.store import deadline_versions, moves
from tracker.store import instances as store
from tracker.store.deadline_versions import NewDeadline
from tracker.store.events import Act
from tracker.store.moves import Share


def is_dated(occasion: str) -> bool:
    """Tell an instance by its occasion, which is the day it stands for."""
    try:
        date.fromisoformat(occasion)
    except ValueError:
        return False
    return True


def open_instances(session: Session, assignment_id: int) -> list[Share]:
    """Return the instances of a duty that are not done and have no result waiting."""
    settled = CLOSED | {Status.REPORTED}
    return [
        one
        for one in moves.children_of(session, assignment_id)
        if is_dated(one.occasion) and one.status not in settled
    ]


def withdraw_instances(session: Session, duty: Held, reason: str, document: str | None) -> None:
    """Take the open instances of a withdrawn duty back with it; what was handed in still gets its answer."""
    for one in open_instances(session, duty.work.id):
        held = hold(session, one.id, Move.WITHDRAW, act=duty.act, seen=None)
        lapse(session, held)
        move_on(session, held, reason=reason, document=document, duty=duty.work.id)


def coming_instances(session: Session, assignment_id: int, on: date) -> list[Share]:
    """Return the open instances of a duty, of which no result was handed in, whose day has not passed."""
    return [
        one
        for one in open_instances(session, assignment_id)
        if one.status is not Status.RETURNED and on <= min(date.fromisoformat(one.occasion), one.due_on or on)
    ]


def leave_dates(
    session: Session, coming: list[Share], keep: Mapping[str, NewDeadline], reason: str, *, act: Act
) -> list[Share]:
    """Withdraw those coming dates of a duty that its new rhythm lacks, and return them.

    `keep` has the deadline of each occasion that the new rhythm has too: it is put into force, unless a
    person gave the date another one.
    """
    left = []
    for one in coming:
        new = keep.get(one.occasion)
        if new is None:
            held = hold(session, one.id, Move.WITHDRAW, act=act, seen=None)
            lapse(session, held)
            move_on(session, held, reason=reason, duty=one.origin_id, occasion=one.occasion)
            store.free_occasion(session, one.id)
            left.append(one)
        elif deadline_versions.of(session, one.id)[-1].cause is DeadlineCause.INSTANCE:
            deadline_versions.change(session, one.id, new, act=act)
    return left
