"""The rows. They stay inside the store: what leaves it is a frozen value.

SQLModel does not validate rows, so they are only given values that are already right;
constraints are the last guard.
"""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from notifications.outbox import OutboxState
from tracker.domain.people import Role
from tracker.domain.status import Status
from tracker.store.columns import JSON_VALUE, json_list, one_of, surrogate


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


class AgencyMemberRow(SQLModel, table=True):
    """An agency's place in a group such as «UBND cấp huyện»."""

    __tablename__: ClassVar[Any] = "agency_members"

    group_id: int = Field(foreign_key="agencies.id", primary_key=True, ondelete="CASCADE")
    agency_id: int = Field(foreign_key="agencies.id", primary_key=True, ondelete="CASCADE", index=True)


class ContactRow(SQLModel, table=True):
    """A person or a mailbox that letters go to."""

    __tablename__: ClassVar[Any] = "contacts"
    __table_args__ = (
        CheckConstraint("email IS NOT NULL OR zalo_chat_id IS NOT NULL", "an_address"),
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


class DirectiveRow(SQLModel, table=True):
    """A document that was taken in, with the canonical text every span points into."""

    __tablename__: ClassVar[Any] = "directives"

    id: int | None = surrogate()
    sha256: str = Field(unique=True)
    identity: str | None = Field(
        default=None, unique=True
    )  # issuer, number and date, folded; None while one is unknown
    number: str | None = Field(default=None, index=True)
    issued_on: date | None = None
    issuer: str | None = None
    genre: str
    subject: str | None = None
    signer: str | None = None
    text: str
    file_name: str
    format: str
    pages: int | None = None
    stored_as: str  # under the files folder, by content hash
    doubts: list[dict[str, Any]] = json_list()
    taken_in_at: datetime
    taken_in_by: str
    approved_at: datetime | None = None
    approved_by: str | None = None
    version: int = 1


class CitationRow(SQLModel, table=True):
    """Another document that a directive names."""

    __tablename__: ClassVar[Any] = "citations"

    id: int | None = surrogate()
    directive_id: int = Field(foreign_key="directives.id", index=True)
    number: str = Field(index=True)
    issued_on: date | None = None
    relation: str
    span_start: int
    span_end: int


class TaskRow(SQLModel, table=True):
    """One instruction with one deadline or none, as it was read; the original deadline never changes."""

    __tablename__: ClassVar[Any] = "tasks"
    __table_args__ = (
        UniqueConstraint("directive_id", "ordinal"),
        CheckConstraint("span_start < span_end", "span"),
    )

    id: int | None = surrogate()
    code: str = Field(unique=True)  # NV-2020-0001
    directive_id: int = Field(foreign_key="directives.id")
    ordinal: int
    item: str | None = None
    action: str
    text: str
    span_start: int
    span_end: int
    coordinators: list[dict[str, Any]] = json_list()
    recipient: dict[str, Any] | None = Field(default=None, sa_type=JSON_VALUE)
    deadline_text: str | None = None
    deadline_start: int | None = None
    deadline_end: int | None = None
    deadline_kind: str | None = None
    stated: date | None = None
    exclusive: bool = False
    due_on: date | None = None
    due_time: str | None = None
    every: str | None = None
    explain: str = ""
    rule: str = ""
    confidence: float
    doubts: list[str] = json_list()


class AssignmentRow(SQLModel, table=True):
    """A task as given to one lead: the unit that is tracked, reminded and counted."""

    __tablename__: ClassVar[Any] = "assignments"
    __table_args__ = (
        UniqueConstraint("task_id", "lead_name"),
        CheckConstraint("status NOT IN ('reported', 'confirmed') OR filed_on IS NOT NULL", "filed"),
        Index("ix_assignments_status_due_on", "status", "due_on"),
    )

    id: int | None = surrogate()
    task_id: int = Field(foreign_key="tasks.id")
    agency_id: int | None = Field(default=None, foreign_key="agencies.id", index=True)
    group_id: int | None = Field(
        default=None, foreign_key="agencies.id"
    )  # the group through which it was given
    lead_text: str  # as written in the document
    lead_name: str  # as the register named it at the document's date; never rewritten
    span_start: int
    span_end: int
    status: Status = Field(default=Status.DRAFT, sa_type=one_of(Status, "status"))
    due_on: date | None = None  # the deadline in force
    deadline_version: int = 1
    assigned_on: date | None = None
    filed_on: date | None = None  # when the result that awaits or was given confirmation was filed
    doubts: list[str] = json_list()
    version: int = 1


class OutboxRow(SQLModel, table=True):
    """A letter to one reader on one channel, from the plan to the proof."""

    __tablename__: ClassVar[Any] = "outbox"
    __table_args__ = (Index("ix_outbox_state_next_try_at", "state", "next_try_at"),)

    id: int | None = surrogate()
    key: str = Field(unique=True)
    kind: str
    business_date: date | None = Field(default=None, index=True)
    contact_id: int | None = Field(default=None, foreign_key="contacts.id")
    channel: str
    address: str
    message_id: str = Field(unique=True)
    subject: str = ""  # the words as planned; from the moment of sending, as sent
    text: str
    html: str | None = None
    thread_key: str = ""
    state: OutboxState = Field(default=OutboxState.QUEUED, sa_type=one_of(OutboxState, "state"))
    attempts: int = 0
    created_at: datetime
    next_try_at: datetime
    expires_at: datetime | None = None  # not worth sending after this moment
    lease_owner: str | None = None
    lease_until: datetime | None = None
    sent_at: datetime | None = None
    provider_id: str | None = None
    last_code: str | None = None
    last_detail: str | None = None


class LetterItemRow(SQLModel, table=True):
    """A step of an assignment that a letter tells its reader of; the key keeps it from being said twice."""

    __tablename__: ClassVar[Any] = "letter_items"
    __table_args__ = (
        Index(  # what was left out was not said, and may be planned again
            "uq_letter_items_step",
            *("assignment_id", "deadline_version", "ladder_version", "step", "contact_id", "channel"),
            unique=True,
            sqlite_where=text("left_out IS NULL"),
            postgresql_where=text("left_out IS NULL"),
        ),
    )

    id: int | None = surrogate()
    outbox_id: int = Field(foreign_key="outbox.id", index=True)
    assignment_id: int = Field(foreign_key="assignments.id")
    deadline_version: int
    ladder_version: int
    step: str
    contact_id: int = Field(foreign_key="contacts.id")
    channel: str
    role: Role = Field(sa_type=one_of(Role, "role"))  # in which the contact is written to
    kind: str  # a reminder or an overdue notice, as it stood when it was planned
    left_out: str | None = None  # why the letter was sent or dropped without it


class AttemptRow(SQLModel, table=True):
    """One try at sending a letter; only ever added."""

    __tablename__: ClassVar[Any] = "attempts"
    __table_args__ = (UniqueConstraint("outbox_id", "ordinal"),)

    id: int | None = surrogate()
    outbox_id: int = Field(foreign_key="outbox.id")
    ordinal: int
    worker: str
    started_at: datetime
    finished_at: datetime | None = None
    outcome: str | None = None
    code: str | None = None
    detail: str | None = None


class EventRow(SQLModel, table=True):
    """One line of history; triggers forbid changing or removing it."""

    __tablename__: ClassVar[Any] = "events"
    __table_args__ = (Index("ix_events_entity_entity_id", "entity", "entity_id"),)

    id: int | None = surrogate()
    at: datetime
    actor: str
    channel: str  # cli, web, link, run …
    action: str
    entity: str
    entity_id: int
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON_VALUE)
    after: dict[str, Any] | None = Field(default=None, sa_type=JSON_VALUE)
    previous_hash: str | None = None  # the chain that makes tampering visible; filled once it is built
    hash: str | None = None


class RunRow(SQLModel, table=True):
    """A business date's run: one row a date, whatever calls it and however often."""

    __tablename__: ClassVar[Any] = "runs"

    business_date: date = Field(primary_key=True)
    started_at: datetime
    finished_at: datetime | None = None
    report: dict[str, Any] | None = Field(default=None, sa_type=JSON_VALUE)


class SerialRow(SQLModel, table=True):
    """The last number given out in a series, such as the tasks of one year."""

    __tablename__: ClassVar[Any] = "serials"

    series: str = Field(primary_key=True)
    last: int
