"""Why something was or was not said: ladders, frozen figures, and a note for each step of each run."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from tracker.domain.notes import NoteOutcome
from tracker.domain.people import Role
from tracker.store.columns import JSON_VALUE, json_list, one_of, surrogate


class LadderRow(SQLModel, table=True):
    """A version of the ladder; the newest is in force."""

    __tablename__: ClassVar[Any] = "ladders"

    version: int = Field(primary_key=True)
    steps: list[dict[str, Any]] = json_list()
    per_day: int  # letters to a reader on a channel and day, at most
    standing: dict[str, Any] = Field(sa_type=JSON_VALUE)  # how often a role is sent what is still late
    created_at: datetime
    created_by: str


class SnapshotRow(SQLModel, table=True):
    """The figures of a business date as every letter, page and sheet of that run prints them."""

    __tablename__: ClassVar[Any] = "snapshots"

    id: str = Field(primary_key=True)  # S-20201105-1
    business_date: date = Field(index=True)
    cut_off_at: datetime
    figures: dict[str, Any] = Field(sa_type=JSON_VALUE)
    hash: str


class StepNoteRow(SQLModel, table=True):
    """What became of a step for one reader on one day, and why; only ever added."""

    __tablename__: ClassVar[Any] = "step_notes"
    __table_args__ = (Index("ix_step_notes_contact_id_business_date", "contact_id", "business_date"),)

    id: int | None = surrogate()
    business_date: date = Field(index=True)
    assignment_id: int = Field(foreign_key="assignments.id", index=True)
    deadline_version: int
    ladder_version: int
    step: str
    role: Role | None = Field(default=None, sa_type=one_of(Role, "role"), nullable=True)
    contact_id: int | None = Field(default=None, foreign_key="contacts.id")
    channel: str | None = None
    outcome: NoteOutcome = Field(sa_type=one_of(NoteOutcome, "outcome"))
    reason: str = ""
    outbox_id: int | None = Field(default=None, foreign_key="outbox.id", index=True)
    at: datetime
