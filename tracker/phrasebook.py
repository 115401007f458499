"""Every sentence the program says to a person: one catalogue, Vietnamese and English."""

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

LANGUAGES: Final = ("vi", "en")
DEFAULT_LANGUAGE: Final = "vi"


def language() -> str:
    """Return the language asked for by DONDOC_LANG, Vietnamese where it names none we have."""
    asked = os.environ.get("DONDOC_LANG", "").strip().lower()[:2]
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Load the sentences by code and language from data/phrases.toml and data/phrases/*.toml.

    A code that stands in two files is a slip.
    """
    data = files("tracker").joinpath("data")
    sources = [data.joinpath("phrases.toml"), *sorted(data.joinpath("phrases").iterdir(), key=str)]
    loaded: dict[str, dict[str, str]] = {}
    for source in sources:
        entries = tomllib.loads(source.read_text(encoding="utf-8"))
        if twice := loaded.keys() & entries.keys():
            raise ValueError(f"{source.name} says again what {min(twice)} means")
        loaded.update(entries)
    return loaded


def say(code: str, lang: str | None = None, **fields: object) -> str:
    """Say what a code means, filled with the given fields; a KeyError is a slip in the catalogue."""
    return catalogue()[code][lang or language()].format_map(fields)
