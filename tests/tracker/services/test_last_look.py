"""Right before sending, a letter is written anew with what is still true of it, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, update
from sqlmodel import col, select

from notifications.channels import ChannelName
from notifications.channels.memory import MemoryChannel, accept
from notifications.messages import DeadlineReminder, Digest
from notifications.outbox import DeliveryReport, OutboxState
from notifications.outcome import Outcome
from tests.tracker.factories import AGENCY, a_contact, a_deadline, a_directive, a_draft, an_agency, an_app
from tracker.app import App
from tracker.clock import StoppedClock
from tracker.domain.people import Role
from tracker.domain.sending import Dropped
from tracker.domain.status import Status
from tracker.services.daily import run_day
from tracker.services.delivery import deliver
from tracker.store.session import reading, transaction
from tracker.store.tables import AssignmentRow, ContactRow, LetterItemRow, OutboxRow
from tracker.store.views import letters_about

FRIDAY = date(2020, 4, 3)
SOON, NEXT = date(2020, 4, 8), date(2020, 4, 14)  # three and seven working days later
TUESDAY = date(2020, 4, 7)


def on(app: App, day: date) -> App:
    """Return the same office on a day."""
    return replace(app, clock=StoppedClock(datetime(day.year, day.month, day.day, 1, 0, tzinfo=UTC)))


@pytest.fixture
def mail() -> MemoryChannel:
    """Keep letters in memory."""
    return MemoryChannel(ChannelName.EMAIL)


@pytest.fixture
def office(engine: Engine, tmp_path: Path, mail: MemoryChannel) -> App:
    """Give an officer with three tasks: two due on the 8th, one on the 14th; the day was run on Friday."""
    with transaction(engine) as session:
        an_agency(session)
        a_contact(session, Role.OFFICER, AGENCY)
        a_directive(session, *(a_draft(a_deadline(due), item=str(due.day)) for due in (SOON, SOON, NEXT)))
    app = on(replace(an_app(engine, tmp_path), channels={mail.name: mail}), FRIDAY)
    run_day(app, FRIDAY)
    return app


def row(app: App) -> OutboxRow:
    """Return the only letter there is."""
    with reading(app.engine) as session:
        return session.exec(select(OutboxRow)).one()


def left_out(app: App) -> list[str | None]:
    """Return why each item was left out."""
    with reading(app.engine) as session:
        return list(session.exec(select(LetterItemRow.left_out).order_by(col(LetterItemRow.id))))


def change(app: App, *ids: int, **values: object) -> None:
    """Change assignments, counted from one."""
    with transaction(app.engine) as session:
        known = session.exec(select(AssignmentRow.id).order_by(col(AssignmentRow.id))).all()
        chosen = [known[number - 1] for number in ids]
        session.execute(update(AssignmentRow).where(col(AssignmentRow.id).in_(chosen)).values(**values))


def test_what_was_settled_disappears_from_the_letter(office: App, mail: MemoryChannel) -> None:
    """One of three is reported: the letter goes out with two, under the Message-ID it was planned with."""
    planned = row(office)
    change(office, 1, status=Status.REPORTED, filed_on=FRIDAY)

    assert deliver(office) == DeliveryReport(sent=1)
    (sent,) = mail.tried
    assert planned.subject == "Đôn đốc ngày 03/04/2020: 3 việc sắp đến hạn"
    assert sent.letter.subject == "Đôn đốc ngày 03/04/2020: 2 việc sắp đến hạn"
    assert sent.message_id == planned.message_id
    assert left_out(office) == [Dropped.NOT_AT_WORK, None, None]
    assert (row(office).subject, row(office).text) == (sent.letter.subject, sent.letter.text)


def test_a_letter_with_one_thing_left_is_the_letter_about_it(office: App, mail: MemoryChannel) -> None:
    """With two of three settled the third is said as it would be alone, in its task's thread."""
    change(office, 1, status=Status.WITHDRAWN)
    change(office, 2, deadline_version=2, due_on=date(2020, 5, 8))
    deliver(office)

    (sent,) = mail.tried
    assert sent.letter.subject.startswith("[NV-2020-")
    assert "hạn 14/04/2020" in sent.letter.subject
    assert sent.letter.thread_key in sent.letter.subject
    assert (row(office).kind, row(office).thread_key) == (DeadlineReminder.kind, sent.letter.thread_key)
    assert left_out(office) == [Dropped.NOT_AT_WORK, Dropped.DEADLINE_MOVED, None]


