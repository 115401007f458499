"""Tell what a file is from its first bytes; names lie."""

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

from directives.readers.document import Format, Refusal, UnreadableDocument

HEAD: Final = 4096
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
IMAGES: Final = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
ZIPS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
RTF: Final = b"{\\rtf"
WORD_2003_XML: Final = re.compile(rb"progid=.Word\.Document|schemas\.microsoft\.com/office/word/2003")
# A page may begin with any number of comments, and be only a part of one, with any tag that pages have.
# Possessive throughout, so that hostile beginnings take no time.
BEFORE_PAGE: Final = re.compile(rb"(?:\s++|<\?xml[^>]*+>|(?><!--.*?-->))*+", re.DOTALL)
HTML: Final = re.compile(
    rb"<(?:!doctype\s+html|(?:html|head|body|meta|title|base|link|style|script|noscript|div|p|table|caption|thead|tbody"
    rb"|tr|td|th|section|article|main|header|footer|nav|aside|h[1-6]|ul|ol|li|dl|blockquote|pre|hr|br|center|form"
    rb"|fieldset|details|figure|span|font|b|strong|i|em|u|a|img|small|big|o:p)(?=[\s>/]))",
    re.IGNORECASE,
)
LONGEST_BEFORE: Final = 256 * 1024  # of comments before the first tag
XML: Final = re.compile(rb"\s*<\?xml\b")
FIELD: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]?[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*"
)
# What only a message begins with (RFC 5322, 3.6); two of the fields are asked for, one of them telling.
TELLING: Final = frozenset({b"received", b"return-path", b"message-id", b"mime-version", b"delivered-to"})
USUAL: Final = TELLING | {b"from", b"to", b"date", b"subject", b"cc", b"sender", b"reply-to", b"content-type"}
FIELDS_ASKED: Final = 2
BOMS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def is_message(head: bytes) -> bool:
    """Tell a mail by the fields it begins with."""
    names, at = set[bytes](), 0
    while (field := FIELD.match(head, at)) is not None:
        names.add(field[1].lower())
        at = field.end()
    return bool(names & TELLING) and len(names & USUAL) >= FIELDS_ASKED


WRITTEN: Final[tuple[tuple[Callable[[bytes], object], Format], ...]] = (
    (lambda head: head.startswith(RTF), Format.RTF),
    (WORD_2003_XML.search, Format.WORD_XML),
    (is_message, Format.EML),
)


def format_of(raw: bytes) -> Format:
    """Return the format of a file's bytes, or raise UnreadableDocument; plain text is what is left."""
    head = raw[:HEAD]
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith(ZIPS):
        return _inside("zip_format", raw)
    if head.startswith(OLE):
        return _inside("ole_format", raw)
    if head.startswith(IMAGES[:5]) or (head.startswith(IMAGES[5]) and b"\x00" in head[:16]):
        return Format.SCAN
    return _text_format(raw)


def _text_format(raw: bytes) -> Format:
    """Tell what is written in letters: forms of old Word, a mail, a web page, plain text; no other XML."""
    head = raw[:HEAD]
    for tells, kind in WRITTEN:
        if tells(head):
            return kind
    if HTML.match(_behind_comments(raw)):
        return Format.HTML
    ascii_head = head.removeprefix(BOMS[0])
    if head.startswith(BOMS[1:]):
        ascii_head = head[2:].replace(b"\x00", b"")
    if XML.match(ascii_head):
        raise UnreadableDocument(Refusal.UNKNOWN_FORMAT)
    return Format.TXT


def _behind_comments(raw: bytes) -> bytes:
    """Return the first bytes of what follows white space and comments, in letters of one byte."""
    start = raw[:LONGEST_BEFORE].removeprefix(BOMS[0])
    if start.startswith(BOMS[1:]):
        start = start[2:].replace(b"\x00", b"")
    before = BEFORE_PAGE.match(start)
    at = before.end() if before else 0
    return start[at : at + 64]


def _inside(question: str, raw: bytes) -> Format:
    """Ask what a package holds; the means to look inside are loaded with the first one."""
    packages: Any = import_module("directives.readers.packages")
    kind: Format = getattr(packages, question)(raw)
    return kind
