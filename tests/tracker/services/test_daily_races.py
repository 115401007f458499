"""Several processes run the same business day at once: one effect."""

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import col, select

from tests.tracker.factories import AGENCY, a_deadline, a_directive, a_draft, an_app, an_office
from tests.tracker.racing import race
from tracker.domain.people import Role
from tracker.services.daily import run_day
from tracker.store.engine import make_engine
from tracker.store.session import reading, transaction
from tracker.store.tables import OutboxRow

pytestmark = pytest.mark.slow
DAY = date(2020, 4, 16)


def run_at(url: str, folder: Path) -> int:
    """Run the day in a process of its own; return how many letters it queued."""
    engine = make_engine(url)
    queued = run_day(an_app(engine, folder), DAY).queued
    engine.dispose()
    return queued


def test_processes_at_once_have_the_effect_of_one(database_url: str, tmp_path: Path) -> None:
    """Each letter is written once, and exactly one of the processes wrote them all."""
    engine = make_engine(database_url)
    an_office(engine)
    with transaction(engine) as session:
        for due_on in (date(2020, 4, 6), date(2020, 4, 14), date(2020, 4, 17)):
            a_directive(session, a_draft(a_deadline(due_on)), a_draft(a_deadline(due_on), item="4"))
    queued = race(run_at, database_url, tmp_path, processes=4)
    with reading(engine) as session:
        keys = session.exec(select(OutboxRow.key).order_by(col(OutboxRow.key))).all()
    engine.dispose()

    assert sorted(queued) == [0, 0, 0, len(keys)]
    assert len(keys) == len(set(keys)) == 2 * (3 + 1 + 1)
    assert sum(f":{AGENCY}-{Role.OFFICER}:" in key for key in keys) == 6
