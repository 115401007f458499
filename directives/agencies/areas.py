"""Read People's Committees and Councils: «UBND huyện Đức Thọ», «UBND các huyện: A, B và thành phố C»."""

import re
from dataclasses import dataclass, replace
from functools import cache

from directives.agencies.body import Body, head_at
from directives.agencies.lexicon import Head, any_of, lexicon
from directives.agencies.model import Extent
from directives.agencies.source import Source, starts_name
from directives.agencies.suffixes import (
    MOST,
    except_behind,
    group_tails,
    level_name,
    levels,
    open_tails,
    place_behind,
    provinces,
)

_PLURAL = re.compile(r" *(?:các|những|hai|\d{1,3}) +")
_COLON = re.compile(r" *: *")
_JOINT = re.compile(r" *(?:[,;/-]|và\b|hoặc\b) *(?:và +)?(?:các +)?")
_MEMBER_ENDS = re.compile(r" *(?:[,;.:()/\n]|$)| +và +")
_WHERE = re.compile(
    r" +nơi [^,;.:()\n]{3,80}?(?= +(?:phải|có trách nhiệm|chịu trách nhiệm|chủ động|khẩn trương|báo cáo)\b)"
)
_MEMBERS = 150  # no province has as many districts or communes


@dataclass(frozen=True, slots=True)
class _Member:
    start: int
    end: int
    name: str
    named: bool  # has a place, so is one body


@cache
def _grades() -> re.Pattern[str]:
    """Read «cấp huyện, cấp xã», «các cấp», «cấp huyện, xã»."""
    level = any_of(lexicon().data["levels"]["names"])
    return re.compile(
        rf" *(?:(?:các|hai|02|2) +)?cấp\b(?: +{level}(?:(?: *[,/] *| +và +)(?:cấp +)?{level}){{0,{MOST}}})?"
    )


def read_area(source: Source, at: int, head: Head, end: int, *, follow: bool = True) -> list[Body]:
    """Return the committee or councils named at `at`: one body, one group, or each member of a list."""
    if grades := _grades().match(source.folded, end):
        return [_group(source, at, head, end, grades.end())]
    if plural := _PLURAL.match(source.folded, end):
        return _plural(source, at, head, end, plural.end())
    begin = source.after_space(end)
    level = levels().match(source.folded, begin)
    if not level or begin == end:
        return _with_next(source, at, head, end) if follow else []
    member = _member(source, begin, level)
    if not member.named:
        if group := _all_unnamed(source, at, head, begin):
            return [group]
        return [Body(at, member.end, f"{head.standard} {member.name}", head.kind, head=head)]
    first = Body(at, member.end, f"{head.standard} {member.name}", head.kind, head=head)
    return [first, *_same_level(source, head, member)]


def _with_next(source: Source, at: int, head: Head, end: int) -> list[Body]:
    """Read «HĐND, UBND các huyện», where the first has the areas of the second."""
    joint = _JOINT.match(source.folded, end)
    found = head_at(source, joint.end()) if joint else None
    if not joint or not found or not found[0].area or found[0] is head or ";" in joint[0]:
        return []
    second = read_area(source, joint.end(), *found, follow=False)
    if len(second) != 1:
        return []
    name = f"{head.standard}{second[0].name.removeprefix(found[0].standard or '')}"
    return [Body(at, end, name, head.kind, second[0].extent, head), *second]


def _member(source: Source, begin: int, level: re.Match[str]) -> _Member:
    name = level_name(source, begin, level.end())
    place = place_behind(source, name, level.end())
    return _Member(begin, place.end, f"{name} {place.words}".strip(), bool(place.words))


def _same_level(source: Source, head: Head, first: _Member) -> list[Body]:
    """Read on from «UBND huyện A» in «UBND huyện A, huyện B và các xã C, D»."""
    bodies: list[Body] = []
    end, level = first.end, ""
    while len(bodies) < _MEMBERS:
        joint = _JOINT.match(source.folded, end)
        if not joint or ";" in joint[0]:
            break
        found = levels().match(source.folded, joint.end())
        member = (
            _member(source, joint.end(), found) if found else level and _place(source, joint.end(), level)
        )
        if not member or not member.named:
            break
        if found:
            level = level_name(source, *found.span()) if "các" in joint[0] else ""
        bodies.append(_body(member.start, head, member))
        end = member.end
    return bodies


@cache
def _levels_alone() -> re.Pattern[str]:
    level = any_of(lexicon().data["levels"]["names"])
    return re.compile(rf"{level}(?:(?: *[,/] *| và +){level}){{1,{MOST}}}")


def _all_unnamed(source: Source, at: int, head: Head, begin: int) -> Body | None:
    """Read «UBND huyện, thị xã, thành phố», which is «UBND các huyện, thị xã, thành phố»."""
    match = _levels_alone().match(source.folded, begin)
    if not match:
        return None
    loud = source.shouts(begin, match.end()) and not source.is_capital(source.after_space(match.end()))
    if not loud and not source.text[begin : match.end()].islower():
        return None
    return _group(source, at, head, begin, match.end())


