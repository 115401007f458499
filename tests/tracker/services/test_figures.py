"""The five figures: they add up, in all and agency by agency, and follow timing_of."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from directives.calendar import default_calendar
from directives.model import Deadline, DeadlineKind, Interval, Span
from tests.tracker.factories import AGENCY, MOMENT, a_deadline, a_directive, a_draft, a_mention, an_agency
from tracker.domain.status import Status
from tracker.domain.timing import Bucket, timing_of
from tracker.services.figures import figures_on
from tracker.services.listing import task_list
from tracker.services.recurring import make_instances
from tracker.store.assignments import tracked
from tracker.store.events import Act
from tracker.store.figures import AgencyFigures, Figures, count_by_kind
from tracker.store.instances import done_of
from tracker.store.session import reading, transaction
from tracker.store.tables import AssignmentRow
from tracker.store.views import tasks_of

CALENDAR = default_calendar()
DUE, FRIDAY = date(2020, 4, 8), date(2020, 4, 10)
STATES = (
    (Status.CONFIRMED, date(2020, 4, 7)),
    (Status.CONFIRMED, date(2020, 4, 9)),
    (Status.REPORTED, date(2020, 4, 8)),
    (Status.RETURNED, None),
    (Status.UNDER_WAY, None),
    (Status.SUSPENDED, None),
    (Status.WITHDRAWN, None),
)


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Engine:
    """Give an agency with a task in every state, and a lead whom the register does not know."""
    with transaction(engine) as session:
        an_agency(session)
        a_directive(
            session,
            *(a_draft(a_deadline(DUE), item=str(number)) for number in range(len(STATES))),
            a_draft(a_deadline(None, DeadlineKind.RECURRING), leads=(a_mention("Hội Nhà báo", None),)),
        )
        rows = session.exec(select(AssignmentRow).order_by(col(AssignmentRow.id))).all()
        for row, (status, filed_on) in zip(rows, STATES, strict=False):
            row.status, row.filed_on = status, filed_on
    return engine


def test_the_figures_of_each_agency_add_up_to_those_of_all(office: Engine) -> None:
    """What is not tracked is in no figure; a lead without an agency is counted under its name."""
    with reading(office) as session:
        found = figures_on(session, FRIDAY, calendar=CALENDAR, by_agency=True)

    assert found.figures == Figures(total=6, done_on_time=1, done_late=1, open_in_time=2, open_overdue=2)
    assert found.agencies == (
        AgencyFigures(None, "Hội Nhà báo", Figures(total=1, open_in_time=1)),
        AgencyFigures(
            AGENCY,
            "Sở Công Thương",
            Figures(total=5, done_on_time=1, done_late=1, open_in_time=1, open_overdue=2),
        ),
    )


def test_the_figures_are_those_of_timing_of_day_by_day(office: Engine) -> None:
    """On every day of a month the database counts what timing_of says of each assignment."""
    for apart in range(-15, 16):
        day = DUE + timedelta(apart)
        with reading(office) as session:
            found = figures_on(session, day, calendar=CALENDAR).figures
            kinds = count_by_kind(session, day, CALENDAR)
            told = [timing_of(work.facts, day, CALENDAR) for work in tracked(session)]
        buckets = Counter(timing.bucket for timing in told if timing.bucket)
        assert {bucket: getattr(found, bucket) for bucket in Bucket} == {one: buckets[one] for one in Bucket}
        assert found.total == sum(buckets.values())
        assert kinds == Counter(timing.kind for timing in told if timing.bucket)


def test_nothing_tracked_is_all_zeros(engine: Engine) -> None:
    """An empty office has figures too."""
    with reading(engine) as session:
        assert figures_on(session, FRIDAY, calendar=CALENDAR, by_agency=True).figures == Figures()


def test_a_duty_is_counted_by_its_dates(engine: Engine) -> None:
    """Before it has any, as one open piece of work; then each of them once, and the duty no more."""
    act = Act("Lan", "cli", MOMENT)
    words = Deadline("ngày 25 hằng tháng", Span(20, 38), DeadlineKind.RECURRING, every=Interval.MONTH)
    with transaction(engine) as session:
        an_agency(session)
        a_directive(session, a_draft(words))
        before = figures_on(session, FRIDAY, calendar=CALENDAR).figures
        first, second = make_instances(session, FRIDAY, CALENDAR, act, ahead=60)
        row = session.get_one(AssignmentRow, first.assignment_id)
        row.status, row.filed_on = Status.CONFIRMED, FRIDAY
        session.flush()
        found = figures_on(session, FRIDAY, calendar=CALENDAR, by_agency=True)
        done = done_of(session, [first.duty_id])
        told = {one.assignment_id: one.dates for one in task_list(session, FRIDAY, calendar=CALENDAR)}
        (page,) = tasks_of(session, 1)
        shown = [timing_of(one.facts, FRIDAY, CALENDAR).by_dates for one in page.assignments]
        session.get_one(AssignmentRow, second.assignment_id).status = Status.WITHDRAWN
        row.status = Status.TRANSFERRED
        session.flush()
        gone = figures_on(session, FRIDAY, calendar=CALENDAR).figures

    assert before == gone == Figures(total=1, open_in_time=1)
    assert found.figures == Figures(total=2, done_on_time=1, open_in_time=1)
    assert [one.figures for one in found.agencies] == [found.figures]
    assert done == {first.duty_id: (1, 2)}
    assert told == {first.duty_id: (1, 2), first.assignment_id: None, second.assignment_id: None}
    assert shown == [True, False, False]
