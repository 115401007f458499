"""The business day's run: look at every assignment, plan the steps it calls for, queue the letters.

One transaction. The plan looks at the state, so a day that was missed is made up for by the next run, and
running a day again changes nothing.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from tracker.app import App
from tracker.clock import instant
from tracker.domain.people import Role
from tracker.domain.reminders import Reason
from tracker.domain.status import AT_WORK
from tracker.services.calls import Called, Day, Reach, look_at
from tracker.services.planning import letters_of
from tracker.services.recurring import make_instances
from tracker.store import assignments, holds, runs
from tracker.store.assignments import Choice
from tracker.store.calendar import calendar_of
from tracker.store.events import SYSTEM_NAME, Act
from tracker.store.figures import count_by_kind
from tracker.store.letters import enqueue
from tracker.store.session import reading, transaction


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A step that could not be sent to a role, because nobody holds it or has an address."""

    code: str
    lead: str
    step: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReport:
    """What a run found and did. `changed` is false when there was nothing left to do."""

    on: date
    working_day: bool
    assignments: int = 0
    timing: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)  # why a step was planned, or none
    planned: int = 0  # assignments with a step
    queued: int = 0  # letters
    items: int = 0  # steps said in them
    unreachable: tuple[Unreachable, ...] = ()
    changed: bool = False
    held: tuple[str, ...] = ()  # why nothing was planned at all, until a person releases it
    silent: int = 0  # assignments of documents about which nothing is said yet

    def as_json(self) -> dict[str, Any]:
        """Return the report in plain values."""
        return {**asdict(self), "on": self.on.isoformat()}


def run_day(app: App, on: date) -> DayReport:
    """Plan and queue what a business date calls for.

    A second time, or in another process at once, it changes nothing. While the whole office is on hold
    nothing is planned, and the day is not written down as run.
    """
    now = instant(app.clock)
    with transaction(app.engine) as session:
        if held := [one.reason for one in holds.open_holds(session) if one.directive_id is None]:
            working = calendar_of(session).is_working(on)
            return DayReport(on=on, working_day=working, held=tuple(dict.fromkeys(held)))
        first = runs.claim(session, on, now)
        report = _run(session, app, on, now, first=first)
        if report.changed:
            runs.finish(session, on, now, report.as_json())
    return report


def is_finished(app: App, on: date) -> bool:
    """Tell whether a run of the date has finished."""
    with reading(app.engine) as session:
        return runs.is_finished(session, on)


def _run(session: Session, app: App, on: date, now: datetime, *, first: bool) -> DayReport:
    day = Day(on, calendar_of(session))
    made = make_instances(
        session, on, day.calendar, _system(now), policy=app.policy, ahead=app.settings.recurring_ahead_days
    )
    silent = frozenset(one.directive_id for one in holds.open_holds(session))
    works = assignments.tracked(session, Choice(statuses=AT_WORK))
    spoken = [work for work in works if work.directive_id not in silent]
    look = look_at(session, app, day, spoken)
    queued = [one for new in letters_of(session, app, look, now) if (one := enqueue(session, new))]
    kinds = count_by_kind(session, on, day.calendar, due_soon=app.settings.due_soon_days)
    reasons = Counter(plan.reason for _, plan in look.plans)
    reasons[_resting(day)] += sum(kinds.values()) - len(works)
    return DayReport(
        on=on,
        working_day=day.calendar.is_working(on),
        assignments=sum(kinds.values()),
        timing=_sorted(kinds),
        reasons=_sorted(reasons),
        planned=len(look.called),
        queued=len(queued),
        items=sum(letter.items for letter in queued),
        unreachable=tuple(gap for step in look.called for gap in _gaps(step, look.reach)),
        changed=first or bool(queued) or bool(made),
        silent=len(works) - len(spoken),
    )


def _system(now: datetime) -> Act:
    return Act(SYSTEM_NAME, "run", now)


def _resting(day: Day) -> Reason:
    """Return why nothing is planned about what has been handed in: those are counted and not loaded."""
    return Reason.NOT_AT_WORK if day.calendar.is_working(day.on) else Reason.NOT_A_WORKING_DAY


def _gaps(called: Called, reach: Reach) -> Iterator[Unreachable]:
    """Name the roles of a step's audience that nobody can be reached in."""
    for role in called.plan.audience:
        if not any(reach.ways(role, called.work.agency)):
            yield Unreachable(called.work.code, called.work.lead, called.step.name, role)


def _sorted(counts: Mapping[Any, int]) -> dict[str, int]:
    return {str(kind): count for kind, count in sorted(counts.items()) if count}
