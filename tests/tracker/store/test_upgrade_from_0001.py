"""A database of the first version, with work in it, is brought up to date in place and starts silent."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final

import pytest
from alembic.util import load_python_file
from sqlalchemy import Connection, Engine, text

from tests.tracker.factories import an_app
from tracker.domain.holds import HoldReason
from tracker.services.audit import verify
from tracker.services.daily import run_day
from tracker.store import backup as rows
from tracker.store import chain, deadline_versions, guards, migrations
from tracker.store.engine import REBUILDING, make_engine
from tracker.store.holds import open_holds
from tracker.store.migrate import head, prepare, upgrade, upgrade_within
from tracker.store.session import reading

OFFICE: Final = Path(__file__).with_name("office_of_0001.sql")
DUE: Final = {1: "2020-04-08", 2: None, 3: "2020-06-30"}


def fill(connection: Connection) -> None:
    """Write the old rows in SQL: the program that knew those tables is gone."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL timezone TO 'UTC'"))
    for statement in OFFICE.read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement.replace("%", "%%"))
    rows.set_sequences(connection, rows.tables_of(connection))


def lines_of(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table as plain values."""
    with rows.snapshot(engine) as connection:
        tables = rows.tables_of(connection)
        return {table.name: [json.loads(line) for line in rows.dump(connection, table)] for table in tables}


@pytest.fixture
def old(empty_database_url: str) -> Iterator[Engine]:
    """Give a database at the first revision with work in it."""
    engine = make_engine(empty_database_url)
    with engine.execution_options(**{REBUILDING: True}).begin() as connection:
        upgrade_within(connection, "0001")
        fill(connection)
    yield engine
    engine.dispose()


def test_nothing_is_lost_and_the_rest_is_filled_in(old: Engine) -> None:
    """Every old row is there with every old value; new columns are empty but for what is known."""
    before = lines_of(old)
    assert upgrade(old) == head()
    after = lines_of(old)

    for table, found in before.items():
        known = after[table][: len(found)]
        assert len(known) == len(found), table
        for was, now in zip(found, known, strict=True):
            sealed = {"hash", "previous_hash"} if table == "events" else set()
            assert {name: now.get(name) for name in was.keys() - sealed} == {
                name: was[name] for name in was.keys() - sealed
            }, table
    added = {table: len(found) - len(before.get(table, ())) for table, found in after.items()}
    assert {table: count for table, count in added.items() if count} == {
        "chain": 1,
        "deadline_versions": 3,
        "events": 1,
        "holds": 1,
    }


def test_each_assignment_has_its_first_deadline_and_history_is_chained(old: Engine) -> None:
    """Version 1 says how the day was reached and by whom; the chain holds, its triggers stand."""
    upgrade(old)
    with reading(old) as session:
        firsts = {number: deadline_versions.of(session, number) for number in DUE}
        missing = guards.missing(session)
    verified = verify(old)

    for number, due in DUE.items():
        (first,) = firsts[number]
        assert (first.version, first.cause) == (1, "read")
        assert first.due_on == (None if due is None else date.fromisoformat(due))
        assert (first.explain, first.document, first.actor) == (
            f"cách tính {number}",
            "120/TB-UBND",
            "chị Hoa",
        )
    assert (verified.whole, verified.walked.count, missing) == (True, 4, [])
    assert (verified.compared.works, verified.compared.before) == (3, 3)  # told as before, not as a fault


@pytest.mark.parametrize(
    "at",
    [
        datetime(2020, 4, 6, 3, 15),  # noqa: DTZ001 - as SQLite gives it back
        datetime(2020, 4, 6, 10, 15, tzinfo=timezone(timedelta(hours=7))),
        datetime(2020, 4, 6, 3, 15, 0, 250, tzinfo=UTC),
    ],
)
def test_history_is_chained_by_the_rule_that_verifies_it(at: datetime) -> None:
    """The migration's own copy of the rule and the live one give the same hash, of every field of a line."""
    folder = Path(migrations.__file__).parent
    frozen = load_python_file(str(folder / "versions"), "0002_register_and_lifecycle.py")
    line = chain.KeptLine(
        id=7,
        at=at,
        actor="chị Hoa",
        channel="cli",
        action="approved",
        entity="directive",
        entity_id=3,
        before=None,
        after={"số": "120/TB-UBND", "due_on": "2020-04-08"},
        previous_hash=None,
        hash=None,
    )
    other = replace(line, id=8)

    assert frozen.GENESIS == chain.GENESIS
    assert frozen.link(chain.GENESIS, line) == chain.link(chain.GENESIS, line)
    assert frozen.link(chain.GENESIS, other) == chain.link(chain.GENESIS, other)
    assert frozen.link(chain.GENESIS, other) != frozen.link(chain.GENESIS, line)


def test_an_upgraded_office_starts_silent(old: Engine, tmp_path: Path) -> None:
    """Nothing is planned before a person has looked; the line of history says why."""
    upgrade(old)
    with reading(old) as session:
        (hold,) = open_holds(session)
    before = lines_of(old)
    report = run_day(an_app(old, tmp_path), date(2020, 4, 6))

    assert (hold.reason, hold.directive_id) == (HoldReason.UPGRADED, None)
    assert (report.held, report.queued) == (("upgraded",), 0)
    assert lines_of(old) == before
    assert before["events"][-1]["action"] == "hold-put"


def test_rows_point_somewhere_and_new_ones_are_numbered_on(old: Engine) -> None:
    """Foreign keys hold after the tables were rebuilt, and are watched again."""
    upgrade(old)
    prepare(old)
    with old.begin() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        connection.execute(text("INSERT INTO serials (series, last) VALUES ('NV-2021', 1)"))
    with pytest.raises(Exception, match=r"(?i)foreign key"), old.begin() as connection:
        connection.execute(text("UPDATE tasks SET directive_id = 99"))


def test_an_empty_database_is_upgraded_without_a_hold(empty_database_url: str) -> None:
    """Where nobody has work, there is nothing to be silent about."""
    engine = make_engine(empty_database_url)
    with engine.execution_options(**{REBUILDING: True}).begin() as connection:
        upgrade_within(connection, "0001")
    upgrade(engine)
    with reading(engine) as session:
        assert open_holds(session) == []
    engine.dispose()
