"""The proof: each outcome has a row and a sentence, and a day on which nothing was said says why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, update
from sqlmodel import col

from notifications.outbox import OutboxState
from tests.tracker.factories import (
    AGENCY,
    STEPS_ONLY,
    a_contact,
    a_deadline,
    a_directive,
    a_draft,
    an_agency,
    an_app,
    an_office,
)
from tracker.app import App
from tracker.clock import StoppedClock
from tracker.domain.holds import HoldReason
from tracker.domain.notes import NoteOutcome
from tracker.domain.people import Role
from tracker.domain.reminders import Reason
from tracker.domain.sending import Dropped, Instead
from tracker.errors import Conflict, NotFound
from tracker.phrasebook import catalogue
from tracker.services.daily import run_day
from tracker.services.delivery import deliver
from tracker.services.ladders import adopt
from tracker.services.proof import why_assignment, why_person
from tracker.services.proof_lines import Became, Line
from tracker.store import holds, step_notes
from tracker.store.events import Act
from tracker.store.session import reading, transaction
from tracker.store.step_notes import StepNote
from tracker.store.tables import AssignmentRow, ContactRow, LetterItemRow, OutboxRow, RunRow

FRIDAY, MONDAY = date(2020, 4, 3), date(2020, 4, 6)
DUE = date(2020, 4, 8)
OFFICER = f"{AGENCY}-officer"


def at(app: App, day: date) -> App:
    """Return the program on the morning of a day."""
    return replace(app, clock=StoppedClock(datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC)))


@pytest.fixture
def app(engine: Engine, tmp_path: Path) -> App:
    """Give an office with a task due on Wednesday, whose reminder of Friday was planned."""
    an_office(engine)
    with transaction(engine) as session:
        a_directive(session, a_draft(a_deadline(DUE)))
    app = at(an_app(engine, tmp_path), FRIDAY)
    run_day(app, FRIDAY)
    return app


def told(app: App, on: date = FRIDAY, who: str = OFFICER) -> tuple[Line, ...]:
    """Return what somebody was told, or why not."""
    with reading(app.engine) as session:
        return why_person(session, app, who, on).lines


def reminder(app: App) -> Line:
    """Return the line of Friday's reminder; beside it stands the earlier step that it overtook."""
    (line,) = (one for one in told(app) if one.step == "before-3")
    return line


def letter(app: App, **values: object) -> None:
    """Change what became of the letter."""
    with transaction(app.engine) as session:
        session.execute(update(OutboxRow).values(**values))


@pytest.mark.parametrize(
    ("state", "code", "became", "words"),
    [
        pytest.param(OutboxState.QUEUED, None, Became.WAITING, "đang chờ", id="queued"),
        pytest.param(OutboxState.SENDING, None, Became.WAITING, "đang chờ", id="being sent"),
        pytest.param(OutboxState.DEAD, "550", Became.DEAD, "không gửi được: 550", id="dead"),
        pytest.param(OutboxState.UNKNOWN, "interrupted", Became.UNKNOWN, "không rõ đã đến", id="unknown"),
        pytest.param(OutboxState.DROPPED, "expired", Became.DROPPED, "quá thời gian", id="dropped"),
    ],
)
def test_what_became_of_a_letter_is_said(
    app: App, state: OutboxState, code: str | None, became: Became, words: str
) -> None:
    """Each state in a sentence that names the step, the task and the reader."""
    letter(app, state=state, last_code=code)

    line = reminder(app)

    assert (line.became, line.step, line.reader, line.channel) == (became, "before-3", OFFICER, "email")
    assert words in line.sentence
    assert "trước hạn 3 ngày làm việc" in line.sentence
    assert line.task is not None
    assert line.task in line.sentence
    assert OFFICER in line.sentence


def test_a_letter_that_was_sent_says_when_and_each_try(app: App) -> None:
    """The moment, in the office's time, and the journal of tries."""
    deliver(app)
    letter(app, sent_at=datetime(2020, 4, 3, 2, 5, tzinfo=UTC))

    line = reminder(app)

    assert (line.became, line.reason, len(line.tries)) == (Became.SENT, "", 1)
    assert "đã gửi" in line.sentence
    assert "09:05 03/04/2020" in line.sentence


@pytest.mark.parametrize("reason", [*map(str, Dropped), "held", "skipped"])
def test_what_was_left_out_says_why(app: App, reason: str) -> None:
    """Every reason for which something is dropped has its own sentence."""
    with transaction(app.engine) as session:
        session.execute(update(LetterItemRow).values(left_out=reason))

    line = reminder(app)

    assert (line.became, line.reason) == (Became.DROPPED, reason)
    assert catalogue()[f"proof.why-{reason}"]["vi"] in line.sentence


