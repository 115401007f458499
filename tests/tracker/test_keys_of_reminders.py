"""The key of what is said, next to what happens without it or without one of its parts; both databases."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlmodel import col, select

from notifications.channels.memory import MemoryChannel
from tests.tracker.factories import a_deadline, a_directive, a_draft, an_app, an_office
from tracker.app import App
from tracker.clock import StoppedClock
from tracker.services import daily, extensions
from tracker.services.daily import run_day
from tracker.services.delivery import deliver
from tracker.services.office import office_of
from tracker.store.events import Act
from tracker.store.session import reading, transaction
from tracker.store.tables import AssignmentRow, LetterItemRow, OutboxRow

KEY = "uq_letter_items_step"
DUE, LATER = date(2020, 4, 8), date(2020, 4, 20)  # a Wednesday, and a Monday
FRIDAY, MONDAY = date(2020, 4, 3), date(2020, 4, 6)  # three and two working days before


@dataclass(frozen=True)
class Office:
    """An office with one task, due on Wednesday."""

    engine: Engine
    folder: Path
    mail: MemoryChannel

    def on(self, day: date) -> App:
        """Return the program on the morning of a day."""
        clock = StoppedClock(datetime(day.year, day.month, day.day, 1, tzinfo=UTC))
        return replace(an_app(self.engine, self.folder), clock=clock, channels={self.mail.name: self.mail})

    def change_key(self, *statements: str) -> None:
        """Drop the key and put others in its place."""
        with self.engine.begin() as connection:
            for statement in (f"DROP INDEX {KEY}", *statements):
                connection.execute(text(statement))

    def said(self) -> Counter[tuple[int, int, str]]:
        """Count the letters, planned or sent, that tell the officer of each step."""
        with reading(self.engine) as session:
            rows = session.exec(
                select(LetterItemRow)
                .join(OutboxRow, col(OutboxRow.id) == col(LetterItemRow.outbox_id))
                .where(col(LetterItemRow.left_out).is_(None))
            )
            return Counter((row.assignment_id, row.deadline_version, row.step) for row in rows)

    def give_time(self) -> None:
        """Move the deadline to a Monday that another before-3 leads up to."""
        with transaction(self.engine) as session:
            number = session.exec(select(AssignmentRow.id)).one() or 0
            act = Act("thu-ky", "cli", datetime(2020, 4, 6, 3, tzinfo=UTC))
            office, paper = office_of(self.on(MONDAY)), "2900/UBND-KT1"
            extensions.grant(session, number, until=LATER, document=paper, office=office, act=act)


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    """Give the office."""
    an_office(engine)
    with transaction(engine) as session:
        a_directive(session, a_draft(a_deadline(DUE)))
    return Office(engine, tmp_path, MemoryChannel())


def two_runs_cross(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Monday's run look at the work, and Friday's late run write before it does.

    That the first looks again then is taken away too: the key stands alone.
    """
    prepare: Callable[..., object] = daily._prepare
    waiting = [lambda: run_day(office.on(MONDAY), FRIDAY)]

    def looked(*arguments: object) -> object:
        prepared = prepare(*arguments)
        if waiting:
            waiting.pop()()
        return prepared

    monkeypatch.setattr(daily, "_is_outdated", lambda *_: False)
    monkeypatch.setattr(daily, "_prepare", looked)
    run_day(office.on(MONDAY), MONDAY)


def test_two_runs_that_cross_say_a_step_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second finds the step written down and writes no letter."""
    two_runs_cross(office, monkeypatch)
    deliver(office.on(MONDAY))

    assert set(office.said().values()) == {1}
    assert len(office.mail.tried) == 1


def test_without_the_key_two_letters_say_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both runs queue a letter about the same step to the same reader."""
    office.change_key()
    two_runs_cross(office, monkeypatch)

    assert set(office.said().values()) == {2}


def said_of_the_new_deadline(office: Office) -> int:
    """Remind of a deadline, move it, remind of the new one by the same step; count the second mails."""
    run_day(office.on(FRIDAY), FRIDAY)
    deliver(office.on(FRIDAY))
    assert len(office.mail.tried) == 1
    office.give_time()
    day = date(2020, 4, 15)  # three working days before the new one
    run_day(office.on(day), day)
    deliver(office.on(day))
    return len(office.mail.tried) - 1


def test_a_moved_deadline_is_reminded_of_again(office: Office) -> None:
    """Three working days before the new one the officer reads of it."""
    assert said_of_the_new_deadline(office) == 1


def test_without_the_version_in_the_key_nobody_hears_of_the_new_deadline(office: Office) -> None:
    """The step was said, of the deadline that is not in force any more."""
    columns = "assignment_id, ladder_version, step, contact_id, channel"
    office.change_key(f"CREATE UNIQUE INDEX {KEY} ON letter_items ({columns}) WHERE left_out IS NULL")

    assert said_of_the_new_deadline(office) == 0
