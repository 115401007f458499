"""A stand-in of the Zalo Bot, OA and ZNS APIs on this machine, for the demo and for tests.

It answers as documented (`zalo_answers`) and misbehaves when told to (`Fault`). GET /_state shows what it
accepted; POST /_ctl changes tokens, readers, hours and faults from another process.
"""

import json
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Self
from urllib.parse import parse_qsl, urlsplit

from notifications.standins.zalo_answers import Call, Reply, Sending, answer, bot_error, oa_error
from notifications.standins.zalo_control import control, shown
from notifications.standins.zalo_state import MADE_UP, Account, Fault, State, wall_clock

__all__ = ["MADE_UP", "Account", "Fault", "ZaloStandIn"]


class ZaloStandIn:
    """The stand-in in a thread of this process; use it as a context manager. One URL serves all its APIs."""

    def __init__(
        self,
        token: str = MADE_UP,
        *,
        chats: set[str] | None = None,
        port: int = 0,
        now: Callable[[], datetime] = wall_clock,
    ) -> None:
        self.state = State({token}, chats, now=now)
        handler = type("Handler", (_Handler,), {"state": self.state})
        self._server = _Server(("127.0.0.1", port), handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="zalo-stand-in", daemon=True
        )

    @property
    def url(self) -> str:
        """Return the base URL to give the channels."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def account(self) -> Account:
        """Return the Official Account."""
        return self.state.account

    @property
    def accepted(self) -> list[dict[str, Any]]:
        """Return the messages of the Bot that were taken, in order."""
        with self.state.lock:
            return list(self.state.accepted)

    def misbehave(self, *faults: Fault) -> None:
        """Add faults, used in this order."""
        with self.state.lock:
            self.state.faults.extend(faults)

    def start(self) -> Self:
        """Begin to answer."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


class _Server(ThreadingHTTPServer):
    """A server that is not surprised when a client is gone before it has its answer."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report everything but a broken connection."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Answers one request; head and body leave in one piece: apart, each would wait 40 ms for an ACK."""

    state: ClassVar[State]
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer a GET: our own state, or a method of an API with its parameters in the query."""
        if self.path == "/_state":
            self._answer(HTTPStatus.OK, shown(self.state))
            return
        self._call(dict(parse_qsl(urlsplit(self.path).query)))

    def do_POST(self) -> None:
        """Answer a POST: our own control, or a method of an API with JSON or a form."""
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded"):
            self._call(dict(parse_qsl(content.decode())))
            return
        try:
            given = json.loads(content or b"{}")
        except ValueError:
            given = None
        if not isinstance(given, dict):
            self._answer(HTTPStatus.OK, bot_error(400, "Bad request"))
        elif self.path == "/_ctl":
            control(self.state, given)
            self._answer(HTTPStatus.OK, {"ok": True})
        else:
            self._call(given)

    def _call(self, given: dict[str, Any]) -> None:
        asked = Call(
            urlsplit(self.path).path, given, {name.lower(): value for name, value in self.headers.items()}
        )
        found = answer(self.state, asked)
        if isinstance(found, Sending):
            fault = self.state.next_fault(found.api, found.reader)
            if fault is not None and self._misbehaved(fault, found):
                return
            found = found.do()
        self._reply(found)

    def _misbehaved(self, fault: Fault, asked: Sending) -> bool:
        """Do what the fault says; return whether that was all."""
        error = bot_error if asked.api == "bot" else oa_error
        match fault.kind:
            case "status":
                self._answer(fault.status, None)
            case "error":
                self._answer(HTTPStatus.OK, error(fault.error_code, "as told"))
            case "garbage":
                self._answer(HTTPStatus.OK, None)
            case "quota":
                body = error(429, "Quota exceeded") if asked.api == "bot" else None
                self._answer(HTTPStatus.TOO_MANY_REQUESTS, body, retry_after=fault.seconds)
            case "drop":
                self._break()
            case "lost-ack":
                asked.do()
                self._break()
            case "delay":
                time.sleep(fault.seconds)
                return False
            case _:
                raise ValueError(fault.kind)
        return True

    def _break(self) -> None:
        """Close the connection without a word."""
        self.close_connection = True
        self.connection.shutdown(2)

    def _reply(self, reply: Reply) -> None:
        self._answer(reply.status, reply.body)

    def _answer(self, status: int, body: dict[str, Any] | None, *, retry_after: float = 0) -> None:
        """Answer with JSON, or with a page of HTML as a proxy would."""
        html = "<html><body>Đăng nhập mạng</body></html>"
        content = (html if body is None else json.dumps(body, ensure_ascii=False)).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html" if body is None else "application/json")
        self.send_header("Content-Length", str(len(content)))
        if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
            self.send_header("Location", "/login")
        if retry_after:
            self.send_header("Retry-After", str(int(retry_after)))
        self.end_headers()
        self.wfile.write(content)

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Tell the time by the stand-in's clock: the hours it keeps are by that."""
        return super().date_time_string(self.state.now().timestamp() if timestamp is None else timestamp)

    def log_message(self, *_: Any) -> None:
        """Keep quiet: the path of a request holds the token."""
