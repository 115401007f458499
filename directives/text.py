"""Canonical text: cleaned in named steps, after which an offset never moves."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, reduce
from typing import Final

_NARROW = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe]")
# Marks piled upon one letter: no word has so many, and composing takes time by the square of them.
_PILED = re.compile(
    r"[^\w\s\x00-\u02ff\u2010-\u20cf\u2100-\u2bff\u3000-\u3029\ue000-\uf8ff\ufff9-\uffff"
    r"\U0001f000-\U0001faff]{100,}"
)
_KEPT = 30  # of them, as in the stream-safe format (UAX 15, section 13)
_HARMLESS = 10_000  # characters: so short a text is composed at once, whatever it is made of
_LINE_ENDS = re.compile("[\r\u0085\u2028\u2029\u000b\u000c](?:(?<=\r)\n)?")
_CONTROL = re.compile("[\u0000-\u0008\u000e-\u001f\u007f]")
# Bullets of the fonts Symbol and Wingdings, which Word puts into the private use area at U+F000.
_BULLETS = re.compile("[\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf0e8\uf02d\uf02b\uf0be\uf0a8\uf06e\uf071\uf0ae]")
# Letters that old fonts and scanners put where Vietnamese has Đ; hyphens that only look like one.
_LOOKALIKES = (("Ð", "Đ"), ("Ɖ", "Đ"), ("ð", "đ"), ("\u2010", "-"), ("\u2011", "-"), ("\u2212", "-"))

# Tone placement: «hoà» and «hòa» are one word. Only an open oa, oe, uy at a word's end has two spellings, and
# «quý» is none of them. Every pair has two letters, so that offsets hold.
_TONE_PAIRS = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_TONE = re.compile(
    r"(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)(?<!q..)"
)  # the letters first: far faster than looking back


def compose_marks(text: str) -> str:
    """Put letters and their marks together (NFC); of a pile of marks only the first stay."""
    if len(text) > _HARMLESS and not text.isascii():
        text = _PILED.sub(lambda pile: pile[0][:_KEPT], text)
    return unicodedata.normalize("NFC", text)


def unify_line_ends(text: str) -> str:
    """End every line with a line feed; a page break ends a line too."""
    return _LINE_ENDS.sub("\n", text)


def widen_to_spaces(text: str) -> str:
    """Turn no-break, thin and tabulating spaces into spaces, one for one."""
    return _NARROW.sub(" ", text)


def drop_invisible(text: str) -> str:
    """Drop soft hyphens, zero-width characters and byte-order marks."""
    return _INVISIBLE.sub("", text)


def blank_control(text: str) -> str:
    """Replace control characters that no document means by spaces."""
    return _CONTROL.sub(" ", text)


def right_lookalikes(text: str) -> str:
    """Replace letters and hyphens that only look like the Vietnamese ones."""
    text = _BULLETS.sub("•", text)
    for lookalike, meant in _LOOKALIKES:  # a hundred times faster than one `translate`
        text = text.replace(lookalike, meant)
    return text


STEPS: tuple[Callable[[str], str], ...] = (
    drop_invisible,
    compose_marks,
    unify_line_ends,
    widen_to_spaces,
    blank_control,
    right_lookalikes,
)


def canonical(raw: str) -> str:
    """Apply every step in order; applying it twice changes nothing."""
    return reduce(lambda done, step: step(done), STEPS, raw)


_NAME: Final = 60  # letters: so short are names, which come again and again
_DOCUMENT: Final = 400  # letters: so long are documents, which every step of a reading folds


def folded(text: str) -> str:
    """Return the text in small letters with tones placed one way, of the same length: for matching only."""
    if len(text) <= _NAME:
        return _name_folded(text)
    return _document_folded(text) if len(text) > _DOCUMENT else _folded(text)


def _folded(text: str) -> str:
    small = text.replace("İ", "I").lower()
    return _TONE.sub(lambda pair: _TONE_PAIRS[pair[0]], small)


_name_folded = lru_cache(maxsize=2048)(_folded)
_document_folded = lru_cache(maxsize=4)(_folded)


def one_line(text: str) -> str:
    """Return the text with every run of white space as one space."""
    return " ".join(text.split())
