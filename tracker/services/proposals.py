"""What a reading proposes: its tasks with their codes, and a share for each lead the register knows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlmodel import Session

from directives.confidence import UNCLEAR_EXCEPTION
from directives.model import AgencyMention, ParsedDirective, TaskDraft
from tracker.clock import office_day
from tracker.services.members import meant_by, names_open_set
from tracker.store import register, serials, tasks
from tracker.store.events import Act
from tracker.store.register import AgencyEntry
from tracker.store.tasks import Lead

NOT_IN_REGISTER: Final = "lead-not-in-register"
NO_LEAD: Final = "no-lead"
NO_MEMBERS: Final = "group-without-members"  # such as the district level in a document after it was abolished


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was kept of a reading."""

    codes: tuple[str, ...]
    assignments: int
    doubts: frozenset[str]


def propose(session: Session, parsed: ParsedDirective, directive_id: int, year: int, *, act: Act) -> Proposal:
    """Keep the tasks that were read, as drafts, each with one share for each lead.

    A group stands for its members on the document's date; where it has none, on the day it is taken in.
    """
    known, entries = register.ids(session), register.entries(session)
    on = parsed.head.issued_on or office_day(act.at)
    shares, codes, doubts = 0, [], {doubt.code for doubt in parsed.doubts}
    numbers = serials.take(session, f"NV-{year}", len(parsed.tasks))
    for ordinal, (number, draft) in enumerate(zip(numbers, parsed.tasks, strict=True), start=1):
        code = f"NV-{year}-{number:04d}"
        leads = list(_leads(draft, entries, known, on))
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


def _leads(draft: TaskDraft, entries: list[AgencyEntry], known: dict[str, int], on: date) -> Iterable[Lead]:
    """Yield the leads, a group by its members as of a day, each agency once."""
    seen: set[str] = set()
    for mention in draft.leads:
        for lead in _resolved(mention, entries, known, on):
            if lead.name not in seen:
                seen.add(lead.name)
                yield lead


def _resolved(
    mention: AgencyMention, entries: list[AgencyEntry], known: dict[str, int], on: date
) -> Iterable[Lead]:
    entry = next((one for one in entries if one.code == mention.code), None)
    if entry is None or names_open_set(mention.name):  # kept as it is written, for a person to settle
        yield Lead(mention, mention.name, doubts=(NOT_IN_REGISTER,))
    elif entry.is_group:
        yield from _members(mention, entry, entries, known, on)
    else:
        yield Lead(mention, entry.name, known[entry.code])


def _members(
    mention: AgencyMention,
    group: AgencyEntry,
    entries: list[AgencyEntry],
    known: dict[str, int],
    on: date,
) -> Iterable[Lead]:
    """Yield a share for each member that is meant; the group itself where it has none on that day."""
    meant = meant_by(mention.text, entries, group.code, on)
    doubts = (UNCLEAR_EXCEPTION,) if meant.unclear else ()
    for member in meant.members:
        yield Lead(mention, member.name, known[member.code], group_id=known[group.code], doubts=doubts)
    if not meant.members:
        yield Lead(mention, group.name, known[group.code], doubts=(*doubts, NO_MEMBERS))
