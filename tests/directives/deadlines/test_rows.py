"""Each row of the tables of times reads its examples as a whole and leaves its counter-examples alone."""

from datetime import date
from typing import Final

import pytest

from directives.calendar import default_calendar
from directives.deadlines.counts import COUNTS
from directives.deadlines.days import DAYS
from directives.deadlines.events import EVENTS
from directives.deadlines.moments import Context, Row
from directives.deadlines.named_days import NAMED_DAYS
from directives.deadlines.periods import PERIODS
from directives.deadlines.recurring import RECURRING
from directives.deadlines.senses import PREPOSITIONS, Preposition
from directives.folding import fold

ROWS: Final = DAYS + NAMED_DAYS + PERIODS + RECURRING + COUNTS + EVENTS
CONTEXT: Final = Context(date(2020, 4, 3), default_calendar())


def reads_whole(row: Row, words: str) -> bool:
    """Tell whether a row reads all of the words."""
    found = row.pattern.match(fold(words))
    return found is not None and found.end() == len(words) and row.read(found, CONTEXT) is not None


@pytest.mark.parametrize(
    ("row", "words"),
    [pytest.param(row, words, id=f"{row.name}: {words}") for row in ROWS for words in row.examples],
)
def test_row_reads_its_examples(row: Row, words: str) -> None:
    """A row reads each of its examples from the first letter to the last."""
    assert reads_whole(row, words)


@pytest.mark.parametrize(
    ("row", "words"),
    [pytest.param(row, words, id=f"{row.name}: {words}") for row in ROWS for words in row.counter_examples],
)
def test_row_leaves_its_counter_examples(row: Row, words: str) -> None:
    """A row does not read what only looks like its own."""
    assert not reads_whole(row, words)


def test_row_names_are_unique() -> None:
    """A rule can be found by the name that a deadline carries."""
    names = [row.name for row in ROWS]

    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize(
    ("row", "words"),
    [pytest.param(row, words, id=words) for row in PREPOSITIONS for words in row.examples],
)
def test_preposition_is_the_first_that_matches(row: Preposition, words: str) -> None:
    """Each preposition has its sense, and no earlier row takes its words."""
    low = fold(words + " ngày 1/1/2021") if not words.endswith(" ") else fold(words + "ngày 1/1/2021")
    first = next(other for other in PREPOSITIONS if other.pattern.match(low))

    assert row.sense is first.sense
