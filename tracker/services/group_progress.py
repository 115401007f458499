"""How far a group of agencies has come with a task: k of n members done, each with a state of its own."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlmodel import Session

from tracker.domain.status import GIVEN_AWAY, Status
from tracker.services.instances import is_dated
from tracker.store.groups import GroupShare, group_shares


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupProgress:
    """What a group's members have done of a task, or of one instance of a recurring one."""

    task: str
    group: str
    name: str
    occasion: str  # the day of an instance, else empty
    done: int
    total: int
    assignments: frozenset[int]


def group_progress(
    session: Session, directive_id: int | None = None, *, tasks: Collection[str] | None = None
) -> list[GroupProgress]:
    """Return how far each group has come with each task it was given, in the order of the documents.

    `tasks` are the codes of the only tasks that are asked about.
    A share that was transferred counts where it went. Of a recurring duty its instances are counted, once
    there are any: the duty itself is never done.
    """
    kept: dict[tuple[str, str, str], list[GroupShare]] = {}
    for share in group_shares(session, directive_id, tasks):
        if share.status not in GIVEN_AWAY:
            occasion = share.occasion if is_dated(share.occasion) else ""
            kept.setdefault((share.task, share.group, occasion), []).append(share)
    dated = {(task, group) for task, group, occasion in kept if occasion}
    return [
        _progress(occasion, shares)
        for (task, group, occasion), shares in kept.items()
        if occasion or (task, group) not in dated
    ]


def _progress(occasion: str, shares: list[GroupShare]) -> GroupProgress:
    first = shares[0]
    return GroupProgress(
        task=first.task,
        group=first.group,
        name=first.name,
        occasion=occasion,
        done=sum(share.status is Status.CONFIRMED for share in shares),
        total=len(shares),
        assignments=frozenset(share.assignment_id for share in shares),
    )


def by_assignment(found: Iterable[GroupProgress]) -> dict[int, GroupProgress]:
    """Return the group's progress for each of its members' shares."""
    return {number: one for one in found for number in one.assignments}
