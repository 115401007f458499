"""Undo UTF-8 that a program took for one of the old 8-bit encodings: «TrÆ°á»›c», «Tr╞░ß╗¢c» for «Trước»."""

import re
from dataclasses import dataclass
from functools import cache
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


def mended(line: str, codec: str) -> tuple[str, frozenset[str]]:
    """Return the line with what this codec spoilt put right, and the letters that came out."""
    table = _codec(codec)
    letters: set[str] = set()

    def right(found: re.Match[str]) -> str:
        if found[0].endswith(" "):
            return "à "
        try:
            meant = bytes(table.shown[ord(char)] for char in found[0]).decode("utf-8")
        except UnicodeDecodeError:
            return found[0]
        if any(char.isalpha() and char not in LETTERS for char in meant):
            return found[0]
        letters.update(char for char in meant if char in LETTERS)
        return meant

    return table.runs.sub(right, line), frozenset(letters)


def spoilt_by(text: str) -> str | None:
    """Return the codec that a text's UTF-8 was read with, where its words say so."""
    sure = [codec for codec in CODECS if len(mended(text, codec)[1]) >= ENOUGH]
    return max(sure, key=lambda codec: len(mended(text, codec)[1]), default=None)


def undone(text: str) -> str:
    """Return the text with every round of it undone; the same text where there was none."""
    for _ in range(ROUNDS):
        codec = spoilt_by(text)
        if codec is None:
            break
        text = mended(text, codec)[0]
    return text


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
