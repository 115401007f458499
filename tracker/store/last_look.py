"""What is known, right before a letter is sent, of each thing it is about and of its reader."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Final, Self

from sqlalchemy import Date, Exists, Select, and_, bindparam, exists, or_, select, update
from sqlalchemy.orm import aliased, load_only
from sqlmodel import Session, col

from notifications.channels import ChannelName
from notifications.channels.allowed import allowed
from notifications.messages import DeadlineReminder
from notifications.outbox import OutboxState
from tracker.domain.people import EmailState, Role
from tracker.domain.sending import Facts
from tracker.store.address_exceptions import in_force
from tracker.store.tables import (
    AccountRow,
    AssignmentRow,
    ContactRow,
    HoldRow,
    LetterItemRow,
    OutboxRow,
    SubstitutionRow,
)


@dataclass(frozen=True, slots=True)
class ItemSeen:
    """One step that a letter tells of, and what is known of it now."""

    id: int
    assignment_id: int
    step: str
    role: Role
    facts: Facts
    left_out: str | None  # by an earlier look


@dataclass(frozen=True, slots=True)
class LetterSeen:
    """A letter, what is known of its reader, and its items in the order they were planned."""

    business_date: date | None
    planned_at: datetime
    contact_id: int | None
    reader: Facts
    items: tuple[ItemSeen, ...]
    away: bool = False  # somebody stands in for the reader
    later_digest: bool = False  # of a later day, sent or about to be, to the same reader on the same channel


def office_on_hold(session: Session) -> bool:
    """Tell whether nothing at all is to be sent; asked before each letter."""
    return session.execute(_ON_HOLD).first() is not None


@dataclass(frozen=True, slots=True)
class Reaches:
    """Which addresses letters may go to."""

    domains: Collection[str] = ()  # none: any
    exceptions: Collection[str] = ()

    @classmethod
    def of(cls, session: Session, domains: Collection[str]) -> Self:
        """Ask for the exceptions where there is anything to except from."""
        return cls(domains, in_force(session) if domains else ())

    def facts(self, contact: ContactRow, channel: str) -> Facts:
        """Return the facts of a letter to a contact that is about no task."""
        return _facts(channel, _address(contact, channel, "") or "", contact, reaches=self)


def look_at(
    session: Session, letter_id: int, day: date = date.min, reaches: Reaches = Reaches()
) -> LetterSeen:
    """Return what is known of a letter now, and on a day of who stands in for whom."""
    asked = {"letter": letter_id, "day": day}
    letter, contact, away, later = session.execute(_LETTER, asked).one()
    facts = partial(_facts, letter.channel, letter.address, contact, reaches=reaches)
    rows = session.execute(_ITEMS, asked).all()
    overtaken = frozenset(session.scalars(_OVERTAKEN, asked))
    items = tuple(
        ItemSeen(
            id=item.id or 0,
            assignment_id=item.assignment_id,
            step=item.step,
            role=item.role,
            facts=facts(item, assignment, overtaken=item.id in overtaken),
            left_out=item.left_out,
        )
        for item, assignment in rows
    )
    number = None if contact is None else contact.id
    return LetterSeen(
        business_date=letter.business_date,
        planned_at=letter.created_at,
        contact_id=number,
        reader=facts(),
        items=items,
        away=bool(away),
        later_digest=bool(later),
    )


def note_left_out(session: Session, letter_id: int, owner: str, reasons: Mapping[int, str | None]) -> bool:
    """Write down why items are left out of their letter, or that they are not after all; tell whether it was.

    Only for the deliverer that holds the letter: another may have sent it in the meantime, and what was sent
    must not look as if it had been left out. A step that a run plans again at this very moment breaks the
    unique key; the next look finds it.
    """
    held = select(col(OutboxRow.id)).where(
        col(OutboxRow.id) == letter_id, col(OutboxRow.lease_owner) == owner
    )
    if session.execute(held.with_for_update()).first() is None:
        return False
    for item_id, reason in reasons.items():
        session.execute(update(LetterItemRow).where(col(LetterItemRow.id) == item_id).values(left_out=reason))
    return True


def _facts(  # noqa: PLR0913 — what is known, each thing once
    channel: str,
    address: str,
    contact: ContactRow | None,
    item: LetterItemRow | None = None,
    assignment: AssignmentRow | None = None,
    *,
    reaches: Reaches,
    overtaken: bool = False,
) -> Facts:
    now = None if contact is None else _address(contact, channel, address)
    by_mail = channel == ChannelName.EMAIL
    return Facts(
        status=None if assignment is None else assignment.status,
        due_on=None if assignment is None else assignment.due_on,
        letter_version=None if item is None else item.deadline_version,
        deadline_version=None if assignment is None else assignment.deadline_version,
        before_due=item is not None and item.kind == DeadlineReminder.kind,
        contact_active=None if contact is None else contact.active,
        contact_address=now,
        address=address,
        overtaken=overtaken,
        bouncing=by_mail and contact is not None and contact.email_state is EmailState.BOUNCING,
        allowed=not (by_mail and reaches.domains and now)
        or allowed(now, reaches.domains, reaches.exceptions),
    )


def _address(contact: ContactRow, channel: str, otherwise: str) -> str | None:
    """Return a contact's address on a channel; one that the contacts do not keep is as the letter has it."""
    kept = {
        ChannelName.EMAIL: contact.email,
        ChannelName.ZALO: contact.zalo_chat_id,
        ChannelName.ZALO_OA: contact.zalo_user_id,
        ChannelName.ZNS: contact.phone if contact.consented_at is not None else None,
    }
    return kept[ChannelName(channel)] if channel in kept else otherwise


