"""A stand-in of the Zalo Bot API on this machine, for the demo and for tests.

It answers as documented at https://bot.zaloplatforms.com/docs/ and misbehaves when told to (`Fault`).
GET /_state shows what it accepted; POST /_ctl changes tokens, chats and faults from another process.
"""

import json
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Final, Self
from urllib.parse import parse_qsl, urlsplit

TEXT_LIMIT: Final = 2000
MADE_UP: Final = "123456:stand-in"  # the token it takes unless told another
DOCUMENTED_ERRORS: Final = {"getUpdates": 408, "getWebhookInfo": 404}  # nothing to fetch; no webhook set


@dataclass(slots=True)
class Fault:
    """One way to misbehave, for the next `times` messages (to `chat_id` only, when given)."""

    kind: str  # status, error, delay, drop, lost-ack, garbage, quota
    times: int = 1
    chat_id: str | None = None
    status: int = 502  # for «status»
    error_code: int = 403  # for «error»
    seconds: float = 0  # how long «delay» waits; what «quota» tells to wait

    def applies(self, chat_id: str) -> bool:
        """Tell whether it is still to be used on a message to this chat."""
        return self.times > 0 and self.chat_id in (None, chat_id)


@dataclass(slots=True)
class State:
    """What the stand-in knows; `accepted` holds {chat_id, text, message_id, date}."""

    tokens: set[str]
    chats: set[str] | None = None  # None: every chat is known
    faults: list[Fault] = field(default_factory=list)
    accepted: list[dict[str, Any]] = field(default_factory=list)
    requests: int = 0
    ack_delay: float = 0  # seconds between accepting a message and answering
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next_fault(self, chat_id: str) -> Fault | None:
        """Use up and return the first fault that applies."""
        with self.lock:
            fault = next((fault for fault in self.faults if fault.applies(chat_id)), None)
            if fault is not None:
                fault.times -= 1
            return fault

    def accept(self, chat_id: str, text: str) -> dict[str, Any]:
        """Take a message and return what the API answers."""
        with self.lock:
            result = {"message_id": f"m{len(self.accepted) + 1:06d}", "date": int(time.time() * 1000)}
            self.accepted.append({"chat_id": chat_id, "text": text, **result})
            return result


class ZaloStandIn:
    """The stand-in in a thread of this process; use it as a context manager."""

    def __init__(self, token: str = MADE_UP, *, chats: set[str] | None = None, port: int = 0) -> None:
        self.state = State({token}, chats)
        handler = type("Handler", (_Handler,), {"state": self.state})
        self._server = _Server(("127.0.0.1", port), handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="zalo-stand-in", daemon=True
        )

    @property
    def url(self) -> str:
        """Return the base URL to give the channel."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def accepted(self) -> list[dict[str, Any]]:
        """Return the messages that were taken, in order."""
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
        """Answer a GET: our own state, or a method of the API with its parameters in the query."""
        if self.path == "/_state":
            with self.state.lock:
                faults = [asdict(fault) for fault in self.state.faults]
                seen = {
                    "accepted": list(self.state.accepted),
                    "requests": self.state.requests,
                    "faults": faults,
                }
            self._answer(HTTPStatus.OK, seen)
            return
        self._call(dict(parse_qsl(urlsplit(self.path).query)))

    def do_POST(self) -> None:
        """Answer a POST: our own control, or a method of the API with JSON parameters."""
        try:
            given = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        except ValueError:
            given = None
        if not isinstance(given, dict):
            self._answer(HTTPStatus.OK, _error(400, "Bad request"))
        elif self.path == "/_ctl":
            self._control(given)
        else:
            self._call(given)

    def _control(self, given: dict[str, Any]) -> None:
        with self.state.lock:
            if given.get("reset"):
                self.state.accepted.clear()
                self.state.faults.clear()
                self.state.requests = 0
            if "tokens" in given:
                self.state.tokens = set(given["tokens"])
            if "chats" in given:
                self.state.chats = None if given["chats"] is None else set(given["chats"])
            self.state.faults.extend(Fault(**fault) for fault in given.get("faults", ()))
        self._answer(HTTPStatus.OK, {"ok": True})

    def _call(self, given: dict[str, Any]) -> None:
        """Answer /bot{token}/{method}."""
        token, _, method = urlsplit(self.path).path.removeprefix("/bot").partition("/")
        if not self.path.startswith("/bot") or not method:
            self._answer(HTTPStatus.NOT_FOUND, _error(404, "Not found"))
        elif token not in self.state.tokens:
            self._answer(HTTPStatus.UNAUTHORIZED, _error(401, "Unauthorized"))
        elif method == "sendMessage":
            self._send_message(str(given.get("chat_id", "")), str(given.get("text", "")))
        elif method == "getMe":
            bot = {"id": token.partition(":")[0], "account_name": "bot.don-doc", "account_type": "BASIC"}
            self._answer(HTTPStatus.OK, {"ok": True, "result": bot})
        elif method in DOCUMENTED_ERRORS:
            code = DOCUMENTED_ERRORS[method]
            self._answer(code, _error(code, HTTPStatus(code).phrase))
        else:
            self._answer(HTTPStatus.NOT_FOUND, _error(404, "Not found"))

    def _send_message(self, chat_id: str, text: str) -> None:
        with self.state.lock:
            self.state.requests += 1
        fault = self.state.next_fault(chat_id)
        if fault is not None and self._misbehaved(fault, chat_id, text):
            return
        unknown = not chat_id or (self.state.chats is not None and chat_id not in self.state.chats)
        if unknown or not 1 <= len(text) <= TEXT_LIMIT:
            self._answer(
                HTTPStatus.OK, _error(400, "Bad request: chat_id" if unknown else "Bad request: text")
            )
            return
        result = self.state.accept(chat_id, text)
        if self.state.ack_delay:
            time.sleep(self.state.ack_delay)
        self._answer(HTTPStatus.OK, {"ok": True, "result": result})

    def _misbehaved(self, fault: Fault, chat_id: str, text: str) -> bool:
        """Do what the fault says; return whether that was all."""
        match fault.kind:
            case "status":
                self._answer(fault.status, None)
            case "error":
                self._answer(HTTPStatus.OK, _error(fault.error_code, "as told"))
            case "garbage":
                self._answer(HTTPStatus.OK, None)
            case "quota":
                self._answer(
                    HTTPStatus.TOO_MANY_REQUESTS, _error(429, "Quota exceeded"), retry_after=fault.seconds
                )
            case "drop":
                self._break()
            case "lost-ack":
                self.state.accept(chat_id, text)
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

    def log_message(self, *_: Any) -> None:
        """Keep quiet: the path of a request holds the token."""


def _error(code: int, description: str) -> dict[str, Any]:
    return {"ok": False, "error_code": code, "description": description}
