"""Protected connections and logins, against a real SMTP server with a certificate of its own."""

import datetime as dt
import ipaddress
import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from notifications.channels.known import email_channel
from notifications.channels.smtp import Security, SmtpServer
from notifications.outcome import OutcomeKind
from notifications.standins.smtp_sink import SmtpSink
from tests.notifications.test_email_channel import SENDER, send

PASSWORD = "mat-khau"
TOO_SOON = "cho-mot-lat"


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
    """Let in whoever knows the password, but for one that the server cannot look up now."""
    if data == LoginPassword(b"dondoc", TOO_SOON.encode()):
        return AuthResult(success=False, handled=False, message="454 4.7.0 try again later")
    known = LoginPassword(b"dondoc", PASSWORD.encode())
    return AuthResult(success=data == known, handled=data == known)


@pytest.fixture(params=[Security.STARTTLS, Security.TLS])
def secure(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SmtpServer]:
    """Run a sink that wants TLS and a login; give how to reach it and its own authority."""
    path = certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path)
    options: dict[str, Any] = {"authenticator": log_in, "auth_required": True, "auth_require_tls": False}
    if request.param is Security.STARTTLS:
        options |= {"tls_context": context, "require_starttls": True, "auth_require_tls": True}
    implicit = context if request.param is Security.TLS else None
    with SmtpSink(tmp_path / "mail", tls=implicit, **options) as sink:
        server = SmtpServer("127.0.0.1", sink.port, request.param, "dondoc", "smtp", timeout=5)
        yield replace(server, ca_file=str(path))


over_tls = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # TLS is there already


@over_tls
def test_a_protected_server_takes_our_login(secure: SmtpServer) -> None:
    """STARTTLS and TLS both work, and the password is looked up by its name at the moment of sending."""
    asked: list[str] = []

    def secrets(name: str) -> str:
        asked.append(name)
        return PASSWORD

    channel = email_channel(secure, SENDER, secrets=secrets)
    outcome = send(channel)
    channel.close()

    assert outcome.kind is OutcomeKind.SENT
    assert asked == ["smtp"]
    assert PASSWORD not in channel._url


@over_tls
def test_an_unknown_certificate_is_not_trusted(secure: SmtpServer) -> None:
    """Without our trust in its certificate a server gets neither password nor letter."""
    outcome = send(email_channel(replace(secure, ca_file=""), SENDER, secrets=lambda _: PASSWORD))

    assert (outcome.kind, outcome.code, outcome.channel_down) == (OutcomeKind.MISCONFIGURED, "tls", True)
    assert "certificate verify failed" in outcome.detail


@over_tls
def test_a_certificate_for_another_machine_is_not_trusted(secure: SmtpServer) -> None:
    """The right authority does not help a server that goes by another name."""
    outcome = send(email_channel(replace(secure, host="localhost"), SENDER, secrets=lambda _: PASSWORD))

    assert (outcome.kind, outcome.code) == (OutcomeKind.MISCONFIGURED, "tls")


@pytest.mark.parametrize("content", [None, "no certificate\n"])
def test_a_wrong_file_of_the_authority_is_named(tmp_path: Path, content: str | None) -> None:
    """A file that is missing or holds no certificate is the operator's to mend, by its name."""
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content, encoding="ascii")
    with SmtpSink(tmp_path / "mail") as sink:
        for security in (Security.STARTTLS, Security.TLS):
            server = SmtpServer("127.0.0.1", sink.port, security, ca_file=str(path))
            outcome = send(email_channel(server, SENDER))

            found = (outcome.kind, outcome.code, outcome.channel_down)
            assert found == (OutcomeKind.MISCONFIGURED, "ca-file", True)
            assert str(path) in outcome.detail


@over_tls
@pytest.mark.parametrize(
    ("secret", "code"),
    [
        pytest.param("sai", "535", id="wrong"),
        pytest.param("", "no-password", id="missing"),
        pytest.param("mật", "password-not-ascii", id="one that SMTP cannot carry"),
    ],
)
def test_a_wrong_password_stops_the_channel(secure: SmtpServer, secret: str, code: str) -> None:
    """A login that fails is the operator's to mend; the answer never repeats the password."""
    outcome = send(email_channel(secure, SENDER, secrets=lambda _: secret))

    assert (outcome.kind, outcome.code, outcome.channel_down) == (OutcomeKind.MISCONFIGURED, code, True)


def test_a_password_never_crosses_a_network_in_clear() -> None:
    """A login without TLS is refused before a connection is made, except to this very machine."""
    server = SmtpServer("mail.example.vn", 25, user="dondoc", password_name="smtp")
    outcome = send(email_channel(server, SENDER, secrets=lambda _: PASSWORD))

    assert (outcome.kind, outcome.code) == (OutcomeKind.MISCONFIGURED, "login-needs-tls")


@over_tls
def test_a_server_that_cannot_look_a_login_up_now_is_tried_later(secure: SmtpServer) -> None:
    """454 is not a wrong password."""
    outcome = send(email_channel(secure, SENDER, secrets=lambda _: TOO_SOON))

    assert (outcome.kind, outcome.code, outcome.channel_down) == (OutcomeKind.RETRY, "454", True)


def test_what_a_server_does_not_offer_is_the_operator_s_to_mend(tmp_path: Path) -> None:
    """No STARTTLS where the settings want it: not one byte of a letter goes in clear."""
    with SmtpSink(tmp_path) as sink:
        server = SmtpServer("127.0.0.1", sink.port, Security.STARTTLS)
        outcome = send(email_channel(server, SENDER))
        login = send(
            email_channel(
                replace(server, security=Security.NONE, user="a", password_name="b"),
                SENDER,
                secrets=lambda _: "c",
            )
        )

        assert sink.kept() == []
    assert [(one.kind, one.code, one.channel_down) for one in (outcome, login)] == [
        (OutcomeKind.MISCONFIGURED, "not-supported", True)
    ] * 2
