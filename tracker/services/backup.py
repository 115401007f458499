"""Make a backup while the office works: one moment of the database and every kept file, in one archive."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from sqlalchemy import Connection, Table
from sqlalchemy.exc import DBAPIError

from tracker.app import App
from tracker.clock import instant
from tracker.domain.permissions import Deed
from tracker.errors import Conflict, Unavailable
from tracker.services.backup_archive import (
    CHUNK,
    FORMAT,
    MANIFEST,
    PLACE,
    Archive,
    ChainWalk,
    HistoryEnd,
    Manifest,
    Measure,
    Member,
    Progress,
    check,
)
from tracker.services.permits import allow
from tracker.store import backup as rows
from tracker.store.engine import explained
from tracker.store.events import Act, Change, record
from tracker.store.migrate import revision_of
from tracker.store.session import reading, transaction

NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})  # disk, quota, limit of one file
_PREFIX: Final = 40  # letters of the archive's name in its draft's: the two together must stay a name
LARGE: Final = 0xFFFFFFFF  # members of 4 GB need the zip's wide fields from the start


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupReport:
    """What an archive holds."""

    path: str
    size: int  # bytes of the archive
    made_at: str
    schema: str
    rows: int
    files: int
    missing: tuple[str, ...]
    history: HistoryEnd


def quietly(_done: int, _total: int) -> None:
    """Show no progress."""


def back_up(
    app: App, target: Path, *, actor: str, via: str = "cli", progress: Progress = quietly
) -> BackupReport:
    """Write everything that matters into a new file, which is there whole or not at all.

    Anybody may go on working: the rows are those of one moment, and a kept file never changes.
    Raises Conflict where the file is there already, Unavailable where it cannot be written, NotPermitted for
    who may not.
    """
    with reading(app.engine) as session:
        act = allow(session, Act(actor, via, instant(app.clock)), Deed.BACKUP)
    if target.exists():
        raise Conflict("backup.there-already", path=target)
    with _draft(target) as (draft, file):
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            manifest = _Writer(app, archive, act, progress).write()
            archive.writestr(MANIFEST, manifest.as_bytes())
        file.flush()
        os.fsync(file.fileno())
        _put_in_place(draft, target)
    with transaction(app.engine) as session:
        after = {"rows": manifest.rows, "files": len(manifest.files), "history": manifest.history.last_hash}
        record(session, act, "backed-up", ("backup", 0), Change(after=after))
    return report_on(target, manifest)


def verify(path: Path, progress: Progress = quietly) -> BackupReport:
    """Read an archive from end to end; InputRefused where anything is not as its manifest says."""
    with Archive(path) as archive:
        check(archive, progress)
        return report_on(path, archive.manifest)


def report_on(path: Path, manifest: Manifest) -> BackupReport:
    """Say what an archive holds."""
    return BackupReport(
        path=str(path),
        size=path.stat().st_size,
        made_at=manifest.made_at,
        schema=manifest.schema,
        rows=manifest.rows,
        files=len(manifest.files),
        missing=manifest.missing,
        history=manifest.history,
    )


@dataclass(slots=True)
class _Writer:
    """Fills an archive."""

    app: App
    archive: ZipFile
    act: Act
    progress: Progress

    def write(self) -> Manifest:
        """Write tables and files; return the manifest that is to follow them."""
        with _explaining(self.app), rows.snapshot(self.app.engine) as connection:
            schema = revision_of(connection) or ""
            tables = rows.tables_of(connection)
            spoken_of = rows.kept_places(connection)  # in the snapshot: their files are there since before
            places = sorted(spoken_of | set(_kept(self.app.settings.files_dir)))
            total, walk, members = len(tables) + len(places), ChainWalk(), {}
            for done, table in enumerate(tables):
                self.progress(done, total)
                members[table.name] = self._table(connection, table, walk)
            end = walk.end(_chain(connection, tables))
        files: dict[str, Member | None] = {}
        for done, place in enumerate(places, start=len(tables)):
            self.progress(done, total)
            files[place] = self._file(place)
        self.progress(total, total)
        return Manifest(
            format=FORMAT,
            program=version("dondoc"),
            schema=schema,
            database=self.app.engine.dialect.name,
            made_at=self.act.at.isoformat(),
            made_by=self.act.actor,
            history=end,
            tables=members,
            files={place: member for place, member in files.items() if member is not None},
            missing=tuple(place for place, member in files.items() if member is None),
        )

    def _table(self, connection: Connection, table: Table, walk: ChainWalk) -> Member:
        measure = Measure()
        with self.archive.open(_info(f"tables/{table.name}.jsonl", self.act.at, ZIP_DEFLATED), "w") as member:
            try:
                for line in rows.dump(connection, table):
                    if table.name == "events":
                        walk.take(line)
                    measure.rows += 1
                    member.write(measure.take(line))
            except ValueError as error:  # a column holds what the program never wrote into it
                raise Unavailable("backup.unreadable-row", table=table.name) from error
        return measure.member()

    def _file(self, place: str) -> Member | None:
        """Copy a file as it is; None for one that is gone, or is not what its name says."""
        measure = Measure()
        path = self.app.settings.files_dir / place
        found = PLACE.fullmatch(place)
        if found is None or not _is_whole(path, found["sha256"]):
            return None
        info = _info(f"files/{place}", self.act.at, ZIP_STORED)
        with path.open("rb") as kept, self.archive.open(info, "w") as member:
            while chunk := kept.read(CHUNK):
                member.write(measure.take(chunk))
        return measure.member()


@contextmanager
def _explaining(app: App) -> Iterator[None]:
    """Turn the driver's errors into sentences where a person can do something about them."""
    try:
        yield
    except DBAPIError as error:
        if (meant := explained(error, app.engine.url)) is not None:
            raise meant from error
        raise


