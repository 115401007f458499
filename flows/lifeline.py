"""A child process that outlives its parent is an orphan: it holds the port and the database for nobody.

The parent keeps the other end of the child's standard input open. When the parent ends, however it ends, the
child reads the end of the file and stops.
"""

import os
import signal
import sys
import threading
from typing import Final

GRACE_SECONDS: Final = 15.0
GONE: Final = 70  # exit status of a child that had to be cut short


def hold() -> None:
    """Stop this process when the parent's end of standard input closes."""
    threading.Thread(target=_watch, args=(sys.stdin.fileno(),), name="lifeline", daemon=True).start()


def _watch(fd: int) -> None:
    while os.read(fd, 1024):
        pass  # nobody writes; only the end matters
    last_resort = threading.Timer(GRACE_SECONDS, os._exit, (GONE,))
    last_resort.daemon = True
    last_resort.start()
    os.kill(os.getpid(), signal.SIGTERM)
