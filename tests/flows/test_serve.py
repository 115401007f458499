"""`dondoc serve` as a real process: one command, everything on, everything off again."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from flows import instance
from flows.instance import Instance
from flows.ports import answers, listen
from flows.runtime import LOOPBACK
from flows.server import api_url
from tests.flows.conftest import DONDOC, ask, dondoc, environment, wait_for

WATCH = Path(__file__).parent / "watch"
PARTS = ("web", "prefect", "flows")
ZONE = "Asia/Ho_Chi_Minh"


@dataclass
class Served:
    """A running `dondoc serve`."""

    folder: Path
    process: subprocess.Popen[str]

    @property
    def instance(self) -> Instance:
        """Return where it answers."""
        return wait_for(lambda: instance.running(self.folder), "server")  # type: ignore[no-any-return]

    @property
    def prefect(self) -> str:
        """Return its Prefect API."""
        return api_url(self.instance.prefect_port)

    def ask_prefect(self, what: str, **body: Any) -> list[dict[str, Any]]:
        """List things of one kind."""
        return ask(f"{self.prefect}/{what}/filter", body)  # type: ignore[no-any-return]

    def children(self) -> list[int]:
        """Return the processes it has started, and theirs."""
        return descendants(self.process.pid)


def descendants(pid: int) -> list[int]:
    """Return all living descendants of a process."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    direct = [int(child) for child in listed.read_text().split()] if listed.exists() else []
    return direct + [below for child in direct for below in descendants(child)]


def alive(pid: int) -> bool:
    """Tell whether a process is running; one that ended and waits for its parent is not."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Start everything once, on free ports, while noting every address beyond this machine."""
    folder = tmp_path_factory.mktemp("served")
    watched = {"PYTHONPATH": f"{WATCH}{os.pathsep}{os.environ.get('PYTHONPATH', '')}".rstrip(os.pathsep)}
    env = environment(folder, DONDOC_TEST_WATCH=str(folder / "outside.txt"), **watched)
    with (folder / "said.txt").open("w") as said:
        process = subprocess.Popen(
            [DONDOC, "serve", "--port", "0"], env=env, stderr=said, text=True, cwd=folder
        )
    running = Served(folder, process)
    yield running
    if process.poll() is None:
        process.kill()
        process.wait()


pytestmark = [pytest.mark.slow, pytest.mark.prefect]


def test_pages_answer_before_prefect_does(served: Served) -> None:
    """The pages need no Prefect, and are there within seconds."""
    url = f"{served.instance.web_url}/health"

    wait_for(lambda: answers(url), "page", seconds=30)
    assert ask(url)["status"] == "ok"


def test_every_deployment_has_its_schedule_in_the_office_zone(served: Served) -> None:
    """Once the flows are served, each has one cron schedule in Viet Nam's time and runs one at a time."""
    wait_for((served.folder / "prefect" / "served").exists, "served flows", seconds=180)

    found = {
        entry["entrypoint"]: (
            [(one["schedule"]["cron"], one["schedule"]["timezone"]) for one in entry["schedules"]],
            entry["paused"],
            entry["global_concurrency_limit"]["limit"],
            entry["concurrency_options"]["collision_strategy"],
        )
        for entry in served.ask_prefect("deployments")
    }
    assert found == {
        "flows.daily.daily_run": ([("0 7 * * *", ZONE)], False, 1, "CANCEL_NEW"),
        "flows.deliver.deliver_letters": ([("*/5 * * * *", ZONE)], False, 1, "CANCEL_NEW"),
        "flows.reconcile.reconcile": ([("20 * * * *", ZONE)], False, 1, "CANCEL_NEW"),
        "flows.watch.watch_reminders": ([("40 * * * *", ZONE)], False, 1, "CANCEL_NEW"),
        "flows.inbound.take_in_mail": ([("*/15 * * * *", ZONE)], False, 1, "CANCEL_NEW"),
    }


def test_the_schedules_bring_forth_runs(served: Served) -> None:
    """A schedule is worth what its scheduler makes of it: the daily run is planned for 07:00, 00:00 UTC."""

    def planned() -> set[str]:
        runs = served.ask_prefect("flow_runs", flow_runs={"state": {"type": {"any_": ["SCHEDULED"]}}})
        return {run["expected_start_time"][11:19] for run in runs}

    wait_for(lambda: "00:00:00" in planned(), "run planned for 07:00", seconds=60)


