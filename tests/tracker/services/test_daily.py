"""The business day's run, on both databases."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlmodel import SQLModel, col, select

from directives.calendar import default_calendar
from directives.model import DeadlineKind
from notifications.channels import ChannelName
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
from tracker.services.daily import DayReport, is_finished, run_day
from tracker.store.session import reading, transaction
from tracker.store.tables import AssignmentRow, LetterItemRow, OutboxRow

WEDNESDAY = date(2020, 4, 8)  # the last on-time day of «trước ngày 09/4/2020»


def rows_of(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, to compare databases before and after."""
    with engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(table.select())), key=repr)
            for table in SQLModel.metadata.sorted_tables
        }


def letters(engine: Engine) -> list[OutboxRow]:
    """Return the queued letters in the order they were written."""
    with reading(engine) as session:
        return list(session.exec(select(OutboxRow).order_by(col(OutboxRow.id))))


def items(engine: Engine) -> list[LetterItemRow]:
    """Return what the letters say, in the order it was planned."""
    with reading(engine) as session:
        return list(session.exec(select(LetterItemRow).order_by(col(LetterItemRow.id))))


def steps(engine: Engine) -> list[tuple[str, str]]:
    """Return which steps were sent to which roles."""
    return [(item.step, item.role) for item in items(engine)]


@pytest.fixture
def office(engine: Engine) -> Engine:
    """Give a database with an office and one task due on Wednesday."""
    an_office(engine)
    with transaction(engine) as session:
        a_directive(session, a_draft(a_deadline(WEDNESDAY)))
    return engine


def test_a_reminder_is_written_when_its_step_is_reached(office: Engine, tmp_path: Path) -> None:
    """Three working days before the deadline the officer gets a letter with the code, the date and a link."""
    report = run_day(an_app(office, tmp_path), date(2020, 4, 3))

    assert (report.planned, report.queued, report.items, report.unreachable) == (1, 1, 1, ())
    (letter,) = letters(office)
    assert letter.address == "so-cong-thuong-officer@hatinh.example"
    assert "08/04/2020" in letter.text
    assert "03 ngày làm việc" in letter.text
    assert "http://127.0.0.1:8710/tasks/NV-2020-" in letter.text
    assert "hỗ trợ một phần kinh phí" not in letter.text


def test_the_same_day_twice_changes_nothing_at_all(office: Engine, tmp_path: Path) -> None:
    """After a second run every row of every table is what it was, and the report says so."""
    app = an_app(office, tmp_path)
    run_day(app, date(2020, 4, 13))
    before = rows_of(office)
    again = run_day(app, date(2020, 4, 13))

    assert before == rows_of(office)
    assert (again.planned, again.queued, again.changed) == (0, 0, False)


def test_what_is_added_during_a_day_is_taken_up_by_its_next_run(office: Engine, tmp_path: Path) -> None:
    """A document approved after the morning's run is reminded of by running the day again."""
    app = an_app(office, tmp_path)
    run_day(app, date(2020, 4, 3))
    with transaction(office) as session:
        a_directive(session, a_draft(a_deadline(date(2020, 4, 6))))
    report = run_day(app, date(2020, 4, 3))

    assert (report.queued, report.changed) == (1, True)
    assert steps(office) == [("before-3", "officer"), ("before-1", "officer")]


def test_every_role_hears_of_a_delay_on_its_day(office: Engine, tmp_path: Path) -> None:
    """Run on every day of two months, each step is sent once, to the role the ladder names."""
    app = an_app(office, tmp_path)
    for offset in range(60):
        run_day(app, date(2020, 4, 1) + timedelta(days=offset))

    assert steps(office) == [
        ("before-7", "officer"),
        ("before-3", "officer"),
        ("before-1", "officer"),
        ("due", "officer"),
        ("overdue-1", "officer"),
        ("overdue-3", "head"),
        ("overdue-5", "chief-of-office"),
        ("overdue-10", "vice-chair"),
        ("overdue-20", "chairman"),
    ]
    assert all(
        default_calendar().is_working(letter.business_date)
        for letter in letters(office)
        if letter.business_date
    )


def test_one_run_after_days_down_says_it_once(office: Engine, tmp_path: Path) -> None:
    """After nine days without a run, one letter goes to each person whom the delay should have reached."""
    app = an_app(office, tmp_path)
    run_day(app, date(2020, 4, 7))
    run_day(app, date(2020, 4, 16))

    assert steps(office) == [
        ("before-1", "officer"),
        ("overdue-5", "officer"),
        ("overdue-5", "head"),
        ("overdue-5", "chief-of-office"),
    ]


def test_a_day_off_plans_nothing_and_says_so(office: Engine, tmp_path: Path) -> None:
    """On a Saturday nobody gets a letter; what was due comes on Monday."""
    app = an_app(office, tmp_path)
    saturday = run_day(app, date(2020, 4, 4))
    monday = run_day(app, date(2020, 4, 6))

    assert (saturday.working_day, saturday.queued) == (False, 0)
    assert saturday.reasons == {"not-a-working-day": 1}
    assert (monday.working_day, monday.queued) == (True, 1)


