"""A real SMTP server on this machine that keeps what it is given, for the demo and for tests.

It delivers nothing. Each message becomes an .eml file named by order and reader, and a line in
envelopes.jsonl. Readers with certain names make it misbehave (`FAULTS`). It also runs as a process of its
own: python -m notifications.standins.smtp_sink --folder FOLDER [--port 0]
"""

import argparse
import asyncio
import json
import ssl
import sys
import threading
from dataclasses import asdict, dataclass, field
from email import message_from_bytes
from pathlib import Path
from typing import Any, Final, Self

from aiosmtpd.smtp import SMTP, Envelope, Session

ENVELOPES: Final = "envelopes.jsonl"
FAULTS: Final = {
    "451-once": "answers 451 to the first try, then accepts",
    "451": "answers 451 to the reader's address",
    "421": "answers 421 to the reader's address and goes away",
    "550": "answers 550 to the reader's address",
    "552": "answers 552 to the message: too large",
    "554": "answers 554 to the message",
    "drop": "breaks the connection instead of answering to the message",
    "lost-ack": "keeps the message, then breaks the connection",
    "lost-ack-once": "the same on the first try only, then accepts",
    "slow": "keeps the message, then answers too late",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """One message as it was accepted."""

    order: int
    sender: str
    recipient: str
    message_id: str
    file: str


def kept_in(folder: Path) -> list[Kept]:
    """Return what a sink has kept in a folder, in order; a line still being written is left out."""
    path = folder / ENVELOPES
    lines = path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []
    return [Kept(**json.loads(line)) for line in lines]


@dataclass
class Keeper:
    """Keeps messages and misbehaves by the reader's name: «fault-451.anyone@…»."""

    folder: Path
    ack_delay: float = 0  # seconds between keeping and answering
    slowness: float = 5  # the same for a slow reader
    seen: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Go on counting where an earlier sink in the folder ended."""
        self.count = len(kept_in(self.folder))

    async def handle_RCPT(  # noqa: N802 — aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take a reader, unless the name says otherwise."""
        match _fault(address):
            case "451":
                return "451 4.3.0 try again later"
            case "451-once" if self._first(address):
                return "451 4.7.1 greylisted, try again later"
            case "421":
                if server.transport is not None:
                    asyncio.get_running_loop().call_later(0.05, server.transport.close)
                return "421 4.3.2 going down"
            case "550":
                return "550 5.1.1 no such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 — the same
        """Keep a message, unless the reader's name says otherwise."""
        fault = _fault(envelope.rcpt_tos[0])
        if fault == "552":
            return "552 5.3.4 message too large"
        if fault == "554":
            return "554 5.7.1 message refused"
        if fault == "drop":
            return _break(server)
        first = fault == "lost-ack-once" and self._first(envelope.rcpt_tos[0])
        self._keep(envelope)
        if fault == "lost-ack" or first:
            return _break(server)
        if delay := self.slowness if fault == "slow" else self.ack_delay:
            await asyncio.sleep(delay)
        return f"250 2.0.0 kept as {self.count}"

    def _first(self, address: str) -> bool:
        self.seen[address] = self.seen.get(address, 0) + 1
        return self.seen[address] == 1

    def _keep(self, envelope: Envelope) -> None:
        content = envelope.original_content or b""
        message_id = str(message_from_bytes(content)["Message-ID"])
        for recipient in envelope.rcpt_tos:
            self.count += 1
            file = f"{self.count:05d}-{recipient.replace('/', '_')}.eml"
            (self.folder / file).write_bytes(content)
            line = Kept(self.count, envelope.mail_from or "", recipient, message_id, file)
            with (self.folder / ENVELOPES).open("a", encoding="utf-8") as envelopes:
                envelopes.write(json.dumps(asdict(line), ensure_ascii=False) + "\n")


def _fault(address: str) -> str:
    name = address.partition("@")[0].partition(".")[0].removeprefix("fault-")
    return name if name in FAULTS else ""


def _break(server: SMTP) -> str:
    if isinstance(server.transport, asyncio.Transport):
        server.transport.abort()
    return "421 4.4.2 never arrives"


class SmtpSink:
    """The sink in a thread of this process; use it as a context manager."""

    def __init__(
        self,
        folder: Path,
        *,
        port: int = 0,
        tls: ssl.SSLContext | None = None,
        handler: Any = None,
        **options: Any,
    ) -> None:
        """Keep messages in `folder`.

        `tls` protects the connection from the first byte; `handler` takes the place of the one that keeps;
        `options` go to aiosmtpd's SMTP.
        """
        self.folder = folder
        self.port = port
        self._tls = tls
        self._options = options
        folder.mkdir(parents=True, exist_ok=True)
        self._handler = handler or Keeper(folder)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="smtp-sink", daemon=True)

    def start(self) -> Self:
        """Listen on 127.0.0.1; port 0 takes any free one, which `port` then names."""
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def stop(self) -> None:
        """Stop listening, break open connections and end the thread; a second time does nothing."""
        if not self._thread.is_alive():
            return
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def kept(self) -> list[Kept]:
        """Return what was accepted so far, in order."""
        return kept_in(self.folder)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    async def _listen(self) -> asyncio.Server:
        def protocol() -> SMTP:
            return SMTP(self._handler, hostname="localhost", loop=self._loop, ident="sink", **self._options)

        return await self._loop.create_server(protocol, "127.0.0.1", self.port, ssl=self._tls)

    async def _close(self) -> None:
        self._server.close()
        for task in asyncio.all_tasks(self._loop) - {asyncio.current_task(self._loop)}:
            task.cancel()
        await asyncio.sleep(0)
        await self._server.wait_closed()


def main() -> None:
    """Run the sink until standard input closes; the first line printed is the port."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--folder", type=Path, required=True)
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--ack-delay", type=float, default=0, help="seconds between keeping and answering")
    chosen = options.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    keeper = Keeper(chosen.folder, ack_delay=chosen.ack_delay)
    with SmtpSink(chosen.folder, port=chosen.port, handler=keeper) as sink:
        sys.stdout.write(f"{sink.port}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
