"""What happened, the runs, and the counters."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from tracker.store.columns import JSON_VALUE, surrogate


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
    previous_hash: str | None = None  # of the line before it
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


class ChainRow(SQLModel, table=True):
    """The end of the chain of history, so that lines cut off at the end are missed too."""

    __tablename__: ClassVar[Any] = "chain"
    __table_args__ = (CheckConstraint("id = 1", "single"),)

    id: int = Field(primary_key=True)
    count: int
    last_hash: str


class HoldRow(SQLModel, table=True):
    """Why nothing is sent: what was brought in from elsewhere waits until a person has seen the preview."""

    __tablename__: ClassVar[Any] = "holds"

    id: int | None = surrogate()
    reason: str
    directive_id: int | None = Field(
        default=None, foreign_key="directives.id", index=True
    )  # about one document; None: the whole office
    since: datetime
    released_at: datetime | None = None
    released_by: str | None = None
