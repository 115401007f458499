"""Recurring duties get their dates ahead: each once, none left out, until the duty ends."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from directives.calendar import default_calendar
from directives.deadlines.rounds import round_of
from directives.model import Deadline, DeadlineKind, Interval, Span
from tests.tracker.factories import a_deadline, a_directive, a_draft, a_mention, an_agency, an_app, an_office
from tests.tracker.racing import race
from tracker.domain.deadlines import DeadlineCause, Reckoning
from tracker.domain.recurrence import instances
from tracker.domain.status import Status
from tracker.errors import Conflict, InputRefused
from tracker.services.daily import run_day
from tracker.services.recurring import make_instances, offer, set_recurrence
from tracker.store import deadline_versions
from tracker.store.engine import make_engine
from tracker.store.events import Act, history
from tracker.store.session import reading, transaction
from tracker.store.tables import AssignmentRow, DeadlineVersionRow

CALENDAR: Final = default_calendar()
BY: Final = Reckoning(CALENDAR)
ACT: Final = Act("Lan", "cli", datetime(2020, 4, 3, 7, tzinfo=UTC))
GIVEN: Final = date(2020, 4, 3)


def a_round(words: str, every: Interval | None, **values: Any) -> Deadline:
    """Build the deadline of a duty that comes round."""
    return Deadline(words, Span(20, 20 + len(words)), DeadlineKind.RECURRING, every=every, **values)


def a_duty(session: Session, words: str, every: Interval | None = Interval.MONTH, **values: Any) -> int:
    """Give a duty that comes round to one agency and return its number."""
    a_directive(session, a_draft(a_round(words, every, **values)))
    number = session.exec(select(AssignmentRow.id).order_by(col(AssignmentRow.id).desc())).first()
    assert number is not None
    return number


def made_of(session: Session, duty: int) -> list[AssignmentRow]:
    """Return the instances of a duty, in order."""
    rows = select(AssignmentRow).where(AssignmentRow.origin_id == duty).order_by(col(AssignmentRow.occasion))
    return list(session.exec(rows).all())


def test_instances_are_made_ahead_with_a_deadline_and_history_of_their_own(engine: Engine) -> None:
    """«trước ngày 25 hằng tháng»: the 24th, in the agency's name, under its duty, which keeps no day."""
    with transaction(engine) as session:
        agency = an_agency(session)
        duty = a_duty(session, "trước ngày 25 hằng tháng", exclusive=True)
        made = make_instances(session, GIVEN, CALENDAR, ACT, ahead=60)
        rows = made_of(session, duty)
        versions = deadline_versions.of(session, rows[0].id or 0)
        lines = history(session, "assignment", rows[0].id or 0)
        parent = session.get_one(AssignmentRow, duty)

    assert [(one.occasion, one.due_on) for one in made] == [
        (date(2020, 4, 25), date(2020, 4, 24)),
        (date(2020, 5, 25), date(2020, 5, 24)),
    ]
    assert [(row.occasion, row.status, row.agency_id, row.lead_name) for row in rows] == [
        ("2020-04-25", Status.ASSIGNED, agency, "Sở Công Thương"),
        ("2020-05-25", Status.ASSIGNED, agency, "Sở Công Thương"),
    ]
    assert [(one.version, one.due_on, one.cause) for one in versions] == [
        (1, date(2020, 4, 24), DeadlineCause.INSTANCE)
    ]
    assert [line.action for line in lines] == ["instance-made"]
    assert (parent.due_on, parent.occasion) == (None, "")


def test_making_again_changes_nothing_and_later_adds_only_what_is_new(engine: Engine) -> None:
    """The same day again makes none; a month on makes the one that came into sight."""
    with transaction(engine) as session:
        duty = a_duty(session, "ngày 31 hằng tháng")
        first = make_instances(session, GIVEN, CALENDAR, ACT, ahead=60)
        again = make_instances(session, GIVEN, CALENDAR, ACT, ahead=60)
        later = make_instances(session, date(2020, 5, 3), CALENDAR, ACT, ahead=60)

        assert [one.occasion.day for one in first] == [30, 31]
        assert again == []
        assert [one.occasion for one in later] == [date(2020, 6, 30)]
        assert len(made_of(session, duty)) == 3


def test_each_lead_has_instances_of_its_own(engine: Engine) -> None:
    """Two agencies of one task: two instances a date."""
    with transaction(engine) as session:
        an_agency(session)
        an_agency(session, "so-y-te", "Sở Y tế")
        leads = (a_mention(), a_mention("Sở Y tế", "so-y-te"))
        a_directive(session, a_draft(a_round("ngày 25 hằng tháng", Interval.MONTH), leads=leads))
        made = make_instances(session, GIVEN, CALENDAR, ACT, ahead=60)

    assert Counter(one.lead for one in made) == {"Sở Công Thương": 2, "Sở Y tế": 2}


