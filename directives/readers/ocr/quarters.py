"""Mend Roman numerals behind «quý»: what the engine makes of I to IV, and what their strokes say.

Measured on clean lines of type: one numeral in five comes out wrong, some as another quarter. The strokes in
the picture decide; where they cannot be counted, the table of misreadings does.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from directives.readers.ocr.picture import Picture
from directives.readers.ocr.strokes import numeral_in
from directives.readers.ocr.words import Word
from directives.readers.pieces import POINTS

QUARTER: Final = re.compile(r"\W*qu[yi]\W*", re.IGNORECASE)
TONELESS: Final = re.compile(r"(qu)[yi]", re.IGNORECASE)
# What stands for strokes; then a year, whose slash may have become part of an U, or a stop.
NUMERAL: Final = re.compile(r"([IVTHLJUl1|!\[]{1,5}?)(?=20\d\d|[/,.;:)]|$)(.*)")
# Seen for I to IV in serif, sans, italic and bold at 150 to 300 dots an inch, marks taken off.
MISREADINGS: Final = MappingProxyType(
    {
        "I": ("I", "1", "l", "|", "!", "J", "L", "U"),
        "II": ("II", "I1", "1I", "11", "l1", "IL", "IU", "H", "TI", "IT", "1U"),
        "III": (
            *(
                "III",
                "II1",
                "I11",
                "111",
                "1I1",
                "IIU",
                "IIL",
                "IIH",
                "IHI",
                "HII",
                "TII",
                "TIII",
                "TIH",
                "THI",
            ),
            *("IH", "HI", "TH", "THH", "HH"),
        ),
        "IV": ("IV", "TV", "TIV", "1V", "lV", "LV", "[V", "|V"),
    }
)
MEANT: Final = MappingProxyType({read: meant for meant, all_ in MISREADINGS.items() for read in all_})
SURE: Final = frozenset({"III", "IV"})  # strokes get lost, none are made up: 476 of 476 read so were so
ABOVE, BELOW, BESIDE = 1.0, 0.3, 0.2  # of the type's size: what of the picture is looked at


def mended(words: Sequence[Word], picture: Picture) -> list[Word]:
    """Return the words of a page with «quý», and the numeral behind it, as they stand in the picture."""
    new = list(words)
    for index, (before, word) in enumerate(pairwise(words)):
        if QUARTER.fullmatch(_bare(before.text)) is None or NUMERAL.fullmatch(_bare(word.text)) is None:
            continue
        text = meant(word.text, _seen(word, picture))
        if text != word.text or NUMERAL.fullmatch(text):
            new[index] = replace(before, text=TONELESS.sub(_with_tone, before.text))
            new[index + 1] = replace(word, text=text)
    return new


def _with_tone(found: re.Match[str]) -> str:
    return found[1] + ("Ý" if found[0].isupper() else "ý")


def meant(text: str, seen: str | None = None) -> str:
    """Put right a numeral with what follows it («TV/2020,»): as `seen` in the picture, else by the table."""
    shape = NUMERAL.fullmatch(_bare(text))
    if shape is None:
        return text
    numeral = shape.group(1) if shape.group(1) in SURE else seen or MEANT.get(shape.group(1))
    if numeral is None:
        return text
    rest = shape.group(2)
    return numeral + ("/" if rest[:1].isdigit() else "") + rest


def _seen(word: Word, picture: Picture) -> str | None:
    """Count the strokes of the word in the picture."""
    import numpy as np  # noqa: PLC0415 - an extra

    scale, height = picture.dpi / POINTS, picture.image.height
    base, size = height - word.base * scale, word.size * scale
    top = max(0, int(base - ABOVE * size))
    left = max(0, int(word.left * scale - BESIDE * size))
    box = (left, top, int(word.right * scale + BESIDE * size) + 1, int(base + BELOW * size) + 1)
    return numeral_in(np.asarray(picture.image.crop(box)), base - top, size)


def _bare(text: str) -> str:
    """Return letters without the marks of Vietnamese: a speck over an I makes an Ï of it."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))
