"""Read the name of one body that begins at a place of the text."""

import re
from dataclasses import replace
from functools import cache

from directives.agencies.areas import read_area
from directives.agencies.body import Body, head_at
from directives.agencies.lexicon import Head, head_before, lexicon, write_out
from directives.agencies.model import BodyKind, Extent
from directives.agencies.register import Register, default_register
from directives.agencies.running_on import in_names, run_on, serial_behind
from directives.agencies.source import Source
from directives.agencies.suffixes import area_behind, levels, place_behind
from directives.agencies.walking import walk, walk_fields, walk_loud, walk_purpose
from directives.names import fold

_GAP = re.compile(r" +(?:- +)?(?=\w)")
_OWNERS = 3  # «Phòng giao dịch … Ngân hàng … »; no chain of owners is longer
_SERIAL = (BodyKind.COMPANY, BodyKind.HOSPITAL)  # «Công ty Trường Sơn 36», «Bệnh viện 199»
_OF_PROVINCE = ("Tỉnh ủy", " tỉnh")
_CLOSED = (
    BodyKind.DEPARTMENT,
    BodyKind.MINISTRY,
)  # all of them are in the register: nothing goes on behind them


def read_body(source: Source, at: int, found: tuple[Head, int] | None, register: Register) -> Body | None:
    """Return the longest name at `at`: one of the register, else the head `found` there and what follows."""
    known = _known(source, at, register, small=found is not None)
    if known and known.kind in _CLOSED:
        return known
    opened = _opened(source, at, *found) if found and (found[0].alone or not found[0].area) else None
    if known and (opened is None or known.end >= opened.end or not _more_of_name(source, known.end)):
        opened = known
    return _with_owner(source, opened, register) if opened else None


def _more_of_name(source: Source, end: int) -> bool:
    """Tell whether a registered name may go on: small words behind it must be known ones of names."""
    begin = source.after_space(end)
    return not source.text[begin : begin + 1].islower() or in_names(source, begin)


def _with_owner(source: Source, body: Body, register: Register | None = None, *, most: int = _OWNERS) -> Body:
    """Return the body with up to `most` owners: «Ban Dân vận | Huyện ủy», «Chi nhánh A - | Công ty B»."""
    for left in range(most - 1, -1, -1):
        gap = _GAP.match(source.folded, body.end)
        found = (
            head_at(source, gap.end())
            if gap and body.extent is Extent.ONE and source.is_capital(gap.end())
            else None
        )
        if not gap or not found or found[0].word not in _owners(hyphen="-" in gap[0]):
            break
        owner = _known(source, gap.end(), register or default_register(), small=False)
        opened = _opened(source, gap.end(), *found, most=left) if not found[0].area else None
        owner = max((one for one in (owner, opened) if one), key=lambda one: one.end, default=None)
        if owner is None:
            break
        name = (
            source.words(body.start, gap.end()) + " "
            if body.name.endswith(_OF_PROVINCE)
            else f"{body.name}{' - ' if '-' in gap[0] else ' '}"
        )
        body = replace(body, end=owner.end, name=name + owner.name, extent=owner.extent)
    return body


@cache
def _owners(*, hyphen: bool) -> frozenset[str]:
    return frozenset(lexicon().data["owners"]["hyphened" if hyphen else "words"])


def _known(source: Source, at: int, register: Register, *, small: bool) -> Body | None:
    """Read a name of the register; a small first letter will do where a head is followed by a capital."""
    match = register.pattern.match(source.folded, at)
    if not match:
        return None
    if not source.is_capital(at) and not (small and any(map(str.isupper, source.text[at : match.end()]))):
        return None
    name = register.standard(match[0])
    head = named[0] if (named := head_before(fold(name))) else None
    kind = head.kind if head else BodyKind.OTHER
    if name.endswith(" tỉnh") and source.folded.endswith("tỉnh", at, match.end()):
        tail = place_behind(source, "tỉnh", match.end())
    else:
        tail = area_behind(source, match.end())
    extent = Extent.GROUP if tail.many else Extent.ONE
    return Body(at, tail.end, _joined(name, tail.words), kind, extent, head)


def _joined(name: str, tail: str) -> str:
    """Join a standard name and what the text adds to it: a level, a place, or both."""
    if not tail or fold(name).endswith(fold(tail)):
        return name
    if tail.startswith("tỉnh "):
        return f"{name.removesuffix(' tỉnh')} {tail}"
    if name.endswith(" tỉnh") and tail[0].islower():  # «Ban Dân tộc thành phố» is not the province's
        return f"{name.removesuffix(' tỉnh')} {tail}"
    return f"{name} {tail}"


def _opened(source: Source, at: int, head: Head, head_end: int, *, most: int = _OWNERS) -> Body | None:
    """Read a head word and a name that no register holds; it has `most` owners."""
    shouting = source.shouts(at, head_end) and not head.word.isupper()
    if owner := _owner(source, head_end):
        name = f"{_large(source.words(at, head_end), shouting=shouting)} {owner.name}"
        return Body(at, owner.end, name, head.kind, owner.extent, head)
    short = _short(source, at, head, head_end, shouting=shouting)
    if (owned := _with_owner(source, short, most=most)).end > head_end:
        return owned
    end = walk_loud(source, head_end) if shouting else walk(source, head_end, numbered=head.numbered)
    if end == head_end and head.kind is BodyKind.MEDIA and not shouting:
        end = max(end, _paper(source, head_end))
    if not shouting and (end > head_end or head.purpose):
        end = run_on(source, head_end, end)
    if head.kind in _SERIAL:
        end = serial_behind(source, end)
    if not source.is_capital(at) and source.text[at:end].islower():
        return None
    if head.purpose:
        end = max(end, walk_purpose(source, head_end))
    if head.word in lexicon().data["within"]["listed"] and end > head_end:
        end = walk_fields(source, end)
    tail = area_behind(source, end)
    if end == head_end and not head.alone and (tail.end == end or not head.bare):
        return None
    name = _large(source.words(at, end), shouting=shouting)
    extent = Extent.GROUP if tail.many else Extent.ONE
    return Body(at, tail.end, f"{name} {tail.words}".strip(), head.kind, extent, head)


def _paper(source: Source, end: int) -> int:
    """Walk over the proper name of a newspaper, though it be a hamlet's: «Báo Ấp Bắc»."""
    begin = source.after_space(end)
    named = begin > end and source.is_capital(begin) and levels().match(source.folded, begin)
    return source.place(begin) if named else end


def _short(source: Source, at: int, head: Head, end: int, *, shouting: bool) -> Body:
    return Body(at, end, _large(source.words(at, end), shouting=shouting), head.kind, head=head)


def _large(words: str, *, shouting: bool) -> str:
    """Return the words of a name with a large first letter and its short forms written out."""
    if shouting:
        return words.capitalize()
    return write_out(words[0].upper() + words[1:])


def _owner(source: Source, end: int) -> Body | None:
    """Read the committee a body belongs to: «Ban cán sự đảng UBND tỉnh», «Văn phòng HĐND và UBND huyện»."""
    begin = source.after_space(end)
    found = head_at(source, begin)
    if begin == end or not found or not found[0].area:
        return None
    bodies = read_area(source, begin, *found)
    last = bodies[-1] if bodies else None
    first = bodies[0] if bodies else None
    if not first or not last or (len(bodies) > 1 and first.head is last.head):
        return first
    if first is last:
        return first
    return replace(last, name=f"{found[0].standard} và {last.name}")
