"""Letters that ended dead or in doubt are sent again or settled by a person, on both databases."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from notifications.channels.memory import accept
from notifications.outbox import OutboxState
from notifications.outcome import Outcome
from tests.tracker.services.queued import Office, an_office_with_letters
from tracker.domain.people import AccountRole
from tracker.domain.sending import Dropped
from tracker.errors import Conflict, NotFound, NotPermitted
from tracker.services.dead_letters import send_again, settle
from tracker.store import accounts
from tracker.store.accounts import AccountEntry
from tracker.store.events import Act, history
from tracker.store.session import reading, transaction


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    """Give an office with letters."""
    return an_office_with_letters(engine, tmp_path)


def act(office: Office, login: str = "lan") -> Act:
    """Act on the command line."""
    return Act(login, "cli", office.clock.now())


def again(office: Office, *numbers: int) -> list[int]:
    """Send letters again; return what is queued now."""
    with transaction(office.app.engine) as session:
        return [one.queued for one in send_again(session, office.app, numbers, act=act(office))]


def ended(office: Office, channel: str, outcome: Outcome) -> int:
    """Let a letter to the officer end, who has no other way to be told."""
    if channel != "email":
        office.change("officer", email=None)
    number = office.queue("officer", channel)
    which = {"email": office.mail, "zalo": office.chat}[channel]
    which.answer = lambda _: outcome
    office.deliver()
    which.answer = accept
    return number


@pytest.mark.parametrize("channel", ["email", "zalo"])
def test_what_never_arrived_is_sent_again_under_its_own_message_id(office: Office, channel: str) -> None:
    """The same letter, with its tries before it, goes out once more."""
    number = ended(office, channel, Outcome.refused("550"))
    before = office.row(number)

    assert again(office, number) == [number]
    assert office.deliver().sent == 1

    after = office.row(number)
    assert (after.state, after.key, after.message_id) == (OutboxState.SENT, before.key, before.message_id)
    with reading(office.app.engine) as session:
        lines = [(event.actor, event.action) for event in history(session, "letter", number)]
    assert lines[-2:] == [("lan", "sent-again"), lines[-1]]
    assert lines[-1][1] == "sent"


def test_a_chat_in_doubt_is_sent_again_as_another_one(office: Office) -> None:
    """A new key and Message-ID; the doubtful one is closed, and its step is told in the new one."""
    number = ended(office, "zalo", Outcome.unknown("no-answer"))
    (queued,) = again(office, number)
    assert queued != number
    assert office.deliver().sent == 1

    old, new = office.row(number), office.row(queued)
    assert (old.state, old.last_code) == (OutboxState.DROPPED, "sent-again")
    assert (new.state, new.key) == (OutboxState.SENT, f"{old.key}:again-1")
    assert new.message_id != old.message_id
    assert office.left_out() == ["sent-again", None]


def test_a_mail_in_doubt_keeps_its_message_id(office: Office) -> None:
    """Its reader's server knows a copy."""
    number = office.queue("officer", "email", state=OutboxState.UNKNOWN)

    assert again(office, number) == [number]
    office.deliver()

    assert [sent.message_id for sent in office.mail.tried] == [office.row(number).message_id]


def test_again_and_again_gives_each_its_own_key(office: Office) -> None:
    """A second doubt about the copy is followed by a third letter, not by a clash of keys."""
    number = ended(office, "zalo", Outcome.unknown("no-answer"))
    office.chat.answer = lambda _: Outcome.unknown("no-answer")
    (second,) = again(office, number)
    office.deliver()
    (third,) = again(office, second)

    assert len({number, second, third}) == 3
    assert len({row.message_id for row in office.rows()}) == 3


def test_what_is_untrue_by_now_is_not_sent_again(office: Office) -> None:
    """The last look is asked as always."""
    number = ended(office, "email", Outcome.refused("550"))
    office.work(deadline_version=2)
    again(office, number)
    office.deliver()

    assert (office.row(number).state, office.row(number).last_code) == (
        OutboxState.DROPPED,
        Dropped.DEADLINE_MOVED,
    )


@pytest.mark.parametrize(
    "state", [state for state in OutboxState if state not in {OutboxState.DEAD, OutboxState.UNKNOWN}]
)
def test_only_what_has_ended_unsaid_is_sent_again(office: Office, state: OutboxState) -> None:
    """What waits will be sent; what was sent would be doubled."""
    number = office.queue("officer", state=state)

    with pytest.raises(Conflict):
        again(office, number)
    assert office.row(number).state is state


def test_a_letter_that_is_not_there_is_named(office: Office) -> None:
    """The others asked for at once stay as they were."""
    number = office.queue("officer", state=OutboxState.DEAD)

    with pytest.raises(NotFound) as refused:
        again(office, number, 4711)
    assert "4711" in refused.value.sentence()
    assert office.row(number).state is OutboxState.DEAD


@pytest.mark.parametrize(("arrived", "state"), [(True, OutboxState.SENT), (False, OutboxState.DEAD)])
def test_a_person_settles_a_doubt(office: Office, arrived: bool, state: OutboxState) -> None:
    """Arrived, it counts as sent when it was tried; lost, it may be sent again."""
    number = ended(office, "zalo", Outcome.unknown("no-answer"))
    with transaction(office.app.engine) as session:
        assert settle(session, number, arrived=arrived, act=act(office)) is state

    row = office.row(number)
    assert (row.state, row.sent_at is not None) == (state, arrived)
    with reading(office.app.engine) as session:
        last = history(session, "letter", number)[-1]
    assert (last.actor, last.action) == ("lan", f"settled-{'arrived' if arrived else 'lost'}")
    with transaction(office.app.engine) as session, pytest.raises(Conflict):
        settle(session, number, arrived=True, act=act(office))


@pytest.mark.parametrize(
    ("role", "permitted"),
    [
        (AccountRole.SECRETARIAT, True),
        (AccountRole.ADMINISTRATOR, True),
        (AccountRole.LEADER, False),
        (AccountRole.AGENCY_OFFICER, False),
    ],
)
def test_only_who_may_send_letters_does_either(office: Office, role: AccountRole, permitted: bool) -> None:
    """As the right to letters says."""
    first = office.queue("officer", state=OutboxState.UNKNOWN)
    with transaction(office.app.engine) as session:
        agency = 1 if role is AccountRole.AGENCY_OFFICER else None
        entry = AccountEntry(login="lan", name="Lan", role=role)
        day = office.clock.now() - timedelta(days=1)
        accounts.save(session, entry, agency, None, at=day)

    for move in (
        lambda session: settle(session, first, arrived=False, act=act(office)),
        lambda session: send_again(session, office.app, [first], act=act(office)),
    ):
        if permitted:
            with transaction(office.app.engine) as session:
                move(session)
        else:
            with transaction(office.app.engine) as session, pytest.raises(NotPermitted):
                move(session)
