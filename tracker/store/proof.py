"""What letters said of each step, and how each was handed over: the facts of the proof."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from notifications.outbox import OutboxState
from tracker.domain.people import Role
from tracker.store.moments import as_utc
from tracker.store.tables import AccountRow, AgencyRow, AttemptRow, ContactRow, LetterItemRow, OutboxRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One try at handing a letter over."""

    started_at: datetime
    outcome: str | None
    code: str | None
    detail: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenLetter:
    """A letter and what became of it."""

    id: int
    business_date: date | None
    contact_id: int | None
    reader: str  # the contact's code
    channel: str
    address: str
    subject: str
    state: OutboxState
    code: str | None  # the channel's last answer, or why it was dropped
    created_at: datetime
    next_try_at: datetime
    sent_at: datetime | None
    fallback_of: int | None
    tries: tuple[Try, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenItem:
    """A step in a letter."""

    letter: ProvenLetter
    assignment_id: int
    deadline_version: int
    ladder_version: int
    step: str
    role: Role
    left_out: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whom letters go to."""

    id: int
    code: str
    name: str
    role: Role
    agency: str | None
    active: bool


def people(session: Session, named: str) -> list[Person]:
    """Return the contacts that a code, a mail address, a name or an account's login names."""
    asked = named.strip()
    of_login = select(AccountRow.contact_id).where(col(AccountRow.login) == asked)
    rows = session.exec(
        select(ContactRow, AgencyRow.code)
        .outerjoin(AgencyRow, col(AgencyRow.id) == col(ContactRow.agency_id))
        .where(
            or_(
                col(ContactRow.code) == asked,
                func.lower(col(ContactRow.email)) == asked.lower(),
                col(ContactRow.name) == asked,
                col(ContactRow.id).in_(of_login),
            )
        )
        .order_by(col(ContactRow.id))
    )
    found = [
        Person(id=row.id or 0, code=row.code, name=row.name, role=row.role, agency=agency, active=row.active)
        for row, agency in rows
    ]
    return [one for one in found if one.code == asked] or found


def items_of_reader(session: Session, contact_id: int, day: date) -> list[ProvenItem]:
    """Return the steps in the letters of a reader of a business date."""
    return _items(session, col(LetterItemRow.contact_id) == contact_id, col(OutboxRow.business_date) == day)


def items_of_assignment(session: Session, assignment_id: int) -> list[ProvenItem]:
    """Return the steps of an assignment in letters, whoever they were for."""
    return _items(session, col(LetterItemRow.assignment_id) == assignment_id)


def letters_without_items(session: Session, contact_id: int, day: date) -> list[ProvenLetter]:
    """Return the letters of a reader of a business date that tell of no step: what they say is no news."""
    with_items = select(LetterItemRow.outbox_id)
    rows = session.exec(
        select(OutboxRow, ContactRow.code)
        .join(ContactRow, col(ContactRow.id) == col(OutboxRow.contact_id))
        .where(
            col(OutboxRow.contact_id) == contact_id,
            col(OutboxRow.business_date) == day,
            col(OutboxRow.id).not_in(with_items),
        )
        .order_by(col(OutboxRow.id))
    ).all()
    return _letters(session, rows)


_ORDER: Final = (col(OutboxRow.business_date), col(LetterItemRow.id))


def _items(session: Session, *conditions: Any) -> list[ProvenItem]:
    rows = session.exec(
        select(LetterItemRow, OutboxRow, ContactRow.code)
        .join(OutboxRow, col(OutboxRow.id) == col(LetterItemRow.outbox_id))
        .join(ContactRow, col(ContactRow.id) == col(LetterItemRow.contact_id))
        .where(*conditions)
        .order_by(*_ORDER)
    ).all()
    letters = {one.id: one for one in _letters(session, [(letter, code) for _, letter, code in rows])}
    return [
        ProvenItem(
            letter=letters[letter.id or 0],
            assignment_id=item.assignment_id,
            deadline_version=item.deadline_version,
            ladder_version=item.ladder_version,
            step=item.step,
            role=item.role,
            left_out=item.left_out,
        )
        for item, letter, _ in rows
    ]


def _letters(session: Session, rows: Sequence[tuple[OutboxRow, str]]) -> list[ProvenLetter]:
    tries = _tries(session, {row.id or 0 for row, _ in rows})
    return [
        ProvenLetter(
            id=row.id or 0,
            business_date=row.business_date,
            contact_id=row.contact_id,
            reader=code,
            channel=row.channel,
            address=row.address,
            subject=row.subject or row.text,
            state=OutboxState(row.state),
            code=row.last_code,
            created_at=as_utc(row.created_at),
            next_try_at=as_utc(row.next_try_at),
            sent_at=row.sent_at and as_utc(row.sent_at),
            fallback_of=row.fallback_of,
            tries=tuple(tries.get(row.id or 0, ())),
        )
        for row, code in rows
    ]


def _tries(session: Session, letter_ids: Collection[int]) -> dict[int, list[Try]]:
    found: dict[int, list[Try]] = {}
    for row in session.exec(
        select(AttemptRow)
        .where(col(AttemptRow.outbox_id).in_(letter_ids))
        .order_by(col(AttemptRow.outbox_id), col(AttemptRow.ordinal))
    ):
        one = Try(started_at=as_utc(row.started_at), outcome=row.outcome, code=row.code, detail=row.detail)
        found.setdefault(row.outbox_id, []).append(one)
    return found
