"""Tasks that say the same in two documents: suggested to a person, who decides; nothing merges by itself."""

from collections import defaultdict
from dataclasses import dataclass

from sqlmodel import Session

from tracker.app import App
from tracker.clock import instant
from tracker.domain.duplicates import Suggestion, Ties, suggestions
from tracker.domain.lineage import Citations, Known
from tracker.domain.permissions import Deed
from tracker.errors import Conflict, NotFound
from tracker.phrasebook import say
from tracker.services.moves import withdraw
from tracker.services.permits import allow
from tracker.services.sameness import may_be_one
from tracker.store import lineage, task_links
from tracker.store.events import Act, Change, record
from tracker.store.session import transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided about two tasks: for the same, which is tracked and how many shares were withdrawn."""

    task: str
    other: str
    same: bool
    tracked: str | None = None
    withdrawn: int = 0
    left: tuple[str, ...] = ()  # leads of the other task that the tracked one does not name: they go on


def suggest(session: Session) -> list[Suggestion]:
    """Return the open tasks of different documents that look alike, the most alike first."""
    documents = lineage.documents(session)
    citations = Citations.of(documents, lineage.citations(session))
    citing = {
        (min(by, found), max(by, found))
        for by, said in citations.cited.items()
        for _, _, found in said
        if found is not None
    }
    ties = Ties(citing, _similar(documents))
    return suggestions(task_links.open_tasks(session), ties, task_links.decided(session))


def decide(  # noqa: PLR0913 — a decision, who makes it, and about what
    app: App, code: str, other: str, *, track: str | None, actor: str, via: str
) -> Decision:
    """Keep a person's word about two tasks: the same, with the one to track, or different with None.

    Of the one that is not tracked every share is withdrawn whose lead has one in the tracked task. Raises
    NotFound for an unknown code, Conflict for a task with itself or where the one to track is neither.
    """
    with transaction(app.engine) as session:
        act = allow(session, Act(actor, via, instant(app.clock)), Deed.LINEAGE)
        one, two = _number(session, code), _number(session, other)
        if one == two:
            raise Conflict("duplicate.itself", task=code)
        if track not in {None, code, other}:
            raise Conflict("duplicate.neither", track=track, task=code, other=other)
        task_links.decide(session, one, two, same=track is not None, act=act)
        after = {"other": other, "same": track is not None, "tracked": track}
        record(session, act, "duplicate-decided", ("task", one), Change(after=after))
        if track is None:
            return Decision(task=code, other=other, same=False)
        kept, given_up = (one, two) if track == code else (two, one)
        gone, left = _withdraw(session, kept, given_up, track, act)
    return Decision(task=code, other=other, same=True, tracked=track, withdrawn=gone, left=left)


def _withdraw(
    session: Session, kept: int, given_up: int, track: str, act: Act
) -> tuple[int, tuple[str, ...]]:
    """Withdraw the shares that are tracked elsewhere; return how many, and the leads that go on."""
    tracked = {share.lead for share in task_links.open_shares(session, kept)}
    shares = task_links.open_shares(session, given_up)
    if not tracked:
        raise Conflict("duplicate.closed", task=track)
    twice = [share for share in shares if share.lead in tracked]
    for share in twice:
        withdraw(session, share.assignment_id, say("duplicate.because", task=track), act=act)
    return len(twice), tuple(share.lead for share in shares if share.lead not in tracked)


def _similar(documents: list[Known]) -> set[tuple[int, int]]:
    """Return the documents of one date whose numbers may be the same."""
    days: dict[object, list[Known]] = defaultdict(list)
    for one in documents:
        if one.number is not None and one.issued_on is not None:
            days[one.issued_on].append(one)
    return {
        (min(one.id, other.id), max(one.id, other.id))
        for same_day in days.values()
        for place, one in enumerate(same_day)
        for other in same_day[place + 1 :]
        if may_be_one(one.number or "", other.number or "")
    }


def _number(session: Session, code: str) -> int:
    number = task_links.task_with_code(session, code)
    if number is None:
        raise NotFound("duplicate.no-task", task=code)
    return number
