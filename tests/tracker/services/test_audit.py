# ruff: noqa: S608 - the statements are those of an attacker, and the names in them are ours
"""Nobody rewrites history unseen: each way of tampering is found, and what was touched is named."""

import sqlite3
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from tests.tracker.factories import a_deadline, a_directive, a_draft, an_agency
from tests.tracker.services.forging import forged_hash
from tracker.errors import Conflict, InvalidSetting
from tracker.services.audit import Verification, expected_of, verify
from tracker.services.audit_walk import Expected, Fault
from tracker.store.chain import GENESIS
from tracker.store.events import Act, Change, record
from tracker.store.session import transaction

MOMENT = datetime(2020, 4, 3, 7, 0, tzinfo=UTC)
COLUMNS = (
    *("id", "at", "actor", "channel", "action", "entity", "entity_id"),
    *("before", "after", "previous_hash", "hash"),
)


def write(engine: Engine, *numbers: int) -> None:
    """Write a line of history for each number, each in a transaction of its own."""
    for number in numbers:
        with transaction(engine) as session:
            act = Act("Lan", "cli", MOMENT + timedelta(minutes=number))
            change = Change({"status": "assigned"}, {"status": "under_way", "words": f"tiến độ {number}"})
            record(session, act, "start", ("task", number), change)


@pytest.fixture
def history(engine: Engine) -> Engine:
    """Give a database with nine lines of history."""
    write(engine, *range(1, 10))
    return engine


class Attack(NamedTuple):
    """A connection of one who owns the database: the triggers are out of the way."""

    connection: Connection

    def run(self, statement: str, **values: Any) -> None:
        """Do one thing to the database."""
        self.connection.execute(text(statement), values)

    def row(self, number: int) -> dict[str, Any]:
        """Return a line as it lies there."""
        found = self.connection.execute(text("SELECT * FROM events WHERE id = :n"), {"n": number})
        return dict(found.mappings().one())


def attack(engine: Engine, deed: Callable[[Attack], object]) -> Verification:
    """Let somebody who may drop triggers do something, put the triggers back, and verify."""
    with engine.begin() as connection, without_triggers(connection):
        deed(Attack(connection))
    return verify(engine)


