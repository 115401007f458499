"""Recognise a mail that came back; any bytes give an answer, and none raises."""

import hashlib
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from typing import Any, Final

from notifications.channels.mail import is_address
from notifications.inbound.plain_bounces import PlainBounce, read_plain
from notifications.inbound.values import AutoReply, Bounce, BounceKind, Inbound, Other

SIZE_LIMIT: Final = 2_000_000  # bytes that are looked at: a bounce says what it has to say at its beginning
PART_LIMIT: Final = 50
DETAIL_LIMIT: Final = 200
SUBJECT_LIMIT: Final = 2_000  # characters, as they are written
_ID: Final = re.compile(r"<[^<>\s]{1,250}@[^<>\s]{1,250}>")
_ID_LINE: Final = re.compile(r"(?im)^[> \t]*Message-ID:\s*(<[^<>\s]{1,250}@[^<>\s]{1,250}>)")
_STATUS: Final = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_FAILED: Final = "failed"  # RFC 3464, 2.3.3: the other actions are no failures
_AWAY: Final = re.compile(
    r"^\s*(auto(matic|mated)?[ -]?(re(ply|sponse)|generated)|out of (the )?office|vacation|away from|"
    r"trả lời tự động|thư trả lời tự động|tự động trả lời|vắng mặt|nghỉ phép|đi công tác)",
    re.IGNORECASE,
)
_SENT_BY_SERVERS: Final = re.compile(r"^(mailer-daemon|postmaster|microsoftexchange)", re.IGNORECASE)
_BULK: Final = frozenset({"auto_reply", "auto-reply"})  # of Precedence; «bulk» and «list» are no answers
_MARKS: Final = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-mail-autoreply")


def recognise(data: bytes) -> Inbound:
    """Say what a mail is that came back to the office's address."""
    key = hashlib.sha256(data).hexdigest()
    try:
        return _recognise(message_from_bytes(data[:SIZE_LIMIT], policy=policy.compat32), key)
    except Exception as error:  # noqa: BLE001 — strangers write these mails, and the parser has its own faults
        return Other(detail=f"cannot be read: {type(error).__name__}", source_key=key)


def _recognise(mail: Message, key: str) -> Inbound:
    """Try the forms from the surest to the loosest."""
    parts = list(_parts(mail))
    if (
        report := next((part for part in parts if _type(part) == "message/delivery-status"), None)
    ) is not None:
        found = _from_report(report, parts, key)
        return found or Other(
            detail=f"a delivery report that is no failure: {_subject(mail)}", source_key=key
        )
    sender = _address(mail.get("From", "")) or ""
    subject = _subject(mail)
    text = "\n".join(_text(part) for part in parts if _type(part).startswith("text/"))
    if (_SENT_BY_SERVERS.match(sender) or _null_path(mail)) and (plain := read_plain(text)):
        return _from_plain(plain, text, parts, key)
    if _is_automatic(mail, subject) and sender:
        answered = _own_id(parts, f"{mail.get('In-Reply-To', '')} {mail.get('References', '')}")
        return AutoReply(address=sender, message_id=answered, detail=subject, source_key=key)
    return Other(detail=subject, source_key=key)


def _from_report(report: Message, parts: list[Message], key: str) -> Bounce | None:
    """Read a report of RFC 3464; the first recipient who was not reached counts, as letters have one each."""
    for fields in _blocks(report):
        if str(fields.get("Action", "")).strip().lower() != _FAILED:
            continue
        named = fields.get("Original-Recipient") or fields.get("Final-Recipient") or ""
        address = _address(str(named).rpartition(";")[2])
        if address is None:
            continue
        status = _STATUS.search(str(fields.get("Status", "")))
        said = str(fields.get("Diagnostic-Code", "")).rpartition("; ")[2] or str(fields.get("Status", ""))
        return Bounce(
            kind=_kind(status[0] if status else "5.0.0", said),
            address=address,
            message_id=_own_id(parts, ""),
            status=status[0] if status else "",
            detail=_line(said),
            source_key=key,
        )
    return None