@pytest.mark.parametrize(
    ("status", "count"),
    [
        (Status.ASSIGNED, 2),
        (Status.UNDER_WAY, 2),
        (Status.DRAFT, 0),
        (Status.SUSPENDED, 0),
        (Status.NOT_OURS, 0),
        (Status.WITHDRAWN, 0),
        (Status.CONFIRMED, 0),
        (Status.TRANSFERRED, 0),
    ],
)
def test_a_duty_makes_dates_only_while_it_runs(engine: Engine, status: Status, count: int) -> None:
    """Withdrawn, confirmed or suspended it stops; a draft has not begun."""
    with transaction(engine) as session:
        duty = a_duty(session, "ngày 25 hằng tháng")
        row = session.get_one(AssignmentRow, duty)
        row.status, row.filed_on = status, GIVEN
        session.flush()

        assert len(make_instances(session, GIVEN, CALENDAR, ACT, ahead=60)) == count


def test_what_is_no_recurring_duty_gets_none(engine: Engine) -> None:
    """A fixed deadline, and a duty whose days the words leave open."""
    with transaction(engine) as session:
        a_directive(session, a_draft(a_deadline(date(2020, 5, 8))))
        a_duty(session, "hằng tháng")

        assert make_instances(session, GIVEN, CALENDAR, ACT, ahead=400) == []


def test_a_duty_taken_up_again_owes_nothing_for_the_time_it_was_suspended(engine: Engine) -> None:
    """Suspended from May and taken up on 1 August: the dates of May to July are not made up for."""
    from tracker.store.events import Change, record  # noqa: PLC0415 - only here

    with transaction(engine) as session:
        a_duty(session, "ngày 25 hằng tháng")
        make_instances(session, GIVEN, CALENDAR, ACT, ahead=30)
    with transaction(engine) as session:
        duty = session.exec(select(AssignmentRow.id).where(col(AssignmentRow.origin_id).is_(None))).one()
        resumed = Act("Lan", "cli", datetime(2020, 8, 1, 2, tzinfo=UTC))
        record(session, resumed, "resume", ("assignment", duty or 0), Change())
    with transaction(engine) as session:
        made = make_instances(session, date(2020, 8, 1), CALENDAR, ACT, ahead=30)

    assert [one.occasion for one in made] == [date(2020, 8, 25)]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(
        [
            ("ngày 31 hằng tháng", Interval.MONTH),
            ("thứ Sáu hằng tuần", Interval.WEEK),
            ("ngày 10 và 25 hằng tháng", Interval.MONTH),
            ("ngày làm việc cuối cùng của mỗi tháng", Interval.MONTH),
        ]
    ),
    st.lists(st.integers(0, 90), min_size=1, max_size=4),
)
def test_however_seldom_it_runs_each_date_is_made_once(
    engine: Engine, duty: tuple[str, Interval], pauses: list[int]
) -> None:
    """Days, weeks or months between the runs, over Tết 2021 too: the same instances, each once."""
    with transaction(engine) as session:
        number = a_duty(session, *duty)
        on = GIVEN
        for pause in (0, *pauses):
            on += timedelta(days=pause)
            make_instances(session, on, CALENDAR, ACT, ahead=45, only=number)
        rows = [row.occasion for row in made_of(session, number)]

    days = round_of(*duty)
    assert days is not None
    whole = instances(days, GIVEN, on + timedelta(days=45), exclusive=False, by=Reckoning(CALENDAR))
    assert rows == [one.occasion.isoformat() for one in whole]


def make_in_a_process(url: str) -> int:
    """Make the instances from a process of its own."""
    engine = make_engine(url)
    with transaction(engine) as session:
        made = make_instances(session, GIVEN, CALENDAR, ACT, ahead=100)
    engine.dispose()
    return len(made)


@pytest.mark.slow
def test_two_processes_at_once_make_each_date_once(engine: Engine, database_url: str) -> None:
    """Whoever is quicker makes it; the other finds it there, and each has one deadline."""
    with transaction(engine) as session:
        duty = a_duty(session, "thứ Sáu hằng tuần", Interval.WEEK)
    made = race(make_in_a_process, database_url, processes=2)
    with reading(engine) as session:
        rows = made_of(session, duty)
        versions = session.exec(select(DeadlineVersionRow).where(DeadlineVersionRow.assignment_id != duty))

        assert len(rows) == sum(made) == len(versions.all()) == 15


