"""What Zalo could not bring is sent by e-mail, once, on both databases."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from notifications.channels.memory import Remembered
from notifications.outbox import OutboxState
from notifications.outcome import Outcome
from tests.tracker.services.queued import Office, an_office_with_letters
from tracker.domain.people import EmailState
from tracker.store.events import history
from tracker.store.session import reading


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    """Give an office with letters."""
    return an_office_with_letters(engine, tmp_path)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        pytest.param(Outcome.refused("-218", fall_back=True), OutboxState.DEAD, id="no follower"),
        pytest.param(Outcome.refused("-201"), OutboxState.DEAD, id="our own mistake"),
        pytest.param(Outcome.unknown("no-answer"), OutboxState.UNKNOWN, id="in doubt"),
        pytest.param(Outcome.unreachable("-144", fall_back=True), OutboxState.DEAD, id="no quota left"),
        pytest.param(Outcome.misconfigured("-115", fall_back=True), OutboxState.DEAD, id="no money left"),
    ],
)
def test_what_zalo_could_not_bring_goes_by_mail(office: Office, outcome: Outcome, state: OutboxState) -> None:
    """One e-mail with a Message-ID of its own; the chat is tried no more."""
    chat = office.queue("officer", "zalo")
    office.chat.answer = lambda _: outcome

    office.deliver()

    first, second = office.rows()
    assert (first.id, first.state) == (chat, state)
    assert (second.fallback_of, second.channel, second.state) == (chat, "email", OutboxState.SENT)
    assert second.key == f"{first.key}:email-fb"
    assert second.message_id != first.message_id
    (mail,) = office.mail.tried
    assert (mail.address, mail.message_id) == ("officer@hatinh.example", second.message_id)
    assert mail.letter.subject
    assert mail.letter.html is not None, "it is written as e-mails are"
    assert office.notes("officer") == [("fired", "fallback")]
    office.later(days=1)
    office.deliver()
    assert (len(office.mail.tried), len(office.chat.tried)) == (1, 1)
    with reading(office.app.engine) as session:
        assert [event.action for event in history(session, "letter", second.id or 0)] == ["fallback", "sent"]


@pytest.mark.parametrize(
    "outcome",
    [
        pytest.param(Outcome.sent("m"), id="it arrived"),
        pytest.param(Outcome.retry("-200", fall_back=True), id="it is still tried"),
        pytest.param(Outcome.unreachable("connection-refused"), id="the channel is back soon"),
    ],
)
def test_nothing_is_said_twice_while_zalo_may_still_bring_it(office: Office, outcome: Outcome) -> None:
    """No e-mail while the chat's turn may come again."""
    office.queue("officer", "zalo")
    office.chat.answer = lambda _: outcome

    office.deliver()

    assert (len(office.rows()), office.mail.tried) == (1, [])


def test_a_chat_whose_deliverer_died_is_in_doubt_and_goes_by_mail(office: Office) -> None:
    """Nobody knows whether it arrived: it is not sent again there."""
    office.queue(
        "officer", "zalo", state=OutboxState.SENDING, lease_owner="x", lease_until=office.clock.now()
    )

    office.deliver()

    assert [row.state for row in office.rows()] == [OutboxState.UNKNOWN, OutboxState.SENT]
    assert office.chat.tried == []


def test_who_has_it_by_mail_already_is_not_told_again(office: Office) -> None:
    """The same step in an e-mail of that day: nothing is added."""
    office.queue("officer", "email")
    office.queue("officer", "zalo")
    office.chat.answer = lambda _: Outcome.refused("-218", fall_back=True)

    office.deliver()

    assert [row.channel for row in office.rows()] == ["email", "zalo"]
    assert len(office.mail.tried) == 1


def test_what_the_e_mail_does_not_say_is_added(office: Office) -> None:
    """Another step of that day is no reason to leave this one unsaid."""
    office.queue("officer", "email", step="before-7")
    office.queue("officer", "zalo", step="before-3")
    office.chat.answer = lambda _: Outcome.refused("-218", fall_back=True)

    office.deliver()

    assert [row.channel for row in office.rows()] == ["email", "zalo", "email"]


def _no_mail(office: Office) -> None:
    office.change("officer", email=None)


def _bouncing(office: Office) -> None:
    office.change("officer", email_state=EmailState.BOUNCING)


def _leaves_meanwhile(office: Office) -> None:
    def refuse(_: Remembered) -> Outcome:
        office.change("officer", active=False)
        return Outcome.refused("-218", fall_back=True)

    office.chat.answer = refuse


@pytest.mark.parametrize("change", [_no_mail, _bouncing, _leaves_meanwhile])
def test_without_a_mail_address_that_works_the_chat_keeps_its_letter(office: Office, change: object) -> None:
    """It stands in the list of dead letters, for a person."""
    office.queue("officer", "zalo")
    office.chat.answer = lambda _: Outcome.refused("-218", fall_back=True)
    change(office)  # type: ignore[operator]

    office.deliver()

    assert [row.state for row in office.rows()] == [OutboxState.DEAD]


def test_a_resting_channel_keeps_the_letters_of_who_has_no_mail(office: Office) -> None:
    """No quota left and no other way: the letter waits for the channel."""
    office.queue("officer", "zalo")
    office.change("officer", email=None)
    office.chat.answer = lambda _: Outcome.unreachable("-144", fall_back=True)

    office.deliver()

    assert [row.state for row in office.rows()] == [OutboxState.QUEUED]


def test_a_stand_in_has_no_stand_in(office: Office) -> None:
    """An e-mail that is refused too ends in the list of dead letters, and nothing follows."""
    office.queue("officer", "zalo")
    office.chat.answer = lambda _: Outcome.refused("-218", fall_back=True)
    office.mail.answer = lambda _: Outcome.refused("550", fall_back=True)

    office.deliver()

    assert [row.state for row in office.rows()] == [OutboxState.DEAD, OutboxState.DEAD]


def test_a_refused_e_mail_goes_nowhere_else(office: Office) -> None:
    """Only what another channel could not bring goes by e-mail."""
    office.queue("officer", "email")
    office.mail.answer = lambda _: Outcome.refused("550", fall_back=True)

    office.deliver()

    assert [row.state for row in office.rows()] == [OutboxState.DEAD]


def test_a_letter_without_steps_goes_by_mail_unless_one_of_that_day_went(office: Office) -> None:
    """The digest that only repeats what is late: one e-mail a day says it."""
    office.queue("officer", "email", step="before-7")
    office.queue("officer", "zalo", items=False)
    office.chat.answer = lambda _: Outcome.refused("-218", fall_back=True)

    office.deliver()

    assert [row.channel for row in office.rows()] == ["email", "zalo"]


@pytest.mark.parametrize(("by_mail", "channels"), [(True, ["email", "zalo"]), (False, ["zalo", "email"])])
def test_an_urgent_letter_that_goes_by_mail_too_is_not_sent_twice(
    office: Office, *, by_mail: bool, channels: list[str]
) -> None:
    """It was written at once for every channel of the reader; alone, it goes by mail."""
    for channel in ("email", "zalo") if by_mail else ("zalo",):
        key = f"urgent:1:officer:{channel}"
        office.queue("officer", channel, items=False, business_date=None, urgent=True, key=key)
    office.chat.answer = lambda _: Outcome.refused("-218", fall_back=True)

    office.deliver()

    assert [row.channel for row in office.rows()] == channels
    assert len(office.mail.tried) == 1
