"""Put the parts together, in one place; a test builds an App of its own."""

from typing import Final

from pydantic import SecretStr

from notifications.channels import Channel
from notifications.channels.known import email_channel, plain_channel, zalo_channel
from notifications.channels.mail import Sender
from notifications.channels.smtp import Security, SmtpServer
from tracker.app import App
from tracker.clock import WallClock
from tracker.phrasebook import say
from tracker.settings import Settings
from tracker.store.engine import make_engine

SMTP_PASSWORD: Final = "smtp-password"  # noqa: S105 — the name of a secret, not the secret
ZALO_TOKEN: Final = "zalo-bot-token"  # noqa: S105 — the same

__all__ = ["App", "build_app"]


def build_app(settings: Settings) -> App:
    """Build the real thing; the database is not touched yet, see `tracker.store.migrate.prepare`."""
    return App(
        settings=settings,
        engine=make_engine(settings.database),
        clock=WallClock(settings.zone),
        channels={channel.name: channel for channel in _channels(settings)},
    )


def _channels(settings: Settings) -> list[Channel]:
    """Build the channels that are set up; secrets go by name and are looked up when a letter is sent."""
    held: dict[str, SecretStr] = {
        SMTP_PASSWORD: settings.smtp_password,
        ZALO_TOKEN: settings.zalo_bot_token,
    }

    def secrets(name: str) -> str:
        return held[name].get_secret_value()

    server = SmtpServer(
        settings.smtp_host,
        settings.smtp_port,
        Security(settings.smtp_tls),
        settings.smtp_user,
        SMTP_PASSWORD if settings.smtp_user else "",
    )
    sender = Sender(settings.smtp_from, say("office.name", settings.lang), settings.reply_to)
    channels: list[Channel] = [email_channel(server, sender, secrets=secrets), plain_channel(secrets=secrets)]
    if settings.zalo_bot_token.get_secret_value():
        channels.append(zalo_channel(ZALO_TOKEN, secrets=secrets, api=settings.zalo_api_base))
    return channels
