"""The words that names of bodies are made of, read once from `data/bodies.toml` and compiled."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from directives.agencies.model import BodyKind
from directives.agencies.trie import JOINER, SPACE, compile_words
from directives.names import fold, key

_PARTS = re.compile(r"((?:[^\w]|\bvà\b|_)*)([^\W_]+)")
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
    numbered: bool = False  # may have a number for a name
    alone: bool = False  # is a name as it stands
    inner: bool = False  # also goes on with a name: «Phòng | Cảnh sát giao thông»
    purpose: bool = False  # may have a purpose in small letters for a name
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


def spelling(name: str) -> str:
    """Return a name folded for the trie: a space between words, a joiner where «,», «-», «&» or «và» is.

    Between two abbreviations a space is a joiner too: «KH ĐT» is «KH&ĐT».
    """
    parts = list(_PARTS.finditer(name))
    joined = fold(parts[0][2]) if parts else fold(name)
    for before, part in pairwise(parts):
        apart = part[1].strip() or (before[2].isupper() and part[2].isupper())
        joined += (JOINER if apart else SPACE) + fold(part[2])
    return joined


def any_of(names: Iterable[str]) -> str:
    """Return a pattern for folded text that reads the longest of `names`."""
    return rf"(?:{compile_words(map(spelling, names))})\b"


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(any_of(head.word for head in lexicon().heads.values()))


def head_before(folded: str, at: int = 0) -> tuple[Head, int] | None:
    """Return the head word that begins at `at` of a folded text, and its end."""
    match = _heads().match(folded, at)
    return (_head_named(match[0]), match.end()) if match else None


@lru_cache(maxsize=1024)
def _head_named(words: str) -> Head:
    return lexicon().heads[key(words)]


def standard_name(name: str) -> str:
    """Return a name with its head in standard form: «Ủy ban nhân dân xã A» is «UBND xã A»."""
    found = head_before(fold(name))
    return found[0].standard + name[found[1] :] if found and found[0].standard else name


@cache
def _written_out() -> tuple[re.Pattern[str], dict[str, str]]:
    data = lexicon().data["written_out"]["words"]
    full = {short: name for name in data for short in lexicon().short[name]}
    shorts = "|".join(map(re.escape, sorted(full, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{shorts})(?!\w)"), full


def write_out(name: str) -> str:
    """Return a name with its short forms written out: «Trung tâm XTĐT» is «Trung tâm Xúc tiến đầu tư»."""
    pattern, full = _written_out()
    return pattern.sub(lambda short: full[short[0]], name)


def start_words(names: Iterable[str]) -> str:
    """Return a pattern for the text itself that reads the first word of any mention, in its case.

    Heads and groups may begin small, and are then read whole; everything else begins with a capital.
    """
    data = lexicon().data
    heads = lexicon().heads.values()
    small = {
        *data["groups"]["start_small"],
        *data["references"]["several"],
        *(head.word for head in heads if head.lower),
    }
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
            forms |= {word[0].upper() + word[1:], word.capitalize(), word.upper()}
    forms |= {form for name in small for form in _spellings(name.lower())}
    return rf"(?:{compile_words(forms)})\b"


def _spellings(word: str) -> Iterable[str]:
    """Yield a syllable with i and y, and with the tone mark on either vowel."""
    forms = [
        word,
        word.replace("ý", "í"),
        word.replace("Ủy", "Uỷ"),
        word.replace("ủy", "uỷ"),
    ]
    yield from dict.fromkeys(forms)
