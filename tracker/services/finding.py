"""Which assignment somebody means: by its number, or by the code of its task."""

from collections.abc import Iterable

from sqlmodel import Session

from tracker.domain.numbers import running_number
from tracker.domain.permissions import Scope
from tracker.domain.status import GIVEN_AWAY
from tracker.errors import Conflict, NotFound
from tracker.store import assignments
from tracker.store.assignments import Choice, Tracked


def find_assignment(session: Session, ref: str, scope: Scope) -> int:
    """Return the number of the assignment that a number or a task's code names, as far as somebody sees.

    Of several shares in a task the one that is not gone is meant. Raises NotFound for none, Conflict for
    several, which it names.
    """
    asked = ref.strip()
    number = running_number(asked)
    choice = None if number is None else Choice(scope=scope, ids=frozenset({number}))
    found = assignments.tracked(session, choice or Choice(scope=scope, task=asked.upper()))
    if not found:
        raise NotFound("assignment.unknown", ref=ref)
    left = [work for work in found if work.facts.status not in GIVEN_AWAY] or found
    if len(left) > 1:
        shares = "; ".join(f"{work.id} – {work.lead}" for work in left)
        raise Conflict("assignment.ambiguous", ref=ref, shares=shares)
    return left[0].id


def visible(session: Session, numbers: Iterable[int], scope: Scope) -> dict[int, Tracked]:
    """Return those of some assignments that somebody sees."""
    asked = frozenset(numbers)
    found = assignments.tracked(session, Choice(ids=asked, scope=scope)) if asked else []
    return {work.id: work for work in found}
