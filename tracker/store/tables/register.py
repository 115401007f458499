"""The register: agencies, their names, groups and successors; and who letters go to."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from tracker.domain.people import EmailState, Role
from tracker.store.columns import one_of, surrogate


class AgencyRow(SQLModel, table=True):
    """An agency, a group of agencies, or an outside body that may be given work."""

    __tablename__: ClassVar[Any] = "agencies"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to", "dates"),
    )

    id: int | None = surrogate()
    code: str = Field(unique=True)
    name: str
    kind: str  # department, office, centre, district, company, group …: the register's own words
    level: str = ""  # central, province, district, commune; empty where the register does not say
    parent_id: int | None = Field(default=None, foreign_key="agencies.id", index=True)
    outside: bool = False  # a company or other body: a contact, no account, no ranking
    is_group: bool = False
    valid_from: date | None = None
    valid_to: date | None = None


class AgencyAliasRow(SQLModel, table=True):
    """Another name an agency goes by."""

    __tablename__: ClassVar[Any] = "agency_aliases"
    __table_args__ = (UniqueConstraint("agency_id", "alias"),)

    id: int | None = surrogate()
    agency_id: int = Field(foreign_key="agencies.id", ondelete="CASCADE")
    alias: str = Field(index=True)
    valid_from: date | None = None
    valid_to: date | None = None


class AgencyMemberRow(SQLModel, table=True):
    """An agency's place in a group such as «UBND cấp huyện»."""

    __tablename__: ClassVar[Any] = "agency_members"

    group_id: int = Field(foreign_key="agencies.id", primary_key=True, ondelete="CASCADE")
    agency_id: int = Field(foreign_key="agencies.id", primary_key=True, ondelete="CASCADE", index=True)
    valid_from: date | None = None
    valid_to: date | None = None


class SuccessionRow(SQLModel, table=True):
    """An agency that took over from another, wholly or in part; a merger has several rows, a split too."""

    __tablename__: ClassVar[Any] = "successions"
    __table_args__ = (
        UniqueConstraint("old_id", "new_id", "on_day"),
        CheckConstraint("old_id <> new_id", "another"),
    )

    id: int | None = surrogate()
    old_id: int = Field(foreign_key="agencies.id", index=True)
    new_id: int = Field(foreign_key="agencies.id", index=True)
    on_day: date  # the first day on which the successor answers
    scope: str = ""  # the field or territory that passed over; empty: all of it
    basis: str  # the decision or resolution


class ContactRow(SQLModel, table=True):
    """A person or a mailbox that letters go to."""

    __tablename__: ClassVar[Any] = "contacts"
    __table_args__ = (
        CheckConstraint(
            "email IS NOT NULL OR zalo_chat_id IS NOT NULL OR phone IS NOT NULL OR zalo_user_id IS NOT NULL",
            "an_address",
        ),
        CheckConstraint("role NOT IN ('officer', 'head') OR agency_id IS NOT NULL", "an_agency"),
    )

    id: int | None = surrogate()
    code: str = Field(unique=True)
    name: str
    agency_id: int | None = Field(
        default=None, foreign_key="agencies.id", index=True
    )  # None: the whole office
    role: Role = Field(sa_type=one_of(Role, "role"))
    email: str | None = None
    zalo_chat_id: str | None = None
    active: bool = True
    phone: str | None = None  # 84…; for templates sent by telephone number
    zalo_user_id: str | None = None  # as the office's official account knows the reader
    zalo_linked_at: datetime | None = None
    zalo_source: str | None = None  # the message that linked
    consented_at: datetime | None = None  # to messages by telephone number
    email_state: EmailState = Field(default=EmailState.OK, sa_type=one_of(EmailState, "email_state"))
    hard_bounces: int = 0
