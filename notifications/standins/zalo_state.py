"""What the stand-in of Zalo knows: tokens, users, what it accepted, and how it is to misbehave."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

MADE_UP: Final = "123456:stand-in"  # the bot token it takes unless told another
TOKEN_LIFE: Final = timedelta(hours=25)


def wall_clock() -> datetime:
    """Return the real moment."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Fault:
    """One way to misbehave, for the next `times` messages (to `chat_id` only, on `api` only, when given).

    `chat_id` is the reader of any API: a chat, a user, a phone. On «oauth», «lost-ack» rotates the tokens and
    drops the answer.
    """

    kind: str  # status, error, delay, drop, lost-ack, garbage, quota
    times: int = 1
    chat_id: str | None = None
    status: int = 502  # for «status»
    error_code: int = 403  # for «error»
    seconds: float = 0  # how long «delay» waits; what «quota» tells to wait
    api: str | None = None  # bot, oa, zns, oauth

    def applies(self, api: str, reader: str) -> bool:
        """Tell whether it is still to be used on a message to this reader."""
        return self.times > 0 and self.chat_id in (None, reader) and self.api in (None, api)


@dataclass(slots=True)
class Account:
    """An Official Account with its app, and what it may do."""

    app_id: str = "1234567890"
    app_secret: str = "made-up-app-secret"  # noqa: S105 — made up
    secret_key: str = "made-up-webhook-key"  # noqa: S105 — the same; signs web hooks
    oa_id: str = "579745863508352884"
    access: str = "access-1"
    refresh: str = "refresh-1"
    expires_at: datetime = datetime(9999, 1, 1, tzinfo=UTC)
    issued: int = 1  # pairs of tokens
    refused_refreshes: int = 0
    followers: set[str] | None = None  # None: everybody
    last_words: dict[str, datetime] = field(default_factory=dict)  # of users; others just wrote
    templates: set[str] | None = None  # None: every one is approved
    no_zalo: set[str] = field(default_factory=set)  # phones without an account
    daily: int = 500
    left: int = 500  # of the day's template messages

    def rotate(self, now: datetime) -> dict[str, Any]:
        """Issue a new pair of tokens; the old ones die at once."""
        self.issued += 1
        self.access, self.refresh = f"access-{self.issued}", f"refresh-{self.issued}"
        self.expires_at = now + TOKEN_LIFE
        seconds = str(int(TOKEN_LIFE.total_seconds()))
        return {"access_token": self.access, "refresh_token": self.refresh, "expires_in": seconds}


@dataclass(slots=True)
class State:
    """Everything; `accepted` holds {chat_id, text, message_id, date} of the Bot."""

    tokens: set[str]
    chats: set[str] | None = None  # None: every chat is known
    account: Account = field(default_factory=Account)
    faults: list[Fault] = field(default_factory=list)
    accepted: list[dict[str, Any]] = field(default_factory=list)
    oa_accepted: list[dict[str, Any]] = field(default_factory=list)
    zns_accepted: list[dict[str, Any]] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)  # of each API
    ack_delay: float = 0  # seconds between accepting a message of the Bot and answering
    now: Callable[[], datetime] = wall_clock
    lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def requests(self) -> int:
        """Return how often the Bot was asked to send."""
        return self.calls["bot"]

    def next_fault(self, api: str, reader: str) -> Fault | None:
        """Count a call; use up and return the first fault that applies."""
        with self.lock:
            self.calls[api] += 1
            fault = next((fault for fault in self.faults if fault.applies(api, reader)), None)
            if fault is not None:
                fault.times -= 1
            return fault

    def reset(self) -> None:
        """Forget what was accepted, and all faults."""
        for kept in (self.accepted, self.oa_accepted, self.zns_accepted, self.faults):
            kept.clear()
        self.calls.clear()