@contextmanager
def without_triggers(connection: Connection) -> Iterator[None]:
    """Take the triggers of history away, and put them back as they were."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE events DISABLE TRIGGER USER"))
        yield
        connection.execute(text("ALTER TABLE events ENABLE TRIGGER USER"))
        return
    made = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'events'")
    ).all()
    for name, _ in made:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _, sql in made:
        connection.exec_driver_sql(sql)


def named(found: Verification) -> list[tuple[Fault, int | None]]:
    """Return each fault with the line it names, or the line after which something is missing."""
    return [(one.fault, one.after if one.line is None else one.line.id) for one in found.walked.findings]


def test_what_was_written_verifies(history: Engine) -> None:
    """An untouched history is whole, and its end can be written down."""
    found = verify(history)

    assert found.whole
    assert found.walked.count == 9
    assert found.mark == f"{found.walked.last_hash}@9"


def test_a_new_database_has_a_whole_history_of_nothing(engine: Engine) -> None:
    """Nothing was written and nothing is missing."""
    found = verify(engine)

    assert found.whole
    assert found.mark == f"{GENESIS}@0"


@pytest.mark.parametrize("number", [1, 5, 9], ids=["first", "middle", "last"])
@pytest.mark.parametrize("column", [name for name in COLUMNS if name != "id"])
def test_a_changed_byte_is_found_in_every_column(history: Engine, column: str, number: int) -> None:
    """Whatever column it is in, the line is named, and only that line."""

    def deed(by: Attack) -> None:
        old = by.row(number)[column]
        by.run(f"UPDATE events SET {column} = {other(by, old)} WHERE id = {number}")

    expected = {"hash": Fault.HASH_EDITED, "previous_hash": Fault.LINK_EDITED}.get(column, Fault.EDITED)
    assert named(attack(history, deed)) == [(expected, number)]


def other(by: Attack, old: Any) -> str:
    """Return SQL for a value that differs from an old one in one place."""
    if by.connection.dialect.name == "postgresql" and isinstance(old, dict):
        return """'{"status": "under_wax"}'::jsonb"""
    if isinstance(old, datetime):
        return "at + interval '1 second'"
    if isinstance(old, int):
        return str(old ^ 1)
    changed = str(old)[:-3] + chr(ord(str(old)[-3]) ^ 1) + str(old)[-2:]
    return "'" + changed.replace("'", "''") + "'"


def test_every_byte_of_a_line_counts(history: Engine) -> None:
    """On SQLite, where a column holds any bytes, not one of them can be flipped unseen in any column."""
    if history.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's types refuse most of these by themselves")
    path = history.url.database or ""
    attacker = sqlite3.connect(path, isolation_level=None)
    for name in ("update", "delete", "replace"):
        attacker.execute(f"DROP TRIGGER events_no_{name}")
    for column in COLUMNS[1:]:
        kind = "INTEGER" if column == "entity_id" else "TEXT"
        put = f"UPDATE events SET {column} = CAST(? AS {kind}) WHERE id = 5"
        look = f"SELECT CAST({column} AS BLOB) FROM events WHERE id = 5"
        (kept,) = attacker.execute(look).fetchone()
        for place in range(len(kept)):
            flipped = bytearray(kept)
            flipped[place] ^= 1 << (place % 7)
            attacker.execute(put, (bytes(flipped),))
            assert [number for _, number in named(verify(history))] == [5], (column, place)
        attacker.execute(put, (kept,))
    attacker.close()
    assert verify(history).walked.findings == ()


def delete(number: int) -> Callable[[Attack], None]:
    """Remove a line."""
    return lambda by: by.run("DELETE FROM events WHERE id = :n", n=number)


def renumber(old: int, new: int) -> Callable[[Attack], None]:
    """Give a line another number."""
    return lambda by: by.run("UPDATE events SET id = :new WHERE id = :old", old=old, new=new)


def swap(one: int, two: int) -> Callable[[Attack], None]:
    """Let two lines change places."""

    def deed(by: Attack) -> None:
        for old, new in ((one, 900), (two, one), (900, two)):
            renumber(old, new)(by)

    return deed


def copy(number: int, into: int) -> Callable[[Attack], None]:
    """Put a copy of a line in elsewhere, with its hashes."""
    rest = ", ".join(COLUMNS[1:])
    return lambda by: by.run(
        f"INSERT INTO events (id, {rest}) SELECT {into}, {rest} FROM events WHERE id = {number}"
    )


def rehash(number: int) -> Callable[[Attack], None]:
    """Change what a line says and reckon its own hash anew, but not those after it."""

    def deed(by: Attack) -> None:
        by.run("UPDATE events SET actor = 'Kẻ gian' WHERE id = :n", n=number)
        by.run("UPDATE events SET hash = :h WHERE id = :n", h=forged_hash(by.connection, number), n=number)

    return deed


def append_forged(by: Attack) -> None:
    """Add a line whose hash follows the last one's rightly, without the end of the chain knowing."""
    copy(9, 10)(by)
    by.run("UPDATE events SET previous_hash = (SELECT hash FROM events WHERE id = 9) WHERE id = 10")
    by.run("UPDATE events SET hash = :h WHERE id = 10", h=forged_hash(by.connection, 10))


def squeeze_in(by: Attack) -> None:
    """Make room in the middle, and put a line there that follows the one before it rightly."""
    for number in range(9, 5, -1):
        renumber(number, number + 1)(by)
    copy(5, 6)(by)


