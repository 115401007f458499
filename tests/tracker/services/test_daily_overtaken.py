"""A run whose look at the day is outdated before it writes, and one that is killed while it does."""

import os
import signal
from collections.abc import Callable
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import func, select

from tests.tracker.factories import MOMENT, a_contact, a_deadline, a_directive, a_draft, an_app, an_office
from tracker.domain.holds import HoldReason
from tracker.domain.people import Role
from tracker.services import daily
from tracker.services.daily import ATTEMPTS, is_finished, run_day
from tracker.store import holds
from tracker.store.engine import make_engine
from tracker.store.events import Act
from tracker.store.session import reading, transaction
from tracker.store.tables import AssignmentRow, LetterItemRow, OutboxRow

DAY = date(2020, 4, 16)
LATE = date(2020, 4, 6)


@pytest.fixture
def office(engine: Engine) -> Engine:
    """Give an office with three tasks that are late."""
    an_office(engine)
    more_work(engine, 3)
    return engine


def more_work(engine: Engine, count: int = 1) -> None:
    """Approve a document whose tasks are late."""
    with transaction(engine) as session:
        a_directive(session, *(a_draft(a_deadline(LATE)) for _ in range(count)))


def said(engine: Engine) -> list[tuple[int, str, int, str]]:
    """Return each thing that is said, to whom and where."""
    with reading(engine) as session:
        rows = session.exec(select(LetterItemRow)).all()
    return sorted((row.assignment_id, row.step, row.contact_id, row.channel) for row in rows)


def letters(engine: Engine) -> int:
    """Count the letters in the outbox."""
    with reading(engine) as session:
        return session.exec(select(func.count()).select_from(OutboxRow)).one()


def every_assignment(engine: Engine) -> set[int]:
    """Return the number of each assignment."""
    with reading(engine) as session:
        return {row.id or 0 for row in session.exec(select(AssignmentRow))}


def after_each_look(monkeypatch: pytest.MonkeyPatch, *happenings: Callable[[], object]) -> list[int]:
    """Let things happen after the first looks at the day, one after each; return a count of the looks."""
    prepare = daily._prepare
    left = list(happenings)
    looks: list[int] = []

    def looked(*arguments: Any) -> Any:
        prepared = prepare(*arguments)
        looks.append(1)
        if left:
            left.pop(0)()
        return prepared

    monkeypatch.setattr(daily, "_prepare", looked)
    return looks


def test_a_run_that_another_overtook_looks_again(
    office: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came in before the other run and after it is said too, and nothing is said twice."""
    app = an_app(office, tmp_path)

    def another_run() -> None:
        run_day(app, DAY)
        more_work(office)

    looks = after_each_look(monkeypatch, another_run)
    report = run_day(app, DAY)
    found = said(office)

    assert len(looks) == 3  # its own, that of the other, and its own again
    assert {number for number, *_ in found} == every_assignment(office)
    assert len(found) == len(set(found))
    assert (report.planned, report.changed) == (1, True)


def test_a_run_that_is_overtaken_again_and_again_gets_its_turn(
    office: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a few looks in vain it holds the others back while it looks once more."""
    app = an_app(office, tmp_path)
    inner = iter(range(ATTEMPTS))

    def another_run() -> None:
        """Queue a letter with one more item, as a run would, without looking through `_prepare`."""
        with transaction(office) as session:
            contact = a_contact(session, Role.SECRETARIAT, code=f"reader-{next(inner)}")
            letter = OutboxRow(
                key=f"other:{contact}",
                kind="digest",
                channel="email",
                address="a@b.example",
                message_id=f"<{contact}@b.example>",
                subject="s",
                text="t",
                created_at=MOMENT,
                next_try_at=MOMENT,
                contact_id=contact,
            )
            session.add(letter)
            session.flush()
            session.add(
                LetterItemRow(
                    outbox_id=letter.id or 0,
                    assignment_id=1,
                    deadline_version=1,
                    ladder_version=1,
                    step="due",
                    contact_id=contact,
                    channel="email",
                    role=Role.SECRETARIAT,
                    kind="digest",
                )
            )

    looks = after_each_look(monkeypatch, *[another_run] * ATTEMPTS)
    report = run_day(app, DAY)

    assert len(looks) == ATTEMPTS + 1
    assert report.queued > 0
    assert is_finished(app, DAY)


def test_a_hold_that_comes_after_the_look_stops_the_run(
    office: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Letters that were prepared before the hold are not queued behind it, and the day is not run."""
    app = an_app(office, tmp_path)

    def hold() -> None:
        with transaction(office) as session:
            holds.put(session, HoldReason.RESTORED, act=Act("test", "cli", MOMENT))

    after_each_look(monkeypatch, hold)
    report = run_day(app, DAY)

    assert report.held == ("restored",)
    assert said(office) == []
    assert not is_finished(app, DAY)


def test_others_may_write_while_a_run_looks_at_the_day(
    office: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite too no lock is held then: a document that is approved meanwhile waits for the next run."""
    app = an_app(office, tmp_path)
    after_each_look(monkeypatch, lambda: more_work(office))
    first, second = run_day(app, DAY), run_day(app, DAY)

    assert (first.planned, second.planned) == (3, 1)
    assert {number for number, *_ in said(office)} == every_assignment(office)


def die_at(url: str, folder: Path, moment: str, turn: int) -> None:
    """Run a day in a process that kills itself when it calls one of its own functions for the nth time."""
    engine = make_engine(url)
    meant, calls = getattr(daily, moment), iter(range(1, turn + 1))

    def deadly(*arguments: Any, **named: Any) -> Any:
        if next(calls) == turn:
            os.kill(os.getpid(), signal.SIGKILL)
        return meant(*arguments, **named)

    setattr(daily, moment, deadly)
    run_day(an_app(engine, folder), DAY)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("moment", "turn"),
    [
        pytest.param("_prepare", 1, id="before the look"),
        pytest.param("_queue", 1, id="between the look and the letters"),
        pytest.param("enqueue", 1, id="before the first letter"),
        pytest.param("enqueue", 3, id="between two letters"),
        pytest.param("replace", 1, id="when all letters are queued"),
    ],
)
def test_what_a_killed_run_left_undone_is_done_by_the_next(
    database_url: str, tmp_path: Path, moment: str, turn: int
) -> None:
    """After the kill there is no letter and no finished day; the next run says everything once."""
    engine = make_engine(database_url)
    an_office(engine)
    more_work(engine, 3)
    victim = get_context("spawn").Process(target=die_at, args=(database_url, tmp_path, moment, turn))
    victim.start()
    victim.join(60)
    app = an_app(engine, tmp_path)

    assert victim.exitcode == -signal.SIGKILL
    assert letters(engine) == 0
    assert not is_finished(app, DAY)
    report = run_day(app, DAY)
    found = said(engine)
    engine.dispose()
    assert (report.changed, report.queued) == (True, 3)
    assert len(found) == len(set(found)) == report.items == 3 * 3
