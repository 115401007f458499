"""What becomes of the dated instances of a recurring duty when the duty itself is taken back or handed on."""

from datetime import date

from sqlmodel import Session

from tracker.domain.status import CLOSED, Move, Status
from tracker.services.extensions import lapse
from tracker.services.moving import Held, hold, move_on
from tracker.store import moves
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
