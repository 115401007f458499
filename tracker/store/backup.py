"""Every row of the database as lines of JSON, and back: the same lines from SQLite and from PostgreSQL.

The tables are read from the database itself, so that a backup of an older schema can be loaded as it was.
A line is an object with sorted keys; a column without a value in a JSON column (SQL NULL, which is not JSON's
null) is left out. The lines of a table stand in the order of its primary key.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from itertools import islice
from typing import Any, Final

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    bindparam,
    cast,
    delete,
    func,
    insert,
    null,
    select,
    text,
    update,
)

from tracker.store.engine import READING

REVISIONS: Final = "alembic_version"
BATCH: Final = 500  # rows


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Open one transaction that sees the database as of one moment, whoever writes meanwhile."""
    if engine.dialect.name == "postgresql":
        options: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    else:
        options = {READING: True}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


def tables_of(connection: Connection) -> list[Table]:
    """Return the tables there are, each after those that it points to."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != REVISIONS]


def is_empty(connection: Connection) -> bool:
    """Tell whether the database holds nothing; an unbroken chain of no history is nothing."""
    return not any(
        connection.execute(select(table).limit(1)).first() is not None
        for table in tables_of(connection)
        if table.name != "chain" or connection.scalar(select(func.max(table.c.count)))
    )


def count(connection: Connection, table: Table) -> int:
    """Return how many rows a table has."""
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def kept_places(connection: Connection) -> set[str]:
    """Return where, under the files folder, the files lie that rows speak of."""
    columns = [table.c.stored_as for table in tables_of(connection) if "stored_as" in table.c]
    return {place for column in columns for place in connection.scalars(select(column))}


def dump(connection: Connection, table: Table) -> Iterator[bytes]:
    """Yield the rows of a table as lines."""
    dialect = connection.dialect.name
    columns = list(table.columns)
    asked = select(*(cast(one, Text) if _is_json(one) else one for one in columns)).order_by(
        *(_place(one, dialect) for one in table.primary_key)
    )
    writers = [_writer(one) for one in columns]
    rows = connection.execute(asked, execution_options={"stream_results": True, "yield_per": BATCH})
    for row in rows:
        pairs = zip(columns, writers, row, strict=True)
        values = {
            one.name: write(value) for one, write, value in pairs if not (_is_json(one) and value is None)
        }
        line = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
        yield line.encode() + b"\n"


def load(connection: Connection, table: Table, lines: Iterable[bytes]) -> None:
    """Add the rows of a table; any error of a line or of the database ends it.

    What a row says of another of the same table is written when all are there, whatever their order.
    """
    own = [one for one in table.columns if any(key.column.table is table for key in one.foreign_keys)]
    keys = list(table.primary_key.columns)
    later: list[dict[str, Any]] = []
    read = partial(_row, table, {one.name: _reader(one, connection.dialect.name) for one in table.columns})
    pending = map(read, lines)
    while batch := list(islice(pending, BATCH)):
        for row in batch:
            said = {one.name: row[one.name] for one in own if row[one.name] is not None}
            if said:
                later.append(
                    {f"_{one.name}": row[one.name] for one in keys} | {one.name: row[one.name] for one in own}
                )
                row.update(dict.fromkeys(said))
        connection.execute(insert(table), batch)
    if later:
        which = [one == bindparam(f"_{one.name}") for one in keys]
        values: dict[str, Any] = {one.name: bindparam(one.name) for one in own}
        connection.execute(update(table).where(*which).values(values), later)


def clear(connection: Connection, tables: Iterable[Table]) -> None:
    """Remove the rows with which a new schema begins; a table without any is not touched."""
    for table in tables:
        if count(connection, table):
            connection.execute(delete(table))


def set_sequences(connection: Connection, tables: Iterable[Table]) -> None:
    """Let PostgreSQL number new rows after those that were loaded; SQLite looks by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        for column in table.primary_key.columns:
            if column.server_default is None or (last := connection.scalar(select(func.max(column)))) is None:
                continue
            named = {"table": table.name, "column": column.name, "last": last}
            connection.execute(text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)"), named)


class BadLine(ValueError):
    """A line that is no row of its table."""

    def __init__(self, table: str, why: str) -> None:
        super().__init__(f"{table}: {why}")
        self.table = table


def _is_json(column: Column[Any]) -> bool:
    return isinstance(column.type, JSON)


def _place(column: Column[Any], dialect: str) -> Any:
    """Order text alike on both databases, whatever language PostgreSQL sorts in."""
    if isinstance(column.type, String):
        return column.collate("C" if dialect == "postgresql" else "BINARY")
    return column


def _writer(column: Column[Any]) -> Callable[[Any], Any]:
    if _is_json(column):
        return json.loads
    if isinstance(column.type, DateTime):
        return _moment_out
    return _day_out if isinstance(column.type, Date) else _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _day_out(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _moment_out(value: datetime | None) -> str | None:
    if value is None:
        return None
    aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return aware.isoformat()


def _reader(column: Column[Any], dialect: str) -> Callable[[Any], Any]:
    if _is_json(column):
        return lambda value: JSON.NULL if value is None else value
    if isinstance(column.type, DateTime):
        return partial(_moment_in, naive=dialect == "sqlite")
    if isinstance(column.type, Date):
        return _day_in
    return partial(_plain_in, known=next(known for kind, known in _PLAIN if isinstance(column.type, kind)))


def _day_in(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _moment_in(value: Any, *, naive: bool) -> datetime | None:
    if value is None:
        return None
    moment = datetime.fromisoformat(value).astimezone(UTC)
    return moment.replace(tzinfo=None) if naive else moment


_PLAIN: Final[tuple[tuple[type, tuple[type, ...]], ...]] = (
    (Boolean, (bool,)),
    (Integer, (int,)),
    (Numeric, (float, int)),  # which Float is a kind of
    (String, (str,)),
)


def _plain_in(value: Any, *, known: tuple[type, ...]) -> Any:
    """Let no other kind of value in: SQLite would keep a word in a column of numbers."""
    if value is not None and type(value) not in known:
        raise TypeError(f"{type(value).__name__} in a column of {known[0].__name__}")
    return value


def _row(table: Table, readers: Mapping[str, Callable[[Any], Any]], line: bytes) -> dict[str, Any]:
    """Read a line as a row, or say what is wrong with it."""
    try:
        said = json.loads(line)
        missing = readers.keys() - said.keys()
        unknown = said.keys() - readers.keys()
        bare = [name for name in missing if not _is_json(table.c[name])]
        row = {name: read(said[name]) for name, read in readers.items() if name in said}
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise BadLine(table.name, str(error)) from error
    if bare or unknown:
        raise BadLine(table.name, f"columns {sorted({*bare, *unknown})}")
    return row | dict.fromkeys(missing, null())
