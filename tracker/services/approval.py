"""Approve a document's reading: its assignments are given, and only from then on reminded of."""

from dataclasses import dataclass

from sqlmodel import Session

from tracker.clock import Clock, instant, today
from tracker.domain.status import Move, Status, after
from tracker.errors import NotFound
from tracker.phrasebook import say
from tracker.services import found_extensions
from tracker.services.found_extensions import Proposal
from tracker.services.office import Office
from tracker.services.permits import allow
from tracker.store import assignments, directives
from tracker.store.assignments import Choice, Tracked
from tracker.store.events import Act, Change, record


@dataclass(frozen=True, slots=True)
class ApprovalResult:
    """How many assignments were given; `already` when the document had been approved before.

    `extended` are the deadlines of older documents that this one moved.
    """

    directive_id: int
    assigned: int
    already: bool = False
    extended: int = 0


def approve(  # noqa: PLR0913 — a decision, who makes it, and under which rules
    session: Session,
    directive_id: int,
    *,
    actor: str,
    clock: Clock,
    via: str = "cli",
    office: Office | None = None,
) -> ApprovalResult:
    """Accept a document's tasks as they stand; approving it again changes nothing.

    More time that it gives, without doubt, for the work of older documents is put into force with it; without
    the office's rules those stay as they are. Raises NotFound where there is no such document.
    """
    entry = directives.with_id(session, directive_id)
    if entry is None:
        raise NotFound("directive.unknown", ref=directive_id)
    if entry.approved_at is not None:
        return ApprovalResult(directive_id, 0, already=True)
    act = allow(session, Act(actor, via, instant(clock)), Move.APPROVE)
    drafts = assignments.tracked(
        session, Choice(directive_id=directive_id, statuses=frozenset({Status.DRAFT}))
    )
    given = () if office is None else found_extensions.proposals(session, directive_id, office)
    again = found_extensions.told_again(drafts, given)
    for draft in drafts:
        if draft.id in again:
            _leave_to(session, draft, again[draft.id], act)
            continue
        status = after(draft.facts.status, Move.APPROVE)
        assignments.set_status(session, draft.id, status, assigned_on=today(clock))
        change = Change({"status": draft.facts.status}, {"status": status})
        record(session, act, Move.APPROVE, ("assignment", draft.id), change)
    directives.mark_approved(session, directive_id, at=act.at, by=actor)
    extended = () if office is None else found_extensions.apply(session, directive_id, office=office, act=act)
    assigned = len(drafts) - len(again)
    done = {"assignments": assigned, **({"extended": len(extended)} if extended else {})}
    record(session, act, Move.APPROVE, ("directive", directive_id), Change(after=done))
    return ApprovalResult(directive_id, assigned, extended=len(extended))


def _leave_to(session: Session, draft: Tracked, older: Proposal, act: Act) -> None:
    """Give no second assignment of a duty whose deadline this document only moves."""
    status = after(draft.facts.status, Move.WITHDRAW)
    assignments.set_status(session, draft.id, status, assigned_on=None)
    reason = say("approve.same-duty", older=older.code)
    change = Change({"status": draft.facts.status}, {"status": status, "reason": reason})
    record(session, act, Move.WITHDRAW, ("assignment", draft.id), change)
