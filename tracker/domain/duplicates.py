"""Tasks of different documents that look like one; suggested to a person, never merged.

Only tasks of a common lead are compared, and of those only such as share a rare pair of syllables, so that
ten thousand tasks take seconds.
"""

from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain, product
from math import ceil
from typing import Final

from tracker.domain.likeness import likeness_of, pairs_of

ALIKE: Final = 0.6  # of the pairs of syllables, to be suggested for the words alone
ALIKE_WITH_REASONS: Final = 0.4  # with two more reasons
REASONS_NEEDED: Final = 2
NEAR: Final = 7  # days between two deadlines
HOLDERS: Final = 64  # tasks before one that are looked at for each pair of syllables: the latest


class Reason(StrEnum):
    """What else speaks for two tasks being one."""

    DUE_NEAR = "due-near"
    CITING = "citing"  # one of the documents names the other
    SAME_DOCUMENT = "same-document"  # they may be one: same date, similar number
    SAME_ITEM = "same-item"  # of documents that may be one: that is enough, whatever the words


@dataclass(frozen=True, slots=True)
class Candidate:
    """A task that is still open, as it is compared."""

    id: int
    code: str
    directive_id: int
    document: str
    leads: frozenset[str]  # folded
    lead_names: tuple[str, ...]
    text: str
    due_on: date | None
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two tasks that may be one, the older first; how alike their words are in percent, and what else."""

    first: Candidate
    second: Candidate
    alike: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Ties:
    """Pairs of documents, the smaller number first, that cite one another or may be one."""

    citing: Collection[tuple[int, int]] = frozenset()
    similar: Collection[tuple[int, int]] = frozenset()


def suggestions(
    tasks: Collection[Candidate], ties: Ties, decided: Collection[tuple[int, int]] = frozenset()
) -> list[Suggestion]:
    """Return what looks like one, the most alike first, without what a person has decided about."""
    found: dict[tuple[int, int], Suggestion] = {}
    blocks: dict[str, list[Candidate]] = {}
    for task in tasks:
        for lead in task.leads:
            blocks.setdefault(lead, []).append(task)
    neighbours = chain.from_iterable(_neighbours(block) for block in blocks.values())
    for one, other in chain(neighbours, _same_items(tasks, ties)):
        place = (one.id, other.id)
        if place in found or place in decided or one.directive_id == other.directive_id:
            continue
        if (told := _judge(one, other, ties)) is not None:
            found[place] = told
    return sorted(
        found.values(), key=lambda one: (-one.alike, -len(one.reasons), one.first.id, one.second.id)
    )


def _neighbours(block: Iterable[Candidate]) -> Iterator[tuple[Candidate, Candidate]]:
    """Yield the pairs, the smaller number first, that can be alike enough at all.

    Two sets of which a share must be common have one of their rarest members in common (prefix filter:
    Chaudhuri et al., «A primitive operator for similarity joins», 2006). What very many tasks share is looked
    up in the latest only.
    """
    ordered = sorted(block, key=lambda task: task.id)
    pairs = {task.id: pairs_of(task.text) for task in ordered}
    often = Counter(pair for task in ordered for pair in pairs[task.id])
    holders: dict[tuple[str, str], deque[Candidate]] = {}
    for task in ordered:
        rarest = sorted(pairs[task.id], key=lambda pair: (often[pair], pair))
        needed = ceil(ALIKE_WITH_REASONS * len(rarest) / (2 - ALIKE_WITH_REASONS))
        seen: set[int] = set()
        for pair in rarest[: len(rarest) - needed + 1]:
            before = holders.setdefault(pair, deque(maxlen=HOLDERS))
            for other in before:
                if other.id not in seen:
                    seen.add(other.id)
                    yield other, task
            before.append(task)


def _same_items(tasks: Iterable[Candidate], ties: Ties) -> Iterator[tuple[Candidate, Candidate]]:
    """Yield what bears one number, and a common lead, in documents that may be one."""
    places: dict[tuple[int, str | None], list[Candidate]] = {}
    for task in tasks:
        places.setdefault((task.directive_id, task.item), []).append(task)
    for first, second in ties.similar:
        for (directive_id, item), found in places.items():
            if directive_id != first or item is None:
                continue
            for pair in product(found, places.get((second, item), ())):
                if pair[0].leads & pair[1].leads:
                    one, other = sorted(pair, key=lambda task: task.id)
                    yield one, other


def _judge(one: Candidate, other: Candidate, ties: Ties) -> Suggestion | None:
    alike, reasons = likeness_of(pairs_of(one.text), pairs_of(other.text)), tuple(_reasons(one, other, ties))
    with_reasons = alike >= ALIKE_WITH_REASONS and len(reasons) >= REASONS_NEEDED
    if not (alike >= ALIKE or with_reasons or Reason.SAME_ITEM in reasons):
        return None
    return Suggestion(one, other, round(100 * alike), reasons)


def _reasons(one: Candidate, other: Candidate, ties: Ties) -> Iterator[Reason]:
    documents = (min(one.directive_id, other.directive_id), max(one.directive_id, other.directive_id))
    if one.due_on is None or other.due_on is None:
        near = one.due_on is other.due_on
    else:
        near = abs((one.due_on - other.due_on).days) <= NEAR
    if near:
        yield Reason.DUE_NEAR
    if documents in ties.citing:
        yield Reason.CITING
    if documents in ties.similar:
        yield Reason.SAME_DOCUMENT
        if one.item is not None and one.item == other.item:
            yield Reason.SAME_ITEM
