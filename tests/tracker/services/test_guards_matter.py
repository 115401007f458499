"""Each guard of the sending side, next to what happens without it: a guard that nobody misses guards nothing.

Both databases.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.sql import visitors
from sqlmodel import col, select

from notifications.outbox import Entry, OutboxState, Verdict
from notifications.outcome import Outcome
from tests.tracker.services.queued import Office, an_office_with_letters
from tracker.domain.people import EmailState
from tracker.domain.status import Status
from tracker.services import letter_check
from tracker.store import outbox as outbox_module
from tracker.store.fallbacks import write_fallback
from tracker.store.outbox import SqlOutbox
from tracker.store.session import reading, transaction
from tracker.store.tables import AttemptRow

Change = Callable[[Office], None]


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    """Give an office with letters."""
    return an_office_with_letters(engine, tmp_path)


def _reported(office: Office) -> None:
    office.work(status=Status.REPORTED, filed_on=office.clock.now().date())


def _moved(office: Office) -> None:
    office.work(deadline_version=2)


def _left(office: Office) -> None:
    for who in ("officer", "head", "secretariat"):
        office.change(who, active=False)


def _bounces(office: Office) -> None:
    for who in ("officer", "colleague", "head", "secretariat"):
        office.change(who, email_state=EmailState.BOUNCING)


CHANGES = [
    pytest.param(_reported, id="a result was reported"),
    pytest.param(_moved, id="the deadline moved"),
    pytest.param(_left, id="the reader left"),
    pytest.param(_bounces, id="what was sent there came back"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_since_the_plan_is_not_sent(office: Office, change: Change) -> None:
    """The look right before sending finds it."""
    office.queue("officer")
    change(office)

    assert (office.deliver().dropped, office.mail.tried) == (1, [])


@pytest.mark.parametrize("change", CHANGES)
def test_without_the_look_it_is_sent(office: Office, change: Change, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same letters, with the rule taken away: each goes to somebody it must not go to."""
    office.queue("officer")
    change(office)
    monkeypatch.setattr(letter_check, "reason_to_drop", lambda *_: None)

    office.deliver()

    assert [sent.address for sent in office.mail.tried] == ["officer@hatinh.example"]


def without_fencing(statement: Any) -> Any:
    """Return a statement of the outbox that asks only for the letter, not for who holds it until when."""
    table = outbox_module._LETTERS

    def keep(clause: Any) -> bool:
        named = {getattr(element, "key", None) for element in visitors.iterate(clause)}
        return not named & {"lease_owner", "lease_until"}

    kept = [clause for clause in statement.whereclause.clauses if keep(clause)]
    values = dict(statement._values)
    return update(table).where(*kept).values(values).returning(table.c.id)


class Overtaken:
    """A deliverer that is paused before its turn until its lease has passed to another."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.wall = datetime(2020, 4, 3, 1, 0, tzinfo=UTC)
        self.number = office.queue("officer")
        self.slow, self.quick = (
            SqlOutbox(office.app.engine, name, lambda: self.wall, timedelta(minutes=3))
            for name in ("slow", "quick")
        )

    def claim(self, deliverer: SqlOutbox) -> Entry:
        """Let a deliverer claim the letter."""
        (entry,) = deliverer.claim(due=self.office.clock.now(), channels={"email"}, limit=1)
        return entry

    def pass_on(self) -> tuple[Entry, Entry]:
        """Let the slow one claim it, its lease end, and the quick one take it over."""
        slow = self.claim(self.slow)
        self.wall += timedelta(minutes=4)
        return slow, self.claim(self.quick)


def test_a_deliverer_whose_lease_has_passed_on_sends_and_records_nothing(office: Office) -> None:
    """The letter is the other's: sent once, with the other's verdict."""
    scene = Overtaken(office)
    slow, quick = scene.pass_on()

    assert not scene.slow.begin(slow)
    assert scene.quick.begin(quick)
    assert not scene.slow.record(slow, Verdict(OutboxState.DEAD, 1, "slow"))
    assert scene.quick.record(quick, Verdict(OutboxState.SENT, 1, "250"))
    assert (office.row(scene.number).state, tries(office)) == (OutboxState.SENT, ["quick"])


def test_without_the_fence_at_the_beginning_it_is_sent_twice(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both hand the letter over."""
    monkeypatch.setattr(outbox_module, "_BEGUN", without_fencing(outbox_module._BEGUN))
    scene = Overtaken(office)
    slow, quick = scene.pass_on()

    assert scene.quick.begin(quick)
    assert scene.slow.begin(slow)
    assert tries(office) == ["quick", "slow"]


def test_without_the_fence_at_the_end_one_writes_over_the_other_s_verdict(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A letter that was sent looks dead, and would be sent again."""
    monkeypatch.setattr(outbox_module, "_RECORDED", without_fencing(outbox_module._RECORDED))
    scene = Overtaken(office)
    slow, quick = scene.pass_on()
    scene.quick.begin(quick)
    scene.quick.record(quick, Verdict(OutboxState.SENT, 1, "250"))

    assert scene.slow.record(slow, Verdict(OutboxState.DEAD, 1, "slow"))
    assert office.row(scene.number).state is OutboxState.DEAD


def tries(office: Office) -> list[str]:
    """Return who tried."""
    with reading(office.app.engine) as session:
        return list(session.exec(select(AttemptRow.worker).order_by(col(AttemptRow.id))))


def test_a_second_verdict_on_a_chat_writes_no_second_e_mail(office: Office) -> None:
    """As after a crash between two deliverers."""
    office.queue("officer", "zalo")
    office.chat.answer = lambda _: Outcome.unreachable("-144", fall_back=True)
    office.deliver()
    with transaction(office.app.engine) as session:
        assert write_fallback(session, office.rows()[0].id or 0, office.clock.now()) is None

    assert (len(office.rows()), len(office.mail.tried)) == (2, 1)


def test_who_has_it_already_is_asked_or_the_substitute_reads_it_twice(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the question whether the substitute has the step already, one person has two letters."""
    day = office.clock.now().date()
    office.stands_in("officer", "colleague", day, day)
    office.queue("officer")
    office.queue("colleague")
    monkeypatch.setattr(letter_check, "told_to", lambda *_: frozenset())

    office.deliver()

    assert [sent.address for sent in office.mail.tried] == ["colleague@hatinh.example"] * 2


def test_a_lease_that_ends_while_a_letter_is_sent_leaves_the_verdict_to_the_next(office: Office) -> None:
    """Who sent it too slowly has no say; who took it over finds it in doubt and says what became of it."""
    scene = Overtaken(office)
    entry = scene.claim(scene.slow)
    assert scene.slow.begin(entry)
    scene.wall += timedelta(minutes=4)
    taken = scene.claim(scene.quick)

    assert taken.state is OutboxState.SENDING
    assert not scene.slow.record(entry, Verdict(OutboxState.SENT, 1, "250"))
    assert scene.quick.begin(taken)
    assert scene.quick.record(taken, Verdict(OutboxState.SENT, 2, "250"))
