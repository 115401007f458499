"""What each agency has to do, by when, and what came of it."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from tracker.domain.deadlines import DeadlineCause
from tracker.domain.requests import ExtensionState, ReportKind, Verdict
from tracker.domain.status import Status
from tracker.store.columns import json_list, one_of, surrogate


class AssignmentRow(SQLModel, table=True):
    """A task as given to one lead: the unit that is tracked, reminded and counted."""

    __tablename__: ClassVar[Any] = "assignments"
    __table_args__ = (
        UniqueConstraint("task_id", "lead_name", "occasion"),
        CheckConstraint("status NOT IN ('reported', 'confirmed') OR filed_on IS NOT NULL", "filed"),
        Index("ix_assignments_status_due_on", "status", "due_on"),
    )

    id: int | None = surrogate()
    task_id: int = Field(foreign_key="tasks.id")
    agency_id: int | None = Field(default=None, foreign_key="agencies.id", index=True)
    given_to_id: int | None = Field(
        default=None, foreign_key="agencies.id"
    )  # whom the document meant, once a successor has taken over; None while that is agency_id
    group_id: int | None = Field(
        default=None, foreign_key="agencies.id"
    )  # the group through which it was given
    lead_text: str  # as written in the document
    lead_name: str  # as the register named it at the document's date; never rewritten
    span_start: int
    span_end: int
    occasion: str = ""  # the date of an instance of a recurring duty; or what a transfer came from
    origin_id: int | None = Field(default=None, foreign_key="assignments.id", index=True)
    received_on: date | None = None  # when this agency got the document, where a period runs from that
    event_on: date | None = None  # when that happened from which its period runs
    recurrence: str | None = None  # when it comes round, in a person's words; None: in the document's
    status: Status = Field(default=Status.DRAFT, sa_type=one_of(Status, "status"))
    due_on: date | None = None  # the deadline in force
    deadline_version: int = 1
    assigned_on: date | None = None
    filed_on: date | None = None  # when the result that awaits or was given confirmation was filed
    suspended_until: date | None = None  # when to take a suspended assignment up again
    doubts: list[str] = json_list()
    version: int = 1


class DeadlineVersionRow(SQLModel, table=True):
    """A deadline an assignment has or had; triggers forbid changing or removing it, so the first stays."""

    __tablename__: ClassVar[Any] = "deadline_versions"
    __table_args__ = (UniqueConstraint("assignment_id", "version"),)

    id: int | None = surrogate()
    assignment_id: int = Field(foreign_key="assignments.id")
    version: int
    due_on: date | None = None
    cause: DeadlineCause = Field(sa_type=one_of(DeadlineCause, "cause"))
    explain: str = ""  # how the day was reached
    document: str | None = None  # the number of the document that grants or says it
    at: datetime
    actor: str


class ExtensionRow(SQLModel, table=True):
    """A request for more time, and its answer."""

    __tablename__: ClassVar[Any] = "extensions"
    __table_args__ = (
        CheckConstraint("state <> 'granted' OR granted_on IS NOT NULL", "granted"),
        Index(
            "uq_extensions_open",
            "assignment_id",
            unique=True,
            sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
    )

    id: int | None = surrogate()
    assignment_id: int = Field(foreign_key="assignments.id", index=True)
    asked_on: date
    asked_by: str
    reason: str
    proposed_on: date
    in_time: bool  # asked before the limit that the office sets
    state: ExtensionState = Field(sa_type=one_of(ExtensionState, "state"))
    granted_on: date | None = None  # the new last on-time day
    decided_at: datetime | None = None
    decided_by: str | None = None
    answer: str = ""
    document: str | None = None
    directive_id: int | None = Field(default=None, foreign_key="directives.id")  # found in a new document


class ReportRow(SQLModel, table=True):
    """What an agency says of its work: progress, an obstacle, or the result."""

    __tablename__: ClassVar[Any] = "reports"

    id: int | None = surrogate()
    assignment_id: int = Field(foreign_key="assignments.id", index=True)
    kind: ReportKind = Field(sa_type=one_of(ReportKind, "kind"))
    filed_on: date
    at: datetime
    actor: str
    words: str
    document: str | None = None  # the number of the document that is the result
    document_on: date | None = None
    verdict: Verdict | None = Field(default=None, sa_type=one_of(Verdict, "verdict"))
    decided_at: datetime | None = None
    decided_by: str | None = None
    reason: str = ""  # why it was returned


class EvidenceRow(SQLModel, table=True):
    """A file handed in with a report, kept by its content hash."""

    __tablename__: ClassVar[Any] = "evidence"
    __table_args__ = (UniqueConstraint("report_id", "sha256"),)

    id: int | None = surrogate()
    report_id: int = Field(foreign_key="reports.id")
    sha256: str = Field(index=True)
    file_name: str
    size: int
    stored_as: str


class ExplanationRow(SQLModel, table=True):
    """A request to explain why work is late, and its answer."""

    __tablename__: ClassVar[Any] = "explanations"

    id: int | None = surrogate()
    assignment_id: int = Field(foreign_key="assignments.id", index=True)
    asked_at: datetime
    asked_by: str
    answer_by: date
    words: str = ""  # what is asked
    answered_at: datetime | None = None
    answered_by: str | None = None
    answer: str = ""
    objective: bool | None = None  # whether the cause was confirmed as beyond the agency's power
    confirmed_at: datetime | None = None
    confirmed_by: str | None = None
