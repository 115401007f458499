"""Eight processes run the same business day, day after day: what is said is what one run would say."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from directives.calendar import default_calendar
from tests.tracker.factories import AGENCY, a_contact, a_deadline, a_directive, a_draft, an_app, an_office
from tests.tracker.racing import race_in_rounds
from tracker.clock import StoppedClock
from tracker.domain.ladder import DEFAULT_LADDER
from tracker.domain.people import Role
from tracker.services.daily import run_day
from tracker.store.engine import make_engine
from tracker.store.migrate import upgrade
from tracker.store.session import reading, transaction
from tracker.store.tables import LetterItemRow, OutboxRow, StepNoteRow

pytestmark = pytest.mark.slow

FIRST = date(2020, 4, 6)
PROCESSES = 8
PATIENCE = 900  # seconds for all rounds
CALENDAR = default_calendar()


def run_on(url: str, folder: Path, day: date) -> int:
    """Run a day at eight in the morning of that day; return how many letters it queued."""
    engine = make_engine(url)
    clock = StoppedClock(datetime(day.year, day.month, day.day, 1, tzinfo=UTC))
    queued = run_day(replace(an_app(engine, folder, ladder=DEFAULT_LADDER), clock=clock), day).queued
    engine.dispose()
    return queued


def working_days(count: int) -> list[date]:
    """Return so many working days."""
    days = [FIRST]
    while len(days) < count:
        days.append(CALENDAR.next_working(days[-1] + timedelta(days=1)))
    return days


def an_office_with_much_to_say(engine: Engine, last: date) -> None:
    """Put deadlines before, in and after the days to come into an office that is read by mail and by chat."""
    an_office(engine)
    with transaction(engine) as session:
        a_contact(session, Role.SECRETARIAT)
        a_contact(session, Role.OFFICER, AGENCY, code="second", zalo_chat_id="chat-second")
        for weeks in range(-2, (last - FIRST).days // 7 + 1):
            due_on = FIRST + timedelta(weeks=weeks)
            a_directive(session, a_draft(a_deadline(due_on)), a_draft(a_deadline(due_on), item="4"))


Said = tuple[list[tuple[str, str]], list[tuple[object, ...]], list[tuple[object, ...]]]


def said(engine: Engine) -> Said:
    """Return the letters with their kinds, the steps in them and what was noted, in an order of their own."""
    with reading(engine) as session:
        rows = session.exec(select(OutboxRow).order_by(col(OutboxRow.key))).all()
        keys = {row.id: row.key for row in rows}
        steps = [
            (keys[item.outbox_id], item.assignment_id, item.step, item.contact_id, item.channel)
            for item in session.exec(select(LetterItemRow))
        ]
        notes = [
            (str(note.business_date), note.assignment_id, note.step, str(note.role), str(note.outcome))
            for note in session.exec(select(StepNoteRow))
        ]
    return [(row.key, row.kind) for row in rows], sorted(steps), sorted(notes)


@pytest.mark.parametrize("rounds", [5, pytest.param(50, marks=pytest.mark.soak)])
def test_eight_processes_run_each_day_as_one_would(database_url: str, tmp_path: Path, rounds: int) -> None:
    """One digest a reader, channel and day, the same letters, steps and notes as from one process alone."""
    days = working_days(rounds)
    alone, together = make_engine(f"sqlite:///{tmp_path / 'alone.db'}"), make_engine(database_url)
    upgrade(alone)
    for engine in (alone, together):
        an_office_with_much_to_say(engine, days[-1])
    expected = [run_on(str(alone.url), tmp_path, day) for day in days]

    queued = race_in_rounds(
        run_on, [(database_url, tmp_path, day) for day in days], processes=PROCESSES, patience=PATIENCE
    )
    with reading(together) as session:
        letters = session.exec(select(OutboxRow)).all()
        a_day = Counter((row.contact_id, row.channel, row.business_date) for row in letters)
    found, wanted = said(together), said(alone)
    together.dispose()
    alone.dispose()

    assert set(a_day.values()) == {1}
    assert {day for _, _, day in a_day} == set(days)
    assert [sum(of_round) for of_round in queued] == expected
    assert all(sorted(of_round)[:-1] == [0] * (PROCESSES - 1) for of_round in queued)
    assert found == wanted
