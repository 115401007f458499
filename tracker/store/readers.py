"""Whose a letter is, and on which figures it was planned: what its words are written from when it is sent."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.store.contacts import Contact
from tracker.store.tables import AgencyRow, ContactRow, OutboxRow


@dataclass(frozen=True, slots=True)
class Addressed:
    """A letter's reader, when it was written, and the number of the figures it is told by."""

    contact: Contact
    written_at: datetime
    snapshot: str


def reader_of(session: Session, letter_id: int) -> Addressed | None:
    """Return a letter's reader; None for a letter to nobody in the register."""
    found = session.exec(
        select(OutboxRow, ContactRow, AgencyRow.code)
        .join(ContactRow, col(ContactRow.id) == col(OutboxRow.contact_id))
        .outerjoin(AgencyRow, col(AgencyRow.id) == col(ContactRow.agency_id))
        .where(col(OutboxRow.id) == letter_id)
    ).first()
    if found is None:
        return None
    letter, row, agency = found
    contact = Contact(id=row.id, code=row.code, name=row.name, role=row.role, agency=agency, email=row.email)
    return Addressed(contact, letter.created_at, letter.snapshot_id or "")
