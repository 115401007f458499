"""Who reads a letter is asked again right before it leaves, on both databases."""

from dataclasses import replace
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from notifications.outbox import OutboxState
from notifications.outcome import Outcome
from tests.tracker.services.queued import MORNING, Office, an_office_with_letters
from tracker.domain.people import EmailState
from tracker.domain.sending import Dropped
from tracker.store import address_exceptions, issued_links
from tracker.store.events import Act
from tracker.store.session import transaction

WEEK = date(2020, 4, 1), date(2020, 4, 9)


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    """Give an office with letters."""
    return an_office_with_letters(engine, tmp_path)


def addresses(office: Office) -> list[str]:
    """Return where letters were sent."""
    return [sent.address.partition("@")[0] for sent in office.mail.tried]


def test_the_substitute_reads_what_is_for_somebody_away(office: Office) -> None:
    """The head's letter goes to the officer who stands in, under its own Message-ID, with a note of it."""
    office.stands_in("head", "officer", *WEEK)
    number = office.queue("head")

    office.deliver()

    assert addresses(office) == ["officer"]
    row = office.row(number)
    assert (row.state, row.address) == (OutboxState.SENT, "officer@hatinh.example")
    assert office.mail.tried[0].message_id == row.message_id
    assert office.notes("officer") == [("fired", "substitute")]


def test_a_second_try_still_goes_to_the_substitute_and_then_back(office: Office) -> None:
    """The address of the first try is no reason to drop it; nor is it kept when the reader is back."""
    office.stands_in("head", "officer", *WEEK)
    office.queue("head")
    office.mail.answer = lambda _: Outcome.retry("451")
    office.deliver()
    office.later(minutes=1)
    office.deliver()

    assert addresses(office) == ["officer", "officer"]
    assert office.notes("officer") == [("fired", "substitute")], "noted once"


@pytest.mark.parametrize(
    ("begin", "until"),
    [(date(2020, 4, 6), date(2020, 4, 9)), (date(2020, 4, 1), date(2020, 4, 2))],
    ids=["not yet", "no longer"],
)
def test_outside_the_days_of_standing_in_the_reader_reads(office: Office, begin: date, until: date) -> None:
    """A substitution that is over or to come changes nothing."""
    office.stands_in("head", "officer", begin, until)
    office.queue("head")

    office.deliver()

    assert addresses(office) == ["head"]


def test_a_substitute_who_has_it_already_is_not_told_twice(office: Office) -> None:
    """Both officers are reminded of the task; one stands in for the other, and has one letter."""
    office.stands_in("officer", "colleague", *WEEK)
    office.queue("officer")
    office.queue("colleague")

    office.deliver()

    assert addresses(office) == ["colleague"]
    assert office.left_out() == [Dropped.TOLD_ALREADY, None]
    assert office.notes("officer") == [("merged", Dropped.TOLD_ALREADY)]


def test_a_substitute_without_an_address_leaves_it_to_the_reader(office: Office) -> None:
    """Somebody away reads late; nobody would read never."""
    office.stands_in("officer", "colleague", *WEEK)
    office.change("colleague", email=None)
    office.queue("officer")

    office.deliver()

    assert addresses(office) == ["officer"]


def _bounces(office: Office) -> None:
    office.change("head", email_state=EmailState.BOUNCING)


def _left(office: Office) -> None:
    office.change("head", active=False)


def _elsewhere(office: Office) -> None:
    office.change("head", email="head@freemail.example")
    settings = office.app.settings.model_copy(update={"mail_domains": "hatinh.example"})
    office.app = replace(office.app, settings=settings)


CANNOT_BE_REACHED = [
    pytest.param(_bounces, Dropped.ADDRESS_BOUNCING, id="mail comes back"),
    pytest.param(_left, Dropped.CONTACT_GONE, id="gone"),
    pytest.param(_elsewhere, Dropped.ADDRESS_NOT_ALLOWED, id="an address that is not the office's"),
]


