"""Which letters make a Vietnamese syllable: how words put right are told from words put wrong.

A syllable is an onset, a rhyme and a tone; before a final c, ch, p or t only two of the six tones stand.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from directives.readers.legacy.tables import facts

TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
ON_STOPS: Final = "\u0301\u0323"


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Tell whether a word is written as a Vietnamese syllable: «trước», «Sở», «CÔNG», never «tôt», «CôNG»."""
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    tones: list[str] = []
    letters: list[str] = []
    for char in unicodedata.normalize("NFD", word.lower()):
        (tones if char in TONES else letters).append(char)
    plain = unicodedata.normalize("NFC", "".join(letters))
    if len(tones) > 1 or not _shape().fullmatch(plain):
        return False
    return not plain.endswith(("c", "ch", "p", "t")) or (bool(tones) and tones[0] in ON_STOPS)


@cache
def _shape() -> re.Pattern[str]:
    parts = facts()["syllable"]
    onsets, rhymes = (sorted(parts[part].split(), key=len, reverse=True) for part in ("onsets", "rhymes"))
    return re.compile(f"(?:{'|'.join(onsets)})?(?:{'|'.join(rhymes)})")
