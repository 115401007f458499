"""Rehearse the ladder over days to come: who would be written to, how often, if nobody reported anything."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tracker.app import App
from tracker.clock import shown
from tracker.domain.ladder import Ladder
from tracker.domain.people import Role
from tracker.domain.status import AT_WORK
from tracker.errors import InvalidSetting
from tracker.services.calls import Day, Look, Memory, Reach, Terms, look, recall
from tracker.services.ladders import current
from tracker.services.standing import Place
from tracker.store import assignments, contacts, holds
from tracker.store.assignments import Choice
from tracker.store.calendar import calendar_of
from tracker.store.session import reading

MOST_DAYS: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What one reader would get on one channel; the busiest day is the one with the most items."""

    name: str
    role: Role
    channel: str
    address: str
    letters: int
    items: int  # what the letters would list: steps, and what they repeat
    busiest_on: date
    busiest_items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """What would be sent over some days; nothing was."""

    first: date
    last: date
    ladder: int  # its version; 0: one that is not in force
    working_days: int
    letters: int
    by_day: dict[str, int]  # letters
    readers: tuple[Forecast, ...]  # who would get the most first


def simulate(app: App, first: date, last: date, ladder: Ladder | None = None) -> Simulation:
    """Say what would be sent from one day to another, by a ladder that is proposed or by the one in force.

    Nothing of documents that are silent yet: the preview of their release tells that. Raises InvalidSetting
    for days in the wrong order or too far apart.
    """
    if not first <= last <= first + timedelta(days=MOST_DAYS):
        raise InvalidSetting("ladder.days", first=shown(first), last=shown(last), most=MOST_DAYS)
    with reading(app.engine) as session:
        proposed = current(session, app) if ladder is None else ladder
        memory = recall(session, proposed, app.ladder)
        silent = {one.directive_id for one in holds.open_holds(session)}
        works = [
            work
            for work in assignments.tracked(session, Choice(statuses=AT_WORK))
            if work.directive_id not in silent
        ]
        reach, calendar = Reach(contacts.address_book(session), app.channels), calendar_of(session)
    looks: list[Look] = []
    for on in _days(first, last):
        if calendar.is_working(on):
            looks.append(
                look(works, Terms(Day(on, calendar), proposed, reach, app.settings.due_soon_days), memory)
            )
            memory = _after(memory, looks[-1])
    by_day = {one.day.on.isoformat(): len(one.news) for one in looks if one.news}
    return Simulation(
        first=first,
        last=last,
        ladder=proposed.version,
        working_days=len(looks),
        letters=sum(by_day.values()),
        by_day=by_day,
        readers=tuple(_forecasts(looks)),
    )


def _days(first: date, last: date) -> Iterator[date]:
    yield from (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))


def _after(memory: Memory, day: Look) -> Memory:
    """Return what will have been said after a day."""
    said: dict[Place, frozenset[tuple[str, Role]]] = dict(memory.taken)
    for called in day.called:
        place = (called.work.id, called.work.facts.deadline_version)
        new = {(called.step.name, role) for role in called.plan.audience}
        said[place] = said.get(place, frozenset()) | new
    return Memory(said)


def _forecasts(looks: list[Look]) -> list[Forecast]:
    days: dict[tuple[str, Role, str, str], Counter[date]] = {}
    for one in looks:
        for news in one.news:
            reader = (news.contact.name, news.contact.role, news.channel, news.address)
            days.setdefault(reader, Counter())[one.day.on] += len(news.called) + len(news.standing)
    found = [_forecast(reader, counted) for reader, counted in days.items()]
    return sorted(found, key=lambda one: (-one.items, one.name, one.channel))


def _forecast(reader: tuple[str, Role, str, str], counted: Counter[date]) -> Forecast:
    name, role, channel, address = reader
    ((busiest, most),) = counted.most_common(1)
    return Forecast(
        name=name,
        role=role,
        channel=channel,
        address=address,
        letters=len(counted),
        items=counted.total(),
        busiest_on=busiest,
        busiest_items=most,
    )
