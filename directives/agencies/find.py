"""Scan a text once and name every body in it, in the order of the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from directives.agencies.areas import read_area, spread
from directives.agencies.body import Body, head_at
from directives.agencies.former import ended_on
from directives.agencies.groups import read_group, read_reference
from directives.agencies.lexicon import Head, any_of, lexicon
from directives.agencies.lists import read_more, read_plural
from directives.agencies.model import Extent, Mention
from directives.agencies.naming import read_body
from directives.agencies.officials import in_person, official
from directives.agencies.register import Register, default_register
from directives.agencies.source import Source
from directives.model import Span


def find_agencies(
    text: str,
    span: Span | None = None,
    *,
    register: Register | None = None,
    on: date | None = None,
    references: bool = False,
) -> list[Mention]:
    """Return every body named in `text`, or in `span` of it, in order; no two overlap.

    Lists that share their head come out one mention each; a group is one mention. Names are looked up as of
    the day `on`. `references` adds «Sở này», «Quý Ủy ban» and the like. Expects canonical text; total on any.
    """
    register = register or default_register()
    start, end = (span.start, span.end) if span else (0, len(text))
    source = Source.of(text, start, end)
    return [
        _mention(source, body, title, _Known.of(body, register, on, rule), start)
        for body, title, rule in _scan(source, register)
        if references or body.extent is not Extent.REFERENCE
    ]


def _scan(source: Source, register: Register) -> Iterator[tuple[Body, str | None, str]]:
    search, skips = register.starts.search, _skipped().match
    at = 0
    while match := search(source.text, at):
        begin, at = match.span()
        if not _fresh(source, begin) or in_person(source, begin):
            continue
        if skip := skips(source.folded, begin):
            at = max(at, skip.end())
            continue
        bodies, title, rule = _read(source, begin, register)
        for body in bodies:
            yield body, title, rule
            at = max(at, body.end)


@cache
def _skipped() -> re.Pattern[str]:
    return re.compile(any_of(lexicon().data["names"]["skipped"]))


def _fresh(source: Source, at: int) -> bool:
    """Tell whether a word begins at `at`; a capital behind a small letter begins one whose space was lost."""
    if at == 0 or not source.text[at - 1].isalnum():
        return True
    return source.is_capital(at) and source.text[at - 1].islower()


def _read(source: Source, at: int, register: Register) -> tuple[list[Body], str | None, str]:
    """Read what begins at `at`: bodies, the title of the official named for them, and how they were read."""
    title = _titles().match(source.folded, at) if source.is_capital(at) else None
    bodies, rule = _bodies(source, title.end(), register) if title else ([], "")
    if title and bodies and bodies[0].extent is not Extent.REFERENCE:
        words = source.words(at, title.end())
        held = [official(source, body, at if body is bodies[0] else body.start, words) for body in bodies]
        return held, words, rule
    bodies, rule = _bodies(source, at, register)
    small = _small_titles().search(source.folded, max(0, at - 24), at) if bodies else None
    if (
        not small
        or source.is_capital(small.start("title"))
        or bodies[0].extent in (Extent.OPEN, Extent.REFERENCE)
    ):
        return bodies, None, rule
    words = source.words(small.start("title"), at)
    held = [
        official(source, body, small.start("title") if body is bodies[0] else body.start, words)
        for body in bodies
    ]
    return held, words, rule


@cache
def _small_titles() -> re.Pattern[str]:
    return re.compile(rf"(?<!tăng )(?<!môi )\b(?P<title>{any_of(lexicon().data['titles']['small'])}) +$")


@cache
def _titles() -> re.Pattern[str]:
    words = any_of(lexicon().data["titles"]["words"])
    return re.compile(rf"(?:(?:phó +)?trưởng ban(?= +ban\b)|{words}(?: *, *{words})?) +(?=\w)")


def _bodies(source: Source, at: int, register: Register) -> tuple[list[Body], str]:
    """Return the bodies named at `at`, and the name of the way in which they are named."""
    if members := read_plural(source, at):
        return members, "plural-head"
    found = head_at(source, at)
    if found and found[0].area and (members := read_area(source, at, *found)):
        return members, "committee"
    if body := read_body(source, at, found, register):
        if body.extent is Extent.GROUP and (members := spread(source, body)):
            return members, "members-of-group"
        if body.head and body.head.shared and body.extent is Extent.ONE:
            return [body, *read_more(source, body.end, body.head, register=register)], "shared-head"
        return [body], "head-word" if found else "registered-name"
    return _group_or_reference(source, at, found)


def _group_or_reference(source: Source, at: int, found: tuple[Head, int] | None) -> tuple[list[Body], str]:
    if group := read_group(source, at):
        members = spread(source, group)
        return (members, "members-of-group") if members else ([group], "group")
    reference = read_reference(source, at, found)
    return ([reference], "reference") if reference else ([], "")


@dataclass(frozen=True, slots=True)
class _Known:
    """What registers know of a body on a day, and how its name was read."""

    code: str | None
    ended_on: date | None
    rule: str

    @classmethod
    def of(cls, body: Body, register: Register, on: date | None, rule: str) -> "_Known":
        code = None if body.extent is Extent.REFERENCE else register.resolve(body.name, on)
        return cls(code, ended_on(body, code, register, on), rule)


def _mention(source: Source, body: Body, title: str | None, known: _Known, shift: int) -> Mention:
    return Mention(
        text=body.said or _said(source, body, title),
        name=body.name,
        code=known.code,
        span=Span(body.start + shift, body.end + shift),
        kind=body.kind,
        extent=body.extent,
        title=_quiet(title) if title else None,
        ended_on=known.ended_on,
        named_by=known.rule,
    )


def _said(source: Source, body: Body, title: str | None) -> str:
    """Return the words of a mention as printed; those of an all-capitals line in ordinary case."""
    if not source.shouts(body.start, body.end):
        return source.words(body.start, body.end)
    name = body.name[0].upper() + body.name[1:]
    if "tỉnh" not in source.folded[body.start : body.end]:
        name = name.replace(" tỉnh", "", 1)  # the register's own word: «KHO BẠC NHÀ NƯỚC KHÁNH HÒA» has none
    return f"{_quiet(title)} {body.name[0]}{name[1:]}" if title else name


def _quiet(title: str) -> str:
    return title.capitalize() if title.isupper() else title
