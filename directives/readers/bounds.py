"""Bounds that the process a file is read in sets itself: memory, and processor time for each step.

Sources: setrlimit(2), getrlimit(2). Without them, the waiting parent's patience counts.
"""

import contextlib
import math
import time
from collections.abc import Callable
from typing import Final

MAX_MEMORY: Final = 860 * 1024 * 1024  # bytes of data; what it shares with others comes on top
MAX_STEP_SECONDS: Final = 16  # of processor time: for a file, or for one page of a scan
MAX_DRAWING_SECONDS: Final = 6  # for the picture of a place: somebody waits for it, and most take 0.05

_tell_parent: list[Callable[[], None]] = []


def bind(tell_parent: Callable[[], None]) -> None:
    """Bound this process, which does nothing but read; no core dump, for it would hold a document."""
    _tell_parent[:] = [tell_parent]
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on every system

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY, hard))  # soft: LibreOffice sets its own


def next_step(seconds: int = MAX_STEP_SECONDS) -> None:
    """Begin a file, a page of a scan or a run of LibreOffice: each has its own time; elsewhere do nothing."""
    if not _tell_parent:
        return
    _tell_parent[0]()
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on every system

        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        allowed = math.ceil(time.process_time()) + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (allowed, hard))