def test_todays_run_is_caught_up_at_the_start(served: Served) -> None:
    """Reconcile runs once when serving begins, and completes."""

    def completed() -> bool:
        runs = served.ask_prefect(
            "flow_runs",
            flows={"name": {"any_": ["reconcile"]}},
            flow_runs={"state": {"type": {"any_": ["COMPLETED"]}}},
        )
        return bool(runs)

    wait_for(completed, "completed run of reconcile", seconds=90)


def test_a_second_server_is_refused(served: Served) -> None:
    """The second one says in one sentence who is running and what to do, and ends with 1."""
    refused = dondoc(served.folder, "serve")

    assert refused.returncode == 1
    assert f"Đôn Đốc đang chạy với thư mục {served.folder}" in refused.stderr
    assert served.instance.web_url in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def test_a_run_from_the_shell_shows_in_prefect(served: Served) -> None:
    """While a server runs, the command goes through it: the run is recorded there as Completed."""
    ran = dondoc(served.folder, "run", "daily", "--on", "2020-05-05", "--json")

    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["on"] == "2020-05-05"
    assert "qua máy chủ Prefect" in ran.stderr
    runs = served.ask_prefect("flow_runs", flows={"name": {"any_": ["daily-run"]}})
    assert [run["state_name"] for run in runs if run["parameters"] == {"on": "2020-05-05"}] == ["Completed"]


@pytest.mark.parametrize("module", ["flows.web_process", "flows.server_process"])
def test_a_killed_part_comes_back(served: Served, module: str) -> None:
    """The pages and Prefect's server are started again after a kill -9, on the same ports."""
    url = served.instance.web_url if module == "flows.web_process" else served.prefect
    (victim,) = [pid for pid in served.children() if module in Path(f"/proc/{pid}/cmdline").read_text()]

    os.kill(victim, signal.SIGKILL)
    wait_for(lambda: not alive(victim), "death")

    wait_for(lambda: answers(f"{url}/health"), module, seconds=180)


def test_sigterm_stops_everything(served: Served) -> None:
    """One signal: exit 0, no process left, the folder free, and nothing was asked of other machines."""
    wait_for(lambda: len(served.children()) >= len(PARTS), "running parts")
    everything = served.children()

    served.process.send_signal(signal.SIGTERM)

    assert served.process.wait(timeout=25) == 0
    assert [pid for pid in everything if alive(pid)] == []
    assert instance.running(served.folder) is None
    assert not (served.folder / "outside.txt").exists(), (served.folder / "outside.txt").read_text()


def test_the_watch_over_the_network_sees(tmp_path: Path) -> None:
    """The note that test_sigterm_stops_everything does not find is written when another host is asked for."""
    notes = tmp_path / "outside.txt"
    program = "import socket; socket.gethostbyname('localhost'); socket.getaddrinfo('host.invalid', 80)"
    env = environment(tmp_path, DONDOC_TEST_WATCH=str(notes), PYTHONPATH=str(WATCH))

    subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, check=False)

    assert [line.split()[1] for line in notes.read_text().splitlines()] == ["'host.invalid'"]


def test_pages_alone_need_no_prefect(tmp_path: Path) -> None:
    """With --pages-only there is one child, and it stops as cleanly."""
    process = subprocess.Popen(
        [DONDOC, "serve", "--port", "0", "--pages-only"], env=environment(tmp_path), stderr=subprocess.DEVNULL
    )
    alone = Served(tmp_path, process)  # type: ignore[arg-type]
    wait_for(lambda: answers(f"{alone.instance.web_url}/health"), "page", seconds=30)
    assert len(alone.children()) == 1

    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=25) == 0


def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    """Nothing is started when the pages' port is in use."""
    with listen(LOOPBACK, 0) as listener:
        port = listener.getsockname()[1]
        refused = dondoc(tmp_path, "serve", "--port", str(port))

    assert refused.returncode == 1
    assert f"Cổng {port} trên 127.0.0.1 đang được chương trình khác dùng" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "log").exists()


def test_a_wrong_database_is_one_sentence(tmp_path: Path) -> None:
    """A database URL that cannot be used stops the start, before any child."""
    refused = dondoc(tmp_path, "serve", "--port", "0", DONDOC_DATABASE_URL="mysql://x/y")

    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "log").exists()
