"""Files written out as letters inside a text: base64 and uuencode blocks, and `data:` links in a page.

What stands in them cannot be read as words, so neither can a stamp: such a text is refused, not kept.
Sources: RFC 2045 section 6.8, RFC 2397, POSIX uuencode.
"""

import re
from typing import Final

from directives.readers.document import Refusal, UnreadableDocument

BASE64: Final = re.compile(rb"(?:^[A-Za-z0-9+/]{60,76}[ \t]*\r?\n){6}|[A-Za-z0-9+/]{600}", re.MULTILINE)
UUENCODED: Final = re.compile(
    rb"^begin(?:-base64)? [0-7]{3} [^\n]{1,200}\r?\n(?:M[^\n]{60}\r?\n){2}", re.MULTILINE
)
LINKED: Final = re.compile(
    rb"""data:(?!image/|font/|audio/|video/|text/css|application/(?:x-)?font)[\w.+-]{0,60}/?[\w.+-]{0,90}"""
    rb"""(?:;[\w=.-]{1,40}){0,4};base64,[A-Za-z0-9+/]{256}""",
    re.IGNORECASE,
)


def refuse_encoded(raw: bytes, *, page: bool) -> None:
    """Raise UnreadableDocument where a text or a page holds another file as letters.

    A page has long runs of letters that are no file, in scripts, pictures and the state of forms: there only
    a link that says it is a file counts.
    """
    found = LINKED.search(raw) if page else BASE64.search(raw) or UUENCODED.search(raw)
    if found:
        raise UnreadableDocument(Refusal.UNKNOWN_FORMAT, "file-inside")
