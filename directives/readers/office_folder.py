"""A folder for one run of LibreOffice, gone afterwards whatever happens, also where the program is killed.

A document that turns out to be secret was never on a disk: the folder is in memory where the machine has such
a place, and a shell that outlives this process takes it away when nobody is there to do it.
"""

import os
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from directives.readers.document import MAX_BYTES, Refusal, UnreadableDocument, too_large

SHELL: Final = "/bin/sh"
IN_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder of random name is made in it
ROOM: Final = 64 * 1024 * 1024  # bytes that a run needs beside its document
# A line on standard input says that all is gone; its end without one, that this process died. What the run
# writes until the last of it has ended (it holds the other end of 1) is taken away as well.
GUARD: Final = 'read -r _ && exit; rm -rf -- "$1"; read -r _ <&1; rm -rf -- "$1"'
ALL_GONE: Final = b"\n"


@dataclass(frozen=True, slots=True)
class Folder:
    """Where a run works, and the two ends of the pipe that tells when the last of it has ended."""

    path: Path
    alive: BinaryIO  # held by all that belongs to the run
    all_gone: BinaryIO  # at its end when none of them is left


@contextmanager
def folder_for(size: int) -> Iterator[Folder]:
    """Give a folder for a document of so many bytes; in memory where there is room."""
    place = _place(size)
    with (
        tempfile.TemporaryDirectory(prefix="dondoc-office-", dir=place, ignore_cleanup_errors=True) as name,
        pipe() as (all_gone, alive),
        _guarded(name, all_gone),
    ):
        try:
            yield Folder(Path(name), alive, all_gone)
        finally:
            shutil.rmtree(name, ignore_errors=True)  # before the guard is told that it may go


@contextmanager
def pipe() -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """Give a pipe's two ends; both are closed afterwards."""
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb", buffering=0) as out, os.fdopen(writing, "wb", buffering=0) as into:
        yield out, into


def written_in(path: Path) -> bytes | None:
    """Return what a run wrote, None where it wrote no file; a pipe in its place is not waited for."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UnreadableDocument(Refusal.DAMAGED) from error
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise UnreadableDocument(Refusal.DAMAGED)
        found = file.read(MAX_BYTES + 1)
    if len(found) > MAX_BYTES:
        raise too_large(MAX_BYTES)
    return found


def _place(size: int) -> Path | None:
    """Return the folder in memory where it has room, None for the usual one."""
    with suppress(OSError):
        if shutil.disk_usage(IN_MEMORY).free > 4 * size + ROOM and os.access(IN_MEMORY, os.W_OK | os.X_OK):
            return IN_MEMORY
    return None


@contextmanager
def _guarded(name: str, all_gone: BinaryIO) -> Iterator[None]:
    """Let a shell wait beside this process, to take the folder away should this process be killed."""
    with pipe() as (listening, telling):
        guard = subprocess.Popen(  # noqa: S603 - a shell, and a folder we made
            [SHELL, "-c", GUARD, SHELL, name],
            stdin=listening,
            stdout=all_gone,  # read from; a shell knows the numbers up to 9 alone
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # no signal for the program's group ends it
        )
        try:
            yield
        finally:
            with suppress(BrokenPipeError):  # somebody ended it
                telling.write(ALL_GONE)
            guard.wait()
