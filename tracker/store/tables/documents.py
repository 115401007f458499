"""Documents, the documents they name, and the tasks that were read in them."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from directives.model import Urgency
from tracker.store.columns import JSON_VALUE, json_list, one_of, surrogate


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
    received_on: date | None = None  # when the agencies got it, where that is known for all of them alike
    urgency: Urgency = Field(default=Urgency.NORMAL, sa_type=one_of(Urgency, "urgency"))
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
    continues_id: int | None = Field(
        default=None, foreign_key="tasks.id", index=True
    )  # of a replaced document


class TaskLinkRow(SQLModel, table=True):
    """What a person decided about two tasks that look alike; nothing is ever merged by itself."""

    __tablename__: ClassVar[Any] = "task_links"
    __table_args__ = (UniqueConstraint("task_id", "other_id"), CheckConstraint("task_id < other_id", "order"))

    id: int | None = surrogate()
    task_id: int = Field(foreign_key="tasks.id", index=True)
    other_id: int = Field(foreign_key="tasks.id", index=True)
    same: bool
    at: datetime
    actor: str


class RevisionRow(SQLModel, table=True):
    """A document that replaces or corrects another, once a person has accepted what that changes."""

    __tablename__: ClassVar[Any] = "revisions"
    __table_args__ = (UniqueConstraint("old_id", "new_id"), CheckConstraint("old_id <> new_id", "another"))

    id: int | None = surrogate()
    old_id: int = Field(foreign_key="directives.id", index=True)
    new_id: int = Field(foreign_key="directives.id", index=True)
    relation: str
    accepted_at: datetime
    accepted_by: str
