"""Undo UTF-8 that a program took for one of the old 8-bit encodings: «TrÆ°á»›c», «Tr╞░ß╗¢c» for «Trước»."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

CODECS: Final = ("cp1252", "latin-1", "cp1258", "cp437", "mac_roman")
ENOUGH: Final = 3  # different letters that come out right
ROUNDS: Final = 2  # some texts went through it twice
# The letters that may come out; signs may be any.
LETTERS: Final = frozenset(
    "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư" + "".join(map(chr, range(0x1EA0, 0x1EFA)))
)
# Bytes that begin a letter of two or three bytes, and those that go on with one.
LEADS: Final = range(0xC2, 0xF0)
TAILS: Final = range(0x80, 0xC0)
LOST_SPACE: Final = "(?<=[a-z])Ã "  # «à», its second byte taken for a no-break space and folded to a space


@dataclass(frozen=True, slots=True)
class _Codec:
    """How one encoding shows the bytes of the upper half."""

    shown: dict[int, int]  # character → byte
    runs: re.Pattern[str]


def undone(text: str) -> str:
    """Return the text with every round of it undone; the same text where there was none."""
    for _ in range(ROUNDS):
        tries = [_mended(text, codec) for codec in CODECS]
        better, letters = max(tries, key=lambda each: len(each[1]))
        if len(letters) < ENOUGH:
            break
        text = better
    return text


def _mended(text: str, codec: str) -> tuple[str, set[str]]:
    """Return the text with what this codec spoilt put right, and the letters that came out."""
    letters: set[str] = set()

    def right(found: re.Match[str]) -> str:
        meant = _meant(found[0], codec)
        if meant is None:
            return found[0]
        letters.update(char for char in meant if char in LETTERS)
        return meant

    return _codec(codec).runs.sub(right, text), letters


@lru_cache(maxsize=4096)
def _meant(shown: str, codec: str) -> str | None:
    """Return what the characters meant before this codec showed them so; None for no letter of ours."""
    if shown.endswith(" "):
        return "à "
    try:
        meant = bytes(_codec(codec).shown[ord(char)] for char in shown).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if any(char.isalpha() and char not in LETTERS for char in meant) else meant


@cache
def _codec(name: str) -> _Codec:
    shown: dict[int, int] = {}
    for byte in range(0x80, 0x100):
        try:
            char = bytes([byte]).decode(name)
        except UnicodeDecodeError:
            char = chr(byte)  # as browsers do
        shown[ord(char)] = byte
    lead, tail = (
        "".join(re.escape(chr(char)) for char, byte in shown.items() if byte in kind)
        for kind in (LEADS, TAILS)
    )
    return _Codec(shown, re.compile(f"[{lead}][{tail}]{{1,2}}|{LOST_SPACE}"))
