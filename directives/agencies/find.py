"""Scan a text once and name every body in it, in the order of the text."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from directives.agencies.areas import read_area
from directives.agencies.body import Body, read_body
from directives.agencies.groups import read_group, read_reference
from directives.agencies.lexicon import any_of, lexicon, words_of
from directives.agencies.lists import read_list
from directives.agencies.model import Mention
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

    Lists that share their head come out one mention each; a group is one mention. `on` picks the standing name where
    two bodies bore it. `references` adds «Sở này», «Quý Ủy ban» and the like. Total: any text is fine.
    """
    register = register or default_register()
    start, end = (span.start, span.end) if span else (0, len(text))
    source = Source.of(text[start:end])
    return [
        _mention(source, found, title, register, on, start)
        for found, title in _scan(source, register, references)
    ]


def _scan(source: Source, register: Register, references: bool) -> Iterator[tuple[Body, str | None]]:
    starts = _starts(register)
    at = 0
    while match := starts.search(source.folded, at):
        at = match.start()
        bodies, title = _read(source, at, register, references) if _fresh(source, at) else ([], None)
        for body in bodies:
            yield body, title
        at = max(match.end(), max((body.end for body in bodies), default=0))


def _fresh(source: Source, at: int) -> bool:
    """Tell whether a word begins at `at`; a capital behind a small letter begins one whose space was lost."""
    if at == 0 or not source.folded[at - 1].isalnum():
        return True
    return source.is_capital(at) and source.text[at - 1].islower()


def _read(source: Source, at: int, register: Register, references: bool) -> tuple[list[Body], str | None]:
    """Read what begins at `at`: an official's title and the bodies behind it."""
    title = _titles().match(source.folded, at)
    places: list[tuple[int, str | None]] = [(at, None)]
    if title and (source.is_capital(at) or title[1]):
        places = [(title.end(), source.words(at, title.end())), (at, None)]
    for place, words in places:
        bodies = (
            read_list(source, place, register)
            or read_area(source, place)
            or [body for body in [read_body(source, place, register) or read_group(source, place)] if body]
        )
        if bodies:
            first = bodies[0]
            bodies[0] = Body(at, first.end, first.name, first.kind, first.extent, first.head, first.core)
            return bodies, words
    reference = read_reference(source, at) if references else None
    return ([reference] if reference else []), None


def _mention(
    source: Source, body: Body, title: str | None, register: Register, on: date | None, shift: int
) -> Mention:
    return Mention(
        text=source.words(body.start, body.end),
        name=body.name,
        code=register.resolve(body.name, on),
        span=Span(body.start + shift, body.end + shift),
        kind=body.kind,
        extent=body.extent,
        title=title.strip() if title else None,
    )


@cache
def _titles() -> re.Pattern[str]:
    data = lexicon().data["titles"]
    before = any_of(data["before"])
    return re.compile(rf"({before} +)?(?:{any_of(data['words'])} *(?:, *{any_of(data['words'])} +)?) *(?=\w)")


_STARTS: dict[int, re.Pattern[str]] = {}


def _starts(register: Register) -> re.Pattern[str]:
    """Return the pattern of every word a mention may begin with."""
    pattern = _STARTS.get(id(register))
    if pattern is None:
        data = lexicon().data
        names = [
            *(head.word for head in lexicon().heads.values()),
            *data["titles"]["words"],
            *data["titles"]["before"],
            *data["groups"]["members"],
            *(spelling for agency in register.agencies for spelling in agency.spellings),
            "các",
            "những",
            "từng",
            "mỗi",
            "mọi",
            "tất cả",
            "toàn thể",
            "quý",
        ]
        firsts = sorted({words_of(name)[0] for name in names})
        pattern = re.compile(any_of(firsts))
        _STARTS[id(register)] = pattern
    return pattern
