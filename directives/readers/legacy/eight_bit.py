"""Files of one byte a letter: Windows-1258, the Latin-1 look of TCVN3 and VNI, or another language's."""

from typing import Final

from directives.readers.legacy.recognise import WORD
from directives.readers.legacy.syllables import is_syllable
from directives.readers.legacy.tables import Encoding, to_unicode
from directives.text import compose_marks

SIGNS: Final = "«»·°§©®"
SAMPLE: Final = 20_000  # characters: more would not tell more
SURE: Final = 0.7  # of the words with marks are Vietnamese


def decoded(raw: bytes) -> str:
    """Return the text of the bytes as Windows-1258 where that makes words, else as Windows-1252 shows it."""
    shown = in_latin(raw)
    meant = compose_marks(raw.decode("cp1258", errors="replace"))
    best = max((to_unicode(shown[:SAMPLE], each) for each in (Encoding.TCVN3, Encoding.VNI)), key=_share)
    return meant if _share(meant[:SAMPLE]) >= max(SURE, _share(best)) else shown


def in_latin(raw: bytes) -> str:
    """Decode as Windows-1252, its five empty places as Latin-1."""
    text = raw.decode("cp1252", errors="surrogateescape")
    if text.isprintable():
        return text
    return text.translate({0xDC00 + byte: byte for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)})


def is_vietnamese(text: str) -> bool:
    """Tell whether the words with marks are Vietnamese."""
    return _share(text[:SAMPLE]) >= SURE


def _share(text: str) -> float:
    """Return how many of the words with marks are Vietnamese syllables."""
    words = [word for word in WORD.findall(text) if not word.isascii()]
    good = sum(is_syllable(word.strip(SIGNS)) or is_syllable(word.strip(SIGNS).upper()) for word in words)
    return good / len(words) if words else 1.0
