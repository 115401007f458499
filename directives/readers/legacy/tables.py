"""From the letters of TCVN3 and VNI to Unicode; both ways are one pass over the text."""

import re
import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final


class Encoding(StrEnum):
    """How an old font writes Vietnamese, as offices call it."""

    TCVN3 = "TCVN3"
    TCVN3_CAPITALS = "TCVN3 in hoa"  # a font that shows every letter as a capital
    VNI = "VNI"


PRIVATE: Final = re.compile("[\uf020-\uf0ff]")  # where Word keeps the letters of a symbol font


def to_unicode(words: str, encoding: Encoding) -> str:
    """Return words written in an old font as Unicode."""
    words = PRIVATE.sub(lambda found: chr(ord(found[0]) - 0xF000), words)
    if encoding is Encoding.VNI:
        pattern, letters = _vni()
        return pattern.sub(lambda found: letters[found[0]], words)
    words = words.translate(_tcvn3())
    return words.upper() if encoding is Encoding.TCVN3_CAPITALS else words


def respelled(letters: list[str], encoding: Encoding) -> list[str]:
    """Return letters one by one as Unicode; one that only marks the letter before it becomes nothing."""
    if encoding is not Encoding.VNI:
        return [to_unicode(letter, encoding) for letter in letters]
    pattern, pairs = _vni()
    spelled = list(letters)
    for found in pattern.finditer("".join(letters)):  # each of the letters is one character long
        spelled[found.start() : found.end()] = [pairs[found[0]], *[""] * (len(found[0]) - 1)]
    return spelled


@cache
def facts() -> dict[str, dict[str, Any]]:
    """Read the tables as they are written."""
    return tomllib.loads(files(__package__).joinpath("tables.toml").read_text("utf-8"))


@cache
def _tcvn3() -> dict[int, str]:
    rows = facts()["tcvn3"].items()
    return {int(first, 16) + n: letter for first, row in rows for n, letter in enumerate(row.split())}


@cache
def _vni() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what to look for, and what each find means: pairs before single letters."""
    data = facts()["vni"]
    pairs = {
        base + mark: letter
        for kind in ("tones", "hats", "bows")
        for mark, row in data[kind].items()
        for base, letter in zip(*row.split(), strict=True)
    }
    small = pairs | data["own"]
    # A capital keeps its size whichever size its mark was typed in.
    mixed = {base.upper() + mark: letter.upper() for (base, mark), letter in pairs.items()}
    capitals = {spelled.upper(): letter.upper() for spelled, letter in small.items()}
    smalled = {base + mark.upper(): letter for (base, mark), letter in pairs.items()}
    letters = small | mixed | smalled | capitals
    found = "|".join(sorted(letters, key=len, reverse=True))
    return re.compile(found), letters
