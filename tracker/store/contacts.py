"""The people and mailboxes that letters go to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlmodel import Session, col, select

from tracker.clock import VIETNAM, office_day
from tracker.domain.people import IN_AGENCY, EmailState, Role
from tracker.store.tables import AgencyRow, ContactRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Where letters for an agency's officer or head, or for a role in the office, go."""

    code: str
    name: str
    role: Role
    agency: str | None = None  # the agency's code; None: the whole office
    email: str | None = None
    zalo_chat_id: str | None = None  # as the office's Bot knows them
    zalo_user_id: str | None = None  # as the office's Official Account knows them
    phone: str | None = None  # 84 and nine digits
    consented_on: date | None = None  # since when messages by template may go to that number
    active: bool = True
    id: int | None = None


@dataclass(frozen=True, slots=True)
class AddressBook:
    """Who to write to, by role, and for an agency's own roles by agency."""

    contacts: dict[tuple[Role, str | None], tuple[Contact, ...]]

    def reached(self, role: Role, agency: str | None) -> tuple[Contact, ...]:
        """Return the contacts of a role; an agency's own role without an agency reaches nobody."""
        if role in IN_AGENCY:
            return self.contacts.get((role, agency), ()) if agency is not None else ()
        return self.contacts.get((role, None), ())


def entries(session: Session) -> list[Contact]:
    """Return every contact, in the order it was loaded."""
    rows = session.exec(
        select(ContactRow, AgencyRow.code)
        .outerjoin(AgencyRow, col(AgencyRow.id) == col(ContactRow.agency_id))
        .order_by(col(ContactRow.id))
    )
    return [
        Contact(
            id=row.id,
            code=row.code,
            name=row.name,
            role=row.role,
            agency=agency,
            email=row.email,
            zalo_chat_id=row.zalo_chat_id,
            zalo_user_id=row.zalo_user_id,
            phone=row.phone,
            consented_on=None if row.consented_at is None else office_day(row.consented_at),
            active=row.active,
        )
        for row, agency in rows
    ]


def address_book(session: Session) -> AddressBook:
    """Return the contacts that are in use, ready to be asked."""
    return _address_book(contact for contact in entries(session) if contact.active)


def _address_book(contacts: Iterable[Contact]) -> AddressBook:
    book: dict[tuple[Role, str | None], tuple[Contact, ...]] = {}
    for contact in contacts:
        place = (contact.role, contact.agency if contact.role in IN_AGENCY else None)
        book[place] = (*book.get(place, ()), contact)
    return AddressBook(book)


def save(session: Session, contact: Contact, agency_id: int | None) -> int:
    """Write a contact, in place of what was known of it."""
    row = session.exec(select(ContactRow).where(col(ContactRow.code) == contact.code)).first()
    if row is None:
        row = ContactRow(code=contact.code, name=contact.name, role=contact.role)
    row.name, row.role, row.agency_id = contact.name, contact.role, agency_id
    if (row.email or "").lower() != (contact.email or "").lower():
        row.email_state, row.hard_bounces = EmailState.OK, 0  # what came back says nothing of a new address
    row.email, row.active = contact.email, contact.active
    row.zalo_chat_id, row.zalo_user_id = contact.zalo_chat_id, contact.zalo_user_id
    row.phone = contact.phone
    if contact.consented_on != (None if row.consented_at is None else office_day(row.consented_at)):
        row.consented_at = _morning(contact.consented_on)
    session.add(row)
    session.flush()
    return row.id or 0


def _morning(day: date | None) -> datetime | None:
    """Return the first moment of a day in the office."""
    return None if day is None else datetime.combine(day, time(0), tzinfo=VIETNAM)
