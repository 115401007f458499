"""Find the steps that a run was to say and that no letter has: a row was lost, or never written.

What runs looked at is played again from what history keeps: when each run looked, since when a deadline is
in force, where the work stood. A step is only called lost where nothing explains that it was not said.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlmodel import Session

from directives.calendar import WorkCalendar
from notifications.channels import ChannelName
from tracker.app import App
from tracker.domain.ladder import Ladder, Step
from tracker.domain.status import AT_WORK
from tracker.domain.watchdog import Due, Look, steps_due
from tracker.services.calls import Reach
from tracker.store import ladders, watching
from tracker.store.assignments import Tracked
from tracker.store.moments import as_utc
from tracker.store.watching import Ran, Stood, was_at_work

ALWAYS_SET_UP: Final = ChannelName.EMAIL  # the other channels count from their first letter on


@dataclass(frozen=True, slots=True)
class Lost:
    """A step that a reader was to be told of on a day, and of which there is no letter."""

    work: Tracked
    name: str
    step: Step
    on: date
    reader: str  # the contact's code
    channel: str


def lost_steps(  # noqa: PLR0913, PLR0917 — the work, and what runs saw of it
    session: Session,
    app: App,
    works: Sequence[Tracked],
    calendar: WorkCalendar,
    reach: Reach,
    ran: Iterable[Ran],
) -> list[Lost]:
    """Return what was to be said of some work and was lost, in the order of the work and of the steps."""
    at_work = [work for work in works if work.facts.status in AT_WORK and work.facts.due_on is not None]
    looks = list(_looks(session, app, ran, calendar))
    found = _unsaid(session, at_work, looks, calendar, reach)
    return sorted(found, key=lambda one: (one.work.id, one.on, one.name, one.reader, one.channel))


def _looks(session: Session, app: App, ran: Iterable[Ran], calendar: WorkCalendar) -> Iterator[Look]:
    """Yield each run of a working day with the ladder in force at its moment."""
    kept = [(as_utc(one.created_at), one.ladder) for one in reversed(ladders.versions(session))]
    for run in ran:
        if calendar.is_working(run.on):
            yield Look(run.on, run.at, _in_force(kept, run.at, app.ladder))


def _in_force(kept: Sequence[tuple[datetime, Ladder]], at: datetime, first: Ladder) -> Ladder:
    return next((ladder for made, ladder in reversed(kept) if made <= at), first)


def _unsaid(
    session: Session, works: Sequence[Tracked], looks: Sequence[Look], calendar: WorkCalendar, reach: Reach
) -> Iterator[Lost]:
    """Play the runs again for each assignment, and yield what no letter has and nothing explains."""
    if not works or not looks:
        return
    since, stood = watching.in_force_since(session, AT_WORK), watching.standings(session, AT_WORK)
    said = watching.said(session)
    due = _remembered(looks, calendar)
    explained = _Explained.of(session)
    for work in works:
        seen = _seen(work, looks, since, stood.get(work.id, ()), explained)
        for one in due(work.facts.due_on or date.max, seen):
            for role in one.audience:
                for contact, channel, _ in reach.ways(role, work.agency):
                    version = work.facts.deadline_version
                    place = (
                        work.id,
                        version,
                        one.look.ladder.version,
                        one.step.name,
                        contact.id or 0,
                        channel,
                    )
                    if place not in said and not explained.tells(
                        session, work, one, contact.id or 0, channel
                    ):
                        yield Lost(work, one.step.name, one.step, one.look.on, contact.code, channel)


def _seen(
    work: Tracked,
    looks: Sequence[Look],
    since: dict[int, datetime],
    stood: Sequence[Stood],
    explained: "_Explained",
) -> tuple[int, ...]:
    """Return which runs had an assignment before them, with this deadline, at work and not silent."""
    begun = since.get(work.id)
    return tuple(
        place
        for place, look in enumerate(looks)
        if begun is not None
        and look.at >= begun
        and was_at_work(stood, look.at) is not False
        and not explained.silent(work, look.at)
    )


def _remembered(
    looks: Sequence[Look], calendar: WorkCalendar
) -> Callable[[date, tuple[int, ...]], tuple[Due, ...]]:
    """Return `steps_due` for chosen runs, each answer worked out once: much work is due on the same day."""
    known: dict[tuple[date, tuple[int, ...]], tuple[Due, ...]] = {}

    def due(due_on: date, seen: tuple[int, ...]) -> tuple[Due, ...]:
        if (due_on, seen) not in known:
            known[due_on, seen] = steps_due(due_on, [looks[place] for place in seen], calendar)
        return known[due_on, seen]

    return due


@dataclass(frozen=True, slots=True)
class _Explained:
    """What may be why a step was not said to a reader."""

    noted: set[tuple[int, int, str, int | None]]
    touched: dict[int, datetime]  # contacts
    channels: dict[str, datetime]
    silences: list[tuple[int | None, datetime, datetime | None]]

    @classmethod
    def of(cls, session: Session) -> "_Explained":
        """Ask for all of it."""
        return cls(
            watching.noted(session),
            watching.addresses_touched(session),
            watching.channels_since(session),
            watching.silences(session),
        )

    def silent(self, work: Tracked, at: datetime) -> bool:
        """Tell whether nothing was said of a document at a moment."""
        return any(
            document == work.directive_id and since <= at and (until is None or at < until)
            for document, since, until in self.silences
        )

    def tells(self, session: Session, work: Tracked, due: Due, contact: int, channel: str) -> bool:
        """Tell whether something explains that a step was not said, or makes it doubtful."""
        place = (work.id, work.facts.deadline_version, due.step.name)
        at = due.look.at
        begun = at if channel == ALWAYS_SET_UP else self.channels.get(channel)
        return (
            (*place, contact) in self.noted
            or (*place, None) in self.noted
            or self.touched.get(contact, at) > at
            or begun is None
            or begun > at
            or watching.handed_over(session, work.id, at)
        )
