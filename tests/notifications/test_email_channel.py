"""The e-mail channel against a real SMTP server: every answer has its meaning."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from notifications.channels.apprise_channel import AppriseChannel
from notifications.channels.known import email_channel
from notifications.channels.mail import Sender
from notifications.channels.smtp import SmtpServer
from notifications.messages import Letter
from notifications.outcome import Outcome, OutcomeKind
from notifications.standins.smtp_sink import Keeper, SmtpSink
from tests.notifications.letters import letter

SENDER = Sender("dondoc@tinh.example.vn", "Văn phòng UBND tỉnh", "vanphong@tinh.example.vn")


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[SmtpSink]:
    """Run a sink that takes too long (one second) where a reader is slow."""
    folder = tmp_path / "mail"
    folder.mkdir()
    with SmtpSink(folder, handler=Keeper(folder, slowness=1)) as sink:
        yield sink


@pytest.fixture
def channel(sink: SmtpSink) -> Iterator[AppriseChannel]:
    """Return the e-mail channel to the sink."""
    channel = email_channel(SmtpServer("127.0.0.1", sink.port, timeout=0.5), SENDER)
    yield channel
    channel.close()


def send(channel: AppriseChannel, to: str = "bd@sct.example.vn") -> Outcome:
    """Send a letter to somebody."""
    return channel.send(letter(), to, message_id="<abc@tinh.example.vn>")


def test_a_letter_arrives_as_it_was_written(sink: SmtpSink, channel: AppriseChannel) -> None:
    """The server has one message from the sender, to one reader, with our Message-ID."""
    outcome = send(channel)

    (kept,) = sink.kept()
    mail = message_from_bytes((sink.folder / kept.file).read_bytes(), policy=policy.default)
    assert (outcome.kind, outcome.code) == (OutcomeKind.SENT, "250")
    assert (kept.sender, kept.recipient) == ("dondoc@tinh.example.vn", "bd@sct.example.vn")
    assert mail["Message-ID"] == "<abc@tinh.example.vn>"
    assert mail["From"] == "Văn phòng UBND tỉnh <dondoc@tinh.example.vn>"


@pytest.mark.parametrize(
    ("reader", "kind", "code", "kept"),
    [
        pytest.param("fault-451.a@b.vn", OutcomeKind.RETRY, "451", 0, id="the server asks for patience"),
        pytest.param("fault-421.a@b.vn", OutcomeKind.RETRY, "421", 0, id="the server goes away"),
        pytest.param("fault-552.a@b.vn", OutcomeKind.REFUSED, "552", 0, id="the message too large"),
        pytest.param("fault-550.a@b.vn", OutcomeKind.REFUSED, "550", 0, id="no such reader"),
        pytest.param("fault-554.a@b.vn", OutcomeKind.REFUSED, "554", 0, id="the message itself refused"),
        pytest.param(
            "fault-drop.a@b.vn", OutcomeKind.UNKNOWN, "no-answer-after-data", 0, id="broken off, not kept"
        ),
        pytest.param(
            "fault-lost-ack.a@b.vn", OutcomeKind.UNKNOWN, "no-answer-after-data", 1, id="broken off, kept"
        ),
        pytest.param(
            "fault-slow.a@b.vn", OutcomeKind.UNKNOWN, "no-answer-after-data", 1, id="no answer in time"
        ),
        pytest.param("not an address", OutcomeKind.REFUSED, "bad-address", 0, id="not an address"),
    ],
)
def test_each_answer_has_its_meaning(  # noqa: PLR0917 — two fixtures and a row
    sink: SmtpSink, channel: AppriseChannel, reader: str, kind: OutcomeKind, code: str, kept: int
) -> None:
    """What the server does about one reader decides that letter, and the next one still arrives."""
    outcome = send(channel, reader)
    after = send(channel, "next@b.vn")

    assert (outcome.kind, outcome.code, outcome.channel_down) == (kind, code, False)
    assert after.kind is OutcomeKind.SENT
    assert [one.recipient for one in sink.kept()] == [reader] * kept + ["next@b.vn"]


def test_a_line_that_begins_with_a_dot_arrives_whole(sink: SmtpSink, channel: AppriseChannel) -> None:
    """A dot alone on a line ends a message in SMTP; in a letter it is only a dot."""
    text = "..\r\n.\r\n.a\r\nb\r\n"
    channel.send(Letter("NV-2020-0311", text), "bd@sct.example.vn", message_id="<abc@tinh.example.vn>")

    (kept,) = sink.kept()
    mail = message_from_bytes((sink.folder / kept.file).read_bytes(), policy=policy.default)
    assert mail.get_content().encode() == text.encode()


def test_one_connection_carries_many_letters(channel: AppriseChannel) -> None:
    """Letters share a connection."""
    send(channel)
    first = list(channel._connections.values())
    send(channel)

    assert list(channel._connections.values()) == first


def test_a_connection_closed_while_idle_costs_nothing(tmp_path: Path) -> None:
    """A server that restarted between two letters gets the second one over a new connection."""
    with SmtpSink(tmp_path) as before:
        channel = email_channel(SmtpServer("127.0.0.1", before.port), SENDER)
        send(channel, "first@b.vn")
    with SmtpSink(tmp_path, port=before.port) as after:
        outcome = send(channel, "second@b.vn")
        channel.close()

        assert outcome.kind is OutcomeKind.SENT
        assert [(kept.order, kept.recipient) for kept in after.kept()] == [
            (1, "first@b.vn"),
            (2, "second@b.vn"),
        ]


def test_nobody_listening_is_the_channel_s_trouble() -> None:
    """A refused connection says nothing about the letter: the channel is down, and it may be tried again."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = SmtpServer("127.0.0.1", free.getsockname()[1])
        outcome = send(email_channel(server, SENDER))

    assert (outcome.kind, outcome.code, outcome.channel_down) == (
        OutcomeKind.RETRY,
        "connection-refused",
        True,
    )


