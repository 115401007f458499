"""A channel that does not answer rests, and one letter sees whether it is back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.breaker import FAILURES, LONGEST_REST, BreakerState, Gate, after, rest_after
from notifications.channels.memory import MemoryChannel, accept
from notifications.deliver import Bounds, deliver_due
from notifications.outbox import DeliveryReport, OutboxState
from notifications.outcome import Outcome
from tests.notifications.memory_outbox import START, MemoryOutbox, entry

DOWN = Outcome.unreachable("connection-refused")
MINUTE = timedelta(minutes=1)


@dataclass
class KeptBreakers:
    """States in memory."""

    kept: dict[str, BreakerState] = field(default_factory=dict)

    def states(self, channels: Collection[str]) -> Mapping[str, BreakerState]:
        """Return them."""
        return {channel: self.kept.get(channel, BreakerState()) for channel in channels}

    def take_trial(self, channel: str, seen: BreakerState, now: datetime) -> bool:
        """Let the first one try."""
        if self.kept[channel] != seen:
            return False
        self.kept[channel] = replace(seen, since=now, rests_until=now + 3 * MINUTE)
        return True

    def record(self, channel: str, outcome: Outcome, now: datetime, *, trial: bool) -> None:
        """Write an answer down."""
        self.kept[channel] = after(self.kept.get(channel, BreakerState()), outcome, now, trial=trial)


def rests_after(outcome: Outcome, times: int) -> list[timedelta | None]:
    """Return how long a channel rests after each of so many equal answers, each a trial once it rests."""
    state, now, rests = BreakerState(), START, []
    for _ in range(times):
        state = after(state, outcome, now, trial=state.rests_until is not None)
        rests.append(None if state.rests_until is None else state.rests_until - now)
        now = state.rests_until or now
    return rests


def test_it_rests_after_five_failures_in_a_row_and_longer_each_time() -> None:
    """One, two, four … minutes, never more than an hour."""
    minutes = [rest and rest / MINUTE for rest in rests_after(DOWN, 13)]

    assert minutes == [None, None, None, None, 1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_what_only_a_person_can_mend_rests_at_once() -> None:
    """A wrong password is not tried five times."""
    assert rests_after(Outcome.misconfigured("535"), 3) == [MINUTE, 2 * MINUTE, 4 * MINUTE]


@pytest.mark.parametrize("answer", [Outcome.sent("m"), Outcome.refused("550"), Outcome.retry("451")])
def test_any_answer_about_a_letter_closes_it(answer: Outcome) -> None:
    """Four failures and an answer: the count begins anew."""
    state = BreakerState()
    for _ in range(FAILURES - 1):
        state = after(state, DOWN, START)

    assert after(state, answer, START).failures == 0
    assert after(after(state, answer, START), DOWN, START).gate(START) is Gate.OPEN
    assert after(state, DOWN, START).gate(START) is Gate.SHUT


def test_a_doubt_says_nothing_unless_it_is_all_a_trial_brought() -> None:
    """Silence after hand-over is the letter's affair; a trial that ends so has shown nothing."""
    rested = replace(BreakerState(), failures=FAILURES, since=START, rests_until=START + MINUTE)
    doubt = Outcome.unknown("no-answer")

    assert after(BreakerState(), doubt, START) == BreakerState()
    assert after(rested, doubt, START + MINUTE, trial=True).rests_until == START + 3 * MINUTE


def test_a_clock_put_back_keeps_no_channel_shut() -> None:
    """A rest that begins in the future is no rest: one letter may try."""
    state = BreakerState(FAILURES, START, START + MINUTE, "x")

    assert state.gate(START) is Gate.SHUT
    assert state.gate(START + MINUTE) is Gate.TRIAL
    assert state.gate(START - timedelta(days=1)) is Gate.TRIAL


@given(st.integers(0, 10_000))
def test_rests_never_pass_an_hour(failures: int) -> None:
    """However often it fails, it is tried again within the hour."""
    assert timedelta(0) <= rest_after(failures) <= LONGEST_REST


def deliver(outbox: MemoryOutbox, channel: MemoryChannel, breakers: KeptBreakers) -> DeliveryReport:
    """Deliver what is due."""
    return deliver_due(outbox, {channel.name: channel}, outbox.now, bounds=Bounds(breakers=breakers))


