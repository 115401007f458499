"""The sending side of the outbox, on both databases: who may send what, and what is written down."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from notifications.channels.mail import message_id_for
from notifications.messages import Letter
from notifications.outbox import Entry, OutboxState, Verdict
from tracker.store.events import history
from tracker.store.letters import NewLetter, enqueue
from tracker.store.outbox import SqlOutbox
from tracker.store.session import reading, transaction
from tracker.store.tables import AttemptRow, OutboxRow

NOW = datetime(2020, 4, 6, 1, 0, tzinfo=UTC)
LEASE = timedelta(minutes=3)


@dataclass
class Wall:
    """A wall clock that a test moves."""

    moment: datetime = NOW

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.moment


@dataclass
class Scene:
    """An outbox with letters in it, and deliverers of different names."""

    engine: Engine
    wall: Wall = field(default_factory=Wall)

    def queue(self, *numbers: int, channel: str = "email", not_before: datetime = NOW) -> None:
        """Queue letters."""
        with transaction(self.engine) as session:
            for number in numbers:
                key = f"letter-{number}"
                new = NewLetter(
                    key=key,
                    kind="deadline_reminder",
                    letter=Letter(f"Nhắc việc {number}", "Kính gửi", "<p>Kính gửi</p>", "NV-1"),
                    channel=channel,
                    address=f"r{number}@b.vn",
                    message_id=message_id_for(key, "x.vn"),
                    now=NOW,
                    not_before=not_before,
                )
                assert enqueue(session, new)

    def deliverer(self, name: str) -> SqlOutbox:
        """Return the outbox as a deliverer sees it."""
        return SqlOutbox(self.engine, name, self.wall, LEASE)

    def rows(self) -> list[OutboxRow]:
        """Return every letter."""
        with reading(self.engine) as session:
            return list(session.exec(select(OutboxRow).order_by(col(OutboxRow.id))))

    def tries(self) -> list[tuple[str, str | None]]:
        """Return who tried, and how it ended."""
        with reading(self.engine) as session:
            rows = session.exec(select(AttemptRow).order_by(col(AttemptRow.id)))
            return [(row.worker, row.outcome) for row in rows]


@pytest.fixture
def scene(engine: Engine) -> Scene:
    """Give an empty outbox."""
    return Scene(engine)


def claim(outbox: SqlOutbox, limit: int = 10, due: datetime = NOW, channel: str = "email") -> list[Entry]:
    """Claim letters."""
    return outbox.claim(due=due, channels={channel}, limit=limit)


def names(entries: list[Entry]) -> list[str]:
    """Return the keys of letters."""
    return [entry.key for entry in entries]


def test_letters_come_oldest_first_and_whole(scene: Scene) -> None:
    """A claimed letter brings everything that is needed to send it."""
    scene.queue(2, not_before=NOW)
    scene.queue(1, not_before=NOW - timedelta(hours=1))

    entries = claim(scene.deliverer("a"))

    assert names(entries) == ["letter-1", "letter-2"]
    assert entries[0].letter == Letter("Nhắc việc 1", "Kính gửi", "<p>Kính gửi</p>", "NV-1")
    assert (entries[0].address, entries[0].state, entries[0].attempts) == ("r1@b.vn", OutboxState.LEASED, 0)
    assert entries[0].message_id == message_id_for("letter-1", "x.vn")


def test_a_letter_is_due_at_its_moment_whatever_the_zone(scene: Scene) -> None:
    """Eight in the morning in Hà Nội is one in the night in UTC, in the database too."""
    scene.queue(1, not_before=datetime(2020, 4, 6, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")))

    assert (
        claim(scene.deliverer("a"), due=datetime(2020, 4, 6, 7, 59, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")))
        == []
    )
    assert names(claim(scene.deliverer("a"), due=datetime(2020, 4, 6, 1, 0, tzinfo=UTC))) == ["letter-1"]


def test_only_the_channels_asked_for_are_claimed(scene: Scene) -> None:
    """A letter for a channel that is down or not set up stays where it is."""
    scene.queue(1, channel="zalo")

    assert claim(scene.deliverer("a")) == []
    assert scene.rows()[0].state is OutboxState.QUEUED


def test_two_deliverers_never_hold_the_same_letter(scene: Scene) -> None:
    """What one has leased, another does not get."""
    scene.queue(1, 2, 3)

    first = claim(scene.deliverer("a"), limit=2)
    second = claim(scene.deliverer("b"))

    assert (names(first), names(second)) == (["letter-1", "letter-2"], ["letter-3"])


def test_a_lease_that_has_run_out_passes_on(scene: Scene) -> None:
    """A deliverer that died keeps nothing for longer than its lease."""
    scene.queue(1)
    claim(scene.deliverer("dead"))

    scene.wall.moment = NOW + LEASE - timedelta(seconds=1)
    assert claim(scene.deliverer("b")) == []
    scene.wall.moment = NOW + LEASE
    assert names(claim(scene.deliverer("b"))) == ["letter-1"]


def test_a_letter_left_in_sending_stays_in_doubt_whoever_takes_it(scene: Scene) -> None:
    """Taking it over does not make it an ordinary letter, not even when the second deliverer dies too."""
    scene.queue(1)
    dead = scene.deliverer("dead")
    (entry,) = claim(dead)
    assert dead.begin(entry)

    for name in ("b", "c"):
        scene.wall.moment += LEASE
        (entry,) = claim(scene.deliverer(name))
        assert (entry.state, entry.attempts) == (OutboxState.SENDING, 1)
    scene.deliverer("c").release([entry])
    (entry,) = claim(scene.deliverer("d"))
    assert entry.state is OutboxState.SENDING


def test_a_deliverer_that_slept_too_long_may_not_begin(scene: Scene) -> None:
    """Fencing: once the lease has run out or passed on, nothing is sent on the strength of it."""
    scene.queue(1)
    slow = scene.deliverer("slow")
    (entry,) = claim(slow)

    scene.wall.moment += LEASE
    assert not slow.begin(entry)
    (again,) = claim(scene.deliverer("b"))
    assert not slow.begin(entry)
    assert scene.deliverer("b").begin(again)
    assert not slow.record(entry, Verdict(OutboxState.SENT, 1))
    assert scene.rows()[0].lease_owner == "b"
    assert scene.tries() == [("b", None)]


def test_each_letter_renews_the_lease(scene: Scene) -> None:
    """The time for one letter starts when it is begun, not when its batch was claimed."""
    scene.queue(1)
    outbox = scene.deliverer("a")
    (entry,) = claim(outbox)
    scene.wall.moment += LEASE - timedelta(seconds=1)
    assert outbox.begin(entry)

    scene.wall.moment += LEASE - timedelta(seconds=1)
    assert claim(scene.deliverer("b")) == []


@pytest.mark.parametrize(
    ("verdict", "settled"),
    [
        (Verdict(OutboxState.SENT, 1, "250", "OK", "m1"), True),
        (Verdict(OutboxState.DEAD, 1, "550", "no such user"), True),
        (Verdict(OutboxState.UNKNOWN, 1, "no-answer"), True),
        (Verdict(OutboxState.QUEUED, 1, "451", "", None, NOW + timedelta(minutes=1)), False),
    ],
    ids=["sent", "dead", "unknown", "again"],
)
def test_a_verdict_is_written_down_with_its_try(scene: Scene, verdict: Verdict, settled: bool) -> None:
    """The letter, the journal of tries and, once settled, the history say the same."""
    scene.queue(1)
    outbox = scene.deliverer("a")
    (entry,) = claim(outbox)
    outbox.begin(entry)
    assert outbox.record(entry, verdict)

    (row,) = scene.rows()
    assert (row.state, row.attempts, row.last_code) == (verdict.state, 1, verdict.code)
    assert (row.provider_id, row.next_try_at) == (verdict.provider_id, verdict.next_try_at or NOW)
    assert (row.lease_owner, row.lease_until) == (None, None)
    assert row.sent_at == (NOW if verdict.state is OutboxState.SENT else None)
    assert scene.tries() == [("a", verdict.state)]
    with reading(scene.engine) as session:
        lines = history(session, "letter", entry.id)
    assert [line.action for line in lines] == ([verdict.state] if settled else [])
    assert claim(scene.deliverer("b")) == []


def test_a_try_that_does_not_count_leaves_its_line_all_the_same(scene: Scene) -> None:
    """While a channel is down attempts stay at nought, and the journal still shows each try."""
    scene.queue(1)
    outbox = scene.deliverer("a")
    for _ in range(3):
        (entry,) = claim(outbox)
        assert outbox.begin(entry)
        assert outbox.record(entry, Verdict(OutboxState.QUEUED, 0, "connection-refused"))

    assert scene.rows()[0].attempts == 0
    assert scene.tries() == [("a", "queued")] * 3


def test_a_crash_leaves_an_open_try(scene: Scene) -> None:
    """The journal shows which deliverer died on a letter, and who finished it."""
    scene.queue(1)
    dead, heir = scene.deliverer("dead"), scene.deliverer("heir")
    dead.begin(claim(dead)[0])
    scene.wall.moment += LEASE
    (entry,) = claim(heir)
    heir.begin(entry)
    heir.record(entry, Verdict(OutboxState.SENT, 2))

    assert scene.tries() == [("dead", None), ("heir", "sent")]


def test_what_was_not_touched_is_given_back_at_once(scene: Scene) -> None:
    """A deliverer that is told to stop leaves its letters to the next one, without waiting for a lease."""
    scene.queue(1, 2)
    outbox = scene.deliverer("a")
    entries = claim(outbox)
    outbox.release(entries[1:])

    assert names(claim(scene.deliverer("b"))) == ["letter-2"]
    outbox.release(entries)  # letter-2 is b's now: it stays b's
    assert {row.key: row.lease_owner for row in scene.rows()} == {"letter-1": None, "letter-2": "b"}


def test_racing_deliverers_share_the_letters_without_overlap(scene: Scene) -> None:
    """Four deliverers that claim at the same moment, again and again, get each letter exactly once."""
    scene.queue(*range(60))
    start = Barrier(4)

    def race(name: str) -> list[str]:
        outbox, got = scene.deliverer(name), []
        start.wait()
        while entries := claim(outbox, limit=3):
            got += names(entries)
        return got

    with ThreadPoolExecutor(4) as pool:
        shares = list(pool.map(race, "abcd"))

    assert sorted(key for share in shares for key in share) == sorted(
        f"letter-{number}" for number in range(60)
    )


@pytest.mark.parametrize(
    "step", [SqlOutbox.begin, lambda outbox, entry: outbox.record(entry, Verdict(OutboxState.SENT, 1))]
)
def test_a_settled_letter_stays_settled(scene: Scene, step: Callable[[SqlOutbox, Entry], bool]) -> None:
    """A letter that was settled cannot be begun or settled again on an old claim."""
    scene.queue(1)
    outbox = scene.deliverer("a")
    (entry,) = claim(outbox)
    outbox.begin(entry)
    outbox.record(entry, Verdict(OutboxState.SENT, 1))

    assert not step(outbox, entry)
