"""The outbox's rules: what an answer makes of a letter, and when it is tried again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.backoff import LONGEST_WAIT, MAX_TRIES, wait_after
from notifications.channels import WhenUnknown
from notifications.outbox import OutboxState, decide, falls_back
from notifications.outcome import Outcome
from tests.notifications.memory_outbox import START, entry

RESEND, HOLD = WhenUnknown.RESEND, WhenUnknown.HOLD


@pytest.mark.parametrize(
    ("outcome", "rule", "state", "attempts", "minutes"),
    [
        pytest.param(Outcome.sent("m1"), HOLD, OutboxState.SENT, 1, None, id="sent"),
        pytest.param(Outcome.refused("550"), RESEND, OutboxState.DEAD, 1, None, id="refused for good"),
        pytest.param(Outcome.retry("451"), RESEND, OutboxState.QUEUED, 1, 0.5, id="not now"),
        pytest.param(
            Outcome.retry("403"), HOLD, OutboxState.QUEUED, 1, 0.5, id="not sent is safe to repeat anywhere"
        ),
        pytest.param(
            Outcome.unknown("x"), RESEND, OutboxState.QUEUED, 1, 0.5, id="in doubt, and copies can be told"
        ),
        pytest.param(
            Outcome.unknown("x"), HOLD, OutboxState.UNKNOWN, 1, None, id="in doubt, and copies cannot"
        ),
        pytest.param(
            Outcome.unreachable("x"), RESEND, OutboxState.QUEUED, 0, None, id="channel down costs no try"
        ),
        pytest.param(
            Outcome.misconfigured("401"), HOLD, OutboxState.QUEUED, 0, None, id="nor does a wrong password"
        ),
        pytest.param(
            Outcome.unreachable("429", retry_after=timedelta(minutes=7)),
            HOLD,
            OutboxState.QUEUED,
            0,
            7,
            id="quota",
        ),
    ],
)
def test_an_answer_decides(
    outcome: Outcome, rule: WhenUnknown, state: OutboxState, attempts: int, minutes: float | None
) -> None:
    """Each answer has one consequence."""
    verdict = decide(entry(1), outcome, now=START, when_unknown=rule, chance=0.5)

    assert (verdict.state, verdict.attempts) == (state, attempts)
    assert verdict.next_try_at == (None if minutes is None else START + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(Outcome.retry("451"), OutboxState.DEAD), (Outcome.unknown("x"), OutboxState.UNKNOWN)],
    ids=["never taken", "maybe taken"],
)
def test_the_last_try_is_the_last(outcome: Outcome, state: OutboxState) -> None:
    """After so many tries a letter waits for a person, and a doubt stays a doubt."""
    tired = entry(1)
    for _ in range(MAX_TRIES - 1):
        verdict = decide(tired, outcome, now=START, when_unknown=RESEND, chance=0.5)
        assert verdict.state is OutboxState.QUEUED
        tired = type(tired)(
            **{name: getattr(tired, name) for name in tired.__slots__} | {"attempts": verdict.attempts}
        )

    assert decide(tired, outcome, now=START, when_unknown=RESEND, chance=0.5).state is state


def test_where_few_tries_are_worth_making_few_are_made() -> None:
    """A code that says no more than «failed» is tried three times, then the letter is given up."""
    failed = Outcome.retry("-200", most_tries=3, fall_back=True)
    states = [
        decide(replace(entry(1), attempts=tries), failed, now=START, when_unknown=HOLD, chance=0.5).state
        for tries in range(4)
    ]

    assert states == [OutboxState.QUEUED, OutboxState.QUEUED, OutboxState.DEAD, OutboxState.DEAD]


@pytest.mark.parametrize(
    ("outcome", "attempts", "expected"),
    [
        pytest.param(Outcome.sent("m1"), 0, False, id="sent"),
        pytest.param(Outcome.refused("-218", fall_back=True), 0, True, id="refused, and said another way"),
        pytest.param(
            Outcome.refused("-201"), 0, True, id="our own mistake, of which the reader knows nothing"
        ),
        pytest.param(Outcome.retry("-200", most_tries=3, fall_back=True), 0, False, id="still tried here"),
        pytest.param(Outcome.retry("-200", most_tries=3, fall_back=True), 2, True, id="no longer tried here"),
        pytest.param(Outcome.unknown("no-answer", fall_back=True), 0, True, id="in doubt, and held"),
        pytest.param(Outcome.unreachable("-133"), 0, False, id="the channel rests until the morning"),
        pytest.param(Outcome.unreachable("-144", fall_back=True), 0, True, id="the quota is used up"),
        pytest.param(Outcome.misconfigured("401"), 0, False, id="a person must mend the channel"),
        pytest.param(Outcome.misconfigured("-115", fall_back=True), 0, True, id="no money left"),
    ],
)
def test_another_channel_speaks_when_this_one_will_not(
    outcome: Outcome, attempts: int, expected: bool
) -> None:
    """Not before the letter ends here, unless the channel rests for longer than the letter should."""
    verdict = decide(replace(entry(1), attempts=attempts), outcome, now=START, when_unknown=HOLD, chance=0.5)

    assert falls_back(outcome, verdict) is expected


@given(tries=st.integers(min_value=0, max_value=MAX_TRIES - 1), chance=st.floats(0, 1, exclude_max=True))
def test_waits_grow_and_stay_within_a_fifth(tries: int, chance: float) -> None:
    """The wait is 30 s doubled for each try, an hour at most, give or take a fifth."""
    wait = wait_after(tries, chance)
    middle = min(timedelta(seconds=30) * 2 ** max(tries - 1, 0), LONGEST_WAIT)

    assert wait is not None
    assert middle * 0.8 <= wait <= middle * 1.2


def test_waiting_ends() -> None:
    """Eight tries are enough: together they span hours, not days."""
    waits = [wait_after(tries, 0.5) for tries in range(1, MAX_TRIES + 1)]

    assert waits[-1] is None
    assert sum(filter(None, waits), timedelta()) < timedelta(hours=3)
