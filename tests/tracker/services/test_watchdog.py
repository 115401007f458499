"""The watchdog finds every letter that was lost and every day that did not run, and is quiet otherwise."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import requests
from sqlalchemy import Engine, delete, func, update
from sqlmodel import col, select

from directives.calendar import default_calendar
from notifications.channels import ChannelName
from notifications.outbox import OutboxState
from tests.tracker.factories import (
    AGENCY,
    a_contact,
    a_deadline,
    a_directive,
    a_draft,
    an_agency,
    an_app,
)
from tests.tracker.services.at_work import an_act
from tracker.app import App
from tracker.clock import StoppedClock
from tracker.domain.extensions import ExtensionRules
from tracker.domain.ladder import DEFAULT_LADDER
from tracker.domain.people import Role
from tracker.services import moves
from tracker.services.daily import run_day
from tracker.services.delivery import deliver
from tracker.services.office import Office
from tracker.services.watchdog import Watched, watch
from tracker.services.watching import as_json, last_result, look_after, sentence
from tracker.store.session import reading, transaction
from tracker.store.tables import (
    AssignmentRow,
    AttemptRow,
    ChannelStateRow,
    ContactRow,
    EventRow,
    LetterItemRow,
    OutboxRow,
    RunRow,
    StepNoteRow,
)

FIRST, LAST = date(2020, 4, 6), date(2020, 5, 15)
CALENDAR = default_calendar()


def days(first: date = FIRST, last: date = LAST) -> list[date]:
    """Return the working days of a stretch."""
    every = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    return [day for day in every if CALENDAR.is_working(day)]


def at(app: App, day: date, hour: int = 3) -> App:
    """Return the program on a day; three o'clock in UTC is ten in the office."""
    return replace(app, clock=StoppedClock(datetime(day.year, day.month, day.day, hour, 0, tzinfo=UTC)))


def an_office_at_work(engine: Engine, folder: Path, *, run: Iterable[date]) -> App:
    """Give two agencies five tasks, due over two months, and run some days, letters sent."""
    with transaction(engine) as session:
        an_agency(session)
        an_agency(session, "so-y-te", "Sở Y tế")
        for agency in (AGENCY, "so-y-te"):
            a_contact(session, Role.OFFICER, agency)
            a_contact(session, Role.HEAD, agency)
        a_contact(session, Role.OFFICER, AGENCY, code="second", zalo_chat_id="chat-2")
        for role in (Role.CHIEF_OF_OFFICE, Role.VICE_CHAIR, Role.CHAIRMAN, Role.SECRETARIAT):
            a_contact(session, role)
        for due in (
            date(2020, 4, 8),
            date(2020, 4, 17),
            date(2020, 5, 4),
            date(2020, 5, 20),
            date(2020, 6, 5),
        ):
            a_directive(session, a_draft(a_deadline(due)))
    app = an_app(engine, folder, ladder=DEFAULT_LADDER)
    for day in run:
        run_day(at(app, day, 0), day)
        deliver(at(app, day, 2))
    return app


def codes(seen: Watched, *, wrong: bool = True) -> list[str]:
    """Return what is wrong, or what is told beside."""
    return [one.code for one in seen.findings if one.wrong is wrong]


def lose(engine: Engine, letter_ids: Iterable[int] = (), item_ids: Iterable[int] = ()) -> None:
    """Delete rows as a mistake in SQL would, with all that hangs on them."""
    letters, items = list(letter_ids), list(item_ids)
    with engine.begin() as connection:
        chosen = select(LetterItemRow).where(
            col(LetterItemRow.id).in_(items) | col(LetterItemRow.outbox_id).in_(letters)
        )
        for row in connection.execute(chosen).all():
            connection.execute(
                delete(StepNoteRow).where(
                    col(StepNoteRow.assignment_id) == row.assignment_id,
                    col(StepNoteRow.step) == row.step,
                    col(StepNoteRow.contact_id) == row.contact_id,
                    col(StepNoteRow.channel) == row.channel,
                )
            )
            connection.execute(delete(LetterItemRow).where(col(LetterItemRow.id) == row.id))
        connection.execute(delete(StepNoteRow).where(col(StepNoteRow.outbox_id).in_(letters)))
        connection.execute(delete(AttemptRow).where(col(AttemptRow.outbox_id).in_(letters)))
        connection.execute(delete(OutboxRow).where(col(OutboxRow.id).in_(letters)))


def test_an_office_whose_letters_all_went_is_in_order(engine: Engine, tmp_path: Path) -> None:
    """Six weeks of runs; each assignment has a next step or a reason."""
    app = an_office_at_work(engine, tmp_path, run=days())

    seen = watch(at(app, LAST))

    assert [sentence(one) for one in seen.findings] == []
    assert seen.assignments == 5
    assert seen.with_next + sum(seen.quiet.values()) == 5
    assert seen.with_next >= 3


