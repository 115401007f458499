"""One Prefect server as a child process of ours: started, waited for, stopped."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flows import children
from flows.ports import answers, free_port, is_free
from flows.runtime import LOOPBACK, child_environment, prefect_home
from tracker.errors import TrackerError

START_SECONDS: Final = 180.0  # a fresh home on a loaded machine was seen to take 45
STOP_SECONDS: Final = 8.0
POLL_SECONDS: Final = 0.2


@dataclass(slots=True)
class PrefectServer:
    """A server of ours and where it answers."""

    port: int
    child: children.Child

    @property
    def url(self) -> str:
        """Return the address of its pages."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def api_url(self) -> str:
        """Return the address that Prefect's clients use."""
        return api_url(self.port)

    def healthy(self) -> bool:
        """Tell whether it answers now."""
        return self.child.exit_status is None and answers(f"{self.api_url}/health")

    def wait_until_healthy(self, seconds: float = START_SECONDS) -> None:
        """Return when it answers.

        Raises TrackerError: "prefect-died" when the process ended, "prefect-silent" when the time is over.
        """
        deadline = time.monotonic() + seconds
        while not self.healthy():
            if (status := self.child.exit_status) is not None:
                raise TrackerError(
                    "prefect-died", status=status, log=self.child.log, said=self.child.last_words()
                )
            if time.monotonic() > deadline:
                raise TrackerError("prefect-silent", seconds=int(seconds), log=self.child.log)
            time.sleep(POLL_SECONDS)

    def stop(self) -> None:
        """Stop it and everything it started."""
        self.child.ask_to_stop()
        self.child.wait(STOP_SECONDS)
        self.child.end()


def api_url(port: int) -> str:
    """Return the API's address for a port on this machine."""
    return f"http://{LOOPBACK}:{port}/api"


def start(data_dir: Path, *, port: int = 0, insist: bool = False) -> PrefectServer:
    """Start the server child; it needs a while before it is healthy.

    `port` is a wish, 0 for none. Raises TrackerError("port-taken") where it is insisted on and taken.
    """
    chosen = choose_port(data_dir, port, insist=insist)
    child = children.start(
        "prefect",
        "flows.server_process",
        str(chosen),
        env=child_environment(data_dir, api_url(chosen)),
        log=data_dir / "log" / "prefect.log",
    )
    return PrefectServer(chosen, child)


@contextmanager
def running(data_dir: Path) -> Iterator[PrefectServer]:
    """Run a server for the length of a block."""
    server = start(data_dir)
    try:
        server.wait_until_healthy()
        yield server
    finally:
        server.stop()


def choose_port(data_dir: Path, wish: int, *, insist: bool = False) -> int:
    """Choose the server's port and remember it, so that bookmarks of its pages stay good.

    The wish where it is insisted on; else the port of last time, the wish, or any that is free.
    """
    note = prefect_home(data_dir) / "port"
    if insist and wish and not is_free(LOOPBACK, wish):
        raise TrackerError("port-taken", host=LOOPBACK, port=wish, setting="DONDOC_PREFECT_PORT")
    wanted = [wish] if insist else [_remembered(note), wish]
    port = next((one for one in wanted if one and is_free(LOOPBACK, one)), 0) or free_port(LOOPBACK)
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(f"{port}\n", encoding="ascii")
    return port


def _remembered(note: Path) -> int:
    """Return the port noted down, 0 where there is none or the note is no number."""
    written = note.read_text(encoding="utf-8", errors="replace").strip() if note.exists() else ""
    return int(written) if written.isascii() and written.isdigit() else 0
