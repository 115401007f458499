"""A child process of ours: started in its own session, stopped with everything it started."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

LOG_LIMIT: Final = 10 * 1024 * 1024  # a larger log is put aside when its child starts


@dataclass(slots=True)
class Child:
    """A running `python -m MODULE …` whose standard input is its lifeline."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def exit_status(self) -> int | None:
        """Return None while it runs."""
        return self.process.poll()

    def ask_to_stop(self) -> None:
        """Send SIGTERM; the child ends its own children in good order."""
        if self.exit_status is None:
            self.process.send_signal(signal.SIGTERM)

    def wait(self, seconds: float) -> bool:
        """Wait for its end and tell whether it came in time."""
        try:
            self.process.wait(max(0.0, seconds))
        except subprocess.TimeoutExpired:
            return False
        return True

    def end(self) -> None:
        """Kill whatever is left of its session and let go of the lifeline."""
        with suppress(ProcessLookupError):  # nothing is left: what we want
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self.process.stdin is not None:
            self.process.stdin.close()

    def last_words(self, lines: int = 5) -> str:
        """Return the last lines of its log, for the person who has to find out why it ended."""
        said = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(line for line in said[-lines:] if line.strip())


def start(
    name: str, module: str, *args: str, env: Mapping[str, str], log: Path, pass_fds: Sequence[int] = ()
) -> Child:
    """Start a module of ours as a child with its own session and log file."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".old.log"))
    with log.open("ab") as sink:
        process = subprocess.Popen(  # noqa: S603 (our own interpreter, our own module)
            [sys.executable, "-m", module, *args],
            stdin=subprocess.PIPE,
            stdout=sink,
            stderr=subprocess.STDOUT,
            env=dict(env),
            start_new_session=True,  # Ctrl-C reaches the supervisor alone, which stops all in order
            pass_fds=pass_fds,
        )
    return Child(name, process, log)
