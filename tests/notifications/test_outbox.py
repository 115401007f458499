"""The outbox's rules: what an answer makes of a letter, and when it is tried again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.backoff import LONGEST_WAIT, MAX_TRIES, wait_after
from notifications.channels import WhenUnknown
from notifications.outbox import OutboxState, decide
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