def test_nobody_is_late_for_dates_that_were_not_known(engine: Engine) -> None:
    """A duty given in April of which dates are first made, or told, in September owes none before."""
    autumn = Act("Lan", "cli", datetime(2020, 9, 1, 2, tzinfo=UTC))
    with transaction(engine) as session:
        a_duty(session, "ngày 25 hằng tháng")
        told = a_duty(session, "định kỳ", None)
        set_recurrence(session, told, "ngày 20 hằng tháng", by=BY, act=autumn)
    with transaction(engine) as session:
        made = make_instances(session, date(2020, 9, 1), CALENDAR, autumn, ahead=30)

    assert [one.occasion for one in made] == [date(2020, 9, 25), date(2020, 9, 20)]


def test_a_person_says_when_it_comes_round(engine: Engine) -> None:
    """Words are read like a document's; they stand before it, and its history has both."""
    with transaction(engine) as session:
        duty = a_duty(session, "định kỳ", None)
        rhythm = set_recurrence(session, duty, "trước ngày 20  của tháng cuối quý", by=BY, act=ACT).rhythm
        made = make_instances(session, GIVEN, CALENDAR, ACT, ahead=100)
        line = history(session, "assignment", duty)[-1]

    assert rhythm.exclusive
    assert [(one.occasion, one.due_on) for one in made] == [(date(2020, 6, 20), date(2020, 6, 19))]
    assert line.after == {"recurrence": "trước ngày 20 của tháng cuối quý"}


def test_another_rhythm_withdraws_the_coming_dates_of_the_old_one(engine: Engine) -> None:
    """On 01/6: the past date and the reported one stay, those to come are withdrawn with their history."""
    june = Act("Lan", "cli", datetime(2020, 6, 1, 2, tzinfo=UTC))
    with transaction(engine) as session:
        duty = a_duty(session, "ngày 25 hằng tháng")
        make_instances(session, GIVEN, CALENDAR, ACT, ahead=120)
        reported = next(row for row in made_of(session, duty) if row.occasion == "2020-06-25")
        reported.status, reported.filed_on = Status.REPORTED, date(2020, 5, 29)
    with transaction(engine) as session:
        settled = set_recurrence(session, duty, "ngày 20 của tháng cuối quý", by=BY, act=june)
    with transaction(engine) as session:
        made = make_instances(session, date(2020, 6, 1), CALENDAR, june, ahead=60, only=duty)
        rows = {row.id: row for row in made_of(session, duty)}
        lines = [history(session, "assignment", one.id)[-1] for one in settled.left]

    assert [one.occasion for one in settled.left] == ["2020-07-25"]
    assert [one.occasion for one in made] == [date(2020, 6, 20)]
    assert sorted((row.due_on, row.status) for row in rows.values()) == [
        (date(2020, 4, 25), Status.ASSIGNED),
        (date(2020, 5, 25), Status.ASSIGNED),
        (date(2020, 6, 20), Status.ASSIGNED),
        (date(2020, 6, 25), Status.REPORTED),
        (date(2020, 7, 25), Status.WITHDRAWN),
    ]
    assert [(line.action, (line.after or {})["occasion"]) for line in lines] == [("withdraw", "2020-07-25")]
    assert "tháng cuối quý" in str((lines[0].after or {})["reason"])


def test_a_rhythm_that_was_left_can_be_taken_again(engine: Engine) -> None:
    """Its dates are made anew; one that both rhythms have is kept, with the day the new words give it."""
    with transaction(engine) as session:
        duty = a_duty(session, "ngày 25 hằng tháng")
        make_instances(session, GIVEN, CALENDAR, ACT, ahead=60)
    found = []
    for words in ("trước ngày 25 của tháng cuối quý", "ngày 25 hằng tháng", "trước ngày 25 hằng tháng"):
        with transaction(engine) as session:
            left = set_recurrence(session, duty, words, by=BY, act=ACT).left
        with transaction(engine) as session:
            make_instances(session, GIVEN, CALENDAR, ACT, ahead=90, only=duty)
            rows = made_of(session, duty)
        standing = [row.due_on for row in rows if row.status is not Status.WITHDRAWN]
        found.append((len(left), [(one.month, one.day) for one in standing if one]))
    with reading(engine) as session:
        kept = next(row for row in made_of(session, duty) if row.occasion == "2020-06-25")
        versions = deadline_versions.of(session, kept.id or 0)

    assert found == [
        (2, [(6, 24)]),
        (0, [(4, 25), (5, 25), (6, 25)]),
        (0, [(4, 24), (5, 24), (6, 24)]),
    ]
    assert [one.cause for one in versions] == [DeadlineCause.INSTANCE] * 3


