"""A body as read from a text, and the head words that begin names."""

from dataclasses import dataclass

from directives.agencies.lexicon import Head, head_before
from directives.agencies.model import BodyKind, Extent
from directives.agencies.source import Source


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


def head_at(source: Source, at: int) -> tuple[Head, int] | None:
    """Return the head word at `at` and its end, if one begins a name there."""
    found = head_before(source.folded, at)
    if not found or source.is_capital(at):
        return found
    before = source.folded[max(0, at - 12) : at].split()
    return found if found[0].lower and not (before and before[-1] in found[0].not_after) else None
