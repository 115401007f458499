"""Codes that link a contact to an account of a channel, and the addresses that they link."""

from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

from sqlmodel import Session, col, select

from notifications.channels import ChannelName
from tracker.clock import office_day
from tracker.store.tables import ContactRow, LinkCodeRow

COLUMNS: Final = MappingProxyType({ChannelName.ZALO: "zalo_chat_id", ChannelName.ZALO_OA: "zalo_user_id"})
"""The channels that are linked by a code, and where a contact's address on each is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkable:
    """A contact as linking sees it."""

    id: int
    code: str
    name: str
    active: bool
    zalo_chat_id: str | None
    zalo_user_id: str | None
    phone: str | None
    linked_at: datetime | None
    consented_on: date | None
    other_address: bool  # is reached also without Zalo's chats

    def on(self, channel: ChannelName) -> str | None:
        """Return the contact's address on a channel."""
        return self.zalo_chat_id if channel is ChannelName.ZALO else self.zalo_user_id


def contact(session: Session, code: str) -> Linkable | None:
    """Return the contact of a code, None for none."""
    row = session.exec(select(ContactRow).where(col(ContactRow.code) == code)).first()
    return None if row is None else _linkable(row)


def held(session: Session) -> None:
    """Hold all contacts for this transaction: two who link the same address come one after the other."""
    rows = select(ContactRow).order_by(col(ContactRow.id)).with_for_update(key_share=True)
    session.exec(rows.execution_options(populate_existing=True)).all()


def with_address(session: Session, channel: ChannelName, address: str) -> list[Linkable]:
    """Return the contacts in use that have an address on a channel."""
    column: Any = getattr(ContactRow, COLUMNS[channel])
    rows = session.exec(
        select(ContactRow).where(column == address, col(ContactRow.active)).order_by(col(ContactRow.id))
    )
    return [_linkable(row) for row in rows]


def put_address(  # noqa: PLR0913 — an address and where it comes from
    session: Session, contact_id: int, channel: ChannelName, address: str, *, at: datetime, source: str
) -> None:
    """Write a contact's address on a channel, and what linked it."""
    row = session.get_one(ContactRow, contact_id)
    setattr(row, COLUMNS[channel], address)
    row.zalo_linked_at, row.zalo_source = at, source
    session.flush()


def drop_address(session: Session, contact_id: int, channel: ChannelName) -> bool:
    """Take a contact's address on a channel away, and return whether the contact stays in use.

    Who has no other address could not be written to: such a contact goes out of use and keeps its row.
    """
    row = session.get_one(ContactRow, contact_id)
    if _linkable(row).other_address or any(
        getattr(row, column) for other, column in COLUMNS.items() if other is not channel
    ):
        setattr(row, COLUMNS[channel], None)
    else:
        row.active = False
    session.flush()
    return row.active


def put_consent(session: Session, contact_id: int, phone: str | None, at: datetime | None) -> None:
    """Write to which telephone number somebody lets us write, and since when; None: no longer."""
    row = session.get_one(ContactRow, contact_id, with_for_update=True)
    row.phone, row.consented_at = phone, at
    session.flush()


def add_code(  # noqa: PLR0913 — a code and how long it holds
    session: Session, contact_id: int, channel: ChannelName, code_hash: str, *, now: datetime, until: datetime
) -> None:
    """Keep the hash of a new code; earlier ones of this contact and channel are worth nothing more."""
    for row in session.exec(
        select(LinkCodeRow).where(
            col(LinkCodeRow.contact_id) == contact_id,
            col(LinkCodeRow.channel) == str(channel),
            col(LinkCodeRow.used_at).is_(None),
            col(LinkCodeRow.expires_at) > now,
        )
    ):
        row.expires_at = now
    session.add(
        LinkCodeRow(
            contact_id=contact_id,
            channel=str(channel),
            code_hash=code_hash,
            created_at=now,
            expires_at=until,
        )
    )
    session.flush()


def use_code(session: Session, channel: ChannelName, code_hash: str, now: datetime) -> Linkable | None:
    """Use a code up and return whose it is; None where it is worth nothing (any more)."""
    row = session.exec(
        select(LinkCodeRow)
        .where(col(LinkCodeRow.code_hash) == code_hash, col(LinkCodeRow.channel) == str(channel))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if row is None or row.used_at is not None or row.expires_at <= now:
        return None
    reader = session.get_one(ContactRow, row.contact_id)
    if not reader.active:
        return None
    row.used_at = now
    session.flush()
    return _linkable(reader)


def _linkable(row: ContactRow) -> Linkable:
    return Linkable(
        id=row.id or 0,
        code=row.code,
        name=row.name,
        active=row.active,
        zalo_chat_id=row.zalo_chat_id,
        zalo_user_id=row.zalo_user_id,
        phone=row.phone,
        linked_at=row.zalo_linked_at,
        consented_on=None if row.consented_at is None else office_day(row.consented_at),
        other_address=bool(row.email or row.phone),
    )
