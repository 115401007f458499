"""The circuit breakers, shared by deliverers, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

from sqlalchemy import Engine

from notifications.breaker import FAILURES, BreakerState, Gate
from notifications.outcome import Outcome
from tracker.store.channel_states import SqlBreakers, of_channels
from tracker.store.session import reading

NOW = datetime(2020, 4, 6, 1, 0, tzinfo=UTC)
DOWN = Outcome.unreachable("connection-refused", "nobody listens")
MINUTE = timedelta(minutes=1)


def state(engine: Engine) -> BreakerState:
    """Return how e-mail fares, as any deliverer sees it."""
    return SqlBreakers(engine).states(["email"])["email"]


def test_failures_of_all_deliverers_count_together(engine: Engine) -> None:
    """Three of one and two of another: the channel rests for both, and no other channel does."""
    one, other = SqlBreakers(engine), SqlBreakers(engine)
    for breakers in (one, one, one, other, other):
        breakers.record("email", DOWN, NOW, trial=False)

    assert state(engine) == BreakerState(FAILURES, NOW, NOW + MINUTE, "connection-refused nobody listens")
    assert one.states(["email", "zalo"])["zalo"].gate(NOW) is Gate.OPEN


def test_failures_at_the_same_moment_are_all_counted(engine: Engine) -> None:
    """Four deliverers at once, the first rows too: none is lost."""
    barrier = Barrier(4)

    def fail() -> None:
        barrier.wait()
        SqlBreakers(engine).record("email", DOWN, NOW, trial=False)

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(fail) for _ in range(4)]:
            done.result()

    assert state(engine).failures == 4


def test_one_deliverer_of_many_takes_the_trial(engine: Engine) -> None:
    """The others see a channel that rests, until the trial's time is over too."""
    breakers = SqlBreakers(engine)
    breakers.record("email", Outcome.misconfigured("535"), NOW, trial=False)
    seen, later = state(engine), NOW + MINUTE
    assert seen.gate(later) is Gate.TRIAL

    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _: SqlBreakers(engine).take_trial("email", seen, later), range(4)))

    assert sorted(taken) == [False, False, False, True]
    assert state(engine).gate(later) is Gate.SHUT
    assert state(engine).gate(later + 3 * MINUTE) is Gate.TRIAL, "who took it died: another may"


def test_a_success_forgets_everything(engine: Engine) -> None:
    """The row stays and says that all is well."""
    breakers = SqlBreakers(engine)
    breakers.record("email", Outcome.misconfigured("535"), NOW, trial=False)
    breakers.record("email", Outcome.sent("m"), NOW + MINUTE, trial=True)

    with reading(engine) as session:
        assert of_channels(session) == {"email": BreakerState(0, NOW + MINUTE, None, "")}
