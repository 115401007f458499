"""Years of a small office, hour by hour, with everything that goes wrong with its machine; from a seed.

The program's own clock is moved; its services are the real ones. What the office was to be told is written
down apart from the program, from the state of the work before each run.
"""

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, update
from sqlmodel import col

from directives.calendar import ONE_DAY, WorkCalendar, default_calendar
from directives.model import Urgency
from notifications.channels import Channel, ChannelName, WhenUnknown
from notifications.channels.memory import MemoryChannel, Remembered
from notifications.outcome import Outcome, OutcomeKind
from tests.tracker.factories import (
    AGENCY,
    a_contact,
    a_deadline,
    a_directive,
    a_draft,
    a_mention,
    an_agency,
    an_app,
)
from tests.tracker.services.queued import MovableClock
from tracker.app import App
from tracker.clock import VIETNAM
from tracker.domain.ladder import DEFAULT_LADDER
from tracker.domain.people import Role
from tracker.domain.reminders import step_day
from tracker.domain.status import AT_WORK, Status
from tracker.services import extensions, moves, reports
from tracker.services.approval import approve
from tracker.services.daily import run_day
from tracker.services.delivery import deliver
from tracker.services.office import office_of
from tracker.services.reports import Result
from tracker.services.told_at_once import tell_at_once
from tracker.store import assignments
from tracker.store.assignments import Choice, Tracked
from tracker.store.events import Act
from tracker.store.session import reading, transaction
from tracker.store.tables import ContactRow

FIRST: Final = date(2020, 1, 2)
TET: Final = (date(2020, 1, 25), date(2021, 2, 12), date(2022, 2, 1))  # the first day of each
AGENCIES: Final = {
    AGENCY: "Sở Công Thương",
    "so-tai-chinh": "Sở Tài chính",
    "so-y-te": "Sở Y tế",  # has no head in the register
}
TASKS_A_DAY: Final = 30 / 250
ABROAD: Final = "America/Los_Angeles"
Step = tuple[int, int, str]
"""An assignment, the version of its deadline and a step."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A letter as a channel was handed it, the office's moment, and whether it was taken and answered."""

    at: datetime
    channel: str
    address: str
    message_id: str
    taken: bool
    answered: bool


