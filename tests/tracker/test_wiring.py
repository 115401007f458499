"""The parts fit together as the settings say."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from notifications.channels import ChannelName
from notifications.channels.apprise_channel import AppriseChannel, _instantiate
from notifications.channels.zalo_tokens import app_secret_names
from notifications.messages import Letter
from notifications.outcome import Outcome, OutcomeKind
from notifications.standins.zalo import Fault, ZaloStandIn
from tracker.app import App
from tracker.services.channel_setup import NEEDS, ZALO_ACCOUNT, missing
from tracker.settings import Settings
from tracker.store.migrate import upgrade
from tracker.wiring import _secrets, build_app

ALWAYS = {ChannelName.EMAIL, ChannelName.APPRISE}
BOT: dict[str, Any] = {"zalo_bot_token": SecretStr("123:geheim")}
ACCOUNT: dict[str, Any] = {
    "zalo_oa_app_id": "1234567890",
    "zalo_oa_app_secret": SecretStr("geheim-app"),
    "zalo_oa_refresh_token": SecretStr("geheim-refresh"),
}
TEMPLATE: dict[str, Any] = {"zns_template_id": "240001"}
NOON = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)  # 12:00 in Viet Nam
PARAMS = "code: NV-2020-0311\ntitle: Cấp điện\ndue_on: 08/04/2020\nlink: https://dondoc.example.vn/1"


def without(name: str) -> dict[str, Any]:
    """Return what the Official Account needs but for one thing."""
    return {key: value for key, value in (ACCOUNT | TEMPLATE).items() if key != name}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param({}, set(), id="nothing: no Zalo"),
        pytest.param({"zalo_bot_token": SecretStr(" ")}, set(), id="a token of blanks is none"),
        pytest.param(BOT, {ChannelName.ZALO}, id="the Bot's token"),
        pytest.param(ACCOUNT, {ChannelName.ZALO_OA}, id="the account without a template"),
        pytest.param(ACCOUNT | TEMPLATE, {ChannelName.ZALO_OA, ChannelName.ZNS}, id="and with one"),
        pytest.param(TEMPLATE, set(), id="a template of no account"),
        *(pytest.param(without(name), set(), id=f"without {name}") for name in ACCOUNT),
        pytest.param(
            BOT | ACCOUNT | TEMPLATE, {ChannelName.ZALO, ChannelName.ZALO_OA, ChannelName.ZNS}, id="all"
        ),
    ],
)
def test_channels_are_those_set_up(given: dict[str, Any], expected: set[str], tmp_path: Path) -> None:
    """Letters are only planned for channels that can be used; what is not there says what it lacks."""
    app = build_app(Settings(data_dir=tmp_path, **given))
    app.engine.dispose()

    assert expected | ALWAYS == app.channels.keys()
    assert {channel for channel in NEEDS if not missing(app.settings, channel)} == app.channels.keys()
    assert "geheim" not in repr(app)


def test_what_a_channel_lacks_is_named_as_an_operator_writes_it() -> None:
    """The names are those of the environment."""
    lacking = missing(Settings(**without("zalo_oa_app_secret")), ChannelName.ZNS)

    assert lacking == ("DONDOC_ZALO_OA_APP_SECRET",)


def test_secrets_are_kept_under_the_names_that_channels_ask_for(tmp_path: Path) -> None:
    """The credential's names are spelled in one place, and the wiring spells them alike."""
    held = _secrets(Settings(data_dir=tmp_path, **ACCOUNT))

    assert [held[name].get_secret_value() for name in app_secret_names(ZALO_ACCOUNT)] == [
        "1234567890",
        "geheim-app",
        "geheim-refresh",
    ]


@contextmanager
def everything_logged() -> Iterator[io.StringIO]:
    """Open every logger wide."""
    seen = io.StringIO()
    handler = logging.StreamHandler(seen)
    root, names = logging.getLogger(), ("apprise", "urllib3.connectionpool", "requests", "notifications")
    _instantiate()
    levels = {name: logging.getLogger(name).level for name in names}
    before = root.level
    root.addHandler(handler)
    try:
        root.setLevel(logging.DEBUG)
        for name in names:
            logging.getLogger(name).setLevel(logging.DEBUG)
        yield seen
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def send_everywhere(app: App) -> list[Outcome]:
    """Send one letter by each product of Zalo."""
    ways = {
        ChannelName.ZALO: (Letter("", "NV-2020-0311"), "chat-1"),
        ChannelName.ZALO_OA: (Letter("", "NV-2020-0311"), "2512523625412515"),
        ChannelName.ZNS: (Letter("", PARAMS), "84912345678"),
    }
    return [
        app.channels[channel].send(letter, address, message_id="<1@x.vn>")
        for channel, (letter, address) in ways.items()
    ]


def test_no_secret_is_in_a_url_or_a_log(tmp_path: Path) -> None:
    """All three products send as they are wired; through faults and refreshes nobody writes a secret down."""
    with ZaloStandIn("123:geheim", now=lambda: NOON) as zalo:
        zalo.account.app_secret, zalo.account.refresh = "geheim-app", "geheim-refresh"
        services = ("zalo_api_base", "zalo_oauth_base", "zalo_oa_base", "zns_base")
        bases: dict[str, Any] = dict.fromkeys(services, zalo.url)
        app = build_app(Settings(data_dir=tmp_path, **BOT, **ACCOUNT, **TEMPLATE, **bases))
        upgrade(app.engine)
        with everything_logged() as seen:
            sent = send_everywhere(app)
            for fault in ("garbage", "status"):
                zalo.misbehave(*(Fault(fault, api=api) for api in ("bot", "oa", "zns")))
                sent += send_everywhere(app)
            zalo.account.rotate(NOON)  # behind our back: the next refresh is refused
            sent += send_everywhere(app)
        app.engine.dispose()

    urls = [channel._url for channel in app.channels.values() if isinstance(channel, AppriseChannel)]
    shown = seen.getvalue() + repr(sent) + repr(urls)
    assert [one.kind for one in sent[:3]] == [OutcomeKind.SENT] * 3, sent
    assert [one.kind for one in sent[-2:]] == [OutcomeKind.MISCONFIGURED] * 2
    assert "POST" in seen.getvalue()  # the requests were logged
    for secret in ("geheim", "access-2", "refresh-2"):
        assert secret not in shown


def test_the_mail_server_s_own_authority_is_trusted(tmp_path: Path) -> None:
    """The file with an authority of the office's own reaches the channel."""
    app = build_app(Settings(data_dir=tmp_path, smtp_ca_file=tmp_path / "ca.pem"))
    app.engine.dispose()
    mail = app.channels[ChannelName.EMAIL]

    assert isinstance(mail, AppriseChannel)
    assert "ca.pem" in mail._url


def test_the_policy_is_the_office_s(tmp_path: Path) -> None:
    """Both choices about deadlines are settings."""
    app = build_app(Settings(data_dir=tmp_path, before_is_exclusive=False, roll_computed=False))
    app.engine.dispose()

    assert not app.policy.before_is_exclusive
    assert not app.policy.roll_computed
