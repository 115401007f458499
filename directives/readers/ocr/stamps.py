"""Refuse state secrets among scans: the stamp as an engine reads it, often without its marks or a letter."""

import re
import unicodedata
from typing import Final

from directives.readers.document import Refusal, UnreadableDocument
from directives.readers.pieces import Page

MEANT: Final = "TỐI MẬT"  # what a stamp found apart is written as, whatever its level: the page is refused
HEAD: Final = 0.55  # of a page from its top: where a stamp may stand
# «MẬT», «M A T», «ĐỘ MẬT: TUYỆT MẬT» in any marks; the frame of a stamp is read as |, [ or I.
STAMP: Final = re.compile(
    r"[\W_IJLl]{0,4}(?:DO MAT|DAU|TAI LIEU|VAN BAN|HO SO|(?:CONG )?DIEN)?[\W_]*"
    r"(?:(?:T ?U ?Y ?E ?T|T ?O ?I)\s*)?M ?A ?T[\W_IJLl]{0,4}"
)
HIGHER: Final = re.compile(r"[\W_IJLl]{0,4}(?:T ?U ?Y ?E ?T|T ?O ?I)\s*M ?A ?T[\W_IJLl]{0,4}")
FRAMED: Final = re.compile(r"[|\[({].*|.*[|\])}]")
# How many letters of a stamp may be misread or lost: a crooked one loses some.
SLIPS: Final = (("TUYETMAT", 2), ("TOIMAT", 1))
MOST_LETTERS: Final = 20  # of one thing; more is a text
MORE_IN_A_FRAME: Final = (("TUYETMAT", 3), ("TOIMAT", 2), ("MAT", 1))


def refuse_stamp(page: Page) -> None:
    """Raise UnreadableDocument (secret) where a piece of the page's head is nothing but a level of secrecy.

    Only capitals count, as on a stamp, unless they stand in a frame; a higher level counts anywhere.
    """
    for piece in page.pieces:
        in_head = piece.base > (1 - HEAD) * page.height
        if HIGHER.fullmatch(_bare(piece.text)) or (in_head and is_stamp(piece.text)):
            raise UnreadableDocument(Refusal.SECRET)


def is_stamp(text: str) -> bool:
    """Tell whether a piece of a page's head is nothing but a level of secrecy, in capitals or in a frame."""
    words = _bare(text)
    return STAMP.fullmatch(words) is not None or _is_nearly_stamp(words)


def is_crooked_stamp(text: str) -> bool:
    """Tell a level of secrecy in what was read from one thing on a page, among what its frame was read as."""
    words = _bare(text)
    letters = "".join(char for char in words if char.isupper())
    if STAMP.fullmatch(words.upper()):
        return True
    return len(letters) <= MOST_LETTERS and any(
        _slips_within(letters, level) <= most for level, most in SLIPS
    )


def _is_nearly_stamp(words: str) -> bool:
    """Tell a stamp of which some letters were misread."""
    framed = FRAMED.fullmatch(words) is not None
    if not framed and not words.isupper():
        return False
    letters = "".join(char for char in words.upper() if char.isalpha())
    return any(_slips(letters, level) <= most for level, most in (MORE_IN_A_FRAME if framed else SLIPS))


def _slips(read: str, true: str) -> int:
    """Count the letters that were changed, lost or put in; long words are far from any stamp."""
    if abs(len(read) - len(true)) > len(true):
        return len(read)
    return _distances(read, true, anywhere=False)[-1]


def _slips_within(read: str, true: str) -> int:
    """Count the slips of the part of some letters that is nearest to a level."""
    return min(_distances(read, true, anywhere=True))


def _distances(read: str, true: str, *, anywhere: bool) -> list[int]:
    """Return how far a level is from what was read up to each letter, from its beginning or from anywhere."""
    row = list(range(len(true) + 1))
    ends = [row[-1]]
    for index, char in enumerate(read, start=1):
        before, row[0] = row[0], 0 if anywhere else index
        for place, other in enumerate(true, start=1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (char != other))
        ends.append(row[-1])
    return ends


def _bare(text: str) -> str:
    """Return letters without the marks of Vietnamese."""
    decomposed = unicodedata.normalize("NFD", text.replace("Đ", "D"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))
