"""The business day's run: look at every assignment, plan the steps it calls for, queue the letters.

The look at everything and the wording of the letters take seconds, in which others may write; the letters
are queued in one short transaction, unless another run was faster: then the day is looked at again. Killed in
between, a run leaves no letter behind and the day not run. The plan looks at the state, so a day that was
missed is made up for by the next run, and running a day again changes nothing.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

from sqlmodel import Session

from directives.calendar import ONE_DAY
from tracker.app import App
from tracker.clock import instant, office_day
from tracker.domain.holds import HoldReason
from tracker.domain.people import Role
from tracker.domain.reminders import Reason
from tracker.domain.status import AT_WORK
from tracker.services.calls import Called, Day, Look, Reach, look_at
from tracker.services.figures import figures_on
from tracker.services.followups import ask_why_late
from tracker.services.letter_links import give
from tracker.services.planning import Planned, letters_of
from tracker.services.planning_notes import notes_of
from tracker.services.recurring import make_instances
from tracker.store import assignments, holds, runs, snapshots, step_notes
from tracker.store.assignments import Choice
from tracker.store.calendar import calendar_of
from tracker.store.events import SYSTEM_NAME, Act
from tracker.store.figures import count_by_kind
from tracker.store.holds import Hold
from tracker.store.letters import count_planned, enqueue
from tracker.store.session import reading, transaction

ATTEMPTS: Final = 5  # to look while others may write


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
    capped: int = 0  # steps left for another day: their readers have had the day's letters
    asked: int = 0  # explanations
    snapshot: str = ""  # the number of the frozen figures

    def as_json(self) -> dict[str, Any]:
        """Return the report in plain values."""
        return {**asdict(self), "on": self.on.isoformat()}


@dataclass(frozen=True, slots=True)
class _Prepared:
    """All that a day calls for, decided while others may write, and what must still be so to queue it."""

    planned_before: int  # steps in letters; more of them: another run has said something meanwhile
    holds: list[Hold]
    look: Look
    planned: Planned
    report: DayReport  # as far as it is known before the letters are queued


class _Overtaken(Exception):
    """Another process planned, held or released something since the day was looked at."""


def run_day(app: App, on: date) -> DayReport:
    """Plan and queue what a business date calls for.

    A second time, or in another process at once, it changes nothing. While the whole office is on hold
    nothing is planned, and the day is not written down as run.
    """
    now = instant(app.clock)
    with transaction(app.engine) as session:
        if held := _held(session, on):
            return held
        made = _make_instances(session, app, on, now)
    report = _plan(app, on, now, made=made)
    asked = 0 if report.held or not report.working_day else ask_why_late(app, on)
    return replace(report, asked=asked, changed=report.changed or bool(asked))


def _plan(app: App, on: date, now: datetime, *, made: bool) -> DayReport:
    for _ in range(ATTEMPTS):
        with reading(app.engine) as session:
            prepared = _prepare(session, app, on, now)
        with suppress(_Overtaken), transaction(app.engine) as session:
            return _queue(session, app, on, now, prepared, made=made)
    with transaction(app.engine) as session:  # the others leave no gap
        return _queue(session, app, on, now, None, made=made)


def is_finished(app: App, on: date) -> bool:
    """Tell whether a run of the date has finished."""
    with reading(app.engine) as session:
        return runs.is_finished(session, on)


def _held(session: Session, on: date) -> DayReport | None:
    """Return what a run reports while the whole office is on hold."""
    reasons = [one.reason for one in holds.open_holds(session) if one.directive_id is None]
    if not reasons:
        return None
    working = calendar_of(session).is_working(on)
    return DayReport(on=on, working_day=working, held=tuple(dict.fromkeys(reasons)))


def _make_instances(session: Session, app: App, on: date, now: datetime) -> bool:
    """Make the coming dates of recurring duties; tell whether there were any to make."""
    act = Act(SYSTEM_NAME, "run", now)
    ahead = app.settings.recurring_ahead_days
    return bool(make_instances(session, on, calendar_of(session), act, policy=app.policy, ahead=ahead))


def _prepare(session: Session, app: App, on: date, now: datetime) -> _Prepared:
    """Look at everything and write the letters, in memory only."""
    before = count_planned(session)  # first of all: what is planned after this makes the look outdated
    open_holds = holds.open_holds(session)
    day = Day(on, calendar_of(session))
    silent = frozenset(one.directive_id for one in open_holds)
    works = assignments.tracked(session, Choice(statuses=AT_WORK))
    spoken = [work for work in works if work.directive_id not in silent]
    look = look_at(session, app, day, spoken)
    kinds = count_by_kind(session, on, day.calendar, due_soon=app.settings.due_soon_days)
    reasons = Counter(plan.reason for _, plan in look.plans)
    reasons[_resting(day)] += sum(kinds.values()) - len(works)
    report = DayReport(
        on=on,
        working_day=day.calendar.is_working(on),
        assignments=sum(kinds.values()),
        timing=_sorted(kinds),
        reasons=_sorted(reasons),
        planned=len(look.called),
        unreachable=tuple(gap for step in look.called for gap in _gaps(step, look.reach)),
        silent=len(works) - len(spoken),
    )
    return _Prepared(before, open_holds, look, letters_of(session, app, look, now), report)


def _queue(  # noqa: PLR0913 — the day, and what is known of it
    session: Session, app: App, on: date, now: datetime, prepared: _Prepared | None, *, made: bool
) -> DayReport:
    """Queue the letters of a day, and write down that it was run; without any prepared, look at it first.

    Raises _Overtaken where they are outdated. What else may have changed since the look, such as a result, a
    deadline or an address, is as if it had happened after the run: the last look before sending leaves out
    what is not true any more.
    """
    if held := _held(session, on):
        return held
    runs.claim(session, on, now)  # another process that runs the same date waits here
    unfinished = not runs.is_finished(session, on)  # the first run of the date, or one after the brake
    if prepared is None:
        prepared = _prepare(session, app, on, now)
    elif _is_outdated(session, prepared):
        raise _Overtaken
    too_many = len(prepared.planned.letters) > app.settings.brake_letters
    if too_many and (held := _brake(session, on, now)):
        return held
    snapshot = _freeze(session, on, now) if prepared.report.working_day else None
    queued = [
        one
        for new in prepared.planned.letters
        if (one := enqueue(session, replace(new, snapshot_id=snapshot)))
    ]
    give(session, app, prepared.planned.letters, now)
    step_notes.add(session, notes_of(session, prepared.look, prepared.planned, now))
    report = replace(
        prepared.report,
        queued=len(queued),
        items=sum(letter.items for letter in queued),
        changed=unfinished or bool(queued) or made,
        capped=len(prepared.planned.unsaid),
        snapshot=snapshot or "",
    )
    if report.changed:
        runs.finish(session, on, now, report.as_json())
    return report


def _freeze(session: Session, on: date, now: datetime) -> str:
    """Freeze the figures of the day, as every letter of the run will print them, and return their number."""
    figures = asdict(figures_on(session, on, calendar=calendar_of(session)).figures)
    return snapshots.freeze(session, on, figures, now).id


def _brake(session: Session, on: date, now: datetime) -> DayReport | None:
    """Put everything on hold where a run would write very many letters; None where a person let them go."""
    since = min(calendar_of(session).previous_working(on - ONE_DAY), office_day(now))  # on may lie ahead
    if holds.let_go_since(session, HoldReason.BRAKE, since):
        return None
    holds.put(session, HoldReason.BRAKE, act=Act(SYSTEM_NAME, "run", now))
    return DayReport(on=on, working_day=True, held=(HoldReason.BRAKE,))


def _is_outdated(session: Session, prepared: _Prepared) -> bool:
    """Tell whether another run, a hold or a release came between the look and now."""
    return count_planned(session) != prepared.planned_before or holds.open_holds(session) != prepared.holds


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