def test_nothing_is_tried_while_a_channel_rests_and_then_one_letter() -> None:
    """Five runs fail; then no letter leaves for a minute; then one tries, and more only once it arrived."""
    outbox = MemoryOutbox(entry(number) for number in range(25))
    channel, breakers = MemoryChannel(answer=lambda _: DOWN), KeptBreakers()
    for _ in range(FAILURES):
        deliver(outbox, channel, breakers)
    assert len(channel.tried) == FAILURES

    resting = deliver(outbox, channel, breakers)
    assert (len(channel.tried), dict(resting.resting)) == (FAILURES, {"email": START + MINUTE})

    outbox.wait(MINUTE)
    deliver(outbox, channel, breakers)
    assert len(channel.tried) == FAILURES + 1, "one letter, not a batch"
    deliver(outbox, channel, breakers)
    assert len(channel.tried) == FAILURES + 1, "it rests again"

    outbox.wait(2 * MINUTE)
    channel.answer = accept
    assert deliver(outbox, channel, breakers) == DeliveryReport(sent=25)
    assert set(outbox.states().values()) == {OutboxState.SENT}
    assert breakers.kept["email"].failures == 0


def test_a_person_who_has_mended_a_channel_need_not_wait() -> None:
    """Asked to, a run tries the channels that rest, with one letter first."""
    outbox = MemoryOutbox(entry(number) for number in range(3))
    channel, breakers = MemoryChannel(answer=lambda _: Outcome.misconfigured("535")), KeptBreakers()
    deliver(outbox, channel, breakers)
    channel.answer = accept

    assert deliver(outbox, channel, breakers).sent == 0
    bounds = Bounds(breakers=breakers, try_resting=True)
    assert deliver_due(outbox, {"email": channel}, outbox.now, bounds=bounds).sent == 3


def test_a_letter_that_is_not_sent_leaves_the_trial_to_the_next() -> None:
    """Ten letters that were settled meanwhile do not keep a channel resting that is back."""
    outbox, channel = MemoryOutbox(entry(number) for number in range(12)), MemoryChannel()
    breakers = KeptBreakers({"email": BreakerState(FAILURES, START - MINUTE, START, "x")})

    report = deliver_due(
        outbox,
        {"email": channel},
        outbox.now,
        lambda letter: "settled" if letter.id < 10 else letter,
        Bounds(breakers=breakers),
    )

    assert (report.dropped, report.sent) == (10, 2)
    assert breakers.kept["email"].gate(START) is Gate.OPEN


def test_a_trial_keeps_within_the_bounds() -> None:
    """Three letters at most, whatever becomes of them."""
    outbox, channel = MemoryOutbox(entry(number) for number in range(12)), MemoryChannel()
    breakers = KeptBreakers({"email": BreakerState(FAILURES, START - MINUTE, START, "x")})

    report = deliver_due(
        outbox, {"email": channel}, outbox.now, lambda _: "settled", Bounds(limit=3, breakers=breakers)
    )

    assert (report.dropped, channel.tried) == (3, [])
    assert not any(row.leased for row in outbox.rows.values())


def test_only_one_deliverer_tries_a_channel_that_rested() -> None:
    """Who comes second leaves its letters where they are."""

    class Late(KeptBreakers):
        def take_trial(self, channel: str, seen: BreakerState, now: datetime) -> bool:
            return False

    outbox, channel = MemoryOutbox([entry(1)]), MemoryChannel()
    breakers = Late({"email": BreakerState(FAILURES, START - MINUTE, START, "x")})

    assert deliver(outbox, channel, breakers).sent == 0
    assert channel.tried == []
    assert not outbox.rows[1].leased


def test_outside_the_hours_only_urgent_letters_leave() -> None:
    """The others are not even claimed, and the report tells when they may leave."""
    morning = START + timedelta(hours=9)
    outbox = MemoryOutbox([entry(1), replace(entry(2), urgent=True)])
    channel = MemoryChannel()

    report = deliver_due(outbox, {"email": channel}, outbox.now, bounds=Bounds(opens=lambda: morning))

    assert [letter.message_id for letter in channel.tried] == ["2@x"]
    assert (report.sent, report.opens) == (1, morning)
    assert outbox.states()[1] is OutboxState.QUEUED