def test_a_silent_server_is_the_channel_s_trouble() -> None:
    """A server that takes the connection and never greets is given up after the time-out."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = SmtpServer("127.0.0.1", silent.getsockname()[1], timeout=0.2)
        outcome = send(email_channel(server, SENDER))

    assert (outcome.kind, outcome.code, outcome.channel_down) == (OutcomeKind.RETRY, "no-answer", True)


class RefusesSender:
    """A mail policy that refuses whoever sends."""

    def __init__(self, answer: str) -> None:
        self.answer = answer

    async def handle_MAIL(  # noqa: N802 — aiosmtpd's name
        self, _server: SMTP, _session: Session, _envelope: Envelope, _address: str, _options: list[str]
    ) -> str:
        """Refuse."""
        return self.answer


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        pytest.param("553 5.7.1 sender not allowed", OutcomeKind.MISCONFIGURED, id="for good"),
        pytest.param("452 4.3.1 disk full", OutcomeKind.RETRY, id="for now"),
    ],
)
def test_a_server_that_refuses_our_sender_stops_the_channel(
    tmp_path: Path, answer: str, kind: OutcomeKind
) -> None:
    """What would refuse every letter is not held against this one."""
    with SmtpSink(tmp_path, handler=RefusesSender(answer)) as sink:
        outcome = send(email_channel(SmtpServer("127.0.0.1", sink.port), SENDER))

    assert (outcome.kind, outcome.code, outcome.channel_down) == (kind, answer[:3], True)


def test_a_wrong_sender_in_the_settings_stops_the_channel(sink: SmtpSink) -> None:
    """A sender that is no address is the operator's to mend; no letter dies of it."""
    outcome = send(email_channel(SmtpServer("127.0.0.1", sink.port), Sender("dondoc")))

    assert (outcome.kind, outcome.code) == (OutcomeKind.MISCONFIGURED, "bad-sender")


def test_a_word_of_any_length_goes_in_lines_that_every_relay_takes(
    sink: SmtpSink, channel: AppriseChannel
) -> None:
    """The server ends a line at 1000 octets (RFC 5321, 4.5.3.1.6); a letter without a space still arrives."""
    word = "Nhắcviệc" * 3000
    wide = Letter(word[:2000], word + "\n", f"<p>{word}</p>\n")
    outcome = channel.send(wide, "bd@sct.example.vn", message_id="<abc@tinh.example.vn>")

    (kept,) = sink.kept()
    data = (sink.folder / kept.file).read_bytes()
    mail = message_from_bytes(data, policy=policy.default)
    assert outcome.kind is OutcomeKind.SENT
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert mail.get_body(("plain",)).get_content().strip() == word  # type: ignore[union-attr]


