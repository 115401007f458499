"""From a planned step to a delivered message, on both databases, over a real SMTP server."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, update
from sqlmodel import col, select

from notifications.channels import ChannelName
from notifications.channels.known import email_channel, zalo_channel
from notifications.channels.mail import Sender
from notifications.channels.memory import MemoryChannel
from notifications.channels.smtp import SmtpServer
from notifications.outbox import DeliveryReport, OutboxState
from notifications.standins.smtp_sink import SmtpSink
from notifications.standins.zalo import MADE_UP, Fault, ZaloStandIn
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

DUE = date(2020, 4, 8)
FRIDAY, TUESDAY = date(2020, 4, 3), date(2020, 4, 7)  # three days and one day before
SENDER = Sender("dondoc@tinh.example.vn", "Văn phòng UBND tỉnh")
OFFICER = "officer@sct.example.vn"


def at(day: date) -> StoppedClock:
    """Stop the office's clock in the morning of a day."""
    return StoppedClock(datetime(day.year, day.month, day.day, 1, 0, tzinfo=UTC))


def on(app: App, day: date) -> App:
    """Return the same office on a day."""
    return replace(app, clock=at(day))


def letters(engine: Engine) -> list[tuple[str, str, OutboxState, str | None]]:
    """Return step, channel, state and code of each letter."""
    with reading(engine) as session:
        rows = session.exec(
            select(LetterItemRow.step, OutboxRow)
            .join(OutboxRow, col(OutboxRow.id) == col(LetterItemRow.outbox_id))
            .order_by(col(LetterItemRow.id))
        )
        return [(step, row.channel, row.state, row.last_code) for step, row in rows]


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[SmtpSink]:
    """Run a mail server."""
    with SmtpSink(tmp_path / "mail") as sink:
        yield sink


@pytest.fixture
def zalo() -> Iterator[ZaloStandIn]:
    """Run a stand-in of Zalo."""
    with ZaloStandIn() as zalo:
        yield zalo


@pytest.fixture
def office(engine: Engine, tmp_path: Path, sink: SmtpSink, zalo: ZaloStandIn) -> App:
    """Set up an office with both channels, one agency, its officer, and one task due on the 8th."""
    with transaction(engine) as session:
        an_agency(session)
        a_contact(session, Role.OFFICER, AGENCY, email=OFFICER, zalo_chat_id="e4ea")
        a_directive(session, a_draft(a_deadline(DUE)))
    channels = (
        email_channel(SmtpServer("127.0.0.1", sink.port), SENDER),
        zalo_channel("bot", secrets=lambda _: MADE_UP, api=zalo.url),
    )
    app = an_app(engine, tmp_path)
    return replace(app, clock=at(FRIDAY), channels={channel.name: channel for channel in channels})


def test_a_planned_reminder_arrives_by_mail_and_by_zalo(
    office: App, sink: SmtpSink, zalo: ZaloStandIn
) -> None:
    """The officer has one mail with the stored Message-ID and one chat; a second delivery sends nothing."""
    run_day(office, FRIDAY)

    assert deliver(office) == DeliveryReport(sent=2)
    (kept,) = sink.kept()
    with reading(office.engine) as session:
        stored = session.exec(select(OutboxRow).where(col(OutboxRow.channel) == ChannelName.EMAIL)).one()
    mail = message_from_bytes((sink.folder / kept.file).read_bytes(), policy=policy.default)
    assert (kept.recipient, kept.message_id) == (OFFICER, stored.message_id)
    assert mail["Subject"] == stored.subject
    assert "08/04/2020" in zalo.accepted[0]["text"]
    assert len(zalo.accepted) == 1
    assert deliver(office) == DeliveryReport()
    assert len(sink.kept()) == 1


def _confirm(session: Any) -> None:
    session.execute(update(AssignmentRow).values(status=Status.REPORTED, filed_on=FRIDAY))


def _extend(session: Any) -> None:
    session.execute(update(AssignmentRow).values(due_on=date(2020, 5, 8), deadline_version=2))


def _withdraw(session: Any) -> None:
    session.execute(update(AssignmentRow).values(status=Status.WITHDRAWN))


def _leave(session: Any) -> None:
    session.execute(update(ContactRow).values(active=False))


