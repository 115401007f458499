"""The words that names of bodies are made of, read once from `data/bodies.toml` and compiled."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from directives.agencies.model import BodyKind
from directives.agencies.trie import compile_letters, compile_spellings
from directives.names import fold, key

UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA, 2)))


@dataclass(frozen=True, slots=True)
class Head:
    """A word that begins the name of a body."""

    word: str
    kind: BodyKind
    shared: bool = False  # «các Sở: A, B» repeats it
    bare: bool = False  # stands with a level alone
    lower: bool = False  # also begins a name when written small
    area: bool = False  # goes on with a level and a place
    standard: str | None = None
    not_after: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything about names that is not the name of one body."""

    heads: dict[str, Head]  # by key
    short: dict[str, tuple[str, ...]]
    provinces: tuple[str, ...]
    data: dict[str, Any]


def load(name: str) -> dict[str, Any]:
    """Return a TOML file of `directives/data`."""
    return tomllib.loads(files("directives").joinpath("data", name).read_text("utf-8"))


@cache
def lexicon() -> Lexicon:
    """Return the national lexicon."""
    data = load("bodies.toml")
    heads = [
        Head(
            **{
                **row,
                "kind": BodyKind(row["kind"]),
                "not_after": frozenset(map(fold, row.get("not_after", ()))),
            }
        )
        for row in data["head"]
    ]
    return Lexicon(
        heads={key(head.word): head for head in heads},
        short={full: tuple(shorts) for full, shorts in data["short"].items()},
        provinces=tuple(load("places.toml")["provinces"]),
        data=data,
    )


def words_of(name: str) -> list[str]:
    """Return the folded words of a name without what joins them."""
    words: list[str] = re.findall(r"[^\W_]+", fold(name))
    return [word for word in words if word != "và"] or words


def any_of(names: Iterable[str]) -> str:
    """Return a pattern for folded text that reads the longest of `names`."""
    return rf"(?:{compile_spellings(words_of(name) for name in names)})\b"


def start_words(names: Iterable[str]) -> str:
    """Return a pattern for the text itself that reads the first word of any mention, in the case it may have there.

    Heads and groups may begin small; everything else begins with a capital.
    """
    data = lexicon().data
    heads = lexicon().heads.values()
    small = {*data["groups"]["start_small"], *(head.word for head in heads if head.lower)}
    large = {
        *small,
        *names,
        *(head.word for head in heads),
        *data["titles"]["words"],
        *data["groups"]["members"],
    }
    forms: set[str] = set()
    for name in large:
        for word in _spellings(name.split()[0].split(",")[0].split("-")[0]):
            forms |= {word.capitalize(), word.upper()}
    for name in small:
        forms |= set(_spellings(name.split()[0].lower()))
    return rf"(?:{compile_letters(forms)})\b"


def _spellings(word: str) -> Iterable[str]:
    """Yield a syllable with i and y, and with the tone mark on either vowel."""
    forms = [
        word,
        word.replace("ý", "í"),
        word.replace("Ủy", "Uỷ"),
        word.replace("ủy", "uỷ"),
        word.replace("Hòa", "Hoà"),
    ]
    yield from dict.fromkeys(forms)
