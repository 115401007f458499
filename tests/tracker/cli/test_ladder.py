"""The ladder on the command line: print, check, rehearse, adopt."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.tracker.factories import a_deadline, a_directive, a_draft, an_office
from tracker.store.engine import make_engine
from tracker.store.migrate import upgrade
from tracker.store.session import transaction

DUE = date(2020, 4, 8)


@pytest.fixture
def database(own_data: Path) -> Iterator[Engine]:
    """Give an office with a task due on Wednesday."""
    engine = make_engine(f"sqlite:///{own_data / 'dondoc.db'}")
    upgrade(engine)
    an_office(engine)
    with transaction(engine) as session:
        a_directive(session, a_draft(a_deadline(DUE)))
    yield engine
    engine.dispose()


@pytest.fixture
def file(database: Engine, command: Any, tmp_path: Path) -> Path:
    """Write down the ladder in force, for a person to change."""
    path = tmp_path / "ladder.toml"
    path.write_text(command("ladder", "show", "--toml").out, "utf-8")
    return path


def test_the_ladder_is_shown_in_words(database: Engine, command: Any) -> None:
    """Working days before and after, who is written to, and what else a step brings."""
    shown = command("ladder", "show").out

    assert "trước hạn 7 ngày làm việc" in shown
    assert "Chánh Văn phòng" in shown
    assert "yêu cầu giải trình" in shown
    assert json.loads(command("ladder", "show", "--json").out)["version"] == 1


def test_a_changed_ladder_is_checked_adopted_and_shown(command: Any, file: Path) -> None:
    """What is printed can be read; a change is put into force once, the same again is refused."""
    file.write_text(file.read_text("utf-8").replace("offset = -7", "offset = -5"), "utf-8")
    checked, adopted = command("ladder", "check", str(file)), command("ladder", "set", str(file))
    again = command("ladder", "set", str(file))

    assert (checked.status, adopted.status, again.status) == (0, 0, 1)
    assert "bản 2" in adopted.out
    assert "giống hệt bản 2" in again.err
    assert "trước hạn 5 ngày làm việc" in command("ladder", "show").out


def test_every_step_out_of_reach_is_named(command: Any, file: Path) -> None:
    """All of them before the refusal, and nothing is changed."""
    written = (
        file.read_text("utf-8")
        .replace("offset = 3\n", "offset = 1\n")
        .replace("offset = 10\n", "offset = 4\n")
    )
    file.write_text(written, "utf-8")
    refused = command("ladder", "set", str(file))

    assert refused.status == 3
    assert "«overdue-3»" in refused.out
    assert "«overdue-10»" in refused.out
    assert "Chưa có gì thay đổi" in refused.err
    assert json.loads(command("ladder", "show", "--json").out)["version"] == 1


def test_a_slip_is_said_with_what_may_stand_there(command: Any, file: Path) -> None:
    """No word of the program's own innards: which step, and which roles there are."""
    file.write_text(file.read_text("utf-8").replace('"chairman"', '"king"'), "utf-8")
    refused = command("ladder", "check", str(file))

    assert refused.status == 3
    assert "«overdue-20»" in refused.err
    assert "vice-chair, chairman" in refused.err
    assert "not a valid" not in refused.err


def test_a_rehearsal_counts_letters_for_each_person(database: Engine, command: Any, file: Path) -> None:
    """Who, how many, the busiest day; an empty stretch says so, days in the wrong order are refused."""
    told = command("ladder", "simulate", str(file), "--from", "01/04/2020", "--to", "30/04/2020")
    nothing = command("ladder", "simulate", "--from", "01/01/2019", "--to", "31/01/2019")
    wrong = command("ladder", "simulate", "--from", "30/04/2020", "--to", "01/04/2020")

    assert told.status == 0
    assert "so-cong-thuong-officer" in told.out
    assert "Chưa gửi gì" in told.out
    assert "không có thư nào phải gửi" in nothing.out
    assert (wrong.status, "ngày đầu phải trước ngày cuối" in wrong.err) == (2, True)
