"""Read the name of one body that begins at a place of the text."""

from directives.agencies.areas import read_area
from directives.agencies.body import Body, head_at, head_of
from directives.agencies.lexicon import Head
from directives.agencies.model import BodyKind, Extent
from directives.agencies.register import Register
from directives.agencies.source import Source
from directives.agencies.suffixes import area_behind, place_behind
from directives.agencies.walking import walk, walk_loud
from directives.names import fold

_CLOSED = {
    BodyKind.DEPARTMENT,
    BodyKind.MINISTRY,
}  # all of them are in the register: nothing goes on behind them


def read_body(source: Source, at: int, register: Register) -> Body | None:
    """Return the longest name at `at`: one of the register, else a head word with a name behind it."""
    found = head_at(source, at)
    known = _known(source, at, register, small=found is not None)
    if known and known.kind in _CLOSED:
        return known
    opened = _opened(source, at, *found) if found and not found[0].area else None
    if known and (opened is None or known.end >= opened.end):
        return known
    return opened


def _known(source: Source, at: int, register: Register, *, small: bool) -> Body | None:
    """Read a name of the register; a small first letter will do where a head is followed by a capital."""
    match = register.pattern.match(source.folded, at)
    if not match:
        return None
    if not source.is_capital(at) and not (small and any(map(str.isupper, source.text[at : match.end()]))):
        return None
    name = register.standard(match[0])
    head = head_of(name)
    kind = head.kind if head else BodyKind.OTHER
    if name.endswith(" tỉnh") and source.folded.endswith("tỉnh", at, match.end()):
        tail = place_behind(source, "tỉnh", match.end())
    else:
        tail = area_behind(source, match.end())
    return Body(at, tail.end, _joined(name, tail.words), kind, head=head)


def _joined(name: str, tail: str) -> str:
    """Join a standard name and what the text adds to it: a level, a place, or both."""
    if not tail or fold(name).endswith(fold(tail)):
        return name
    if tail.startswith("tỉnh "):
        return f"{name.removesuffix(' tỉnh')} {tail}"
    if name.endswith(" tỉnh") and tail[0].islower():  # «Ban Dân tộc thành phố» is not the province's
        return f"{name.removesuffix(' tỉnh')} {tail}"
    return f"{name} {tail}"


def _opened(source: Source, at: int, head: Head, head_end: int) -> Body | None:
    """Read a head word and a name that no register holds."""
    shouting = source.shouts(at, head_end)
    end = walk_loud(source, head_end) if shouting else walk(source, head_end)
    if end == head_end and (inner := _inner(source, end)):
        return Body(
            at,
            inner.end,
            f"{_large(source.words(at, end), shouting=shouting)} {inner.name}",
            head.kind,
            head=head,
        )
    tail = area_behind(source, end)
    if end == head_end and (tail.end == end or not head.bare):
        return None
    name = _large(source.words(at, end), shouting=shouting)
    return Body(at, tail.end, f"{name} {tail.words}".strip(), head.kind, head=head)


def _large(words: str, *, shouting: bool) -> str:
    return words.capitalize() if shouting else words[0].upper() + words[1:]


def _inner(source: Source, end: int) -> Body | None:
    """Read the committee or council that a body belongs to: «Ban cán sự đảng UBND tỉnh»."""
    begin = source.after_space(end)
    found = head_at(source, begin)
    if begin == end or not found or not found[0].area:
        return None
    bodies = read_area(source, begin, *found)
    return bodies[0] if len(bodies) == 1 and bodies[0].extent is Extent.ONE else None
