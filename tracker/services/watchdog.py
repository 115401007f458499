"""Look whether reminders go as they should: nobody forgotten, no run missed, no letter lost or stuck.

Nothing is mended here and nothing written to the database: what is found is said, for a person.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, Final

from sqlmodel import Session

from notifications.outbox import OutboxState
from tracker.app import App
from tracker.clock import instant, shown, today
from tracker.domain.ladder import Ladder
from tracker.domain.outages import outage_before
from tracker.domain.reminders import Taken
from tracker.domain.watchdog import NOT_RIGHT, WATCHED, Outlook, outlook
from tracker.services.calls import Day, Memory, Reach, recall
from tracker.services.looking_back import Lost, lost_steps
from tracker.services.naming import lead_label
from tracker.services.step_words import step_words
from tracker.store import assignments, contacts, ladders, watching
from tracker.store.assignments import Choice, Tracked
from tracker.store.calendar import calendar_of
from tracker.store.outbox import wall_clock
from tracker.store.session import reading
from tracker.store.watching import Ran

RUN_BY: Final = time(8, 0)  # the daily run begins at seven, and is looked for again twenty minutes later
QUEUE_GRACE: Final = timedelta(hours=1)
LEASE_GRACE: Final = timedelta(minutes=15)  # delivery comes round every five minutes
FRESH: Final = timedelta(days=1)  # how long a letter that ended badly is news
GAPS: Final = 10  # working days in which a missed day that was made up for is still told


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to tell; `wrong`: a person has to do something."""

    code: str
    wrong: bool = True
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Watched:
    """What one look found: how many assignments have a next step, why the others have none, and the rest."""

    at: datetime
    on: date
    assignments: int
    with_next: int
    quiet: dict[str, int]
    findings: tuple[Finding, ...]

    @property
    def in_order(self) -> bool:
        """Tell whether nothing is wrong."""
        return not any(one.wrong for one in self.findings)


def watch(app: App) -> Watched:
    """Look at everything once, reading only."""
    now, on = instant(app.clock), today(app.clock)
    with reading(app.engine) as session:
        day = Day(on, calendar_of(session))
        ladder = ladders.in_force(session, app.ladder)
        memory = recall(session, ladder, app.ladder)
        reach = Reach(contacts.address_book(session), app.channels)
        works = assignments.tracked(session, Choice(statuses=WATCHED))
        silences = [one for one in watching.silences(session) if one[2] is None]
        on_hold = any(document is None for document, _, _ in silences)
        ran = watching.finished_runs(session)
        views = _outlooks(works, day, ladder, memory, reach, frozenset(one[0] for one in silences))
        lost = lost_steps(session, app, works, day.calendar, reach, ran)
        findings = (
            *_of_runs(ran, day, app, now, on_hold=on_hold, any_work=bool(works)),
            *_of_outlooks(views),
            *(_of_lost(one) for one in lost),
            *(Finding("watch.letter-gone", fields={"letter": one}) for one in watching.letters_gone(session)),
            *_of_letters(session, app, day, now, on_hold=on_hold),
        )
    quiet = Counter(str(view.quiet) for _, view in views if view.quiet is not None)
    return Watched(now, on, len(works), len(works) - quiet.total(), dict(sorted(quiet.items())), findings)


def _outlooks(  # noqa: PLR0913, PLR0917 — the work and what is known of it
    works: list[Tracked],
    day: Day,
    ladder: Ladder,
    memory: Memory,
    reach: Reach,
    silent: frozenset[int | None],
) -> list[tuple[Tracked, Outlook]]:
    roles = {role for step in ladder.steps for role in step.audience} | set(ladder.standing)
    held = {
        agency: frozenset(role for role in roles if any(reach.ways(role, agency)))
        for agency in {work.agency for work in works}
    }
    return [
        (
            work,
            outlook(
                work.facts,
                day.on,
                calendar=day.calendar,
                ladder=ladder,
                reached=held[work.agency],
                taken=Taken(memory.taken.get((work.id, work.facts.deadline_version), frozenset())),
                silent=work.directive_id in silent,
            ),
        )
        for work in works
    ]


def _of_outlooks(views: list[tuple[Tracked, Outlook]]) -> Iterator[Finding]:
    for work, view in views:
        if view.quiet in NOT_RIGHT:
            fields = {"assignment": work.id, "task": work.code, "lead": lead_label(work)}
            yield Finding(f"watch.{view.quiet}", fields=fields)


def _of_lost(lost: Lost) -> Finding:
    fields = {
        "assignment": lost.work.id,
        "task": lost.work.code,
        "lead": lead_label(lost.work),
        "step": lost.name,
        "words": step_words(lost.step, lost.name),
        "day": shown(lost.on),
        "reader": lost.reader,
        "channel": str(lost.channel),
    }
    return Finding("watch.step-lost", fields=fields)


def _of_runs(  # noqa: PLR0913 — the runs there were, and what makes one unneeded
    ran: list[Ran], day: Day, app: App, now: datetime, *, on_hold: bool, any_work: bool
) -> Iterator[Finding]:
    """Tell of working days without a run; while the office is on hold none is to be."""
    calendar, dates = day.calendar, [one.on for one in ran if one.on <= day.on]
    if on_hold:
        yield Finding("watch.on-hold", wrong=False)
        return
    late_now = calendar.is_working(day.on) and now.astimezone(app.settings.zone).time() >= RUN_BY
    before = day.on + timedelta(days=1) if late_now else day.on
    last = dates[-1] if dates else None
    if last is None:
        if any_work and late_now:
            yield Finding("watch.never-run")
    elif (outage := outage_before(before, last, calendar)) is not None:
        fields = {"first": shown(outage.first), "last": shown(outage.last), "ran": shown(last)}
        yield Finding("watch.no-run", fields=fields)
    since = calendar.add(calendar.previous_working(day.on), -GAPS)
    for earlier, later in pairwise(dates):
        gap = outage_before(later, earlier, calendar)
        if gap is not None and gap.last >= since:
            fields = {"first": shown(gap.first), "last": shown(gap.last), "ran": shown(later)}
            yield Finding("watch.gap", wrong=False, fields=fields)


def _of_letters(session: Session, app: App, day: Day, now: datetime, *, on_hold: bool) -> Iterator[Finding]:
    hours = app.settings.sending_hours
    open_long = all(hours.allow(moment, day.calendar) for moment in (now, now - QUEUE_GRACE))
    stuck = watching.waiting(
        session,
        queued_before=now - QUEUE_GRACE if open_long and not on_hold else None,
        held_before=wall_clock() - LEASE_GRACE,
    )
    for state, one in stuck.items():
        since = f"{one.since.astimezone(app.settings.zone):%H:%M %d/%m/%Y}"
        yield Finding(f"watch.stuck-{state}", fields={"count": one.count, "since": since})
    for state, (count, new) in watching.ended_badly(session, now - FRESH).items():
        code = "watch.dead" if state is OutboxState.DEAD else "watch.unknown"
        yield Finding(code, wrong=bool(new), fields={"count": count, "new": new})
    for breaker in watching.open_breakers(session, now):
        until = f"{breaker.until.astimezone(app.settings.zone):%H:%M %d/%m/%Y}"
        fields = {"channel": breaker.channel, "until": until, "reason": breaker.reason}
        yield Finding("watch.breaker", fields=fields)
