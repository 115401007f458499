"""Send what is due: claim, check, mark, send, record; one letter's trouble stops no other."""

import logging
import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from notifications.backoff import MAX_TRIES
from notifications.channels import Channel, WhenUnknown
from notifications.outbox import DeliveryReport, Entry, Outbox, OutboxState, Verdict, decide
from notifications.outcome import Outcome

BATCH: Final = 10

LastLook = Callable[[Entry], Entry | str]  # the letter in the words that are true now, or why to drop it

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far a run goes."""

    limit: int | None = None  # letters
    until_empty: bool = True  # False: one batch
    stop: Callable[[], bool] = lambda: False  # asked between letters


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
    Letters on a channel that turns out to be down wait, uncounted, for another run.
    """
    run = _Run(outbox, channels, now, last_look)
    stop, limit = bounds.stop, bounds.limit
    while not stop() and (usable := set(channels) - run.down.keys()):
        room = BATCH if limit is None else min(BATCH, limit - run.turns.total())
        entries = outbox.claim(due=now(), channels=usable, limit=room) if room > 0 else []
        left = list(entries)
        try:
            while left and not stop() and left[0].channel not in run.down:
                run.take(left[0])
                del left[0]
        finally:
            outbox.release(left)
        if not entries or not bounds.until_empty:
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
    turns: Counter[str] = field(default_factory=Counter)
    down: dict[str, str] = field(default_factory=dict)

    def take(self, entry: Entry) -> None:
        """Give one letter its turn."""
        channel = self.channels[entry.channel]
        seen = self._before_sending(entry, channel)
        if isinstance(seen, Verdict):
            verdict = seen
        else:
            if not self.outbox.begin(seen):
                self.turns["lost"] += 1
                return
            outcome = _send(channel, seen)
            if outcome.channel_down:
                self.down[entry.channel] = f"{outcome.code} {outcome.detail}".strip()
            verdict = self._decide(entry, outcome, channel)
        kept = self.outbox.record(entry, verdict)
        self.turns[verdict.state if kept else "lost"] += 1
        log.info("letter %s %s: %s %s", entry.key, verdict.state, verdict.code, verdict.detail)

    def _before_sending(self, entry: Entry, channel: Channel) -> Entry | Verdict:
        """Settle what needs no sending; otherwise return the letter as it is to be sent."""
        if entry.state is OutboxState.SENDING:  # a deliverer died between hand-over and record
            doubt = Outcome.unknown("interrupted", "the deliverer ended while this letter was being sent")
            if channel.when_unknown is WhenUnknown.HOLD or entry.attempts >= MAX_TRIES:
                return Verdict(OutboxState.UNKNOWN, entry.attempts, doubt.code, doubt.detail)
        if entry.expires_at is not None and entry.expires_at <= self.now():
            return Verdict(OutboxState.DROPPED, entry.attempts, "expired")
        try:
            seen = self.last_look(entry)
        except Exception as error:  # one letter that cannot be checked must not stop the others
            log.exception("letter %s could not be checked", entry.key)
            return self._decide(entry, Outcome.retry("check-failed", type(error).__name__), channel)
        return Verdict(OutboxState.DROPPED, entry.attempts, seen) if isinstance(seen, str) else seen

    def _decide(self, entry: Entry, outcome: Outcome, channel: Channel) -> Verdict:
        chance = random.random()  # noqa: S311 — spreads tries, guards nothing
        return decide(entry, outcome, now=self.now(), when_unknown=channel.when_unknown, chance=chance)

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
        )


def _send(channel: Channel, entry: Entry) -> Outcome:
    """Send one letter; a mistake in a channel leaves that letter in doubt and no other."""
    try:
        return channel.send(entry.letter, entry.address, message_id=entry.message_id)
    except Exception as error:  # a channel's own mistake: the letter may or may not have left
        log.exception("letter %s made its channel fail", entry.key)
        return Outcome.unknown("channel-failed", type(error).__name__)
