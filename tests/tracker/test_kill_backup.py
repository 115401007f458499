"""Backups while a process writes, and backups and restores that are killed: whole or not at all."""

import multiprocessing
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Engine, func
from sqlmodel import col, select

from tests.tracker.busy_office import bring_back, make_backup, write_documents
from tests.tracker.conftest import _postgres_copy
from tests.tracker.factories import an_app
from tracker.services.backup import back_up, verify
from tracker.services.restore import MARK, restore
from tracker.store import backup as rows
from tracker.store.engine import make_engine
from tracker.store.session import reading
from tracker.store.tables import AssignmentRow, CitationRow, DirectiveRow, TaskRow

pytestmark = pytest.mark.slow

DOCUMENTS: Final = 60
KILLS: Final = 8
PATIENCE: Final = 60  # seconds
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.tracker.busy_office"])


@contextmanager
def process(work: Callable[..., None], *arguments: Any) -> Iterator[ForkServerProcess]:
    """Run something in a process of its own, and see to its end."""
    running = FORKS.Process(target=work, args=arguments)
    running.start()
    try:
        yield running
    finally:
        running.kill()
        running.join(PATIENCE)


def counted(engine: Engine) -> tuple[int, int, int]:
    """Count documents, tasks and assignments."""
    with reading(engine) as session:
        kinds = (DirectiveRow, TaskRow, AssignmentRow)
        one, two, three = (session.exec(select(func.count()).select_from(kind)).one() for kind in kinds)
        return one, two, three


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.005)


def whole(engine: Engine, folder: Path) -> int:
    """Return how many documents there are, each with its two tasks, its shares and its file."""
    documents, tasks, shares = counted(engine)
    with reading(engine) as session:
        places = session.exec(select(DirectiveRow.stored_as)).all()
        assert session.exec(select(func.count()).select_from(CitationRow)).one() == 0
        assert session.exec(select(func.count(col(DirectiveRow.approved_at)))).one() == documents
    assert (tasks, shares) == (2 * documents, 2 * documents)
    assert all((folder / "files" / place).is_file() for place in places)
    return documents


def test_a_backup_sees_one_moment_while_another_process_writes(
    engine: Engine, database_url: str, tmp_path: Path
) -> None:
    """No document is there in part, none without its file, and the chain ends where the rows end."""
    found: list[int] = []
    with process(write_documents, database_url, tmp_path) as writer:
        for number in range(3):
            wait_for(lambda: counted(engine)[0] >= 5 * (len(found) + 1))
            back_up(an_app(engine, tmp_path), archive := tmp_path / f"{number}.zip", actor="a")
            report = verify(archive)
            assert report.history.whole
            assert report.missing == ()
            place = tmp_path / f"restored-{number}"
            restored = an_app(make_engine(f"sqlite:///{place / 'dondoc.db'}"), place)
            restore(restored, archive, actor="b")
            found.append(whole(restored.engine, place))
            restored.engine.dispose()
        assert writer.is_alive(), "the writer was never disturbed"
    assert found == sorted(found)
    assert found[0] < found[-1] < counted(engine)[0] + 1


@pytest.fixture
def full(engine: Engine, database_url: str, tmp_path: Path) -> Engine:
    """Give a database with so many documents that a backup takes a while."""
    write_documents(database_url, tmp_path, lambda number: number <= DOCUMENTS)
    return engine


def test_a_killed_backup_leaves_no_half_file(full: Engine, database_url: str, tmp_path: Path) -> None:
    """Whenever it is killed, under the name that was asked for there is a whole archive or none."""
    begun = time.monotonic()
    make_backup(database_url, tmp_path, tmp_path / "first.zip")
    usual, dice = time.monotonic() - begun, random.Random(8)  # noqa: S311 — moments, not secrets
    made = []
    for number in range(KILLS):
        target = tmp_path / f"{number}.zip"
        with process(make_backup, database_url, tmp_path, target) as running:
            running.join(usual * dice.uniform(0.05, 1.4))
        if target.exists():
            assert verify(target).history.whole
        made.append(target.exists())

    make_backup(database_url, tmp_path, tmp_path / "last.zip")
    assert verify(tmp_path / "last.zip").history.whole
    assert False in made, "no kill came in the middle"


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_a_killed_restore_leaves_no_half_restored_place(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path
) -> None:
    """Whenever it is killed, the place is empty or complete; where it is empty, it can be filled again."""
    source = tmp_path / "source"
    source.mkdir()
    url = f"sqlite:///{source / 'dondoc.db'}"
    (source / "dondoc.db").write_bytes(sqlite_template.read_bytes())
    write_documents(url, source, lambda number: number <= DOCUMENTS)
    archive = tmp_path / "b.zip"
    make_backup(url, source, archive)
    dice, usual, outcomes = random.Random(5), 1.0, []  # noqa: S311 — moments, not secrets
    for number in range(KILLS + 1):
        folder = tmp_path / f"place-{number}"
        for target in _databases(kind, request, folder):
            begun = time.monotonic()
            with process(bring_back, target, folder, archive) as running:
                running.join(PATIENCE if number == 0 else usual * dice.uniform(0.05, 1.2))
            usual = time.monotonic() - begun if number == 0 else usual
            engine = make_engine(target)
            outcomes.append(_is_filled(engine, folder))
            if not outcomes[-1]:
                restore(an_app(engine, folder), archive, actor="b")
                assert whole(engine, folder) == DOCUMENTS
                assert not list(folder.glob(".files*"))
                assert not (folder / "files" / MARK).exists()
            engine.dispose()
    assert outcomes[0], "the first one, which nobody killed, is complete"
    assert False in outcomes, "no kill came in the middle"


def _databases(kind: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'dondoc.db'}"
        return
    yield from _postgres_copy(request.getfixturevalue("postgres"), "template0")


def _is_filled(engine: Engine, folder: Path) -> bool:
    """Tell whether a place is complete; where it is not, no row may be there."""
    with rows.snapshot(engine) as connection:
        empty = rows.is_empty(connection)
    if empty:
        return False
    assert whole(engine, folder) == DOCUMENTS
    return True
