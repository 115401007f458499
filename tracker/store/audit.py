"""History as the database holds it, line by line and as raw as it lies there, for the one who checks it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Engine, Row, text
from sqlmodel import Session, col, select

from tracker.store.chain import KeptLine
from tracker.store.session import reading
from tracker.store.tables import ChainRow, EventRow

_AT_ONCE: Final = 2000  # lines in memory
_POSTGRESQL: Final = text(
    "SELECT id, at, actor, channel, action, entity, entity_id, before, after, previous_hash, hash "
    "FROM events ORDER BY id"
)
# As bytes: a line that was tampered with may hold what is no text, no moment and no JSON.
_SQLITE: Final = text(
    "SELECT id, CAST(at AS BLOB), CAST(actor AS BLOB), CAST(channel AS BLOB), CAST(action AS BLOB), "
    "CAST(entity AS BLOB), CAST(entity_id AS BLOB), CAST(before AS BLOB), CAST(after AS BLOB), "
    "CAST(previous_hash AS BLOB), CAST(hash AS BLOB) FROM events ORDER BY id"
)


@dataclass(frozen=True, slots=True)
class End:
    """The end of the chain as it is kept beside the lines."""

    count: int
    last_hash: str


@contextmanager
def snapshot(engine: Engine) -> Iterator[Session]:
    """Open a session that sees one moment, however long it looks: writers go on meanwhile."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with reading(engine) as session:
        yield session


def lines(session: Session) -> Iterator[KeptLine]:
    """Yield every line in the order of its number; only some are in memory at once."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    question = _SQLITE if sqlite else _POSTGRESQL
    rows = session.connection().execute(question, execution_options={"yield_per": _AT_ONCE})
    yield from (_from_bytes(row) if sqlite else _from_values(row) for row in rows)


def end(session: Session) -> End | None:
    """Return the end of the chain, None where somebody removed it."""
    row = session.exec(select(ChainRow)).first()
    return None if row is None else End(row.count, row.last_hash)


def number_with_hash(session: Session, sought: str) -> int | None:
    """Return the number of the first line that has a hash."""
    found = select(EventRow.id).where(col(EventRow.hash) == sought).order_by(col(EventRow.id))
    return session.exec(found).first()


def _from_values(row: Row[Any]) -> KeptLine:
    number, at, actor, channel, action, entity, entity_id, before, after, previous, own = row
    return KeptLine(
        id=number,
        at=at,
        actor=actor,
        channel=channel,
        action=action,
        entity=entity,
        entity_id=entity_id,
        before=before,
        after=after,
        previous_hash=previous,
        hash=own,
    )


class _Cells:
    """Reads the cells of a line, and notes those that hold what the program never writes."""

    def __init__(self) -> None:
        self.unread: list[tuple[str, str]] = []

    def _note(self, name: str, raw: bytes | None) -> None:
        self.unread.append((name, "NULL" if raw is None else raw.decode(errors="replace")))

    def word(self, name: str, raw: bytes | None) -> str:
        try:
            return (raw or b"").decode()
        except UnicodeDecodeError:
            self._note(name, raw)
            return ""

    def whole(self, name: str, raw: bytes | None) -> int:
        try:
            return int(raw or b"")
        except ValueError:
            self._note(name, raw)
            return 0

    def moment(self, name: str, raw: bytes | None) -> datetime:
        """Read a moment that is written exactly as it is always written."""
        written = (raw or b"").decode(errors="replace")
        try:
            at = datetime.strptime(written, "%Y-%m-%d %H:%M:%S.%f").replace(tzinfo=UTC)
        except ValueError:
            self._note(name, raw)
            return datetime.min.replace(tzinfo=UTC)
        if f"{at:%Y-%m-%d %H:%M:%S.%f}" != written:
            self._note(name, raw)
        return at

    def fields(self, name: str, raw: bytes | None) -> dict[str, Any] | None:
        """Read JSON that is written exactly as it is always written."""
        if raw is None:
            return None
        try:
            value = json.loads(raw)
        except ValueError:
            self._note(name, raw)
            return None
        if not isinstance(value, dict | None) or json.dumps(value).encode() != raw:
            self._note(name, raw)
            return None
        return value


def _from_bytes(row: Row[Any]) -> KeptLine:
    number, at, actor, channel, action, entity, entity_id, before, after, previous, own = row
    cells = _Cells()
    read: dict[str, Any] = {
        "at": cells.moment("at", at),
        "actor": cells.word("actor", actor),
        "channel": cells.word("channel", channel),
        "action": cells.word("action", action),
        "entity": cells.word("entity", entity),
        "entity_id": cells.whole("entity_id", entity_id),
        "before": cells.fields("before", before),
        "after": cells.fields("after", after),
        "previous_hash": None if previous is None else cells.word("previous_hash", previous),
        "hash": None if own is None else cells.word("hash", own),
    }
    return KeptLine(id=number, **read, unread=tuple(cells.unread))
