"""A channel that does not answer rests: nothing is tried there until one letter may try whether it is back.

The rests double from a minute to an hour. States are shared by all deliverers: `Breakers` is what a store has
to offer.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final, Protocol

from notifications.outcome import Outcome, OutcomeKind

FAILURES: Final = 5  # in a row: then the channel rests
FIRST_REST: Final = timedelta(minutes=1)
LONGEST_REST: Final = timedelta(minutes=60)
TRIAL_TAKES: Final = timedelta(minutes=3)  # as long nobody else tries; a deliverer may die meanwhile


class Gate(Enum):
    """What may pass to a channel."""

    OPEN = auto()  # every letter
    TRIAL = auto()  # one letter, to see whether it is back
    SHUT = auto()  # none


@dataclass(frozen=True, slots=True)
class BreakerState:
    """How a channel fared of late; `since` is when this was last written."""

    failures: int = 0  # in a row
    since: datetime | None = None
    rests_until: datetime | None = None
    reason: str = ""

    def gate(self, now: datetime) -> Gate:
        """Return what may pass now. A rest that begins in the future stems from a clock that was wrong."""
        if self.rests_until is None:
            return Gate.OPEN
        resting = self.since is not None and self.since <= now < self.rests_until
        return Gate.SHUT if resting else Gate.TRIAL


def after(state: BreakerState, outcome: Outcome, now: datetime, *, trial: bool = False) -> BreakerState:
    """Return the state of a channel after an answer of it.

    Any answer about a letter closes it, a refusal too: the service is there. A doubt says nothing, unless it
    is all that a trial brought. One that needs a person rests at once. What other deliverers had under way
    when the rest began does not lengthen it.
    """
    doubt = outcome.kind is OutcomeKind.UNKNOWN
    if not outcome.channel_down and not doubt:
        return BreakerState(since=now)
    if (doubt and not trial) or (not trial and state.gate(now) is Gate.SHUT):
        return state
    failures = state.failures + 1
    if outcome.kind is OutcomeKind.MISCONFIGURED:
        failures = max(failures, FAILURES)
    rest = max(rest_after(failures), outcome.retry_after or timedelta(0))
    until = now + rest if failures >= FAILURES else None
    return BreakerState(failures, now, until, f"{outcome.code} {outcome.detail}".strip())


def rest_after(failures: int) -> timedelta:
    """Return how long a channel rests after so many failures in a row."""
    if failures < FAILURES:
        return timedelta(0)
    return min(FIRST_REST * (1 << min(failures - FAILURES, 10)), LONGEST_REST)


class Breakers(Protocol):
    """Where the states of channels are kept. Every call is one short transaction."""

    def states(self, channels: Collection[str]) -> Mapping[str, BreakerState]:
        """Return the state of each channel."""
        ...

    def take_trial(self, channel: str, seen: BreakerState, now: datetime) -> bool:
        """Take the one trial that a channel allows, if nobody took it since it was seen."""
        ...

    def record(self, channel: str, outcome: Outcome, now: datetime, *, trial: bool) -> None:
        """Write down what a channel answered."""
        ...


class NoBreakers:
    """Let everything pass."""

    def states(self, channels: Collection[str]) -> Mapping[str, BreakerState]:
        """Return that nothing ever failed."""
        return {channel: BreakerState() for channel in channels}

    def take_trial(self, channel: str, seen: BreakerState, now: datetime) -> bool:
        """Never be asked."""
        raise AssertionError((channel, seen, now))

    def record(self, channel: str, outcome: Outcome, now: datetime, *, trial: bool) -> None:
        """Forget it."""
