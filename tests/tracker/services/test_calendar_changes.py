"""A change of the calendar is seen first, moves only what was counted, and leaves a version and history."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from directives.calendar import DayKind, SpecialDay, Standing, default_calendar
from directives.deadlines import find_deadlines
from directives.model import Deadline, DeadlineKind, Interval, Span
from tests.tracker.factories import a_deadline, a_directive, a_draft
from tracker.domain.deadlines import DeadlineCause, Reckoning
from tracker.domain.status import Status
from tracker.errors import InputRefused
from tracker.services import calendar_changes as changes
from tracker.services.calendar_changes import CalendarChange
from tracker.services.calendar_in import expected_days, read_days
from tracker.services.due_dates import set_deadline, tell_received
from tracker.services.recurring import make_instances
from tracker.store import deadline_versions
from tracker.store.calendar import calendar_of, save_days
from tracker.store.events import Act, history
from tracker.store.session import reading, transaction
from tracker.store.tables import AssignmentRow

ACT: Final = Act("Lan", "cli", datetime(2020, 4, 3, 7, tzinfo=UTC))
STORM: Final = SpecialDay(date(2020, 4, 13), DayKind.HOLIDAY, "Nghỉ tránh bão", "Công điện 01/CĐ-UBND")
CHANGE: Final = CalendarChange((STORM,))
COUNTED: Final = "trong thời hạn 10 ngày kể từ ngày ký Thông báo này"  # 13/4/2020, a Monday


def read(words: str) -> Deadline:
    """Read a deadline as a document of 03/4/2020 has it."""
    (found,) = find_deadlines(f"Sở Y tế báo cáo {words}.", issued_on=date(2020, 4, 3))
    return found


def by(session: Session) -> Reckoning:
    """Return how the office counts now."""
    return Reckoning(calendar_of(session))


def numbers(session: Session) -> list[int]:
    """Return the numbers of the assignments, in order."""
    return [row.id or 0 for row in session.exec(select(AssignmentRow).order_by("id")).all()]


def test_a_change_is_seen_before_it_is_made(engine: Engine) -> None:
    """The preview names the work and both days, and writes nothing."""
    with transaction(engine) as session:
        a_directive(session, a_draft(read(COUNTED)), a_draft(a_deadline(date(2020, 4, 13)), item="4"))
        moves = changes.preview(session, CHANGE, by(session))
        due = [row.due_on for row in session.exec(select(AssignmentRow))]

        assert [(one.before, one.after) for one in moves] == [(date(2020, 4, 13), date(2020, 4, 14))]
        assert set(due) == {date(2020, 4, 13)}
        assert calendar_of(session).is_working(STORM.day)


def test_a_confirmed_change_moves_due_dates_as_new_versions_with_history(engine: Engine) -> None:
    """The day, the version and both lines of history are of one transaction; the original stays."""
    with transaction(engine) as session:
        a_directive(session, a_draft(read(COUNTED)))
        (number,) = numbers(session)
        moves = changes.confirm(session, CHANGE, by(session), act=ACT)
    with reading(engine) as session:
        versions = deadline_versions.of(session, number)
        line = history(session, "assignment", number)[-1]
        day = history(session, "calendar", 20200413)

        assert len(moves) == 1
        assert [(one.due_on, one.cause) for one in versions] == [
            (date(2020, 4, 13), DeadlineCause.READ),
            (date(2020, 4, 14), DeadlineCause.CALENDAR),
        ]
        assert "13/4/2020 là ngày nghỉ" in versions[1].explain
        said = {"due_on": "2020-04-14", "deadline_version": 2, "cause": "calendar"}
        assert line.action == "deadline-changed"
        assert said.items() <= (line.after or {}).items()
        assert [(one.action, (one.after or {})["decision"]) for one in day] == [
            ("day-decided", "Công điện 01/CĐ-UBND")
        ]
        assert not calendar_of(session).is_working(STORM.day)


def test_only_counted_days_of_open_work_move(engine: Engine) -> None:
    """Fixed, set by a person, extended, and closed work keep their days."""
    with transaction(engine) as session:
        drafts = [a_draft(read(COUNTED), item=str(at)) for at in range(3)]
        a_directive(session, a_draft(a_deadline(date(2020, 4, 13))), *drafts)
        _, settled, closed, moved = numbers(session)
        set_deadline(session, settled, date(2020, 4, 16), reason="x", document="1/VP", act=ACT)
        set_deadline(session, settled, date(2020, 4, 13), reason="y", act=ACT)
        session.get_one(AssignmentRow, closed).status = Status.WITHDRAWN
        session.flush()

        assert [one.assignment_id for one in changes.confirm(session, CHANGE, by(session), act=ACT)] == [
            moved
        ]


def test_a_day_given_back_moves_due_dates_back(engine: Engine) -> None:
    """A holiday that did not come is a day as usual; the due date returns in a third version."""
    back = CalendarChange((SpecialDay(STORM.day, DayKind.ORDINARY, "Làm việc bình thường", "Công điện 02"),))
    with transaction(engine) as session:
        a_directive(session, a_draft(read(COUNTED)))
        changes.confirm(session, CHANGE, by(session), act=ACT)
        changes.confirm(session, back, by(session), act=ACT)
        versions = deadline_versions.of(session, numbers(session)[0])

    assert [one.due_on for one in versions] == [date(2020, 4, 13), date(2020, 4, 14), date(2020, 4, 13)]


def test_the_day_an_agency_received_a_document_still_counts(engine: Engine) -> None:
    """An anchored deadline is counted anew from its own anchor."""
    words = "trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản"
    with transaction(engine) as session:
        a_directive(session, a_draft(Deadline(words, Span(0, len(words)), DeadlineKind.RELATIVE)))
        (number,) = numbers(session)
        act = Act("Lan", "cli", datetime(2020, 4, 8, 2, tzinfo=UTC))
        tell_received(session, number, date(2020, 4, 8), by=by(session), act=act)
        (moved,) = changes.confirm(session, CHANGE, by(session), act=ACT)

    assert (moved.before, moved.after) == (date(2020, 4, 15), date(2020, 4, 16))


def test_the_last_working_day_of_a_month_moves_with_the_calendar_and_is_not_made_twice(
    engine: Engine,
) -> None:
    """The instance keeps its occasion, the month's end, whatever day its deadline falls on."""
    words = "ngày làm việc cuối cùng của mỗi tháng"
    off = SpecialDay(date(2020, 4, 29), DayKind.SWAPPED_OFF, "Nghỉ", "VB 3", swapped_with=date(2020, 5, 9))
    with transaction(engine) as session:
        span = Span(0, len(words))
        a_directive(session, a_draft(Deadline(words, span, DeadlineKind.RECURRING, every=Interval.MONTH)))
        make_instances(session, date(2020, 4, 3), calendar_of(session), ACT, ahead=30)
        (moved,) = changes.confirm(session, CalendarChange((off,)), by(session), act=ACT)
        again = make_instances(session, date(2020, 4, 3), calendar_of(session), ACT, ahead=30)

    assert (moved.before, moved.after, again) == (date(2020, 4, 29), date(2020, 4, 28), [])


