"""No child outlives its parent."""

import os
import signal
import subprocess
import sys
from pathlib import Path

PARENT = """
import os, pathlib, sys, time
from flows import children
folder = pathlib.Path(sys.argv[1])
program = "from flows import lifeline; lifeline.hold(); import time; print('up', flush=True); time.sleep(600)"
(folder / "napping.py").write_text(program)
env = dict(os.environ, PYTHONPATH=str(folder))
child = children.start("napping", "napping", env=env, log=folder / "log" / "napping.log")
while "up" not in child.log.read_text():
    time.sleep(0.01)
print(child.process.pid, flush=True)
time.sleep(600)
"""


def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    """Even kill -9 of the parent leaves no orphan: the child reads the end of its lifeline and stops."""
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path)], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    watch = os.pidfd_open(child)

    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()

    assert _ended(watch, seconds=20)
    os.close(watch)


def _ended(watch: int, *, seconds: float) -> bool:
    """Wait for a process that is not our child."""
    import select  # noqa: PLC0415 (only here)

    readable, _, _ = select.select([watch], [], [], seconds)
    return bool(readable)
