"""Where a backup cannot be made or read, one sentence says why and what to do, and nothing is left behind."""

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from tests.tracker.factories import an_app
from tracker.domain.people import AccountRole
from tracker.errors import InputRefused, NotPermitted, Unavailable
from tracker.services import accounts
from tracker.services.backup import back_up, verify
from tracker.services.holds import release
from tracker.services.restore import restore
from tracker.store.accounts import AccountEntry
from tracker.store.engine import explained, make_engine
from tracker.store.events import Act
from tracker.store.session import reading, transaction


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """Let every write beyond a size fail, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_named_and_leaves_no_half_archive(engine: Engine, tmp_path: Path) -> None:
    """The archive is there whole or not at all; the sentence says that the data in use is unchanged."""
    with reading(engine) as session:  # whatever files the database needs are there
        session.connection().execute(text("SELECT 1"))
    (target := tmp_path / "away").mkdir()

    with no_file_larger_than(600), pytest.raises(Unavailable, match="đã đầy") as refused:
        back_up(an_app(engine, tmp_path), target / "b.zip", actor="a")

    assert (refused.value.code, list(target.iterdir())) == ("backup.disk-full", [])
    assert back_up(an_app(engine, tmp_path), target / "b.zip", actor="a").rows > 0


def test_a_restore_onto_a_full_disk_leaves_nothing(engine: Engine, tmp_path: Path) -> None:
    """Also a restore says so, and the place is as empty as before."""
    files = tmp_path / "files" / "00"
    files.mkdir(parents=True)
    back_up(an_app(engine, tmp_path), tmp_path / "b.zip", actor="a")
    there = an_app(make_engine(f"sqlite:///{tmp_path / 'new' / 'dondoc.db'}"), tmp_path / "new")

    with no_file_larger_than(2000), pytest.raises(Unavailable, match="Đề nghị"):
        restore(there, tmp_path / "b.zip", actor="a")

    assert list((tmp_path / "new").iterdir()) == []


def test_a_folder_that_is_not_there_is_named(engine: Engine, tmp_path: Path) -> None:
    """The next step is to make it, or to attach the disk."""
    with pytest.raises(Unavailable, match="mkdir") as refused:
        back_up(an_app(engine, tmp_path), tmp_path / "usb" / "b.zip", actor="a")

    assert refused.value.code == "backup.no-folder"
    assert str(tmp_path / "usb") in refused.value.sentence("en")


@pytest.mark.parametrize(
    ("make", "code"),
    [
        pytest.param(lambda _: None, "backup.not-there", id="no such file"),
        pytest.param(Path.mkdir, "backup.is-a-folder", id="a folder"),
        pytest.param(lambda path: path.write_bytes(b""), "backup.not-a-backup", id="an empty file"),
    ],
)
def test_what_is_no_archive_is_told_apart(tmp_path: Path, make: Callable[[Path], object], code: str) -> None:
    """A name mistyped is not a backup cut off."""
    path = tmp_path / "nope.zip"
    make(path)
    with pytest.raises(InputRefused) as refused:
        verify(path)

    assert refused.value.code == code
    assert "nope.zip" in refused.value.sentence()
    assert "Đề nghị" in refused.value.sentence()


def test_the_services_themselves_ask_who_may(engine: Engine, tmp_path: Path) -> None:
    """No page that calls them can leave the question out: an officer neither backs up nor lets letters go."""
    app, now = an_app(engine, tmp_path), datetime(2020, 4, 9, 2, tzinfo=UTC)
    with transaction(engine) as session:
        for login, role in (("quan-tri", AccountRole.ADMINISTRATOR), ("lanh-dao", AccountRole.LEADER)):
            entry = AccountEntry(login=login, name=login, role=role)
            accounts.put(session, entry, act=Act("quan-tri", "cli", now), new=True)

    for actor in ("lanh-dao", "nobody"):
        with pytest.raises(NotPermitted):
            back_up(app, tmp_path / "b.zip", actor=actor, via="web")
    with pytest.raises(NotPermitted):
        release(app, actor="nobody", via="web", skip_past=False)

    assert not (tmp_path / "b.zip").exists()
    assert back_up(app, tmp_path / "b.zip", actor="quan-tri", via="web").rows > 0


@pytest.mark.parametrize(
    ("said", "code"),
    [("disk I/O error", "database.disk-error"), ("database or disk is full", "database.disk-full")],
)
def test_what_sqlite_says_of_a_full_disk_is_a_sentence(tmp_path: Path, said: str, code: str) -> None:
    """The database is named, that nothing changed, and what to do."""
    url = make_engine(f"sqlite:///{tmp_path / 'dondoc.db'}").url
    meant = explained(OperationalError("INSERT", {}, Exception(said)), url)

    assert meant is not None
    assert meant.code == code
    assert "dondoc.db" in meant.sentence()
    assert "chưa có gì thay đổi" in meant.sentence()


def test_a_write_that_finds_the_disk_full_is_a_sentence_and_changes_nothing(tmp_path: Path) -> None:
    """The real thing, as SQLite meets it."""
    engine = make_engine(f"sqlite:///{tmp_path / 'dondoc.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (x TEXT)")
    size = max(path.stat().st_size for path in tmp_path.iterdir())

    def write() -> None:
        with transaction(engine) as session:
            session.connection().exec_driver_sql("INSERT INTO t VALUES (?)", ("x" * 200_000,))

    with no_file_larger_than(size), pytest.raises(Unavailable, match="chưa có gì thay đổi"):
        write()

    with reading(engine) as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM t").scalar() == 0
