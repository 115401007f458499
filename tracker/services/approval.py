"""Approve a document's reading: its assignments are given, and only from then on reminded of."""

from dataclasses import dataclass

from sqlmodel import Session

from tracker.clock import Clock, instant, today
from tracker.domain.status import Move, Status, after
from tracker.errors import NotFound
from tracker.store import assignments, directives
from tracker.store.assignments import Choice
from tracker.store.events import Act, Change, record


@dataclass(frozen=True, slots=True)
class ApprovalResult:
    """How many assignments were given; `already` when the document had been approved before."""

    directive_id: int
    assigned: int
    already: bool = False


def approve(
    session: Session, directive_id: int, *, actor: str, clock: Clock, via: str = "cli"
) -> ApprovalResult:
    """Accept a document's tasks as they stand; approving it again changes nothing.

    Raises NotFound where there is no such document.
    """
    entry = directives.with_id(session, directive_id)
    if entry is None:
        raise NotFound("directive.unknown", ref=directive_id)
    if entry.approved_at is not None:
        return ApprovalResult(directive_id, 0, already=True)
    act = Act(actor, via, instant(clock))
    drafts = assignments.tracked(
        session, Choice(directive_id=directive_id, statuses=frozenset({Status.DRAFT}))
    )
    for draft in drafts:
        status = after(draft.facts.status, Move.APPROVE)
        assignments.set_status(session, draft.id, status, assigned_on=today(clock))
        change = Change({"status": draft.facts.status}, {"status": status})
        record(session, act, Move.APPROVE, ("assignment", draft.id), change)
    directives.mark_approved(session, directive_id, at=act.at, by=actor)
    record(
        session, act, Move.APPROVE, ("directive", directive_id), Change(after={"assignments": len(drafts)})
    )
    return ApprovalResult(directive_id, len(drafts))
