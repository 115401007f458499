"""A deliverer in a process of its own, for tests that kill it.

Loaded once by the fork server, so that a new deliverer starts in milliseconds: with fresh interpreters a
kill would mostly hit an import.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from notifications.channels.apprise_channel import _instantiate
from notifications.channels.known import email_channel, zalo_channel
from notifications.channels.mail import Sender
from notifications.channels.smtp import SmtpServer
from notifications.deliver import deliver_due
from notifications.standins.zalo import MADE_UP
from tracker.store.engine import make_engine
from tracker.store.outbox import SqlOutbox

_instantiate()  # Apprise with its plugins


@dataclass(frozen=True, slots=True)
class Places:
    """Where letters are kept and where they go."""

    database_url: str
    smtp_port: int
    zalo_url: str
    lease: timedelta


def work(places: Places) -> None:
    """Deliver until nothing is due."""
    server = SmtpServer("127.0.0.1", places.smtp_port)
    channels = (
        email_channel(server, Sender("dondoc@tinh.example.vn")),
        zalo_channel("bot", secrets=lambda _: MADE_UP, api=places.zalo_url),
    )
    outbox = SqlOutbox(make_engine(places.database_url), lease=places.lease)
    deliver_due(outbox, {channel.name: channel for channel in channels}, lambda: datetime.now(UTC))
