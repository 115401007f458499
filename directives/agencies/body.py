"""A body as read from a text, and the head words that begin names."""

import re
from dataclasses import dataclass
from functools import cache

from directives.agencies.lexicon import Head, any_of, lexicon
from directives.agencies.model import BodyKind, Extent
from directives.agencies.source import Source
from directives.names import fold, key


@dataclass(frozen=True, slots=True)
class Body:
    """A body as read: where, its standard name, and what it is."""

    start: int
    end: int
    name: str
    kind: BodyKind
    extent: Extent = Extent.ONE
    head: Head | None = None
    said: str | None = None  # the words with the shared head repeated, where the text does not repeat it


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(any_of(head.word for head in lexicon().heads.values()))


def head_of(name: str) -> Head | None:
    """Return the head word a standard name begins with."""
    match = _heads().match(fold(name))
    return lexicon().heads[key(match[0])] if match else None


def head_at(source: Source, at: int) -> tuple[Head, int] | None:
    """Return the head word at `at` and its end, if one begins a name there."""
    match = _heads().match(source.folded, at)
    if not match:
        return None
    head = lexicon().heads[key(match[0])]
    if not source.is_capital(at):
        before = source.folded[max(0, at - 12) : at].split()
        if not head.lower or (before and before[-1] in head.not_after):
            return None
    return head, match.end()
