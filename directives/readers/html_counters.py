"""Numbers that a page's styles count and write before its elements: `content: counter(muc) ". "`.

Google Docs writes the lists of its pages so. Read are strings and counters before an element; where nothing
is counted the words are decoration. Source: CSS 2.2, 12.2 and 12.4 (content, counters and their scope).
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from directives.readers.html_styles import MARKS, Style
from directives.readers.numbering import MAX_MARK, write_number

MOST_NESTED: Final = 20  # counters of one name in each other that are written
MOST_CHANGED: Final = 20  # counters that one element changes
LONGEST: Final = 2_000  # characters of what is declared to stand before an element, and its pieces
MOST_PIECES: Final = 40
LARGEST: Final = 1_000_000
CHANGE: Final = re.compile(r"([a-z_-][\w-]*)(?:\s+(-?\d{1,6}))?")
STRING: Final = r'"(?:[^"\\]|\\.)*"' + r"|'(?:[^'\\]|\\.)*'"
PIECE: Final = re.compile(
    rf"(?P<said>{STRING})|(?P<all>counters?)\(\s*(?P<name>[\w-]+)\s*"
    rf"(?:,\s*(?P<between>{STRING})\s*)?(?:,\s*(?P<style>[a-z-]+)\s*)?\)",
    re.IGNORECASE | re.DOTALL,
)
ESCAPE: Final = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
ICONS: Final = re.compile("[\ue000-\uf8ff]")  # letters of fonts that draw signs


@dataclass(slots=True)
class _Count:
    """A counter: how deep the element lies that began it, and how far it is."""

    depth: int
    value: int


@dataclass(slots=True)
class Counters:
    """The counters of a page in the order of its elements; each holds for what follows beside and below."""

    _counts: dict[str, list[_Count]] = field(default_factory=lambda: defaultdict(list))
    _begun: list[tuple[int, str]] = field(default_factory=list)  # how deep, and which; never less deep later
    _known: dict[str, tuple[re.Match[str], ...]] = field(
        default_factory=dict
    )  # the pieces of what is declared

    def change(self, style: Style, depth: int) -> None:
        """Begin, move and set counters as an element at this depth says."""
        for name, value in _changes(style.get("counter-reset"), 0):
            self._begin(name, depth).value = value
        for name, value in _changes(style.get("counter-increment"), 1):
            count = self._nearest(name, depth)
            count.value = max(-LARGEST, min(count.value + value, LARGEST))
        for name, value in _changes(style.get("counter-set"), 0):
            self._nearest(name, depth).value = value

    def end(self, depth: int) -> None:
        """End the counters that began among the elements in one at this depth."""
        while self._begun and self._begun[-1][0] > depth:
            self._counts[self._begun.pop()[1]].pop()

    def written(self, content: str) -> str:
        """Write what stands before an element; nothing where it counts nothing."""
        pieces = self._pieces(content)
        if all(piece["said"] for piece in pieces):
            return ""
        return ICONS.sub("", "".join(map(self._written, pieces)))[:MAX_MARK]

    def decoration(self, content: str) -> str:
        """Return the words of what stands before an element, once: no part of the text, maybe a stamp."""
        known = content in self._known
        return (
            ""
            if known
            else "".join(_unquoted(each["said"]) for each in self._pieces(content) if each["said"])
        )

    def _pieces(self, content: str) -> tuple[re.Match[str], ...]:
        if content not in self._known:
            self._known[content] = tuple(islice(PIECE.finditer(content[:LONGEST]), MOST_PIECES))
        return self._known[content]

    def _written(self, piece: re.Match[str]) -> str:
        if piece["said"]:
            return _unquoted(piece["said"])
        style = MARKS.get((piece["style"] or "decimal").lower(), "decimal")
        most = 1 if piece["all"].lower() == "counter" else MOST_NESTED
        counts = self._counts.get(piece["name"].lower(), [])[-most:]
        between = _unquoted(piece["between"] or '"."')
        return between.join(_number(value, style) for value in [each.value for each in counts] or [0])

    def _begin(self, name: str, depth: int) -> _Count:
        """Begin a counter; one that an element beside this one began gives way."""
        counts = self._counts[name]
        if not counts or counts[-1].depth < depth:
            counts.append(_Count(depth, 0))
            self._begun.append((depth, name))
        return counts[-1]

    def _nearest(self, name: str, depth: int) -> _Count:
        return self._counts[name][-1] if self._counts[name] else self._begin(name, depth)


def _changes(said: str | None, otherwise: int) -> list[tuple[str, int]]:
    if said is None or said == "none":
        return []
    return [(name, int(value) if value else otherwise) for name, value in _names(said)]


def _names(said: str) -> Iterator[tuple[str, str]]:
    return ((found[1], found[2]) for found in islice(CHANGE.finditer(said), MOST_CHANGED))


def _number(value: int, style: str) -> str:
    return "-" if style == "bullet" else write_number(value, style)


def _unquoted(said: str) -> str:
    return ESCAPE.sub(_escaped, said[1:-1])


def _escaped(found: re.Match[str]) -> str:
    if found[1] is None:
        return "" if found[2] == "\n" else found[2]
    code = int(found[1], 16)
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0x110000 else " "  # noqa: PLR2004 - Unicode