def test_due_dates_out_of_step_are_named_and_brought_in(engine: Engine) -> None:
    """After an update of the shipped calendar or another policy, nothing moves until a person says so."""
    with transaction(engine) as session:
        a_directive(session, a_draft(read(COUNTED)))
        save_days(session, [STORM], act=ACT)  # as an update would: without looking at due dates
        (seen,) = changes.out_of_step(session, by(session))
        (moved,) = changes.bring_in_step(session, by(session), act=ACT)

        assert seen == moved
        assert moved.after == date(2020, 4, 14)
        assert changes.out_of_step(session, by(session)) == []


def test_what_is_not_decided_in_the_next_twelve_months_is_named(engine: Engine) -> None:
    """On 01/6/2026: the day of culture, and all of 2027; once decided, nothing."""
    culture = SpecialDay(date(2026, 11, 24), DayKind.HOLIDAY, "Ngày Văn hóa", "Luật số 1")
    with transaction(engine) as session:
        before = changes.still_provisional(calendar_of(session), date(2026, 6, 1))
        changes.confirm(session, CalendarChange((culture,), (2027,)), by(session), act=ACT)
        after = changes.still_provisional(calendar_of(session), date(2026, 6, 1))

    assert [(one.first, one.last) for one in before] == [
        (date(2026, 11, 24), date(2026, 11, 24)),
        (date(2027, 1, 1), date(2027, 6, 1)),
    ]
    assert after == []


def test_an_expected_year_is_only_provisional_and_gives_way_to_decisions() -> None:
    """What the package expects names its source; swaps have both sides; 2026's New Year is missing."""
    days = {one.day: one for one in expected_days(2026)}

    assert {one.standing for one in days.values()} == {Standing.PROVISIONAL}
    assert days[date(2026, 8, 31)].swapped_with == date(2026, 8, 22)
    assert days[date(2026, 8, 22)].kind is DayKind.WORKED
    assert days[date(2026, 4, 27)].kind is DayKind.IN_LIEU
    assert date(2026, 1, 2) not in days
    assert all("holidays" in one.decision for one in days.values())


OFF: Final = SpecialDay(date(2027, 4, 29), DayKind.SWAPPED_OFF, "Nghỉ", "QĐ", swapped_with=date(2027, 5, 8))
WORKED: Final = SpecialDay(date(2027, 5, 8), DayKind.WORKED, "Làm bù", "QĐ", swapped_with=date(2027, 4, 29))


