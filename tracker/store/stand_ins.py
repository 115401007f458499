"""Who may read a letter instead of its reader: the substitute, the agency's focal point, the secretariat."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from tracker.domain.accounts import may_stand_in
from tracker.domain.people import IN_AGENCY, Role
from tracker.domain.sending import Candidate, Facts, Instead
from tracker.store import accounts
from tracker.store.tables import AccountRow, ContactRow, LetterItemRow, SubstitutionRow

ReachOf = Callable[[ContactRow], Facts]  # the facts of a letter to a contact, on the channel in question


def candidates(session: Session, contact_id: int, day: date, reach_of: ReachOf) -> list[Candidate]:
    """Return who may read a letter to a contact instead, first of all the substitutes of that day."""
    contact = session.get_one(ContactRow, contact_id)
    found = {Instead.SUBSTITUTE: _substitutes(session, contact_id, day)}
    if contact.role in IN_AGENCY:
        found[Instead.FOCAL_POINT] = _in_role(session, Role.OFFICER, contact.agency_id)
    found[Instead.SECRETARIAT] = _in_role(session, Role.SECRETARIAT)
    return [
        Candidate(kind=kind, contact_id=row.id or 0, reach=reach_of(row))
        for kind, rows in found.items()
        for row in rows
        if row.id != contact_id
    ]


def is_succeeded(session: Session, contact_id: int) -> bool:
    """Tell whether somebody else in use holds a contact's role by now."""
    contact = session.get_one(ContactRow, contact_id)
    agency = contact.agency_id if contact.role in IN_AGENCY else None
    return any(row.id != contact_id for row in _in_role(session, contact.role, agency))


def told_to(session: Session, letter_id: int, contact_id: int) -> frozenset[int]:
    """Return the items of a letter that a contact has on the same channel in a letter of their own."""
    own = aliased(LetterItemRow)
    asked = (
        select(col(LetterItemRow.id))
        .join(
            own,
            (col(own.assignment_id) == col(LetterItemRow.assignment_id))
            & (col(own.deadline_version) == col(LetterItemRow.deadline_version))
            & (col(own.step) == col(LetterItemRow.step))
            & (col(own.channel) == col(LetterItemRow.channel)),
        )
        .where(
            col(LetterItemRow.outbox_id) == letter_id,
            col(own.contact_id) == contact_id,
            col(own.outbox_id) != letter_id,
            col(own.left_out).is_(None),
        )
    )
    return frozenset(number for number in session.scalars(asked) if number is not None)


def _substitutes(session: Session, contact_id: int, day: date) -> list[ContactRow]:
    """Return the contacts of those who stand in on a day for the person that a contact belongs to."""
    owner, other = aliased(AccountRow), aliased(AccountRow)
    rows = session.execute(
        select(col(owner.id), col(other.login), col(other.contact_id))
        .join(SubstitutionRow, col(SubstitutionRow.account_id) == col(owner.id))
        .join(other, col(other.id) == col(SubstitutionRow.substitute_id))
        .where(col(owner.contact_id) == contact_id, col(other.contact_id).is_not(None))
        .order_by(col(SubstitutionRow.id))
    )
    numbers = [number for person, login, number in rows.all() if _stands_in(session, login, person, day)]
    return [session.get_one(ContactRow, number) for number in dict.fromkeys(numbers)]


def _stands_in(session: Session, login: str, account_id: int, day: date) -> bool:
    """Tell whether somebody with a login stands in for an account on a day."""
    substitute = accounts.with_login(session, login)
    return (
        substitute is not None
        and substitute.active(day)
        and any(
            held.account.id == account_id and held.active(day) and may_stand_in(substitute, held.account)
            for held in accounts.stand_ins(session, substitute.id)
        )
    )


def _in_role(session: Session, role: Role, agency_id: int | None = None) -> list[ContactRow]:
    asked = select(ContactRow).where(col(ContactRow.role) == role, col(ContactRow.active).is_(True))
    if role in IN_AGENCY:
        asked = asked.where(col(ContactRow.agency_id) == agency_id)
    return list(session.scalars(asked.order_by(col(ContactRow.id))))
