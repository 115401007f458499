"""Vietnamese order for lists of names: đ after d, ă and â after a, marks of tone last."""

import unicodedata
from typing import Final

ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES: Final = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng
_RANKS: Final = {letter: rank for rank, letter in enumerate(ALPHABET)}
_OUTSIDE: Final = len(ALPHABET)

Key = tuple[list[tuple[int, str]], list[int], str]


def vietnamese(name: str) -> Key:
    """Return a key that sorts names as a Vietnamese dictionary does: letters, then tones, then case."""
    letters: list[tuple[int, str]] = []
    tones: list[int] = []
    for sign in unicodedata.normalize("NFC", name.casefold()):
        parts = unicodedata.normalize("NFD", sign)
        tone = next((TONES.index(part) + 1 for part in parts if part in TONES), 0)
        bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        letters.append((_RANKS[bare] + 1, "") if bare in _RANKS else (_other(bare), bare))
        tones.append(tone)
    return letters, tones, name


def _other(sign: str) -> int:
    """Put spaces and digits before the letters, anything else after them."""
    return 0 if sign.isspace() or sign.isdigit() or not sign.isalnum() else _OUTSIDE + 1
