"""One call to the Zalo Bot API, and what its answers mean.

https://bot.zaloplatforms.com/docs/: POST {api}/bot{token}/sendMessage with chat_id and text; the answer is
{"ok": true, "result": {"message_id": …}} or {"ok": false, "error_code": …, "description": …}. There is no
idempotency key and no receipt, so a message whose fate is unknown must not be sent again.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from notifications.channels.smtp import LOOPBACK
from notifications.outcome import Outcome

API: Final = "https://bot-api.zaloplatforms.com"
TEXT_LIMIT: Final = 2000
QUOTA_WAIT: Final = timedelta(seconds=60)  # where the answer names no time
_TIMEOUTS: Final = (5.0, 15.0)  # seconds to connect, to answer
_LONGEST_WAIT: Final = timedelta(hours=1)

# Errors as documented, but for 403: it is labelled «Internal server error» and passes by itself.
_MEANING: Final[Mapping[int, Callable[[str, str], Outcome]]] = MappingProxyType(
    {
        400: Outcome.refused,  # no such chat, or a text it will not take
        401: Outcome.misconfigured,  # token invalid
        403: Outcome.retry,
        404: Outcome.misconfigured,  # no such method: the base URL is wrong
        407: Outcome.misconfigured,  # the office's own proxy wants a login
        408: Outcome.unknown,
    }
)


def send_message(
    api: str, token: str, chat_id: str, text: str, *, timeouts: tuple[float, float] = _TIMEOUTS
) -> Outcome:
    """Send one text. Never raises on what the network or the API does, and never repeats the token.

    A new connection for each message: on a kept one, a reset could mean «closed while idle» or «accepted,
    then lost», and only a fresh one tells connection refused (not sent) from no answer (unknown).
    """
    if not 1 <= len(text) <= TEXT_LIMIT:
        return Outcome.refused("text-length", f"{len(text)} characters, the limit is {TEXT_LIMIT}")
    adapter = _WatchedAdapter()
    try:
        with requests.Session() as session:
            session.mount("http://", adapter)
            session.mount("https://", adapter)
            # a proxy from the environment is no way to reach this machine itself
            session.trust_env = urlsplit(api).hostname not in LOOPBACK
            answer = session.post(
                f"{api.rstrip('/')}/bot{token}/sendMessage",
                json={"chat_id": chat_id, "text": text},
                timeout=timeouts,
                allow_redirects=False,  # a redirect would carry the token to whoever asks
            )
    except (
        requests.exceptions.InvalidURL,
        requests.exceptions.InvalidSchema,
        requests.exceptions.MissingSchema,
    ):
        return Outcome.misconfigured("bad-api-url", "the base URL of the Zalo API cannot be used")
    except requests.RequestException as error:
        # the words of these errors hold the URL, and the URL the token: only the kind is kept
        if adapter.connected:
            return Outcome.unknown("no-answer", type(error).__name__)
        return Outcome.unreachable("not-connected", type(error).__name__)
    return _read(answer)


class _WatchedAdapter(HTTPAdapter):
    """Notes whether a connection (TLS included) was ever made: only before that is «not sent» certain."""

    connected = False

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        """Watch the connections of the pool that requests picked."""
        pool: Any = super().get_connection_with_tls_context(*args, **kwargs)
        build = pool.ConnectionCls

        def watched(**arguments: Any) -> Any:
            connection = build(**arguments)
            connect = connection.connect

            def connect_and_note() -> None:
                connect()
                self.connected = True

            connection.connect = connect_and_note
            return connection

        pool.ConnectionCls = watched
        return pool


def _read(answer: requests.Response) -> Outcome:
    body = _json(answer)
    if answer.status_code == requests.codes.ok and body.get("ok") is True:
        result = body.get("result")
        message_id = result.get("message_id") if isinstance(result, dict) else None
        return Outcome.sent(str(message_id) if message_id else None, code="200")
    if body.get("ok") is False:
        return _error(body.get("error_code"), str(body.get("description", ""))[:200], answer)
    if answer.status_code == requests.codes.ok:  # a login page or a proxy's excuse: who knows who answered
        return Outcome.unknown("not-json", f"{len(answer.content)} bytes that are no answer of the API")
    return _error(answer.status_code, answer.reason or "", answer)


def _error(code: object, description: str, answer: requests.Response) -> Outcome:
    """Turn an error code into what to do about it."""
    number = code if isinstance(code, int) else answer.status_code
    if number == requests.codes.too_many_requests:
        return Outcome.unreachable("429", description, _wait(answer))
    if 300 <= number < 400:  # noqa: PLR2004 — a portal between us and the API; it was never reached
        return Outcome.unreachable(str(number), description)
    if number in _MEANING:
        return _MEANING[number](str(number), description)
    refused = 400 <= number < 500  # noqa: PLR2004 — the classes of HTTP
    return (Outcome.refused if refused else Outcome.unknown)(str(number), description)


def _json(answer: requests.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except requests.exceptions.JSONDecodeError:
        return {}
    return body if isinstance(body, dict) else {}


def _wait(answer: requests.Response) -> timedelta:
    """Return how long the API asks us to wait."""
    asked = answer.headers.get("Retry-After", "")
    seconds = timedelta(seconds=int(asked)) if asked.isdecimal() and len(asked) < 6 else QUOTA_WAIT  # noqa: PLR2004
    return min(seconds, _LONGEST_WAIT)
