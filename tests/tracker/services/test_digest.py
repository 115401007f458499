"""A run writes each reader one letter a channel, on both databases."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, update
from sqlmodel import col, select

from directives.calendar import default_calendar
from notifications.messages import Digest, OverdueNotice
from tests.tracker.factories import (
    AGENCY,
    a_contact,
    a_deadline,
    a_directive,
    a_draft,
    a_mention,
    an_agency,
    an_app,
    an_office,
)
from tracker.domain.people import Role
from tracker.domain.status import Status
from tracker.services.daily import run_day
from tracker.store.session import reading, transaction
from tracker.store.tables import (
    ActionLinkRow,
    AssignmentRow,
    AttemptRow,
    ContactRow,
    LetterItemRow,
    OutboxRow,
    RunRow,
    SnapshotRow,
    StepNoteRow,
)

DUE = date(2020, 4, 8)
DAY = date(2020, 5, 13)  # more than twenty working days later: the chairman's step
DISTRICTS = tuple(f"UBND huyện {number}" for number in range(1, 14))
OFFICE = (Role.CHIEF_OF_OFFICE, Role.VICE_CHAIR, Role.CHAIRMAN)


def letters(engine: Engine) -> list[OutboxRow]:
    """Return the letters in the order they were written."""
    with reading(engine) as session:
        return list(session.exec(select(OutboxRow).order_by(col(OutboxRow.id))))


def sizes(engine: Engine) -> dict[str, int]:
    """Return how many things each letter says, by its key."""
    with reading(engine) as session:
        keys = session.exec(
            select(OutboxRow.key).join(LetterItemRow, col(LetterItemRow.outbox_id) == col(OutboxRow.id))
        )
        return dict(Counter(keys))


@pytest.fixture
def province(engine: Engine) -> Engine:
    """Give 13 districts, each with an officer and a head, three roles of the office, one task for all."""
    with transaction(engine) as session:
        for number, name in enumerate(DISTRICTS, start=1):
            an_agency(session, f"huyen-{number}", name)
            for role in (Role.OFFICER, Role.HEAD):
                a_contact(session, role, f"huyen-{number}")
        for role in OFFICE:
            a_contact(session, role)
        leads = tuple(a_mention(name, f"huyen-{number}") for number, name in enumerate(DISTRICTS, start=1))
        a_directive(session, a_draft(a_deadline(DUE), leads=leads))
    return engine


def test_a_task_of_thirteen_districts_is_one_letter_to_each_of_the_office(
    province: Engine, tmp_path: Path
) -> None:
    """Chief, vice-chair and chairman have one letter each, with one entry that names all thirteen."""
    report = run_day(an_app(province, tmp_path), DAY)

    written = {letter.address: letter for letter in letters(province)}
    office = [written[f"office-{role}@hatinh.example"] for role in OFFICE]
    assert (report.planned, report.queued, report.items) == (13, 13 * 2 + 3, 13 * 2 + 13 * 3)
    assert [letter.kind for letter in office] == [Digest.kind] * 3
    assert {letter.subject for letter in office} == {"Đôn đốc ngày 13/05/2020: 13 việc quá hạn"}
    for letter in office:
        assert letter.text.count("NV-2020-") == 2  # its code and its link
        assert all(f"{name}" in letter.text for name in DISTRICTS)
        assert "http://127.0.0.1:8710/overdue?on=2020-05-13" in letter.text
        assert "hỗ trợ một phần kinh phí" not in letter.text


def test_whoever_has_one_task_gets_the_letter_of_one_task(province: Engine, tmp_path: Path) -> None:
    """A district's officer and head are written to as before, with the task's code in the subject."""
    run_day(an_app(province, tmp_path), DAY)

    districts = [letter for letter in letters(province) if letter.address.startswith("huyen-")]
    assert {letter.kind for letter in districts} == {OverdueNotice.kind}
    assert all(letter.subject.startswith("[NV-2020-") and letter.thread_key for letter in districts)


def test_a_head_s_digest_links_to_their_own_list(engine: Engine, tmp_path: Path) -> None:
    """Several tasks of an agency are greeted as the agency's, and the link shows its list alone."""
    an_office(engine)
    with transaction(engine) as session:
        a_directive(session, a_draft(a_deadline(DUE)), a_draft(a_deadline(DUE), item="4"))
    run_day(an_app(engine, tmp_path), date(2020, 4, 13))

    (head,) = [letter for letter in letters(engine) if letter.address.startswith(f"{AGENCY}-head")]
    assert "Kính gửi: Lãnh đạo Sở Công Thương." in head.text
    assert f"/overdue?on=2020-04-13&agency={AGENCY}" in head.text


