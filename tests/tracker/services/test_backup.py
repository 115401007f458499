"""A backup brought back is the same database and the same files, from either kind of database to either."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import JSON, Connection, Engine, insert, null, select, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from tests.tracker.conftest import BOTH, _postgres_copy
from tests.tracker.factories import a_directive, a_draft, an_app
from tests.tracker.full_office import CONTENT, fill
from tracker.app import App
from tracker.errors import Conflict
from tracker.services.backup import back_up, verify
from tracker.services.backup_archive import Archive
from tracker.services.restore import restore
from tracker.store import backup as rows
from tracker.store import guards
from tracker.store.engine import make_engine
from tracker.store.holds import open_holds
from tracker.store.migrate import head, upgrade
from tracker.store.session import reading, transaction

Dump = dict[str, list[bytes]]
ADDED = {
    "holds": 1,
    "events": 2,
    "chain": 0,
}  # by a restore: the hold, and the lines about it and about itself


@pytest.fixture(params=BOTH)
def empty_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[App]:
    """Give a program whose database and files folder hold nothing yet."""
    folder = tmp_path / "restored"
    if request.param == "sqlite":
        engine = make_engine(f"sqlite:///{folder / 'dondoc.db'}")
        yield an_app(engine, folder)
        engine.dispose()
        return
    for url in _postgres_copy(request.getfixturevalue("postgres"), "template0"):
        engine = make_engine(url)
        yield an_app(engine, folder)
        engine.dispose()


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> App:
    """Give a program with a row in every table and a kept file."""
    fill(engine, tmp_path)
    return an_app(engine, tmp_path)


def dumped(engine: Engine) -> Dump:
    """Return every row of every table, written alike on both databases."""
    with rows.snapshot(engine) as connection:
        return {table.name: list(rows.dump(connection, table)) for table in rows.tables_of(connection)}


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the kept files by their place."""
    found = (path for path in (folder / "files").rglob("*") if path.is_file())
    return {path.relative_to(folder / "files").as_posix(): path.read_bytes() for path in found}


def test_what_comes_back_is_every_row_and_every_file(office: App, empty_place: App, tmp_path: Path) -> None:
    """Row for row, byte for byte, but for the hold and the two lines of history that a restore adds."""
    before = dumped(office.engine)
    assert all(before.values()), [name for name, lines in before.items() if not lines]

    made = back_up(office, tmp_path / "b.zip", actor="a")
    restore(empty_place, tmp_path / "b.zip", actor="b")
    after = dumped(empty_place.engine)

    assert made.history.whole
    for name, lines in before.items():
        found = after[name]
        if name == "chain":
            assert json.loads(found[0])["count"] == json.loads(lines[0])["count"] + 2
        else:
            assert found[: len(lines)] == lines, name
            assert len(found) == len(lines) + ADDED.get(name, 0), name
    assert files_of(tmp_path / "restored") == files_of(tmp_path)
    assert CONTENT in files_of(tmp_path / "restored").values()


def test_the_restored_place_goes_on_working(office: App, empty_place: App, tmp_path: Path) -> None:
    """New rows are numbered after the old ones, the chain goes on, the triggers stand, a hold is open."""
    back_up(office, tmp_path / "b.zip", actor="a")
    restore(empty_place, tmp_path / "b.zip", actor="b")

    with transaction(empty_place.engine) as session:
        a_directive(session, a_draft(None), approved=False)
    with reading(empty_place.engine) as session:
        assert guards.missing(session) == []
        reasons = [one.reason for one in open_holds(session)]
    again = back_up(empty_place, tmp_path / "again.zip", actor="b")

    assert reasons == ["restored"]
    assert again.history.whole
    for statement in ("UPDATE events SET actor = 'x'", "DELETE FROM deadline_versions"):
        with pytest.raises(DBAPIError, match="only ever added"), empty_place.engine.begin() as connection:
            connection.execute(text(statement))
    assert upgrade(empty_place.engine) == head()