def _move_house(session: Any) -> None:
    session.execute(update(ContactRow).values(email="new@sct.example.vn", zalo_chat_id=None))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param(_confirm, Dropped.NOT_AT_WORK, id="a result was reported"),
        pytest.param(_withdraw, Dropped.NOT_AT_WORK, id="the task was withdrawn"),
        pytest.param(_extend, Dropped.DEADLINE_MOVED, id="the deadline was extended"),
        pytest.param(_leave, Dropped.CONTACT_GONE, id="the officer left"),
        pytest.param(_move_house, Dropped.ADDRESS_CHANGED, id="the officer's addresses changed"),
    ],
)
def test_what_was_settled_between_plan_and_sending_is_dropped(
    office: App, sink: SmtpSink, zalo: ZaloStandIn, change: Any, reason: Dropped
) -> None:
    """State, deadline and reader are looked at again right before sending; the reason is kept."""
    run_day(office, FRIDAY)
    with transaction(office.engine) as session:
        change(session)

    assert deliver(office) == DeliveryReport(dropped=2)
    assert {(state, code) for _, _, state, code in letters(office.engine)} == {(OutboxState.DROPPED, reason)}
    assert (sink.kept(), zalo.accepted) == ([], [])


def test_letters_do_not_pile_up_while_mail_is_down(office: App, sink: SmtpSink) -> None:
    """Two steps were planned while nothing could be sent: the officer gets the later one only."""
    run_day(office, FRIDAY)
    run_day(on(office, TUESDAY), TUESDAY)

    deliver(on(office, TUESDAY))

    mails = [
        (step, state, code) for step, channel, state, code in letters(office.engine) if channel == "email"
    ]
    assert mails == [
        ("before-3", OutboxState.DROPPED, Dropped.OVERTAKEN),
        ("before-1", OutboxState.SENT, "250"),
    ]
    assert len(sink.kept()) == 1


def test_a_reminder_is_not_sent_after_its_day(office: App, sink: SmtpSink) -> None:
    """«Còn 03 ngày» is not sent when the day has gone."""
    run_day(office, FRIDAY)

    assert deliver(on(office, DUE + timedelta(days=1))) == DeliveryReport(dropped=2)
    assert sink.kept() == []


def test_a_mail_server_that_is_down_loses_nothing(office: App, sink: SmtpSink, tmp_path: Path) -> None:
    """Nothing is used up while nobody listens; the next delivery sends what waited."""
    run_day(office, FRIDAY)
    sink.stop()
    report = deliver(office)
    with SmtpSink(tmp_path / "mail", port=sink.port) as again:
        later = deliver(office)
        kept = again.kept()

    assert (report.sent, report.again, set(report.down)) == (1, 1, {"email"})
    assert later == DeliveryReport(sent=1)
    assert [one.recipient for one in kept] == [OFFICER]


def test_a_doubtful_chat_is_held_and_a_doubtful_mail_is_sent_again(office: App, zalo: ZaloStandIn) -> None:
    """Zalo took the message and did not answer: it is not sent again, and it is listed."""
    zalo.misbehave(Fault("lost-ack"))
    run_day(office, FRIDAY)

    assert deliver(office) == DeliveryReport(sent=1, unknown=1)
    assert deliver(on(office, FRIDAY + timedelta(days=1))) == DeliveryReport()
    assert len(zalo.accepted) == 1
    assert ("before-3", "zalo", OutboxState.UNKNOWN, "no-answer") in letters(office.engine)


def test_one_officer_s_dead_mailbox_stops_nobody(office: App, sink: SmtpSink) -> None:
    """A refused address is given up for good; a colleague's letter arrives."""
    with transaction(office.engine) as session:
        session.execute(update(ContactRow).values(email="fault-550.x@sct.example.vn", zalo_chat_id=None))
        a_contact(session, Role.OFFICER, AGENCY, code="second", email=OFFICER)
    run_day(office, FRIDAY)

    assert deliver(office) == DeliveryReport(sent=1, dead=1)
    assert [one.recipient for one in sink.kept()] == [OFFICER]


@pytest.mark.parametrize(
    ("bounds", "sent"),
    [({"limit": 1}, 1), ({"until_empty": False}, 2), ({"stop": lambda: True}, 0)],
    ids=["a limit", "one batch", "told to stop before the first"],
)
def test_a_delivery_stays_within_its_bounds(office: App, bounds: dict[str, Any], sent: int) -> None:
    """The caller decides how far a delivery goes."""
    run_day(office, FRIDAY)

    assert deliver(replace(office, channels=_kept()), **bounds).sent == sent


def _kept() -> dict[str, MemoryChannel]:
    return {name: MemoryChannel(name) for name in (ChannelName.EMAIL, ChannelName.ZALO)}
