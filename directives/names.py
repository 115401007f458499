"""Fold names so that two spellings of one name become the same letters.

Folding is for matching only and keeps every offset: the folded text has exactly as many characters as the text.
"""

import re
import unicodedata

# One letter for one letter. Fonts of the eighties give Ð (eth) or Ɖ for Đ; «kĩ» and «kỹ», «quí» and «quý» are the
# same words, so y gives way to i. Every kind of space and dash becomes the plain one.
_LETTERS = {
    "ð": "đ",
    "ɖ": "đ",
    "y": "i",
    "ý": "í",
    "ỳ": "ì",
    "ỷ": "ỉ",
    "ỹ": "ĩ",
    "ỵ": "ị",
    "\n": " ",
    "\r": " ",
    "\t": " ",
    "\u00a0": " ",
    "\u2009": " ",
    "\u202f": " ",
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "–": "-",
    "—": "-",
    "−": "-",
}
# The tone mark stands on either vowel of an open oa, oe, uy («hoà», «hòa»); after the y above has become i.
_TONES = {
    old + vowel: new + plain
    for base, vowels, plain in (("o", "àáảãạ", "a"), ("o", "èéẻẽẹ", "e"), ("u", "ìíỉĩị", "i"))
    for old, vowel, new in zip(base * 5, vowels, {"o": "òóỏõọ", "u": "ùúủũụ"}[base], strict=True)
}
_PAGE_NUMBER = re.compile(r"\n[^\S\n]*\d{1,3}[^\S\n]*(?=\n)")
_SEPARATORS = re.compile(r"\bvà\b|[\W_]+")


def fold(text: str) -> str:
    """Return `text` with case, tone placement, i/y, spaces and dashes folded, character for character.

    A page number alone on a line is blanked: it may stand in the middle of a name. Expects composed letters (NFC).
    """
    folded = _lower(_PAGE_NUMBER.sub(_blank, text))
    for letter, plain in _LETTERS.items():
        folded = folded.replace(letter, plain)
    for pair, moved in _TONES.items():
        folded = folded.replace(pair, moved)
    return folded


def key(name: str) -> str:
    """Return the letters two spellings of a name share: «Sở KH & ĐT» and «sở KH-ĐT» have one key."""
    return _SEPARATORS.sub("", fold(unicodedata.normalize("NFC", name)))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
