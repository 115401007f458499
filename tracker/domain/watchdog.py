"""Whether anybody is forgotten: what an assignment has before it, and what it must have behind it.

Both answers come from the rules that the run itself plans by, so that they cannot drift from it.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from directives.calendar import WorkCalendar
from directives.model import DeadlineKind
from tracker.domain.assignment import Assignment
from tracker.domain.ladder import Ladder, Standing, Step, carried
from tracker.domain.people import Role
from tracker.domain.reminders import NOTHING_TAKEN, Taken, plan_steps, step_day
from tracker.domain.status import AT_WORK, Status


class Quiet(StrEnum):
    """Why no step lies before an assignment."""

    REPORTED = "reported"  # the office has the result before it
    DECLINED = "declined"  # the office has to say whose work it is
    SUSPENDED = "suspended"
    NO_DEADLINE = "no-deadline"
    RECURRING = "recurring"  # each of its dates has steps of its own
    TO_BE_DETERMINED = "to-be-determined"
    SILENT = "silent"  # its document was brought in from elsewhere and not released yet
    REPEATED = "repeated"  # every step was taken; digests repeat what is late
    UNREACHABLE = "unreachable"  # steps are left, and nobody of their readers has an address
    FORGOTTEN = "forgotten"  # every step was taken, and no digest repeats it to anybody


NOT_RIGHT: Final = frozenset({Quiet.UNREACHABLE, Quiet.FORGOTTEN})  # a person has to do something
_RESTING: Final = {
    Status.REPORTED: Quiet.REPORTED,
    Status.NOT_OURS: Quiet.DECLINED,
    Status.SUSPENDED: Quiet.SUSPENDED,
}
_WITHOUT_DAY: Final = {None: Quiet.NO_DEADLINE, DeadlineKind.RECURRING: Quiet.RECURRING}
WATCHED: Final = AT_WORK | _RESTING.keys()


@dataclass(frozen=True, slots=True)
class Coming:
    """A step to come, its first day, and who is told then."""

    step: Step
    on: date
    audience: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What lies before an assignment: steps, the next one first, or the reason for none."""

    coming: tuple[Coming, ...] = ()
    quiet: Quiet | None = None


def outlook(  # noqa: PLR0913 — the work, the day, and what is known of it
    work: Assignment,
    day: date,
    *,
    calendar: WorkCalendar,
    ladder: Ladder,
    reached: Collection[Role],
    taken: Taken = NOTHING_TAKEN,
    silent: bool = False,
) -> Outlook:
    """Say which steps come after the run of a day, or why none does; `reached` are roles with an address."""
    if (quiet := _resting(work, silent=silent)) is not None or work.due_on is None:
        return Outlook(quiet=quiet)
    coming = list(_coming(work, calendar.next_working(day), calendar, ladder, taken))
    said = tuple(one for one in coming if any(role in reached for role in one.audience))
    if said:
        return Outlook(said)
    if coming:
        return Outlook(quiet=Quiet.UNREACHABLE)
    repeats = any(often is not Standing.NEVER and role in reached for role, often in ladder.standing.items())
    return Outlook(quiet=Quiet.REPEATED if repeats else Quiet.FORGOTTEN)


def _resting(work: Assignment, *, silent: bool) -> Quiet | None:
    if work.status not in AT_WORK:
        return _RESTING.get(work.status, Quiet.REPORTED)
    if work.due_on is None:
        return _WITHOUT_DAY.get(work.deadline, Quiet.TO_BE_DETERMINED)
    return Quiet.SILENT if silent else None


def _coming(
    work: Assignment, day: date, calendar: WorkCalendar, ladder: Ladder, taken: Taken
) -> Iterator[Coming]:
    """Yield what the run of a day would say, then each step of a later day."""
    if work.due_on is None:
        return
    plan = plan_steps(work, day, calendar=calendar, ladder=ladder, taken=taken)
    if plan.step is not None:
        yield Coming(plan.step, day, plan.audience)
    for step in ladder.steps:
        if (on := step_day(step, work.due_on, calendar)) > day:
            yield Coming(step, on, step.audience)


@dataclass(frozen=True, slots=True)
class Look:
    """A run that looked at everything: its business date, its moment, and the ladder in force then."""

    on: date
    at: datetime
    ladder: Ladder


@dataclass(frozen=True, slots=True)
class Due:
    """A step that a run was to say, and to whom; no letter says it where it was lost."""

    step: Step
    audience: tuple[Role, ...]
    look: Look


def steps_due(due_on: date, looks: Sequence[Look], calendar: WorkCalendar) -> tuple[Due, ...]:
    """Return what runs were to say of work that was at work in all of them, in their order.

    Runs are told apart by what they look at alone: nothing that letters say is asked, for what is missing
    there is what this finds.
    """
    work = Assignment(status=Status.ASSIGNED, due_on=due_on)
    told: set[tuple[int, str, int, Role]] = set()
    found: list[Due] = []
    seen: tuple[int, int] | None = None
    days: dict[int, list[date]] = {}
    for look in looks:
        ladder = look.ladder
        if ladder.version not in days:
            days[ladder.version] = [step_day(step, due_on, calendar) for step in ladder.steps]
        place = ladder.version, bisect_right(days[ladder.version], look.on)
        if place == seen:  # no step more than at the last look
            continue
        seen = place
        plan = plan_steps(work, look.on, calendar=calendar, ladder=ladder, taken=Taken(_taken(told, ladder)))
        if plan.step is not None:
            found.append(Due(plan.step, plan.audience, look))
            told |= {(ladder.version, plan.step.name, plan.step.offset, role) for role in plan.audience}
    return tuple(found)


def _taken(told: Collection[tuple[int, str, int, Role]], ladder: Ladder) -> frozenset[tuple[str, Role]]:
    own = {(name, role) for version, name, _, role in told if version == ladder.version}
    others = [(offset, role) for version, _, offset, role in told if version != ladder.version]
    return frozenset(own) | carried(others, ladder)
