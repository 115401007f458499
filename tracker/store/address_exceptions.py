"""Addresses outside the official domains that letters may go to: each has its reason; a person ends it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.store.events import Act, Change, record
from tracker.store.tables import AddressExceptionRow

ENTITY = "address-exception"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressException:
    """An address that somebody let letters go to, and until when."""

    id: int
    address: str  # in lower case
    reason: str
    created_at: datetime
    created_by: str
    revoked_at: datetime | None


def in_force(session: Session) -> frozenset[str]:
    """Return the addresses that letters may go to although their domain is none of the office's."""
    asked = select(AddressExceptionRow.address).where(col(AddressExceptionRow.revoked_at).is_(None))
    return frozenset(session.exec(asked))


def entries(session: Session, *, revoked: bool = False) -> list[AddressException]:
    """Return the exceptions in force, oldest first; with `revoked` those that ended too."""
    asked = select(AddressExceptionRow).order_by(col(AddressExceptionRow.id))
    if not revoked:
        asked = asked.where(col(AddressExceptionRow.revoked_at).is_(None))
    return [_exception(row) for row in session.exec(asked)]


def add(session: Session, address: str, reason: str, *, act: Act) -> AddressException:
    """Except an address, with a line of history."""
    row = AddressExceptionRow(address=address, reason=reason, created_at=act.at, created_by=act.actor)
    session.add(row)
    session.flush()
    after = {"address": address, "reason": reason}
    record(session, act, "address-allowed", (ENTITY, row.id or 0), Change(after=after))
    return _exception(row)


def revoke(session: Session, address: str, reason: str, *, act: Act) -> int:
    """End every exception of an address that is in force; return how many were."""
    rows = session.exec(
        select(AddressExceptionRow)
        .where(col(AddressExceptionRow.address) == address, col(AddressExceptionRow.revoked_at).is_(None))
        .with_for_update()
    ).all()
    for row in rows:
        row.revoked_at = act.at
        change = Change({"address": address}, {"reason": reason} if reason else None)
        record(session, act, "address-revoked", (ENTITY, row.id or 0), change)
    session.flush()
    return len(rows)


def _exception(row: AddressExceptionRow) -> AddressException:
    return AddressException(
        id=row.id or 0,
        address=row.address,
        reason=row.reason,
        created_at=row.created_at,
        created_by=row.created_by,
        revoked_at=row.revoked_at,
    )
