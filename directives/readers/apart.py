"""The process that files are read and drawn in, apart from the program: given paths, it answers.

Started by `processes`. Each answer is one message; an empty one says that another step has begun. The answers
hold nothing but values of this package, and no error but a refusal leaves the process: of a fault in a
reader only its kind and place are told, never its message, which could quote a document.
"""

import json
import mmap
import os
import pickle
import select
import signal
import threading
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from directives import readers
from directives.readers import Refusal, UnreadableDocument, bounds
from directives.readers.crop import crop
from directives.readers.places import Box, Place

DRAW: Final = "crop"  # what is asked for beside the functions of `readers`
GROWN: Final = 300 * 1024 * 1024  # bytes: a process that keeps so many is not used again
STATM: Final = Path("/proc/self/statm")


def serve(asking: int, answering: int) -> None:
    """Read what is asked for until nobody asks any more, or until the process has grown large."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which ends this process
    threading.Thread(target=_end_with_program, args=(asking,), daemon=True).start()
    requests, answers = Connection(asking, writable=False), Connection(answering, readable=False)
    bounds.bind(lambda: answers.send_bytes(b""))
    while not _has_grown():
        try:
            name, path, asked = json.loads(requests.recv_bytes())
        except EOFError:
            return
        bounds.next_step()
        try:
            answers.send_bytes(_answer(name, path, asked))
        except BrokenPipeError:  # the program has ended, and nobody waits
            return


def _end_with_program(asking: int) -> None:
    """End when nobody can ask any more, also in the middle of a file; a run of LibreOffice then ends too."""
    watched = select.poll()
    watched.register(asking, 0)  # asks for nothing, and so hears only that the other end is closed
    watched.poll()
    os._exit(0)


def _answer(name: str, path: str, asked: Mapping[str, Any]) -> bytes:
    """Read one file, or draw a place in it; whatever happens is put into an answer."""
    found: object
    try:
        found = _drawn(path, **asked) if name == DRAW else _read(name, path, **asked)
        return pickle.dumps(found, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        found = UnreadableDocument(Refusal.TOO_LARGE, "too-heavy")
    except UnreadableDocument as refusal:
        found = refusal
    except Exception as fault:  # noqa: BLE001 - a fault of a reader must not take the program along
        found = UnreadableDocument(Refusal.DAMAGED, "reader-failed", where=_place_of(fault))
    return pickle.dumps(found)


def _read(name: str, path: str, ocr_cache: str | None) -> object:
    return getattr(readers, name)(Path(path), ocr_cache=None if ocr_cache is None else Path(ocr_cache))


def _drawn(path: str, page: int | None, box: Sequence[float] | None) -> bytes:
    bounds.next_step(bounds.MAX_DRAWING_SECONDS)
    return crop(Path(path), Place(page=page, box=None if box is None else Box(*box)))


def _place_of(fault: BaseException) -> str:
    """Say what kind of fault it was and where, without its words."""
    frame: Any = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{type(fault).__name__}, {os.path.basename(frame.filename)}:{frame.lineno}"  # noqa: PTH119 - a name only


def _has_grown() -> bool:
    """Tell whether what was read left the process large; only Linux tells (proc(5), statm).

    `ru_maxrss` would not do: a process begins with that of the one that started it.
    """
    with suppress(OSError, ValueError, IndexError):
        return int(STATM.read_text().split()[1]) * mmap.PAGESIZE > GROWN
    return False
