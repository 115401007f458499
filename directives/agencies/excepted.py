"""Whom a group leaves out: «… (trừ huyện A)», «…, không bao gồm huyện A», «… trừ huyện A»."""

import re
from functools import cache
from typing import Final

from directives.agencies.lexicon import any_of, lexicon
from directives.names import fold

WITHOUT: Final = r"(?:(?:ngoại +)?trừ|không +(?:bao +)?gồm)"
_BETWEEN: Final = re.compile(r" *[,;] *| và ")
_EACH: Final = "các "
_AHEAD: Final = re.compile(rf" *[,(]? *{WITHOUT}\b")
_LONGEST_START: Final = 24  # « , không bao gồm» with its spaces


def less_excepted(name: str) -> str:
    """Return a group's name without those it excepts: the same group, whoever is left out."""
    found = _excepted().search(fold(name))
    return name[: found.start()] if found else name


def excepted(words: str) -> tuple[str, ...]:
    """Return the names that a group's words except, folded; none where they except nobody."""
    found = _excepted().search(fold(words))
    if found is None:
        return ()
    names = _BETWEEN.split(found["bracketed"] or found["bare"])
    return tuple(name.removeprefix(_EACH).strip() for name in names if name.strip())


def excepts_behind(text: str, end: int) -> bool:
    """Tell whether the text goes on behind a group with an exception that was not read into its name."""
    return _AHEAD.match(fold(text[end : end + _LONGEST_START])) is not None


@cache
def _excepted() -> re.Pattern[str]:
    """Read an exception at the end of folded words.

    Without a mark before it a body or a level must follow: «Trạm phòng trừ sâu bệnh» excepts nobody.
    """
    data = lexicon()
    body = any_of([*data.data["levels"]["names"], *(head.word for head in data.heads.values())])
    return re.compile(
        rf" *(?:\( *(?:{WITHOUT}|ngoài) +(?P<bracketed>.*)\)"
        rf"|(?:, *{WITHOUT} +| {WITHOUT} +(?=(?:{_EACH} *)?{body}))(?P<bare>.*))$"
    )
