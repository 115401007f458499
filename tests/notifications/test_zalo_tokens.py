"""Tokens of an Official Account: refreshed once whoever asks, never used when dead, never lost silently."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from notifications.channels.token_store import HeldTokens, Tokens
from notifications.channels.zalo_tokens import MARGIN, AppCredentials, TokenKeeper
from notifications.outcome import Outcome, OutcomeKind
from notifications.standins.zalo import Fault, ZaloStandIn
from tests.notifications.token_stores import CREDENTIAL, FileTokens, MemoryTokens, living
from tests.tracker.racing import race

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
PROCESSES = 4


@pytest.fixture
def zalo() -> Iterator[ZaloStandIn]:
    """Run a stand-in."""
    with ZaloStandIn(now=lambda: NOW) as zalo:
        yield zalo


def keeper(zalo: ZaloStandIn, store: MemoryTokens, *, put_in: str = "") -> TokenKeeper:
    """Return the keeper of the stand-in's account; `put_in` is the refresh token of the settings."""
    app = AppCredentials(zalo.account.app_id, zalo.account.app_secret, put_in)
    return TokenKeeper(store, CREDENTIAL, app, zalo.url, now=lambda: NOW)


def held(zalo: ZaloStandIn, left: timedelta) -> MemoryTokens:
    """Return a store with the account's tokens, which have so long to live."""
    zalo.account.expires_at = NOW + left
    return MemoryTokens(replace(living(zalo.account), expires_at=NOW + left))


@pytest.mark.parametrize(
    ("left", "refreshed"),
    [
        pytest.param(timedelta(hours=25), 0, id="new"),
        pytest.param(MARGIN, 0, id="four hours left"),
        pytest.param(MARGIN - timedelta(seconds=1), 1, id="less than four hours left"),
        pytest.param(timedelta(0), 1, id="expired"),
        pytest.param(timedelta(days=-40), 1, id="long expired"),
    ],
)
def test_a_token_is_refreshed_when_it_has_less_than_four_hours(
    zalo: ZaloStandIn, left: timedelta, refreshed: int
) -> None:
    """Rarely, and before it is used: each refresh is a moment in which tokens can be lost."""
    store = held(zalo, left)
    got = keeper(zalo, store).tokens()

    assert isinstance(got, Tokens)
    assert (got.access, got.refresh) == (zalo.account.access, zalo.account.refresh)
    assert (zalo.state.calls["oauth"], len(store.kept)) == (refreshed, refreshed)
    assert got.revision == 1 + refreshed
    assert got.expires_at is not None
    assert got.expires_at - NOW >= MARGIN


def test_the_first_tokens_come_from_what_a_person_put_in(zalo: ZaloStandIn) -> None:
    """An office that sets up its account gives one refresh token; everything after it is ours to keep."""
    store = MemoryTokens()
    got = keeper(zalo, store, put_in="refresh-1").tokens()

    assert got == store.tokens
    assert store.tokens.refresh == "refresh-2"


def test_without_any_refresh_token_the_channel_says_so(zalo: ZaloStandIn) -> None:
    """A person must authorize the app; until then letters go another way."""
    got = keeper(zalo, MemoryTokens()).tokens()

    assert isinstance(got, Outcome)
    assert (got.kind, got.code, got.fall_back) == (OutcomeKind.MISCONFIGURED, "authorize", True)
    assert zalo.state.calls["oauth"] == 0


def test_a_dead_refresh_token_is_the_end_until_a_person_puts_in_another(zalo: ZaloStandIn) -> None:
    """Somebody else used the refresh token: no try heals that, a new authorization does."""
    store = held(zalo, timedelta(0))
    zalo.account.rotate(NOW)
    got = keeper(zalo, store, put_in="refresh-1").tokens()

    assert isinstance(got, Outcome)
    assert (got.kind, got.code, got.channel_down, got.fall_back) == (
        OutcomeKind.MISCONFIGURED,
        "authorize-anew",
        True,
        True,
    )
    assert "-14014" in got.detail
    assert store.kept == []

    healed = keeper(zalo, store, put_in=zalo.account.refresh).tokens()

    assert healed == store.tokens
    assert store.tokens.access == zalo.account.access


def test_an_answer_lost_after_rotation_is_said_at_once_and_proven_by_the_next_try(zalo: ZaloStandIn) -> None:
    """Zalo changed the tokens and we never heard which: nothing is sent, and the operator is told why."""
    store = held(zalo, timedelta(hours=1))
    zalo.misbehave(Fault("lost-ack", api="oauth"))
    first, second = (keeper(zalo, store).tokens() for _ in range(2))

    assert isinstance(first, Outcome)
    assert isinstance(second, Outcome)
    assert [first.code, second.code] == ["refresh-unanswered", "authorize-anew"]
    assert {first.kind, second.kind} == {OutcomeKind.MISCONFIGURED}
    assert first.fall_back
    assert second.fall_back


