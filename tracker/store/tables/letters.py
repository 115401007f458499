"""Letters, what each of them says, and every try at sending them."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from notifications.outbox import OutboxState
from tracker.domain.people import Role
from tracker.store.columns import one_of, surrogate


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
    urgent: bool = False  # may go outside the sending hours
    fallback_of: int | None = Field(
        default=None, foreign_key="outbox.id", unique=True
    )  # the letter of another channel that this one stands in for
    snapshot_id: str | None = Field(default=None, foreign_key="snapshots.id")
    calendar: str | None = None  # an iCalendar object that goes with it


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
