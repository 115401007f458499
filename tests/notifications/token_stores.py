"""Token stores for tests: one in memory, one in a file that several processes share."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from notifications.channels.handover import Secrets
from notifications.channels.token_store import Tokens
from notifications.channels.zalo_tokens import app_secret_names
from notifications.standins.zalo import Account

CREDENTIAL = "zalo-oa"


@dataclass(slots=True)
class MemoryTokens:
    """The tokens of one credential in memory; every pair that was kept is remembered."""

    tokens: Tokens = field(default_factory=Tokens)
    kept: list[Tokens] = field(default_factory=list)

    @property
    def newest(self) -> Tokens:
        """Return the tokens as they are."""
        return self.tokens

    def keep(self, tokens: Tokens) -> None:
        """Replace them."""
        self.kept.append(tokens)
        self.tokens = tokens

    def load(self, _credential: str) -> Tokens:
        """Return the tokens."""
        return self.tokens

    @contextmanager
    def locked(self, _credential: str) -> Iterator["MemoryTokens"]:
        """Give them out; a test of one thread needs no lock."""
        yield self


@dataclass(slots=True)
class _HeldFile:
    database: sqlite3.Connection
    newest: Tokens

    def keep(self, tokens: Tokens) -> None:
        """Replace them, within the transaction of the lock."""
        moment = tokens.expires_at.isoformat() if tokens.expires_at else None
        row = (tokens.access, tokens.refresh, moment, tokens.revision)
        self.database.execute("UPDATE tokens SET access = ?, refresh = ?, expires_at = ?, revision = ?", row)


@dataclass(frozen=True, slots=True)
class FileTokens:
    """The tokens of one credential in an SQLite file."""

    path: Path

    def prepare(self, tokens: Tokens) -> None:
        """Make the file, with these tokens in it."""
        with self._open() as database:
            database.execute("CREATE TABLE tokens (access, refresh, expires_at, revision)")
            database.execute("INSERT INTO tokens VALUES ('', '', NULL, 0)")
            _HeldFile(database, Tokens()).keep(tokens)

    def load(self, _credential: str) -> Tokens:
        """Return the tokens."""
        with self._open() as database:
            return _read(database)

    @contextmanager
    def locked(self, _credential: str) -> Iterator[_HeldFile]:
        """Lock the file."""
        with self._open() as database:
            database.execute("BEGIN IMMEDIATE")
            yield _HeldFile(database, _read(database))
            database.execute("COMMIT")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=60, isolation_level=None)) as database:
            yield database


def _read(database: sqlite3.Connection) -> Tokens:
    access, refresh, moment, revision = database.execute("SELECT * FROM tokens").fetchone()
    return Tokens(access, refresh, datetime.fromisoformat(moment) if moment else None, revision)


def living(account: Account) -> Tokens:
    """Return the account's tokens as they are in the best of times: good for a day."""
    return Tokens(account.access, account.refresh, datetime.now(UTC) + timedelta(hours=24), 1)


def secrets_of(account: Account, *, refresh_token: str = "") -> Secrets:
    """Return what knows the app's own secrets."""
    names = app_secret_names(CREDENTIAL)
    held = dict(zip(names, (account.app_id, account.app_secret, refresh_token), strict=True))
    return held.__getitem__
