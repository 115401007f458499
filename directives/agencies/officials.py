"""Read what stands before an official's title: «đồng chí», and his name, «ông Trần B, | Phó Chủ tịch …»."""

import re
from collections import deque
from dataclasses import replace
from functools import cache

from directives.agencies.body import Body
from directives.agencies.lexicon import UPPER, any_of, lexicon
from directives.agencies.source import Source

_LONGEST = 60  # of «đồng chí», a name and what parts it from the title
_NAME_WORD = rf"[{UPPER}][^\W\d_]*\.?\s+"
_NAME = re.compile(rf"(?:{_NAME_WORD}){{0,5}}[{UPPER}][^\W\d_]*\.?(?P<joint>\s*[,(–-]\s*|\s+là\s+)$")
_FIRST_NAMES = re.compile(rf"(?:{_NAME_WORD}){{1,5}}$")


def official(source: Source, body: Body, start: int, title: str) -> Body:
    """Return a body as named through its official, whose title is at `start`, with his name and offices."""
    said = f"{title} {body.said}" if body.said else None
    at, end = start, body.end
    if named := _named(source, at):
        start, opens = named
        if start < at and (also := _also().match(source.folded, end)):
            end = also.end()
        if opens and source.folded.startswith(")", end):
            end += 1
    return replace(body, start=start, end=end, said=said)


def in_person(source: Source, at: int) -> bool:
    """Tell whether a later word of a person's name stands at `at`: «đồng chí Nguyễn | Công An, …»."""
    if not source.is_capital(at):
        return False
    found = _last_courtesy(source, at)
    if found is None:
        return False
    courtesy = found.end()
    if courtesy == at:  # «đồng chí | Đoàn Văn Hà», though «Đoàn» begins bodies too
        second = source.after_space(source.capitalised(at))
        return _surnames().match(source.folded, at) is not None and source.capitalised(second) > second
    first = _FIRST_NAMES.match(source.text, courtesy, at)
    return first is not None and _surnames().match(source.folded, courtesy) is not None


def _named(source: Source, at: int) -> tuple[int, bool] | None:
    """Return where «đồng chí» begins that stands before the title at `at`, and whether a bracket opens it."""
    found = _last_courtesy(source, at)
    if found is None:
        return None
    if found.end() == at:
        return found.start(), False
    name = _NAME.match(source.text, found.end(), at)
    return (found.start(), "(" in name["joint"]) if name else None


def _last_courtesy(source: Source, at: int) -> re.Match[str] | None:
    found = deque(_courtesies().finditer(source.folded, max(0, at - _LONGEST), at), maxlen=1)
    return found[0] if found else None


@cache
def _also() -> re.Pattern[str]:
    """Read a further office of one person: «…, Giám đốc Sở Y tế | , Phó Trưởng ban thường trực | : …»."""
    return re.compile(
        rf" *[,-] *{any_of(lexicon().data['titles']['further'])}[^,;:.()\n]{{0,100}}(?= *[:,)])"
    )


@cache
def _courtesies() -> re.Pattern[str]:
    return re.compile(rf"\b(?:các +)?{any_of(lexicon().data['titles']['before'])} +")


@cache
def _surnames() -> re.Pattern[str]:
    return re.compile(any_of(lexicon().data["names"]["surnames"]))
