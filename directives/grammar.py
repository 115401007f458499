"""What the tables of the grammar are made of: rows with a name, a decision, and sentences that show it.

The name of the row that read something is its `rule` in the answer. A test reads every table and runs each
row on its own sentences, so a row without examples, or with one that another row takes, cannot stay.
"""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Match = Callable[..., re.Match[str] | None]
Decision = TypeVar("Decision", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Wording:
    """Words with one meaning to the reader, looked for in folded text.

    In an example «» stand around what the row finds. `needs`: one of these stands in every match; asking for
    them first is far sooner done where nearly every sentence lacks them.
    """

    name: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    match: Match = field(init=False, compare=False, repr=False)  # the words where they begin at an offset

    def __post_init__(self) -> None:
        """Ask the pattern itself at a place: a look there is shorter than any look before it."""
        object.__setattr__(self, "match", self.pattern.match)

    def search(self, small: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the words where they first stand between the offsets."""
        return self.pattern.search(small, start, end) if stands(self.needs, small, start, end) else None


@dataclass(frozen=True, slots=True)
class Wordings:
    """Rows of words tried together, at a place the first that matches; their patterns name no groups."""

    rows: tuple[Wording, ...]
    pattern: re.Pattern[str] = field(init=False)
    needs: tuple[str, ...] = field(init=False)
    match: Match = field(init=False, compare=False, repr=False)  # where one of the rows begins at an offset

    def __post_init__(self) -> None:
        """Compile all rows into one pattern, each in a group that tells which matched."""
        every = "|".join(f"(?P<r{index}>{row.pattern.pattern})" for index, row in enumerate(self.rows))
        object.__setattr__(self, "pattern", re.compile(every))
        known = all(row.needs for row in self.rows)
        needs = tuple(dict.fromkeys(word for row in self.rows for word in row.needs)) if known else ()
        object.__setattr__(self, "needs", needs)
        object.__setattr__(self, "match", self.pattern.match)

    def search(self, small: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the words where one of the rows first stands between the offsets."""
        return self.pattern.search(small, start, end) if stands(self.needs, small, start, end) else None

    def finditer(self, small: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Yield the words of all rows between the offsets."""
        if not stands(self.needs, small, start, end):
            return iter(())
        return self.pattern.finditer(small, start, end)

    def name_of(self, found: re.Match[str]) -> str:
        """Return the name of the row that found the words."""
        return self.rows[int(str(found.lastgroup)[1:])].name


def stands(needs: tuple[str, ...], small: str, start: int, end: int) -> bool:
    """Tell whether one of the words stands between the offsets, or none is needed."""
    for word in needs:  # a plain loop: this is asked of every sentence, many times
        if small.find(word, start, end) >= 0:
            return True
    return not needs


@dataclass(frozen=True, slots=True)
class Rule(Generic[Decision]):
    """One rule of the grammar: a decision about a place of the text, tried in the order of its table.

    Each example is a sentence with what it gives, as the table that holds the row writes it; a
    counter-example is one that the row must leave to others.
    """

    name: str
    decide: Decision
    examples: tuple[tuple[str, str], ...]
    counter_examples: tuple[str, ...] = ()