def test_news_of_the_same_day_is_one_more_letter_with_the_news_alone(
    province: Engine, tmp_path: Path
) -> None:
    """A document approved after the morning's run does not wait, and nothing is repeated with it."""
    app = an_app(province, tmp_path)
    run_day(app, DAY)
    before = sizes(province)
    with transaction(province) as session:
        a_directive(session, a_draft(a_deadline(DUE), leads=(a_mention(DISTRICTS[0], "huyen-1"),)))
    report = run_day(app, DAY)
    third = run_day(app, DAY)

    news = {key: size for key, size in sizes(province).items() if key not in before}
    readers = ("huyen-1-officer", "huyen-1-head", *(f"office-{role}" for role in OFFICE))
    assert (report.queued, report.items, third.queued, third.changed) == (5, 5, 0, False)
    assert news == {f"digest:{reader}:email:2020-05-13:2": 1 for reader in readers}


def test_a_new_role_does_not_hear_a_step_again(engine: Engine, tmp_path: Path) -> None:
    """The step's key stands by the person: a head who becomes vice-chair has been told already."""
    an_office(engine)
    with transaction(engine) as session:
        session.execute(delete(ContactRow).where(col(ContactRow.role) == Role.VICE_CHAIR))
        a_directive(session, a_draft(a_deadline(DUE)))
    app = an_app(engine, tmp_path)
    run_day(app, DAY)
    with transaction(engine) as session:
        head = session.exec(select(ContactRow).where(col(ContactRow.role) == Role.HEAD)).one()
        head.role = Role.VICE_CHAIR
    before = sizes(engine)
    report = run_day(app, DAY)

    assert (report.queued, report.items, report.changed) == (0, 0, False)
    assert before == sizes(engine)
    assert len(letters(engine)) == len(before)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    days=st.lists(st.integers(0, 70), min_size=1, max_size=12),
    deadlines=st.lists(st.integers(0, 40), min_size=1, max_size=4),
    late=st.integers(0, 40),
)
def test_whatever_days_are_run_nothing_is_said_twice(
    engine: Engine, tmp_path: Path, days: list[int], deadlines: list[int], late: int
) -> None:
    """For any days in any order: a step is said to a reader once, and a run writes a reader one letter."""
    start = date(2020, 4, 1)
    with engine.begin() as connection:  # what earlier examples left; their deadlines and history stay
        used = (StepNoteRow, ActionLinkRow, AttemptRow, LetterItemRow, OutboxRow, SnapshotRow, RunRow)
        for table in (*used, ContactRow):
            connection.execute(delete(table))
        connection.execute(update(AssignmentRow).values(status=Status.WITHDRAWN))
    an_office(engine)
    app = an_app(engine, tmp_path)
    with transaction(engine) as session:
        for after in deadlines:
            a_directive(session, a_draft(a_deadline(start + timedelta(days=after))))
    for ordinal, offset in enumerate(days):
        if ordinal == len(days) // 2:
            with transaction(engine) as session:
                a_directive(session, a_draft(a_deadline(start + timedelta(days=late))))
        known = {letter.id for letter in letters(engine)}
        report = run_day(app, start + timedelta(days=offset))
        new = [letter for letter in letters(engine) if letter.id not in known]
        assert len(new) == report.queued == len({(letter.contact_id, letter.channel) for letter in new})
        assert new == [] or default_calendar().is_working(report.on)
        assert {letter.key for letter in new} <= sizes(engine).keys()  # none is empty

    with reading(engine) as session:
        rows = session.exec(select(LetterItemRow)).all()
    said = [(row.assignment_id, row.deadline_version, row.step, row.contact_id, row.channel) for row in rows]
    assert len(said) == len(set(said))
