"""How alike two instructions are, by a measure that can be told: the pairs of syllables that they share."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Final

from directives.names import key

_WORD: Final = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=65536)
def pairs_of(text: str) -> frozenset[tuple[str, str]]:
    """Return the pairs of neighbouring syllables of a text; figures, dates and signs count for nothing."""
    words = [key(word) for word in _WORD.findall(text)]
    return frozenset(pairwise(words)) or frozenset((word, "") for word in words)


def likeness(one: str, other: str) -> float:
    """Return the share of pairs that two texts have in common: 1 the same words in order, 0 none (Dice)."""
    return likeness_of(pairs_of(one), pairs_of(other))


def likeness_of(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> float:
    """Return the same for pairs that are known already."""
    if not one or not other:
        return 0.0
    return 2 * len(one & other) / (len(one) + len(other))


def folded(names: Iterable[str]) -> frozenset[str]:
    """Return names as they are compared."""
    return frozenset(key(name) for name in names)
