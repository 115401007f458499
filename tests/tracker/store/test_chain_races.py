"""Many processes change many things at once: no change is lost, none is half done, and the chain holds."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from tests.tracker.factories import a_deadline, a_directive, a_draft, an_agency
from tests.tracker.racing import race
from tracker.domain.deadlines import DeadlineCause
from tracker.errors import Conflict
from tracker.services.audit import verify
from tracker.store import assignments, deadline_versions
from tracker.store.deadline_versions import NewDeadline
from tracker.store.engine import make_engine
from tracker.store.events import Act, Change, record
from tracker.store.session import reading, transaction
from tracker.store.tables import AssignmentRow, DeadlineVersionRow, EventRow

pytestmark = pytest.mark.slow
PROCESSES, CHANGES, WORKS = 8, 150, 12
FIRST = date(2020, 4, 8)


class GaveUp(Conflict):
    """Somebody stops in the middle of a transaction."""


def change_much(url: str, numbers: list[int]) -> tuple[int, int]:
    """Change work at random; return how many changes were made, and how many begun and given up."""
    engine = make_engine(url)
    random = Random()  # noqa: S311 - each process another order
    made, given_up = 0, 0
    while made < CHANGES:
        try:
            _change(engine, random.choice(numbers), made, give_up=random.random() < 0.1)
        except GaveUp:
            given_up += 1
        else:
            made += 1
    engine.dispose()
    return made, given_up


def _change(engine: Engine, number: int, count: int, *, give_up: bool) -> None:
    """Move a deadline by a day and write a word, as one change: a row, a version and two lines of history."""
    with transaction(engine) as session:
        act = Act("Lan", "cli", datetime.now(UTC))
        work = assignments.claim(session, number, seen=None)
        due_on = (work.facts.due_on or FIRST) + timedelta(days=1)
        new = NewDeadline(due_on=due_on, cause=DeadlineCause.SET, explain="thử")
        deadline_versions.change(session, number, new, act=act)
        record(session, act, "progress", ("assignment", number), Change(after={"words": f"lần {count}"}))
        if give_up:
            session.flush()
            raise GaveUp("assignment.stale", ref=number)


def an_office_with_work(engine: Engine) -> list[int]:
    """Put some work into a database and return its numbers."""
    with transaction(engine) as session:
        an_agency(session)
        a_directive(session, *(a_draft(a_deadline(FIRST)) for _ in range(WORKS)))
        return [number for number in session.exec(select(AssignmentRow.id)) if number is not None]


def count(session: Session, action: str) -> int:
    """Count the lines of history about an action."""
    return session.exec(select(func.count()).where(col(EventRow.action) == action)).one()


def test_no_change_is_lost_and_none_is_half_done(database_url: str) -> None:
    """As many lines of history, versions and days as there were changes; those given up left nothing."""
    engine = make_engine(database_url)
    numbers = an_office_with_work(engine)
    before = verify(engine)
    got = race(change_much, database_url, numbers, processes=PROCESSES, patience=300)
    found = verify(engine)
    with reading(engine) as session:
        rows = session.exec(select(AssignmentRow)).all()
        versions = session.exec(select(DeadlineVersionRow)).all()
        moved, said = count(session, "deadline-changed"), count(session, "progress")
    engine.dispose()

    assert [made for made, _ in got] == [CHANGES] * PROCESSES
    assert sum(given_up for _, given_up in got) > 0
    assert moved == said == PROCESSES * CHANGES
    assert found.whole
    assert found.walked.count == before.walked.count + 2 * PROCESSES * CHANGES
    assert sum(((row.due_on or FIRST) - FIRST).days for row in rows) == PROCESSES * CHANGES
    for row in rows:
        own = sorted(
            (one for one in versions if one.assignment_id == row.id), key=lambda version: version.version
        )
        assert [one.version for one in own] == list(range(1, row.deadline_version + 1))
        assert [one.due_on for one in own] == [FIRST + timedelta(days=step) for step in range(len(own))]
        assert row.due_on == own[-1].due_on


def test_history_is_verified_while_it_is_written(database_url: str) -> None:
    """Whoever verifies sees one moment: writers neither wait nor make it look broken."""
    engine = make_engine(database_url)
    numbers = an_office_with_work(engine)
    got = race(write_or_verify, database_url, numbers, processes=4, patience=300)
    engine.dispose()

    assert all(got)


def write_or_verify(url: str, numbers: list[int]) -> bool:
    """Write some changes, verifying after each few."""
    engine = make_engine(url)
    whole = True
    for step in range(12):
        _change(engine, numbers[step % len(numbers)], step, give_up=False)
        whole = whole and (step % 3 > 0 or verify(engine).whole)
    engine.dispose()
    return whole