def test_json_null_and_no_value_are_told_apart(office: App, empty_place: App, tmp_path: Path) -> None:
    """A JSON column without a value comes back without one, and JSON's null as null, on either database."""

    def kinds(connection: Connection) -> list[tuple[bool, str | None]]:
        asked = 'SELECT "before" IS NULL, CAST("before" AS TEXT) FROM events ORDER BY id'
        return [(bool(none), said) for none, said in connection.execute(text(asked))]

    with office.engine.begin() as connection:
        events = SQLModel.metadata.tables["events"]
        line = connection.execute(select(events).order_by(events.c.id.desc()).limit(1)).mappings().one()
        without = {**line, "id": line["id"] + 1, "before": null()}
        connection.execute(insert(events).values(without))
        connection.execute(insert(events).values({**line, "id": line["id"] + 2, "before": JSON.NULL}))
        before = kinds(connection)
    back_up(office, tmp_path / "b.zip", actor="a")
    restore(empty_place, tmp_path / "b.zip", actor="b")
    with empty_place.engine.connect() as connection:
        after = kinds(connection)

    assert {(True, None), (False, "null")} <= set(before)
    assert after[: len(before)] == before


def test_a_backup_of_a_broken_history_says_so_and_can_be_restored(
    office: App, empty_place: App, tmp_path: Path
) -> None:
    """Somebody's tampering must not cost the office its only copy; it stays visible."""
    with office.engine.begin() as connection:
        connection.execute(text("UPDATE chain SET count = count + 1"))

    made = back_up(office, tmp_path / "b.zip", actor="a")
    read = restore(empty_place, tmp_path / "b.zip", actor="b")

    assert (made.history.whole, read.history.whole) == (False, False)


def test_files_that_are_gone_or_damaged_are_named(office: App, tmp_path: Path) -> None:
    """The rest is backed up all the same."""
    (place,) = files_of(tmp_path)
    assert place not in back_up(office, tmp_path / "1.zip", actor="a").missing
    (tmp_path / "files" / place).write_bytes(b"rotten")
    damaged = back_up(office, tmp_path / "2.zip", actor="a")

    assert place in damaged.missing
    assert damaged.files == 0
    assert verify(tmp_path / "2.zip").missing == damaged.missing


@pytest.mark.parametrize("taken", ["rows", "files", "target"])
def test_nothing_is_ever_overwritten(office: App, tmp_path: Path, taken: str) -> None:
    """Neither a place that holds rows or files, nor an archive of the same name."""
    archive, folder = tmp_path / "b.zip", tmp_path / "there"
    back_up(office, archive, actor="a")
    before, kept = dumped(office.engine), archive.read_bytes()
    if taken == "files":
        (folder / "files").mkdir(parents=True)
        (folder / "files" / "x").write_text("mine")
    act: Callable[[], object] = {
        "rows": lambda: restore(an_app(office.engine, folder), archive, actor="b"),
        "files": lambda: restore(
            an_app(make_engine(f"sqlite:///{folder / 'd.db'}"), folder), archive, actor="b"
        ),
        "target": lambda: back_up(office, archive, actor="a"),
    }[taken]

    with pytest.raises(Conflict):
        act()

    assert dumped(office.engine) == before
    assert archive.read_bytes() == kept
    assert taken != "files" or [path.name for path in folder.rglob("*") if path.is_file()] == ["x"]


def test_a_prepared_database_without_rows_is_an_empty_place(
    office: App, database_url: str, tmp_path: Path
) -> None:
    """Tables that hold nothing yet, as the first command makes them, are no hindrance."""
    back_up(office, tmp_path / "b.zip", actor="a")
    engine = make_engine(f"sqlite:///{tmp_path / 'new' / 'dondoc.db'}")
    upgrade(engine)
    restore(an_app(engine, tmp_path / "new"), tmp_path / "b.zip", actor="b")

    assert len(dumped(engine)["directives"]) == 2
    engine.dispose()


def test_the_archive_is_readable_by_its_owner_alone(office: App, tmp_path: Path) -> None:
    """It holds everything the office knows."""
    back_up(office, tmp_path / "b.zip", actor="a")

    assert (tmp_path / "b.zip").stat().st_mode & 0o077 == 0
    with Archive(tmp_path / "b.zip") as archive:
        assert archive.manifest.schema == head()
        assert archive.manifest.made_by == "a"
