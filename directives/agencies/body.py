"""Read the name of one body that begins at a place of the text."""

import re
from dataclasses import dataclass, replace
from functools import cache

from directives.agencies.lexicon import Head, any_of, lexicon
from directives.agencies.model import BodyKind, Extent
from directives.agencies.register import Register
from directives.agencies.source import CAPITAL, Source, starts_body
from directives.names import fold, key

_JOINT = re.compile(r" *(?:([-,&]|và\b) *)?")
_TOKENS = 18  # no name is longer


@dataclass(frozen=True, slots=True)
class Body:
    """A body as read: where, its standard name, and what it is."""

    start: int
    end: int
    name: str
    kind: BodyKind
    extent: Extent = Extent.ONE
    head: Head | None = None
    core: int = 0  # where the name proper begins, after its head


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(any_of(head.word for head in lexicon().heads.values()))


@cache
def _within() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = lexicon().data["within"]
    behind = "|".join(map(fold, data["behind"]))
    return (
        re.compile(any_of(data["nouns"])),
        re.compile(any_of(data["verbs"])),
        re.compile(rf"(?:{behind})$"),
    )


@cache
def _suffix() -> re.Pattern[str]:
    levels = any_of(lexicon().data["levels"]["names"])
    return re.compile(rf" *(?:- *)?(?:cấp +)?({levels})")


@cache
def _province() -> re.Pattern[str]:
    return re.compile(rf" +{any_of(lexicon().provinces)}")


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


def read_body(source: Source, at: int, register: Register) -> Body | None:
    """Return the longest name at `at`: one of the register, else a head word with a name behind it."""
    known = _known(source, at, register)
    opened = _opened(source, at)
    if known and (opened is None or known.end >= opened.end or _closed(known)):
        return known
    return opened


def _closed(body: Body) -> bool:
    return body.head is not None and body.head.kind in {BodyKind.DEPARTMENT, BodyKind.MINISTRY}


def _known(source: Source, at: int, register: Register) -> Body | None:
    match = register.pattern.match(source.folded, at)
    if not match:
        return None
    found = head_at(source, at)
    if not source.is_capital(at) and not (found and any(map(str.isupper, source.text[at : match.end()]))):
        return None
    agency = register.by_key.get(key(match[0]))
    if not agency:
        return None
    name = agency[0].name
    end, tail = suffix(source, match.end(), after_level=name.endswith(" tỉnh"))
    head = lexicon().heads[key(h[0])] if (h := _heads().match(fold(name))) else None
    kind = head.kind if head else BodyKind.OTHER
    return Body(at, end, _joined(name, tail), kind, head=head, core=found[1] if found else at)


def _joined(name: str, tail: str) -> str:
    """Join a standard name and what the text adds to it: a level, a place, or both."""
    if not tail or fold(name).endswith(fold(tail)):
        return name
    if fold(tail).startswith("tỉnh ") and name.endswith(" tỉnh"):
        return name.removesuffix(" tỉnh") + " " + tail
    return f"{name} {tail}"


def suffix(source: Source, end: int, *, after_level: bool) -> tuple[int, str]:
    """Read «tỉnh», «huyện Đức Thọ» or a province's name behind a name; return the new end and the words."""
    if after_level:
        begin = source.gap(end)
        after = (
            source.place(begin)
            if begin > end and source.is_capital(begin) and not starts_body(source, begin)
            else begin
        )
        shouting = source.shouts(end - 4, end)
        if after > begin and not (shouting and not _province().match(source.folded, end)):
            return after, source.words(begin, after)
        return end, ""
    if (province := _province().match(source.folded, end)) and source.is_capital(
        province.end() - 1 - len(province[0].strip()) + 1
    ):
        return province.end(), _titled(source, end, province.end())
    level = _suffix().match(source.folded, end)
    if not level or (source.gap(end) != level.start(1) and level[0].strip() == level[1]):
        return end, ""
    begin = source.gap(level.end())
    after = source.place(begin) if begin > level.end() and not starts_body(source, begin) else begin
    if after == begin:
        return level.end(), _titled(source, level.start(1), level.end()).lower()
    return after, _level(source, level.start(1), level.end()) + " " + _titled(source, begin, after)


def _level(source: Source, start: int, end: int) -> str:
    word = source.words(start, end)
    return {"tp": "thành phố", "tx": "thị xã"}.get(fold(word).strip(". "), word.lower())


def _titled(source: Source, start: int, end: int) -> str:
    words = source.words(start, end)
    return ordinary(words) if words.isupper() else words


def ordinary(words: str) -> str:
    """Return a place name out of an all-capitals line in ordinary case."""
    return words.title() if len(words) > 1 else words


def _opened(source: Source, at: int) -> Body | None:
    """Read a head word and a name that no register holds."""
    found = head_at(source, at)
    if not found:
        return None
    head, head_end = found
    if head.area:
        return None
    end, capitals = _name(
        source, head_end, shouting=(source.shouts(at, head_end) and len(head.word) > 4) or False
    )
    last, tail = suffix(source, end, after_level=False)
    if not capitals and not (tail and (head.bare or (last > end > head_end))):
        return None
    name = source.words(at, end)
    if name.isupper() and " " in name:
        name = name.capitalize()
    name = name[0].upper() + name[1:]
    return Body(at, last, f"{name} {tail}".strip(), head.kind, head=head, core=head_end)


def _name(source: Source, start: int, *, shouting: bool) -> tuple[int, int]:
    """Walk over the words of a name; return its end and how many words had a capital."""
    nouns, verbs, behind = _within()
    end, capitals, pending = start, 0, start
    for _ in range(_TOKENS):
        joint = _JOINT.match(source.folded, pending)
        begin = joint.end() if joint else pending
        joined = joint[1] if joint else None
        if begin == pending or joined == "," or (source.gap(pending) < begin and joined is None):
            break
        if joined and not capitals and joined != "-":
            break
        capital = source.is_capital(begin)
        if capital and (pending > start or joined) and starts_body(source, begin):
            break
        phrase = nouns.match(source.folded, begin) or (verbs.match(source.folded, begin) if capital else None)
        if phrase or capital:
            end = pending = max(phrase.end() if phrase else 0, source.capital(begin))
            capitals += capital
        elif (verb := verbs.match(source.folded, begin)) and behind.search(source.folded, start, pending):
            pending = verb.end()
        else:
            break
    return end, capitals


def with_start(body: Body, start: int) -> Body:
    """Return the body with what stands before its name taken in."""
    return replace(body, start=start)


CAPITAL_WORD = re.compile(CAPITAL)