@contextmanager
def slow_to_greet(greeting: bytes, seconds: float) -> Iterator[int]:
    """Run a server that greets late with these words, then answers nothing; give its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def greet() -> None:
            caller, _ = listening.accept()
            with caller:
                ended.wait(seconds)
                caller.sendall(greeting)
                ended.wait(5)

        ended = threading.Event()
        thread = threading.Thread(target=greet)
        thread.start()
        yield listening.getsockname()[1]
        ended.set()
        thread.join()


@pytest.mark.parametrize(
    ("greeting", "code", "detail"),
    [
        pytest.param(b"421 4.3.2 too many connections\r\n", "421", "4.3.2 too many connections", id="busy"),
        pytest.param(b"554 5.7.1 no mail from here\r\n", "554", "5.7.1 no mail from here", id="not to us"),
        pytest.param(b"HTTP/1.1 400 Bad Request\r\n\r\n", "garbled-answer", "", id="no mail server at all"),
    ],
)
def test_a_greeting_that_is_none_says_nothing_about_the_letter(
    greeting: bytes, code: str, detail: str
) -> None:
    """Whatever a server says before we have named a reader, the letter is not sent and may be sent later."""
    with slow_to_greet(greeting, 0) as port:
        outcome = send(email_channel(SmtpServer("127.0.0.1", port, timeout=1), SENDER))

    assert (outcome.kind, outcome.code, outcome.channel_down) == (OutcomeKind.RETRY, code, True)
    assert detail in outcome.detail


class GreetsLate(Keeper):
    """Takes its time before it answers the first words, as servers do that wait for hasty spammers."""

    async def handle_EHLO(  # noqa: N802 — aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, name: str, answers: list[str]
    ) -> list[str]:
        """Wait, then greet."""
        await asyncio.sleep(0.4)
        session.host_name = name
        return answers


@pytest.mark.parametrize(
    ("timeout", "kind"), [(2.0, OutcomeKind.SENT), (0.1, OutcomeKind.RETRY)], ids=["patient", "hasty"]
)
def test_a_late_greeting_is_waited_for_as_long_as_the_settings_say(
    tmp_path: Path, timeout: float, kind: OutcomeKind
) -> None:
    """Within the time the letter is sent; beyond it the channel is down and the letter waits."""
    with SmtpSink(tmp_path, handler=GreetsLate(tmp_path)) as sink:
        channel = email_channel(SmtpServer("127.0.0.1", sink.port, timeout=timeout), SENDER)
        outcome = send(channel)
        channel.close()

    assert (outcome.kind, outcome.channel_down) == (kind, kind is OutcomeKind.RETRY)


class Garbles(Keeper):
    """Answers one command with words that are no SMTP."""

    async def handle_RCPT(  # noqa: N802 — aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Garble the answer to one reader."""
        answer = await super().handle_RCPT(server, session, envelope, address, options)
        return "<html>busy</html>" if address.startswith("garbled") else answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Garble the answer to one message, which is kept."""
        answer = await super().handle_DATA(server, session, envelope)
        return "<html>thanks</html>" if envelope.rcpt_tos[0].startswith("taken") else answer


@pytest.mark.parametrize(
    ("reader", "kind", "kept"),
    [("garbled@b.vn", OutcomeKind.RETRY, 0), ("taken@b.vn", OutcomeKind.UNKNOWN, 1)],
)
def test_an_answer_that_is_none_never_refuses_a_letter(
    tmp_path: Path, reader: str, kind: OutcomeKind, kept: int
) -> None:
    """Before the message it was not sent; behind it nobody knows. The next letter gets a new connection."""
    with SmtpSink(tmp_path, handler=Garbles(tmp_path)) as sink:
        channel = email_channel(SmtpServer("127.0.0.1", sink.port), SENDER)
        outcome = send(channel, reader)
        after = send(channel, "next@b.vn")
        channel.close()

        assert (outcome.kind, outcome.code) == (kind, "garbled-answer")
        assert after.kind is OutcomeKind.SENT
        assert len(sink.kept()) == kept + 1
