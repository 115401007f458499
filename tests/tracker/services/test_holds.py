"""Silence: while a hold is open nothing is planned or sent; a person looks, then releases."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, update
from sqlmodel import select

from notifications.outbox import OutboxState
from tests.tracker.factories import MOMENT, a_deadline, a_directive, a_draft
from tests.tracker.services.one_officer import DUE, FRIDAY, MONDAY, Office, an_officer_with_a_task
from tests.tracker.services.test_daily import rows_of
from tracker.domain.holds import HoldReason
from tracker.errors import NotFound
from tracker.services.daily import is_finished, run_day
from tracker.services.delivery import deliver
from tracker.services.holds import preview, release
from tracker.store import holds
from tracker.store.events import Act, history
from tracker.store.session import reading, transaction
from tracker.store.tables import HoldRow, OutboxRow

ACT = Act("chị Hoa", "cli", MOMENT)
LATE = date(2020, 4, 20)  # «overdue-5» is reached on 15/4, «overdue-10» on 22/4


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    """Give an officer with a task that is due on Wednesday."""
    return an_officer_with_a_task(engine, tmp_path)


def hold(office: Office, directive_id: int | None = None, reason: HoldReason = HoldReason.RESTORED) -> int:
    """Put a hold on the office, or on one document."""
    with transaction(office.engine) as session:
        return holds.put(session, reason, act=ACT, directive_id=directive_id)


def let_go(
    office: Office, day: date, *, skip_past: bool = False, directive_id: int | None = None
) -> tuple[int, int]:
    """Release on a day; return how many letters were dropped and steps skipped."""
    app = office.app(day)
    done = release(app, actor="chị Hoa", via="cli", skip_past=skip_past, directive_id=directive_id)
    return done.dropped, done.skipped


def sent(office: Office) -> int:
    """Count the letters that reached the mail server."""
    return len(office.mail.tried)


def test_a_run_on_hold_writes_nothing_and_says_why(office: Office) -> None:
    """No letter, no record of the day: the run is made up for after the release."""
    hold(office)
    before = rows_of(office.engine)

    report = run_day(office.app(MONDAY), MONDAY)

    assert (report.held, report.queued, report.changed) == (("restored",), 0, False)
    assert rows_of(office.engine) == before
    assert not is_finished(office.app(MONDAY), MONDAY)


def test_letters_that_wait_are_not_delivered_on_hold(office: Office) -> None:
    """What was planned before the hold stays where it is."""
    run_day(office.app(FRIDAY), FRIDAY)
    hold(office)

    report = deliver(office.app(FRIDAY))

    assert (report.sent, sent(office)) == (0, 0)
    assert [item[2] for item in office.items()] == [OutboxState.QUEUED]


def test_a_hold_put_while_delivering_stops_before_the_next_letter(office: Office) -> None:
    """The hold is asked for before each letter, not only at the start."""
    run_day(office.app(FRIDAY), FRIDAY)

    def put_then_go_on() -> bool:
        if not asked:
            hold(office)
        asked.append(True)
        return False

    asked: list[bool] = []
    deliver(office.app(FRIDAY), stop=put_then_go_on)

    assert sent(office) == 0


def test_after_a_release_letters_of_before_are_planned_anew_and_sent_once(office: Office) -> None:
    """The waiting letter is dropped, since its like may have gone out; what it had to say is said anew."""
    run_day(office.app(FRIDAY), FRIDAY)
    hold(office)

    assert let_go(office, MONDAY) == (1, 0)
    run_day(office.app(MONDAY), MONDAY)
    deliver(office.app(MONDAY))

    assert [(step, state, why) for step, _, state, why in office.items()] == [
        ("before-3", OutboxState.DROPPED, "held"),
        ("before-3", OutboxState.SENT, None),
    ]
    assert sent(office) == 1


def test_a_letter_caught_in_the_middle_of_sending_is_left_to_a_person(office: Office) -> None:
    """It may have arrived: it is neither sent again nor forgotten."""
    run_day(office.app(FRIDAY), FRIDAY)
    with transaction(office.engine) as session:
        session.execute(update(OutboxRow).values(state=OutboxState.SENDING))
    hold(office)
    let_go(office, MONDAY)
    run_day(office.app(MONDAY), MONDAY)
    deliver(office.app(MONDAY))

    assert [(step, state) for step, _, state, _ in office.items()] == [("before-3", OutboxState.UNKNOWN)]


def test_the_preview_is_what_a_release_brings_and_writes_nothing(office: Office) -> None:
    """Readers, letters and items of the preview are those of the run after the release."""
    run_day(office.app(FRIDAY), FRIDAY)
    office.another_task()
    hold(office)
    before = rows_of(office.engine)

    found = preview(office.app(LATE))
    assert rows_of(office.engine) == before
    let_go(office, LATE)
    report = run_day(office.app(LATE), LATE)

    assert (found.letters, found.items, found.waiting, found.past) == (1, 2, 1, 2)
    assert (report.queued, report.items) == (found.letters, found.items)
    (reader,) = found.readers
    assert (reader.items, len(reader.top), reader.top[0].due_on) == (2, 2, DUE)


def test_past_steps_can_be_left_unsaid_for_good(office: Office) -> None:
    """With `skip_past` the run after the release has nothing to say; the steps are kept with who decided."""
    hold(office)

    assert let_go(office, LATE, skip_past=True) == (0, 1)
    report = run_day(office.app(LATE), LATE)
    deliver(office.app(LATE))

    assert (report.items, sent(office)) == (0, 0)
    with reading(office.engine) as session:
        (letter,) = session.exec(select(OutboxRow)).all()
    assert (letter.state, letter.last_code, letter.last_detail) == (OutboxState.DROPPED, "skipped", "chị Hoa")


def test_a_step_of_the_very_day_is_said_though_past_ones_are_skipped(office: Office) -> None:
    """Released on the last on-time day, the reminder of that day goes out; the one before it does not."""
    hold(office)
    let_go(office, DUE, skip_past=True)
    run_day(office.app(DUE), DUE)
    deliver(office.app(DUE))

    assert [(step, state) for step, _, state, _ in office.items()] == [
        ("before-1", OutboxState.DROPPED),
        ("due", OutboxState.SENT),
    ]


def test_old_documents_are_silent_while_the_office_goes_on(office: Office) -> None:
    """A hold about one document keeps its work out of the run, and nothing else."""
    with transaction(office.engine) as session:
        old = a_directive(session, a_draft(a_deadline(date(2019, 12, 2))))
    hold(office, old, HoldReason.OLD_DOCUMENTS)

    report = run_day(office.app(MONDAY), MONDAY)
    deliver(office.app(MONDAY))
    assert (report.silent, report.items, sent(office)) == (1, 1, 1)

    let_go(office, MONDAY, skip_past=True, directive_id=old)
    later = run_day(office.app(MONDAY), MONDAY)
    assert (later.silent, later.items) == (0, 0)


def test_releasing_a_document_leaves_the_office_on_hold(office: Office) -> None:
    """Each hold is released for itself; without a document, all of them."""
    with transaction(office.engine) as session:
        old = a_directive(session, a_draft(a_deadline(date(2019, 12, 2))))
    hold(office)
    hold(office, old)
    let_go(office, MONDAY, directive_id=old)
    assert run_day(office.app(MONDAY), MONDAY).held == ("restored",)

    let_go(office, MONDAY)
    assert run_day(office.app(MONDAY), MONDAY).held == ()


@pytest.mark.parametrize("act", [preview, lambda app: release(app, actor="a", via="cli", skip_past=False)])
def test_without_a_hold_there_is_nothing_to_release(office: Office, act: Callable[..., Any]) -> None:
    """The preview is empty and a release is refused; letters that wait are left alone."""
    run_day(office.app(FRIDAY), FRIDAY)
    if act is preview:
        assert preview(office.app(MONDAY)).holds == ()
    else:
        with pytest.raises(NotFound, match="tạm dừng"):
            act(office.app(MONDAY))
    assert [item[2] for item in office.items()] == [OutboxState.QUEUED]


def test_history_tells_who_put_and_released_a_hold(office: Office) -> None:
    """Both are acts of somebody, with the reason and what was decided about past steps."""
    number = hold(office)
    let_go(office, MONDAY, skip_past=True)
    with reading(office.engine) as session:
        put, freed = history(session, "hold", number)
        row = session.get_one(HoldRow, number)

    assert (put.action, put.after) == ("hold-put", {"reason": "restored", "directive": None})
    assert (freed.action, freed.after) == ("hold-released", {"reason": "restored", "skip_past": True})
    assert (row.released_by, row.released_at is not None) == ("chị Hoa", True)
