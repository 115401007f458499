"""Links in letters that let their reader act, and the forms sent from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlmodel import Session, col, func, select

from tracker.domain.accounts import Account
from tracker.domain.links import LinkAction, LinkFacts
from tracker.domain.people import IN_AGENCY, AccountRole, Role
from tracker.store import accounts
from tracker.store.tables import (
    AccountRow,
    ActionLinkRow,
    AssignmentRow,
    ContactRow,
    LinkUseRow,
    TaskRow,
)
from tracker.store.upsert import insert_new

CONTACT: Final = "contact:"  # before the code of a reader without an account: no login has a colon
_END: Final = datetime.max.replace(tzinfo=UTC)
_AS_ACCOUNT: Final = {Role.OFFICER: AccountRole.AGENCY_OFFICER, Role.HEAD: AccountRole.AGENCY_HEAD}


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenLink:
    """A link with its reader and its work."""

    id: int
    contact_id: int
    contact: str  # the reader's code
    name: str  # the reader's
    assignment_id: int
    task: str  # its code
    issued_at: datetime
    facts: LinkFacts
    uses: int


@dataclass(frozen=True, slots=True)
class LinkUse:
    """A form that was taken."""

    action: LinkAction
    at: datetime


def issue(
    session: Session, contact_id: int, assignment_id: int, *, now: datetime, until: datetime
) -> tuple[int, int]:
    """Give a reader a link to an assignment for some time; return the link's row number and revision.

    One that is there holds longer; one that was revoked comes back under a new revision, so that what was
    sent before stays dead.
    """
    key = {"contact_id": contact_id, "assignment_id": assignment_id}
    insert_new(session, ActionLinkRow, {**key, "issued_at": now, "expires_at": until, "revision": 1})
    row = session.exec(
        select(ActionLinkRow)
        .where(col(ActionLinkRow.contact_id) == contact_id, col(ActionLinkRow.assignment_id) == assignment_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    row.issued_at, row.expires_at = now, max(row.expires_at, until)
    if row.revoked_at is not None:
        row.revoked_at, row.expires_at, row.revision = None, until, row.revision + 1
    session.flush()
    return row.id or 0, row.revision


def with_id(session: Session, link_id: int) -> SeenLink | None:
    """Return a link as it stands now."""
    found = listing(session, col(ActionLinkRow.id) == link_id)
    return found[0] if found else None


def may_be_issued(session: Session, contact_id: int, assignment_id: int) -> LinkFacts | None:
    """Return what decides whether a reader is given a link to an assignment; None for none of either."""
    contact, assignment = session.get(ContactRow, contact_id), session.get(AssignmentRow, assignment_id)
    return None if contact is None or assignment is None else _facts(None, contact, assignment)


def listing(session: Session, *conditions: Any) -> list[SeenLink]:
    """Return the links that meet conditions, the newest letter's first."""
    uses: Any = (
        select(func.count(col(LinkUseRow.id)))
        .where(col(LinkUseRow.link_id) == col(ActionLinkRow.id))
        .scalar_subquery()
    )
    rows = session.execute(
        select(ActionLinkRow, ContactRow, AssignmentRow, TaskRow.code, uses)  # type: ignore[call-overload]
        .join(ContactRow, col(ContactRow.id) == col(ActionLinkRow.contact_id))
        .join(AssignmentRow, col(AssignmentRow.id) == col(ActionLinkRow.assignment_id))
        .join(TaskRow, col(TaskRow.id) == col(AssignmentRow.task_id))
        .where(*conditions)
        .order_by(col(ActionLinkRow.issued_at).desc(), col(ActionLinkRow.id).desc())
    )
    return [
        SeenLink(
            id=link.id or 0,
            contact_id=link.contact_id,
            contact=contact.code,
            name=contact.name,
            assignment_id=link.assignment_id,
            task=code,
            issued_at=link.issued_at,
            facts=_facts(link, contact, assignment),
            uses=used,
        )
        for link, contact, assignment, code, used in rows
    ]


def chosen(
    session: Session,
    *,
    numbers: Sequence[int] = (),
    contact: str | None = None,
    assignment_id: int | None = None,
) -> list[SeenLink]:
    """Return some links by their numbers, their reader's code and their assignment; all for none of these."""
    conditions: list[Any] = []
    if numbers:
        conditions.append(col(ActionLinkRow.id).in_(numbers))
    if contact is not None:
        conditions.append(col(ContactRow.code) == contact)
    if assignment_id is not None:
        conditions.append(col(ActionLinkRow.assignment_id) == assignment_id)
    return listing(session, *conditions)


def revoke(session: Session, link_id: int, at: datetime) -> None:
    """Take a link back: it shows and takes nothing more."""
    session.get_one(ActionLinkRow, link_id, with_for_update=True).revoked_at = at


def use(session: Session, link_id: int, action: LinkAction, nonce: str, at: datetime) -> bool:
    """Take a form, once: return False where it was taken before.

    On PostgreSQL this waits for a copy of the form that is just being taken.
    """
    return insert_new(
        session, LinkUseRow, {"link_id": link_id, "action": str(action), "nonce": nonce, "at": at}
    )


def used(session: Session, link_id: int, nonce: str) -> LinkUse | None:
    """Return what a form did, None for one that was not taken from this link."""
    row = session.exec(
        select(LinkUseRow).where(col(LinkUseRow.link_id) == link_id, col(LinkUseRow.nonce) == nonce)
    ).first()
    return None if row is None else LinkUse(LinkAction(row.action), row.at)


def accounts_of(session: Session, contact_id: int) -> list[Account]:
    """Return the accounts that a contact belongs to, also of those who left."""
    logins = session.exec(
        select(AccountRow.login).where(col(AccountRow.contact_id) == contact_id).order_by(col(AccountRow.id))
    ).all()
    return [one for login in logins if (one := accounts.with_login(session, login)) is not None]


def reader_as_account(session: Session, actor: str) -> Account | None:
    """Return the reader that «contact:…» names as decisions on permission see a person; None for none."""
    if not actor.startswith(CONTACT):
        return None
    row = session.exec(select(ContactRow).where(col(ContactRow.code) == actor.removeprefix(CONTACT))).first()
    if row is None or not row.active or row.role not in IN_AGENCY:
        return None
    return Account(id=0, login=actor, name=row.name, role=_AS_ACCOUNT[row.role], agency_id=row.agency_id)


def name_of(session: Session, actor: str) -> str:
    """Return the name of who acted, as a reader knows them; the actor's own word where nobody has it."""
    if actor.startswith(CONTACT):
        code = actor.removeprefix(CONTACT)
        return session.exec(select(ContactRow.name).where(col(ContactRow.code) == code)).first() or code
    account = accounts.with_login(session, actor)
    return actor if account is None else account.name


def _facts(link: ActionLinkRow | None, contact: ContactRow, assignment: AssignmentRow) -> LinkFacts:
    return LinkFacts(
        revision=0 if link is None else link.revision,
        revoked=link is not None and link.revoked_at is not None,
        expires_at=_END if link is None else link.expires_at,
        reader_active=contact.active,
        role=contact.role,
        reader_agency=contact.agency_id,
        agency=assignment.agency_id,
        status=assignment.status,
    )
