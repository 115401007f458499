"""Refuse state secrets among scans: the stamp as an engine reads it, often without its marks."""

import re
import unicodedata
from typing import Final

from directives.readers.document import Refusal, UnreadableDocument
from directives.readers.pieces import Page

HEAD: Final = 0.55  # of a page from its top: where a stamp may stand
# «MẬT», «M A T», «TỐI MẬT», «Độ mật: Tuyệt mật» in any marks; a frame is read as |, [ or I.
STAMP: Final = re.compile(
    r"[\W_IJLl]{0,4}(?:DO MAT|DAU|TAI LIEU|VAN BAN|HO SO|(?:CONG )?DIEN)?[\W_]*"
    r"(?:(?:T ?U ?Y ?E ?T|T ?O ?I)\s*)?M ?A ?T[\W_IJLl]{0,4}"
)
HIGHER: Final = re.compile(r"[\W_IJLl]{0,4}(?:T ?U ?Y ?E ?T|T ?O ?I)\s*M ?A ?T[\W_IJLl]{0,4}")


def refuse_stamp(page: Page) -> None:
    """Raise UnreadableDocument (secret) where a piece of the page's head is nothing but a level of secrecy.

    Only capitals count, as on a stamp; a higher level counts anywhere on the page.
    """
    for piece in page.pieces:
        words = _bare(piece.text)
        in_head = piece.base > (1 - HEAD) * page.height
        if HIGHER.fullmatch(words) or (in_head and STAMP.fullmatch(words)):
            raise UnreadableDocument(Refusal.SECRET)


def _bare(text: str) -> str:
    """Return letters without the marks of Vietnamese."""
    decomposed = unicodedata.normalize("NFD", text.replace("Đ", "D"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))
