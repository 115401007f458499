"""E-mail (.eml): what is attached, messages in messages, and the words of the message itself.

Sources: RFC 5322, 2045-2047, 2231, 2183. The parser of policy `compat32` is used, not the newer one: that one
finds no name where an encoded word stands without quotes (Outlook), and takes 20 s over a field of 280 kB.
"""

import codecs
import re
from collections.abc import Iterator, Sequence
from email import policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from itertools import count
from typing import Final

from directives.readers.document import Refusal, UnreadableDocument
from directives.readers.mail_pictures import may_be_page
from directives.readers.members import Budget, Member, safe_name
from directives.readers.secrecy import refuse_secret_name, refuse_secret_path

BODY_TYPES: Final = {"text/plain": "txt", "text/html": "html"}
PAGE: Final = "text/html"
TWO_BYTES: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
NESTED: Final = "message/rfc822"
# Parts that carry no document: signatures, invitations, visiting cards, delivery notices, looks of a page.
NO_DOCUMENTS: Final = re.compile(
    r"text/(?:calendar|css|javascript|directory|(?:x-)?vcard)|application/(?:x-)?(?:javascript|ecmascript)"
    r"|application/(?:ics|pgp-signature|(?:x-)?pkcs7-signature)|message/delivery-status"
    r"|text/rfc822-headers"
)
# Fields that say what a mail is about, or how secret it is.
MARKED: Final = ("subject", "keywords", "comments", "sensitivity", "x-classification", "x-sensitivity")
MAX_FIELD: Final = 16 * 1024  # characters; the parser's time grows with the square
LONG_FIELD: Final = re.compile(
    rb"^content-(?:type|disposition|transfer-encoding)[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*",
    re.IGNORECASE | re.MULTILINE,
)
NAMED: Final = ("content-disposition", "content-type")
# What the standard library raises on messages that somebody or something has changed.
FAULTS: Final = (MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError)


def open_message(raw: bytes, budget: Budget) -> Iterator[Member]:
    """Give the message's own words, then what is attached; raise UnreadableDocument where it is broken."""
    if any(field.end() - field.start() > MAX_FIELD for field in LONG_FIELD.finditer(raw)):
        raise UnreadableDocument(Refusal.DAMAGED)
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(raw)
        for field in MARKED:
            for said in message.get_all(field) or ():
                refuse_secret_name(_words(str(said)))
        members = list(_members(message, count(1)))
    except FAULTS as error:
        raise UnreadableDocument(Refusal.DAMAGED) from error
    for member in sorted(members, key=lambda each: not each.body):
        size = len(member.content) if isinstance(member.content, bytes) else 0
        budget.take(parts=1, size=size)
        yield member


def _members(part: Message, numbers: Iterator[int]) -> Iterator[Member]:
    """Walk a message's parts; of alternative forms of one text the last and richest counts."""
    kind = part.get_content_type()
    if kind == NESTED:
        inner = part.get_payload()
        if isinstance(inner, list) and inner and isinstance(inner[0], Message):
            yield Member(_name(part) or f"message-{next(numbers)}.eml", inner[0].as_bytes())
        return
    if part.is_multipart():
        parts = _root_first(part) if kind == "multipart/related" else _parts(part)
        inside = [member for each in parts for member in _members(each, numbers)]
        yield from _richest(inside) if kind == "multipart/alternative" else inside
        return
    if _carries_nothing(part, kind):
        return
    content = part.get_payload(decode=True)
    held = content if isinstance(content, bytes) else b""
    name = _name(part)
    if name is None and kind in BODY_TYPES and part.get_content_disposition() != "attachment":
        if held.strip():
            words = _in_utf8(held, part)
            yield Member(f"body.{BODY_TYPES[kind]}", _page(words) if kind == PAGE else words, body=True)
    else:
        yield Member(name or f"attachment-{next(numbers)}", held)


def _parts(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []


def _root_first(part: Message) -> list[Message]:
    """Return the parts of a page kept in one file, the page itself before what it shows (RFC 2387, 3.2)."""
    parts = _parts(part)
    start = part.get_param("start")
    root = next((each for each in parts if start and each.get("content-id") == start), None)
    return parts if root is None else [root, *(each for each in parts if each is not root)]


def _richest(members: Sequence[Member]) -> Sequence[Member]:
    bodies = [member for member in members if member.body]
    return [*bodies[-1:], *(member for member in members if not member.body)]


def _carries_nothing(part: Message, kind: str) -> bool:
    """Tell a signature, or a picture set into the words of a mail, from an attachment."""
    if NO_DOCUMENTS.fullmatch(kind):
        return True
    if part.get_content_maintype() != "image" or part.get_content_disposition() == "attachment":
        return False
    in_words = part.get("content-id") is not None or part.get("content-location") is not None
    content = part.get_payload(decode=True) if in_words else None
    return isinstance(content, bytes) and not may_be_page(content)


def _page(words: bytes) -> bytes:
    """Begin a page that the message says is one as pages begin, whatever its first words are."""
    mark = codecs.BOM_UTF8 if words.startswith(codecs.BOM_UTF8) else b""
    return words if words.startswith(TWO_BYTES) else mark + b"<html>" + words.removeprefix(mark)


def _in_utf8(content: bytes, part: Message) -> bytes:
    """Write words whose charset the message names in UTF-8, marked: then no page's own claim counts."""
    charset = part.get_content_charset()
    if charset is not None and charset.startswith(("utf-16", "utf-32")) and b"\0" not in content:
        return content  # no such text is without zeros
    try:
        return content.decode(charset).encode("utf-8-sig", errors="replace") if charset else content
    except (LookupError, ValueError):
        return content


def _name(part: Message) -> str | None:
    """Return an attachment's name in whichever of the usual ways it is written, safe to show."""
    for field, value in part.raw_items():
        if field.lower() in NAMED:
            part.replace_header(field, _from_bytes(str(value)))
    name = part.get_filename()
    if name is None:
        return None
    refuse_secret_path(_words(name))  # the whole name: what is shown of it is cut
    return safe_name(_words(name))


def _from_bytes(value: str) -> str:
    """Read a field whose letters were sent as bare bytes of UTF-8."""
    try:
        return value.encode("ascii", errors="surrogateescape").decode("utf-8", errors="replace")
    except UnicodeEncodeError:
        return value


def _words(value: str) -> str:
    """Read the encoded words of a field (RFC 2047); one that is broken stays as it is."""
    if "=?" not in value:
        return _from_bytes(value)
    read = []
    for piece, charset in decode_header(value):
        if isinstance(piece, str):
            read.append(piece)
            continue
        try:
            read.append(piece.decode(charset or "utf-8", errors="replace"))
        except LookupError:
            read.append(piece.decode("utf-8", errors="replace"))
    return "".join(read)
