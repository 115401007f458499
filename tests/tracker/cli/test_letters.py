"""Letters that ended, and channels that rest, on the command line."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from notifications.channels.mail import message_id_for
from notifications.messages import Letter
from notifications.outbox import OutboxState
from notifications.outcome import Outcome
from tracker.domain.people import AccountRole
from tracker.settings import Settings
from tracker.store import accounts
from tracker.store.accounts import AccountEntry
from tracker.store.channel_states import SqlBreakers
from tracker.store.engine import make_engine
from tracker.store.letters import NewLetter, enqueue
from tracker.store.migrate import prepare
from tracker.store.session import transaction
from tracker.store.tables import OutboxRow


@pytest.fixture
def outbox(own_data: Any) -> Any:
    """Give a function that puts a letter in a state into the outbox of an office that has one."""
    engine = make_engine(Settings.load().database)
    prepare(engine)

    def put(state: OutboxState, channel: str = "email") -> int:
        now = datetime.now(UTC)
        key = f"letter:{state}:{channel}"
        with transaction(engine) as session:
            new = NewLetter(
                key=key,
                kind="digest",
                letter=Letter("Nhắc việc", "Kính gửi …"),
                channel=channel,
                address="a@b.vn",
                message_id=message_id_for(key, "x.vn"),
                now=now,
            )
            queued = enqueue(session, new)
            assert queued is not None
            session.execute(update(OutboxRow).where(col(OutboxRow.id) == queued.id).values(state=state))
        return queued.id

    put.engine = engine  # type: ignore[attr-defined]
    yield put
    engine.dispose()


def test_the_list_names_numbers_and_the_numbers_are_sent_again(outbox: Any, command: Any) -> None:
    """What the list of dead letters shows is what «again» takes."""
    number, doubt = outbox(OutboxState.DEAD), outbox(OutboxState.UNKNOWN, "zalo")
    listed = json.loads(command("letters", "--state", "dead", "--json").out)
    assert [letter["id"] for letter in listed] == [number]
    assert f"{number} " in command("letters", "--state", "dead").out

    answer = command("letters", "again", str(number), str(doubt), "--json")

    assert answer.status == 0
    done = json.loads(answer.out)
    assert [(one["letter"], one["queued"] == one["letter"]) for one in done] == [
        (number, True),
        (doubt, False),
    ]
    assert json.loads(command("letters", "--state", "dead", "--json").out) == []


def test_a_doubt_is_settled(outbox: Any, command: Any) -> None:
    """One of both must be said; then the letter is no longer in doubt."""
    number = outbox(OutboxState.UNKNOWN, "zalo")

    assert command("letters", "settle", str(number)).status != 0
    assert "đã đến" in command("letters", "settle", str(number), "--arrived").out
    assert json.loads(command("letters", "--state", "unknown", "--json").out) == []
    assert command("letters", "settle", str(number), "--lost").status != 0


def test_who_may_not_send_letters_is_told_the_rule(outbox: Any, command: Any) -> None:
    """With accounts, looking and sending again are rights of their own."""
    number = outbox(OutboxState.DEAD)
    with transaction(outbox.engine) as session:
        for login, role in (("hung", AccountRole.LEADER), ("lan", AccountRole.SECRETARIAT)):
            entry = AccountEntry(login=login, name=login, role=role)
            accounts.save(session, entry, None, None, at=datetime.now(UTC))

    assert command("letters", "--as", "hung").status == 0
    assert command("letters", "--as", "nobody").status != 0
    assert command("letters", "again", str(number), "--as", "hung").status != 0
    assert command("letters", "again", str(number), "--as", "lan").status == 0


def test_a_channel_that_rests_is_told_of_until_when_and_why(outbox: Any, command: Any) -> None:
    """By the list, and by a delivery that leaves it alone; asked to, the delivery tries it."""
    outbox(OutboxState.QUEUED)
    SqlBreakers(outbox.engine).record(
        "email", Outcome.misconfigured("535", "bad password"), datetime.now(UTC), trial=False
    )

    assert "535 bad password" in command("letters").out
    resting = command("deliver")
    assert "--try-resting" in resting.out
    assert json.loads(command("deliver", "--json").out)["resting"].keys() == {"email"}


def test_outside_the_hours_a_delivery_says_until_when_letters_wait(
    outbox: Any, command: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the hour of this test, the one that is set is another."""
    outbox(OutboxState.QUEUED)
    in_an_hour = datetime.now(Settings.load().zone) + timedelta(hours=1)
    begin = in_an_hour if in_an_hour.hour < 23 else in_an_hour - timedelta(hours=12)
    monkeypatch.setenv("DONDOC_SEND_HOURS", "working")
    monkeypatch.setenv("DONDOC_SEND_FROM", f"{begin:%H:00}")
    monkeypatch.setenv("DONDOC_SEND_UNTIL", f"{begin:%H:59}")

    answer = command("deliver")

    assert answer.status == 0
    assert f"{begin:%H}:00" in answer.out
    assert json.loads(command("letters", "--state", "queued", "--json").out)
