"""The processes that files are read in (`apart`), as the program sees them: asked, awaited, kept, ended."""

import atexit
import io
import json
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import is_dataclass
from enum import Enum
from multiprocessing import Pipe
from pathlib import Path
from typing import Any, Final

from directives.readers.bounds import MAX_STEP_SECONDS
from directives.readers.document import Refusal, UnreadableDocument, refused

SILENCE: Final = (
    120.0  # seconds without a sign of life: far more than a step may take of the processor's time
)
WHOLE: Final = 900.0  # seconds for a file with everything in it
MAX_ANSWER: Final = 1024 * 1024 * 1024
AT_ONCE: Final = max(2, os.cpu_count() or 1)
START: Final = (
    "import sys; sys.path[:] = {path!r}; "
    "from directives.readers.apart import serve; serve({asking}, {answering})"
)

Asked = Mapping[str, str | int | Sequence[float] | None]


def ask(name: str, path: Path, asked: Asked) -> object:
    """Let a process do to a file what is so named (`apart`); raise what it was refused with.

    No more work at a time than `AT_ONCE`, however many threads ask: each may fill its memory.
    """
    with _turns:
        try:
            found = _ask(_borrow(), name, path, asked)
        except _GoneError:  # it had ended of itself before it was asked
            found = _ask(_Process(), name, path, asked)
    if isinstance(found, UnreadableDocument):
        raise found
    return found


def _ask(process: "_Process", name: str, path: Path, asked: Asked) -> object:
    try:
        found = process.ask(name, path, asked)
    except (
        BaseException
    ):  # it may still be at work (Ctrl-C), and its answer would be taken for the next file's
        process.end()
        raise
    _give_back(process)
    return found


class _GoneError(Exception):
    """A process was asked that had ended before."""


class _Process:
    """A process that reads, and the pipes to it."""

    def __init__(self) -> None:
        asked, self._ask = Pipe(duplex=False)
        self._answers, answered = Pipe(duplex=False)
        start = START.format(path=sys.path, asking=asked.fileno(), answering=answered.fileno())
        self._process = subprocess.Popen(  # noqa: S603 - this very program
            [sys.executable, "-c", start],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # libraries complain there, and may quote the document
            stderr=subprocess.DEVNULL,
            pass_fds=(asked.fileno(), answered.fileno()),
        )
        self._owner = os.getpid()
        self._is_used = False
        asked.close()
        answered.close()

    @property
    def is_ready(self) -> bool:
        """Tell whether it may be asked: it lives, and this process, not one that forked off, began it."""
        return self._owner == os.getpid() and self._process.poll() is None

    def ask(self, name: str, path: Path, asked: Asked) -> object:
        """Return what it found, or its refusal; raise UnreadableDocument where it dies or does not end."""
        request = [name, str(path), asked]
        was_used, self._is_used, self._is_at_work = self._is_used, True, False
        try:
            self._ask.send_bytes(json.dumps(request).encode())
            return _Values(io.BytesIO(self._answer())).load()
        except (EOFError, OSError) as error:
            if was_used and not self._is_at_work:
                raise _GoneError from error
            raise self._died() from error
        except pickle.UnpicklingError as error:
            raise UnreadableDocument(Refusal.DAMAGED, "reader-failed", where=f"{error}") from error

    def _answer(self) -> bytes:
        """Wait for the answer; every sign of life gives more patience, up to an end."""
        end = time.monotonic() + WHOLE
        while True:
            patience = min(SILENCE, end - time.monotonic())
            if patience <= 0 or not self._answers.poll(patience):
                raise _too_slow(SILENCE if patience > 0 else WHOLE)
            if message := self._answers.recv_bytes(MAX_ANSWER):
                return message
            self._is_at_work = True

    def _died(self) -> UnreadableDocument:
        self.end()
        if self._process.returncode == -signal.SIGXCPU:
            return _too_slow(MAX_STEP_SECONDS)
        return UnreadableDocument(Refusal.TOO_LARGE, "too-heavy")

    def end(self) -> None:
        """End it, whatever it is doing."""
        self._ask.close()
        self._answers.close()
        if self._owner == os.getpid():
            self._process.kill()
            self._process.wait()


def _too_slow(seconds: float) -> UnreadableDocument:
    return UnreadableDocument(Refusal.TOO_LARGE, "reading-too-slow", limit=f"{seconds:.0f}")


class _Values(pickle.Unpickler):
    """Takes nothing out of an answer but values of this package: no file can smuggle in a call."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a value class of ours."""
        found = super().find_class(module, name) if module.startswith("directives.") else None
        if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum)):
            return found
        if found is refused:
            return found
        raise pickle.UnpicklingError(name)


_idle: list[_Process] = []
_lock = threading.Lock()
_turns = threading.BoundedSemaphore(AT_ONCE)


def _borrow() -> _Process:
    """Return a process that waits, or a new one: as many as threads read at once."""
    with _lock:
        while _idle:
            process = _idle.pop()
            if process.is_ready:
                return process
            process.end()
    return _Process()


def _give_back(process: _Process) -> None:
    with _lock:
        if process.is_ready:
            _idle.append(process)
        else:
            process.end()


@atexit.register
def end() -> None:
    """End the processes that wait for files."""
    with _lock, suppress(OSError):
        while _idle:
            _idle.pop().end()
