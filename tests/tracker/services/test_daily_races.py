"""Several processes run the same business day at once: one effect."""

from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from tests.tracker.factories import AGENCY, a_deadline, a_directive, a_draft, an_app, an_office
from tests.tracker.racing import race
from tracker.services.daily import run_day
from tracker.store.engine import make_engine
from tracker.store.session import reading, transaction
from tracker.store.tables import LetterItemRow, OutboxRow

pytestmark = pytest.mark.slow
DAY = date(2020, 4, 16)
LONG_AFTER = date(2020, 5, 25)  # a Monday on which every task has reached the last step


def run_at(url: str, folder: Path, *days: date) -> int:
    """Run a day in a process of its own; return how many letters it queued."""
    engine = make_engine(url)
    queued = sum(run_day(an_app(engine, folder), day).queued for day in days or (DAY,))
    engine.dispose()
    return queued


def an_office_with_work(engine: Engine) -> None:
    """Put six tasks into an office: two long late, two late, two on their last day but one."""
    an_office(engine)
    with transaction(engine) as session:
        for due_on in (date(2020, 4, 6), date(2020, 4, 14), date(2020, 4, 17)):
            a_directive(session, a_draft(a_deadline(due_on)), a_draft(a_deadline(due_on), item="4"))


def said(engine: Engine) -> tuple[list[str], list[tuple[int, str, int, str]]]:
    """Return the keys of the letters, and each thing that is said, to whom and where."""
    with reading(engine) as session:
        keys = session.exec(select(OutboxRow.key).order_by(col(OutboxRow.key))).all()
        rows = session.exec(select(LetterItemRow)).all()
    return list(keys), [(row.assignment_id, row.step, row.contact_id, row.channel) for row in rows]


def test_processes_at_once_have_the_effect_of_one(database_url: str, tmp_path: Path) -> None:
    """Each reader has one letter, each thing is said once, and exactly one of the processes wrote it all."""
    engine = make_engine(database_url)
    an_office_with_work(engine)
    queued = race(run_at, database_url, tmp_path, processes=4)
    keys, items = said(engine)
    engine.dispose()

    assert sorted(queued) == [0, 0, 0, len(keys)]
    assert keys == sorted(
        f"digest:{reader}:email:2020-04-16:1"
        for reader in (f"{AGENCY}-officer", f"{AGENCY}-head", "office-chief-of-office")
    )
    assert len(items) == len(set(items)) == 2 * (3 + 1 + 1)


def run_its_own_day(url: str, folder: Path, days: Any) -> int:
    """Run another day than the other processes do."""
    return run_at(url, folder, days.get())


def test_runs_of_different_days_at_once_say_nothing_twice(database_url: str, tmp_path: Path) -> None:
    """Four days on which the same steps stand, run at one moment: each step is said in one letter alone."""
    engine = make_engine(database_url)
    an_office_with_work(engine)
    with get_context("spawn").Manager() as shared:
        days = shared.Queue()
        for number in range(4):
            days.put(LONG_AFTER + timedelta(days=number))
        race(run_its_own_day, database_url, tmp_path, days, processes=4)
    keys, items = said(engine)
    with reading(engine) as session:
        empty = session.exec(
            select(OutboxRow.key).where(col(OutboxRow.id).not_in(select(col(LetterItemRow.outbox_id))))
        ).all()
    engine.dispose()

    assert len(items) == len(set(items)) == 6 * 5
    assert empty == []
    assert len(keys) == len(set(keys))
