"""Which document is built on which, from what each of them cites; decided over plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from directives.names import key


class Match(StrEnum):
    """By what a cited document was found in the register."""

    NUMBER_AND_DATE = "number-and-date"
    NUMBER_ALONE = (
        "number-alone"  # the citation gives no date, or the register has none, and the number is unique
    )
    SIMILAR_NUMBER = "similar-number"  # «120/TB» of the same date: who issued it is left out
    SEVERAL = "several"  # the number alone fits more than one: a person must tell
    NOT_THERE = "not-there"


FOUND: Final = frozenset({Match.NUMBER_AND_DATE, Match.NUMBER_ALONE, Match.SIMILAR_NUMBER})


@dataclass(frozen=True, slots=True)
class Known:
    """A document in the register."""

    id: int
    number: str | None
    issued_on: date | None
    label: str = ""
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """What a document says of another one."""

    by: int
    number: str
    issued_on: date | None
    relation: str


@dataclass(frozen=True, slots=True)
class Node:
    """A document in the chain: one of the register, or a stub of which only number and date are known.

    `to` are the next ones further from where the question began. `again` marks one that stands earlier in
    the tree, so that a circle ends.
    """

    number: str
    issued_on: date | None
    directive_id: int | None
    relation: str
    match: Match
    to: tuple["Node", ...] = ()
    again: bool = False
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Numbers:
    """The register's documents by their folded number and by their day."""

    by_number: Mapping[str, list[Known]]
    by_day: Mapping[date, list[Known]]

    @classmethod
    def of(cls, documents: Iterable[Known]) -> "Numbers":
        """Sort documents for finding."""
        numbers: dict[str, list[Known]] = {}
        days: dict[date, list[Known]] = {}
        for one in documents:
            if one.number is not None:
                numbers.setdefault(key(one.number), []).append(one)
            if one.issued_on is not None:
                days.setdefault(one.issued_on, []).append(one)
        return cls(numbers, days)

    def resolve(self, number: str, issued_on: date | None) -> tuple[Match, int | None]:
        """Find the document that a citation means.

        Numbers start anew each year, so that one of another date is another document.
        """
        same = self.by_number.get(key(number), [])
        if issued_on is not None:
            for one in same:
                if one.issued_on == issued_on:
                    return Match.NUMBER_AND_DATE, one.id
            same = [one for one in same if one.issued_on is None]
        if len(same) == 1:
            return Match.NUMBER_ALONE, same[0].id
        if same or issued_on is None:
            return (Match.SEVERAL if same else Match.NOT_THERE), None
        return _similar(number, self.by_day.get(issued_on, ()))


@dataclass(frozen=True, slots=True)
class Citations:
    """Every citation between documents, resolved as far as the register goes."""

    known: Mapping[int, Known]
    cited: Mapping[int, tuple[tuple[Cited, Match, int | None], ...]]  # by who cites
    citing: Mapping[int, tuple[tuple[Cited, Match], ...]] = field(default_factory=dict)  # by who is cited

    @classmethod
    def of(cls, documents: Iterable[Known], said: Iterable[Cited]) -> "Citations":
        """Resolve what documents say of each other; what one says of itself is left out."""
        known = {one.id: one for one in documents}
        numbers = Numbers.of(known.values())
        cited: dict[int, dict[tuple[str, date | None, str], tuple[Cited, Match, int | None]]] = {}
        citing: dict[int, list[tuple[Cited, Match]]] = {}
        for one in said:
            match, found = numbers.resolve(one.number, one.issued_on)
            place = (key(one.number), one.issued_on, one.relation)
            if found == one.by or place in cited.setdefault(one.by, {}):
                continue
            cited[one.by][place] = (one, match, found)
            if found is not None:
                citing.setdefault(found, []).append((one, match))
        return cls(
            known,
            {by: tuple(found.values()) for by, found in cited.items()},
            {who: tuple(found) for who, found in citing.items()},
        )


def _similar(number: str, same_day: Iterable[Known]) -> tuple[Match, int | None]:
    """Look for «120/TB-UBND» where «120/TB» of the same date is meant, or the other way round."""
    close = [one for one in same_day if one.number is not None and _leaves_out_issuer(number, one.number)]
    return (Match.SIMILAR_NUMBER, close[0].id) if len(close) == 1 else (Match.NOT_THERE, None)


def _leaves_out_issuer(one: str, other: str) -> bool:
    """Tell whether two numbers differ only in that one leaves out who issued it: «120/TB», «120/TB-UBND»."""
    shorter, longer = sorted((one.upper(), other.upper()), key=len)
    return longer.startswith(shorter + "-")


def upwards(citations: Citations, start: int) -> tuple[Node, ...]:
    """Return what a document is built on: those that it cites, each with those that it cites in turn."""
    return _branch(citations, start, {start}, up=True)


def downwards(citations: Citations, start: int) -> tuple[Node, ...]:
    """Return what is built on a document: those that cite it, each with those that cite it in turn."""
    return _branch(citations, start, {start}, up=False)


_Step = tuple[Cited, Match, int | None, bool]  # what is said, by what it was found, which one, seen before


def _branch(citations: Citations, who: int, seen: set[int], *, up: bool) -> tuple[Node, ...]:
    """Walk without recursion: a chain of ten thousand documents is one too."""
    order: list[int] = []
    steps: dict[int, list[_Step]] = {}
    waiting = [who]
    while waiting:
        one = waiting.pop(0)
        order.append(one)
        steps[one] = []
        for said, match, found in _next(citations, one, up=up):
            again = found is not None and found in seen
            steps[one].append((said, match, found, again))
            if found is not None and not again:
                seen.add(found)
                waiting.append(found)
    built: dict[int, tuple[Node, ...]] = {}
    for one in reversed(order):
        built[one] = tuple(_node(citations, step, built) for step in steps[one])
    return built[who]


def _next(citations: Citations, who: int, *, up: bool) -> list[tuple[Cited, Match, int | None]]:
    if up:
        return list(citations.cited.get(who, ()))
    return [(said, match, said.by) for said, match in citations.citing.get(who, ())]


def _node(citations: Citations, step: _Step, built: Mapping[int, tuple[Node, ...]]) -> Node:
    said, match, found, again = step
    if found is None:
        return Node(said.number, said.issued_on, None, said.relation, match)
    one = citations.known[found]
    to = () if again else built.get(found, ())
    number = one.number or one.label
    return Node(number, one.issued_on, found, said.relation, match, to, again, one.subject)
