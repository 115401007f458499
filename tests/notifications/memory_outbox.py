"""An outbox in memory that keeps the promises of the protocol, for tests that need no database."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from notifications.outbox import Entry, OutboxState, Verdict
from tests.notifications.letters import letter

START = datetime(2020, 4, 6, 1, 0, tzinfo=UTC)


def entry(
    number: int, address: str = "", *, channel: str = "email", state: OutboxState = OutboxState.QUEUED
) -> Entry:
    """Return a letter in the queue."""
    key = f"a{number}:v1:due:{channel}"
    return Entry(
        number,
        key,
        "deadline_reminder",
        channel,
        address or f"r{number}@b.vn",
        letter(),
        f"{number}@x",
        state,
    )


@dataclass
class Row:
    """A letter with what the outbox knows of it."""

    entry: Entry
    next_try_at: datetime = START
    leased: bool = False
    verdicts: list[Verdict] = field(default_factory=list)


class MemoryOutbox:
    """Keeps letters in a list, in order."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.rows = {entry.id: Row(entry) for entry in entries}
        self.stolen: set[int] = set()  # leases that have passed to somebody else
        self.clock = START

    def now(self) -> datetime:
        """Tell the time; it passes only when a test says so."""
        return self.clock

    def wait(self, span: timedelta) -> None:
        """Let time pass."""
        self.clock += span

    def claim(
        self, *, due: datetime, channels: Collection[str], limit: int, urgent_only: bool = False
    ) -> list[Entry]:
        """Lease what is due."""
        waiting = {OutboxState.QUEUED, OutboxState.SENDING}
        rows = [
            row
            for row in self.rows.values()
            if not row.leased
            and row.entry.state in waiting
            and row.entry.channel in channels
            and row.next_try_at <= due
            and (row.entry.urgent or not urgent_only)
        ][:limit]
        for row in rows:
            row.leased = True
        return [row.entry for row in rows]

    def begin(self, entry: Entry) -> bool:
        """Mark a letter that is being sent."""
        row = self.rows[entry.id]
        if entry.id in self.stolen:
            return False
        row.entry = replace(row.entry, state=OutboxState.SENDING, attempts=entry.attempts + 1)
        return True

    def record(self, entry: Entry, verdict: Verdict) -> bool:
        """Write a verdict down."""
        row = self.rows[entry.id]
        row.verdicts.append(verdict)
        row.entry = replace(row.entry, state=verdict.state, attempts=verdict.attempts)
        row.next_try_at = verdict.next_try_at or row.next_try_at
        row.leased = False
        return True

    def release(self, entries: Iterable[Entry]) -> None:
        """Give letters back."""
        for entry in entries:
            self.rows[entry.id].leased = False

    def states(self) -> dict[int, OutboxState]:
        """Return where each letter stands."""
        return {number: row.entry.state for number, row in self.rows.items()}
