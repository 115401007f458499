"""The commands that urge in writing, from the empty list to the number in history."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.tracker.factories import AGENCY, a_deadline, a_directive, a_draft, an_agency
from tests.tracker.services.one_officer import DUE
from tracker.store.engine import make_engine
from tracker.store.migrate import upgrade
from tracker.store.session import transaction

ON = ("--on", "2020-05-04")


@pytest.fixture
def database(own_data: Path) -> Iterator[Engine]:
    """Give an agency with a task."""
    engine = make_engine(f"sqlite:///{own_data / 'dondoc.db'}")
    upgrade(engine)
    with transaction(engine) as session:
        an_agency(session)
        a_directive(session, a_draft(a_deadline(DUE)), number="120/TB-UBND")
    yield engine
    engine.dispose()


def test_a_day_without_anybody_to_urge_is_said(database: Engine, command: Any, tmp_path: Path) -> None:
    """In the list and where drafts are asked for; no folder is made."""
    out = tmp_path / "drafts"
    on = ("--on", "2020-04-03")
    answers = [
        command("urging", "list", *on),
        command("urging", "draft", "--all", *on, "--out", str(out)),
        command("urging", "draft", AGENCY, *on, "--out", str(out)),
    ]

    assert [answer.status for answer in answers] == [0, 0, 0]
    assert all("03/04/2020" in answer.out and "3 ngày làm việc" in answer.out for answer in answers)
    assert command("urging", "list", *on, "--json").out == "[]\n"
    assert not out.exists()


def test_the_list_the_draft_and_the_number_follow_each_other(
    database: Engine, command: Any, tmp_path: Path
) -> None:
    """The list names the agency, the draft lies in the folder, history and the list tell of the number."""
    before = command("urging", "list", *ON)
    (made,) = json.loads(command("urging", "draft", "--all", *ON, "--out", str(tmp_path), "--json").out)
    issued = command("urging", "draft", AGENCY, *ON, "--out", str(tmp_path), "--record", "12/VP-TH")
    after = command("urging", "list", *ON)
    again = command("urging", "draft", AGENCY, *ON, "--out", str(tmp_path), "--record", "12/VP-TH")

    assert "Sở Công Thương" in before.out
    assert "12/VP-TH" not in before.out
    assert Path(made["path"]).is_file()
    assert (made["works"], made["recorded"]) == (1, 0)
    assert "12/VP-TH vào nhật ký của 1 việc" in issued.out
    assert "12/VP-TH (04/05/2020)" in after.out
    assert "không ghi thêm" in again.out
    (one,) = json.loads(command("urging", "list", *ON, "--json").out)
    assert one["last"] == {"number": "12/VP-TH", "late_on": "2020-05-04"}


@pytest.mark.parametrize("arguments", [(), (AGENCY, "--all")], ids=["nobody named", "both"])
def test_whom_to_write_to_is_said_once(database: Engine, command: Any, arguments: tuple[str, ...]) -> None:
    """One agency, or all."""
    answer = command("urging", "draft", *arguments)

    assert (answer.status, answer.out) == (2, "")
    assert "--all" in answer.err