def _overtaken() -> Select[tuple[int | None]]:
    """Choose the items of a letter for which a later step goes to the same reader on the same channel.

    Or the same step in another letter, which was planned again while this one left it out.
    """
    later = aliased(LetterItemRow)
    same_step = and_(
        col(later.step) == col(LetterItemRow.step),
        col(later.deadline_version) == col(LetterItemRow.deadline_version),
        col(later.ladder_version) == col(LetterItemRow.ladder_version),
        col(later.id) != col(LetterItemRow.id),
    )
    waiting = exists().where(
        col(later.assignment_id) == col(LetterItemRow.assignment_id),
        col(later.contact_id) == col(LetterItemRow.contact_id),
        col(later.channel) == col(LetterItemRow.channel),
        col(later.left_out).is_(None),
        or_(col(later.id) > col(LetterItemRow.id), same_step),
    )
    return select(col(LetterItemRow.id)).where(col(LetterItemRow.outbox_id) == bindparam("letter"), waiting)


def _later_digest() -> Exists:
    """Choose whether a run of a later day wrote to the same reader on the same channel, and that goes too."""
    later = aliased(OutboxRow)
    return (
        select(col(later.id))
        .where(
            col(later.business_date) > col(OutboxRow.business_date),
            col(later.contact_id) == col(OutboxRow.contact_id),
            col(later.channel) == col(OutboxRow.channel),
            col(later.state).in_(ON_ITS_WAY),
            col(later.urgent).is_(False),
            col(later.fallback_of).is_(None),
            col(OutboxRow.urgent).is_(False),
            col(OutboxRow.fallback_of).is_(None),
        )
        .correlate(OutboxRow)
        .exists()
    )


# Asked before every letter, and so put together once.
ON_ITS_WAY: Final = (OutboxState.QUEUED, OutboxState.LEASED, OutboxState.SENDING, OutboxState.SENT)
_AWAY: Final = (
    select(col(SubstitutionRow.id))
    .join(AccountRow, col(AccountRow.id) == col(SubstitutionRow.account_id))
    .where(
        col(AccountRow.contact_id) == col(OutboxRow.contact_id),
        bindparam("day", type_=Date).between(col(SubstitutionRow.from_on), col(SubstitutionRow.to_on)),
    )
    .correlate(OutboxRow)
    .exists()
)
_LETTER: Final = (
    select(OutboxRow, ContactRow, _AWAY, _later_digest())
    .outerjoin(ContactRow, col(ContactRow.id) == col(OutboxRow.contact_id))
    .options(load_only(OutboxRow.business_date, OutboxRow.created_at, OutboxRow.channel, OutboxRow.address))  # type: ignore[arg-type]  # SQLModel types columns as their values
    .where(col(OutboxRow.id) == bindparam("letter"))
)
_ITEMS: Final = (
    select(LetterItemRow, AssignmentRow)
    .join(AssignmentRow, col(AssignmentRow.id) == col(LetterItemRow.assignment_id))
    .options(load_only(AssignmentRow.status, AssignmentRow.due_on, AssignmentRow.deadline_version))  # type: ignore[arg-type]  # the same
    .where(col(LetterItemRow.outbox_id) == bindparam("letter"))
    .order_by(col(LetterItemRow.id))
)
_ON_HOLD: Final = (
    select(col(HoldRow.id))
    .where(col(HoldRow.released_at).is_(None), col(HoldRow.directive_id).is_(None))
    .limit(1)
)
_OVERTAKEN: Final = _overtaken()