@pytest.mark.parametrize("outcome", list(NoteOutcome))
def test_every_kind_of_note_has_a_row_and_a_sentence(app: App, outcome: NoteOutcome) -> None:
    """A note to a reader stands among what they were told."""
    with transaction(app.engine) as session:
        note = StepNote(
            business_date=MONDAY,
            assignment_id=1,
            deadline_version=1,
            ladder_version=1,
            step="before-1",
            outcome=outcome,
            at=app.clock.now(),
            reason="before-3" if outcome is NoteOutcome.MERGED else "per-day",
            role=Role.OFFICER,
            contact_id=1,
            channel="email",
        )
        step_notes.add(session, [note])

    (line,) = told(app, MONDAY)

    assert (line.became, line.step) == (outcome.value, "before-1")
    assert line.sentence.startswith("Bước «trước hạn 1 ngày làm việc» của NV-2020-")
    if outcome is NoteOutcome.MERGED:
        assert "trước hạn 3 ngày làm việc" in line.sentence


@pytest.mark.parametrize("reason", [*map(str, Instead), *map(str, Dropped), "fallback", "quiet-hours"])
def test_every_reason_is_said_in_both_languages(reason: str) -> None:
    """No code is shown to a person where there could be a sentence."""
    assert set(catalogue()[f"proof.why-{reason}"]) == {"vi", "en"}


def test_what_nobody_could_be_told_stands_with_who_it_was_for(app: App) -> None:
    """A step that reached nobody in a role is told to those of that role, and to no agency's others."""
    with transaction(app.engine) as session:
        an_agency(session, "so-y-te", "Sở Y tế")
        a_contact(session, Role.OFFICER, "so-y-te")
        session.execute(
            update(ContactRow).where(col(ContactRow.code) == OFFICER).values(email=None, zalo_chat_id="c")
        )
        note = StepNote(
            business_date=MONDAY,
            assignment_id=1,
            deadline_version=1,
            ladder_version=1,
            step="before-1",
            outcome=NoteOutcome.UNREACHABLE,
            at=app.clock.now(),
            reason="nobody",
            role=Role.OFFICER,
        )
        step_notes.add(session, [note])

    assert [one.became for one in told(app, MONDAY)] == [Became.UNREACHABLE]
    assert Became.UNREACHABLE not in [one.became for one in told(app, MONDAY, "so-y-te-officer")]


def gone(app: App) -> None:
    """Take the officer out of use."""
    with transaction(app.engine) as session:
        session.execute(update(ContactRow).where(col(ContactRow.code) == OFFICER).values(active=False))


def run_monday(app: App) -> None:
    """Run Monday, which calls for no step of its own."""
    with transaction(app.engine) as session:
        session.add(RunRow(business_date=MONDAY, started_at=app.clock.now(), finished_at=app.clock.now()))


def without_address(app: App) -> None:
    """Leave the officer only an address on a channel that is not set up."""
    run_monday(app)
    with transaction(app.engine) as session:
        session.execute(
            update(ContactRow)
            .where(col(ContactRow.code) == OFFICER)
            .values(email=None, zalo_chat_id=None, phone="84900000000")
        )


def work(**values: object) -> Callable[[App], None]:
    """Return a change of the assignment, after which Monday is run."""

    def change(app: App) -> None:
        run_monday(app)
        with transaction(app.engine) as session:
            session.execute(update(AssignmentRow).values(**values))

    return change


def on_hold(app: App) -> None:
    """Put the office on hold."""
    with transaction(app.engine) as session:
        holds.put(session, HoldReason.RESTORED, act=Act("lan", "cli", app.clock.now()))


def silent(app: App) -> None:
    """Put the document on hold, and run Monday."""
    run_monday(app)
    with transaction(app.engine) as session:
        act = Act("lan", "cli", app.clock.now())
        holds.put(session, HoldReason.OLD_DOCUMENTS, act=act, directive_id=1)


def taken(app: App) -> None:
    """Run Monday with nothing to say: what it would call for is past Friday's step."""
    run_monday(app)


def no_work(app: App) -> None:
    """Run Monday for an office that has no work."""
    run_monday(app)
    with transaction(app.engine) as session:
        session.execute(delete(LetterItemRow))
        session.execute(update(AssignmentRow).values(status="withdrawn"))


