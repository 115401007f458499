"""A due reminder is never lost: what was left out of a letter is planned again, on both databases."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from notifications.channels.memory import accept
from notifications.outbox import DeliveryReport, OutboxState
from notifications.outcome import Outcome
from tests.tracker.factories import AGENCY, a_contact
from tests.tracker.services.one_officer import FRIDAY, MONDAY, NEW, OLD, Office, an_officer_with_a_task
from tracker.domain.people import Role
from tracker.domain.sending import Dropped
from tracker.domain.status import Status
from tracker.services.daily import run_day
from tracker.services.delivery import deliver
from tracker.store.last_look import note_left_out
from tracker.store.session import transaction
from tracker.store.tables import LetterItemRow, OutboxRow


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    """Give an office whose officer has one task."""
    return an_officer_with_a_task(engine, tmp_path)


@pytest.mark.parametrize("again", [FRIDAY, MONDAY], ids=["same day", "next day"])
def test_a_changed_address_gets_the_letter_of_the_next_run(office: Office, again: date) -> None:
    """The letter to the old address is dropped; the next run, of that day or a later, writes to the new."""
    run_day(office.app(FRIDAY), FRIDAY)
    office.contact(email=NEW)
    deliver(office.app(FRIDAY))
    report = run_day(office.app(again), again)
    deliver(office.app(again))

    assert (report.queued, report.items) == (1, 1)
    assert [letter.address for letter in office.mail.tried] == [NEW]
    assert office.items() == [
        ("before-3", OLD, OutboxState.DROPPED, Dropped.ADDRESS_CHANGED),
        ("before-3", NEW, OutboxState.SENT, None),
    ]
    third = run_day(office.app(again), again)
    assert (third.planned, third.changed) == (0, False)


def test_whoever_takes_over_gets_what_the_one_who_left_was_to_have(office: Office) -> None:
    """With nobody left the step is named as unreachable; a new officer gets it."""
    run_day(office.app(FRIDAY), FRIDAY)
    office.contact(active=False)
    deliver(office.app(FRIDAY))
    between = run_day(office.app(FRIDAY), FRIDAY)
    with transaction(office.engine) as session:
        a_contact(session, Role.OFFICER, AGENCY, code="successor", email=NEW)
    run_day(office.app(FRIDAY), FRIDAY)
    deliver(office.app(FRIDAY))

    assert [(gap.step, gap.role) for gap in between.unreachable] == [("before-3", Role.OFFICER)]
    assert [letter.address for letter in office.mail.tried] == [NEW]


def test_work_that_comes_back_is_reminded_of(office: Office) -> None:
    """Reported while its letter waited, and then returned: the step is planned again."""
    run_day(office.app(FRIDAY), FRIDAY)
    office.work(status=Status.REPORTED, filed_on=FRIDAY)
    deliver(office.app(FRIDAY))
    office.work(status=Status.RETURNED)
    run_day(office.app(MONDAY), MONDAY)
    deliver(office.app(MONDAY))

    assert [state for _, _, state, _ in office.items()] == [OutboxState.DROPPED, OutboxState.SENT]


def test_a_colleague_s_letter_does_not_stand_for_the_one_that_was_dropped(office: Office) -> None:
    """Of two officers one has a new address: the next run writes to that one, and not to the other again."""
    with transaction(office.engine) as session:
        a_contact(session, Role.OFFICER, AGENCY, code="colleague")
    run_day(office.app(FRIDAY), FRIDAY)
    office.contact(email=NEW)
    deliver(office.app(FRIDAY))
    report = run_day(office.app(MONDAY), MONDAY)
    deliver(office.app(MONDAY))

    assert report.queued == 1
    assert [letter.address for letter in office.mail.tried] == ["colleague@hatinh.example", NEW]


def test_a_chat_does_not_stand_for_the_mail_that_was_dropped(office: Office) -> None:
    """The same goes for two channels of one officer."""
    office.contact(zalo_chat_id="chat-1")
    run_day(office.app(FRIDAY), FRIDAY)
    office.contact(email=NEW)
    deliver(office.app(FRIDAY))
    run_day(office.app(MONDAY), MONDAY)
    deliver(office.app(MONDAY))

    assert [letter.address for letter in office.mail.tried] == [NEW]
    assert [letter.address for letter in office.chat.tried] == ["chat-1"]


def test_who_left_a_colleague_behind_is_owed_nothing(office: Office) -> None:
    """The step was said to the agency's other officer: later runs plan nothing, day after day."""
    with transaction(office.engine) as session:
        a_contact(session, Role.OFFICER, AGENCY, code="colleague")
    run_day(office.app(FRIDAY), FRIDAY)
    office.contact(active=False)
    deliver(office.app(FRIDAY))
    report = run_day(office.app(MONDAY), MONDAY)

    assert (report.planned, report.queued, report.reasons) == (0, 0, {"already-taken": 1})