def test_only_codes_of_authorization_ask_for_a_person(zalo: ZaloStandIn) -> None:
    """Any other refusal passes by itself: the tokens stay as they are, no other refresh token is spent."""
    store = held(zalo, timedelta(hours=1))
    zalo.misbehave(Fault("error", error_code=-32, api="oauth"))
    first, second = (keeper(zalo, store, put_in="refresh-x").tokens() for _ in range(2))

    assert isinstance(first, Outcome)
    assert (first.kind, first.code, first.fall_back) == (OutcomeKind.MISCONFIGURED, "refresh-refused", True)
    assert second == store.tokens
    assert zalo.account.refused_refreshes == 0


@pytest.mark.parametrize("kind", ["drop", "garbage", "status"])
def test_a_refresh_that_never_happened_heals_by_itself(zalo: ZaloStandIn, kind: str) -> None:
    """Where Zalo did not change the tokens after all, the next try has them."""
    store = held(zalo, timedelta(hours=1))
    zalo.misbehave(Fault(kind, api="oauth"))
    first, second = (keeper(zalo, store).tokens() for _ in range(2))

    assert isinstance(first, Outcome)
    assert (first.kind, first.code) == (OutcomeKind.MISCONFIGURED, "refresh-unanswered")
    assert second == store.tokens
    assert store.tokens.access == zalo.account.access


@pytest.mark.parametrize(
    ("left", "usable"),
    [pytest.param(timedelta(hours=1), True, id="alive"), pytest.param(timedelta(0), False)],
)
def test_while_the_token_service_is_out_of_reach_a_living_token_will_do(
    zalo: ZaloStandIn, left: timedelta, usable: bool
) -> None:
    """Nothing was asked, so nothing can have been changed."""
    store = held(zalo, left)
    nowhere = replace(keeper(zalo, store), oauth="http://127.0.0.1:1")
    got = nowhere.tokens()

    assert isinstance(got, Tokens) is usable
    if isinstance(got, Outcome):
        assert (got.kind, got.code, got.channel_down) == (OutcomeKind.RETRY, "not-connected", True)


def test_a_token_that_was_refused_is_not_given_out_again(zalo: ZaloStandIn) -> None:
    """However long it should have lived: Zalo ends it when somebody refreshes or authorizes anew."""
    store = held(zalo, timedelta(hours=24))
    before = store.tokens
    got = keeper(zalo, store).tokens(refused=before)

    assert isinstance(got, Tokens)
    assert got.access != before.access
    assert keeper(zalo, store).tokens(refused=before) == got  # a second one that was refused reuses it
    assert zalo.state.calls["oauth"] == 1


class BrokenStore(MemoryTokens):
    """A store whose commit fails after the tokens were changed."""

    @contextmanager
    def locked(self, credential: str) -> Iterator[HeldTokens]:  # type: ignore[override] # ends with an error
        """Fail when the lock is let go of."""
        yield self
        raise OSError("disk full")


def test_tokens_that_could_not_be_kept_are_not_used(zalo: ZaloStandIn) -> None:
    """A token that others do not know of must not be what letters are sent with."""
    store = BrokenStore(held(zalo, timedelta(0)).tokens)
    got = keeper(zalo, store).tokens()

    assert isinstance(got, Outcome)
    assert (got.kind, got.code, got.fall_back) == (OutcomeKind.MISCONFIGURED, "token-store-failed", True)


def test_no_secret_shows_in_what_is_printed(zalo: ZaloStandIn) -> None:
    """Tokens and app secrets stay out of every repr, which is what logs and tracebacks hold."""
    store = held(zalo, timedelta(hours=1))
    one = keeper(zalo, store, put_in="refresh-x")

    shown = repr(one.app) + repr(store.tokens) + repr(Outcome.misconfigured("x"))
    for secret in (zalo.account.app_secret, "refresh-x", "access-1", "refresh-1"):
        assert secret not in shown


def ask(path: Path, url: str, app: AppCredentials) -> str:
    """Ask for a token in a process of its own; return it, or the code of the outcome."""
    got = TokenKeeper(FileTokens(path), CREDENTIAL, app, url).tokens()
    return got.access if isinstance(got, Tokens) else got.code


@pytest.mark.slow
def test_four_processes_at_once_refresh_once(tmp_path: Path) -> None:
    """One refreshes, three reuse its tokens, and nobody asks with a dead one."""
    store = FileTokens(tmp_path / "tokens.db")
    with ZaloStandIn() as zalo:
        store.prepare(replace(living(zalo.account), expires_at=datetime.now(UTC) + timedelta(hours=1)))
        app = AppCredentials(zalo.account.app_id, zalo.account.app_secret, "")
        zalo.misbehave(Fault("delay", seconds=0.3, api="oauth"))  # long enough for all to want to
        got = race(ask, store.path, zalo.url, app, processes=PROCESSES)

        assert got == [zalo.account.access] * PROCESSES
        assert (zalo.state.calls["oauth"], zalo.account.refused_refreshes) == (1, 0)
    assert store.load(CREDENTIAL).access == "access-2"
