"""Which agencies took over from which: many from many, wholly or in part."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.store.tables import AgencyRow, SuccessionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """One agency that took over from another; both by code."""

    old: str
    new: str
    on: date  # the first day on which the successor answers
    scope: str = ""  # the field or territory that passed over; empty: all of it
    basis: str  # the decision or resolution

    @property
    def whole(self) -> bool:
        """Tell whether all that the old agency had to do passed over."""
        return not self.scope

    @property
    def place(self) -> tuple[str, str, date]:
        """Return what makes it one and the same."""
        return self.old, self.new, self.on


def entries(session: Session) -> list[Succession]:
    """Return every succession, in the order they were loaded."""
    old, new = aliased(AgencyRow), aliased(AgencyRow)
    rows = session.exec(
        select(SuccessionRow, old.code, new.code)
        .join(old, col(old.id) == col(SuccessionRow.old_id))
        .join(new, col(new.id) == col(SuccessionRow.new_id))
        .order_by(col(SuccessionRow.id))
    )
    return [
        Succession(old=before, new=after, on=row.on_day, scope=row.scope, basis=row.basis)
        for row, before, after in rows
    ]


def save(session: Session, entry: Succession, known: dict[str, int]) -> None:
    """Write a succession in place of the one of the same agencies and day."""
    old_id, new_id = known[entry.old], known[entry.new]
    row = session.exec(
        select(SuccessionRow).where(
            col(SuccessionRow.old_id) == old_id,
            col(SuccessionRow.new_id) == new_id,
            col(SuccessionRow.on_day) == entry.on,
        )
    ).first()
    if row is None:
        row = SuccessionRow(old_id=old_id, new_id=new_id, on_day=entry.on, basis=entry.basis)
    row.scope, row.basis = entry.scope, entry.basis
    session.add(row)
    session.flush()