def test_an_address_that_refuses_for_good_is_not_written_to_again(office: Office) -> None:
    """A dead letter is for a person to see to; no run sends the same step there again."""
    office.mail.answer = lambda _: Outcome.refused("550", "no such user")
    run_day(office.app(FRIDAY), FRIDAY)
    deliver(office.app(FRIDAY))
    again = run_day(office.app(MONDAY), MONDAY)

    assert (again.planned, again.changed) == (0, True)  # changed: the date's first run
    assert office.items() == [("before-3", OLD, OutboxState.DEAD, None)]


def test_a_letter_that_expired_leaves_its_items_out(office: Office) -> None:
    """Dropped without a last look, what it had to say is not taken either."""
    run_day(office.app(FRIDAY), FRIDAY)
    with transaction(office.engine) as session:
        session.execute(update(OutboxRow).values(expires_at=datetime(2020, 4, 3, tzinfo=UTC)))
    deliver(office.app(FRIDAY))
    run_day(office.app(MONDAY), MONDAY)

    assert office.items() == [
        ("before-3", OLD, OutboxState.DROPPED, "expired"),
        ("before-3", OLD, OutboxState.QUEUED, None),
    ]


def test_what_was_planned_again_is_not_said_by_the_letter_that_waited(office: Office) -> None:
    """A letter that waits for another try leaves out what a second one says by then; neither comes twice."""
    first = office.another_task()
    run_day(office.app(FRIDAY), FRIDAY)
    office.work(first, status=Status.REPORTED, filed_on=FRIDAY)
    office.mail.answer = lambda _: Outcome.unreachable("connection-refused")
    deliver(office.app(FRIDAY))
    office.work(first, status=Status.RETURNED)
    assert run_day(office.app(FRIDAY), FRIDAY).items == 1
    office.mail.answer = accept

    assert deliver(office.app(FRIDAY)) == DeliveryReport(sent=2)
    assert [reason for _, _, _, reason in office.items()] == [Dropped.OVERTAKEN, None, None]


def test_of_two_letters_that_wait_one_says_what_is_true_again(office: Office) -> None:
    """Both left it out while the work was reported; when it is returned the first to leave takes it up."""
    first = office.another_task()
    office.mail.answer = lambda _: Outcome.retry("451", "try later")
    for day in (FRIDAY, MONDAY):
        run_day(office.app(FRIDAY), FRIDAY)
        office.work(first, status=Status.REPORTED, filed_on=FRIDAY)
        deliver(office.app(day))
        office.work(first, status=Status.RETURNED)
        office.another_task()
    office.mail.answer = accept
    with transaction(office.engine) as session:
        session.execute(update(OutboxRow).values(next_try_at=datetime(2020, 4, 6, tzinfo=UTC)))

    assert deliver(office.app(date(2020, 4, 7))) == DeliveryReport(sent=2)
    assert [reason for _, _, _, reason in office.items()] == [None, None, Dropped.OVERTAKEN, None]


def test_a_deliverer_that_lost_a_letter_leaves_nothing_out_of_it(office: Office) -> None:
    """What another has sent in the meantime cannot be made to look as if it had been left out."""
    run_day(office.app(FRIDAY), FRIDAY)
    deliver(office.app(FRIDAY))
    with transaction(office.engine) as session:
        item = session.exec(select(LetterItemRow)).one()
        note_left_out(session, item.outbox_id, "late", {item.id or 0: Dropped.NOT_AT_WORK})

    assert office.items() == [("before-3", OLD, OutboxState.SENT, None)]


def test_only_what_is_said_is_kept_from_being_said_twice(office: Office) -> None:
    """The database itself refuses a second item that is not left out, and takes any number that are."""
    run_day(office.app(FRIDAY), FRIDAY)
    columns = (
        "outbox_id, assignment_id, deadline_version, ladder_version, step, contact_id, channel, role, kind"
    )
    copy = text(
        f"INSERT INTO letter_items ({columns}, left_out) "  # noqa: S608 — the names are written above
        f"SELECT {columns}, CAST(:reason AS VARCHAR) FROM letter_items WHERE left_out IS NULL"
    )
    with transaction(office.engine) as session:
        for _ in range(2):
            session.execute(copy, {"reason": "expired"})
    with pytest.raises(IntegrityError), transaction(office.engine) as session:
        session.execute(copy, {"reason": None})
