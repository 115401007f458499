"""Read groups and stand-ins: «các sở, ban, ngành», «các đơn vị liên quan», «Sở này», «Quý Ủy ban»."""

import re
from functools import cache

from directives.agencies.body import Body
from directives.agencies.lexicon import Head, any_of, lexicon
from directives.agencies.model import BodyKind, Extent
from directives.agencies.running_on import level_at_end
from directives.agencies.source import Source
from directives.agencies.suffixes import MOST, except_behind, group_tails, open_tails
from directives.names import fold

_JOINED = r"(?: *[,/-] *| +và +)"
_SEVERAL = re.compile(r"[,/-]| và ")


@cache
def _groups() -> re.Pattern[str]:
    data = lexicon().data["groups"]
    member = any_of(data["members"])
    return re.compile(
        rf"((?:tất cả +|toàn thể +)?(?:{any_of(data['many'])}) +)?"
        rf"({member}(?:{_JOINED}{member}){{0,{MOST}}})(?: +{any_of(data['fields'])})?"
        rf"{group_tails().pattern}"
    )


@cache
def _open_members() -> re.Pattern[str]:
    member = any_of(lexicon().data["groups"]["open_members"])
    return re.compile(rf"{member}(?:{_JOINED}{member}){{0,{MOST}}}")


@cache
def _references() -> re.Pattern[str]:
    data = lexicon().data["references"]
    noun, this, role = any_of(data["nouns"]), any_of(data["this"]), any_of(data["roles"])
    several = any_of(data["several"])
    return re.compile(
        rf"({fold('quý')} +(?:các +)?)?{noun}( +{this})?|(?P<role>{role})"
        rf"|(?P<several>{several} +{noun} +{this})"
    )


def read_group(source: Source, at: int) -> Body | None:
    """Return the group named at `at`.

    Without «các» it says «liên quan», or opens with a capital and names two kinds of member.
    """
    match = _groups().match(source.folded, at)
    if not match:
        return None
    if not (
        match[1] or open_tails().search(match[3]) or (_SEVERAL.search(match[2]) and source.is_capital(at))
    ):
        return None
    if not match[1] and not match[3] and source.is_capital(source.after_space(match.end())):
        return None  # «Về phía Bộ, Cục An toàn bức xạ …»: the last word begins a name
    end = except_behind(source, match.end())
    end = end if end > match.end() else except_behind(source, level_at_end(source, end))
    name = source.words(at, end)
    name = name.lower() if name.isupper() else name
    if match[1]:
        name = name[0].lower() + name[1:]
    return Body(at, end, name, BodyKind.GROUP, _extent(match[2], match[3]))


def _extent(members: str, tails: str) -> Extent:
    """Tell an open group from one whose members a register can list."""
    if tails:
        return Extent.OPEN if open_tails().search(tails) else Extent.GROUP
    anyone = _open_members().fullmatch(members) and members != fold("địa phương")
    return Extent.OPEN if anyone else Extent.GROUP


def read_reference(source: Source, at: int, found: tuple[Head, int] | None) -> Body | None:
    """Return the words at `at` that stand for a body named elsewhere: «Quý Ủy ban», «đơn vị này», «Sở»."""
    match = _references().match(source.folded, at)
    if match and (match[1] or match[2] or match["several"] or (match["role"] and source.is_capital(at))):
        return _reference(source, at, match.end())
    if not found or not source.is_capital(at) or not (found[0].shared or found[0].area):
        return None
    return _reference(source, at, found[1])


def _reference(source: Source, at: int, end: int) -> Body:
    return Body(at, end, source.words(at, end), BodyKind.OTHER, Extent.REFERENCE)