@pytest.mark.slow
def test_every_lost_step_is_found_in_one_look(engine: Engine, tmp_path: Path) -> None:
    """Rows of what letters say, deleted at random: each is named with step, reader and channel."""
    chance = random.Random(6)  # noqa: S311 — picks rows, guards nothing
    app = an_office_at_work(engine, tmp_path, run=days())
    with reading(engine) as session:
        rows = session.exec(
            select(LetterItemRow, ContactRow.code)
            .join(ContactRow, col(ContactRow.id) == col(LetterItemRow.contact_id))
            .where(col(LetterItemRow.channel) == ChannelName.EMAIL)  # the other may be younger than its step
        ).all()
    chance.shuffle(rows := list(rows))
    expected: set[tuple[int, str, str, str]] = set()
    while rows:
        gone, rows = rows[: (some := chance.randint(1, 12))], rows[some:]
        lose(engine, item_ids=[item.id or 0 for item, _ in gone])
        expected |= {(item.assignment_id, item.step, code, item.channel) for item, code in gone}
        found = [one.fields for one in watch(at(app, LAST)).findings if one.code == "watch.step-lost"]

        assert {(one["assignment"], one["step"], one["reader"], one["channel"]) for one in found} == expected


@pytest.mark.slow
@pytest.mark.parametrize("sent", [True, False], ids=["sent", "still queued"])
def test_every_lost_letter_is_found_in_one_look(engine: Engine, tmp_path: Path, sent: bool) -> None:
    """Whole letters, deleted one by one: none goes unnoticed, sent or not."""
    app = an_office_at_work(engine, tmp_path, run=days(last=date(2020, 4, 24)) if sent else ())
    if not sent:
        for day in days(last=date(2020, 4, 24)):
            run_day(at(app, day, 0), day)
    with reading(engine) as session:
        with_items = select(LetterItemRow.outbox_id).where(col(LetterItemRow.channel) == "email")
        ids = [
            one or 0 for one in session.exec(select(OutboxRow.id).where(col(OutboxRow.id).in_(with_items)))
        ]
    known = 0
    for number, letter in enumerate(sorted(ids), start=1):
        lose(engine, letter_ids=[letter])
        found = watch(at(app, date(2020, 4, 24))).findings
        lost = sum(one.code in {"watch.step-lost", "watch.letter-gone"} for one in found)
        assert lost > known, f"letter {letter}, number {number}"
        known = lost


def test_what_is_lost_is_said_in_a_sentence(engine: Engine, tmp_path: Path) -> None:
    """Which step, of what work, when, to whom, and what to do."""
    app = an_office_at_work(engine, tmp_path, run=days(last=date(2020, 4, 9)))
    with reading(engine) as session:
        item = session.exec(select(LetterItemRow).where(col(LetterItemRow.step) == "overdue-1")).first()
    assert item is not None
    lose(engine, item_ids=[item.id or 0])

    (said,) = [sentence(one, "vi") for one in watch(at(app, date(2020, 4, 9))).findings]

    assert "lẽ ra đã nhắc ngày 09/04/2020 nhưng không có thư nào" in said
    assert "quá hạn 1 ngày làm việc" in said
    assert "NV-2020-" in said


def test_work_that_rested_is_not_taken_for_lost(engine: Engine, tmp_path: Path) -> None:
    """What was suspended while a step passed was not to be said; after it goes on, it is again."""
    app = an_office_at_work(engine, tmp_path, run=days(last=date(2020, 4, 7)))
    office = Office(
        today=date(2020, 4, 7), rules=ExtensionRules(), policy=app.policy, files_dir=tmp_path / "files"
    )
    with transaction(engine) as session:
        moves.suspend(session, 2, "bão", until=date(2020, 4, 24), office=office, act=an_act(date(2020, 4, 7)))
    for day in days(date(2020, 4, 8), date(2020, 4, 22)):
        run_day(at(app, day, 0), day)
    with transaction(engine) as session:
        moves.resume(session, 2, "", act=an_act(date(2020, 4, 22)))
    for day in days(date(2020, 4, 23), date(2020, 4, 24)):
        run_day(at(app, day, 0), day)
    quiet = watch(at(app, date(2020, 4, 24)))
    with reading(engine) as session:
        after = session.exec(
            select(LetterItemRow.id)
            .join(OutboxRow, col(OutboxRow.id) == col(LetterItemRow.outbox_id))
            .where(col(LetterItemRow.assignment_id) == 2, col(OutboxRow.business_date) > date(2020, 4, 22))
        ).all()
    lose(engine, item_ids=[after[0] or 0])

    assert "watch.step-lost" not in codes(quiet)
    assert "watch.step-lost" in codes(watch(at(app, date(2020, 4, 24))))


