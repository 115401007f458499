"""The access token of an Official Account, kept fresh by any number of processes.

https://developers.zalo.me/docs/: an access token lives 25 hours, a refresh token three months and is good
for ONE use; with the new pair, both old ones are dead. Two processes that refresh at once would leave one of
them, and after it everybody, with dead tokens. So a refresh happens under a lock of the store, after the
newest pair was read again, and the new pair is durable before it is used.

Nothing in the protocol heals a lost answer: if Zalo has rotated the tokens and we never heard of it, only a
person can authorize the app anew. Such letters fall back to another channel.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from notifications.channels.handover import Secrets
from notifications.channels.token_store import Tokens, TokenStore
from notifications.channels.zalo_http import DETAIL_LIMIT, Answer, Request, Timeouts, post, whole_number
from notifications.outcome import Outcome, OutcomeKind

OAUTH: Final = "https://oauth.zaloapp.com"
MARGIN: Final = timedelta(hours=4)  # a token with less to live is refreshed before it is used
_TIMEOUTS: Final[Timeouts] = (5.0, 10.0)  # the store's lock is held meanwhile
_AUTHORIZATION: Final = range(-14999, -13999)  # codes about tokens, secrets and permissions
_LONGEST_LIFE: Final = 400 * 86_400  # seconds; more is no answer of theirs

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AppCredentials:
    """What an app proves itself with; `refresh_token` is the one a person authorized it with."""

    app_id: str
    app_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)


def app_secret_names(credential: str) -> tuple[str, str, str]:
    """Return the names by which a credential's app id, app secret and first refresh token are looked up."""
    return f"{credential}.app-id", f"{credential}.app-secret", f"{credential}.refresh-token"


def app_credentials(secrets: Secrets, credential: str) -> AppCredentials:
    """Look up what an app proves itself with."""
    return AppCredentials(*map(secrets, app_secret_names(credential)))


@dataclass(frozen=True, slots=True)
class TokenKeeper:
    """Gives out tokens of one credential that are good for a while."""

    store: TokenStore
    credential: str
    app: AppCredentials
    oauth: str = OAUTH
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def tokens(self, *, refused: Tokens | None = None) -> Tokens | Outcome:
        """Return tokens to use, or why there are none; `refused` are those that Zalo would not take."""
        try:
            held = self.store.load(self.credential)
            return held if self._good(held, refused) else self._refreshed(refused)
        except Exception as error:  # nothing was sent; but a new pair may be lost with the store
            log.exception("the tokens of %s could not be kept", self.credential)
            return Outcome.misconfigured("token-store-failed", type(error).__name__, fall_back=True)

    def _good(self, held: Tokens, refused: Tokens | None) -> bool:
        if not held.access or (refused is not None and held.revision <= refused.revision):
            return False
        return held.expires_at is not None and held.expires_at - self.now() >= MARGIN

    def _refreshed(self, refused: Tokens | None) -> Tokens | Outcome:
        """Refresh under the lock, unless somebody else has meanwhile."""
        with self.store.locked(self.credential) as held:
            newest = held.newest
            if self._good(newest, refused):
                return newest
            got = self._refresh(newest)
            if isinstance(got, Tokens):
                held.keep(got)
                return got
        alive = newest.access and newest.expires_at is not None and newest.expires_at > self.now()
        if got.kind is OutcomeKind.RETRY and alive and refused is None:
            return newest  # the refresh never reached Zalo, and what we have will do for now
        return got

    def _refresh(self, newest: Tokens) -> Tokens | Outcome:
        """Ask with the newest refresh token; where that one is dead, with one a person has put in since."""
        if not (self.app.app_id and self.app.app_secret):
            return Outcome.misconfigured("no-credential", f"no app id or secret of {self.credential!r}")
        candidates = dict.fromkeys(filter(None, (newest.refresh, self.app.refresh_token)))
        got: Tokens | Outcome = Outcome.misconfigured(
            "authorize", f"no refresh token of {self.credential!r}: authorize the app", fall_back=True
        )
        for refresh_token in candidates:
            got = self._ask(refresh_token, newest.revision)
            if isinstance(got, Tokens) or got.code != "authorize-anew":
                break
        return got

    def _ask(self, refresh_token: str, revision: int) -> Tokens | Outcome:
        form = {
            "refresh_token": refresh_token,
            "app_id": self.app.app_id,
            "grant_type": "refresh_token",
        }
        url = f"{self.oauth.rstrip('/')}/v4/oa/access_token"
        asked_at = self.now()
        answer = post(Request(url, form=form, headers={"secret_key": self.app.app_secret}), _TIMEOUTS)
        if isinstance(answer, Outcome):
            return _unanswered(answer.detail) if answer.kind is OutcomeKind.UNKNOWN else answer
        return _read(answer, asked_at, revision)


def _read(answer: Answer, asked_at: datetime, revision: int) -> Tokens | Outcome:
    body = answer.body
    access, refresh, seconds = (
        str(body.get(name) or "") for name in ("access_token", "refresh_token", "expires_in")
    )
    if access and refresh:  # what is rotated must be kept, whatever else is odd about the answer
        known = seconds.isdecimal() and int(seconds) <= _LONGEST_LIFE
        life = timedelta(seconds=int(seconds)) if known else MARGIN
        return Tokens(access, refresh, asked_at + life, revision + 1)
    if code := whole_number(body.get("error")):
        said = str(body.get("error_name") or body.get("error_description") or "")
        name = "authorize-anew" if code in _AUTHORIZATION else "refresh-refused"
        return Outcome.misconfigured(name, f"{code} {said}".strip()[:DETAIL_LIMIT], fall_back=True)
    if 300 <= answer.status < 400:  # noqa: PLR2004 — a portal; the server was never reached
        return Outcome.unreachable(str(answer.status), answer.reason)
    if 400 <= answer.status < 500:  # noqa: PLR2004 — refused before anything was done
        return Outcome.misconfigured(str(answer.status), answer.reason, fall_back=True)
    return _unanswered(f"{answer.status}, {answer.size} bytes that are no answer of the API")


def _unanswered(detail: str) -> Outcome:
    """Say that the tokens may have been changed without our knowing the new ones."""
    said = f"the tokens may have been changed: {detail}; if the next try fails too, authorize the app anew"
    return Outcome.misconfigured("refresh-unanswered", said[:DETAIL_LIMIT], fall_back=True)


def with_token(
    keeper: TokenKeeper, send: Callable[[str], Outcome], refused: Callable[[Outcome], bool]
) -> Outcome:
    """Send with a token; where it is refused, once more with a new one."""
    tokens = keeper.tokens()
    if isinstance(tokens, Outcome):
        return tokens
    outcome = send(tokens.access)
    if not refused(outcome):
        return outcome
    newer = keeper.tokens(refused=tokens)
    return newer if isinstance(newer, Outcome) else send(newer.access)
