"""Tell what a file is from its first bytes; names lie."""

import re
from typing import Final

from directives.readers.document import Format, Refusal, UnreadableDocument

HEAD: Final = 4096
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")  # how Office stores a .docx with a password
IMAGES: Final = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
ZIPS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
RTF: Final = b"{\\rtf"
WORD_2003_XML: Final = re.compile(rb"progid=.Word\.Document|schemas\.microsoft\.com/office/word/2003")
# Possessive throughout: a page may begin with any number of comments.
HTML: Final = re.compile(
    rb"(?:\s++|<\?xml[^>]*+>|(?><!--.*?-->))*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
XML: Final = re.compile(rb"\s*<\?xml\b")
BOMS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def format_of(raw: bytes) -> Format:
    """Return the format of a file's bytes, or raise UnreadableDocument; plain text is what is left."""
    head = raw[:HEAD]
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith(ZIPS):
        return Format.DOCX  # or another package: the reader looks inside
    if head.startswith(OLE):
        if ENCRYPTED_PACKAGE in raw:
            raise UnreadableDocument(Refusal.ENCRYPTED)
        raise UnreadableDocument(Refusal.UNKNOWN_FORMAT, "old-office")
    if head.startswith(RTF) or WORD_2003_XML.search(head):
        raise UnreadableDocument(Refusal.UNKNOWN_FORMAT, "old-office")
    if head.startswith(IMAGES[:5]) or (head.startswith(IMAGES[5]) and b"\x00" in head[:16]):
        raise UnreadableDocument(Refusal.EMPTY, "no-text-layer")
    return _text_format(head)


def _text_format(head: bytes) -> Format:
    """Tell a web page from plain text; other XML is neither."""
    ascii_head = head.removeprefix(BOMS[0])
    if head.startswith(BOMS[1:]):
        ascii_head = head[2:].replace(b"\x00", b"")
    if HTML.match(ascii_head):
        return Format.HTML
    if XML.match(ascii_head):
        raise UnreadableDocument(Refusal.UNKNOWN_FORMAT)
    return Format.TXT
