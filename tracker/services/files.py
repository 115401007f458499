"""Documents as they came, kept by content hash outside any web root."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from tracker.errors import TrackerError, Unavailable
from tracker.store.backup import kept_places
from tracker.store.session import transaction

NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


def place_of(sha256: str, suffix: str) -> str:
    """Return where a file is kept, relative to the files folder."""
    return f"{sha256[:2]}/{sha256}.{suffix}"


def keep(content: bytes, folder: Path, place: str) -> None:
    """Write a file to its place, whole or not at all; a whole one that is there is the same.

    The bytes are those that were read and hashed, whatever has become of the file they came from.
    Raises Unavailable where the folder cannot be written or the disk is full.
    """
    target = folder / place
    try:
        if target.exists() and target.stat().st_size == len(content):
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(content, target)
    except OSError as error:
        full = error.errno in NO_ROOM
        raise Unavailable("folder.full" if full else "folder.not-writable", folder=folder) from error


@contextmanager
def taken_back(engine: Engine, folder: Path, place: str) -> Iterator[None]:
    """Take a file that was not there before away again where the transaction it is kept in fails."""
    was_there = (folder / place).exists()
    try:
        yield
    except BaseException:
        if not was_there:
            _drop(engine, folder, place)
        raise


def _drop(engine: Engine, folder: Path, place: str) -> None:
    """Remove a file that no row speaks of; where nobody can tell whether one does, it stays."""
    with suppress(TrackerError, SQLAlchemyError, OSError), transaction(engine) as session:
        if place not in kept_places(session.connection()):
            (folder / place).unlink(missing_ok=True)


def _write(content: bytes, target: Path) -> None:
    """Write beside the place, then move there; nothing is left of what could not be written."""
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as copy:
            copy.write(content)
            copy.flush()
            os.fsync(copy.fileno())
        Path(draft).replace(target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
