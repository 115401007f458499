"""More time that a new document gives for the work of an older one: proposed, then applied by a person.

Whose deadline is meant is told from the sentence: by the agency it names, the item, the day it replaces, or
because only one piece of work can be meant. What stays open is proposed with a doubt, and never applied by
itself.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlmodel import Session

from directives.citations import find_citations
from directives.model import Span
from directives.names import key
from directives.prolonging import Prolonged, prolonged
from tracker.domain.days_ahead import is_far
from tracker.domain.extensions import Grant
from tracker.domain.status import TRANSITIONS, Move
from tracker.errors import Conflict, NotFound
from tracker.services.extensions import Source, put_into_force
from tracker.services.moving import Moved, hold
from tracker.services.office import Office
from tracker.store import assignments, directives, extensions, register
from tracker.store.assignments import Choice, Tracked
from tracker.store.calendar import calendar_of
from tracker.store.directives import DirectiveEntry
from tracker.store.events import Act

EXTENDABLE = frozenset(status for status, move in TRANSITIONS if move is Move.RECORD_EXTENSION)
WHICH_DAY, WHOSE, FAR_DAY = "extension.which-day", "extension.whose", "extension.far-day"
EXTENDS_UNKNOWN = "extends-unknown-work"  # a doubt about a draft: whose deadline it moves is not known
ONE_DAY = timedelta(days=1)
SHORTEST = 6  # letters of another name that is looked for in a sentence: «SCT» is in too many words


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """More time for one assignment, as a document seems to give it."""

    assignment_id: int
    code: str
    lead: str
    due_on: date
    until: date | None
    document: str
    words: str  # the sentence
    span: Span  # where it stands in the new document
    doubt: str | None = None  # why it is not applied by itself


def proposals(session: Session, directive_id: int, office: Office) -> list[Proposal]:
    """Return what a document gives more time for; what it has given already is left out."""
    entry, text = directives.with_id(session, directive_id), directives.text_of(session, directive_id)
    if entry is None or text is None:
        raise NotFound("directive.unknown", ref=directive_id)
    said = _said(session, entry, text, office)
    done = extensions.by_document(session, directive_id)
    found: dict[int, Proposal] = {}
    for one in said:
        for proposal in _for_sentence(session, entry, one, one.span.of(text)):
            if proposal.assignment_id not in done:
                found.setdefault(proposal.assignment_id, _doubt_if_far(proposal, office.today))
    return list(found.values())


def apply(
    session: Session,
    directive_id: int,
    *,
    office: Office,
    act: Act,
    only: Iterable[int] | None = None,
) -> list[Moved]:
    """Put into force what a document gives; doubtful cases only where a person names the assignment.

    Twice changes nothing. Raises Conflict for a named assignment to which the document gives no time, or no
    plain day.
    """
    chosen = None if only is None else frozenset(only)
    moved = []
    entry = directives.with_id(session, directive_id)
    source = Source(directive_id, None if entry is None else entry.issued_on)
    given = proposals(session, directive_id, office)
    _check_named(given, (chosen or frozenset()) - extensions.by_document(session, directive_id))
    for one in given:
        meant = one.doubt is None if chosen is None else one.assignment_id in chosen
        if not meant or one.until is None:
            continue
        held = hold(session, one.assignment_id, Move.RECORD_EXTENSION, act=act, seen=None)
        # A far day is applied only where a person named the assignment: that is what says it is meant.
        granted = Grant(until=one.until, document=one.document, decision=one.words, far=chosen is not None)
        moved.append(put_into_force(session, held, granted, office=office, source=source))
    return moved


def _doubt_if_far(proposal: Proposal, today: date) -> Proposal:
    """Doubt a plain day that is far off: it is likelier misread."""
    plain = proposal.doubt is None and proposal.until is not None
    return replace(proposal, doubt=FAR_DAY) if plain and is_far(proposal.until or today, today) else proposal


def _check_named(given: Iterable[Proposal], named: frozenset[int]) -> None:
    """Refuse assignments that a person names and the document does not extend."""
    days = {one.assignment_id: one.until for one in given}
    for number in sorted(named):
        if number not in days:
            raise Conflict("extension.not-given", ref=number)
        if days[number] is None:
            raise Conflict("extension.day-not-plain", ref=number)


def told_again(drafts: Iterable[Tracked], given: Iterable[Proposal]) -> dict[int, Proposal]:
    """Return the drafts that only say again what older work now has: its agency and its new day.

    They stand in the very sentence that gives the time; to assign them too would count one duty twice.
    """
    certain = [one for one in given if one.doubt is None and one.until is not None]
    return {
        draft.id: one
        for draft in drafts
        for one in certain
        if draft.span.overlaps(one.span) and (draft.lead, draft.facts.due_on) == (one.lead, one.until)
    }


def given_already(session: Session, directive_id: int, drafts: Iterable[Tracked]) -> dict[int, str]:
    """Return the drafts that say again what a person applied for this document, with the older task's code.

    Once applied it is proposed no more, and the draft of the same sentence would wait for good.
    """
    done = frozenset(extensions.by_document(session, directive_id))
    works = assignments.tracked(session, Choice(ids=done)) if done else []
    now = {(work.lead, work.facts.due_on): work.code for work in works}
    return {
        draft.id: now[draft.lead, draft.facts.due_on]
        for draft in drafts
        if (draft.lead, draft.facts.due_on) in now
    }


def only_extending(
    session: Session, directive_id: int, drafts: Iterable[Tracked], office: Office
) -> frozenset[int]:
    """Return the drafts whose own deadline is the new day that a sentence gives a cited document.

    Where no work that gets the time is found, each would be a task that no document ever gave.
    """
    entry, text = directives.with_id(session, directive_id), directives.text_of(session, directive_id)
    if entry is None or text is None:
        raise NotFound("directive.unknown", ref=directive_id)
    said = _said(session, entry, text, office)
    return frozenset(
        draft.id
        for draft in drafts
        for one in said
        if draft.span.overlaps(one.span) and draft.facts.due_on in one.until
    )


def _said(session: Session, entry: DirectiveEntry, text: str, office: Office) -> list[Prolonged]:
    return prolonged(
        text,
        find_citations(text),
        issued_on=entry.issued_on,
        policy=office.policy,
        calendar=calendar_of(session),
    )


def _for_sentence(session: Session, entry: DirectiveEntry, said: Prolonged, words: str) -> Iterator[Proposal]:
    """Yield the work of the cited document that a sentence is about."""
    works = _work_of(session, entry, said)
    meant = _meant(session, entry, said, words, works)
    of_lead = Counter(work.lead for work in meant)
    certain = bool(meant) and (len(works) == 1 or meant != works)
    for work in meant:
        due_on = work.facts.due_on
        if due_on is None or (said.until and all(day <= due_on for day in said.until)):
            continue
        later = [day for day in said.until if day > due_on]
        proposal = Proposal(
            assignment_id=work.id,
            code=work.code,
            lead=work.lead,
            due_on=due_on,
            until=later[0] if len(later) == 1 else None,
            document=entry.number or entry.file_name,
            words=words,
            span=said.span,
        )
        if proposal.until is None:
            proposal = replace(proposal, doubt=WHICH_DAY)
        elif not certain or of_lead[work.lead] > 1:
            proposal = replace(proposal, doubt=WHOSE)
        yield proposal


def _work_of(session: Session, entry: DirectiveEntry, said: Prolonged) -> list[Tracked]:
    """Return the open work with a deadline of the document cited, where it is in the register once."""
    cited = [
        one
        for one in directives.numbered(session, said.number)
        if one.id != entry.id and said.issued_on in (None, one.issued_on)
    ]
    if len(cited) != 1:
        return []
    choice = Choice(directive_id=cited[0].id, statuses=EXTENDABLE)
    return [work for work in assignments.tracked(session, choice) if work.facts.due_on is not None]


def _meant(
    session: Session, entry: DirectiveEntry, said: Prolonged, words: str, works: list[Tracked]
) -> list[Tracked]:
    """Narrow work down by what the sentence names: agencies, the item, the day it replaces."""
    leads = _named(session, words) | _leads_of(session, entry, said)
    for narrower in (
        [work for work in works if work.agency in leads or key(work.lead) in leads],
        [work for work in works if said.item is not None and work.item == said.item],
        [work for work in works if said.instead_of is not None and _was_due(work, said.instead_of)],
    ):
        both = [work for work in works if work in narrower]
        works = both or works
    return works


def _named(session: Session, words: str) -> frozenset[str]:
    """Return the codes and names of the agencies that a sentence names."""
    said = key(words)
    found: set[str] = set()
    for entry in register.entries(session):
        others = (key(name) for name in entry.aliases)
        names = (key(entry.name), *(name for name in others if len(name) >= SHORTEST))
        if any(name in said for name in names):
            found |= {entry.code, key(entry.name)}
    return frozenset(found)


def _leads_of(session: Session, entry: DirectiveEntry, said: Prolonged) -> frozenset[str]:
    """Return the leads of the tasks that were read in the sentence itself."""
    own = assignments.tracked(session, Choice(directive_id=entry.id))
    return frozenset(
        name
        for work in own
        if work.span.overlaps(said.span)
        for name in (work.agency, key(work.lead))
        if name is not None
    )


def _was_due(work: Tracked, day: date) -> bool:
    """Tell whether a deadline was stated as a day; «trước ngày X» makes X − 1 the last on-time day."""
    return work.facts.due_on in (day, day - ONE_DAY)