def test_a_letter_with_nothing_left_is_dropped_with_each_reason(office: App, mail: MemoryChannel) -> None:
    """Nobody gets an empty letter, and the reasons are kept."""
    change(office, 1, 2, status=Status.REPORTED, filed_on=FRIDAY)
    change(office, 3, deadline_version=2)

    assert deliver(office) == DeliveryReport(dropped=1)
    assert mail.tried == []
    assert (row(office).state, row(office).last_code) == (OutboxState.DROPPED, "deadline-moved, not-at-work")


def test_a_letter_that_waited_says_what_is_true_when_it_leaves(office: App, mail: MemoryChannel) -> None:
    """On Tuesday one working day is left, and not the three of Friday."""
    deliver(on(office, TUESDAY))

    (sent,) = mail.tried
    assert "ngày 07/04/2020" in sent.letter.subject
    assert "còn 01 ngày làm việc" in sent.letter.text
    assert "còn 03 ngày làm việc" not in sent.letter.text


def test_only_what_was_said_later_is_overtaken(office: App, mail: MemoryChannel) -> None:
    """Friday's letter, still waiting on Tuesday, loses the two tasks that Tuesday's speaks of."""
    tuesday = on(office, TUESDAY)
    run_day(tuesday, TUESDAY)

    assert deliver(tuesday) == DeliveryReport(sent=2)
    assert left_out(office) == [Dropped.OVERTAKEN, Dropped.OVERTAKEN, None, None, None]
    assert ["14/04/2020" in sent.letter.text for sent in mail.tried] == [True, False]


def test_past_days_are_left_out_alone(office: App, mail: MemoryChannel) -> None:
    """A week later the two last days have gone: the letter reminds of the third task and of no other."""
    deliver(on(office, date(2020, 4, 10)))

    (sent,) = mail.tried
    assert left_out(office) == [Dropped.PAST_DUE, Dropped.PAST_DUE, None]
    assert "14/04/2020" in sent.letter.subject


@pytest.mark.parametrize(
    ("leave", "reason"),
    [({"active": False}, Dropped.CONTACT_GONE), ({"email": "new@sct.example.vn"}, Dropped.ADDRESS_CHANGED)],
    ids=["gone", "moved"],
)
def test_a_reader_who_left_gets_nothing(
    office: App, mail: MemoryChannel, leave: dict[str, object], reason: Dropped
) -> None:
    """The whole letter is dropped, for one reason."""
    with transaction(office.engine) as session:
        session.execute(update(ContactRow).values(**leave))

    assert deliver(office) == DeliveryReport(dropped=1)
    assert (mail.tried, row(office).last_code) == ([], reason)


def test_a_letter_in_doubt_is_sent_again_under_its_own_message_id(office: App, mail: MemoryChannel) -> None:
    """After a crash it may say less than the first time; it is still the same message."""
    planned = row(office)
    change(office, 1, status=Status.WITHDRAWN)
    with transaction(office.engine) as session:
        session.execute(
            update(OutboxRow).values(
                state=OutboxState.SENDING,
                attempts=1,
                lease_owner="dead",
                lease_until=datetime(2020, 1, 1, tzinfo=UTC),
            )
        )

    assert deliver(office) == DeliveryReport(sent=1)
    assert [sent.message_id for sent in mail.tried] == [planned.message_id]
    assert (row(office).kind, row(office).attempts) == (Digest.kind, 2)


def test_what_is_true_again_is_said_again(office: App, mail: MemoryChannel) -> None:
    """A report that was withdrawn while the letter waited for another try is no reason to leave it out."""
    change(office, 1, status=Status.REPORTED, filed_on=FRIDAY)
    mail.answer = lambda _: Outcome.unreachable("connection-refused")
    deliver(office)
    assert left_out(office) == [Dropped.NOT_AT_WORK, None, None]
    mail.answer = accept
    change(office, 1, status=Status.ASSIGNED)
    deliver(office)

    assert left_out(office) == [None, None, None]
    assert mail.tried[-1].letter.subject == "Đôn đốc ngày 03/04/2020: 3 việc sắp đến hạn"


def test_a_task_s_page_tells_whether_its_letter_spoke_of_it(office: App) -> None:
    """The one letter is shown as sent for the tasks in it, and as dropped for the task that was settled."""
    change(office, 1, status=Status.WITHDRAWN)
    deliver(office)
    with reading(office.engine) as session:
        known = [
            number or 0 for number in session.exec(select(AssignmentRow.id).order_by(col(AssignmentRow.id)))
        ]
        shown = [
            [(one.state, one.sent_at is None) for one in letters_about(session, [number])] for number in known
        ]
        together = letters_about(session, known)

    assert shown == [[(OutboxState.DROPPED, True)], [(OutboxState.SENT, False)], [(OutboxState.SENT, False)]]
    assert [letter.state for letter in together] == [OutboxState.SENT]
