"""The people who act under a name of their own, and who stands in for whom."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from tracker.clock import office_day
from tracker.domain.accounts import Account, StandIn
from tracker.domain.people import AccountRole
from tracker.store.tables import AccountRow, AgencyRow, ContactRow, SubstitutionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountEntry:
    """An account as it is listed and loaded."""

    login: str
    name: str
    role: AccountRole
    agency: str | None = None  # the agency's code
    contact: str | None = None  # the contact's code: where letters for this person go
    valid_from: date | None = None
    valid_to: date | None = None
    has_password: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitution:
    """Who stands in for whom, as it is listed."""

    id: int
    login: str
    substitute: str
    from_on: date
    to_on: date
    reason: str
    ended_on: date | None


def none_yet(session: Session) -> bool:
    """Tell whether there is no account at all: then whoever sits at the machine acts."""
    return session.exec(select(AccountRow.id).limit(1)).first() is None


def with_login(session: Session, login: str) -> Account | None:
    """Return the account of a login, None for an unknown one."""
    row = session.exec(select(AccountRow).where(col(AccountRow.login) == login)).first()
    return None if row is None else _account(row)


def everybody(session: Session) -> list[Account]:
    """Return all accounts as decisions see them, in the order they came."""
    return [_account(row) for row in session.exec(select(AccountRow).order_by(col(AccountRow.id)))]


def stand_ins(session: Session, account_id: int) -> list[StandIn]:
    """Return whom a person stands in for, at whatever time."""
    rows = session.exec(
        select(SubstitutionRow, AccountRow)
        .join(AccountRow, col(AccountRow.id) == col(SubstitutionRow.account_id))
        .where(col(SubstitutionRow.substitute_id) == account_id)
        .order_by(col(SubstitutionRow.id))
    )
    return [
        StandIn(
            account=_account(account),
            from_on=row.from_on,
            to_on=row.to_on,
            ended_on=_day(row.ended_at),
        )
        for row, account in rows
    ]


def entries(session: Session) -> list[AccountEntry]:
    """Return every account, also of those who left, in the order they came."""
    rows = session.exec(
        select(AccountRow, AgencyRow.code, ContactRow.code)
        .outerjoin(AgencyRow, col(AgencyRow.id) == col(AccountRow.agency_id))
        .outerjoin(ContactRow, col(ContactRow.id) == col(AccountRow.contact_id))
        .order_by(col(AccountRow.id))
    )
    return [
        AccountEntry(
            login=row.login,
            name=row.name,
            role=row.role,
            agency=agency,
            contact=contact,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            has_password=row.password_hash is not None,
        )
        for row, agency, contact in rows
    ]


def save(
    session: Session, entry: AccountEntry, agency_id: int | None, contact_id: int | None, *, at: datetime
) -> int:
    """Write an account in place of what was known of it, but for its password; return its row number."""
    found = select(AccountRow).where(col(AccountRow.login) == entry.login).with_for_update()
    row = session.exec(found).first()
    if row is None:
        row = AccountRow(login=entry.login, name=entry.name, role=entry.role, created_at=at)
    else:
        row.version += 1
    row.name, row.role = entry.name, entry.role
    row.agency_id, row.contact_id = agency_id, contact_id
    row.valid_from, row.valid_to = entry.valid_from, entry.valid_to
    session.add(row)
    session.flush()
    return row.id or 0


def password_hash(session: Session, account_id: int) -> str | None:
    """Return the hash of a person's password, None where there is none."""
    return session.get_one(AccountRow, account_id).password_hash


def set_password_hash(session: Session, account_id: int, hashed: str) -> None:
    """Keep the hash of a new password."""
    row = session.get_one(AccountRow, account_id, with_for_update=True)
    row.password_hash = hashed
    row.version += 1


def substitutions(session: Session) -> list[Substitution]:
    """Return who stands or stood in for whom, the newest last."""
    logins = {account.id: account.login for account in everybody(session)}
    rows = session.exec(select(SubstitutionRow).order_by(col(SubstitutionRow.id)))
    return [
        Substitution(
            id=row.id or 0,
            login=logins[row.account_id],
            substitute=logins[row.substitute_id],
            from_on=row.from_on,
            to_on=row.to_on,
            reason=row.reason,
            ended_on=_day(row.ended_at),
        )
        for row in rows
    ]


def substitute(session: Session, stand_in: StandIn, substitute_id: int, reason: str) -> int:
    """Let somebody stand in for somebody; return the row number."""
    row = SubstitutionRow(
        account_id=stand_in.account.id,
        substitute_id=substitute_id,
        from_on=stand_in.from_on,
        to_on=stand_in.to_on,
        reason=reason,
    )
    session.add(row)
    session.flush()
    return row.id or 0


def end_substitution(session: Session, number: int, at: datetime) -> None:
    """Call a substitution off."""
    session.get_one(SubstitutionRow, number, with_for_update=True).ended_at = at


def shorten_substitution(session: Session, number: int, to_on: date) -> None:
    """Let a substitution end with a day before it was to."""
    session.get_one(SubstitutionRow, number, with_for_update=True).to_on = to_on


def _account(row: AccountRow) -> Account:
    return Account(
        id=row.id or 0,
        login=row.login,
        name=row.name,
        role=row.role,
        agency_id=row.agency_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else office_day(moment)
