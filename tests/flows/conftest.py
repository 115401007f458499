"""A real Prefect server for the session, and `dondoc` as a real process."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flows import server
from flows.server import PrefectServer

DONDOC = str(Path(sys.executable).with_name("dondoc"))


def environment(data_dir: Path, **more: str) -> dict[str, str]:
    """Return an environment without settings of ours or of Prefect but these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DONDOC_", "PREFECT_"))}
    return {**kept, "DONDOC_DATA_DIR": str(data_dir), "DONDOC_SEND_HOURS": "always", **more}


def dondoc(data_dir: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the console script to its end."""
    return subprocess.run(
        [DONDOC, *arguments],
        env=environment(data_dir, **more),
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


def wait_for(question: Callable[[], Any], what: str, seconds: float = 120) -> Any:
    """Ask until the answer is yes, and return it."""
    until = time.monotonic() + seconds
    while not (answer := question()):
        if time.monotonic() > until:
            pytest.fail(f"no {what} within {seconds:g} s")
        time.sleep(0.1)
    return answer


def ask(url: str, body: dict[str, Any] | None = None) -> Any:
    """Ask an HTTP service for JSON."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})  # noqa: S310 (loopback)
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 (the same)
        return json.load(answer)


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrefectServer]:
    """Run one Prefect server of ours, and let this process's Prefect talk to it."""
    folder = tmp_path_factory.mktemp("prefect")
    with server.running(folder) as running:
        from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings  # noqa: PLC0415 (heavy)

        with temporary_settings({PREFECT_API_URL: running.api_url, PREFECT_HOME: folder / "prefect"}):
            yield running
