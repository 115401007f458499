"""Run commands in this process, on data of their own."""

import os
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tracker.cli import main


class Answer(NamedTuple):
    """What a command wrote, and how it ended."""

    status: int
    out: str
    err: str


@pytest.fixture
def own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Keep a test's data apart, whatever the machine's own settings say."""
    for name in [name for name in os.environ if name.startswith("DONDOC_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("DONDOC_SEND_HOURS", "always")  # tests run at night too
    return tmp_path / "var"


@pytest.fixture
def command(own_data: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Give a function that runs a command in this process."""

    def run(*arguments: str) -> Answer:
        capsys.readouterr()
        try:
            main(list(arguments))
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        else:
            status = 0
        return Answer(status, *capsys.readouterr())

    return run
