"""One SMTP connection, kept open between letters, and what its answers mean."""

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from notifications.outcome import Outcome

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
TIMEOUT: Final = 15.0  # seconds for each step
_DETAIL_LIMIT: Final = 200
_TRY_LATER: Final = range(400, 500)
_SERVICE_CLOSING: Final = 421  # RFC 5321, 3.8
_START_INPUT: Final = 354  # RFC 5321, 4.2.3
_LOGIN_FIRST: Final = 530  # RFC 4954, 6
_ANSWERS: Final = range(200, 600)  # RFC 5321, 4.2.1; smtplib says -1 where a line has no code


class Security(StrEnum):
    """How the connection is protected."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where mail is handed over; the password is known by name only."""

    host: str
    port: int
    security: Security = Security.NONE
    user: str = ""
    password_name: str = ""
    timeout: float = TIMEOUT
    ca_file: str = ""  # the authority that signed the server's certificate, where the system knows it not


class NotReady(Exception):
    """The server cannot be used now; `outcome` says why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.code)
        self.outcome = outcome


class SmtpConnection:
    """Hands letters to one server, one connection for many letters."""

    def __init__(self, server: SmtpServer, password: Callable[[str], str]) -> None:
        self.server = server
        self._password = password
        self._smtp: smtplib.SMTP | None = None

    def send(self, sender: str, to: str, data: bytes) -> Outcome:
        """Hand one message over; a connection that ended while idle is opened anew once."""
        reused = self._smtp is not None
        try:
            smtp = self._begin(sender)
        except NotReady as error:
            self.close()
            return self.send(sender, to, data) if reused else error.outcome
        return self._transact(smtp, to, data)

    def close(self) -> None:
        """Say goodbye if the server still listens."""
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        try:
            smtp.quit()
        except (OSError, smtplib.SMTPException):
            smtp.close()

    def _begin(self, sender: str) -> smtplib.SMTP:
        """Get as far as MAIL; raises NotReady, which says nothing about the letter."""
        try:
            smtp = self._open()
            code, reply = smtp.mail(sender)
        except (OSError, smtplib.SMTPException) as error:
            raise NotReady(Outcome.unreachable("no-answer", _why(error))) from error
        if code not in _ANSWERS:
            raise NotReady(Outcome.unreachable("garbled-answer", _words(reply)))
        if not _accepted(code):  # whatever the reader: this sender, or all mail, is refused
            refused = Outcome.unreachable if code in _TRY_LATER else Outcome.misconfigured
            raise NotReady(refused(str(code), _words(reply)))
        return smtp

    def _transact(self, smtp: smtplib.SMTP, to: str, data: bytes) -> Outcome:
        """Name the reader and write the message; a server that balks at one reader stops no other."""
        try:
            code, reply = smtp.rcpt(to)
            if _accepted(code):
                code, reply = smtp.docmd("DATA")
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Outcome.retry("no-answer", _why(error))
        if code == _START_INPUT:
            return self._deliver(smtp, data)
        if code not in _ANSWERS:
            self.close()
            return Outcome.retry("garbled-answer", _words(reply))
        self._start_over(smtp, code)
        return _refusal(code, reply)

    def _deliver(self, smtp: smtplib.SMTP, data: bytes) -> Outcome:
        """Write the message; from here on a broken connection leaves its fate unknown."""
        dotted = re.sub(rb"(?m)^\.", b"..", data)
        if not dotted.endswith(b"\r\n"):
            dotted += b"\r\n"
        try:
            smtp.send(dotted + b".\r\n")
            code, reply = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Outcome.unknown("no-answer-after-data", _why(error))
        if _accepted(code):
            return Outcome.sent(code=str(code), detail=_words(reply))
        if code not in _ANSWERS:
            self.close()
            return Outcome.unknown("garbled-answer", _words(reply))
        self._start_over(smtp, code)
        return _refusal(code, reply)

    def _start_over(self, smtp: smtplib.SMTP, code: int) -> None:
        """Leave the connection ready for the next letter, or close it."""
        if code == _SERVICE_CLOSING:
            self.close()
            return
        try:
            smtp.rset()
        except (OSError, smtplib.SMTPException):
            self.close()

    def _open(self) -> smtplib.SMTP:
        if self._smtp is None:
            secret = _login(self.server, self._password)
            self._smtp = _connect(self.server)
            try:
                _authenticate(self._smtp, self.server, secret)
            except ssl.SSLError as error:
                raise NotReady(Outcome.misconfigured("tls", _why(error))) from error
            except smtplib.SMTPNotSupportedError as error:  # STARTTLS or the login is not offered
                raise NotReady(Outcome.misconfigured("not-supported", _why(error))) from error
        return self._smtp


def _connect(server: SmtpServer) -> smtplib.SMTP:
    """Connect and greet; every failure here says nothing about the letter."""
    host, port, timeout = server.host, server.port, server.timeout
    own_name = _own_name()
    try:
        if server.security is Security.TLS:
            return smtplib.SMTP_SSL(host, port, own_name, timeout=timeout, context=_trust(server))
        return smtplib.SMTP(host, port, own_name, timeout=timeout)
    except ssl.SSLError as error:
        raise NotReady(Outcome.misconfigured("tls", _why(error))) from error
    except socket.gaierror as error:
        raise NotReady(Outcome.unreachable("unknown-host", _why(error))) from error
    except ConnectionRefusedError as error:
        raise NotReady(Outcome.unreachable("connection-refused", _why(error))) from error
    except smtplib.SMTPResponseException as error:
        code = str(error.smtp_code) if error.smtp_code in _ANSWERS else "garbled-answer"
        raise NotReady(Outcome.unreachable(code, _words(error.smtp_error))) from error


def _trust(server: SmtpServer) -> ssl.SSLContext:
    """Return whom to trust: the system's authorities, or only the one in the settings' file."""
    try:
        return ssl.create_default_context(cafile=server.ca_file or None)
    except OSError as error:  # no such file, or no certificate in it (ssl.SSLError is an OSError)
        why = f"{server.ca_file}: {_why(error)}"
        raise NotReady(Outcome.misconfigured("ca-file", why)) from error


def _login(server: SmtpServer, password: Callable[[str], str]) -> str:
    """Look the password up, "" where no login is wanted; refuse to show it to a network."""
    if not server.user:
        return ""
    if server.security is Security.NONE and server.host not in LOOPBACK:
        raise NotReady(
            Outcome.misconfigured("login-needs-tls", f"{server.host} would see the password in clear")
        )
    if not (secret := password(server.password_name)):
        raise NotReady(Outcome.misconfigured("no-password", f"no secret named {server.password_name!r}"))
    if not secret.isascii():  # smtplib would fail on it, and show it in the error
        raise NotReady(Outcome.misconfigured("password-not-ascii", "SMTP logins carry ASCII only"))
    return secret


def _authenticate(smtp: smtplib.SMTP, server: SmtpServer, secret: str) -> None:
    """Protect the connection and log in as the server's settings say."""
    smtp.ehlo_or_helo_if_needed()
    if server.security is Security.STARTTLS:
        smtp.starttls(context=_trust(server))
        smtp.ehlo()
    if not server.user:
        return
    try:
        smtp.login(server.user, secret)
    except smtplib.SMTPAuthenticationError as error:
        known = Outcome.unreachable if error.smtp_code in _TRY_LATER else Outcome.misconfigured
        raise NotReady(known(str(error.smtp_code), _words(error.smtp_error))) from None


def _own_name() -> str:
    """Return what to greet with; never asks the name server, which may be slow or absent."""
    name = socket.gethostname()
    return name if "." in name and name.isascii() else "[127.0.0.1]"


def _accepted(code: int) -> bool:
    return 200 <= code < 300  # noqa: PLR2004 — RFC 5321, 4.2.1: positive completion


def _refusal(code: int, reply: bytes) -> Outcome:
    if code == _LOGIN_FIRST:
        return Outcome.misconfigured(str(code), _words(reply))
    kind = Outcome.retry if code in _TRY_LATER else Outcome.refused
    return kind(str(code), _words(reply))


def _words(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join(text.split())[:_DETAIL_LIMIT]


def _why(error: Exception) -> str:
    return _words(f"{type(error).__name__}: {error}")
