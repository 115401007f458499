"""What the list of tasks shows, and that other commands take what it shows."""

import os
from pathlib import Path
from typing import Any

import pytest

from tests.tracker.factories import a_directive, a_draft, an_agency
from tracker.cli import main
from tracker.store.engine import make_engine
from tracker.store.migrate import upgrade
from tracker.store.session import transaction


@pytest.fixture(autouse=True)
def office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Give a document with three tasks."""
    for name in [name for name in os.environ if name.startswith("DONDOC_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path / "var"))
    engine = make_engine(f"sqlite:///{tmp_path / 'var' / 'dondoc.db'}")
    upgrade(engine)
    with transaction(engine) as session:
        an_agency(session)
        a_directive(session, a_draft(None), a_draft(None), a_draft(None), number="120/TB-UBND")
    engine.dispose()


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """Run a command and return what it printed, once it ended well."""
    with pytest.raises(SystemExit) as end:
        main(list(arguments))
    out, err = capsys.readouterr()
    assert (end.value.code, err) == (0, "")
    return out


def test_the_number_that_the_list_shows_is_the_one_that_deadlines_take(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The first column is the number of the assignment, which is not the code of its task."""
    lines = [line for line in run(capsys, "tasks").splitlines() if line.strip()]
    number = [line.split()[0] for line in lines if line.split()[0].isdigit()][-1]
    run(capsys, "deadline", "set", number, "30/4/2020", "--reason", "đọc sai")

    assert any(line.split()[0] == "Số" for line in lines)
    assert "30/04/2020" in run(capsys, "deadline", "history", number)
