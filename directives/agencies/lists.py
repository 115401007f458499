"""Read lists that say their head once: «các Sở: Tài chính, Xây dựng», «Sở Tài chính, Kế hoạch và Đầu tư»."""

import re
from functools import cache

from directives.agencies.areas import read_area
from directives.agencies.body import Body, head_at, read_body
from directives.agencies.groups import read_group
from directives.agencies.lexicon import Head, any_of, lexicon
from directives.agencies.model import Extent
from directives.agencies.register import Register, default_register
from directives.agencies.source import Source
from directives.names import key

_PLURAL = re.compile(r"(?:các|những) +")
_COLON = re.compile(r" *: *")
_JOINT = re.compile(r" *([,;]|và\b) *(?:và +)?(?:các +(?=sở\b))?")
_MEMBERS = 60


@cache
def _fields() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of the fields of departments and ministries, and their standard names by key."""
    names: dict[str, str] = {}
    spellings: list[str] = []
    for agency in default_register().agencies:
        if not agency.code.startswith(("so-", "bo-", "phong-")):
            continue
        for spelling in agency.spellings:
            head, _, field = spelling.partition(" ")
            if field and key(head) in {"sở", "bộ", "phòng"} and "tỉnh" not in field:
                spellings.append(field)
                names.setdefault(key(field), agency.name.partition(" ")[2])
    for field in lexicon().fields:
        spellings.append(field)
        names.setdefault(key(field), field)
    return re.compile(any_of(spellings)), names


def read_list(source: Source, at: int, register: Register) -> list[Body]:
    """Return the members of a list with a shared head at `at`, or nothing when none begins there."""
    plural = _PLURAL.match(source.folded, at)
    if plural:
        return _plural(source, at, plural.end(), register)
    first = read_body(source, at, register)
    if not first or not first.head or not first.head.shared:
        return []
    rest = _members(source, first.end, first.head, register, colon=False)
    return [first, *rest] if rest else []


def _plural(source: Source, at: int, begin: int, register: Register) -> list[Body]:
    """Read «các Sở A, B», «các Sở: A, B» and «các sở, ngành: A, B»."""
    found = head_at(source, begin)
    head, end = found or (None, begin)
    if head and head.shared:
        colon = _COLON.match(source.folded, end)
        first_at = colon.end() if colon else source.gap(end)
        first = _field(source, first_at, head)
        if first:
            opening = Body(at, first.end, first.name, first.kind, head=head)
            return [opening, *_members(source, first.end, head, register, colon=bool(colon))]
    group = read_group(source, at)
    if not group or group.extent is not Extent.GROUP:
        return []
    colon = _COLON.match(source.folded, group.end)
    head = lexicon().heads[key("Sở")] if source.folded[begin:].startswith("sở") else head
    if not colon or not head or not head.shared:
        return []
    first = _field(source, colon.end(), head)
    if not first:
        return []
    return [
        Body(at, first.end, first.name, first.kind, head=head),
        *_members(source, first.end, head, register, colon=True),
    ]


def _members(source: Source, end: int, head: Head, register: Register, *, colon: bool) -> list[Body]:
    members: list[Body] = []
    for _ in range(_MEMBERS):
        joint = _JOINT.match(source.folded, end)
        if not joint or (joint[1] == ";" and not colon):
            break
        begin = joint.end()
        member = _field(source, begin, head)
        if member and not _is_body(source, begin, register, member):
            members.append(member)
            end = member.end
            continue
        break
    return members


def _is_body(source: Source, at: int, register: Register, member: Body) -> bool:
    """Tell whether what looks like a field is a body of its own: «Công an tỉnh» among ministries."""
    body = read_body(source, at, register)
    return (body is not None and body.end > member.end) or bool(read_area(source, at))


def _field(source: Source, at: int, head: Head) -> Body | None:
    if not source.is_capital(at):
        return None
    pattern, names = _fields()
    match = pattern.match(source.folded, at)
    if not match:
        return None
    name = names.get(key(match[0]))
    return Body(at, match.end(), f"{head.word} {name}", head.kind, head=head, core=at) if name else None
