"""The words that names of bodies are made of, read once from `data/bodies.toml` and compiled."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from directives.agencies.model import BodyKind
from directives.agencies.trie import compile_spellings
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
    fields: tuple[str, ...]
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
        fields=tuple(data["fields"]["names"]),
        provinces=tuple(load("places.toml")["provinces"]),
        data=data,
    )


def words_of(name: str) -> list[str]:
    """Return the folded words of a name without what joins them."""
    return [word for word in re.findall(r"[^\W_]+", fold(name)) if word != "và"]


def any_of(names: Iterable[str]) -> str:
    """Return a pattern for folded text that reads the longest of `names`."""
    return rf"(?:{compile_spellings(words_of(name) for name in names)})\b"
