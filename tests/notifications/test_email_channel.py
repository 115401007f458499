"""The e-mail channel against a real SMTP server: every answer has its meaning."""

import datetime as dt
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from notifications.channels.apprise_channel import AppriseChannel
from notifications.channels.known import email_channel
from notifications.channels.mail import Sender
from notifications.channels.smtp import Security, SmtpServer
from notifications.messages import Letter
from notifications.outcome import Outcome, OutcomeKind
from notifications.standins.smtp_sink import Keeper, SmtpSink
from tests.notifications.letters import letter

SENDER = Sender("dondoc@tinh.example.vn", "Văn phòng UBND tỉnh", "vanphong@tinh.example.vn")
PASSWORD = "mat-khau"


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


def certificate(folder: Path) -> Path:
    """Write a certificate for 127.0.0.1 with its key into one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    begin = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + dt.timedelta(days=9))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


def log_in(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object
) -> AuthResult:
    """Let in whoever knows the password."""
    known = LoginPassword(b"dondoc", PASSWORD.encode())
    return AuthResult(success=data == known, handled=data == known)


@pytest.fixture(params=[Security.STARTTLS, Security.TLS])
def secure(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[SmtpServer, Path]]:
    """Run a sink that wants TLS and a login; give how to reach it and its certificate."""
    path = certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path)
    options: dict[str, Any] = {"authenticator": log_in, "auth_required": True, "auth_require_tls": False}
    if request.param is Security.STARTTLS:
        options |= {"tls_context": context, "require_starttls": True, "auth_require_tls": True}
    implicit = context if request.param is Security.TLS else None
    with SmtpSink(tmp_path / "mail", tls=implicit, **options) as sink:
        yield SmtpServer("127.0.0.1", sink.port, request.param, "dondoc", "smtp", timeout=5), path


over_tls = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # TLS is there already


@over_tls
def test_a_protected_server_takes_our_login(
    secure: tuple[SmtpServer, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """STARTTLS and TLS both work, and the password is looked up by its name at the moment of sending."""
    server, path = secure
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    asked: list[str] = []

    def secrets(name: str) -> str:
        asked.append(name)
        return PASSWORD

    channel = email_channel(server, SENDER, secrets=secrets)
    outcome = send(channel)
    channel.close()

    assert outcome.kind is OutcomeKind.SENT
    assert asked == ["smtp"]
    assert PASSWORD not in channel._url


@over_tls
def test_an_unknown_certificate_is_not_trusted(secure: tuple[SmtpServer, Path]) -> None:
    """Without our trust in its certificate a server gets neither password nor letter."""
    outcome = send(email_channel(secure[0], SENDER, secrets=lambda _: PASSWORD))

    assert (outcome.kind, outcome.code) == (OutcomeKind.MISCONFIGURED, "tls")


@over_tls
@pytest.mark.parametrize(
    ("secret", "code"),
    [
        pytest.param("sai", "535", id="wrong"),
        pytest.param("", "no-password", id="missing"),
        pytest.param("mật", "password-not-ascii", id="one that SMTP cannot carry"),
    ],
)
def test_a_wrong_password_stops_the_channel(
    secure: tuple[SmtpServer, Path], monkeypatch: pytest.MonkeyPatch, secret: str, code: str
) -> None:
    """A login that fails is the operator's to mend; the answer never repeats the password."""
    monkeypatch.setenv("SSL_CERT_FILE", str(secure[1]))
    outcome = send(email_channel(secure[0], SENDER, secrets=lambda _: secret))

    assert (outcome.kind, outcome.code, outcome.channel_down) == (OutcomeKind.MISCONFIGURED, code, True)


def test_a_password_never_crosses_a_network_in_clear() -> None:
    """A login without TLS is refused before a connection is made, except to this very machine."""
    server = SmtpServer("mail.example.vn", 25, user="dondoc", password_name="smtp")
    outcome = send(email_channel(server, SENDER, secrets=lambda _: PASSWORD))

    assert (outcome.kind, outcome.code) == (OutcomeKind.MISCONFIGURED, "login-needs-tls")
