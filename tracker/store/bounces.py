"""Mail that came back, each taken in once, and what it makes of the address it is about."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from tracker.domain.bounces import BounceKind
from tracker.domain.people import EmailState
from tracker.store.tables import BounceRow, ContactRow, OutboxRow
from tracker.store.upsert import insert_new


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMail:
    """A mail that came back, as it was recognised; `message_id` is of the letter that it is about."""

    source_key: str
    kind: BounceKind
    address: str = ""
    message_id: str | None = None
    status: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMail:
    """A mail that was taken in, and whose address it is about."""

    id: int
    kind: BounceKind
    address: str
    contact: str | None
    status: str
    detail: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Reader:
    """A contact as mail that comes back sees it."""

    id: int
    code: str
    email: str | None
    state: EmailState
    hard_bounces: int


def keep(session: Session, mail: NewMail, contact_id: int | None, at: datetime) -> bool:
    """Write a mail down; return False where it was taken in before."""
    values = {
        "source_key": mail.source_key,
        "contact_id": contact_id,
        "address": mail.address,
        "kind": mail.kind,
        "message_id": mail.message_id,
        "status": mail.status,
        "detail": mail.detail,
        "received_at": at,
    }
    return insert_new(session, BounceRow, values)


def reader_of_letter(session: Session, message_id: str) -> tuple[int | None, str] | None:
    """Return to whom and where the letter of a Message-ID went; None where it is none of ours."""
    row = session.execute(
        select(OutboxRow.contact_id, OutboxRow.address).where(col(OutboxRow.message_id) == message_id)
    ).first()
    return None if row is None else (row[0], row[1])


def readers_at(session: Session, address: str) -> list[int]:
    """Return the contacts that have a mail address, whatever its capitals."""
    asked = select(ContactRow.id).where(func.lower(col(ContactRow.email)) == address.lower())
    return [number or 0 for number in session.exec(asked.order_by(col(ContactRow.id)))]


def written_since(session: Session, contact_id: int, address: str, since: datetime) -> bool:
    """Tell whether a letter to a contact's address was handed over since a moment."""
    asked = select(OutboxRow.id).where(
        col(OutboxRow.contact_id) == contact_id,
        func.lower(col(OutboxRow.address)) == address.lower(),
        col(OutboxRow.sent_at) >= since,
    )
    return session.exec(asked.limit(1)).first() is not None


def told_of(session: Session, contact_id: int, message_id: str) -> bool:
    """Tell whether a hard bounce of this letter was taken in for a contact already."""
    asked = select(BounceRow.id).where(
        col(BounceRow.contact_id) == contact_id,
        col(BounceRow.message_id) == message_id,
        col(BounceRow.kind) == BounceKind.HARD,
    )
    return session.exec(asked.limit(1)).first() is not None


def hold_reader(session: Session, contact_id: int) -> Reader:
    """Hold a contact for this transaction and return how its address stands."""
    row = session.get_one(ContactRow, contact_id, with_for_update=True, populate_existing=True)
    return _reader(row)


def reader_named(session: Session, code: str) -> Reader | None:
    """Return the contact of a code, held for this transaction."""
    row = session.exec(select(ContactRow).where(col(ContactRow.code) == code).with_for_update()).first()
    return None if row is None else _reader(row)


def put_state(session: Session, contact_id: int, state: EmailState, hard_bounces: int) -> None:
    """Write what is known of a contact's address."""
    row = session.get_one(ContactRow, contact_id)
    row.email_state, row.hard_bounces = state, hard_bounces
    session.flush()


def entries(session: Session, limit: int) -> list[KeptMail]:
    """Return what was taken in, the newest first."""
    rows = session.exec(
        select(BounceRow, ContactRow.code)
        .outerjoin(ContactRow, col(ContactRow.id) == col(BounceRow.contact_id))
        .order_by(col(BounceRow.id).desc())
        .limit(limit)
    )
    return [
        KeptMail(
            id=row.id or 0,
            kind=BounceKind(row.kind),
            address=row.address,
            contact=code,
            status=row.status,
            detail=row.detail,
            received_at=row.received_at,
        )
        for row, code in rows
    ]


def troubled(session: Session) -> list[Reader]:
    """Return the contacts whose address is doubtful or no good."""
    rows = session.exec(
        select(ContactRow).where(col(ContactRow.email_state) != EmailState.OK).order_by(col(ContactRow.code))
    )
    return [_reader(row) for row in rows]


def _reader(row: ContactRow) -> Reader:
    return Reader(row.id or 0, row.code, row.email, EmailState(row.email_state), row.hard_bounces)