@pytest.mark.parametrize(
    ("deed", "expected"),
    [
        pytest.param(delete(1), [(Fault.MISSING, 0)], id="the first removed"),
        pytest.param(delete(5), [(Fault.MISSING, 4)], id="one in the middle removed"),
        pytest.param(delete(9), [(Fault.CUT_OFF, 8)], id="the last removed"),
        pytest.param(lambda by: by.run("DELETE FROM events"), [(Fault.CUT_OFF, 0)], id="all removed"),
        pytest.param(
            lambda by: by.run("DELETE FROM events WHERE id IN (4, 5, 8)"),
            [(Fault.MISSING, 3), (Fault.MISSING, 7)],
            id="several removed",
        ),
        pytest.param(swap(3, 7), [(Fault.MOVED, 3), (Fault.MOVED, 7)], id="two far apart swapped"),
        pytest.param(swap(4, 5), [(Fault.MOVED, 4), (Fault.MOVED, 5)], id="two neighbours swapped"),
        pytest.param(swap(1, 9), [(Fault.MOVED, 1), (Fault.MOVED, 9)], id="first and last swapped"),
        pytest.param(renumber(5, 50), [(Fault.MISSING, 4), (Fault.MOVED, 50)], id="moved to the end"),
        pytest.param(renumber(9, 12), [(Fault.MOVED, 12)], id="the last renumbered"),
        pytest.param(copy(5, 10), [(Fault.INSERTED, 10)], id="a copy at the end"),
        pytest.param(append_forged, [(Fault.INSERTED, 10)], id="a forged line at the end"),
        pytest.param(rehash(5), [(Fault.REWRITTEN, 5)], id="rewritten with its hash"),
        pytest.param(rehash(1), [(Fault.REWRITTEN, 1)], id="the first rewritten with its hash"),
        pytest.param(rehash(9), [(Fault.END_EDITED, 9)], id="the last rewritten with its hash"),
        pytest.param(
            lambda by: by.run(
                "INSERT INTO events (id, at, actor, channel, action, entity, entity_id) "
                "SELECT 10, at, 'x', 'cli', 'start', 'assignment', 5 FROM events WHERE id = 9"
            ),
            [(Fault.INSERTED, 10)],
            id="put in without a hash",
        ),
        pytest.param(
            lambda by: by.run("UPDATE chain SET count = 8"), [(Fault.END_EDITED, None)], id="count edited"
        ),
        pytest.param(
            lambda by: by.run("UPDATE chain SET last_hash = :h", h="a" * 64),
            [(Fault.END_EDITED, 9)],
            id="last hash edited",
        ),
        pytest.param(
            lambda by: by.run("DELETE FROM chain"), [(Fault.END_MISSING, None)], id="the end removed"
        ),
    ],
)
def test_every_way_of_tampering_is_found_and_named(
    history: Engine, deed: Callable[[Attack], object], expected: list[tuple[Fault, int | None]]
) -> None:
    """Removed, reordered, inserted, rewritten, cut off: each is found, and the line is named."""
    assert named(attack(history, deed)) == expected


def test_a_line_squeezed_in_is_found(history: Engine) -> None:
    """Whoever makes room has to renumber what follows, and every one of those lines is missed."""
    found = attack(history, squeeze_in)

    assert named(found) == [(Fault.INSERTED, 6), *((Fault.MOVED, number) for number in range(7, 11))]


def test_an_end_cut_off_with_its_mark_is_found_by_the_mark_kept_outside(history: Engine) -> None:
    """Who also sets the end of the chain back leaves it whole; only what was written down outside tells."""
    mark = verify(history).mark

    def deed(by: Attack) -> None:
        delete(9)(by)
        by.run("UPDATE chain SET count = 8, last_hash = (SELECT hash FROM events WHERE id = 8)")

    assert attack(history, deed).whole
    assert named(verify(history, expected=expected_of(mark))) == [(Fault.NOT_EXPECTED, None)]


def test_an_earlier_mark_is_proven_to_be_in_the_chain(history: Engine) -> None:
    """What was written down earlier is still there after more was written; at another place it is not."""
    mark = verify(history).mark
    write(history, 10, 11)

    assert verify(history, expected=expected_of(mark)).whole
    assert verify(history, expected=expected_of(mark.partition("@")[0])).walked.met_at == 9
    assert not verify(history, expected=expected_of(mark.replace("@9", "@8"))).whole
    assert not verify(history, expected=Expected("b" * 64)).whole


@pytest.mark.parametrize("written", ["", "abc", "g" * 64, "a" * 64 + "@x", "a" * 64 + "@"])
def test_what_is_no_mark_is_refused(written: str) -> None:
    """A mark cut short proves nothing, and is said to be none."""
    with pytest.raises(InvalidSetting, match="dondoc audit verify"):
        expected_of(written)


def test_many_faults_are_counted_and_only_some_listed(engine: Engine) -> None:
    """A history rewritten throughout does not fill the memory or the screen."""
    write(engine, *range(1, 131))
    found = attack(engine, lambda by: by.run("UPDATE events SET actor = 'x'"))

    assert (len(found.walked.findings), found.walked.more) == (100, 30)


def test_a_missing_trigger_is_named(history: Engine) -> None:
    """History may be whole and no longer guarded: that is told too."""
    with history.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE events DISABLE TRIGGER events_only_added"))
            connection.execute(text("DROP TRIGGER deadline_versions_only_added ON deadline_versions"))
            expected = ("events_only_added", "deadline_versions_only_added")
        else:
            connection.execute(text("DROP TRIGGER events_no_delete"))
            connection.execute(text("DROP TRIGGER deadline_versions_no_update"))
            connection.execute(
                text("CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT 1; END")
            )
            expected = ("events_no_delete", "deadline_versions_no_update")
    found = verify(history)

    assert found.walked.findings == ()
    assert found.guards_missing == expected
    assert not found.whole


