"""What SQL says of time is what `timing_of` says, on random assignments and both databases."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, insert
from sqlmodel import Session, col, select

from directives.calendar import WorkCalendar, default_calendar
from directives.model import DeadlineKind
from tests.tracker.factories import a_directive
from tracker.domain.status import COUNTED, Status
from tracker.domain.timing import timing_of
from tracker.store.assignments import tracked
from tracker.store.session import transaction
from tracker.store.tables import AssignmentRow, TaskRow
from tracker.store.timing_sql import timing_columns

CALENDARS = {"shipped": default_calendar(), "bare": WorkCalendar()}
EDGES = (
    date(2020, 1, 22), date(2020, 1, 30), date(2020, 2, 29), date(2020, 4, 30), date(2020, 5, 4),
    date(2021, 2, 28), date(2024, 2, 29), date(2026, 1, 2), date(2026, 1, 10), date(2026, 8, 31),
)  # fmt: skip
days = st.one_of(
    st.dates(date(2019, 1, 1), date(2027, 12, 31)),
    st.builds(lambda edge, apart: edge + timedelta(apart), st.sampled_from(EDGES), st.integers(-9, 9)),
)
kinds = st.none() | st.sampled_from(DeadlineKind)


@st.composite
def works(draw: st.DrawFn) -> list[dict[str, object]]:
    """Draw assignments of every status, near each other in time as those of one office are."""
    day = draw(days)
    near = st.none() | st.integers(-12, 12).map(lambda apart: day + timedelta(apart)) | days
    found: list[dict[str, object]] = []
    for status in draw(st.lists(st.sampled_from(Status), min_size=1, max_size=12)):
        filed = draw(near)
        if filed is None and status in {Status.REPORTED, Status.CONFIRMED}:
            filed = day  # the table has no result without its day
        # Some are made out of others: as a date of a duty, by a transfer, or left by the duty for another.
        origin = draw(st.none() | st.integers(1, len(found))) if found else None
        occasion = draw(st.sampled_from(("2020-04-25", "from 1", "left 2020-04-25 2"))) if origin else ""
        facts = {"status": status, "due_on": draw(near), "filed_on": filed, "kind": draw(kinds)}
        found.append({**facts, "origin_id": origin, "occasion": occasion})
    return [{**work, "day": day} for work in found]


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """Give an open transaction with a document; what a test writes is never kept."""
    with transaction(engine) as session:
        a_directive(session)
    with Session(engine) as session:
        yield session
        session.rollback()


def write(session: Session, works: list[dict[str, object]]) -> None:
    """Put one task and one assignment for each work in place of those before."""
    session.execute(delete(AssignmentRow))
    session.execute(delete(TaskRow))
    for number, work in enumerate(works, start=1):
        task = {"id": number, "code": f"NV-{number}", "directive_id": 1, "ordinal": number, "action": "a"}
        task |= {"text": "a", "span_start": 0, "span_end": 1, "exclusive": False, "explain": "", "rule": ""}
        task |= {"coordinators": [], "doubts": [], "confidence": 1.0, "deadline_kind": work["kind"]}
        share = {"id": number, "task_id": number, "lead_text": "Sở", "lead_name": "Sở", "span_start": 0}
        share |= {"span_end": 1, "occasion": "", "deadline_version": 1, "doubts": [], "version": 1}
        share |= {name: value for name, value in work.items() if name not in {"kind", "day"}}
        session.execute(insert(TaskRow).values(**task))
        session.execute(insert(AssignmentRow).values(**share))


@given(works=works(), calendar=st.sampled_from(sorted(CALENDARS)), due_soon=st.integers(0, 12))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sql_says_what_timing_of_says(
    session: Session, works: list[dict[str, object]], calendar: str, due_soon: int
) -> None:
    """Kind, bucket and days agree for every status, kind of deadline and missing date."""
    write(session, works)
    day = works[0]["day"]
    assert isinstance(day, date)
    columns = timing_columns(day, CALENDARS[calendar], due_soon=due_soon)
    rows = session.execute(
        select(AssignmentRow.id, columns.kind, columns.bucket, columns.days)
        .join(TaskRow, col(TaskRow.id) == col(AssignmentRow.task_id))
        .order_by(col(AssignmentRow.id))
    ).all()
    session.expire_all()
    told = {
        work.id: timing_of(work.facts, day, CALENDARS[calendar], due_soon=due_soon)
        for work in tracked(session)
    }

    assert [tuple(row) for row in rows] == [
        (number, timing.kind, timing.bucket, timing.days) for number, timing in sorted(told.items())
    ]


def test_every_status_and_kind_is_compared_exhaustively(session: Session) -> None:
    """Every status, kind of deadline, and order of the day, the deadline and the filing, once each."""
    day = date(2020, 4, 28)  # before 30/4 and 1/5
    near = [None, *(day + timedelta(apart) for apart in (-6, -1, 0, 1, 2, 6, 7, 8, 9, 10))]
    works = [
        {"status": status, "due_on": due, "filed_on": filed, "kind": kind, "day": day}
        for status in Status
        for kind in (None, *DeadlineKind)
        for due in near
        for filed in (None, day - timedelta(2), day)
        if filed is not None or status not in {Status.REPORTED, Status.CONFIRMED}
    ]
    write(session, works)
    columns = timing_columns(day, CALENDARS["shipped"])
    rows = session.execute(
        select(AssignmentRow.id, columns.kind, columns.bucket, columns.days)
        .join(TaskRow, col(TaskRow.id) == col(AssignmentRow.task_id))
        .order_by(col(AssignmentRow.id))
    ).all()
    told = {work.id: timing_of(work.facts, day, CALENDARS["shipped"]) for work in tracked(session)}

    assert len(rows) == len(works)
    assert {row[0]: tuple(row[1:]) for row in rows} == {
        number: (timing.kind, timing.bucket, timing.days) for number, timing in told.items()
    }
    assert {work.facts.status for work in tracked(session)} > COUNTED
