"""Put the parts together, in one place; a test builds an App of its own."""

from collections.abc import Callable, Mapping
from typing import Final

from pydantic import SecretStr
from sqlalchemy import Engine

from notifications.channels import Channel, ChannelName
from notifications.channels.handover import Secrets
from notifications.channels.known import (
    email_channel,
    plain_channel,
    zalo_channel,
    zalo_oa_channel,
    zns_channel,
)
from notifications.channels.mail import Sender
from notifications.channels.smtp import Security, SmtpServer
from notifications.channels.token_store import TokenStore
from tracker.app import App
from tracker.clock import WallClock
from tracker.phrasebook import say
from tracker.services.channel_setup import NEEDS, ZALO_ACCOUNT, missing
from tracker.settings import Settings
from tracker.store.channel_tokens import SqlTokenStore
from tracker.store.engine import make_engine

SMTP_PASSWORD: Final = "smtp-password"  # noqa: S105 — the name of a secret, not the secret
ZALO_TOKEN: Final = "zalo-bot-token"  # noqa: S105 — the same

__all__ = ["App", "build_app"]


def build_app(settings: Settings) -> App:
    """Build the real thing; the database is not touched yet, see `tracker.store.migrate.prepare`."""
    engine = make_engine(settings.database)
    return App(
        settings=settings,
        engine=engine,
        clock=WallClock(settings.zone),
        channels={channel.name: channel for channel in _channels(settings, engine)},
    )


def _channels(settings: Settings, engine: Engine) -> list[Channel]:
    """Build the channels that are set up; secrets go by name and are looked up when a letter is sent."""
    held = _secrets(settings)

    def secrets(name: str) -> str:
        return held[name].get_secret_value()

    tokens = SqlTokenStore(engine)
    return [
        _BUILDERS[channel](settings, secrets, tokens) for channel in NEEDS if not missing(settings, channel)
    ]


def _secrets(settings: Settings) -> Mapping[str, SecretStr]:
    """Return the secrets by the names that channels ask for them."""
    # The names are `app_secret_names(ZALO_ACCOUNT)`, whose module loads the network: a test compares them.
    return {
        SMTP_PASSWORD: settings.smtp_password,
        ZALO_TOKEN: settings.zalo_bot_token,
        f"{ZALO_ACCOUNT}.app-id": SecretStr(settings.zalo_oa_app_id),
        f"{ZALO_ACCOUNT}.app-secret": settings.zalo_oa_app_secret,
        f"{ZALO_ACCOUNT}.refresh-token": settings.zalo_oa_refresh_token,
    }


def _email(settings: Settings, secrets: Secrets, _: TokenStore) -> Channel:
    server = SmtpServer(
        settings.smtp_host,
        settings.smtp_port,
        Security(settings.smtp_tls),
        settings.smtp_user,
        SMTP_PASSWORD if settings.smtp_user else "",
        ca_file="" if settings.smtp_ca_file is None else str(settings.smtp_ca_file),
    )
    sender = Sender(settings.smtp_from, say("office.name", settings.lang), settings.reply_to)
    return email_channel(server, sender, secrets=secrets)


def _bot(settings: Settings, secrets: Secrets, _: TokenStore) -> Channel:
    return zalo_channel(ZALO_TOKEN, secrets=secrets, api=settings.zalo_api_base)


def _by_template(settings: Settings, secrets: Secrets, tokens: TokenStore) -> Channel:
    return zns_channel(
        ZALO_ACCOUNT,
        settings.zns_template_id,
        secrets=secrets,
        tokens=tokens,
        api=settings.zns_base,
        oauth=settings.zalo_oauth_base,
    )


def _account(settings: Settings, secrets: Secrets, tokens: TokenStore) -> Channel:
    return zalo_oa_channel(
        ZALO_ACCOUNT,
        secrets=secrets,
        tokens=tokens,
        api=settings.zalo_oa_base,
        oauth=settings.zalo_oauth_base,
    )


def _plain(_: Settings, secrets: Secrets, __: TokenStore) -> Channel:
    return plain_channel(secrets=secrets)


_BUILDERS: Final[Mapping[ChannelName, Callable[[Settings, Secrets, TokenStore], Channel]]] = {
    ChannelName.EMAIL: _email,
    ChannelName.ZALO: _bot,
    ChannelName.ZNS: _by_template,
    ChannelName.ZALO_OA: _account,
    ChannelName.APPRISE: _plain,
}
