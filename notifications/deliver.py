"""Send what is due: claim, check, mark, send, record; one letter's trouble stops no other."""

import logging
import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from notifications.backoff import MAX_TRIES
from notifications.breaker import Breakers, BreakerState, Gate, NoBreakers
from notifications.channels import Channel, WhenUnknown
from notifications.outbox import (
    DeliveryReport,
    Entry,
    Held,
    Outbox,
    OutboxState,
    Verdict,
    decide,
    falls_back,
)
from notifications.outcome import Outcome

BATCH: Final = 10

# The letter in the words that are true now, why to drop it, or until when to hold it.
LastLook = Callable[[Entry], Entry | str | Held]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far a run goes, and what it may not do now."""

    limit: int | None = None  # letters
    until_empty: bool = True  # False: one batch
    stop: Callable[[], bool] = lambda: False  # asked between letters
    opens: Callable[[], datetime | None] = lambda: None  # when what is not urgent may leave; None: now
    breakers: Breakers = field(default_factory=NoBreakers)
    try_resting: bool = False  # let one letter try each channel that rests: a person has mended it


def deliver_due(
    outbox: Outbox,
    channels: Mapping[str, Channel],
    now: Callable[[], datetime],
    last_look: LastLook = lambda entry: entry,
    bounds: Bounds = Bounds(),
) -> DeliveryReport:
    """Send the letters whose time has come, within the bounds.

    `last_look` is asked right before each sending, so that nobody is reminded of what was settled since
    and a letter that waited says what is true on the day it leaves.
    Letters on a channel that turns out to be down wait, uncounted, for another run; one that was down several
    times in a row rests, and the first to write there again is a single letter.
    """
    run = _Run(outbox, channels, now, last_look, bounds)
    while not bounds.stop() and run.room():
        if not run.batch() or not bounds.until_empty:
            break
    for channel in channels.values():
        channel.close()
    return run.report()


@dataclass(slots=True)
class _Run:
    """One run: what it works with, and what it has seen so far."""

    outbox: Outbox
    channels: Mapping[str, Channel]
    now: Callable[[], datetime]
    last_look: LastLook
    bounds: Bounds
    turns: Counter[str] = field(default_factory=Counter)
    down: dict[str, str] = field(default_factory=dict)
    states: Mapping[str, BreakerState] = field(default_factory=dict)
    resting: dict[str, datetime] = field(default_factory=dict)
    opens: datetime | None = None

    def room(self) -> int:
        """Return how many letters a batch may have."""
        left = BATCH if self.bounds.limit is None else self.bounds.limit - self.turns.total()
        return max(0, min(BATCH, left))

    def batch(self) -> bool:
        """Give a batch of letters its turn; tell whether there was any."""
        self.opens = self.bounds.opens()
        gates = self._gates()
        trials = [channel for channel, gate in gates.items() if gate is Gate.TRIAL]
        tried = [self._try_again(channel) for channel in trials if self.room()]
        usable = {channel for channel, gate in gates.items() if gate is Gate.OPEN}
        left = self._claim(usable, self.room())
        found = bool(left) or any(tried)
        try:
            while left and not self.bounds.stop() and left[0].channel not in self.down:
                self.take(left[0])
                del left[0]
        finally:
            self.outbox.release(left)
        return found

    def _gates(self) -> dict[str, Gate]:
        """Ask what may pass to the channels that were not down in this run."""
        asked = set(self.channels) - self.down.keys()
        self.states = self.bounds.breakers.states(asked)
        moment = self.now()
        gates = {channel: self.states[channel].gate(moment) for channel in asked}
        shut = {channel for channel, gate in gates.items() if gate is Gate.SHUT}
        if self.bounds.try_resting:
            return {channel: Gate.TRIAL if channel in shut else gate for channel, gate in gates.items()}
        self.resting = {
            channel: until for channel in shut if (until := self.states[channel].rests_until) is not None
        }
        return gates

    def _try_again(self, channel: str) -> bool:
        """Let one letter see whether a channel is back; tell whether one could.

        What is dropped or held asks the channel nothing, and leaves the trial to the next letter.
        """
        entries = self._claim({channel}, 1)
        try:
            if not entries:
                return False
            if not self.bounds.breakers.take_trial(channel, self.states[channel], self.now()):
                self.down[channel] = self.states[channel].reason  # another deliverer is trying
                return False
            while entries and not self.take(entries.pop(), trial=True) and self.room():
                entries = [] if self.bounds.stop() else self._claim({channel}, 1)
            return True
        finally:
            self.outbox.release(entries)

    def _claim(self, channels: set[str], limit: int) -> list[Entry]:
        if not channels or limit <= 0:
            return []
        urgent_only = self.opens is not None
        return self.outbox.claim(due=self.now(), channels=channels, limit=limit, urgent_only=urgent_only)

    def take(self, entry: Entry, *, trial: bool = False) -> bool:
        """Give one letter its turn; tell whether its channel was asked."""
        channel = self.channels[entry.channel]
        seen = self._before_sending(entry, channel)
        asked = not isinstance(seen, Verdict)
        if isinstance(seen, Verdict):
            verdict = seen
        else:
            if not self.outbox.begin(seen):
                self.turns["lost"] += 1
                return False
            outcome = _send(channel, seen)
            self._heard(entry.channel, outcome, trial=trial)
            verdict = self._decide(entry, outcome, channel)
        kept = self.outbox.record(entry, verdict)
        self.turns[verdict.state if kept else "lost"] += 1
        log.info("letter %s %s: %s %s", entry.key, verdict.state, verdict.code, verdict.detail)
        return asked

    def _heard(self, channel: str, outcome: Outcome, *, trial: bool) -> None:
        """Remember what a channel's answer says about the channel; the usual answer says nothing new."""
        if outcome.channel_down:
            self.down[channel] = f"{outcome.code} {outcome.detail}".strip()
        if outcome.channel_down or trial or self.states[channel].failures:
            self.bounds.breakers.record(channel, outcome, self.now(), trial=trial)

    def _before_sending(self, entry: Entry, channel: Channel) -> Entry | Verdict:
        """Settle what needs no sending; otherwise return the letter as it is to be sent."""
        if entry.state is OutboxState.SENDING:  # a deliverer died between hand-over and record
            doubt = Outcome.unknown("interrupted", "the deliverer ended while this letter was being sent")
            if channel.when_unknown is WhenUnknown.HOLD or entry.attempts >= MAX_TRIES:
                return Verdict(OutboxState.UNKNOWN, entry.attempts, doubt.code, doubt.detail, fall_back=True)
        if entry.expires_at is not None and entry.expires_at <= self.now():
            return Verdict(OutboxState.DROPPED, entry.attempts, "expired")
        try:
            seen = self.last_look(entry)
        except Exception as error:  # one letter that cannot be checked must not stop the others
            log.exception("letter %s could not be checked", entry.key)
            return self._decide(entry, Outcome.retry("check-failed", type(error).__name__), channel)
        if isinstance(seen, Held):
            return Verdict(OutboxState.QUEUED, entry.attempts, seen.reason, next_try_at=seen.until)
        return _unsaid(entry, seen) if isinstance(seen, str) else seen

    def _decide(self, entry: Entry, outcome: Outcome, channel: Channel) -> Verdict:
        chance = random.random()  # noqa: S311 — spreads tries, guards nothing
        verdict = decide(entry, outcome, now=self.now(), when_unknown=channel.when_unknown, chance=chance)
        return replace(verdict, fall_back=falls_back(outcome, verdict))

    def report(self) -> DeliveryReport:
        """Return what was done."""
        return DeliveryReport(
            sent=self.turns[OutboxState.SENT],
            again=self.turns[OutboxState.QUEUED],
            dead=self.turns[OutboxState.DEAD],
            unknown=self.turns[OutboxState.UNKNOWN],
            dropped=self.turns[OutboxState.DROPPED],
            lost=self.turns["lost"],
            down=dict(self.down),
            resting=dict(self.resting),
            opens=self.opens,
        )


def _unsaid(entry: Entry, reason: str) -> Verdict:
    """Drop what is no longer true; a letter that was being sent may have arrived, and stays in doubt."""
    if entry.state is OutboxState.SENDING:
        return Verdict(OutboxState.UNKNOWN, entry.attempts, "interrupted", reason)
    return Verdict(OutboxState.DROPPED, entry.attempts, reason)


def _send(channel: Channel, entry: Entry) -> Outcome:
    """Send one letter; a mistake in a channel leaves that letter in doubt and no other."""
    try:
        return channel.send(entry.letter, entry.address, message_id=entry.message_id)
    except Exception as error:  # a channel's own mistake: the letter may or may not have left
        log.exception("letter %s made its channel fail", entry.key)
        return Outcome.unknown("channel-failed", type(error).__name__)
