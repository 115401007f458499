"""The hash chain of history: each line carries the hash of the one before it.

Whoever edits, removes or reorders a line must reckon every later hash anew, and the end of the chain as well.
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, Final, Protocol

GENESIS: Final = "0" * 64


class Line(Protocol):
    """A line of history as the database gives it back."""

    at: datetime
    actor: str
    channel: str
    action: str
    entity: str
    entity_id: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def link(previous: str, line: Line) -> str:
    """Return the hash of a line after the one with the hash `previous`: SHA-256 of its canonical JSON."""
    said = {
        "previous": previous,
        "at": _utc(line.at).isoformat(),
        "actor": line.actor,
        "channel": line.channel,
        "action": line.action,
        "entity": line.entity,
        "entity_id": line.entity_id,
        "before": line.before,
        "after": line.after,
    }
    written = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _utc(moment: datetime) -> datetime:
    """Read a moment as UTC: SQLite gives it back without a zone, PostgreSQL in that of the session."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
