"""Bring a backup back into an empty place: all of it or nothing, and proven to be what was backed up."""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlmodel import Session

from tracker.app import App
from tracker.clock import instant
from tracker.domain.holds import HoldReason
from tracker.errors import Conflict, Unavailable
from tracker.services.backup import NO_ROOM, BackupReport, quietly, report_on
from tracker.services.backup_archive import Archive, ChainWalk, Measure, Progress, check
from tracker.store import backup as rows
from tracker.store import holds
from tracker.store.engine import REBUILDING, explained
from tracker.store.events import Act, Change, record, seal
from tracker.store.migrate import (
    head,
    known_revisions,
    references_that_point_nowhere,
    revision_of,
    upgrade_within,
    wait_for_turn,
)

MARK: Final = ".being-restored"  # in the files folder until the rows are committed too
DRAFT: Final = ".files-being-restored-"
FREE_FOR_EACH: Final = 2  # bytes of disk for each byte unpacked: the files, and the rows with their indexes


def restore(
    app: App, path: Path, *, actor: str, via: str = "cli", progress: Progress = quietly
) -> BackupReport:
    """Fill an empty database, of either kind, and an empty files folder from an archive.

    The archive is read from end to end before anything is written. What was loaded is written out again and
    its hashes held against those of the archive, and the chain of history is reckoned anew. A hold is put:
    nothing is sent before a person has seen what would be. Raises InputRefused for an archive that is not
    whole, of a newer schema, or has no room, Conflict where the place is not empty.
    """
    act = Act(actor, via, instant(app.clock))
    with Archive(path) as archive:
        _refuse_newer(archive)
        check(archive, progress)
        with _alone(app.settings.files_dir.parent), _leaving_no_trace(app):
            _settle_what_was_killed(app)
            _refuse_full(app)
            _need_room(app, archive)
            with _unpacked(app, archive) as draft:
                _load(app, archive, draft, act)
        return report_on(path, archive.manifest)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one restore at a time work in a place; the lock goes with its process, however that ends."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise Unavailable("folder.not-writable", folder=folder) from error
    try:
        _lock(handle, folder)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, folder: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise Conflict("restore.running", folder=folder) from error


@contextmanager
def _leaving_no_trace(app: App) -> Iterator[None]:
    """On any failure remove the SQLite file that was not there before; say the driver's errors in words."""
    name = app.engine.url.database if app.engine.dialect.name == "sqlite" else None
    fresh = name is not None and not Path(name).exists()
    try:
        yield
    except BaseException as error:
        app.engine.dispose()
        if fresh:
            for suffix in ("", "-wal", "-shm", "-journal"):
                Path(f"{name}{suffix}").unlink(missing_ok=True)
        if isinstance(error, DBAPIError) and (meant := explained(error, app.engine.url)) is not None:
            raise meant from error
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            raise Unavailable("restore.disk-full", folder=app.settings.files_dir.parent) from error
        raise


def _refuse_newer(archive: Archive) -> None:
    if archive.manifest.schema not in known_revisions():
        raise archive.refused("newer", revision=archive.manifest.schema[:40])


def _refuse_full(app: App) -> None:
    """Refuse a place that holds anything: a restore never mixes."""
    folder = app.settings.files_dir
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Conflict("restore.files-there", folder=folder)
    with rows.snapshot(app.engine) as connection:
        if not rows.is_empty(connection):
            raise Conflict("restore.rows-there", url=app.engine.url.render_as_string(hide_password=True))


def _settle_what_was_killed(app: App) -> None:
    """Remove what a restore left that was killed: its drafts, and files whose rows were never committed."""
    folder = app.settings.files_dir
    for draft in folder.parent.glob(f"{DRAFT}*"):
        shutil.rmtree(draft)
    if (folder / MARK).exists():
        with rows.snapshot(app.engine) as connection:
            empty = rows.is_empty(connection)
        if empty:
            shutil.rmtree(folder)
        else:
            (folder / MARK).unlink()


def _need_room(app: App, archive: Archive) -> None:
    """Refuse what cannot fit, before half of it is written."""
    folder = app.settings.files_dir.parent
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise Unavailable("folder.not-writable", folder=folder) from error
    if (needed := archive.manifest.size * FREE_FOR_EACH) > free:
        raise archive.refused("no-room", needed=needed // 1_000_000, free=free // 1_000_000)


@contextmanager
def _unpacked(app: App, archive: Archive) -> Iterator[Path]:
    """Write the files into a folder beside their place, which is gone in the end."""
    folder = app.settings.files_dir
    draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix=DRAFT))
    try:
        (draft / MARK).touch()
        for place, member in archive.manifest.files.items():
            target = draft / place
            target.parent.mkdir(exist_ok=True)
            with target.open("xb") as copy:
                for chunk in archive.chunks(f"files/{place}", member):
                    copy.write(chunk)
                copy.flush()
                os.fsync(copy.fileno())
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _load(app: App, archive: Archive, draft: Path, act: Act) -> None:
    """Load the rows in one transaction, put the files in their place, and commit."""
    folder, moved = app.settings.files_dir, False
    try:
        with app.engine.execution_options(**{REBUILDING: True}).begin() as connection:
            _fill(connection, archive, act)
            with suppress(FileNotFoundError):
                folder.rmdir()
            draft.rename(folder)
            moved = True
    except BaseException:
        if moved:
            shutil.rmtree(folder)
        raise
    (folder / MARK).unlink()


def _fill(connection: Connection, archive: Archive, act: Act) -> None:
    """Make the tables as they were, load and prove them, then bring them to this version of the program."""
    manifest = archive.manifest
    wait_for_turn(connection)
    if not rows.is_empty(connection):  # somebody began to work here meanwhile
        raise Conflict("restore.rows-there", url=connection.engine.url.render_as_string(hide_password=True))
    if revision_of(connection) is None:
        upgrade_within(connection, manifest.schema)
    elif revision_of(connection) != manifest.schema:
        raise Conflict("restore.other-schema", url=connection.engine.url.render_as_string(hide_password=True))
    tables = rows.tables_of(connection)
    if {table.name for table in tables} != manifest.tables.keys():
        raise archive.refused("other-tables")
    rows.clear(connection, reversed(tables))
    for table in tables:
        try:
            rows.load(connection, table, archive.lines(table.name))
        except (rows.BadLine, SQLAlchemyError, OverflowError) as error:
            raise archive.refused("bad-row", table=table.name) from error
    if lost := references_that_point_nowhere(connection):
        raise archive.refused("bad-row", table=lost[0])
    rows.set_sequences(connection, tables)
    _prove(connection, archive)
    if manifest.schema != head():
        upgrade_within(connection, head())
    with Session(connection) as session:
        holds.put(session, HoldReason.RESTORED, act=act)
        after = {"made_at": manifest.made_at, "history": manifest.history.last_hash, "rows": manifest.rows}
        record(session, act, "restored", ("backup", 0), Change(after=after))
        seal(session)


def _prove(connection: Connection, archive: Archive) -> None:
    """Write every table out again: the same lines, the same hashes, the same end of history."""
    walk, kept = ChainWalk(), None
    for table in rows.tables_of(connection):
        measure = Measure()
        for line in rows.dump(connection, table):
            measure.rows += 1
            measure.take(line)
            if table.name == "events":
                walk.take(line)
            kept = line if table.name == "chain" else kept
        if measure.member() != archive.manifest.tables[table.name]:
            raise archive.refused("bad-row", table=table.name)
    if walk.end(None if kept is None else json.loads(kept)) != archive.manifest.history:
        raise archive.refused("other-history")
