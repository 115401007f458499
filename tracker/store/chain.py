"""The hash chain of history: each line carries the hash of the one before it.

Whoever edits, removes or reorders a line must reckon every later hash anew, and the end of the chain as well.
A line's own number is part of what is hashed, so that a line moved elsewhere is missed too.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from tracker.store.tables import EventRow

GENESIS: Final = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLine:
    """A line of history; `unread` holds what stands in columns whose content cannot be what was written."""

    id: int
    at: datetime
    actor: str
    channel: str
    action: str
    entity: str
    entity_id: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    previous_hash: str | None
    hash: str | None
    unread: tuple[tuple[str, str], ...] = ()


def link(previous: str, line: KeptLine | EventRow) -> str:
    """Return the hash of a line after the one with the hash `previous`: SHA-256 of its canonical JSON."""
    said = {
        "previous": previous,
        "id": line.id,
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
