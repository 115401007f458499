"""What each channel needs before letters can go through it; a light module, for every command wires them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pydantic import SecretStr

from notifications.channels import ChannelName
from tracker.settings import PREFIX, Settings

ZALO_ACCOUNT: Final = "zalo-oa"  # the credential of the Official Account; templates are sent in its name
_ACCOUNT: Final = ("zalo_oa_app_id", "zalo_oa_app_secret", "zalo_oa_refresh_token")
NEEDS: Final[Mapping[ChannelName, tuple[str, ...]]] = MappingProxyType(
    {
        ChannelName.EMAIL: ("smtp_host", "smtp_from"),
        ChannelName.ZALO: ("zalo_bot_token",),
        ChannelName.ZNS: (*_ACCOUNT, "zns_template_id"),
        ChannelName.ZALO_OA: _ACCOUNT,
        ChannelName.APPRISE: (),
    }
)
"""The settings without which a channel is not set up, in the order in which letters try the channels."""


def missing(settings: Settings, channel: ChannelName) -> tuple[str, ...]:
    """Return the variables that a channel still needs, as an operator writes them; none: it is set up."""
    return tuple(PREFIX + name.upper() for name in NEEDS[channel] if not _given(settings, name))


def _given(settings: Settings, name: str) -> bool:
    value = getattr(settings, name)
    words = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
    return bool(words.strip())