def test_the_same_words_again_withdraw_nothing(engine: Engine) -> None:
    """And a date that a person has given more time keeps its day under other words for the same days."""
    with transaction(engine) as session:
        duty = a_duty(session, "ngày 25 hằng tháng")
        first, _ = make_instances(session, GIVEN, CALENDAR, ACT, ahead=60)
        later = deadline_versions.NewDeadline(
            due_on=date(2020, 4, 29), cause=DeadlineCause.EXTENSION, explain="gia hạn"
        )
        deadline_versions.change(session, first.assignment_id, later, act=ACT)
        same = set_recurrence(session, duty, "ngày 25 hằng tháng", by=BY, act=ACT)
        other = set_recurrence(session, duty, "trước ngày 25 hằng tháng", by=BY, act=ACT)

        assert (same.left, other.left) == ((), ())
        assert [row.due_on for row in made_of(session, duty)] == [date(2020, 4, 29), date(2020, 5, 24)]


def test_words_that_leave_the_day_open_are_refused(engine: Engine) -> None:
    """With examples of words that do not; an instance and a fixed deadline do not come round."""
    with transaction(engine) as session:
        duty = a_duty(session, "ngày 25 hằng tháng")
        a_directive(session, a_draft(a_deadline(date(2020, 5, 8))))
        fixed = session.exec(select(AssignmentRow.id).order_by(col(AssignmentRow.id).desc())).first()
        (made,) = make_instances(session, GIVEN, CALENDAR, ACT, ahead=30)
        for words in ("hằng quý", "ngày 20/6/2020", "xyz", ""):
            with pytest.raises(InputRefused, match="hằng tháng"):
                set_recurrence(session, duty, words, by=BY, act=ACT)
        for number in (fixed, made.assignment_id):
            with pytest.raises(Conflict, match="recurring list"):
                set_recurrence(session, number or 0, "ngày 20 hằng tháng", by=BY, act=ACT)


@pytest.mark.parametrize(
    ("every", "occasions"),
    [
        (Interval.MONTH, [date(2020, 4, 25), date(2020, 5, 25)]),
        (Interval.QUARTER, [date(2020, 6, 25), date(2020, 9, 25)]),
        (Interval.HALF, [date(2020, 6, 25), date(2020, 12, 25)]),
        (Interval.YEAR, [date(2020, 12, 25), date(2021, 12, 25)]),
    ],
)
def test_the_decree_s_periods_are_offered_and_can_be_taken(
    engine: Engine, every: Interval, occasions: list[date]
) -> None:
    """The words that are offered are read back, and give the days that were shown."""
    with transaction(engine) as session:
        duty = a_duty(session, "định kỳ", None)
        found = offer(session, duty, GIVEN, CALENDAR, every=every)
        set_recurrence(session, duty, found.words, by=BY, act=ACT)
        made = make_instances(session, GIVEN, CALENDAR, ACT, ahead=640)

    assert [period.sent_by for period in found.periods] == occasions
    assert [one.occasion for one in made][:2] == occasions
    assert {period.closes.day for period in found.periods} == {14}


def test_an_offer_that_cannot_be_is_refused(engine: Engine) -> None:
    """No interval known, one without periods, a day before the figures close."""
    with transaction(engine) as session:
        duty = a_duty(session, "định kỳ", None)
        weekly = a_duty(session, "hằng tuần", Interval.WEEK)
        with pytest.raises(InputRefused, match="--every"):
            offer(session, duty, GIVEN, CALENDAR)
        with pytest.raises(InputRefused, match="hằng tuần"):
            offer(session, weekly, GIVEN, CALENDAR)
        with pytest.raises(InputRefused, match="15/04/2020"):
            offer(session, duty, GIVEN, CALENDAR, every=Interval.MONTH, day=14)


def test_the_daily_run_makes_them_and_reminds_of_them(engine: Engine, tmp_path: Path) -> None:
    """A day's run makes what is coming, says who did it, and the second run of the day changes nothing."""
    an_office(engine)
    with transaction(engine) as session:
        duty = a_duty(session, "trước ngày 10 hằng tháng", exclusive=True)
    app = an_app(engine, tmp_path)
    first, second = run_day(app, date(2020, 4, 6)), run_day(app, date(2020, 4, 6))
    with reading(engine) as session:
        rows = made_of(session, duty)
        line = history(session, "assignment", rows[0].id or 0)[0]

    assert [row.due_on for row in rows] == [date(2020, 4, 9), date(2020, 5, 9)]
    assert (line.actor, line.via) == ("hệ thống", "run")
    assert (first.planned, first.changed, second.changed) == (1, True, False)