@pytest.mark.parametrize(("change", "reason"), CANNOT_BE_REACHED)
def test_who_cannot_be_reached_is_read_for_by_the_focal_point_then_the_secretariat(
    office: Office, change: object, reason: Dropped
) -> None:
    """Holder, focal point, secretariat; and where nobody is left, nothing is sent and a note says so."""
    change(office)  # type: ignore[operator]
    office.queue("head", step="one")
    office.deliver()
    office.change("officer", active=False)
    office.change("colleague", active=False)
    office.queue("head", step="two")
    office.deliver()
    office.change("secretariat", email_state=EmailState.BOUNCING)
    last = office.queue("head", step="three")
    office.deliver()

    assert addresses(office) == ["officer", "secretariat"]
    assert (office.row(last).state, office.row(last).last_code) == (OutboxState.DROPPED, reason)
    assert office.notes("head") == [("unreachable", reason)]
    assert office.notes("officer") == [("fired", "focal-point")]
    assert office.notes("secretariat") == [("fired", "secretariat")]


def test_whose_role_somebody_else_has_by_now_is_not_read_for(office: Office) -> None:
    """The officer left, the agency has another one: the next run writes to that one in their own right."""
    office.queue("officer")
    office.change("officer", active=False)

    office.deliver()

    assert addresses(office) == []
    assert office.left_out() == [Dropped.CONTACT_GONE]


def test_an_exception_lets_a_letter_go_elsewhere_until_it_is_revoked(office: Office) -> None:
    """Addresses outside the official domains need an exception in force."""
    _elsewhere(office)
    act = Act("test", "cli", MORNING)
    with transaction(office.app.engine) as session:
        address_exceptions.add(session, "head@freemail.example", "chưa có hộp thư công vụ", act=act)
    office.queue("head", step="one")
    office.deliver()
    with transaction(office.app.engine) as session:
        address_exceptions.revoke(session, "head@freemail.example", "", act=act)
    office.queue("head", step="two")
    office.deliver()

    assert [sent.address for sent in office.mail.tried] == ["head@freemail.example", "officer@hatinh.example"]


def test_zalo_cares_for_no_mail_address(office: Office) -> None:
    """A mailbox that bounces does not keep a chat from its reader."""
    office.change("officer", email_state=EmailState.BOUNCING)
    office.queue("officer", "zalo")

    office.deliver()

    assert [sent.address for sent in office.chat.tried] == ["chat-officer"]


def test_a_template_needs_the_reader_s_consent(office: Office) -> None:
    """Taken back between plan and sending, nothing goes to the number."""
    office.change("officer", phone="84912345678", consented_at=MORNING)
    number = office.queue("officer", "zns")
    office.change("officer", consented_at=None)

    office.deliver()

    assert (office.zns.tried, office.row(number).last_code) == ([], Dropped.ADDRESS_CHANGED)


def test_each_drop_has_a_note_of_its_day(office: Office) -> None:
    """What is dropped, and what a later step says too, can be looked up by reader and business date."""
    office.queue("officer", step="before-7")
    office.queue("officer", step="before-3")
    office.queue("head")
    office.deliver()
    office.queue("colleague")
    office.work(deadline_version=2)
    office.deliver()

    assert office.notes("officer") == [("merged", Dropped.OVERTAKEN)]
    assert office.notes("colleague") == [("dropped", Dropped.DEADLINE_MOVED)]
    assert office.notes("head") == []


def test_an_expired_letter_is_noted_too(office: Office) -> None:
    """What nobody looked at before its time ran out has its reason as well."""
    office.queue("officer", expires_at=MORNING)

    office.deliver()

    assert office.notes("officer") == [("dropped", "expired")]


@pytest.mark.parametrize("away", [False, True])
def test_who_stands_in_is_given_no_link_that_acts_in_another_s_name(office: Office, *, away: bool) -> None:
    """The officer's links and due days are the officer's: a substitute finds the task's page."""
    office.queue("officer")
    moment = office.clock.now().astimezone(UTC)
    with transaction(office.app.engine) as session:
        pair = (office.people["officer"], 1)
        issued_links.issue_all(session, {pair}, now=moment, until=moment + timedelta(days=30))
    if away:
        office.stands_in("officer", "colleague", *WEEK)

    office.deliver()

    (mail,) = office.mail.tried
    assert mail.address.startswith("colleague" if away else "officer")
    assert ("/l/" in mail.letter.text, "/tasks/" in mail.letter.text) == (not away, away)
    assert (mail.letter.calendar is None) == away
