"""The moves of the workflow that need no more than a reason: a function each, in the caller's transaction."""

from datetime import date

from sqlmodel import Session

from tracker.clock import shown
from tracker.domain.days_ahead import check_not_far
from tracker.domain.status import Move
from tracker.errors import Conflict
from tracker.services.extensions import lapse
from tracker.services.instances import withdraw_instances
from tracker.services.moving import Moved, hold, move_on, reason_for
from tracker.services.office import Office
from tracker.store.events import Act, history
from tracker.store.moves import Standing


def acknowledge(session: Session, assignment_id: int, *, act: Act, seen: int | None = None) -> Moved:
    """Write down that the agency has taken the work on."""
    return move_on(session, hold(session, assignment_id, Move.ACKNOWLEDGE, act=act, seen=seen))


def start(session: Session, assignment_id: int, *, act: Act, seen: int | None = None) -> Moved:
    """Write down that the agency has begun, or begun again."""
    return move_on(session, hold(session, assignment_id, Move.START, act=act, seen=seen))


def not_ours(
    session: Session, assignment_id: int, reason: str, *, act: Act, seen: int | None = None
) -> Moved:
    """Give the work back to the secretariat as not the agency's; the clock runs on until it agrees.

    Raises Conflict once the office has decided to keep it there: after that only a transfer moves it.
    """
    held = hold(session, assignment_id, Move.REFUSE, act=act, seen=seen)
    why = reason_for(held.move, reason)
    if any(line.action == Move.KEEP for line in history(session, "assignment", assignment_id)):
        raise Conflict("not-ours.kept", ref=assignment_id)
    return move_on(session, held, reason=why)


def keep(session: Session, assignment_id: int, reason: str, *, act: Act, seen: int | None = None) -> Moved:
    """Hold the agency to work that it declined, with the deadline that it had."""
    held = hold(session, assignment_id, Move.KEEP, act=act, seen=seen)
    return move_on(session, held, reason=reason_for(held.move, reason))


def suspend(  # noqa: PLR0913 — what is said of a suspension
    session: Session,
    assignment_id: int,
    reason: str,
    *,
    until: date,
    office: Office,
    act: Act,
    far: bool = False,
    seen: int | None = None,
) -> Moved:
    """Let the work rest until a day to come; no clock runs meanwhile, and the deadline stays as it is.

    Raises Conflict for a day that has passed, and for a far one without `far`.
    """
    held = hold(session, assignment_id, Move.SUSPEND, act=act, seen=seen)
    if until <= office.today:
        raise Conflict("suspend.past", day=shown(until))
    check_not_far(until, office.today, far=far)
    standing = Standing(status=held.status, suspended_until=until)
    return move_on(session, held, standing, reason=reason_for(held.move, reason), until=until)


def resume(
    session: Session, assignment_id: int, reason: str = "", *, act: Act, seen: int | None = None
) -> Moved:
    """Take suspended work up again under the deadline it had: only a decision gives more time."""
    held = hold(session, assignment_id, Move.RESUME, act=act, seen=seen)
    return move_on(session, held, reason=" ".join(reason.split()))


def withdraw(  # noqa: PLR0913 — what is said of a withdrawal
    session: Session,
    assignment_id: int,
    reason: str,
    *,
    act: Act,
    document: str | None = None,
    seen: int | None = None,
) -> Moved:
    """Take work back for good, with the dated instances of a recurring duty that are still open."""
    held = hold(session, assignment_id, Move.WITHDRAW, act=act, seen=seen)
    why = reason_for(held.move, reason)
    lapse(session, held)
    moved = move_on(session, held, reason=why, document=document)
    withdraw_instances(session, held, why, document)
    return moved
