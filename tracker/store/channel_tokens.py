"""Keep the tokens of Zalo's accounts; implements `notifications.channels.token_store.TokenStore`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Engine
from sqlmodel import Session

from notifications.channels.token_store import Tokens
from tracker.store.session import reading, transaction
from tracker.store.tables import ChannelTokenRow
from tracker.store.upsert import insert_new

_EMPTY: Final[dict[str, object]] = {"access_token": "", "refresh_token": "", "revision": 0}


@dataclass(slots=True)
class _Held:
    """One credential's row, locked by this transaction."""

    session: Session
    row: ChannelTokenRow
    newest: Tokens = field(init=False)

    def __post_init__(self) -> None:
        self.newest = _tokens(self.row)

    def keep(self, tokens: Tokens) -> None:
        """Replace the tokens; they are durable when the transaction is."""
        self.row.access_token = tokens.access
        self.row.refresh_token = tokens.refresh
        self.row.expires_at = tokens.expires_at and tokens.expires_at.astimezone(UTC)
        self.row.revision = tokens.revision
        self.row.rotated_at = datetime.now(UTC)
        self.session.flush()
        self.newest = tokens


@dataclass(frozen=True, slots=True)
class SqlTokenStore:
    """Tokens in the database, one row a credential.

    The lock is held while Zalo answers, for at most half a minute about once a day: on PostgreSQL only of
    the row (FOR UPDATE), on SQLite of all writing (BEGIN IMMEDIATE), whose writers wait as long.
    """

    engine: Engine

    def load(self, credential: str) -> Tokens:
        """Return the tokens; empty ones for a credential that has none yet."""
        with reading(self.engine) as session:
            row = session.get(ChannelTokenRow, credential)
            return Tokens() if row is None else _tokens(row)

    @contextmanager
    def locked(self, credential: str) -> Iterator[_Held]:
        """Lock the credential's row, made if need be; leaving without an error commits."""
        with transaction(self.engine) as session:
            insert_new(session, ChannelTokenRow, _EMPTY | {"credential": credential})
            row = session.get_one(ChannelTokenRow, credential, with_for_update=True, populate_existing=True)
            yield _Held(session, row)


def _tokens(row: ChannelTokenRow) -> Tokens:
    expires_at = row.expires_at
    if expires_at is not None:  # SQLite gives it back without a zone; all we keep is UTC
        expires_at = (
            expires_at.replace(tzinfo=UTC) if expires_at.tzinfo is None else expires_at.astimezone(UTC)
        )
    return Tokens(row.access_token, row.refresh_token, expires_at, row.revision)