@pytest.mark.parametrize(
    ("days", "missing"),
    [
        pytest.param((OFF, WORKED), [], id="both"),
        pytest.param((OFF,), [(OFF.day, WORKED.day, DayKind.WORKED)], id="a day off that nobody works for"),
        pytest.param((WORKED,), [(WORKED.day, OFF.day, DayKind.SWAPPED_OFF)], id="a worked day for nothing"),
        pytest.param(
            (replace(OFF, swapped_with=None),), [(OFF.day, None, DayKind.WORKED)], id="a day off alone"
        ),
        pytest.param(
            (replace(WORKED, swapped_with=None),),
            [(WORKED.day, None, DayKind.SWAPPED_OFF)],
            id="worked alone",
        ),
        pytest.param(
            (replace(OFF, kind=DayKind.HOLIDAY), WORKED), [], id="a day off by another name is one too"
        ),
        pytest.param(
            (OFF, replace(WORKED, kind=DayKind.ORDINARY)),
            [(OFF.day, WORKED.day, DayKind.WORKED)],
            id="the other day is as usual",
        ),
        pytest.param((STORM,), [], id="a holiday needs nothing"),
    ],
)
def test_a_swap_without_its_other_side_is_named(
    days: tuple[SpecialDay, ...], missing: list[tuple[date, date | None, DayKind]]
) -> None:
    """Before it is written as after: which day, and what the other one would have to be."""
    change = CalendarChange(days)
    told = changes.left_one_sided(default_calendar(), change)
    checked = changes.one_sided(default_calendar().with_days(days), date(2020, 1, 1))

    assert [(one.day.day, one.other, one.lacks) for one in told] == missing
    assert checked == told


def test_taking_back_one_side_of_a_swap_names_the_other() -> None:
    """The worked Saturday stays behind when its day off becomes a day as usual; nothing else is named."""
    back = SpecialDay(date(2026, 8, 31), DayKind.ORDINARY, "Làm việc bình thường", "Công điện 02")
    (left,) = changes.left_one_sided(default_calendar(), CalendarChange((back,)))

    assert (left.day.day, left.other, left.lacks) == (
        date(2026, 8, 22),
        date(2026, 8, 31),
        DayKind.SWAPPED_OFF,
    )
    assert changes.one_sided(default_calendar(), date(2020, 1, 1)) == []


@pytest.mark.parametrize("year", [0, 1900, 1944, 2101, 2200, 20261])
def test_years_that_no_office_means_are_refused_with_the_range(year: int) -> None:
    """Neither are they filled in, where nothing is known of them, nor called complete."""
    for use in (expected_days, lambda year: CalendarChange(years=(year,))):
        with pytest.raises(InputRefused, match="1945 đến 2100") as refused:
            use(year)
        assert str(year) in str(refused.value)


@pytest.mark.parametrize("year", [1976, 2100])
def test_years_at_the_ends_are_filled_in(year: int) -> None:
    """The days that are expected of them are theirs alone."""
    assert {one.day.year for one in expected_days(year)} == {year}


def test_days_are_read_from_a_table(tmp_path: Path) -> None:
    """In either language, with the decision behind each."""
    path = tmp_path / "lich.csv"
    path.write_text(
        "date,kind,name,decision,standing,swapped_with\n"
        "02/01/2026,nghỉ hoán đổi,Tết Dương lịch,12729/VPCP-KGVX,,10/01/2026\n"
        "2026-01-10,worked,Làm bù,12729/VPCP-KGVX,chính thức,2026-01-02\n"
        "24/11/2027,nghỉ lễ,Ngày Văn hóa,80-NQ/TW,dự kiến,\n",
        encoding="utf-8",
    )
    found = read_days(path)

    assert found.errors == ()
    assert [(one.day, one.kind, one.standing) for one in found.days] == [
        (date(2026, 1, 2), DayKind.SWAPPED_OFF, Standing.OFFICIAL),
        (date(2026, 1, 10), DayKind.WORKED, Standing.OFFICIAL),
        (date(2027, 11, 24), DayKind.HOLIDAY, Standing.PROVISIONAL),
    ]
    assert found.days[0].swapped_with == date(2026, 1, 10)


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("31/02/2026,nghỉ lễ,x,y,,", "date", "not-a-day"),
        (",nghỉ lễ,x,y,,", "date", "empty"),
        ("02/01/2026,nghỉ hè,x,y,,", "kind", "unknown-day-kind"),
        ("02/01/2026,nghỉ lễ,x,,,", "decision", "empty"),
        ("02/01/2026,làm bù,x,y,,", "date", "day-worked-on-a-weekday"),
        ("10/01/2026,nghỉ bù,x,y,,", "date", "day-off-anyway"),
        ("02/01/2026,nghỉ lễ,x,y,có lẽ,", "standing", "unknown-standing"),
    ],
)
def test_mistakes_in_a_table_are_named_by_row_and_column(
    tmp_path: Path, row: str, column: str, code: str
) -> None:
    """With one mistake no day of the table counts."""
    path = tmp_path / "lich.csv"
    good = "01/01/2026,nghỉ lễ,Tết Dương lịch,BLLĐ,,"
    path.write_text(f"date,kind,name,decision,standing,swapped_with\n{good}\n{row}\n", encoding="utf-8")
    found = read_days(path)

    assert found.days == ()
    assert [(one.row, one.column, one.code) for one in found.errors] == [(3, column, code)]
    assert found.errors[0].sentence()
