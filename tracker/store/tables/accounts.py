"""Who may use the program, and who stands in for whom."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from tracker.domain.people import AccountRole
from tracker.store.columns import one_of, surrogate


class AccountRow(SQLModel, table=True):
    """A person who acts under a name of their own; leavers stay, since history names them."""

    __tablename__: ClassVar[Any] = "accounts"
    __table_args__ = (
        CheckConstraint(
            "role NOT IN ('agency-head', 'agency-officer') OR agency_id IS NOT NULL", "an_agency"
        ),
        CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to", "dates"),
    )

    id: int | None = surrogate()
    login: str = Field(unique=True)
    name: str
    role: AccountRole = Field(sa_type=one_of(AccountRole, "role"))
    agency_id: int | None = Field(default=None, foreign_key="agencies.id", index=True)
    contact_id: int | None = Field(default=None, foreign_key="contacts.id", index=True)
    password_hash: str | None = None  # argon2id; None: no login by password
    valid_from: date | None = None
    valid_to: date | None = None  # the last day before the person left
    created_at: datetime
    version: int = 1


class SubstitutionRow(SQLModel, table=True):
    """Somebody stands in for somebody else for some days."""

    __tablename__: ClassVar[Any] = "substitutions"
    __table_args__ = (
        CheckConstraint("account_id <> substitute_id", "another"),
        CheckConstraint("from_on <= to_on", "dates"),
    )

    id: int | None = surrogate()
    account_id: int = Field(foreign_key="accounts.id", index=True)
    substitute_id: int = Field(foreign_key="accounts.id", index=True)
    from_on: date
    to_on: date
    reason: str = ""
    ended_at: datetime | None = None  # called off before its time
