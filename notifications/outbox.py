"""The outbox's rules: the states of a letter, and what each answer of a channel makes of it.

Where letters are kept is not known here: `Outbox` is what a store has to offer.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Protocol

from notifications.backoff import wait_after
from notifications.channels import WhenUnknown
from notifications.messages import Letter
from notifications.outcome import Outcome, OutcomeKind

QUIET_HOURS: Final = "quiet-hours"  # the code of a letter that waits for the sending hours


class OutboxState(StrEnum):
    """Where a letter stands. `sending` is written before the first byte leaves: after a crash, a doubt."""

    QUEUED = "queued"
    LEASED = "leased"
    SENDING = "sending"
    SENT = "sent"  # accepted by the server; not a proof that anybody read it
    UNKNOWN = "unknown"  # maybe delivered; a person decides
    DEAD = "dead"  # refused for good, or tried too often
    DROPPED = "dropped"  # no longer true when its turn came


@dataclass(frozen=True, slots=True)
class Entry:
    """A letter as it was claimed: leased, or still `sending` from a deliverer that died."""

    id: int
    key: str
    kind: str
    channel: str
    address: str
    letter: Letter
    message_id: str
    state: OutboxState = OutboxState.LEASED
    attempts: int = 0  # tries begun before this one
    expires_at: datetime | None = None
    urgent: bool = False  # may leave outside the sending hours
    extras: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Held:
    """That a letter is not to leave now, through no fault of its own; its try does not count."""

    until: datetime
    reason: str = QUIET_HOURS


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is written down about a letter after its turn."""

    state: OutboxState
    attempts: int
    code: str = ""
    detail: str = ""
    provider_id: str | None = None
    next_try_at: datetime | None = None  # None: as it was
    fall_back: bool = False  # its reader should be told by another channel


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What one run did. Every letter it touched is counted once for each turn it had."""

    sent: int = 0
    again: int = 0  # not now; will be tried again
    dead: int = 0
    unknown: int = 0
    dropped: int = 0
    lost: int = 0  # the lease had passed to another deliverer
    held: int = 0  # left to other deliverers that are at work now
    down: Mapping[str, str] = field(default_factory=dict)  # channel: why
    resting: Mapping[str, datetime] = field(default_factory=dict)  # channel: until when it is left alone
    opens: datetime | None = None  # outside the sending hours: when letters that are not urgent may leave

    @property
    def handled(self) -> int:
        """Return how many turns letters had."""
        return self.sent + self.again + self.dead + self.unknown + self.dropped + self.lost


class Outbox(Protocol):
    """Where letters are kept. Every call is one short transaction; none is open while a letter is sent."""

    def claim(
        self, *, due: datetime, channels: Collection[str], limit: int, urgent_only: bool = False
    ) -> list[Entry]:
        """Lease letters whose time has come, oldest first, the abandoned ones too; nobody else gets them."""
        ...

    def begin(self, entry: Entry) -> bool:
        """Mark a letter `sending` in the words of this entry, and commit, if the lease still holds.

        False means leave it alone.
        """
        ...

    def record(self, entry: Entry, verdict: Verdict) -> bool:
        """Write a verdict and commit, if the lease still holds; return whether it did."""
        ...

    def release(self, entries: Iterable[Entry]) -> None:
        """Give back letters that were not touched."""
        ...


def decide(
    entry: Entry, outcome: Outcome, *, now: datetime, when_unknown: WhenUnknown, chance: float
) -> Verdict:
    """Say what becomes of a letter after an answer; `chance` in [0, 1) spreads the next tries."""
    tries = entry.attempts + 1
    if outcome.kind is OutcomeKind.SENT:
        return _verdict(OutboxState.SENT, tries, outcome)
    if outcome.kind is OutcomeKind.REFUSED:
        return _verdict(OutboxState.DEAD, tries, outcome)
    if outcome.kind is OutcomeKind.UNKNOWN and when_unknown is WhenUnknown.HOLD:
        return _verdict(OutboxState.UNKNOWN, tries, outcome)
    if outcome.channel_down:  # no fault of this letter: its try does not count
        later = now + outcome.retry_after if outcome.retry_after else None
        return _verdict(OutboxState.QUEUED, entry.attempts, outcome, later)
    enough = outcome.most_tries is not None and tries >= outcome.most_tries
    wait = None if enough else wait_after(tries, chance)
    if wait is None:
        gone = OutboxState.UNKNOWN if outcome.kind is OutcomeKind.UNKNOWN else OutboxState.DEAD
        return _verdict(gone, tries, outcome)
    return _verdict(OutboxState.QUEUED, tries, outcome, now + max(wait, outcome.retry_after or wait))


def falls_back(outcome: Outcome, verdict: Verdict) -> bool:
    """Tell whether another channel should say it now.

    That is so when the letter ends here unsaid or in doubt, whoever's mistake that is, and when the channel
    rests for longer than the letter should wait; while the letter is still tried here, it is not.
    """
    ended = verdict.state in {OutboxState.DEAD, OutboxState.UNKNOWN}
    return ended or (outcome.fall_back and outcome.channel_down)


def _verdict(state: OutboxState, attempts: int, outcome: Outcome, later: datetime | None = None) -> Verdict:
    return Verdict(state, attempts, outcome.code, outcome.detail, outcome.provider_id, later)