def test_a_trigger_that_does_nothing_is_no_guard(history: Engine) -> None:
    """The name alone is not trusted."""
    with history.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(
                "CREATE OR REPLACE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RETURN NULL; END $$"
            )
        else:
            connection.exec_driver_sql("DROP TRIGGER events_no_update")
            connection.exec_driver_sql(
                "CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT 1; END"
            )

    assert len(verify(history).guards_missing) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET actor = 'x'",
        "DELETE FROM events",
        "REPLACE INTO events SELECT * FROM events WHERE id = 3",
        "INSERT OR REPLACE INTO events (id, at, actor, channel, action, entity, entity_id)"  # noqa: ISC004
        " VALUES (3, '2020-01-01 00:00:00.000000', 'x', 'cli', 'x', 'x', 1)",
        "UPDATE OR REPLACE events SET id = 3 WHERE id = 4",
        "TRUNCATE events",
    ],
)
def test_the_database_refuses_to_rewrite_history(history: Engine, statement: str) -> None:
    """Also by the ways around the obvious ones: SQLite's REPLACE, PostgreSQL's TRUNCATE."""
    before = verify(history)
    only = {"REPLACE": "sqlite", "TRUNCATE": "postgresql"}
    if any(word in statement and name != history.dialect.name for word, name in only.items()):
        pytest.skip("no such statement here")

    with pytest.raises(DBAPIError, match="only ever added"), history.begin() as connection:
        connection.exec_driver_sql(statement)

    assert verify(history) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE deadline_versions SET due_on = NULL",
        "DELETE FROM deadline_versions",
        "REPLACE INTO deadline_versions SELECT * FROM deadline_versions",
        "REPLACE INTO deadline_versions (assignment_id, version, cause, explain, at, actor)"  # noqa: ISC004
        " SELECT assignment_id, version, cause, explain, at, 'x' FROM deadline_versions",
        "TRUNCATE deadline_versions",
    ],
)
def test_the_database_refuses_to_rewrite_a_deadline(engine: Engine, statement: str) -> None:
    """The first deadline is kept for ever, whichever way somebody tries."""
    with transaction(engine) as session:
        an_agency(session)
        a_directive(session, a_draft(a_deadline(date(2020, 4, 8))))
    only = {"REPLACE": "sqlite", "TRUNCATE": "postgresql"}
    if any(word in statement and name != engine.dialect.name for word, name in only.items()):
        pytest.skip("no such statement here")

    with pytest.raises(DBAPIError, match="only ever added"), engine.begin() as connection:
        connection.exec_driver_sql(statement)


def test_a_transaction_given_up_writes_no_history(history: Engine) -> None:
    """What was rolled back never happened: no line, no gap, and the chain goes on."""
    before = verify(history)

    def half_done() -> None:
        with transaction(history) as session:
            record(session, Act("Lan", "cli", MOMENT), "start", ("assignment", 1), Change())
            session.flush()
            raise Conflict("assignment.stale", ref=1)

    with pytest.raises(Conflict):
        half_done()

    assert verify(history) == before
    write(history, 10)
    assert verify(history).walked.count == 10


def test_nothing_is_written_where_the_end_is_gone(history: Engine) -> None:
    """Without its end the chain cannot be continued: the act is refused with what to do."""
    attack(history, lambda by: by.run("DELETE FROM chain"))

    with pytest.raises(Conflict, match="dondoc audit verify"):
        write(history, 10)


@pytest.mark.slow
def test_a_long_history_is_walked_without_holding_it(engine: Engine) -> None:
    """Five times as many lines take no more memory."""

    def peak() -> int:
        tracemalloc.start()
        found = verify(engine)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert found.whole
        return most

    def write_at_once(count: int) -> None:
        with transaction(engine) as session:
            for number in range(count):
                change = Change(after={"words": f"tiến độ {number} " + "x" * 200})
                record(session, Act("Lan", "cli", MOMENT), "progress", ("assignment", number), change)

    write_at_once(3000)
    few = peak()
    write_at_once(12000)

    assert peak() < 2 * few
