"""An office with two departments and one task, and the acts on it: what the tests of the lifecycle share."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import col, select

from directives.calendar import default_calendar
from directives.deadlines.policy import DEFAULT_POLICY
from tests.tracker.factories import a_deadline, a_directive, a_draft, an_agency
from tracker.domain.extensions import ExtensionRules
from tracker.domain.status import Status
from tracker.domain.timing import Timing, timing_of
from tracker.services.office import Office
from tracker.store import assignments
from tracker.store.assignments import Choice, Tracked
from tracker.store.events import Act, Event, history
from tracker.store.session import reading, transaction
from tracker.store.tables import AssignmentRow

GIVEN, DUE = date(2020, 4, 3), date(2020, 4, 20)  # a Friday and a Monday
OTHER = "so-tai-chinh"


def an_act(day: date, actor: str = "Lan") -> Act:
    """Act on the morning of a day."""
    return Act(actor, "cli", datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC))


@dataclass(frozen=True)
class Work:
    """One task given to Sở Công Thương on 03/4/2020, due on 20/4; the acts are the services' own."""

    engine: Engine
    folder: Path
    id: int = 1
    rules: ExtensionRules = field(default_factory=ExtensionRules)

    def office(self, day: date) -> Office:
        """Return the office as it is on a day."""
        return Office(
            today=day,
            rules=self.rules,
            policy=DEFAULT_POLICY,
            files_dir=self.folder / "files",
        )

    def now(self, number: int | None = None) -> Tracked:
        """Return how the assignment stands."""
        with reading(self.engine) as session:
            return assignments.tracked(session, Choice(ids=frozenset({number or self.id})))[0]

    @property
    def status(self) -> Status:
        """Return where the assignment stands."""
        return self.now().facts.status

    def timing(self, day: date) -> Timing:
        """Return how the assignment stands in time on a day."""
        return timing_of(self.now().facts, day, default_calendar())

    def story(self, number: int | None = None) -> list[Event]:
        """Return what was done with the assignment."""
        with reading(self.engine) as session:
            return history(session, "assignment", number or self.id)

    def under(self, **rules: object) -> "Work":
        """Return the same work under other rules."""
        return replace(self, rules=ExtensionRules(**rules))  # type: ignore[arg-type]


def some_work(engine: Engine, folder: Path, due_on: date | None = DUE) -> Work:
    """Give Sở Công Thương a task; Sở Tài chính has none."""
    with transaction(engine) as session:
        an_agency(session)
        an_agency(session, OTHER, "Sở Tài chính")
        a_directive(session, a_draft(None if due_on is None else a_deadline(due_on)))
        number = session.exec(select(AssignmentRow.id).order_by(col(AssignmentRow.id))).one()
    return Work(engine, folder, number or 0)
