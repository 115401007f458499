"""Which assignments a list shows, on both databases."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from directives.calendar import default_calendar
from directives.model import DeadlineKind
from tests.tracker.factories import a_deadline, a_directive, a_draft, a_mention, an_agency
from tracker.domain.status import Status
from tracker.domain.timing import BUCKETS, Bucket, timing_of
from tracker.store import listed
from tracker.store.assignments import tracked
from tracker.store.listed import Asked, Part, count
from tracker.store.session import reading, transaction
from tracker.store.tables import AssignmentRow

CALENDAR = default_calendar()
DAY = date(2020, 4, 10)
HEALTH = "so-y-te"
EVERY_BUCKET = [frozenset({bucket}) for bucket in Bucket]


@pytest.fixture
def office(engine: Engine) -> Engine:
    """Give forty shares of two agencies in four documents, late and not, undated, done and not."""
    with transaction(engine) as session:
        an_agency(session)
        an_agency(session, HEALTH, "Sở Y tế")
        leads = (a_mention(), a_mention("Sở Y tế", HEALTH))
        for _ in range(4):
            days = [DAY + timedelta(days=offset) for offset in (-9, 4, -2, 0)]
            undated = a_deadline(None, DeadlineKind.RELATIVE)
            deadlines = (*map(a_deadline, days), undated)
            a_directive(session, *(a_draft(deadline, leads=leads) for deadline in deadlines))
    with transaction(engine) as session:
        dated = col(AssignmentRow.due_on).is_not(None)
        for place, row in enumerate(session.exec(select(AssignmentRow).where(dated)).all()):
            if place % 5 == 0:
                row.status, row.filed_on = Status.CONFIRMED, DAY - timedelta(days=place % 7)
    return engine


def numbers(engine: Engine, part: Part = listed.WHOLE, **asked: object) -> list[int]:
    """Ask for a list, and hold its count against it."""
    question = Asked(on=DAY, calendar=CALENDAR, **asked)  # type: ignore[arg-type]  # as each test says
    with reading(engine) as session:
        found = [work.id for work in listed.listed(session, question, part)]
        whole = listed.numbers(session, question)
        assert count(session, question) == len(whole)
        assert found == listed.numbers(session, question, part)
    return found


@pytest.mark.parametrize("piece", [1, 7, 40])
def test_a_list_read_in_pieces_is_the_whole_list(
    office: Engine, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    """However small the pieces are, nothing is missing, twice or in another order."""
    monkeypatch.setattr(listed, "PIECE", piece)
    with reading(office) as session:
        every = [work.id for work in tracked(session)]

    assert len(every) == 40
    assert numbers(office) == every


@pytest.mark.parametrize("first", [True, False])
def test_the_parts_of_a_list_make_it_up(office: Engine, first: bool) -> None:
    """In either order, page after page gives each line once."""
    parts = [
        numbers(office, Part(limit=6, offset=offset), longest_overdue_first=first)
        for offset in range(0, 42, 6)
    ]

    assert [number for part in parts for number in part] == numbers(office, longest_overdue_first=first)


@pytest.mark.parametrize("buckets", EVERY_BUCKET)
def test_a_figure_lists_what_it_counts(office: Engine, buckets: frozenset[Bucket]) -> None:
    """What is listed for one of the five figures is what the one definition of timing puts there."""
    with reading(office) as session:
        meant = [
            work.id
            for work in tracked(session)
            if BUCKETS.get(timing_of(work.facts, DAY, CALENDAR).kind) in buckets
        ]

    assert numbers(office, buckets=buckets) == meant


def test_the_four_figures_share_out_the_whole_list(office: Engine) -> None:
    """Every line is in one of them, and in none twice."""
    parts = [numbers(office, buckets=buckets) for buckets in EVERY_BUCKET]

    assert sorted(number for part in parts for number in part) == sorted(numbers(office))


def test_an_agency_a_state_and_a_day_narrow_a_list(office: Engine) -> None:
    """Each condition is held against what is known of each assignment."""
    with reading(office) as session:
        works = tracked(session)

    assert numbers(office, agencies=frozenset({HEALTH})) == [one.id for one in works if one.agency == HEALTH]
    assert numbers(office, statuses=frozenset({Status.CONFIRMED})) == [
        one.id for one in works if one.facts.status is Status.CONFIRMED
    ]
    assert numbers(office, due_before=DAY) == [
        one.id for one in works if one.facts.due_on is not None and one.facts.due_on < DAY
    ]
    assert numbers(office, directive_id=works[-1].directive_id) == [
        one.id for one in works if one.directive_id == works[-1].directive_id
    ]


def test_the_longest_overdue_come_first(office: Engine) -> None:
    """Only what is late is listed, by the days it is late; as late, in the order of the documents."""
    with reading(office) as session:
        works = {work.id: work for work in tracked(session)}
    late = numbers(office, only_overdue=True, longest_overdue_first=True)
    order = list(works)

    assert late == sorted(late, key=lambda number: (works[number].facts.due_on or DAY, order.index(number)))
    assert late
