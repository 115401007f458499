"""Bring the database's tables to this version of the program: Alembic, without its command line."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from tracker.domain.holds import HoldReason
from tracker.errors import Unavailable
from tracker.store.engine import READING, REBUILDING, explained
from tracker.store.events import SYSTEM_NAME, Act, seal
from tracker.store.holds import put
from tracker.store.tables import AssignmentRow

_LOCK: Final = (
    0x646F6E646F63  # "dondoc": PostgreSQL's advisory lock, so that two upgrades wait for each other
)


def upgrade(engine: Engine) -> str:
    """Bring the tables up to date, in one transaction, and return the revision they are at.

    Safe to call at any time and from several processes at once.
    """
    try:
        with engine.execution_options(**{REBUILDING: True}).begin() as connection:
            wait_for_turn(connection)
            _refuse_newer(connection)
            before = revision_of(connection)
            command.upgrade(_config(connection), "head")
            _check_references(connection)
            after = revision_of(connection) or ""
            if before not in {None, after}:
                _start_silent(connection)
            return after
    except DBAPIError as error:
        if (meant := explained(error, engine.url)) is not None:
            raise meant from error
        raise


def _check_references(connection: Connection) -> None:
    """Refuse to commit rows that point nowhere."""
    if broken := references_that_point_nowhere(connection):
        raise RuntimeError(f"the upgrade would leave rows that point nowhere, of {broken}")


def references_that_point_nowhere(connection: Connection) -> list[str]:
    """Name the tables with rows that point nowhere; while SQLite rebuilds tables nothing else watches."""
    if connection.dialect.name != "sqlite":
        return []
    return sorted({row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")})


def _start_silent(connection: Connection) -> None:
    """Put a hold on an upgraded database that holds work: nothing is sent before a person has looked."""
    with Session(connection) as session:
        if session.exec(select(AssignmentRow.id).limit(1)).first() is not None:
            put(session, HoldReason.UPGRADED, act=Act(SYSTEM_NAME, "upgrade", datetime.now(UTC)))
            seal(session)
            session.flush()


def prepare(engine: Engine) -> None:
    """Make the tables of an empty database; raise Unavailable where an existing one is of another version."""
    try:
        with engine.execution_options(**{READING: True}).connect() as connection:
            revision = revision_of(connection)
            empty = not inspect(connection).get_table_names()
            _refuse_newer(connection)
    except DBAPIError as error:
        if (meant := explained(error, engine.url)) is not None:
            raise meant from error
        raise
    if empty:
        upgrade(engine)
    elif revision != head():
        raise Unavailable("database.not-prepared", url=engine.url.render_as_string(hide_password=True))


def known_revisions() -> frozenset[str]:
    """Return the revisions that this version of the program can bring up to date."""
    return frozenset(one.revision for one in ScriptDirectory.from_config(_config()).walk_revisions())


def upgrade_within(connection: Connection, revision: str) -> None:
    """Bring the tables to a revision in a transaction that is open already, made with REBUILDING.

    Another process that upgrades waits until it has ended.
    """
    wait_for_turn(connection)
    command.upgrade(_config(connection), revision)
    _check_references(connection)


def wait_for_turn(connection: Connection) -> None:
    """Let two upgrades at once follow each other; SQLite's transactions do so by themselves."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def head() -> str:
    """Return the revision this version of the program works with."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def _refuse_newer(connection: Connection) -> None:
    """Leave a database from a newer program alone."""
    revision = revision_of(connection)
    if revision is not None and revision not in known_revisions():
        raise Unavailable("database.newer", revision=revision)


def revision_of(connection: Connection) -> str | None:
    """Return the revision a database is at, None for one without tables."""
    return MigrationContext.configure(connection).get_current_revision()


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    folder = Path(__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