@pytest.mark.parametrize(
    ("deadline", "reason"),
    [
        pytest.param(None, "no-deadline", id="none in the text"),
        pytest.param(a_deadline(None, DeadlineKind.RECURRING), "recurring", id="every year"),
        pytest.param(a_deadline(None, DeadlineKind.RELATIVE), "to-be-determined", id="after an event"),
    ],
)
def test_without_a_date_nothing_is_planned_for_a_reason(
    engine: Engine, tmp_path: Path, deadline: object, reason: str
) -> None:
    """No deadline is invented, and the report counts why nothing was sent."""
    an_office(engine)
    with transaction(engine) as session:
        a_directive(session, a_draft(deadline))  # type: ignore[arg-type]  # a table of deadlines and None
    report = run_day(an_app(engine, tmp_path), date(2020, 4, 13))

    assert (report.planned, report.reasons) == (0, {reason: 1})


def test_drafts_are_not_reminded_of(engine: Engine, tmp_path: Path) -> None:
    """Before a person has approved the reading, no agency hears of it."""
    an_office(engine)
    with transaction(engine) as session:
        a_directive(session, a_draft(a_deadline(WEDNESDAY)), approved=False)
    report = run_day(an_app(engine, tmp_path), date(2020, 4, 13))

    assert (report.assignments, report.queued) == (0, 0)


def test_a_new_deadline_begins_the_ladder_anew(office: Engine, tmp_path: Path) -> None:
    """After an extension the same steps are sent again, for the new date."""
    app = an_app(office, tmp_path)
    run_day(app, WEDNESDAY)
    with transaction(office) as session:
        row = session.exec(select(AssignmentRow)).one()
        row.due_on, row.deadline_version = date(2020, 4, 15), 2
    run_day(app, date(2020, 4, 15))

    assert [(item.step, item.deadline_version) for item in items(office)] == [("due", 1), ("due", 2)]


def test_whoever_cannot_be_reached_is_named_until_somebody_is(engine: Engine, tmp_path: Path) -> None:
    """A step to nobody is reported on every run, and sent as soon as there is a contact."""
    app = an_app(engine, tmp_path)
    with transaction(engine) as session:
        an_agency(session)
        a_directive(session, a_draft(a_deadline(WEDNESDAY)))
    first, second = (run_day(app, date(2020, 4, 6)) for _ in range(2))
    with transaction(engine) as session:
        a_contact(session, Role.OFFICER, AGENCY)
    third = run_day(app, date(2020, 4, 6))

    assert [(gap.lead, gap.step, gap.role) for gap in first.unreachable] == [
        ("Sở Công Thương", "before-3", Role.OFFICER)
    ]
    assert first.unreachable == second.unreachable
    assert (third.queued, third.unreachable) == (1, ())


def test_a_lead_outside_the_register_is_named_as_unreachable(engine: Engine, tmp_path: Path) -> None:
    """A lead that could not be matched has no contact; the report says which one."""
    with transaction(engine) as session:
        a_directive(session, a_draft(a_deadline(WEDNESDAY), leads=(a_mention("Ban Quản lý X", None),)))
    report = run_day(an_app(engine, tmp_path), date(2020, 4, 6))

    assert [gap.lead for gap in report.unreachable] == ["Ban Quản lý X"]


def test_a_contact_with_two_channels_gets_a_letter_on_each(engine: Engine, tmp_path: Path) -> None:
    """E-mail and Zalo are two letters with two keys; a channel that is not set up is left out."""
    with transaction(engine) as session:
        an_agency(session)
        a_contact(session, Role.OFFICER, AGENCY, zalo_chat_id="chat-1")
        a_directive(session, a_draft(a_deadline(WEDNESDAY)))
    run_day(an_app(engine, tmp_path, channels=(ChannelName.EMAIL,)), date(2020, 4, 3))
    run_day(an_app(engine, tmp_path), date(2020, 4, 7))

    assert [(item.step, item.channel) for item in items(engine)] == [
        ("before-3", "email"),
        ("before-1", "email"),
        ("before-1", "zalo"),
    ]


def test_the_run_of_a_date_is_kept(office: Engine, tmp_path: Path) -> None:
    """Whether a date was run can be asked, on either database."""
    app = an_app(office, tmp_path)
    assert not is_finished(app, WEDNESDAY)
    run_day(app, WEDNESDAY)

    assert is_finished(app, WEDNESDAY)
    assert not is_finished(app, WEDNESDAY + timedelta(days=1))


def test_nothing_is_kept_of_a_run_that_fails(office: Engine, tmp_path: Path) -> None:
    """A failure in the middle leaves neither letters nor a finished run behind."""
    with transaction(office) as session:
        session.exec(select(AssignmentRow)).one().due_on = WEDNESDAY
        session.execute(text("UPDATE tasks SET deadline_kind = 'nonsense'"))
    before = rows_of(office)
    with pytest.raises(ValueError, match="nonsense"):
        run_day(an_app(office, tmp_path), WEDNESDAY)

    assert before == rows_of(office)


def test_a_report_is_plain_data(office: Engine, tmp_path: Path) -> None:
    """The report can be written as JSON and counts every assignment in one timing and one reason."""
    report: DayReport = run_day(an_app(office, tmp_path), date(2020, 4, 13))

    assert report.as_json()["on"] == "2020-04-13"
    assert sum(report.timing.values()) == sum(report.reasons.values()) == report.assignments == 1
