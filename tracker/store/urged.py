"""Which work was urged by a letter of the office, as history keeps it; there is no row beside the line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlmodel import Session, col, select

from tracker.store.events import Act, Change, record
from tracker.store.tables import EventRow

ACTION: Final = "urged"
_ENTITY: Final = "assignment"
_PIECE: Final = 500  # numbers in one question


@dataclass(frozen=True, slots=True)
class Urging:
    """A letter that urged: its number, when that was written down, and the day whose delays it tells of."""

    number: str
    at: datetime
    late_on: date


def urged(session: Session, assignment_ids: Iterable[int]) -> Mapping[int, Sequence[Urging]]:
    """Return the letters that urged each assignment, oldest first; what was never urged is not in it."""
    found: dict[int, list[Urging]] = {}
    asked = sorted(set(assignment_ids))
    for start in range(0, len(asked), _PIECE):
        lines = session.exec(
            select(EventRow)
            .where(
                col(EventRow.entity) == _ENTITY,
                col(EventRow.entity_id).in_(asked[start : start + _PIECE]),
                col(EventRow.action) == ACTION,
            )
            .order_by(col(EventRow.id))
        )
        for line in lines:
            said = line.after or {}
            urging = Urging(str(said["number"]), line.at, date.fromisoformat(str(said["late_on"])))
            found.setdefault(line.entity_id, []).append(urging)
    return found


def note_urged(session: Session, assignment_id: int, letter: Urging, days: int, act: Act) -> None:
    """Write into an assignment's history that a letter urged it, and how many working days late it was."""
    said = {"number": letter.number, "late_on": letter.late_on, "days_late": days}
    record(session, act, ACTION, (_ENTITY, assignment_id), Change(after=said))
