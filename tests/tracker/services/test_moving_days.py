"""A due date that the calendar moves names the days that moved it and their decisions, and no others."""

from datetime import UTC, date, datetime
from typing import Final

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from directives.calendar import DayKind, SpecialDay
from directives.deadlines import find_deadlines
from tests.tracker.factories import a_directive, a_draft
from tracker.domain.deadlines import Reckoning
from tracker.services import calendar_changes as changes
from tracker.services.calendar_changes import CalendarChange
from tracker.store import deadline_versions
from tracker.store.calendar import calendar_of
from tracker.store.events import Act
from tracker.store.session import transaction
from tracker.store.tables import AssignmentRow

ACT: Final = Act("Lan", "cli", datetime(2020, 4, 3, 7, tzinfo=UTC))


def off(day: int, decision: str, name: str = "Nghỉ tránh bão") -> SpecialDay:
    """Take a day of April 2020 off."""
    return SpecialDay(date(2020, 4, day), DayKind.HOLIDAY, name, decision)


STORM, AFTER, LATER = off(13, "Công điện 01"), off(14, "Công điện 02"), off(20, "Công điện 03")
WITHIN: Final = off(7, "Công điện 04", "Nghỉ tránh lũ")
ENDING_ON_THE_13TH: Final = "trong thời hạn 10 ngày kể từ ngày ký Thông báo này"
SIX_WORKING_DAYS: Final = "trong thời hạn 06 ngày làm việc kể từ ngày ký Thông báo này"


@pytest.mark.parametrize(
    ("words", "days", "decisions", "named"),
    [
        (ENDING_ON_THE_13TH, (STORM,), "Công điện 01", ["13/04/2020"]),
        (ENDING_ON_THE_13TH, (STORM, LATER, WITHIN), "Công điện 01", ["13/04/2020"]),
        (
            ENDING_ON_THE_13TH,
            (STORM, AFTER, LATER),
            "Công điện 01; Công điện 02",
            ["13/04/2020", "14/04/2020"],
        ),
        (SIX_WORKING_DAYS, (WITHIN, LATER), "Công điện 04", ["07/04/2020"]),
        (ENDING_ON_THE_13TH, (STORM, off(14, "Công điện 01")), "Công điện 01", ["13/04/2020", "14/04/2020"]),
    ],
)
def test_a_moved_due_date_names_the_days_that_moved_it(
    engine: Engine, words: str, days: tuple[SpecialDay, ...], decisions: str, named: list[str]
) -> None:
    """In what is seen before and in the version that is written."""
    (deadline,) = find_deadlines(f"Sở Y tế báo cáo {words}.", issued_on=date(2020, 4, 3))
    change = CalendarChange(days)
    with transaction(engine) as session:
        a_directive(session, a_draft(deadline))
        number = session.exec(select(col(AssignmentRow.id))).one() or 0
        by = Reckoning(calendar_of(session))
        (seen,) = changes.preview(session, change, by)
        assert changes.confirm(session, change, by, act=ACT) == [seen]
        first, moved = deadline_versions.of(session, number)

    assert (moved.document, moved.explain) == (decisions, seen.explain) == (seen.decision, seen.explain)
    told = moved.explain.removeprefix(first.explain).split("lịch làm việc thay đổi: ")[1]
    assert [one.split(" ", 1)[0] for one in told.split("; ")] == named
    assert all("(Nghỉ tránh " in one for one in told.split("; "))


def test_a_year_that_is_complete_now_names_no_day(engine: Engine) -> None:
    """Once 2031 is decided without it, 30/4 is a day as usual; no decision is made up for it."""
    words = "trong thời hạn 10 ngày kể từ ngày ký Thông báo này"
    (deadline,) = find_deadlines(f"Sở Y tế báo cáo {words}.", issued_on=date(2031, 4, 20))
    with transaction(engine) as session:
        a_directive(session, a_draft(deadline), issued_on=date(2031, 4, 20))
        by = Reckoning(calendar_of(session))
        seen = changes.preview(session, CalendarChange(years=(2031,)), by)

    assert [(one.before, one.after, one.decision) for one in seen] == [
        (date(2031, 5, 2), date(2031, 4, 30), None)
    ]
