"""Mend the marks of items and the numbers of documents.

An engine takes the stop of «5.» for a comma, and the item is lost; of «KT1» it makes «KTI1».
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from directives.readers.ocr.words import Word

COMMA: Final = re.compile(r"\d{1,2}[,:]")
TWICE: Final = re.compile(r"(?<=[A-ZĐ])[Il](?=1\b)")  # one sign read as two
NUMBER: Final = re.compile(r"\d+/[A-ZĐ]{2,}-.*1\W*|[A-ZĐ]{2,3}[Il]1\W*")
GLUED: Final = re.compile(r"-(?=[A-ZĐ][a-zà-ỹ])")  # «-Lưu», whose space was too thin


def with_marks(words: Sequence[Word]) -> list[Word]:
    """Return the words of a page with a stop behind each number that begins a line of capitals."""
    return [word for _, row in groupby(words, key=lambda word: word.row) for word in _row(list(row))]


def _row(words: list[Word]) -> Iterator[Word]:
    words = [
        replace(word, text=TWICE.sub("", word.text)) if NUMBER.fullmatch(word.text) else word
        for word in words
    ]
    first, *others = words
    if others and COMMA.fullmatch(first.text) and others[0].text[0].isupper():
        first = replace(first, text=first.text[:-1] + ".")
    elif GLUED.match(first.text):
        first = replace(first, text="- " + first.text[1:])
    yield first
    yield from others