@pytest.mark.parametrize(
    ("change", "on", "reason", "words"),
    [
        pytest.param(gone, MONDAY, "gone", "không còn được dùng", id="out of use"),
        pytest.param(lambda app: None, date(2020, 4, 4), "day-off", "ngày nghỉ", id="a Saturday"),
        pytest.param(lambda app: None, date(2020, 4, 20), "to-come", "chưa đến", id="to come"),
        pytest.param(lambda app: None, date(2020, 4, 1), "no-run", "không chạy", id="no run"),
        pytest.param(on_hold, date(2020, 4, 1), "on-hold", "tạm dừng", id="on hold"),
        pytest.param(without_address, MONDAY, "no-address", "không có địa chỉ", id="no address"),
        pytest.param(no_work, MONDAY, "no-work", "không có phần việc nào", id="no work"),
        pytest.param(work(status="suspended"), MONDAY, "not-at-work", "tạm dừng", id="suspended"),
        pytest.param(work(due_on=None), MONDAY, "to-be-determined", "chưa xác định", id="no day yet"),
        pytest.param(taken, MONDAY, "already-taken", "đã nhắc trước đó", id="between two steps"),
        pytest.param(silent, MONDAY, "silent", "chưa mở nhắc", id="old documents"),
        pytest.param(work(due_on=date(2020, 6, 30)), MONDAY, "too-early", "bước nhắc đầu tiên", id="early"),
    ],
)
def test_a_day_on_which_nothing_was_said_says_why(
    app: App, change: Callable[[App], None], on: date, reason: str, words: str
) -> None:
    """There is always a line, worked out from what is known now."""
    change(app)

    (line,) = told(at(app, date(2020, 4, 7)), on)

    assert (line.became, line.reason, line.worked_out) == (Became.NOTHING, reason, True)
    assert words in line.sentence


def test_an_assignment_shows_what_is_past_and_what_is_to_come(app: App) -> None:
    """Steps with their days, whom they are for, and who is reached."""
    deliver(app)
    with reading(app.engine) as session:
        found = why_assignment(session, app, 1)

    assert {(one.step, one.became) for one in found.past} == {
        ("before-3", Became.SENT),
        ("before-7", Became.MERGED),
    }
    assert [(one.step, one.on, one.readers) for one in found.ahead][:3] == [
        ("before-1", date(2020, 4, 7), (OFFICER,)),
        ("due", DUE, (OFFICER,)),
        ("overdue-1", date(2020, 4, 9), (OFFICER,)),
    ]
    assert found.ahead[-1].readers == ("office-chairman",)
    assert "bước tiếp theo là «trước hạn 1 ngày làm việc», từ ngày 07/04/2020" in found.sentence


@pytest.mark.parametrize(
    ("status", "quiet", "words"),
    [
        pytest.param("suspended", "suspended", "tạm dừng", id="suspended"),
        pytest.param("withdrawn", "reported", "Thu hồi", id="withdrawn"),
    ],
)
def test_an_assignment_without_a_next_step_says_why(app: App, status: str, quiet: str, words: str) -> None:
    """What rests and what is over."""
    with transaction(app.engine) as session:
        session.execute(update(AssignmentRow).values(status=status))
    with reading(app.engine) as session:
        found = why_assignment(session, app, 1)

    assert (found.ahead, found.quiet) == ((), quiet)
    assert words.lower() in found.sentence.lower()


def test_a_person_is_found_by_what_people_call_them(app: App) -> None:
    """By code, by mail address whatever its capitals; nobody and several are refused in a sentence."""
    with transaction(app.engine) as session:
        for code in ("b1", "b2"):
            a_contact(session, Role.HEAD, AGENCY, code=code, name="Bình")

    assert told(app, who=f"{OFFICER}@HATINH.example") == told(app)
    with reading(app.engine) as session:
        with pytest.raises(NotFound, match="dondoc contacts list"):
            why_person(session, app, "ai", FRIDAY)
        with pytest.raises(Conflict, match="b1, b2"):
            why_person(session, app, "Bình", FRIDAY)


def test_a_new_ladder_makes_no_silence_a_loss(app: App) -> None:
    """What an old ladder has said counts: no step is called missing because the steps are others now."""
    thirteenth, fourteenth = date(2020, 4, 13), date(2020, 4, 14)
    run_day(at(app, thirteenth), thirteenth)
    adopt(
        app, replace(STEPS_ONLY, version=0, per_day=2), Act("van-thu", "cli", at(app, thirteenth).clock.now())
    )
    run_day(at(app, fourteenth), fourteenth)
    reasons = {line.reason for line in told(at(app, fourteenth), fourteenth, f"{AGENCY}-head")}

    assert reasons == {Reason.ALREADY_TAKEN}