def _from_plain(plain: PlainBounce, text: str, parts: list[Message], key: str) -> Bounce:
    found = _STATUS.search(plain.detail)
    status = found[0] if found else plain.code
    return Bounce(
        kind=_kind(status or "5.0.0", plain.detail),
        address=plain.address.lower(),
        message_id=_own_id(parts, text),
        status=status,
        detail=_line(plain.detail),
        source_key=key,
    )


_FULL: Final = re.compile(
    r"\b[45]\.2\.2\b|over ?quota|quota exceeded|mailbox (is )?full|hộp thư đầy", re.IGNORECASE
)


def _kind(status: str, said: str) -> BounceKind:
    """Tell whether the address is no good: a full mailbox is emptied one day, whatever the number says."""
    return BounceKind.HARD if status.startswith("5") and not _FULL.search(said) else BounceKind.SOFT


def _is_automatic(mail: Message, subject: str) -> bool:
    """Tell whether a program wrote a mail (RFC 3834, 5; and what older programs say instead)."""
    said = str(mail.get("Auto-Submitted", "no")).partition(";")[0].strip().lower()
    return (
        said not in {"no", ""}
        or str(mail.get("Precedence", "")).strip().lower() in _BULK
        or any(mail.get(name) for name in _MARKS)
        or _AWAY.match(subject) is not None
    )


def _null_path(mail: Message) -> bool:
    """Tell whether a mail came from nobody, as bounces must (RFC 5321, 4.5.5)."""
    return str(mail.get("Return-Path", "")).strip() == "<>"


def _own_id(parts: list[Message], otherwise: str) -> str | None:
    """Return the Message-ID of the letter that was given back: from the original, its head, or the words."""
    for part in parts:
        inside: Any = part.get_payload()
        if _type(part) == "message/rfc822" and isinstance(inside, list) and inside:
            found = _ID.search(str(inside[0].get("Message-ID", "")))
        elif _type(part) in {"text/rfc822-headers", "message/rfc822-headers", "message/rfc822"}:
            found = _ID_LINE.search(_text(part))
        else:
            continue
        if found:
            return found[found.lastindex or 0]
    found = _ID_LINE.search(otherwise) or _ID.search(otherwise)
    return found[found.lastindex or 0] if found else None


def _parts(mail: Message) -> Iterator[Message]:
    """Walk the parts, not into the original: its own parts are no words of the server."""
    waiting, seen = [mail], 0
    while waiting and seen < PART_LIMIT:
        part = waiting.pop(0)
        seen += 1
        yield part
        inside = part.get_payload()
        if _type(part).startswith("multipart/") and isinstance(inside, list):
            waiting[:0] = [one for one in inside if isinstance(one, Message)]


def _blocks(report: Message) -> list[Message]:
    """Return the groups of fields of a report; the first is about the report itself."""
    inside: Any = report.get_payload()
    if isinstance(inside, list):
        return [one for one in inside if isinstance(one, Message)]
    return [message_from_bytes(block.encode("utf-8", "replace")) for block in _text(report).split("\n\n")]


def _type(part: Message) -> str:
    return part.get_content_type().lower()


def _text(part: Message) -> str:
    """Return the words of a part, with plain line ends; bytes that are none of its charset are replaced."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        words = data.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:  # a charset that nobody knows
        words = data.decode("utf-8", "replace")
    return words.replace("\r\n", "\n")


def _subject(mail: Message) -> str:
    written = str(mail.get("Subject", ""))[:SUBJECT_LIMIT]
    try:
        return _line(str(make_header(decode_header(written))))
    except (LookupError, ValueError):  # a charset that nobody knows, or words that are not in it
        return _line(written)


def _address(written: object) -> str | None:
    address = parseaddr(str(written))[1].strip().lower()
    return address if is_address(address) else None


def _line(words: str) -> str:
    return " ".join(words.split())[:DETAIL_LIMIT]
