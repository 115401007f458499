"""A run that was cut off does not stand in the way of the next."""

import os
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from flows.ports import answers
from tests.flows.conftest import DONDOC, ask, dondoc, environment, wait_for
from tests.flows.test_serve import Served, alive

pytestmark = [pytest.mark.slow, pytest.mark.prefect]


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Serve a folder until the flows are served; what is left is killed."""
    (folder / "prefect" / "served").unlink(missing_ok=True)
    process = subprocess.Popen(
        [DONDOC, "serve", "--port", "0"], env=environment(folder), stderr=subprocess.DEVNULL, text=True
    )
    running = Served(folder, process)
    try:
        wait_for((folder / "prefect" / "served").exists, "served flows", seconds=180)
        yield running
    finally:
        for pid in running.children():
            os.kill(pid, signal.SIGKILL)
        process.kill()
        process.wait()


def start_daily_run(served: Served) -> str:
    """Ask Prefect for a daily run, and return its number; while SQLite is busy Prefect answers 503."""
    (daily,) = served.ask_prefect(
        "deployments", deployments={"name": {"any_": ["scheduled"]}}, flows={"name": {"any_": ["daily-run"]}}
    )
    url = f"{served.prefect}/deployments/{daily['id']}/create_flow_run"
    wanted = {"parameters": {"on": "2020-05-05"}, "state": {"type": "SCHEDULED"}}
    return str(wait_for(lambda: _try(url, wanted), "run")["id"])


def _try(url: str, body: dict[str, Any]) -> Any:
    try:
        return ask(url, body)
    except OSError:
        return None


def state(served: Served, run: str) -> str:
    """Return how a run stands."""
    return str(ask(f"{served.prefect}/flow_runs/{run}")["state_name"])


def test_a_run_cut_off_by_kill_9_is_closed_and_the_next_one_runs(tmp_path: Path) -> None:
    """After a kill -9 in mid-run the next start marks the run Crashed, and a new one completes."""
    assert dondoc(tmp_path, "db", "upgrade").returncode == 0
    with serving(tmp_path) as first, closing(sqlite3.connect(tmp_path / "dondoc.db")) as busy:
        busy.isolation_level = None
        busy.execute("BEGIN IMMEDIATE")  # the run has to wait for the lock
        cut_off = start_daily_run(first)
        wait_for(lambda: state(first, cut_off) == "Running", "run in progress")
        everything = [first.process.pid, *first.children()]
    wait_for(lambda: not any(alive(pid) for pid in everything), "end of everything")

    with serving(tmp_path) as second:
        assert state(second, cut_off) == "Crashed"
        following = start_daily_run(second)
        wait_for(lambda: state(second, following) == "Completed", "completed run")
        assert answers(f"{second.instance.web_url}/health")
