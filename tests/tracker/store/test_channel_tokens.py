"""Tokens in the database: several processes refresh once, on SQLite and on PostgreSQL."""

import signal
from datetime import UTC, datetime, timedelta, timezone
from multiprocessing import get_context
from multiprocessing.synchronize import Event as EventType

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from notifications.channels import ChannelName
from notifications.channels.known import zns_channel
from notifications.channels.mail import message_id_for
from notifications.channels.token_store import Tokens
from notifications.channels.zalo_oa import tracking_id
from notifications.channels.zalo_tokens import AppCredentials, TokenKeeper, app_secret_names
from notifications.deliver import deliver_due
from notifications.messages import Letter
from notifications.standins.zalo import Fault, ZaloStandIn
from tests.tracker.racing import race
from tracker.store.channel_tokens import SqlTokenStore
from tracker.store.engine import make_engine
from tracker.store.letters import NewLetter, enqueue
from tracker.store.outbox import SqlOutbox
from tracker.store.session import transaction
from tracker.store.tables import ChannelTokenRow

CREDENTIAL = "zalo-oa"
PROCESSES = 4
NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


def test_what_is_kept_comes_back(engine: Engine) -> None:
    """Tokens, revision and the moment they end, in whatever zone it was told."""
    store = SqlTokenStore(engine)
    ends = datetime(2026, 11, 26, 10, 0, tzinfo=timezone(timedelta(hours=7)))
    assert store.load(CREDENTIAL) == Tokens()
    with store.locked(CREDENTIAL) as held:
        assert held.newest == Tokens()
        held.keep(Tokens("a", "r", ends, 1))
        assert held.newest.access == "a"

    assert store.load(CREDENTIAL) == Tokens("a", "r", ends, 1)
    assert store.load("another") == Tokens()
    with Session(engine) as session:
        assert session.get_one(ChannelTokenRow, CREDENTIAL).rotated_at is not None


def keep_and_fail(store: SqlTokenStore) -> None:
    """Keep other tokens, and fail before the lock is let go of."""
    with store.locked(CREDENTIAL) as held:
        held.keep(Tokens("b", "s", NOW, 2))
        raise OSError("gone")


def test_what_failed_on_the_way_is_not_kept(engine: Engine) -> None:
    """An error inside the lock leaves the tokens as they were."""
    store = SqlTokenStore(engine)
    with store.locked(CREDENTIAL) as held:
        held.keep(Tokens("a", "r", NOW, 1))
    with pytest.raises(OSError, match="gone"):
        keep_and_fail(store)

    assert store.load(CREDENTIAL) == Tokens("a", "r", NOW, 1)


def ask(database_url: str, url: str, app: AppCredentials) -> str:
    """Ask for a token in a process of its own; return it, or the code of the outcome."""
    engine = make_engine(database_url)
    got = TokenKeeper(SqlTokenStore(engine), CREDENTIAL, app, url).tokens()
    engine.dispose()
    return got.access if isinstance(got, Tokens) else got.code


def hold(database_url: str, locked: EventType) -> None:
    """Lock the credential, change its tokens, and never finish."""
    with SqlTokenStore(make_engine(database_url)).locked(CREDENTIAL) as held:
        held.keep(Tokens("b", "s", NOW, 2))
        locked.set()
        signal.pause()


@pytest.mark.slow
def test_a_process_killed_inside_the_lock_keeps_nobody_waiting(database_url: str, engine: Engine) -> None:
    """Its change is gone with it, and the next one refreshes."""
    spawning = get_context("spawn")
    locked = spawning.Event()
    process = spawning.Process(target=hold, args=(database_url, locked))
    process.start()
    assert locked.wait(60)
    process.kill()
    process.join(60)

    with ZaloStandIn() as zalo:
        app = AppCredentials(zalo.account.app_id, zalo.account.app_secret, zalo.account.refresh)
        got = TokenKeeper(SqlTokenStore(engine), CREDENTIAL, app, zalo.url).tokens()

    assert isinstance(got, Tokens)
    assert (got.access, got.revision) == ("access-2", 1)


@pytest.mark.slow
@pytest.mark.parametrize("first", [True, False], ids=["none kept yet", "nearly expired"])
def test_four_processes_at_once_refresh_once(database_url: str, engine: Engine, first: bool) -> None:
    """One refreshes, three reuse its tokens, and nobody asks with a dead one."""
    store = SqlTokenStore(engine)
    with ZaloStandIn() as zalo:
        account = zalo.account
        if not first:
            with store.locked(CREDENTIAL) as held:
                ends = datetime.now(UTC) + timedelta(hours=1)
                held.keep(Tokens(account.access, account.refresh, ends, 1))
        app = AppCredentials(account.app_id, account.app_secret, account.refresh)
        zalo.misbehave(Fault("delay", seconds=0.3, api="oauth"))  # long enough for all to want to
        got = race(ask, database_url, zalo.url, app, processes=PROCESSES)

        assert got == [account.access] * PROCESSES == ["access-2"] * PROCESSES
        assert (zalo.state.calls["oauth"], account.refused_refreshes) == (1, 0)
    assert store.load(CREDENTIAL).refresh == "refresh-2"


PARAMS = "code: NV-2020-0311\ntitle: Cấp điện\ndue_on: 08/04/2020\nlink: https://dondoc.example.vn/1\n"


def queue(engine: Engine, phones: list[str]) -> None:
    """Queue a message by template to each phone."""
    with transaction(engine) as session:
        for phone in phones:
            new = NewLetter(
                key=f"digest:{phone}",
                kind="digest",
                letter=Letter("", PARAMS),
                channel=ChannelName.ZNS,
                address=phone,
                message_id=message_id_for(phone, "x.vn"),
                now=NOW,
            )
            assert enqueue(session, new)


def test_a_delivery_refreshes_on_its_way(engine: Engine) -> None:
    """The tokens are locked while a letter is being sent: delivery must hold no transaction then."""
    phones = [f"8491234567{number}" for number in range(3)]
    queue(engine, phones)
    with ZaloStandIn(now=lambda: NOW) as zalo:
        account = zalo.account
        names = app_secret_names(CREDENTIAL)
        secrets = dict(zip(names, (account.app_id, account.app_secret, account.refresh), strict=True))
        channel = zns_channel(
            CREDENTIAL,
            "240001",
            secrets=secrets.__getitem__,
            tokens=SqlTokenStore(engine),
            api=zalo.url,
            oauth=zalo.url,
        )
        report = deliver_due(SqlOutbox(engine), {ChannelName.ZNS: channel}, lambda: NOW)
        taken = zalo.state.zns_accepted

    assert (report.sent, report.handled) == (3, 3)
    assert [one["phone"] for one in taken] == phones
    assert [one["tracking_id"] for one in taken] == [
        tracking_id(message_id_for(one, "x.vn")) for one in phones
    ]
    assert zalo.state.calls["oauth"] == 1
