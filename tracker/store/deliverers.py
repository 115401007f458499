"""Who holds a lease: a name that tells, on the same machine, whether its process is still there."""

import os
import socket
from pathlib import Path
from typing import Final
from uuid import uuid4

_PROC: Final = Path("/proc")
_STATE, _STARTED = 0, 19  # fields 3 and 22 of proc(5), counted behind the command's name
_ENDED: Final = frozenset("ZX")  # a zombie sends nothing any more


def new_owner() -> str:
    """Return a name for this deliverer that no other has: place, process, its start, and a draw."""
    pid = os.getpid()
    return ":".join((_place(), str(pid), _started(pid) or "", uuid4().hex[:8]))


def is_gone(owner: str) -> bool:
    """Tell whether the process behind a name has certainly ended.

    False where it cannot be known: another machine, another boot, another container, or no /proc.
    """
    parts = owner.rsplit(":", 3)
    if len(parts) != len(("place", "pid", "start", "draw")) or parts[0] != _place() or not parts[2]:
        return False
    return _started(int(parts[1])) != parts[2]


def _place() -> str:
    """Name the machine since it booted, and the container: a process number means something only there."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        space = (_PROC / "self/ns/pid").stat().st_ino
    except OSError:
        return socket.gethostname()
    return f"{socket.gethostname()}/{boot[:8]}/{space}"


def _started(pid: int) -> str | None:
    """Return when a process started, in ticks since boot; None where none runs under the number."""
    try:
        status = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = status.rpartition(")")[2].split()
    return None if fields[_STATE] in _ENDED else fields[_STARTED]
