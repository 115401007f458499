"""A letter as an e-mail message, in bytes ready for SMTP."""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.utils import format_datetime
from functools import cache
from typing import Final

from notifications.messages import Letter

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

_LINE: Final = 76
_ENDS: Final = re.compile(r"\r\n|\r|\n")
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
    thread = _digest(f"{letter.thread_key}\n{to}")
    root = f"<{thread}@{domain}>" if letter.thread_key else ""
    head = {
        "From": _mailbox(sender.address, sender.name),
        "To": to,
        "Reply-To": sender.reply_to,
        "Subject": _unstructured("Subject", letter.subject),
        "Date": format_datetime(now),
        "Message-ID": message_id,
        "In-Reply-To": root,
        "References": root,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "List-Id": f"<don-doc.{domain}>",
        **{_further(name): _unstructured(name, value) for name, value in (headers or {}).items()},
        "MIME-Version": "1.0",
    }
    lines = [
        f"{name}: {value}\r\n".encode("ascii") for name, value in head.items() if value or name == "Subject"
    ]
    return b"".join((*lines, *_body(letter, _digest(message_id))))


def _body(letter: Letter, mark: str) -> Iterator[bytes]:
    """Write the parts: plain text, then HTML for whoever shows it, then the calendar as a file.

    Everything is base64: seven bits, short lines, nothing that looks like the end of a message; and the mark
    between parts cannot stand in one.
    """
    parts = [_part("text/plain", letter.text)]
    if letter.html is not None:
        parts = [_together("alternative", mark, (*parts, _part("text/html", letter.html)))]
    if letter.calendar is not None:
        parts = [_together("mixed", f"{mark}-c", (*parts, _calendar(letter.calendar, letter.thread_key)))]
    yield from parts


def _together(kind: str, mark: str, parts: Iterable[bytes]) -> bytes:
    """Put parts into one."""
    between = f"--=_{mark}".encode("ascii")
    inside = b"".join(between + b"\r\n" + part + b"\r\n" for part in parts)
    head = f'Content-Type: multipart/{kind}; boundary="=_{mark}"\r\n\r\n'.encode("ascii")
    return head + inside + between + b"--\r\n"


def _part(kind: str, text: str, further: str = "") -> bytes:
    """Write one part; its lines end as lines of mail do."""
    content = base64.encodebytes("\r\n".join(_ENDS.split(text)).encode("utf-8")).replace(b"\n", b"\r\n")
    head = f'Content-Type: {kind}; charset="utf-8"{further}\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    return head.encode("ascii") + content


def _calendar(calendar: str, thread_key: str) -> bytes:
    """Attach an iCalendar object: the method in its type is the one it has inside (RFC 6047, 2.4)."""
    method = _METHOD.search(calendar)
    name = re.sub(r"[^A-Za-z0-9-]+", "-", thread_key).strip("-")
    named = f'filename="{f"han-{name}.ics" if name else "han.ics"}"'
    further = f"; method={method[1]}" if method else ""
    return _part("text/calendar", calendar, f"{further}\r\nContent-Disposition: attachment; {named}")


def _unstructured(name: str, words: str) -> str:
    """Write a header's words on lines that every relay takes, in ASCII (RFC 2047)."""
    line = " ".join(words.split())
    plain = line.isascii() and line.isprintable() and "=?" not in line
    if plain and len(name) + len(line) < _LINE:
        return line
    return Header(line, "utf-8", header_name=name).encode(linesep="\r\n")


@cache
def _mailbox(address: str, name: str) -> str:
    """Write who a letter comes from; the same for every letter of an office."""
    if not name:
        return address
    if name.isascii() and name.isprintable() and len(name) + len(address) < _LINE - len("From: "):
        user, _, domain = address.rpartition("@")
        return str(Address(name, user, domain))
    return f"{Header(name, 'utf-8', header_name='From').encode(linesep=chr(13) + chr(10))}\r\n <{address}>"


def _further(name: str) -> str:
    """Return the name of a further header."""
    if not _HEADER.fullmatch(name) or name.lower() in OURS or name.lower().startswith("content-"):
        raise ValueError(f"{name!r} is no header that may be added")
    return name


def message_id_for(key: str, domain: str) -> str:
    """Return the Message-ID of the letter with this key, angle brackets and all; never another one."""
    return f"<{_digest(key)}@{domain}>"


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:32]
