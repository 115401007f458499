"""Which step of the ladder an assignment calls for on a day.

The plan looks at the state, never at "today is exactly N days before": one run after nine days down does
what nine runs would have left to do, once.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from directives.calendar import WorkCalendar
from directives.model import DeadlineKind
from tracker.domain.assignment import Assignment
from tracker.domain.ladder import DEFAULT_LADDER, Ladder, Step
from tracker.domain.people import Role
from tracker.domain.status import AT_WORK


class Reason(StrEnum):
    """Why a step is planned, or why none is."""

    STEP_REACHED = "step-reached"
    ALREADY_TAKEN = "already-taken"
    TOO_EARLY = "too-early"
    NOT_A_WORKING_DAY = "not-a-working-day"
    NOT_AT_WORK = "not-at-work"  # draft, reported, confirmed, suspended …
    NO_DEADLINE = "no-deadline"
    RECURRING = "recurring"
    TO_BE_DETERMINED = "to-be-determined"


_WITHOUT_DAY: Final = {None: Reason.NO_DEADLINE, DeadlineKind.RECURRING: Reason.RECURRING}


@dataclass(frozen=True, slots=True)
class Taken:
    """The steps planned under the deadline version in force, each with the role that was written to.

    `owed` are those, among them or not, that some reader of the role was to have and has not had after all.
    """

    steps: Collection[tuple[str, Role]] = ()
    owed: Collection[tuple[str, Role]] = ()


NOTHING_TAKEN: Final = Taken()


@dataclass(frozen=True, slots=True)
class Plan:
    """The one step a day calls for, to the roles that have not had it, or the reason for none."""

    reason: Reason
    step: Step | None = None
    audience: tuple[Role, ...] = ()
    skipped: tuple[str, ...] = ()  # reached since the last run, but overtaken by the step


def plan_steps(
    assignment: Assignment,
    day: date,
    *,
    calendar: WorkCalendar,
    ladder: Ladder = DEFAULT_LADDER,
    taken: Taken = NOTHING_TAKEN,
) -> Plan:
    """Say what to send about an assignment on a day.

    Of the steps reached and not yet taken only the latest is sent. Whoever an earlier overdue step should
    have told about the delay, and neither it nor a later one has, is told by the latest: nobody is left out.
    """
    reason = _no_step(assignment, day, calendar)
    if reason is not None or assignment.due_on is None:
        return Plan(reason or Reason.NO_DEADLINE)
    reached = [step for step in ladder.steps if step_day(step, assignment.due_on, calendar) <= day]
    if not reached:
        return Plan(Reason.TOO_EARLY)
    names = {name for name, _ in taken.steps}
    if names & {step.name for step in ladder.steps[len(reached) :]}:
        return Plan(Reason.ALREADY_TAKEN)  # a day before one that was already run
    left = _untold(reached, set(taken.steps) - set(taken.owed))
    if not left:
        return Plan(Reason.ALREADY_TAKEN)
    skipped = tuple(step.name for step in _overtaken(reached, names))
    return Plan(Reason.STEP_REACHED, reached[-1], left, skipped)


def step_day(step: Step, due_on: date, calendar: WorkCalendar) -> date:
    """Return the working day from which a step is due.

    Steps before the deadline are counted back from the last working day on or before it, steps after it
    forward from the deadline itself.
    """
    if step.offset > 0:
        return calendar.add(due_on, step.offset)
    return calendar.add(calendar.previous_working(due_on), step.offset)


def _no_step(assignment: Assignment, day: date, calendar: WorkCalendar) -> Reason | None:
    """Return why nothing can be planned, None when something can."""
    if assignment.status not in AT_WORK:
        return Reason.NOT_AT_WORK
    if assignment.due_on is None:
        return _WITHOUT_DAY.get(assignment.deadline, Reason.TO_BE_DETERMINED)
    return None if calendar.is_working(day) else Reason.NOT_A_WORKING_DAY


def _overtaken(reached: list[Step], names: Collection[str]) -> list[Step]:
    """Return the steps between the last one taken and the latest one reached."""
    earlier = reached[:-1]
    last = max((place for place, step in enumerate(earlier) if step.name in names), default=-1)
    return earlier[last + 1 :]


def _untold(reached: list[Step], told: Collection[tuple[str, Role]]) -> tuple[Role, ...]:
    """Return the roles of the latest step, and of the overdue ones before it, that have had no word since."""
    roles = (
        role
        for place, step in enumerate(reached)
        if step.offset > 0 or step is reached[-1]
        for role in step.audience
        if not any((since.name, role) in told for since in reached[place:])
    )
    return tuple(dict.fromkeys(roles))
