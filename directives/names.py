"""Fold names so that two spellings of one name become the same letters.

Folding is for matching only and keeps every offset: the folded text has as many characters as the text.
"""

import re
import unicodedata
from functools import lru_cache

from directives.folding import fold as fold_text

# «kĩ» and «kỹ», «quí» and «quý» are the same words in names, so y gives way to i throughout.
_I_FOR_Y = (("y", "i"), ("ý", "í"), ("ỳ", "ì"), ("ỷ", "ỉ"), ("ỹ", "ĩ"), ("ỵ", "ị"))
_SHORT = 200  # shorter texts are names: they must not push a document out of the memory of folded texts
_COLUMN_GAP = re.compile(" {4,}")
_JOINERS = re.compile(r"\bvà\b|[\W_]+")


def fold(text: str) -> str:
    """Return `text` with case, tone placement, i/y, spaces and dashes folded, character for character.

    A line break inside a sentence is a space, with a page number that stands in it; any other break, and the
    gap between two columns, is a line feed, which no name crosses. Expects canonical text.
    """
    return _folded_name(text) if len(text) <= _SHORT else _folded(text)


def _folded(text: str) -> str:
    folded = fold_text(text) if len(text) > _SHORT else fold_text.__wrapped__(text)
    for letter, plain in _I_FOR_Y:
        folded = folded.replace(letter, plain)
    if "    " not in folded:
        return folded
    return _COLUMN_GAP.sub(lambda gap: _column(gap, text), folded)


_folded_name = lru_cache(maxsize=8192)(_folded)


@lru_cache(maxsize=8192)
def key(name: str) -> str:
    """Return the letters two spellings of a name share: «Sở KH & ĐT» and «sở KH-ĐT» have one key."""
    return _JOINERS.sub("", fold(unicodedata.normalize("NFC", name)))


def _column(gap: re.Match[str], text: str) -> str:
    if "\n" in text[gap.start() : gap.end()]:
        return gap[0]
    return "\n" + gap[0][1:]
