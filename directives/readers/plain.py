"""Plain text of any usual encoding: bytes to Unicode in NFC."""

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from directives.model import Doubt
from directives.readers.document import Content, Refusal, UnreadableDocument
from directives.readers.legacy import eight_bit
from directives.readers.legacy.eight_bit import is_vietnamese
from directives.readers.legacy.losses import lost_letters
from directives.readers.legacy.restore import restore, restore_lines
from directives.readers.typed import with_tables
from directives.text import canonical, compose_marks

BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Control characters that no text file has: a file with them is something else.
BINARY: Final = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
SAMPLE: Final = 65536
ZEROS_HIGH: Final = 0.2  # share of zeros among the high bytes of UTF-16
ZEROS_LOW: Final = 0.01  # and among the low ones
FEW: Final = 0.005  # of a file's characters may be broken before UTF-8 is given up


GUESSED: Final = Doubt(
    "encoding-guessed",
    "Không rõ bảng mã của tệp: đã đọc theo Windows-1252. "
    "Nếu chữ có dấu hiện sai, hãy lưu lại tệp theo UTF-8 rồi nạp lại.",
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of some bytes, and whether their encoding had to be guessed from bytes above ASCII."""

    text: str
    is_guessed: bool = False


def read_text(raw: bytes) -> Content:
    """Decode a text file; raise UnreadableDocument where the bytes are no text, or text past reading."""
    decoded = decode(raw)
    text = decoded.text
    if BINARY.search(text[:SAMPLE]) or (len(text) > SAMPLE and BINARY.search(text[-SAMPLE:])):
        raise UnreadableDocument(Refusal.UNKNOWN_FORMAT)
    return with_tables(*mended(decoded))


def mended(decoded: Decoded) -> tuple[str, tuple[Doubt, ...]]:
    """Return the text with old fonts and double encoding undone, and the doubts about it."""
    text, doubts = restore(decoded.text)
    if decoded.is_guessed and not doubts and not is_vietnamese(text):
        doubts = (GUESSED,)
    return text, (*doubts, *lost_letters(text))


def mended_lines(lines: Sequence[str], *, is_guessed: bool) -> tuple[Sequence[str], tuple[Doubt, ...]]:
    """Do the same for lines that must stay as many; the doubts point into them written canonically."""
    restored, doubts = restore_lines(lines)
    text = "\n".join(map(canonical, restored))
    if is_guessed and not doubts and not is_vietnamese(text):
        doubts = (GUESSED,)
    return restored, (*doubts, *lost_letters(text))


def decode(raw: bytes) -> Decoded:
    """Return the text of the bytes, NFC, by BOM, UTF-16, strict UTF-8, nearly UTF-8 or one byte a letter.

    Windows-1258 writes tones as separate characters; NFC puts them on their letters.
    """
    for mark, encoding in BOMS:
        if raw.startswith(mark):
            return Decoded(_nfc(raw[len(mark) :].decode(encoding, errors="replace")))
    if (wide := _utf16_order(raw)) is not None:
        return Decoded(_nfc(raw.decode(wide, errors="replace")))
    try:
        return Decoded(_nfc(raw.decode("utf-8")))
    except UnicodeDecodeError:
        return _not_quite_utf8(raw)


def _not_quite_utf8(raw: bytes) -> Decoded:
    """Keep UTF-8 with a few broken bytes (a file cut short); read anything else as one byte a letter."""
    lenient = raw.decode("utf-8", errors="replace")
    beyond_ascii = sum(not char.isascii() for char in lenient)
    if lenient.count("\ufffd") <= min(FEW * len(lenient), beyond_ascii / 4):
        return Decoded(_nfc(lenient))
    return Decoded(eight_bit.decoded(raw), is_guessed=True)


def _utf16_order(raw: bytes) -> str | None:
    """Tell UTF-16 without a mark by the zero bytes of its spaces and ASCII letters."""
    sample = raw[:SAMPLE]
    half = len(sample) // 2 or 1
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    for encoding, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if high > ZEROS_HIGH and low < ZEROS_LOW:
            return encoding
    return None


def _nfc(text: str) -> str:
    return compose_marks(text)
