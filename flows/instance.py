"""One `dondoc serve` per data folder: a lock that dies with its owner, and a note of where it answers."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Final

from tracker.errors import Conflict, Unavailable

LOCK_FILE: Final = "serve.lock"
NOTE_FILE: Final = "serve.json"
PATIENCE_SECONDS: Final = 2.0  # how long a lock may be held by somebody who has not said who it is
POLL_SECONDS: Final = 0.05


@dataclass(frozen=True, slots=True)
class Instance:
    """A running `dondoc serve`."""

    pid: int
    web_url: str
    prefect_port: int  # 0: pages only, no schedules


def running(data_dir: Path) -> Instance | None:
    """Return the server that holds the folder now, None where nobody does."""
    lock = data_dir / LOCK_FILE
    if not lock.exists():
        return None
    with lock.open("rb") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _noted(data_dir)
    return None


@contextmanager
def claim(data_dir: Path) -> Iterator[None]:
    """Hold the folder for the length of a block; the lock goes with the process, however it ends.

    Raises Conflict("serve-already-running") where another server holds it, Unavailable where the folder
    cannot be written.
    """
    with _lock_file(data_dir) as handle:
        _lock(handle.fileno(), data_dir)
        note = data_dir / NOTE_FILE
        note.unlink(missing_ok=True)  # left behind by one that was killed
        try:
            yield
        finally:
            note.unlink(missing_ok=True)


def announce(data_dir: Path, instance: Instance) -> None:
    """Write down where the server answers, whole or not at all; raise Unavailable where there is no room."""
    note = data_dir / NOTE_FILE
    draft = note.with_suffix(".new")
    try:
        draft.write_text(json.dumps(asdict(instance)), encoding="utf-8")
        draft.replace(note)
    except OSError as error:
        raise Unavailable("folder.not-writable", folder=data_dir) from error


def _lock_file(data_dir: Path) -> IO[bytes]:
    """Open the file that is locked, in a folder that is made where there is none."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        return (data_dir / LOCK_FILE).open("ab")
    except OSError as error:
        raise Unavailable("folder.not-writable", folder=data_dir) from error


def _lock(fd: int, data_dir: Path) -> None:
    """Take the lock, or say who has it; `running` may hold it for an instant, and is waited for."""
    patience = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            other = _noted(data_dir)
            if other is None and time.monotonic() < patience:
                time.sleep(POLL_SECONDS)
                continue
            raise Conflict(
                "serve-already-running",
                folder=data_dir,
                pid=other.pid if other else "?",
                url=other.web_url if other else "?",
            ) from None
        return


def _noted(data_dir: Path) -> Instance | None:
    """Read the note, None where there is none or its process is gone."""
    note = data_dir / NOTE_FILE
    if not note.exists():
        return None
    try:
        instance = Instance(**json.loads(note.read_text(encoding="utf-8")))
        os.kill(instance.pid, 0)
    except (ValueError, TypeError, ProcessLookupError):
        return None
    except PermissionError:
        pass  # alive, and somebody else's
    return instance
