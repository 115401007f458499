"""What is late, due or soon due for a reader beside the news of a day: it fills a digest, or is one."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from directives.calendar import WorkCalendar
from tracker.domain.ladder import Ladder, Standing
from tracker.domain.people import IN_AGENCY, Role
from tracker.domain.standing import is_standing_day
from tracker.domain.status import AT_WORK
from tracker.domain.timing import TimingKind, timing_of
from tracker.store.assignments import Tracked
from tracker.store.contacts import Contact

Place = tuple[int, int]  # an assignment and its deadline version
STANDS: Final = frozenset({TimingKind.OVERDUE, TimingKind.DUE_TODAY, TimingKind.DUE_SOON})


@dataclass(frozen=True, slots=True)
class Pool:
    """The work that stands on a day: each agency's, and what is late, the oldest deadline first."""

    by_agency: Mapping[str | None, list[Tracked]]
    late: list[Tracked]


def pool_of(works: Iterable[Tracked], day: date, calendar: WorkCalendar, due_soon: int) -> Pool:
    """Sort out which of some work is late, due or soon due on a day."""
    by_agency: dict[str | None, list[Tracked]] = {}
    late: list[Tracked] = []
    for work in sorted(works, key=lambda one: (one.facts.due_on or date.max, one.id)):
        if work.facts.status not in AT_WORK or work.facts.due_on is None:
            continue
        kind = timing_of(work.facts, day, calendar, due_soon=due_soon).kind
        if kind in STANDS:
            by_agency.setdefault(work.agency, []).append(work)
        if kind is TimingKind.OVERDUE:
            late.append(work)
    return Pool(by_agency, late)


def stands_for(contact: Contact, pool: Pool, told: Container[Place]) -> list[Tracked]:
    """Return what stands for a reader: an agency's own work; what is late for the secretariat.

    The leaders of the office have before them what some step has told them of, and no more.
    """
    if contact.role in IN_AGENCY:
        return pool.by_agency.get(contact.agency, []) if contact.agency is not None else []
    if contact.role is Role.SECRETARIAT:
        return pool.late
    return [work for work in pool.late if (work.id, work.facts.deadline_version) in told]


def is_repeated(
    contact: Contact, standing: Iterable[Tracked], ladder: Ladder, day: date, calendar: WorkCalendar
) -> bool:
    """Tell whether what stands for a reader is a letter by itself on a day: something of it must be late."""
    often = ladder.standing.get(contact.role, Standing.NEVER)
    return is_standing_day(often, day, calendar) and any(
        work.facts.due_on is not None and work.facts.due_on < day for work in standing
    )
