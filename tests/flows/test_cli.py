"""The console script: quick to answer, and at home without a server."""

import json
import subprocess
import sys
import time
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.flows.conftest import DONDOC, dondoc, environment

HEAVY = ("prefect", "sqlmodel", "sqlalchemy", "fastapi", "apprise", "uvicorn")
PROBE = """
import sys
from flows.cli import main
try:
    sys.argv = ["dondoc", *sys.argv[1:]]
    main()
finally:
    print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)
"""


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["run", "--help"], ["run", "daily", "--help"], ["serve", "--help"], ["demo", "--help"]],
)
def test_help_imports_nothing_heavy(tmp_path: Path, arguments: list[str]) -> None:
    """Asking what there is loads neither Prefect nor the database."""
    asked = subprocess.run(
        [sys.executable, "-c", PROBE.format(heavy=HEAVY), *arguments],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )

    assert asked.returncode == 0
    assert "Usage:" in asked.stdout
    assert asked.stderr.strip() == "[]"


@pytest.mark.slow
def test_help_takes_under_a_quarter_of_importing_prefect(tmp_path: Path) -> None:
    """Best of three each, on the same machine in the same minute."""

    def best(*command: str) -> float:
        times = []
        for _ in range(3):
            began = time.perf_counter()
            subprocess.run(command, env=environment(tmp_path), capture_output=True, check=True)
            times.append(time.perf_counter() - began)
        return min(times)

    assert best(DONDOC, "--help") < best(sys.executable, "-c", "import prefect") / 4


def test_a_day_runs_without_any_server(tmp_path: Path) -> None:
    """With nothing running the same service is called directly, and says so beside the JSON."""
    ran = dondoc(tmp_path, "run", "daily", "--on", "2020-05-05", "--json")

    assert ran.returncode == 0, ran.stderr
    report = json.loads(ran.stdout)
    assert (report["on"], report["working_day"], report["changed"]) == ("2020-05-05", True, True)
    assert "không qua Prefect" in ran.stderr


def test_a_day_run_twice_changes_nothing(tmp_path: Path) -> None:
    """The second time has nothing left to do, and says so."""
    dondoc(tmp_path, "run", "daily", "--on", "2020-05-05")
    again = dondoc(tmp_path, "run", "daily", "--on", "05/5/2020")

    assert again.returncode == 0
    assert again.stdout.startswith("Lượt ngày 05/05/2020: đã chạy rồi, không có gì mới")


@pytest.mark.parametrize("zone", ["America/New_York", "Etc/GMT+12", "Pacific/Kiritimati"])
def test_today_is_the_day_in_viet_nam_wherever_the_server_stands(tmp_path: Path, zone: str) -> None:
    """The host's zone plays no part; one of the last two always shows another date."""
    before = _today()
    ran = dondoc(tmp_path, "run", "daily", "--json", TZ=zone)

    assert date.fromisoformat(json.loads(ran.stdout)["on"]) in {before, _today()}


def test_a_day_that_has_not_come_is_not_run(tmp_path: Path) -> None:
    """A year mistyped is refused before a letter is planned; today's own run is not kept back by it."""
    refused = dondoc(tmp_path, "run", "daily", "--on", "05/05/2062")

    assert refused.returncode == 2
    assert "05/05/2062" in refused.stderr
    assert "chưa đến" in refused.stderr
    assert dondoc(tmp_path, "run", "daily").returncode == 0
    assert dondoc(tmp_path, "run", "daily", "--on", "05/05/2062", "--ahead").returncode == 0


def test_what_is_no_date_is_wrong_usage(tmp_path: Path) -> None:
    """A slip of the pen is refused with status 2 and changes nothing."""
    refused = dondoc(tmp_path, "run", "daily", "--on", "31/02/2020")

    assert refused.returncode == 2
    assert "31/02/2020" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_deploying_without_a_shared_server_is_one_sentence(tmp_path: Path) -> None:
    """Nobody answers there: the sentence names the address and the command to run."""
    refused = dondoc(tmp_path, "deploy", "--api-url", "http://127.0.0.1:9/api")

    assert refused.returncode == 1
    assert "http://127.0.0.1:9/api" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def _today() -> date:
    return datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
