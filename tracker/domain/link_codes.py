"""Codes that a person sends to the office's Zalo account, so that it knows whose account writes.

Ten of thirty signs are 49 bits: nobody finds one in the quarter of an hour in which it holds.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Final

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without what is read as another: 0 O, 1 I L, U
LENGTH: Final = 10
HOLDS_FOR: Final = timedelta(minutes=15)
_HALF: Final = f"[{ALPHABET}]{{{LENGTH // 2}}}"
_CODE: Final = re.compile(
    rf"(?<!\w)(?=({_HALF})[ -]?({_HALF})(?!\w))"
)  # looks ahead: codes may overlap words
_STOP: Final = frozenset({"huỷ", "hủy", "huy", "stop"})


def new_code(choice: Callable[[str], str]) -> str:
    """Make a code of signs drawn one by one, by `secrets.choice` but in a test."""
    return "".join(choice(ALPHABET) for _ in range(LENGTH))


def shown_code(code: str) -> str:
    """Write a code as people copy it: ABCDE-FGHJK."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def hash_of(code: str) -> str:
    """Return what is kept of a code."""
    return sha256(code.encode()).hexdigest()


def codes_in(text: str) -> tuple[str, ...]:
    """Return whatever in a message may be a code, however it was typed."""
    written = unicodedata.normalize("NFC", text).upper()
    return tuple("".join(found.groups()) for found in _CODE.finditer(written))


def asks_to_stop(text: str) -> bool:
    """Tell whether a message is «huỷ», however it was typed: then nothing more is sent there."""
    return unicodedata.normalize("NFC", text).strip(" .!«»\"'\n\t").casefold() in _STOP
