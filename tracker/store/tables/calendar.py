"""Days that the office has decided about, over those that ship with the program."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlmodel import Field, SQLModel

from directives.calendar import DayKind, Standing
from tracker.store.columns import one_of


class CalendarDayRow(SQLModel, table=True):
    """A day off, a day worked or a day as usual, and the decision that says so."""

    __tablename__: ClassVar[Any] = "calendar_days"

    day: date = Field(primary_key=True)
    kind: DayKind = Field(sa_type=one_of(DayKind, "kind"))
    name: str
    decision: str
    standing: Standing = Field(sa_type=one_of(Standing, "standing"))
    swapped_with: date | None = None
    at: datetime
    actor: str


class CalendarYearRow(SQLModel, table=True):
    """A year whose days off are all known."""

    __tablename__: ClassVar[Any] = "calendar_years"

    year: int = Field(primary_key=True)
    at: datetime
    actor: str