@dataclass
class Years:
    """The office, the day that it really is, and what was seen."""

    engine: Engine
    folder: Path
    seed: int
    clock: MovableClock = field(default_factory=MovableClock)
    handed: list[Handed] = field(default_factory=list)
    due: dict[Step, tuple[Role, ...]] = field(default_factory=dict)  # what was to be said, and to whom
    happened: list[str] = field(default_factory=list)
    finish: dict[int, date] = field(default_factory=dict)  # when each piece of work will be reported
    postponed: set[int] = field(default_factory=set)
    calendar: WorkCalendar = field(default_factory=default_calendar)
    broken: str = ""  # the channel whose server is down

    def __post_init__(self) -> None:
        """Set the program up, with the hours of a working day, and fill the register."""
        self.dice = random.Random(self.seed)  # noqa: S311 — an office, not a secret
        channels: dict[str, Channel] = {
            ChannelName.EMAIL: MemoryChannel(ChannelName.EMAIL, answer=self._answer(ChannelName.EMAIL)),
            ChannelName.ZALO: MemoryChannel(
                ChannelName.ZALO, WhenUnknown.HOLD, answer=self._answer(ChannelName.ZALO)
            ),
        }
        app = an_app(self.engine, self.folder, ladder=DEFAULT_LADDER)
        settings = app.settings.model_copy(update={"send_hours": "working"})
        self.app: App = replace(app, settings=settings, clock=self.clock, channels=channels)
        self._fill()

    def live(self, years: int) -> None:
        """Live day after day, and send at the end what still waits."""
        day, last = FIRST, FIRST.replace(year=FIRST.year + years) - ONE_DAY
        troubles = {}
        for year in range(years):
            troubles.update(self._troubles(FIRST.year + year))
        while day <= last:
            trouble = troubles.get(day, "")
            self.happened += [trouble] * bool(trouble)
            with _host_in(ABROAD if day.month in {3, 4} else "UTC"):
                self._day(day, trouble)
            day += ONE_DAY
        self.broken = ""
        for later in range(8):  # hours in which nothing new is planned
            self._at(self.calendar.next_working(last + timedelta(days=1 + later)), 9)
            deliver(self.app)

    def _fill(self) -> None:
        with transaction(self.engine) as session:
            for code, name in AGENCIES.items():
                an_agency(session, code, name)
                chat = f"chat-{code}" if code == "so-tai-chinh" else None
                a_contact(session, Role.OFFICER, code, zalo_chat_id=chat)
                if code != "so-y-te":
                    a_contact(session, Role.HEAD, code)
            for role in (Role.CHIEF_OF_OFFICE, Role.VICE_CHAIR, Role.CHAIRMAN, Role.SECRETARIAT):
                a_contact(session, role)

    def _troubles(self, year: int) -> dict[date, str]:
        """Choose the days of a year on which something goes wrong."""
        working = [
            day
            for number in range(365)
            if self.calendar.is_working(day := date(year, 1, 2) + timedelta(days=number))
        ]
        kinds = (
            ["an hour"] * 6
            + ["a day"] * 4
            + ["clock back"] * 4
            + ["mail down"] * 4
            + ["chat down"] * 3
            + ["many"]
        )
        found = dict(zip(self.dice.sample(working, len(kinds)), kinds, strict=True))
        tet = TET[year - FIRST.year]
        nine = [tet + timedelta(days=number) for number in range(-3, 6)]
        return {**found, **dict.fromkeys(nine, "nine days")}

    def _day(self, day: date, trouble: str) -> None:
        """Live a day: what people do, and what the program does as far as it is running."""
        if trouble in {"a day", "nine days"}:
            return
        self.broken = {"mail down": ChannelName.EMAIL, "chat down": ChannelName.ZALO}.get(trouble, "")
        self._at(day, 6, 50)
        deliver(self.app)
        self._at(day, 8 if trouble == "an hour" else 7, 5)
        self._run()
        if trouble == "clock back":
            self._live_yesterday_again(day)
            return
        if self.calendar.is_working(day):
            self._at(day, 9, 30)
            self._people(day)
        if trouble == "many":
            self._give_much(day)
        for hour, minute in ((13, 0), (17, 58), (21, 0)):
            self._at(day, hour, minute)
            if self.dice.random() < TASKS_A_DAY / 10:
                self._give(day, Urgency.FLASH)
            deliver(self.app)

    def _give_much(self, day: date) -> None:
        """Give work that is due at once, again and again, and run the day after each."""
        for minute in range(0, 60, 10):
            self._at(day, 10, minute)
            self._give(day, Urgency.NORMAL, soon=True)
            self._run()

    def _live_yesterday_again(self, day: date) -> None:
        """Run and send by a clock that has been put back a day, until somebody notices in the evening."""
        for hour in (11, 16):
            self._at(day - ONE_DAY, hour)
            self._run()

    def _run(self) -> None:
        on = self.clock.now().date()
        if self.calendar.is_working(on):
            self._expect(on)
        run_day(self.app, on)
        deliver(self.app)

    def _expect(self, on: date) -> None:
        """Write down every step that the work at hand has reached, and the roles that it is for."""
        for work in self._works(AT_WORK):
            for step in DEFAULT_LADDER.steps:
                due_on = work.facts.due_on
                if due_on is not None and step_day(step, due_on, self.calendar) <= on:
                    self.due[work.id, work.facts.deadline_version, step.name] = step.audience

    def _people(self, day: date) -> None:
        """Do what people do on a working day."""
        if self.dice.random() < TASKS_A_DAY:
            self._give(day, self.dice.choices(list(Urgency)[:2], (9, 1))[0])
        if day.month == 6:
            self._change("so-tai-chinh-officer", email="moi@hatinh.example")
        self._change(f"{AGENCY}-officer", active=day.month != 9)  # away, and nobody in the place
        for work in self._works():
            self._act_on(work, day)

    def _act_on(self, work: Tracked, day: date) -> None:
        """Report, confirm, return, give time, suspend and resume as chance will have it."""
        status, due_on = work.facts.status, work.facts.due_on
        if due_on is None or status is Status.CONFIRMED:
            return
        act, office = Act("thu-ky", "cli", self.clock.now().astimezone(UTC)), office_of(self.app)
        with transaction(self.engine) as session:
            if status is Status.SUSPENDED:
                if work.facts.due_on and self.dice.random() < 1 / 10:
                    moves.resume(session, work.id, act=act)
            elif status is Status.REPORTED:
                if self.dice.random() < 0.2:
                    reports.give_back(session, work.id, "thiếu số liệu", act=act)
                    self.finish[work.id] = day + timedelta(days=self.dice.randint(3, 40))
                else:
                    reports.confirm(session, work.id, act=act)
            elif self.finish.setdefault(work.id, self._finish_of(due_on)) <= day:
                reports.report(session, work.id, Result(words="Đã thực hiện"), office=office, act=act)
            elif work.id not in self.postponed and self.dice.random() < 1 / 60:
                self.postponed.add(work.id)
                until = max(due_on, day) + timedelta(days=self.dice.randint(10, 40))
                decision = "2900/UBND-KT1"
                extensions.grant(session, work.id, until=until, document=decision, office=office, act=act)
            elif self.dice.random() < 1 / 300:
                until = day + timedelta(days=20)
                moves.suspend(session, work.id, "chờ kế hoạch", until=until, office=office, act=act)

    def _finish_of(self, due_on: date) -> date:
        early, late, very_late = (-10, 0), (1, 12), (20, 60)
        span = self.dice.choices((early, late, very_late), (4, 3, 3))[0]
        return due_on + timedelta(days=self.dice.randint(*span))

    def _give(self, day: date, urgency: Urgency, *, soon: bool = False) -> None:
        """Give one or two pieces of work by a document, and tell at once where it is urgent."""
        drafts = []
        for item in range(self.dice.randint(1, 2)):
            code = AGENCY if soon else self.dice.choice(list(AGENCIES))
            due_on = day + timedelta(days=2 if soon else self.dice.randint(2, 60))
            lead = a_mention(AGENCIES[code], code)
            drafts.append(a_draft(a_deadline(due_on), leads=(lead,), item=str(item + 1)))
        values = {"issued_on": day, "taken_in_at": self.clock.now().astimezone(UTC), "urgency": urgency}
        with transaction(self.engine) as session:
            number = a_directive(session, *drafts, approved=False, **values)
            approve(session, number, actor="thu-ky", clock=self.clock)
            tell_at_once(session, self.app, number)

    def _works(self, statuses: frozenset[Status] | None = None) -> list[Tracked]:
        with reading(self.engine) as session:
            return assignments.tracked(session, Choice(statuses=statuses))

    def _change(self, code: str, **values: object) -> None:
        with transaction(self.engine) as session:
            session.execute(update(ContactRow).where(col(ContactRow.code) == code).values(**values))

    def _at(self, day: date, hour: int, minute: int = 0) -> None:
        self.clock.moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM)

    def _answer(self, channel: str) -> Callable[[Remembered], Outcome]:
        """Answer as servers do, some seconds later: mostly well, at times not, or not at all."""

        def answer(letter: Remembered) -> Outcome:
            chance = self.dice.random()
            outcome = Outcome.sent()
            if channel == self.broken:
                outcome = Outcome.unreachable("connection-refused")
            elif chance < 0.03:
                outcome = Outcome.retry("451")
            elif chance < 0.04:
                outcome = Outcome.unknown("no-answer")
            taken = channel != self.broken and not 0 <= chance < 0.03
            answered = outcome.kind is not OutcomeKind.UNKNOWN
            place = (channel, letter.address, letter.message_id)
            self.handed.append(Handed(self.clock.now(), *place, taken=taken, answered=answered))
            self.clock.moment += timedelta(seconds=self.dice.randint(1, 40))
            return outcome

        return answer


@contextmanager
def _host_in(zone: str) -> Iterator[None]:
    """Let the machine stand elsewhere."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
        time.tzset()
