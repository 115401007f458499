"""Read People's Committees and Councils: «UBND tỉnh», «UBND huyện Đức Thọ», «UBND các huyện: A, B và thành phố C»."""

import re
from functools import cache

from directives.agencies.body import Body, head_at
from directives.agencies.lexicon import Head, any_of, lexicon
from directives.agencies.model import Extent
from directives.agencies.source import Source, starts_body
from directives.names import fold

_JOIN = re.compile(r" *(?:[,;/-]|và\b|hoặc\b)? *(?:các +)?")
_MEMBERS = 120  # no province has more districts or communes


@cache
def _levels() -> re.Pattern[str]:
    return re.compile(any_of(lexicon().data["levels"]["names"]))


@cache
def _grade() -> re.Pattern[str]:
    """Read «cấp huyện, cấp xã», «cấp huyện, xã», «hai cấp»."""
    level = any_of(lexicon().data["levels"]["names"])
    return re.compile(rf" *(?:(?:các|hai|02|2) +)?cấp(?: +{level}(?:(?: *[,/] *| +và +)(?:cấp +)?{level})*)?")


def read_area(source: Source, at: int) -> list[Body]:
    """Return the committee or councils named at `at`; one body, one group, or each member of a list."""
    found = head_at(source, at)
    if not found or not found[0].area:
        return []
    head, end = found
    if grade := _grade().match(source.folded, end):
        return [_body(at, grade.end(), head, source.words(end, grade.end()), Extent.GROUP)]
    begin = source.gap(end)
    plural = re.compile(r"(?:các|những|02|hai) +").match(source.folded, begin)
    if plural:
        return _list(source, at, head, begin, plural.end())
    level = _levels().match(source.folded, begin)
    if not level:
        return []
    return [_single(source, at, head, begin, level.end())]


def _single(source: Source, at: int, head: Head, begin: int, end: int) -> Body:
    after = _place(source, end)
    name = _level(source, begin, end)
    if after > end:
        name += " " + _titled(source, end, after)
    return _body(at, after, head, name, Extent.ONE)


def _place(source: Source, end: int) -> int:
    begin = source.gap(end)
    if begin == end or starts_body(source, begin):
        return end
    after = source.place(begin)
    return after if after > begin else end


def _list(source: Source, at: int, head: Head, plural: int, begin: int) -> list[Body]:
    """Read the members behind «các»: levels with or without places."""
    parts: list[tuple[int, int, str, bool]] = []  # start, end, name, named
    level = ""
    pos = begin
    for _ in range(_MEMBERS):
        match = _levels().match(source.folded, pos)
        start = pos
        if match:
            level = _level(source, pos, match.end())
            colon = re.compile(r" *: *").match(source.folded, match.end())
            place = source.place(colon.end()) if colon else _place(source, match.end())
            if colon and place > colon.end():
                start = colon.end()
            named = place > (colon.end() if colon else match.end())
            end = place if named else match.end()
            words = _titled(source, colon.end() if colon else match.end(), end) if named else ""
            parts.append((start, end, f"{level} {words}".strip(), named))
        elif (
            level
            and parts
            and parts[-1][3]
            and (end := source.place(pos)) > pos
            and not starts_body(source, pos)
        ):
            parts.append((pos, end, f"{level} {_titled(source, pos, end)}", True))
        else:
            break
        joint = _JOIN.match(source.folded, parts[-1][1])
        if not joint or joint.end() == parts[-1][1]:
            break
        pos = joint.end()
    if not parts:
        return []
    if parts[0][3]:
        first = parts[0]
        bodies = [_body(at, first[1], head, first[2], Extent.ONE)]
        return bodies + [
            _body(start, end, head, name, Extent.ONE) for start, end, name, named in parts[1:] if named
        ]
    end = parts[-1][1]
    return [_body(at, end, head, source.words(plural, end), Extent.GROUP)]


def _body(start: int, end: int, head: Head, rest: str, extent: Extent) -> Body:
    rest = rest.lower() if rest.isupper() else rest
    return Body(start, end, f"{head.standard} {rest}", head.kind, extent, head)


def _level(source: Source, start: int, end: int) -> str:
    word = source.words(start, end)
    return {"tp": "thành phố", "tx": "thị xã"}.get(fold(word).strip(". "), word.lower())


def _titled(source: Source, start: int, end: int) -> str:
    words = source.words(start, end)
    return words.title() if words.isupper() else words
