"""Where the tokens of an account are kept that change in use; a store implements it."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one credential; the revision counts how often they were changed."""

    access: str = field(default="", repr=False)
    refresh: str = field(default="", repr=False)
    expires_at: datetime | None = None  # of the access token; aware
    revision: int = 0


class HeldTokens(Protocol):
    """The tokens of one credential while this process alone may change them."""

    @property
    def newest(self) -> Tokens:
        """Return them as they are now, whoever wrote them."""
        ...

    def keep(self, tokens: Tokens) -> None:
        """Replace them; durable once the lock is let go of."""
        ...


class TokenStore(Protocol):
    """Where tokens are kept, for all processes."""

    def load(self, credential: str) -> Tokens:
        """Return the tokens; empty ones for a credential that has none yet."""
        ...

    def locked(self, credential: str) -> AbstractContextManager[HeldTokens]:
        """Lock the credential, waiting for whoever holds it; leaving without an error commits."""
        ...
