"""Read lists that say their head once: «các Sở: Tài chính, Xây dựng», «Sở Tài chính, Kế hoạch và Đầu tư»."""

import re
from functools import cache

from directives.agencies.body import Body, head_at
from directives.agencies.groups import read_group
from directives.agencies.lexicon import Head, any_of, lexicon
from directives.agencies.model import Extent
from directives.agencies.naming import read_body
from directives.agencies.register import Register, default_register
from directives.agencies.source import Source
from directives.names import key

_PLURAL = re.compile(r"(?:các|những|hai|02) +")
_COLON = re.compile(r" *: *")
_JOINT = re.compile(r" *([,;]|và\b) *(?:và +)?")
_FIRST_HEADS = re.compile(r"sở\b")
_MEMBERS = 60


@cache
def _fields(word: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of the fields that bodies with a head word have, and their standard names by key."""
    extra: dict[str, list[str]] = lexicon().data["fields"]
    names = {key(field): field for field in extra.get(word, ())}
    spellings = list(extra.get(word, ()))
    for agency in default_register().agencies:
        if not agency.name.startswith(f"{word} "):
            continue
        for spelling in agency.spellings:
            if spelling.startswith(f"{word} "):
                field = spelling.removeprefix(f"{word} ").removesuffix(" tỉnh")
                spellings.append(field)
                names.setdefault(key(field), agency.name.removeprefix(f"{word} ").removesuffix(" tỉnh"))
    return re.compile(any_of(spellings)), names


def read_plural(source: Source, at: int) -> list[Body]:
    """Read «các Sở A, B», «các Sở: A, B» and «các sở, ngành: A, B»: the members, or nothing."""
    plural = _PLURAL.match(source.folded, at)
    if not plural:
        return []
    head, end = head_at(source, plural.end()) or (None, plural.end())
    if head and head.shared and (members := _behind(source, at, head, end)):
        return members
    group = read_group(source, at)
    if not group or group.extent is not Extent.GROUP or not _FIRST_HEADS.match(source.folded, plural.end()):
        return []
    return _behind(source, at, lexicon().heads[key("Sở")], group.end, colon_needed=True)


def _behind(source: Source, at: int, head: Head, end: int, *, colon_needed: bool = False) -> list[Body]:
    colon = _COLON.match(source.folded, end)
    if colon_needed and not colon:
        return []
    first = _field(source, colon.end() if colon else source.after_space(end), head)
    if not first:
        return []
    opening = Body(at, first.end, first.name, first.kind, head=head, said=first.said)
    return [opening, *read_more(source, first.end, head, colon=bool(colon))]


def read_more(
    source: Source, end: int, head: Head, *, colon: bool = False, register: Register | None = None
) -> list[Body]:
    """Read the further members of a list whose head was said before `end`."""
    members: list[Body] = []
    while len(members) < _MEMBERS:
        joint = _JOINT.match(source.folded, end)
        if not joint or (joint[1] == ";" and not colon):
            break
        member = _field(source, joint.end(), head)
        if not member or _is_longer_body(source, member, register or default_register()):
            break
        members.append(member)
        end = member.end
    return members


def _is_longer_body(source: Source, member: Body, register: Register) -> bool:
    """Tell whether what looks like a field begins a body of its own: «Công an tỉnh» among ministries."""
    body = read_body(source, member.start, head_at(source, member.start), register)
    return body is not None and body.end > member.end


def _field(source: Source, at: int, head: Head) -> Body | None:
    if not source.is_capital(at):
        return None
    pattern, names = _fields(head.word)
    match = pattern.match(source.folded, at)
    name = names.get(key(match[0])) if match else None
    if not match or not name:
        return None
    end = match.end()
    if "," in match[0] and "," not in name:  # «các Ban: Tuyên giáo, Dân vận», though there is one of both
        first, _, second = match[0].partition(",")
        if (one := names.get(key(first))) and key(second) in names:
            name, end = one, at + len(first)
    said = f"{head.word} {name if source.shouts(at, end) else source.words(at, end)}"
    return Body(at, end, f"{head.word} {name}", head.kind, head=head, said=said)
