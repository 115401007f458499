"""Fuzz the whole reading by coverage: `make fuzz`, or for as long as you like.

    python -m tests.directives.fuzz_with_atheris -max_total_time=600 -timeout=20

Bytes choose words of the genre, or stand for themselves; a crash is kept by atheris in a file to run again.
"""

import sys
from importlib import import_module

from directives.parse import parse
from tests.directives.soup import WORDS
from tests.directives.test_fuzz import check

LITERAL = 250  # a byte from here on: what follows is text of its own


def text_of(data: bytes) -> str:
    """Turn bytes into a text: mostly words of the genre, so that few bytes reach deep."""
    parts: list[str] = []
    rest = memoryview(data)
    while rest:
        if rest[0] >= LITERAL:
            size = rest[0] - LITERAL + 1
            parts.append(bytes(rest[1 : 1 + size]).decode("utf-8", "replace"))
            rest = rest[1 + size :]
        else:
            parts.append(WORDS[rest[0] % len(WORDS)])
            rest = rest[1:]
    return " ".join(parts)


def read_one(data: bytes) -> None:
    """Read one text and hold the answer to what every reading promises."""
    check(parse(text_of(data)))


def main() -> None:
    """Hand over to atheris."""
    atheris = import_module("atheris")
    atheris.instrument_all()
    atheris.Setup(sys.argv, read_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