def _chain(connection: Connection, tables: list[Table]) -> dict[str, object] | None:
    """Return the end of the chain as the database keeps it."""
    chain = next((table for table in tables if table.name == "chain"), None)
    if chain is None or (row := connection.execute(chain.select()).first()) is None:
        return None
    return dict(row._mapping)  # noqa: SLF001 — SQLAlchemy's own name for a public attribute


def _kept(folder: Path) -> Iterator[str]:
    """Yield the places of the files that are kept, whoever speaks of them."""
    for path in folder.glob("??/*"):
        place = path.relative_to(folder).as_posix()
        if PLACE.fullmatch(place) and path.is_file() and not path.is_symlink():
            yield place


def _is_whole(path: Path, sha256: str) -> bool:
    """Tell whether a file is there and is what its name says."""
    measure = Measure()
    try:
        with path.open("rb") as kept:
            while chunk := kept.read(CHUNK):
                measure.take(chunk)
    except OSError:
        return False
    return measure.member().sha256 == sha256


def _info(name: str, at: datetime, method: int) -> ZipInfo:
    info = ZipInfo(name, at.timetuple()[:6])
    info.compress_type = method
    info.external_attr = 0o600 << 16
    info.file_size = LARGE  # a hint: it may become large
    return info


@contextmanager
def _draft(target: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """Open a file beside the target, under a name of its own, that nobody else may read; gone in the end."""
    if not target.parent.is_dir():
        raise Unavailable("backup.no-folder", folder=target.parent)
    try:
        handle, name = tempfile.mkstemp(
            dir=target.parent, prefix=f".{target.name[:_PREFIX]}.", suffix=".part"
        )
    except OSError as error:
        code = "backup.disk-full" if error.errno in NO_ROOM else "folder.not-writable"
        raise Unavailable(code, folder=target.parent) from error
    try:
        with os.fdopen(handle, "w+b") as file:
            yield Path(name), file
    except OSError as error:
        code = "backup.disk-full" if error.errno in NO_ROOM else "backup.not-written"
        raise Unavailable(code, folder=target.parent, detail=error.strerror) from error
    finally:
        with suppress(FileNotFoundError):
            Path(name).unlink()


def _put_in_place(draft: Path, target: Path) -> None:
    """Give the archive its name, unless somebody else took it meanwhile."""
    if target.exists():
        raise Conflict("backup.there-already", path=target)
    draft.rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
