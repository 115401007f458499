"""PDF pages set in old fonts: each character by the name of its font, the rest by its words.

A PDF made from an old file shows the letters of the font, but its text is Latin-1. API: pdfium's fpdf_text.h.
"""

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, Protocol, TypeVar

import pypdfium2
import pypdfium2.raw as pdfium

from directives.model import Doubt
from directives.readers.legacy.fonts import encoding_of
from directives.readers.legacy.losses import lost_letters
from directives.readers.legacy.quick import is_suspect
from directives.readers.legacy.restore import restore_lines
from directives.readers.legacy.stretches import Stretch, believed, doubts_about
from directives.readers.legacy.syllables import is_syllable
from directives.readers.legacy.tables import Encoding, to_unicode
from directives.readers.pieces import Page

LONGEST_NAME: Final = 128
# The code of ư in TCVN3 is a soft hyphen to everybody else, and a hyphen to most programs that write PDF.
SOFT_HYPHEN: Final = "\u00ad"
HYPHENED: Final = re.compile(
    "(?<![A-Za-z\u00a1-\u00ff-])[A-Za-z\u00a1-\u00ff]*+-[A-Za-z\u00a1-\u00ff-]*+(?![0-9])"
)


class Sign(Protocol):
    """A character as the reader of PDF keeps it; `index` is its number on the page."""

    @property
    def char(self) -> str: ...  # noqa: D102 - the names say it
    @property
    def right(self) -> float: ...  # noqa: D102
    @property
    def index(self) -> int: ...  # noqa: D102


S = TypeVar("S", bound=Sign)


def set_in_unicode(
    lines: Sequence[list[S]], text_page: pypdfium2.PdfTextPage
) -> tuple[Sequence[list[S]], tuple[Doubt, ...]]:
    """Return the lines with what is set in old fonts in Unicode, and a doubt for each encoding found."""
    if not is_suspect(text_page.get_text_range()):
        return lines, ()
    handle = text_page.raw
    cut = [_cut(line, handle) for line in lines]
    stretches = {
        (row, place): Stretch(encoding, place == 0, _letters(signs, encoding))
        for row, parts in enumerate(cut)
        for place, (encoding, signs) in enumerate(parts)
        if encoding is not None
    }
    trusted = {id(each) for each in believed(stretches.values())}
    changed = {key: (each, each.rewritten()) for key, each in stretches.items() if id(each) in trusted}
    done = []
    for row, parts in enumerate(cut):
        line: list[S] = []
        for place, (_, signs) in enumerate(parts):
            line += _respelled(signs, changed[row, place][1]) if (row, place) in changed else signs
        done.append(line)
    return done, doubts_about(changed.values())


def restored(pages: Sequence[Page]) -> tuple[list[Page], tuple[Doubt, ...]]:
    """Return the pages with old fonts that no name told in Unicode too, and one doubt of each kind."""
    before = [piece.text for page in pages for piece in page.pieces]
    softened = list(map(_softened, before)) if is_suspect("\n".join(before)) else before
    after, more = restore_lines(softened)
    texts = [one if two == three else three for one, two, three in zip(before, softened, after, strict=True)]
    done = list(pages) if texts == before else _rewritten(pages, iter(texts))
    doubts = [*(doubt for page in pages for doubt in page.doubts), *more, *lost_letters("\n".join(texts))]
    kinds = {
        (doubt.code, doubt.message.partition("«")[0]): replace(doubt, span=None) for doubt in doubts[::-1]
    }
    return done, tuple(kinds.values())[::-1]


def _rewritten(pages: Sequence[Page], texts: Iterator[str]) -> list[Page]:
    return [
        replace(page, pieces=tuple(replace(piece, text=next(texts)) for piece in page.pieces))
        for page in pages
    ]


def _letters(signs: Sequence[Sign], encoding: Encoding) -> list[str]:
    words = "".join(sign.char for sign in signs)
    return list(words if encoding is Encoding.VNI else _softened(words))


def _softened(words: str) -> str:
    """Put the letter ư back for hyphens in words that are syllables with it: «Tr-íc», «nh-»."""
    return HYPHENED.sub(_soft_if_syllable, words)


def _soft_if_syllable(found: re.Match[str]) -> str:
    """Soften all hyphens of a word, or that of «t-» before the next line's first word."""
    if _is_word_with_u(found[0]):
        return found[0].replace("-", SOFT_HYPHEN)
    first, _, rest = found[0].partition("-")
    return f"{first}{SOFT_HYPHEN}{rest}" if rest and _is_word_with_u(f"{first}-") else found[0]


def _is_word_with_u(hyphened: str) -> bool:
    word = to_unicode(hyphened.replace("-", SOFT_HYPHEN), Encoding.TCVN3)
    letters = [char for char in hyphened if char != "-"]
    if len(word) == 1 or (len(letters) == 1 and letters[0].isupper()):  # a dash, or «A-»
        return False
    return is_syllable(word) or is_syllable(word.upper())


def _cut(line: list[S], handle: Any) -> list[tuple[Encoding | None, list[S]]]:
    """Cut a line where its fonts change their encoding."""
    fonts: list[Encoding | None] = []
    for sign in line:
        name = _font_of(handle, sign.index)
        fonts.append(encoding_of(name) if name or not fonts else fonts[-1])
    return [
        (encoding, [sign for _, sign in group])
        for encoding, group in groupby(zip(fonts, line, strict=True), key=itemgetter(0))
    ]


def _font_of(handle: Any, index: int) -> str:
    """Return the name of a character's font; pdfium has none for a space it put in itself."""
    buffer, flags = ctypes.create_string_buffer(LONGEST_NAME), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(handle, index, buffer, LONGEST_NAME, ctypes.byref(flags))
    return buffer.value.decode("utf-8", errors="replace")


def _respelled(signs: Sequence[S], letters: Sequence[str]) -> list[S]:
    """Give each sign its letter; one that only marks the letter before it becomes part of that."""
    done: list[S] = []
    for sign, letter in zip(signs, letters, strict=True):
        if letter or not done:
            done.append(replace(sign, char=letter))  # type: ignore[type-var]
        else:
            done[-1] = replace(done[-1], right=sign.right)  # type: ignore[type-var]
    return done
