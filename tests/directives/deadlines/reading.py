"""What the tests of deadlines compare, and how they write it down."""

from datetime import date
from typing import Final, NamedTuple

from directives.deadlines import find_deadlines
from directives.model import DeadlineKind, Interval

ISSUED: Final = date(2020, 4, 3)  # a Friday
FIXED, PERIOD_END = DeadlineKind.FIXED, DeadlineKind.PERIOD_END
RELATIVE, RECURRING = DeadlineKind.RELATIVE, DeadlineKind.RECURRING


class Read(NamedTuple):
    """What is compared: the words, the kind, the day, and what else the words give."""

    text: str
    kind: DeadlineKind
    stated: date | None = None
    exclusive: bool = False
    every: Interval | None = None
    time: str | None = None


def read(sentence: str, issued_on: date | None = ISSUED) -> list[Read]:
    """Return what is read in a sentence."""
    return [
        Read(found.text, found.kind, found.stated, found.exclusive, found.every, found.time)
        for found in find_deadlines(sentence, issued_on=issued_on)
    ]


def day(year: int, month: int, number: int) -> date:
    """Return a day; shorter to read in a table."""
    return date(year, month, number)


def marked(sentence: str) -> tuple[str, list[str]]:
    """Return the sentence without its «» and the stretches between them."""
    return sentence.replace("«", "").replace("»", ""), [
        part.split("»")[0] for part in sentence.split("«")[1:]
    ]
