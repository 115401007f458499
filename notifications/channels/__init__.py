"""The port through which a letter reaches its reader."""

from enum import StrEnum
from typing import Protocol

from notifications.messages import Letter
from notifications.outcome import Outcome


class ChannelName(StrEnum):
    """The channels an office has; a contact and an outbox row name one of them."""

    EMAIL = "email"
    ZALO = "zalo"  # the Bot
    ZALO_OA = "zalo-oa"  # the Official Account; the address is a user of that account
    ZNS = "zns"  # a message by template; the address is a phone number
    APPRISE = "apprise"  # any other service Apprise knows; the address is its URL


class WhenUnknown(StrEnum):
    """What to do with a letter that may or may not have arrived."""

    RESEND = "resend"  # the reader can tell a copy by its Message-ID
    HOLD = "hold"  # a copy cannot be told apart: leave it to a person


class Channel(Protocol):
    """One way to reach a reader."""

    @property
    def name(self) -> str:
        """Return the name that outbox rows call it by."""
        ...

    @property
    def when_unknown(self) -> WhenUnknown:
        """Say how to treat a letter whose fate is unknown."""
        ...

    def send(self, letter: Letter, address: str, *, message_id: str) -> Outcome:
        """Hand one letter over and say what became of it; refusals are outcomes, not exceptions."""
        ...

    def close(self) -> None:
        """Let go of open connections; the channel may be used again."""
        ...
