"""Why work is late: the office asks, the agency explains, a leader says whether the cause was in its power.

NĐ 335/2025/NĐ-CP: a late item costs points in the yearly grade, except where the competent authority has
confirmed an objective cause. So it is kept who confirmed it, and when.
"""

from datetime import date

from sqlmodel import Session

from tracker.clock import shown
from tracker.domain.status import Move
from tracker.domain.timing import TimingKind, timing_of
from tracker.errors import Conflict, NotFound
from tracker.services.moving import Moved, hold, reason_for, stay
from tracker.services.office import Office
from tracker.store import explanations
from tracker.store.calendar import calendar_of
from tracker.store.events import Act
from tracker.store.explanations import Explanation

LATE = frozenset({TimingKind.OVERDUE, TimingKind.DONE_LATE})


def ask(  # noqa: PLR0913 — a question and who asks it
    session: Session,
    assignment_id: int,
    words: str,
    *,
    answer_by: date,
    office: Office,
    act: Act,
    seen: int | None = None,
) -> Moved:
    """Ask an agency to explain why its work is, or was, late.

    Raises Conflict for work that is not late, for a day that has passed, and while another question is open.
    """
    held = hold(session, assignment_id, Move.ASK_EXPLANATION, act=act, seen=seen)
    if timing_of(held.work.facts, office.today, calendar_of(session)).kind not in LATE:
        raise Conflict("explanation.not-late", ref=assignment_id)
    if answer_by < office.today:
        raise Conflict("explanation.past", day=shown(answer_by))
    if explanations.open_request(session, assignment_id) is not None:
        raise Conflict("explanation.open-already", ref=assignment_id)
    asked = reason_for(held.move, words)
    explanations.add(
        session, assignment_id, at=held.act.at, by=held.act.actor, answer_by=answer_by, words=asked
    )
    return stay(session, held, words=asked, answer_by=answer_by)


def answer(session: Session, assignment_id: int, words: str, *, act: Act, seen: int | None = None) -> Moved:
    """Take an agency's explanation, also after the day by which it was asked for."""
    held = hold(session, assignment_id, Move.ANSWER_EXPLANATION, act=act, seen=seen)
    said = reason_for(held.move, words)
    asked = _open(session, assignment_id)
    if asked.answered_at is not None:
        raise Conflict("explanation.answered", ref=assignment_id)
    explanations.answer(session, asked.id, at=held.act.at, by=held.act.actor, words=said)
    return stay(session, held, words=said)


def judge(  # noqa: PLR0913 — a judgement and who makes it
    session: Session,
    assignment_id: int,
    *,
    objective: bool,
    reason: str = "",
    act: Act,
    seen: int | None = None,
) -> Moved:
    """Say whether the cause that was given was beyond the agency's power; the delay itself stays a delay."""
    held = hold(session, assignment_id, Move.JUDGE_EXPLANATION, act=act, seen=seen)
    asked = _open(session, assignment_id)
    if asked.answered_at is None:
        raise Conflict("explanation.unanswered", ref=assignment_id)
    explanations.judge(session, asked.id, at=held.act.at, by=held.act.actor, objective=objective)
    return stay(session, held, objective=objective, reason=" ".join(reason.split()))


def _open(session: Session, assignment_id: int) -> Explanation:
    asked = explanations.open_request(session, assignment_id)
    if asked is None:
        raise NotFound("explanation.none-open", ref=assignment_id)
    return asked
