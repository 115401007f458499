"""Approve a document's reading: its assignments are given, and only from then on reminded of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tracker.clock import Clock, instant, today
from tracker.domain.status import Move, Status, after
from tracker.errors import NotFound
from tracker.phrasebook import say
from tracker.services import found_extensions
from tracker.services.found_extensions import EXTENDS_UNKNOWN
from tracker.services.office import Office
from tracker.services.permits import allow
from tracker.store import assignments, directives
from tracker.store.assignments import Choice, Tracked
from tracker.store.events import Act, Change, record


@dataclass(frozen=True, slots=True)
class ApprovalResult:
    """How many assignments were given; `already` when the document had been approved before.

    `extended` are the deadlines of older documents that this one moved; `left` are drafts that only give more
    time for work that was not found; `insisted` are such ones that were given all the same.
    """

    directive_id: int
    assigned: int
    already: bool = False
    extended: int = 0
    left: int = 0
    insisted: int = 0


def approve(  # noqa: PLR0913 — a decision, who makes it, and under which rules
    session: Session,
    directive_id: int,
    *,
    actor: str,
    clock: Clock,
    via: str = "cli",
    office: Office | None = None,
    everything: bool = False,
    beside: Sequence[str] = (),
) -> ApprovalResult:
    """Accept a document's tasks as they stand; approving it again gives only what had been left.

    More time that it gives, without doubt, for the work of older documents is put into force with it; a task
    that says only that, of work that is not found, stays a draft unless `everything` is to be given. Without
    the office's rules neither is looked for. `beside` names the documents whose open work a person says it
    does not repeat; history keeps both ways of insisting. Raises NotFound where there is no such document.
    """
    entry = directives.with_id(session, directive_id)
    if entry is None:
        raise NotFound("directive.unknown", ref=directive_id)
    first, only_drafts = entry.approved_at is None, frozenset({Status.DRAFT})
    drafts = assignments.tracked(session, Choice(directive_id=directive_id, statuses=only_drafts))
    if not first and not drafts:
        return ApprovalResult(directive_id, 0, already=True)
    act = allow(session, Act(actor, via, instant(clock)), Move.APPROVE)
    left = _sort_out(session, directive_id, drafts, office, act, everything=everything)
    given = [draft for draft in drafts if draft.id not in left.all]
    for draft in given:
        _give(session, draft, act, today(clock))
    if first:
        directives.mark_approved(session, directive_id, at=act.at, by=actor)
    extended = () if office is None else found_extensions.apply(session, directive_id, office=office, act=act)
    done = {"assignments": len(given), "extended": len(extended), "left": len(left.unknown)}
    if first or given or extended:
        said: dict[str, object] = {
            name: count for name, count in done.items() if count or name == "assignments"
        }
        if reasons := _insisted(beside, len(left.insisted)):
            said["reason"] = "; ".join(reasons)
        record(session, act, Move.APPROVE, ("directive", directive_id), Change(after=said))
    return ApprovalResult(
        directive_id,
        len(given),
        already=not (first or given or extended or left.again),
        extended=len(extended),
        left=len(left.unknown),
        insisted=len(left.insisted),
    )


def _insisted(beside: Sequence[str], unknown: int) -> list[str]:
    """Say for history on what a person insisted."""
    said = [say("approve.as-new-because", "vi", old=", ".join(beside))] if beside else []
    return [*said, *([say("approve.insisted-because", "vi", count=unknown)] if unknown else [])]


@dataclass(frozen=True, slots=True)
class _Left:
    """Drafts that are not given: what older work now has, and what gives time for unknown work.

    `insisted` are those that are given although they only give time for unknown work.
    """

    again: frozenset[int] = frozenset()
    unknown: frozenset[int] = frozenset()
    insisted: frozenset[int] = frozenset()

    @property
    def all(self) -> frozenset[int]:
        return self.again | self.unknown


def _sort_out(  # noqa: PLR0913 - the drafts of a document, and who approves them
    session: Session,
    directive_id: int,
    drafts: list[Tracked],
    office: Office | None,
    act: Act,
    *,
    everything: bool,
) -> _Left:
    """Find the drafts that give more time for older work, withdraw those it now has, and doubt the others."""
    if office is None:
        return _Left()
    given = found_extensions.proposals(session, directive_id, office)
    extending = found_extensions.only_extending(session, directive_id, drafts, office)
    already = found_extensions.given_already(
        session, directive_id, (one for one in drafts if one.id in extending)
    )
    told = found_extensions.told_again(drafts, given)
    again = already | {number: older.code for number, older in told.items()}
    for draft in drafts:
        if draft.id in again:
            _leave_to(session, draft, again[draft.id], act)
    unknown = extending - frozenset(again)
    if everything:
        return _Left(frozenset(again), insisted=unknown)
    for number in unknown:
        assignments.doubt(session, number, EXTENDS_UNKNOWN)
    return _Left(frozenset(again), unknown)


def _give(session: Session, draft: Tracked, act: Act, day: date) -> None:
    status = after(draft.facts.status, Move.APPROVE)
    assignments.set_status(session, draft.id, status, assigned_on=day)
    assignments.settle(session, draft.id, EXTENDS_UNKNOWN)
    change = Change({"status": draft.facts.status}, {"status": status})
    record(session, act, Move.APPROVE, ("assignment", draft.id), change)


def _leave_to(session: Session, draft: Tracked, older: str, act: Act) -> None:
    """Give no second assignment of a duty whose deadline this document only moves."""
    status = after(draft.facts.status, Move.WITHDRAW)
    assignments.set_status(session, draft.id, status, assigned_on=None)
    reason = say("approve.same-duty", older=older)
    change = Change({"status": draft.facts.status}, {"status": status, "reason": reason})
    record(session, act, Move.WITHDRAW, ("assignment", draft.id), change)
