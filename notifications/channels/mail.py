"""A letter as an e-mail message, in bytes ready for SMTP."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any, Final

from notifications.messages import Letter


class _Folding(EmailPolicy):
    """Folds encoded headers with the older Header class: the newer code loses spaces between folded words."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return the header's lines."""
        encoded = _encoded(name, value)
        return super().fold_binary(name, value) if encoded is None else encoded


def _encoded(name: str, value: Any) -> bytes | None:
    """Write a header that holds Vietnamese; None leaves it to the standard policy."""
    if name not in {"Subject", "From"} or str(value).isascii():
        return None
    words, tail = str(value), ""
    if name == "From":
        (sender,) = value.addresses
        words, tail = sender.display_name, f"\r\n <{sender.addr_spec}>"
    folded = Header(words, "utf-8", header_name=name).encode(linesep="\r\n")
    return f"{name}: {folded}{tail}\r\n".encode("ascii")


# 7 bit, folded: relays may refuse lines over 1000 octets (RFC 5321, 4.5.3.1.6), and Vietnamese is long
POLICY: Final = _Folding(linesep="\r\n", cte_type="7bit")

OURS: Final = frozenset(
    {
        *(
            "from",
            "to",
            "cc",
            "bcc",
            "reply-to",
            "subject",
            "date",
            "message-id",
            "in-reply-to",
            "references",
        ),
        *("auto-submitted", "list-id", "x-auto-response-suppress", "mime-version", "sender"),
    }
)  # headers that an extra one cannot take the place of; nor any that tells of the content

_HEADER: Final = re.compile(r"[A-Za-z0-9-]{1,60}")
_METHOD: Final = re.compile(r"(?m)^METHOD:([A-Z]+)\r?$")
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who letters come from."""

    address: str
    name: str = ""
    reply_to: str = ""


def is_address(address: str) -> bool:
    """Tell whether this is one plain ASCII mail address: no list, no name, no line break."""
    return len(address) <= 254 and _ADDRESS.fullmatch(address) is not None  # noqa: PLR2004 — RFC 5321, 4.5.3.1.3


def message_bytes(  # noqa: PLR0913 — each a header of its own
    letter: Letter,
    to: str,
    *,
    sender: Sender,
    message_id: str,
    now: datetime,
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """Write the letter as a message to one reader, with further `headers` of the office.

    `message_id` stays the same however often the letter is sent. Letters that share a thread key refer to
    one root that was never sent, so they stand together even when the first was lost. Automatic replies are
    asked not to come (RFC 3834, section 5, and Microsoft's own header beside it). A calendar is attached as
    a file of its own kind, with its method, so that a mail program offers to keep the day.

    Raises ValueError for a further header that is none, or that the message has already.
    """
    domain = message_id.rpartition("@")[2].rstrip(">")
    mail = EmailMessage(policy=POLICY)
    mail["From"] = _address(sender.address, sender.name)
    mail["To"] = _address(to)
    if sender.reply_to:
        mail["Reply-To"] = sender.reply_to
    mail["Subject"] = " ".join(letter.subject.split())
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = message_id
    if letter.thread_key:
        root = _digest(f"{letter.thread_key}\n{to}")
        mail["In-Reply-To"] = mail["References"] = f"<{root}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail["List-Id"] = f"<don-doc.{domain}>"
    for name, value in (headers or {}).items():
        mail[_further(name)] = " ".join(value.split())
    mail.set_content(letter.text)
    if letter.html is not None:
        mail.add_alternative(letter.html, subtype="html")
    if letter.calendar is not None:
        _attach(mail, letter.calendar, letter.thread_key)
    return mail.as_bytes()


def message_id_for(key: str, domain: str) -> str:
    """Return the Message-ID of the letter with this key, angle brackets and all; never another one."""
    return f"<{_digest(key)}@{domain}>"


def _further(name: str) -> str:
    """Return the name of a further header."""
    if not _HEADER.fullmatch(name) or name.lower() in OURS or name.lower().startswith("content-"):
        raise ValueError(f"{name!r} is no header that may be added")
    return name


def _attach(mail: EmailMessage, calendar: str, thread_key: str) -> None:
    """Attach an iCalendar object: the method in its type is the one it has inside (RFC 6047, 2.4)."""
    method = _METHOD.search(calendar)
    name = re.sub(r"[^A-Za-z0-9-]+", "-", thread_key).strip("-")
    mail.add_attachment(
        calendar,
        subtype="calendar",
        params={"method": method[1]} if method else {},
        filename=f"han-{name}.ics" if name else "han.ics",
    )


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def _address(address: str, name: str = "") -> Address:
    user, _, domain = address.rpartition("@")
    return Address(name, user, domain)
