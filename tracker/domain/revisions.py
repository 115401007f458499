"""What a document that replaces or amends another changes in its tasks; proposed here, decided by a person.

Tasks are paired by their words, their number in the document and their leads; then each lead's share is
compared, since that is what is tracked.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from directives.model import Relation
from directives.names import key
from tracker.domain.likeness import folded, likeness
from tracker.domain.status import CLOSED, Status

ALIKE: Final = 0.45  # of the pairs of syllables, for two tasks of the same lead to be one
ALIKE_WITHOUT_LEAD: Final = 0.75  # where no lead is the same
SAME_ITEM: Final = 0.1  # what the same number in the document adds
REVISING: Final = frozenset({Relation.REPLACES, Relation.AMENDS})


class Difference(StrEnum):
    """What becomes of a share in a task."""

    KEPT = "kept"  # the old share goes on under the new document
    NEW_DEADLINE = "new-deadline"  # it goes on, with the deadline of the new document
    NEW = "new"
    GONE = "gone"  # the old share is withdrawn
    REPORTED = "reported"  # it is gone too, but somebody did the work: a person decides, it is not withdrawn
    UNTOUCHED = "untouched"  # a document that amends says nothing of it: it goes on as it was
    SETTLED = "settled"  # it was closed before


@dataclass(frozen=True, slots=True)
class Share:
    """A lead's share in a task."""

    id: int
    lead: str
    status: Status
    due_on: date | None  # in force
    under: str | None = None  # code of the older task under which it is tracked, where it goes on with one


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """A task of either document, with its shares."""

    id: int
    code: str
    item: str | None
    text: str
    due_on: date | None  # as read
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the proposal."""

    difference: Difference
    lead: str
    old: Share | None = None
    new: Share | None = None
    old_code: str | None = None
    new_code: str | None = None
    old_task: int | None = None
    new_task: int | None = None
    old_due: date | None = None
    new_due: date | None = None
    alike: int | None = None  # percent of the words


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tasks that are one."""

    old: TaskFacts
    new: TaskFacts
    alike: float


def differences(
    old: Collection[TaskFacts],
    new: Collection[TaskFacts],
    relation: Relation,
    *,
    as_new: Collection[str] = (),
) -> list[Row]:
    """Propose what a new document changes, in the order of its tasks; then what it no longer says.

    `as_new` are codes of the new tasks that a person calls new, whatever they look like.
    """
    pairs = pair(old, [task for task in new if task.code not in as_new])
    by_new = {one.new.id: one for one in pairs}
    paired = {one.old.id for one in pairs}
    rows: list[Row] = []
    for task in new:
        found = by_new.get(task.id)
        rows += _compared(found, relation) if found else (_new(task, share) for share in task.shares)
    for task in old:
        if task.id not in paired:
            rows += (_left(task, share, relation) for share in task.shares)
    return rows


def pair(old: Iterable[TaskFacts], new: Collection[TaskFacts]) -> list[Pair]:
    """Pair tasks, the most alike first; each is in one pair at most."""
    scored = sorted(_scored(old, new), key=lambda found: (-found[0], found[1].old.id, found[1].new.id))
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    pairs = []
    for _, one in scored:
        if one.old.id not in taken_old and one.new.id not in taken_new:
            taken_old.add(one.old.id)
            taken_new.add(one.new.id)
            pairs.append(one)
    return pairs


def _scored(old: Iterable[TaskFacts], new: Collection[TaskFacts]) -> Iterator[tuple[float, Pair]]:
    """Yield the pairs that are alike enough, with how well they fit."""
    leads = {task.id: folded(share.lead for share in task.shares) for task in new}
    for before in old:
        before_leads = folded(share.lead for share in before.shares)
        for after in new:
            alike = likeness(before.text, after.text)
            same_item = before.item is not None and before.item == after.item
            fit = alike + SAME_ITEM * same_item
            if fit >= (ALIKE if before_leads & leads[after.id] else ALIKE_WITHOUT_LEAD):
                yield fit, Pair(before, after, alike)


def _compared(found: Pair, relation: Relation) -> Iterator[Row]:
    """Compare the shares of two tasks that are one, lead by lead.

    What was withdrawn or handed on before is no share to go on with: the new document gives it afresh.
    """
    ended = CLOSED - {Status.CONFIRMED}
    before = {key(share.lead): share for share in found.old.shares if share.status not in ended}
    after = {key(share.lead): share for share in found.new.shares}
    for lead, share in after.items():
        yield _goes_on(found, before[lead], share) if lead in before else _new(found.new, share)
    spoken_of = Relation.REPLACES if after else relation  # of the task, and of other leads than before
    for share in found.old.shares:
        if before.get(key(share.lead)) is not share or key(share.lead) not in after:
            yield _left(found.old, share, spoken_of)


def _goes_on(found: Pair, before: Share, after: Share) -> Row:
    """Tell a share that goes on; more time granted since is kept where the words are the same."""
    moved = found.old.due_on != found.new.due_on and before.due_on != after.due_on
    going_on = Difference.NEW_DEADLINE if moved else Difference.KEPT
    return Row(
        difference=Difference.SETTLED if before.status in CLOSED else going_on,
        lead=before.lead,
        old=before,
        new=after,
        old_code=found.old.code,
        new_code=found.new.code,
        old_task=found.old.id,
        new_task=found.new.id,
        old_due=before.due_on,
        new_due=after.due_on,
        alike=round(100 * found.alike),
    )


def _new(task: TaskFacts, share: Share) -> Row:
    return Row(
        difference=Difference.NEW,
        lead=share.lead,
        new=share,
        new_code=task.code,
        new_task=task.id,
        new_due=share.due_on,
    )


def _left(task: TaskFacts, share: Share, relation: Relation) -> Row:
    if share.status in CLOSED:
        difference = Difference.SETTLED
    else:
        gone = Difference.REPORTED if share.status is Status.REPORTED else Difference.GONE
        difference = gone if relation is Relation.REPLACES else Difference.UNTOUCHED
    return Row(
        difference=difference,
        lead=share.lead,
        old=share,
        old_code=task.code,
        old_task=task.id,
        old_due=share.due_on,
    )
