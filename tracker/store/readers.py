"""Whose a letter is, and on which figures it was planned: what its words are written from when it is sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

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
    found = session.execute(_READER, {"letter": letter_id}).first()
    if found is None:
        return None
    written_at, snapshot, row, agency = found
    contact = Contact(id=row.id, code=row.code, name=row.name, role=row.role, agency=agency, email=row.email)
    return Addressed(contact, written_at, snapshot or "")


_READER: Final = (  # asked before every letter, and so put together once
    select(col(OutboxRow.created_at), col(OutboxRow.snapshot_id), ContactRow, col(AgencyRow.code))
    .join(ContactRow, col(ContactRow.id) == col(OutboxRow.contact_id))
    .outerjoin(AgencyRow, col(AgencyRow.id) == col(ContactRow.agency_id))
    .where(col(OutboxRow.id) == bindparam("letter"))
)
