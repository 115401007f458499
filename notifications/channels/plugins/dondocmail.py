"""`dondocmail://` for Apprise: e-mail with a stable Message-ID over one pooled connection.

    dondocmail://{host}:{port}/{address}?from=…&name=…&reply=…&tls=none|starttls|tls&user=…&secret={name}
        &ca={file}&rto={seconds}&+{header}={value}

Apprise's own `mailto://` writes a new Message-ID each time, opens a connection for each letter and keeps
the server's answer to itself.
"""

from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import quote, urlencode

from notifications.channels.handover import Handover
from notifications.channels.mail import Sender, is_address, message_bytes
from notifications.channels.plugins import LetterPlugin, NotifyBase
from notifications.channels.smtp import TIMEOUT, Security, SmtpConnection, SmtpServer
from notifications.outcome import Outcome


class NotifyDonDocMail(LetterPlugin):
    """One letter to one reader."""

    service_name = "Đôn Đốc Mail"
    service_url = "https://www.rfc-editor.org/rfc/rfc5321"
    protocol = "dondocmail"
    body_maxlen = 1_000_000
    title_maxlen = 1_000

    templates: ClassVar[Any] = ("{schema}://{host}:{port}/{target}",)
    template_tokens: ClassVar[Any] = {
        **LetterPlugin.template_tokens,
        "host": {"name": "Host", "type": "string", "required": True},
        "port": {"name": "Port", "type": "int", "min": 1, "max": 65535},
        "target": {"name": "Mail address", "type": "string", "required": True},
    }
    template_args: ClassVar[Any] = {
        **LetterPlugin.template_args,
        "from": {"name": "Sender's address", "type": "string"},
        "name": {"name": "Sender's name", "type": "string"},
        "reply": {"name": "Reply-To", "type": "string"},
        "tls": {"name": "Security", "type": "choice:string", "values": list(Security), "default": "none"},
        "user": {"name": "Login", "type": "string"},
        "secret": {"name": "Name under which the password is kept", "type": "string"},
        "ca": {"name": "File of the authority that signed the server's certificate", "type": "string"},
    }

    def __init__(
        self,
        address: str,
        sender: Sender,
        server: SmtpServer,
        headers: dict[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.address = address
        self.sender = sender
        self.server = server
        self.headers = headers or {}

    def hand_over(self, handover: Handover) -> Outcome:
        """Write the message and give it to the server, over the connection kept from the last letter."""
        if not is_address(self.address):
            return Outcome.refused("bad-address", "not one plain mail address")
        if not is_address(self.sender.address):
            return Outcome.misconfigured("bad-sender", "the sender is not one plain mail address")
        try:
            data = message_bytes(
                handover.letter,
                self.address,
                sender=self.sender,
                message_id=handover.message_id,
                now=datetime.now(UTC),
                headers=self.headers,
            )
        except ValueError as error:
            return Outcome.misconfigured("bad-message", str(error))
        connection = handover.connections.get(self.server)
        if not isinstance(connection, SmtpConnection):
            connection = handover.connections[self.server] = SmtpConnection(self.server, handover.secrets)
        return connection.send(self.sender.address, self.address, data)

    def url(self, privacy: bool = False, *_: Any, **__: Any) -> str:  # noqa: FBT001, FBT002 — Apprise's signature
        """Return the URL; there is no secret in it, and the reader is shortened in private form."""
        address = self.pprint(self.address, privacy, safe="")
        arguments = {
            "from": self.sender.address,
            "name": self.sender.name,
            "reply": self.sender.reply_to,
            "tls": self.server.security,
            "user": self.server.user,
            "secret": self.server.password_name,
            "ca": self.server.ca_file,
            "rto": f"{self.server.timeout:g}",
        }
        given = {name: value for name, value in arguments.items() if value}
        given |= {f"+{name}": value for name, value in self.headers.items()}
        query = urlencode(given, quote_via=quote)
        return f"{self.protocol}://{self.server.host}:{self.server.port}/{address}?{query}"

    @property
    def url_identifier(self) -> Any:
        """Return what tells two configurations apart."""
        return (self.protocol, self.server.host, self.server.port, self.address)

    @staticmethod
    def parse_url(url: str) -> dict[str, Any] | None:
        """Read a URL into the arguments of the constructor; None for one that cannot be used."""
        found = NotifyBase.parse_url(url, verify_host=False)
        if not found:
            return None
        targets = NotifyBase.split_path(found["fullpath"])
        asked = {name: NotifyBase.unquote(value) for name, value in found["qsd"].items()}
        security, seconds = asked.get("tls", Security.NONE), asked.get("rto") or str(TIMEOUT)
        if len(targets) != 1 or security not in list(Security) or not seconds.replace(".", "", 1).isdecimal():
            return None
        found["address"] = targets[0]
        found["sender"] = Sender(asked.get("from", ""), asked.get("name", ""), asked.get("reply", ""))
        found["server"] = SmtpServer(
            host=found["host"],
            port=found["port"] or 25,
            security=Security(security),
            user=asked.get("user", ""),
            password_name=asked.get("secret", ""),
            timeout=float(seconds),
            ca_file=asked.get("ca", ""),
        )
        found["headers"] = {name: NotifyBase.unquote(value) for name, value in found["qsd+"].items()}
        found["user"] = None  # the login of the mail server is not Apprise's own «user» field
        return dict(found)
