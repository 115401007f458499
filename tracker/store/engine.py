"""Open the database: SQLite by default, PostgreSQL by URL."""

from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import StaticPool

from tracker.errors import InvalidSetting, TrackerError, Unavailable

READING: Final = "dondoc_reading"  # execution option of sessions that only read
REBUILDING: Final = "dondoc_rebuilding"  # of an upgrade: SQLite changes a table by making it anew
WAIT_FOR_LOCK: Final = 30  # seconds
DRIVERS: Final = frozenset(
    {"sqlite", "sqlite+pysqlite", "postgresql+psycopg"}
)  # the asynchronous ones cannot serve us


def make_engine(url: str) -> Engine:
    """Build an engine for a URL; nothing is connected yet, except that SQLite's folder is made.

    Raises InvalidSetting for a URL that cannot be used, Unavailable for a folder that cannot be written.
    """
    parsed = _parse(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed)
    try:
        return create_engine(parsed, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except NoSuchModuleError as error:
        raise InvalidSetting("database.unknown-kind", kind=parsed.drivername) from error
    except ModuleNotFoundError as error:
        raise InvalidSetting("database.no-driver", driver=error.name) from error


def _parse(url: str) -> URL:
    """Read a URL; plain `postgres://` means the driver we ship."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:  # ValueError: a port that is no number
        raise InvalidSetting("database.bad-url", url=url) from error
    if parsed.drivername in {"postgres", "postgresql"}:
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in DRIVERS:
        raise InvalidSetting("database.unknown-kind", kind=parsed.drivername)
    return parsed


def _sqlite(url: URL) -> Engine:
    """Build an engine whose writers begin IMMEDIATE: deferred ones fail at once under contention."""
    waiting = {"timeout": _wait(url)}
    options: dict[str, Any] = {"connect_args": {**waiting, "check_same_thread": False}}
    if url.database in {None, "", ":memory:"}:
        options["poolclass"] = StaticPool
    else:
        _make_folder(Path(str(url.database)).parent)
    engine = create_engine(url.difference_update_query(["timeout"]), **options)
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _wait(url: URL) -> float:
    """Return how many seconds a writer waits for another one."""
    try:
        return float(str(url.query.get("timeout", WAIT_FOR_LOCK)))
    except ValueError as error:
        raise InvalidSetting("database.bad-url", url=url) from error


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable("folder.not-writable", folder=folder) from error


def _configure(connection: Any, _record: object) -> None:
    """Leave transactions to us, and turn on what SQLite leaves off.

    synchronous=FULL: with NORMAL, a power cut may take back what a person was told is saved.
    """
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    reading = options.get(READING, False)
    watched = "OFF" if options.get(REBUILDING, False) else "ON"
    connection.exec_driver_sql(f"PRAGMA foreign_keys={watched}")  # it has no effect inside a transaction
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


_SQLITE_SAYS: Final = (
    ("unable to open database file", "database.not-openable"),
    ("database is locked", "database.locked"),
    ("readonly database", "database.read-only"),
    ("disk is full", "database.disk-full"),
    ("disk I/O error", "database.disk-error"),  # what SQLite says as well where the last 4 kB are used up
    ("not a database", "database.not-a-database"),
    ("malformed", "database.not-a-database"),
    ("no such table", "database.not-prepared"),
    ("no such column", "database.not-prepared"),
)


_POSTGRESQL_SAYS: Final = {
    "42P01": "database.not-prepared",  # undefined table
    "42703": "database.not-prepared",  # undefined column
    "53100": "database.disk-full",
    "58030": "database.disk-error",
}


def explained(error: DBAPIError, url: URL) -> TrackerError | None:
    """Return what a database error means to a person, or None for one that is our own mistake."""
    shown = url.render_as_string(hide_password=True)
    said = str(error.orig)
    if url.get_backend_name() == "sqlite":
        code = next((code for words, code in _SQLITE_SAYS if words in said), None)
        return None if code is None else Unavailable(code, url=shown)
    state = getattr(error.orig, "sqlstate", None)
    if state in _POSTGRESQL_SAYS:
        return Unavailable(_POSTGRESQL_SAYS[state], url=shown)
    if state is None or state[:2] in {
        "08",
        "28",
        "3D",
        "57",
    }:  # no answer, no entry, no such database, shutdown
        return Unavailable("database.no-answer", url=shown, detail=said.strip().splitlines()[0])
    return None
