"""One digest a reader and day: what is new, stands, has changed, and what waits for the office itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from directives.calendar import default_calendar
from directives.model import Urgency
from notifications.channels import ChannelName
from tests.tracker.factories import (
    AGENCY,
    a_contact,
    a_deadline,
    a_directive,
    a_draft,
    an_app,
    an_office,
)
from tracker.app import App
from tracker.clock import StoppedClock
from tracker.domain.holds import HoldReason
from tracker.domain.ladder import DEFAULT_LADDER, Ladder, Standing
from tracker.domain.notes import NoteOutcome
from tracker.domain.people import Role
from tracker.services import followups
from tracker.services import holds as holding
from tracker.services.daily import DayReport, run_day
from tracker.services.delivery import deliver
from tracker.services.ladders import adopt
from tracker.services.office import office_of
from tracker.services.reports import Result, confirm, give_back, report
from tracker.services.simulation import simulate
from tracker.services.told_at_once import tell_at_once
from tracker.store import snapshots, step_notes
from tracker.store.events import Act
from tracker.store.session import reading, transaction
from tracker.store.tables import (
    ActionLinkRow,
    AssignmentRow,
    ExplanationRow,
    LetterItemRow,
    OutboxRow,
    StepNoteRow,
)

DUE = date(2020, 4, 8)  # a Wednesday
CALENDAR = default_calendar()


def morning(day: date, hour: int = 1) -> StoppedClock:
    """Return a clock at eight in the office on a day."""
    return StoppedClock(datetime(day.year, day.month, day.day, hour, tzinfo=UTC))


def at(app: App, day: date, hour: int = 1) -> App:
    """Return the office on a day."""
    return replace(app, clock=morning(day, hour))


def run(app: App, day: date) -> DayReport:
    """Run a day on that day."""
    return run_day(at(app, day), day)


def letters(engine: Engine, on: date, role: Role | None = None) -> list[OutboxRow]:
    """Return the letters of a business date by e-mail, to the contacts of a role."""
    with reading(engine) as session:
        rows = session.exec(
            select(OutboxRow)
            .where(col(OutboxRow.business_date) == on, col(OutboxRow.channel) == ChannelName.EMAIL)
            .order_by(col(OutboxRow.id))
        ).all()
    return [row for row in rows if role is None or f"-{role.value}@" in row.address]


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> App:
    """Give an office with all its digests and one task due on Wednesday."""
    an_office(engine)
    with transaction(engine) as session:
        a_directive(session, a_draft(a_deadline(DUE)))
    return an_app(engine, tmp_path, ladder=DEFAULT_LADDER)


def test_what_is_late_is_repeated_each_working_day(office: App) -> None:
    """The officer hears of the delay every working day until something comes of it, never at the weekend."""
    days = [date(2020, 4, 9) + timedelta(days=ahead) for ahead in range(12)]
    for day in days:
        run(office, day)
    heard = [day for day in days if letters(office.engine, day, Role.OFFICER)]

    assert heard == [day for day in days if CALENDAR.is_working(day)]


def test_heads_have_it_once_a_week(office: App) -> None:
    """After the step that tells a head, the first working day of each week repeats it."""
    days = [date(2020, 4, 9) + timedelta(days=ahead) for ahead in range(26)]
    for day in days:
        run(office, day)
    heard = [day for day in days if letters(office.engine, day, Role.HEAD)]

    assert heard == [date(2020, 4, 13), date(2020, 4, 20), date(2020, 4, 27), date(2020, 5, 4)]


def test_the_same_day_again_repeats_nothing(office: App) -> None:
    """A second run on a day that only repeated writes no letter, no note and no figures."""
    for day in (date(2020, 4, 9), date(2020, 4, 10)):
        run(office, day)
    with reading(office.engine) as session:
        before = len(session.exec(select(OutboxRow)).all()), len(session.exec(select(StepNoteRow)).all())
    again = run(office, date(2020, 4, 10))
    with reading(office.engine) as session:
        after = len(session.exec(select(OutboxRow)).all()), len(session.exec(select(StepNoteRow)).all())

    assert (before, again.queued, again.changed) == (after, 0, False)


def test_nothing_is_repeated_of_what_was_reported(office: App) -> None:
    """A digest that waits is dropped when what stood in it was handed in meanwhile."""
    run(office, date(2020, 4, 9))
    deliver(at(office, date(2020, 4, 9)))
    run(office, date(2020, 4, 10))
    with transaction(office.engine) as session:
        report(
            session,
            1,
            Result(words="Đã xong"),
            act=Act("so-cong-thuong", "cli", morning(date(2020, 4, 10)).now()),
            office=office_of(at(office, date(2020, 4, 10))),
        )
    deliver(at(office, date(2020, 4, 10)))
    (letter,) = letters(office.engine, date(2020, 4, 10), Role.OFFICER)

    assert (letter.state, letter.last_code) == ("dropped", "nothing-left")


@pytest.mark.parametrize("ladder", [None, replace(DEFAULT_LADDER, version=0)], ids=["in force", "proposed"])
def test_a_rehearsal_foretells_digests_too(office: App, ladder: object) -> None:
    """Letters that only repeat are foretold like the steps."""
    first, last = date(2020, 4, 1), date(2020, 5, 15)
    foretold = simulate(office, first, last, ladder)  # type: ignore[arg-type]
    for ahead in range((last - first).days + 1):
        run_day(office, first + timedelta(days=ahead))
    by_day: dict[str, int] = {}
    with reading(office.engine) as session:
        for letter in session.exec(select(OutboxRow)):
            assert letter.business_date is not None
            by_day[letter.business_date.isoformat()] = by_day.get(letter.business_date.isoformat(), 0) + 1

    assert by_day == foretold.by_day
    assert all(reader.items >= reader.letters > 0 for reader in foretold.readers)


def test_a_result_that_comes_back_is_told_the_next_morning(office: App) -> None:
    """The officer is told that a result was returned, once, though nothing else is due."""
    run(office, date(2020, 4, 3))
    deliver(at(office, date(2020, 4, 3)))
    act = Act("van-thu", "cli", morning(date(2020, 4, 3), 5).now())
    with transaction(office.engine) as session:
        report(session, 1, Result(words="Đã xong"), act=act, office=office_of(at(office, date(2020, 4, 3))))
    with transaction(office.engine) as session:
        give_back(session, 1, "Thiếu số liệu", act=act)
    run(office, date(2020, 4, 6))
    deliver(at(office, date(2020, 4, 6)))
    (told,) = letters(office.engine, date(2020, 4, 6), Role.OFFICER)
    run(office, date(2020, 4, 7))
    later = letters(office.engine, date(2020, 4, 7), Role.OFFICER)

    assert "kết quả bị trả lại" in told.text
    assert not any("kết quả bị trả lại" in letter.text for letter in later)


def test_work_that_is_done_leaves_the_calendar(office: App) -> None:
    """The due day goes with the reminder; when the work is confirmed it is cancelled."""
    run(office, date(2020, 4, 3))
    deliver(at(office, date(2020, 4, 3)))
    act = Act("van-thu", "cli", morning(date(2020, 4, 3), 5).now())
    with transaction(office.engine) as session:
        report(session, 1, Result(words="Đã xong"), act=act, office=office_of(at(office, date(2020, 4, 3))))
    with transaction(office.engine) as session:
        confirm(session, 1, act=act)
    run(office, date(2020, 4, 6))
    deliver(at(office, date(2020, 4, 6)))
    (reminder,) = letters(office.engine, date(2020, 4, 3), Role.OFFICER)
    (told,) = letters(office.engine, date(2020, 4, 6), Role.OFFICER)

    assert "METHOD:PUBLISH" in (reminder.calendar or "")
    assert "20200408" in (reminder.calendar or "")
    assert "METHOD:CANCEL" in (told.calendar or "")
    assert "đã được xác nhận hoàn thành" in told.text


def test_what_waits_for_the_office_is_on_its_own_list(office: App) -> None:
    """The secretariat is reminded of results that it has not confirmed in time."""
    with transaction(office.engine) as session:
        a_contact(session, Role.SECRETARIAT)
    run(office, date(2020, 4, 3))
    act = Act("so", "cli", morning(date(2020, 4, 3)).now())
    with transaction(office.engine) as session:
        report(session, 1, Result(words="Đã xong"), act=act, office=office_of(at(office, date(2020, 4, 3))))
    early = run(office, date(2020, 4, 6))
    run(office, date(2020, 4, 8))
    deliver(at(office, date(2020, 4, 8)))
    (told,) = letters(office.engine, date(2020, 4, 8), Role.SECRETARIAT)

    assert early.working_day
    assert letters(office.engine, date(2020, 4, 6), Role.SECRETARIAT) == []
    assert "1 kết quả chờ xác nhận, lâu nhất 03 ngày làm việc; 1 đã chậm" in told.text


def test_the_figures_are_frozen_and_their_number_printed(office: App) -> None:
    """Every letter names the figures it stands on; only the same figures keep their number."""
    first = run(office, date(2020, 4, 9))
    deliver(at(office, date(2020, 4, 9)))
    (letter,) = letters(office.engine, date(2020, 4, 9), Role.OFFICER)
    with transaction(office.engine) as session:
        a_directive(session, a_draft(a_deadline(date(2020, 4, 8))))
    second = run(office, date(2020, 4, 9))
    with reading(office.engine) as session:
        kept = snapshots.of_date(session, date(2020, 4, 9))

    assert (first.snapshot, second.snapshot) == ("S-20200409-1", "S-20200409-2")
    assert [one.figures["open_overdue"] for one in kept] == [1, 2]
    assert all(snapshots.is_genuine(one) for one in kept)
    assert "Số liệu tính đến 08 giờ 00 ngày 09/04/2020, bản chốt S-20200409-1." in letter.text


def test_after_an_outage_one_letter_says_so(office: App) -> None:
    """Down for nine working days: one letter, which names them, and what it took over is noted."""
    run(office, date(2020, 4, 1))
    deliver(at(office, date(2020, 4, 1)))
    run(office, date(2020, 4, 16))
    deliver(at(office, date(2020, 4, 16)))
    told = letters(office.engine, date(2020, 4, 16), Role.OFFICER)
    with reading(office.engine) as session:
        merged = [
            note.step
            for note in step_notes.of_date(session, date(2020, 4, 16))
            if note.outcome is NoteOutcome.MERGED
        ]

    assert len(told) == 1
    assert "Hệ thống gián đoạn từ ngày 03/04/2020 đến ngày 15/04/2020" in told[0].text
    assert merged == ["before-3", "before-1", "due", "overdue-1", "overdue-3"]


def test_digests_that_piled_up_are_not_all_sent(office: App) -> None:
    """While mail is down runs go on: what only repeats leaves once, and keeps what changed meanwhile."""
    days = [date(2020, 4, day) for day in (9, 10, 13, 14)]
    run(office, days[0])
    deliver(at(office, days[0]))
    with transaction(office.engine) as session:
        returned = Act("so-cong-thuong", "cli", morning(days[0], 3).now())
        report(session, 1, Result(words="Đã xong"), act=returned, office=office_of(at(office, days[0])))
        give_back(session, 1, "Thiếu số liệu", act=returned)
    for day in days[1:]:
        run(office, day)
    deliver(at(office, days[-1]))
    sent = [
        (letter.state, letter.last_code)
        for day in days[1:]
        for letter in letters(office.engine, day, Role.OFFICER)
    ]
    (last,) = letters(office.engine, days[-1], Role.OFFICER)

    assert sent == [("dropped", "later-digest"), ("dropped", "later-digest"), ("sent", last.last_code)]
    assert "kết quả bị trả lại" in last.text


def test_a_reader_has_no_more_letters_than_a_day_allows(office: App) -> None:
    """What comes in during the day beyond that is said the next day, and noted until then."""
    app = replace(office, ladder=replace(DEFAULT_LADDER, per_day=1))
    run(app, date(2020, 4, 9))
    with transaction(app.engine) as session:
        a_directive(session, a_draft(a_deadline(date(2020, 4, 8))))
    again = run(app, date(2020, 4, 9))
    with reading(app.engine) as session:
        notes = [
            note
            for note in step_notes.of_date(session, date(2020, 4, 9))
            if note.outcome is NoteOutcome.CAPPED
        ]
    run(app, date(2020, 4, 10))
    with reading(app.engine) as session:
        said = session.exec(select(LetterItemRow).where(col(LetterItemRow.assignment_id) == 2)).all()

    assert again.capped > 0
    assert len(letters(app.engine, date(2020, 4, 9), Role.OFFICER)) == 1
    assert {note.assignment_id for note in notes} == {2}
    assert {item.step for item in said} == {"overdue-1"}


def test_very_many_letters_wait_for_a_person(office: App) -> None:
    """A run beyond the brake writes nothing and says why; released, the next run writes them all."""
    app = replace(office, settings=office.settings.model_copy(update={"brake_letters": 1}))
    stopped = run(app, date(2020, 4, 16))
    nothing = letters(app.engine, date(2020, 4, 16))
    holding.release(at(app, date(2020, 4, 16)), actor="van-thu", via="cli", skip_past=False)
    done = run(app, date(2020, 4, 16))

    assert stopped.held == (HoldReason.BRAKE,)
    assert nothing == []
    assert done.queued > 1


def test_a_late_agency_is_asked_why_once(office: App) -> None:
    """From the step of the ladder on a request for explanation is open, one for each missed deadline."""
    for day in (date(2020, 4, 14), date(2020, 4, 15), date(2020, 4, 16), date(2020, 4, 17)):
        run(office, day)
    with reading(office.engine) as session:
        asked = session.exec(select(ExplanationRow)).all()

    assert [(one.assignment_id, one.asked_by, one.answer_by) for one in asked] == [
        (1, "hệ thống", date(2020, 4, 20))
    ]


def test_a_new_ladder_asks_about_what_an_old_one_has_told(office: App) -> None:
    """A request that is added to the ladder does not wait for the next step: the delay was told already."""
    steps = tuple(replace(step, also=()) for step in DEFAULT_LADDER.steps)
    app = replace(office, ladder=replace(DEFAULT_LADDER, steps=steps))
    silent = run(app, date(2020, 4, 16))
    adopt(app, DEFAULT_LADDER, Act("van-thu", "cli", morning(date(2020, 4, 16)).now()))
    asked = run(app, date(2020, 4, 17))

    assert (silent.asked, asked.asked) == (0, 1)


def _reports(app: App, on: date) -> None:
    act = Act("so-cong-thuong", "cli", at(app, on).clock.now())
    with transaction(app.engine) as session:
        report(session, 1, Result(words="Đã xong"), act=act, office=office_of(at(app, on)))


def _has_more_time(app: App, on: date) -> None:
    with transaction(app.engine) as session:
        work = session.get_one(AssignmentRow, 1)
        work.due_on, work.deadline_version = on + timedelta(days=30), 2


@pytest.mark.parametrize("settled", [_reports, _has_more_time])
def test_what_is_settled_while_a_run_asks_is_not_asked(
    office: App, monkeypatch: pytest.MonkeyPatch, settled: Callable[[App, date], None]
) -> None:
    """It comes between the look and the question: the run goes on, and asks what is still late."""
    with transaction(office.engine) as session:
        a_directive(session, a_draft(a_deadline(DUE)))
    look = followups._unasked

    def look_before(session: Session, ladder: Ladder, before: Ladder, on: date) -> list[int]:
        late = look(session, ladder, before, on)
        settled(office, on)
        return late

    monkeypatch.setattr(followups, "_unasked", look_before)
    done = run(office, date(2020, 4, 15))
    with reading(office.engine) as session:
        asked = session.exec(select(ExplanationRow)).all()

    assert done.asked == 1
    assert [one.assignment_id for one in asked] == [2]


def test_the_agency_s_letters_carry_links_that_act(office: App) -> None:
    """The officer's letter leads to the page where they may act; the chief's leads to the list."""
    run(office, date(2020, 4, 9))
    deliver(at(office, date(2020, 4, 9)))
    (officer,) = letters(office.engine, date(2020, 4, 9), Role.OFFICER)
    with reading(office.engine) as session:
        links = session.exec(select(ActionLinkRow)).all()

    assert "/l/" in officer.text
    assert {link.assignment_id for link in links} == {1}


def test_letters_wait_for_the_morning(office: App) -> None:
    """What is planned at night leaves when the sending hours begin."""
    app = replace(office, settings=office.settings.model_copy(update={"send_hours": "working"}))
    night = replace(app, clock=StoppedClock(datetime(2020, 4, 2, 15, tzinfo=UTC)))  # ten in the evening
    run_day(night, date(2020, 4, 3))
    with reading(app.engine) as session:
        planned = session.exec(select(OutboxRow)).all()

    assert planned
    assert {letter.next_try_at.replace(tzinfo=UTC) for letter in planned} == {
        datetime(2020, 4, 3, 0, tzinfo=UTC)
    }


def test_urgent_work_is_told_at_once(office: App) -> None:
    """What a document stamped «Hỏa tốc» gives is told at ten in the evening; once; other work is not."""
    app = replace(
        office,
        settings=office.settings.model_copy(update={"send_hours": "working"}),
        clock=StoppedClock(datetime(2020, 4, 3, 15, tzinfo=UTC)),
    )
    with transaction(app.engine) as session:
        usual = a_directive(session, a_draft(a_deadline(DUE)))
        urgent = a_directive(session, a_draft(None), urgency=Urgency.FLASH)
        assert tell_at_once(session, app, usual) == 0
        first, again = tell_at_once(session, app, urgent), tell_at_once(session, app, urgent)
    deliver(app)
    with reading(app.engine) as session:
        told = session.exec(select(OutboxRow).where(col(OutboxRow.channel) == ChannelName.EMAIL)).all()

    assert (first, again) == (2, 0)
    assert {letter.state for letter in told} == {"sent"}
    assert {letter.address.split("@")[0] for letter in told} == {f"{AGENCY}-officer", f"{AGENCY}-head"}
    assert all(letter.subject.startswith("[KHẨN]") for letter in told)


def test_no_digest_where_the_ladder_wants_none(office: App) -> None:
    """A role that is never sent what stands has its steps and nothing else."""
    silent = replace(
        office, ladder=replace(DEFAULT_LADDER, standing=MappingProxyType({Role.HEAD: Standing.NEVER}))
    )
    for day in (date(2020, 4, 13), date(2020, 4, 20)):
        run(silent, day)

    assert letters(office.engine, date(2020, 4, 13), Role.HEAD)
    assert letters(office.engine, date(2020, 4, 20), Role.HEAD) == []
    with reading(office.engine) as session:
        assert session.exec(select(AssignmentRow)).one().agency_id is not None
