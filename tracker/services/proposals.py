"""What a reading proposes: its tasks with their codes, and a share for each lead the register knows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlmodel import Session

from directives.model import AgencyMention, ParsedDirective, TaskDraft
from tracker.store import register, serials, tasks
from tracker.store.events import Act
from tracker.store.register import AgencyEntry
from tracker.store.tasks import Lead

NOT_IN_REGISTER: Final = "lead-not-in-register"
NO_LEAD: Final = "no-lead"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was kept of a reading."""

    codes: tuple[str, ...]
    assignments: int
    doubts: frozenset[str]


def propose(session: Session, parsed: ParsedDirective, directive_id: int, year: int, *, act: Act) -> Proposal:
    """Keep the tasks that were read, as drafts, each with one share for each lead."""
    known, entries = register.ids(session), register.entries(session)
    shares, codes, doubts = 0, [], {doubt.code for doubt in parsed.doubts}
    numbers = serials.take(session, f"NV-{year}", len(parsed.tasks))
    for ordinal, (number, draft) in enumerate(zip(numbers, parsed.tasks, strict=True), start=1):
        code = f"NV-{year}-{number:04d}"
        leads = list(_leads(draft, entries, known, parsed.head.issued_on))
        task_id = tasks.add(session, directive_id, code, ordinal, _doubting(draft, leads))
        for lead in leads:
            tasks.give(session, task_id, lead, draft, act=act)
            doubts.update(lead.doubts)
        shares += len(leads)
        codes.append(code)
    return Proposal(tuple(codes), shares, frozenset(doubts))


def _doubting(draft: TaskDraft, leads: list[Lead]) -> TaskDraft:
    """Mark a task that nobody is to answer for."""
    if leads or NO_LEAD in draft.doubts:
        return draft
    return replace(draft, doubts=(*draft.doubts, NO_LEAD))


def _leads(
    draft: TaskDraft, entries: list[AgencyEntry], known: dict[str, int], on: date | None
) -> Iterable[Lead]:
    """Yield the leads, a group by its members as of the document's date, each agency once."""
    seen: set[str] = set()
    for mention in draft.leads:
        for lead in _resolved(mention, entries, known, on):
            if lead.name not in seen:
                seen.add(lead.name)
                yield lead


def _resolved(
    mention: AgencyMention, entries: list[AgencyEntry], known: dict[str, int], on: date | None
) -> Iterable[Lead]:
    agency_id = known.get(mention.code or "")
    if agency_id is None:  # kept as it is written, for a person to settle
        yield Lead(mention, mention.name, doubts=(NOT_IN_REGISTER,))
        return
    members = [
        entry for entry in entries if mention.code in entry.groups and (on is None or entry.existed(on))
    ]
    if not members:
        name = next(entry.name for entry in entries if entry.code == mention.code)
        yield Lead(mention, name, agency_id)
    for member in members:
        yield Lead(mention, member.name, known[member.code], group_id=agency_id)
