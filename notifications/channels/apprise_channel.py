"""Sends through Apprise: our own plugins with a typed outcome, any other with yes or no."""

import logging
import re
import warnings
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, Final
from urllib.parse import quote

from notifications.channels import WhenUnknown
from notifications.channels.handover import Connection, Handover, Secrets, handing_over
from notifications.channels.token_store import TokenStore
from notifications.messages import Letter
from notifications.outcome import Outcome

OUR_PLUGINS: Final = (
    "dondocmail.NotifyDonDocMail",
    "zalobot.NotifyZaloBot",
    "zalooa.NotifyZaloOa",
    "zns.NotifyZns",
)
WHOLE_URL: Final = "{address}"
_SECRET: Final = re.compile(r"\{secret:([\w.-]+)\}")
_TOKEN_IN_PATH: Final = re.compile(r"/bot[^/\s]+/")


def no_secrets(_name: str) -> str:
    """Keep no secrets."""
    return ""


class AppriseChannel:
    """One channel: an Apprise URL with a place for the reader's address.

    In `url`, `{address}` stands for the address (percent-encoded, unless it is the whole URL) and
    `{secret:name}` for a secret that is looked up at the moment of sending.
    """

    def __init__(
        self,
        name: str,
        url: str = WHOLE_URL,
        *,
        when_unknown: WhenUnknown = WhenUnknown.RESEND,
        secrets: Secrets = no_secrets,
        tokens: TokenStore | None = None,
    ) -> None:
        self.name = name
        self.when_unknown = when_unknown
        self._url = url
        self._secrets = secrets
        self._tokens = tokens
        self._connections: dict[Any, Connection] = {}

    def send(self, letter: Letter, address: str, *, message_id: str) -> Outcome:
        """Hand one letter over and say what became of it."""
        plugin = _instantiate()(self._url_for(address))
        if plugin is None:
            return self._unusable()
        handover = Handover(letter, message_id, self._secrets, self._connections, self._tokens)
        with handing_over(handover):
            done = plugin.notify(title=letter.subject, body=letter.text, body_format="text")
        if handover.outcome is not None:
            return handover.outcome
        if done:
            return Outcome.sent(detail=str(plugin.service_name))
        return Outcome.retry("apprise-failed", str(plugin.service_name))

    def close(self) -> None:
        """Close the connections that were kept open."""
        for connection in self._connections.values():
            connection.close()
        self._connections.clear()

    def _unusable(self) -> Outcome:
        """Say whose fault it is that Apprise can make nothing of the URL."""
        if self._url == WHOLE_URL:
            return Outcome.refused("bad-address", "Apprise cannot use this address")
        return Outcome.retry("bad-url", "Apprise cannot use the channel's URL with this address")

    def _url_for(self, address: str) -> str:
        with_secrets = _SECRET.sub(lambda found: quote(self._secrets(found[1]), safe=""), self._url)
        if with_secrets == WHOLE_URL:
            return address
        return with_secrets.replace("{address}", quote(address, safe=""))


@cache
def _instantiate() -> Callable[[str], Any]:
    """Load Apprise when the first letter is sent (half a second); return what makes a plugin of a URL."""
    _keep_secrets_out_of_logs()
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # of modules among its 200 plugins, none of them ours
        apprise = import_module("apprise")
        manager = import_module("apprise.manager_plugins").NotificationManager()
        for path in OUR_PLUGINS:
            module, _, plugin = path.partition(".")
            manager.add(getattr(import_module(f"notifications.channels.plugins.{module}"), plugin))
    return apprise.Apprise.instantiate  # type: ignore[no-any-return] # Apprise ships no types


def _keep_secrets_out_of_logs() -> None:
    """Silence the libraries whose logs show whole URLs: what an operator needs is in the outcome."""
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    for name in ("urllib3.connectionpool", "urllib3.util.retry", "requests"):
        logger = logging.getLogger(name)
        logger.setLevel(logging.WARNING)
        logger.addFilter(_hide_token)


def _hide_token(record: logging.LogRecord) -> bool:
    """Write over a bot token wherever a path shows one."""
    record.msg, record.args = _TOKEN_IN_PATH.sub("/bot…/", record.getMessage()), None
    return True