@cache
def levels_below_commune() -> re.Pattern[str]:
    """Read a level below the commune, whose places act for themselves: «thôn», «tổ dân phố»."""
    return re.compile(any_of(lexicon().data["levels"]["hamlets"]))


def spread(source: Source, group: Body) -> list[Body]:
    """Return the members of «Công an các huyện: A, B», of which `group` is what stands before the places.

    «Các thôn A, B» are bodies themselves; «các huyện A, B» are only places.
    """
    begin = source.folded.rfind("các ", group.start, group.end)
    hamlets = begin == group.start and levels_below_commune().match(source.folded, begin + 4)
    members = _members(source, begin + 4) if begin > group.start or hamlets else []
    if not members or not members[0].named:
        return []
    own = source.words(group.start, begin)
    return [
        replace(
            group,
            start=group.start if member is members[0] else member.start,
            end=member.end,
            name=f"{own} {member.name}".strip(),
            extent=Extent.ONE,
            said=f"{own} {member.name}".strip(),
        )
        for member in members
        if member.named
    ]


def _plural(source: Source, at: int, head: Head, end: int, begin: int) -> list[Body]:
    """Read the members behind «các»: levels with or without places."""
    members = _members(source, begin)
    if not members:
        return []
    if not members[0].named:
        return [_placed(_group(source, at, head, end, members[-1].end), members)]
    rest = [_body(member.start, head, member) for member in members[1:] if member.named]
    return [_body(at, head, members[0]), *rest]


def _members(source: Source, begin: int) -> list[_Member]:
    members: list[_Member] = []
    level_words = ""
    at = begin
    while len(members) < _MEMBERS:
        level = levels().match(source.folded, at)
        member = (
            _member(source, at, level) if level else _shortened(source, at) or _place(source, at, level_words)
        )
        if not member:
            break
        if level:
            level_words = level_name(source, at, level.end())
        members.append(member)
        if listed := _behind_colon(source, members, level_words):
            members = listed
        joint = _JOINT.match(source.folded, members[-1].end)
        if not joint:
            break
        at = joint.end()
    return members


def _shortened(source: Source, at: int) -> _Member | None:
    """Read «thành» and «thị» of «các huyện, thành, thị»."""
    match = _short_levels().match(source.folded, at)
    return _Member(at, match.end(), match[0], named=False) if match and not source.is_capital(at) else None


@cache
def _short_levels() -> re.Pattern[str]:
    return re.compile(any_of(lexicon().data["levels"]["grouped"]) + r"(?= *(?:[,;.:()\n]|$| và\b))")


def _behind_colon(source: Source, members: list[_Member], level: str) -> list[_Member]:
    """Read the first place of «các huyện: A, B»; of several levels before a colon none is repeated."""
    colon = _COLON.match(source.folded, members[-1].end)
    if not colon or members[-1].named:
        return []
    first = _place(source, colon.end(), level if len(members) == 1 else "")
    return [first] if first and _MEMBER_ENDS.match(source.folded, first.end) else []


def _place(source: Source, at: int, level: str) -> _Member | None:
    if not source.is_capital(at) or (starts_name(source, at) and not _called_giao(source, at)):
        return None
    province = provinces().match(source.folded, at)
    end = province.end() if province else source.place(at)
    return _Member(at, end, f"{level} {source.ordinary(at, end)}".strip(), named=True)


def _called_giao(source: Source, at: int) -> bool:
    """Tell «Giao Thủy», a district, from «Giao Sở Y tế», an order."""
    if not source.folded.startswith("giao ", at):
        return False
    return source.is_capital(at + 5) and head_at(source, at + 5) is None


def _placed(group: Body, members: list[_Member]) -> Body:
    """Return a group with the places in its name as they are written, though its line was all in capitals."""
    name = group.name
    for member in members:
        name = name.replace(member.name.lower(), member.name) if member.named else name
    return replace(group, name=name)


def _group(source: Source, at: int, head: Head, begin: int, end: int) -> Body:
    tails = group_tails().match(source.folded, end)
    end = tails.end() if tails else end
    extent = Extent.OPEN if tails and open_tails().search(tails[0]) else Extent.GROUP
    end = except_behind(source, end)
    words = source.words(begin, end)
    name = f"{head.standard} {words.lower() if words.isupper() else words}"
    if where := _WHERE.match(source.folded, end):
        return Body(at, where.end(), name, head.kind, extent, head, source.words(at, end))
    return Body(at, end, name, head.kind, extent, head)


def _body(start: int, head: Head, member: _Member) -> Body:
    said = f"{head.standard} {member.name}"
    return Body(start, member.end, said, head.kind, Extent.ONE, head, said)
