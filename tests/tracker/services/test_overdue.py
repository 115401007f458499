"""The overdue list: complete, worst first, and by agency."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from directives.calendar import default_calendar
from directives.model import DeadlineKind, Span
from tests.tracker.factories import a_deadline, a_directive, a_draft, a_mention, an_agency
from tracker.domain.status import Status
from tracker.errors import NotFound
from tracker.services.overdue import OverdueItem, overdue_list
from tracker.store.session import reading, transaction
from tracker.store.tables import AssignmentRow

CALENDAR = default_calendar()
FRIDAY = date(2020, 4, 10)
DEPARTMENT = "so-khoa-hoc-va-cong-nghe"


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Engine:
    """Give two agencies with work that is late, not yet due, undated or not yet approved."""
    with transaction(engine) as session:
        an_agency(session)
        an_agency(session, DEPARTMENT, "Sở Khoa học và Công nghệ", aliases=("Sở KH&CN",))
        other = (a_mention("Sở Khoa học và Công nghệ", DEPARTMENT),)
        a_directive(
            session,
            a_draft(a_deadline(date(2020, 4, 8)), item="1"),
            a_draft(a_deadline(date(2020, 4, 3)), item="2", leads=other),
            a_draft(a_deadline(FRIDAY), item="3"),
            a_draft(None, item="4"),
            a_draft(a_deadline(None, DeadlineKind.RECURRING), item="5"),
            number="120/TB-UBND",
        )
        a_directive(session, a_draft(a_deadline(date(2020, 1, 2))), approved=False)
    return engine


def overdue(engine: Engine, on: date = FRIDAY, agency: str | None = None) -> list[OverdueItem]:
    """Ask for the list."""
    with reading(engine) as session:
        return overdue_list(session, on, calendar=CALENDAR, agency=agency)


def test_the_longest_overdue_comes_first(office: Engine) -> None:
    """Only approved work with a day that has passed is listed, with both counts of days."""
    items = overdue(office)

    assert [(item.item, item.days, item.working_days) for item in items] == [("2", 7, 5), ("1", 2, 2)]
    assert items[0].document == "Thông báo 120/TB-UBND"
    assert items[0].span == Span(0, 40)


@pytest.mark.parametrize(
    "asked", [DEPARTMENT, "Sở Khoa học và Công nghệ", "sở khoa học & công nghệ", "Sở KH&CN"]
)
def test_an_agency_is_asked_for_by_any_of_its_names(office: Engine, asked: str) -> None:
    """The code, the name and another name give the same list."""
    assert [item.item for item in overdue(office, agency=asked)] == ["2"]


def test_an_agency_nobody_knows_is_an_error(office: Engine) -> None:
    """A misspelt name is not an empty list."""
    with pytest.raises(NotFound, match="Sở Kho bạc"):
        overdue(office, agency="Sở Kho bạc")


@pytest.mark.parametrize(
    ("status", "filed_on", "days"),
    [
        pytest.param(Status.REPORTED, date(2020, 4, 8), [7], id="reported in time: no longer listed"),
        pytest.param(Status.REPORTED, date(2020, 4, 9), [7, 1], id="reported a day late: stands at one day"),
        pytest.param(Status.CONFIRMED, date(2020, 4, 9), [7], id="confirmed: done, though late"),
        pytest.param(Status.SUSPENDED, None, [7], id="suspended"),
    ],
)
def test_the_list_follows_the_one_definition_of_timing(
    office: Engine, status: Status, filed_on: date | None, days: list[int]
) -> None:
    """What was reported in time, done or suspended is not overdue."""
    with transaction(office) as session:
        row = session.exec(select(AssignmentRow).where(AssignmentRow.due_on == date(2020, 4, 8))).one()
        row.status, row.filed_on = status, filed_on

    assert days == [item.days for item in overdue(office)]
