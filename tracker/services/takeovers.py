"""Open work of agencies that are no more: who may take it over, and the act of a person who chooses.

The document's words stay: an assignment keeps the name of the lead it was given to, and is answered for by
the successor from then on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import Session

from tracker.clock import shown
from tracker.domain.status import CLOSED, Status
from tracker.errors import Conflict
from tracker.services.instances import is_dated
from tracker.services.permits import permit
from tracker.services.successors import Candidate, Lineage, lineage, only_whole
from tracker.store import assignments, moves, register
from tracker.store.assignments import Choice, Tracked
from tracker.store.events import AGENCY_CODE, Act, Change, record
from tracker.store.takeovers import give_over

TAKE_OVER: Final = "take-over"
OPEN: Final = frozenset(Status) - CLOSED - {Status.DRAFT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Orphan:
    """An open assignment whose agency is no more, with who may take it over."""

    assignment_id: int
    code: str  # the task's
    lead: str
    agency: str
    agency_name: str
    ended_on: date
    status: Status
    due_on: date | None
    candidates: tuple[Candidate, ...]
    version: int

    @property
    def whole(self) -> Candidate | None:
        """Return the successor where there is exactly one, for all of the work."""
        return only_whole(self.candidates)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver:
    """What passed to a successor; `assignments` are the assignment and the open instances of its duty."""

    code: str
    lead: str
    successor: str
    basis: str
    assignments: tuple[int, ...]


def orphans(session: Session, on: date) -> list[Orphan]:
    """Return the open assignments whose agency is no more on a day, in the order of their documents."""
    known = lineage(session)
    gone = frozenset(code for code in known.by_code if known.gone(code, on))
    if not gone:
        return []
    works = assignments.tracked(session, Choice(statuses=OPEN, agencies=gone))
    return [_orphan(work, work.agency, known, on) for work in works if work.agency is not None]


def _orphan(work: Tracked, agency: str, known: Lineage, on: date) -> Orphan:
    entry = known.by_code[agency]
    return Orphan(
        assignment_id=work.id,
        code=work.code,
        lead=work.lead,
        agency=agency,
        agency_name=entry.name,
        ended_on=entry.valid_to or on,
        status=work.facts.status,
        due_on=work.facts.due_on,
        candidates=known.candidates(agency, on),
        version=work.version,
    )


def take_over(  # noqa: PLR0913 — what is said of a take-over
    session: Session,
    assignment_id: int,
    by: str,
    *,
    on: date,
    act: Act,
    seen: int | None = None,
    dry_run: bool = False,
) -> TakenOver:
    """Let a successor answer for an assignment and the open instances of its duty, with the basis in history.

    With `dry_run` all is checked and nothing written. Raises NotFound for no such assignment; Conflict for a
    stale form, a draft or closed assignment, an agency that is there on the day, and one that took nothing
    over from it; NotPermitted for who may not.
    """
    work = assignments.claim(session, assignment_id, seen=seen)
    act = permit(session, act, TAKE_OVER, assignment_id)
    if work.facts.status not in OPEN:
        raise Conflict("takeover.not-open", ref=assignment_id)
    if work.agency is None:
        raise Conflict("takeover.no-agency", ref=assignment_id)
    known = lineage(session)
    chosen = _chosen(known, work.agency, by, on)
    numbers = register.ids(session)
    moved = (assignment_id, *_instances(session, assignment_id, numbers[work.agency]))
    for one in () if dry_run else moved:
        give_over(session, one, numbers[chosen.code])
        said = {"agency": chosen.name, AGENCY_CODE: chosen.code, "scope": chosen.scope, "basis": chosen.basis}
        change = Change({"agency": known.by_code[work.agency].name}, {k: v for k, v in said.items() if v})
        record(session, act, TAKE_OVER, ("assignment", one), change)
    return TakenOver(
        code=work.code, lead=work.lead, successor=chosen.name, basis=chosen.basis, assignments=moved
    )


def take_over_whole(
    session: Session, chosen: Iterable[Orphan], *, on: date, act: Act, dry_run: bool = False
) -> list[TakenOver]:
    """Let the successors of a list that was shown take over what has exactly one, for all of the work.

    Raises Conflict where one of them was changed by somebody else since; nothing is written then.
    """
    done: list[TakenOver] = []
    moved: set[int] = set()
    for one in chosen:
        if one.whole is None or one.assignment_id in moved:
            continue
        code, seen = one.whole.code, one.version
        done.append(take_over(session, one.assignment_id, code, on=on, act=act, seen=seen, dry_run=dry_run))
        moved.update(done[-1].assignments)
    return done


def _chosen(known: Lineage, agency: str, by: str, on: date) -> Candidate:
    """Return the candidate of a code, or say why it is none."""
    name = known.by_code[agency].name
    if not known.gone(agency, on):
        raise Conflict("takeover.still-there", name=name, day=shown(on))
    candidates = known.candidates(agency, on)
    if not candidates:
        raise Conflict("takeover.no-candidate", name=name)
    if (found := next((one for one in candidates if one.code == by), None)) is None:
        named = "; ".join(f"{one.name} ({one.code})" for one in candidates)
        raise Conflict("takeover.not-a-candidate", by=by, name=name, candidates=named)
    return found


def _instances(session: Session, assignment_id: int, agency_id: int) -> list[int]:
    """Return the dated instances of a duty that are open and that the same agency answers for."""
    return [
        one.id
        for one in moves.children_of(session, assignment_id)
        if is_dated(one.occasion) and one.agency_id == agency_id and one.status not in CLOSED
    ]
