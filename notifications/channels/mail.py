"""A letter as an e-mail message, in bytes ready for SMTP."""

import hashlib
import re
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


def message_bytes(letter: Letter, to: str, *, sender: Sender, message_id: str, now: datetime) -> bytes:
    """Write the letter as a message to one reader.

    `message_id` stays the same however often the letter is sent. Letters that share a thread key refer to
    one root that was never sent, so they stand together even when the first was lost. Automatic replies are
    asked not to come (RFC 3834, section 5, and Microsoft's own header beside it).
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
    mail.set_content(letter.text)
    if letter.html is not None:
        mail.add_alternative(letter.html, subtype="html")
    return mail.as_bytes()


def message_id_for(key: str, domain: str) -> str:
    """Return the Message-ID of the letter with this key, angle brackets and all; never another one."""
    return f"<{_digest(key)}@{domain}>"


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def _address(address: str, name: str = "") -> Address:
    user, _, domain = address.rpartition("@")
    return Address(name, user, domain)
