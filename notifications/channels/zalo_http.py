"""One call to an API of Zalo: what came back, or an outcome that says how sure it is that nothing left.

A new connection for each call: on a kept one, a reset could mean «closed while idle» or «accepted, then
lost», and only a fresh one tells connection refused (not sent) from no answer (unknown).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from notifications.channels.smtp import LOOPBACK
from notifications.outcome import Outcome

Timeouts = tuple[float, float]  # seconds to connect, to answer
TIMEOUTS: Final[Timeouts] = (5.0, 15.0)
DETAIL_LIMIT: Final = 200
_CODE: Final = re.compile(r"-?\d{1,6}", re.ASCII)
_LONGEST_ASKED: Final = 5  # digits of a Retry-After that is believed


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said; `body` is empty where it is no JSON object."""

    status: int
    reason: str
    body: Mapping[str, Any]
    size: int  # bytes
    wait: timedelta | None  # Retry-After
    at: datetime  # the server's own clock where it tells it: its hours are the ones that count


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked; headers and path may hold a token, so it is shown nowhere."""

    url: str
    json: Mapping[str, Any] | None = None
    form: Mapping[str, str] | None = None
    headers: Mapping[str, str] | None = None

    def __repr__(self) -> str:
        return f"Request to {urlsplit(self.url).hostname}"


def post(request: Request, timeouts: Timeouts = TIMEOUTS) -> Answer | Outcome:
    """Post once. Never raises on what the network or the server does, and repeats nothing secret."""
    adapter = _WatchedAdapter()
    try:
        with requests.Session() as session:
            session.mount("http://", adapter)
            session.mount("https://", adapter)
            # a proxy from the environment is no way to reach this machine itself
            session.trust_env = urlsplit(request.url).hostname not in LOOPBACK
            answer = session.post(
                request.url,
                json=request.json,
                data=request.form,
                headers=request.headers,
                timeout=timeouts,
                allow_redirects=False,  # a redirect would carry the token to whoever asks
            )
    except (
        requests.exceptions.InvalidURL,
        requests.exceptions.InvalidSchema,
        requests.exceptions.MissingSchema,
        requests.exceptions.InvalidHeader,
        UnicodeError,  # a header that cannot be written: a secret pasted with something else
    ):
        return Outcome.misconfigured("bad-api-url", "the base URL or a credential of Zalo cannot be used")
    except requests.RequestException as error:
        # the words of these errors hold the URL, and the URL may hold the token: only the kind is kept
        if adapter.connected:
            return Outcome.unknown("no-answer", type(error).__name__, fall_back=True)
        return Outcome.unreachable("not-connected", type(error).__name__)
    return _read(answer)


def whole_number(value: object) -> int | None:
    """Read a code that may come as a number or as text; None for anything else."""
    if isinstance(value, str) and _CODE.fullmatch(value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _read(answer: requests.Response) -> Answer:
    asked = answer.headers.get("Retry-After", "")
    return Answer(
        status=answer.status_code,
        reason=answer.reason or "",
        body=_json(answer),
        size=len(answer.content),
        wait=timedelta(seconds=int(asked)) if asked.isdecimal() and len(asked) <= _LONGEST_ASKED else None,
        at=_moment(answer.headers.get("Date", "")),
    )


def _json(answer: requests.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except (requests.exceptions.JSONDecodeError, RecursionError):  # RecursionError: brackets without end
        return {}
    return body if isinstance(body, dict) else {}


def _moment(date_header: str) -> datetime:
    try:
        return parsedate_to_datetime(date_header).astimezone(UTC)
    except (ValueError, OverflowError):
        return datetime.now(UTC)


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
