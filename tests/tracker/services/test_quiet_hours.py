"""Letters leave in the sending hours of working days, urgent ones at any time, on both databases."""

import os
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from directives.calendar import default_calendar
from notifications.channels.memory import Remembered, accept
from notifications.outbox import QUIET_HOURS, DeliveryReport, OutboxState
from notifications.outcome import Outcome
from tests.tracker.services.queued import Office, an_office_with_letters
from tracker.clock import VIETNAM
from tracker.services import delivery

FRIDAY, MONDAY = date(2020, 4, 3), date(2020, 4, 6)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment in the office."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM)


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    """Give an office that keeps the hours from 7:00 to 18:00."""
    office = an_office_with_letters(engine, tmp_path)
    office.app = replace(
        office.app, settings=office.app.settings.model_copy(update={"send_hours": "working"})
    )
    return office


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        pytest.param(at(FRIDAY, 6, 59), at(FRIDAY, 7), id="before the hours"),
        pytest.param(at(FRIDAY, 18, 0), at(MONDAY, 7), id="after them, before a weekend"),
        pytest.param(at(date(2020, 4, 4), 10), at(MONDAY, 7), id="on a Saturday"),
        pytest.param(at(date(2020, 4, 30), 10), at(date(2020, 5, 4), 7), id="on a holiday"),
    ],
)
def test_outside_the_hours_only_urgent_letters_leave(office: Office, now: datetime, opens: datetime) -> None:
    """The others wait, untried and unclaimed; the report tells until when."""
    early = at(FRIDAY, 6)
    usual = office.queue("officer", next_try_at=early)
    urgent = office.queue("head", next_try_at=early, urgent=True)
    office.clock.moment = now

    report = office.deliver()

    assert (report.opens, report.again) == (opens, 0)
    assert office.row(usual).state is OutboxState.QUEUED
    assert office.row(urgent).state in {OutboxState.SENT, OutboxState.DROPPED}  # a holiday later it is untrue


def test_in_the_hours_everything_leaves(office: Office) -> None:
    """From 7:00 on, and up to the last minute."""
    office.queue("officer", next_try_at=at(FRIDAY, 6))
    office.clock.moment = at(FRIDAY, 7)
    assert office.deliver() == DeliveryReport(sent=1)
    office.queue("head")
    office.clock.moment = at(FRIDAY, 17, 59)
    assert office.deliver() == DeliveryReport(sent=1)


def test_a_letter_claimed_as_the_hours_end_waits_uncounted(office: Office) -> None:
    """The first takes until six; the second was claimed with it, and waits for Monday with a note."""
    first, second = office.queue("officer"), office.queue("colleague")
    office.clock.moment = at(FRIDAY, 17, 59)

    def slowly(letter: Remembered) -> Outcome:
        office.later(minutes=2)
        return accept(letter)

    office.mail.answer = slowly
    report = office.deliver()

    assert (report.sent, report.again) == (1, 1)
    assert office.row(first).state is OutboxState.SENT
    held = office.row(second)
    assert (held.state, held.attempts, held.last_code) == (OutboxState.QUEUED, 0, QUIET_HOURS)
    assert held.next_try_at == at(MONDAY, 7)
    assert office.notes("colleague") == [("held", QUIET_HOURS)]


ZONES = ("UTC", "Asia/Ho_Chi_Minh", "America/Los_Angeles", "Pacific/Kiritimati")
steps = st.lists(st.integers(-24 * 60, 36 * 60), min_size=1, max_size=8)  # minutes; back as far as a day


@given(begin=st.integers(0, 400 * 24 * 60), steps=steps, zone=st.sampled_from(ZONES))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_letter_leaves_outside_the_hours_whatever_the_clock_does(
    office: Office, begin: int, steps: list[int], zone: str
) -> None:
    """Clock forward, clock back a day, a host in another zone, hours ending mid-run: never outside."""
    calendar, left = default_calendar(), []
    office.clock.moment = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=begin)

    def minutes_pass(letter: Remembered) -> Outcome:
        left.append(office.clock.now())
        office.later(minutes=7)
        return Outcome.retry("451") if len(left) % 3 == 0 else accept(letter)

    office.mail.answer = minutes_pass
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        for minutes in steps:
            for who in ("officer", "colleague", "head"):
                step = f"{begin}-{len(left)}-{len(office.rows())}"
                due = office.clock.now()
                office.queue(who, step=step, next_try_at=due, items=False, business_date=None)
            office.deliver()
            office.later(minutes=minutes)
        office.clock.moment = at(date(2021, 6, 1), 9)
        office.deliver()
    finally:
        os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
        time.tzset()

    assert left
    for moment in left:
        assert calendar.is_working(moment.date()), moment
        assert 7 <= moment.hour < 18, moment


def test_without_the_rule_letters_leave_at_night(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule matters: taken away, the letter leaves at eight in the evening."""
    office.queue("officer")
    office.clock.moment = at(FRIDAY, 20)
    assert office.deliver().sent == 0

    monkeypatch.setattr(type(office.app.settings.sending_hours), "allow", lambda *_: True)
    assert delivery.opens(office.app) is None
    assert office.deliver().sent == 1
