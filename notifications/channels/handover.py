"""What a plugin of ours needs and Apprise's own signature has no room for.

Apprise passes a plugin a title and a body. The HTML part, the stable Message-ID, the secrets and the open
connection travel beside them in a context variable, and the typed outcome comes back the same way.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from notifications.channels.token_store import TokenStore
from notifications.messages import Letter
from notifications.outcome import Outcome

Secrets = Callable[[str], str]  # a secret by its name, "" when there is none


class Connection(Protocol):
    """Something a plugin keeps open between letters."""

    def close(self) -> None:
        """Let go of it."""
        ...


@dataclass(slots=True)
class Handover:
    """One letter on its way through Apprise to a plugin of ours."""

    letter: Letter
    message_id: str
    secrets: Secrets
    connections: dict[Any, Connection] = field(default_factory=dict)
    tokens: TokenStore | None = None
    outcome: Outcome | None = None


CURRENT: Final[ContextVar[Handover | None]] = ContextVar("handover", default=None)


@contextmanager
def handing_over(handover: Handover) -> Iterator[None]:
    """Make the handover visible to the plugin that is called inside."""
    token = CURRENT.set(handover)
    try:
        yield
    finally:
        CURRENT.reset(token)