@pytest.mark.parametrize(
    ("run", "day", "hour", "wrong", "beside"),
    [
        pytest.param(
            days(last=date(2020, 4, 8)), date(2020, 4, 9), 0, [], [], id="before eight nothing is late"
        ),
        pytest.param(
            days(last=date(2020, 4, 8)), date(2020, 4, 9), 2, ["watch.no-run"], [], id="today did not run"
        ),
        pytest.param(
            days(last=date(2020, 4, 8)), date(2020, 4, 13), 0, ["watch.no-run"], [], id="two days did not"
        ),
        pytest.param(days(last=date(2020, 4, 10)), date(2020, 4, 12), 5, [], [], id="a Sunday needs none"),
        pytest.param([], date(2020, 4, 9), 2, ["watch.never-run"], [], id="no run ever"),
        pytest.param(
            [*days(last=date(2020, 4, 8)), *days(date(2020, 4, 13), date(2020, 4, 14))],
            date(2020, 4, 14),
            2,
            [],
            ["watch.gap"],
            id="made up for since",
        ),
    ],
)
def test_a_day_without_a_run_is_noticed(  # noqa: PLR0917 — a row of the table
    engine: Engine, tmp_path: Path, run: list[date], day: date, hour: int, wrong: list[str], beside: list[str]
) -> None:
    """By the working calendar and the office's clock."""
    app = an_office_at_work(engine, tmp_path, run=run)

    seen = watch(at(app, day, hour))

    assert (codes(seen), codes(seen, wrong=False)) == (wrong, beside)


def test_letters_that_are_stuck_or_ended_badly_are_told(engine: Engine, tmp_path: Path) -> None:
    """One of each state that needs a person, and a breaker that is open."""
    app = at(an_office_at_work(engine, tmp_path, run=days(last=date(2020, 4, 9))), date(2020, 4, 9), 5)
    long_ago = datetime(2020, 4, 9, 1, 0, tzinfo=UTC)
    states = {1: OutboxState.QUEUED, 2: OutboxState.LEASED, 3: OutboxState.DEAD, 4: OutboxState.UNKNOWN}
    with transaction(engine) as session:
        for number, state in states.items():
            session.execute(
                update(OutboxRow)
                .where(col(OutboxRow.id) == number)
                .values(state=state, next_try_at=long_ago, lease_until=long_ago, created_at=long_ago)
            )
        session.add(
            ChannelStateRow(
                channel="zalo",
                failures=5,
                since=long_ago,
                open_until=long_ago + timedelta(days=1),
                reason="503",
            )
        )

    assert sorted(codes(watch(app))) == [
        "watch.breaker",
        "watch.dead",
        "watch.stuck-leased",
        "watch.stuck-queued",
        "watch.unknown",
    ]


def test_work_that_nobody_can_be_told_of_is_named(engine: Engine, tmp_path: Path) -> None:
    """No reader has an address, and steps are to come."""
    with transaction(engine) as session:
        an_agency(session)
        a_directive(session, a_draft(a_deadline(date(2020, 4, 30))))
        a_directive(session, a_draft(None))
    app = an_app(engine, tmp_path)
    run_day(at(app, FIRST, 0), FIRST)

    seen = watch(at(app, FIRST))

    assert codes(seen) == ["watch.unreachable"]
    assert seen.quiet == {"no-deadline": 1, "unreachable": 1}


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        pytest.param(200, [], id="taken"),
        pytest.param(500, ["watch.no-heartbeat-url"], id="refused"),
        pytest.param(
            requests.ConnectionError("https://beat.example/secret"), ["watch.no-heartbeat-url"], id="away"
        ),
    ],
)
def test_the_heart_beats_only_while_all_is_in_order(
    engine: Engine, tmp_path: Path, answer: int | Exception, told: list[str]
) -> None:
    """The file is touched and the address fetched; its answer is told, never raised, without its path."""
    app = an_office_at_work(engine, tmp_path, run=days(last=date(2020, 4, 9)))
    beat = tmp_path / "beat"
    settings = app.settings.model_copy(
        update={"heartbeat_file": beat, "heartbeat_url": "https://beat.example/secret"}
    )
    app = replace(at(app, date(2020, 4, 9)), settings=settings)
    fetched: list[str] = []

    def fetch(url: str) -> int:
        fetched.append(url)
        if isinstance(answer, Exception):
            raise answer
        return answer

    seen = look_after(app, fetch)
    assert codes(seen) == told
    assert all("secret" not in sentence(one) for one in seen.findings)
    assert (beat.exists(), fetched) == (True, ["https://beat.example/secret"])
    assert last_result(settings) == as_json(seen)

    beat.unlink()
    with transaction(engine) as session:
        session.execute(delete(RunRow))
    look_after(app, fetch)
    assert (beat.exists(), len(fetched)) == (False, 1)


def test_looking_writes_nothing_to_the_database(engine: Engine, tmp_path: Path) -> None:
    """The watchdog mends nothing: no line of history, no letter."""
    app = an_office_at_work(engine, tmp_path, run=days(last=date(2020, 4, 9)))

    def counted() -> list[int]:
        with reading(engine) as session:
            return [
                session.exec(select(func.count()).select_from(table)).one()
                for table in (EventRow, OutboxRow, LetterItemRow, AssignmentRow)
            ]

    before = counted()
    look_after(at(app, date(2020, 4, 20)))

    assert counted() == before
