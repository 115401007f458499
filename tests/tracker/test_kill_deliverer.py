"""Deliverers are killed at random moments, on both databases: nothing is lost, little is doubled.

Real processes, SIGKILL, a real SMTP server in a process of its own, and the stand-in of Zalo.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest
from sqlalchemy import Engine, update
from sqlmodel import col, select

from notifications.channels import ChannelName
from notifications.channels.mail import message_id_for
from notifications.messages import Letter
from notifications.outbox import OutboxState
from notifications.standins.smtp_sink import kept_in
from notifications.standins.zalo import MADE_UP, ZaloStandIn
from tests.tracker.deliverer import Places, work
from tests.tracker.racing import FORKS
from tracker.store.letters import NewLetter, enqueue
from tracker.store.message_log import log_of_letters
from tracker.store.outbox import SETTLED
from tracker.store.session import reading, transaction
from tracker.store.tables import AttemptRow, OutboxRow

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Size:
    """How many letters there are, how often a deliverer is killed, and of these how often at work."""

    mails: int
    chats: int
    kills: int
    at_least: int


MAILS, CHATS = 240, 160
ACK_DELAY = 0.02  # seconds between accepting and answering: the moment in which a kill leaves a doubt
LEASE = timedelta(seconds=3)
LISTED = 1000  # more than there can be
PATIENCE = 120  # seconds for everything to be settled
SIZES = [
    pytest.param(Size(MAILS, CHATS, 20, 10), id="small"),
    pytest.param(Size(2000, 400, 70, 60), id="large", marks=pytest.mark.soak),
]


@contextmanager
def mail_server(folder: Path, ack_delay: float = ACK_DELAY) -> Iterator[int]:
    """Run the sink as a process; give its port."""
    command = [sys.executable, "-m", "notifications.standins.smtp_sink", "--folder", str(folder)]
    with subprocess.Popen(
        [*command, "--ack-delay", str(ack_delay)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        yield int(process.stdout.readline())
        process.stdin.close()


@dataclass
class Scene:
    """Letters, where they go, and where that can be seen."""

    engine: Engine
    places: Places
    mail: Path
    zalo: ZaloStandIn

    def queue(self, mails: int, chats: int) -> None:
        """Queue letters to as many different readers."""
        now = datetime.now(UTC)
        readers = [(ChannelName.EMAIL, f"reader{number}@sct.example.vn") for number in range(mails)]
        readers += [(ChannelName.ZALO, f"chat{number}") for number in range(chats)]
        random.Random(mails).shuffle(readers)  # noqa: S311 — both channels are at work all the time
        with transaction(self.engine) as session:
            for channel, address in readers:
                key = f"digest:2020-04-06:{address}:{channel}"
                new = NewLetter(
                    key=key,
                    kind="digest",
                    letter=Letter("Nhắc việc", "Kính gửi …\n", thread_key="NV-2020-0311"),
                    channel=channel,
                    address=address,
                    message_id=message_id_for(key, "x.vn"),
                    now=now,
                )
                enqueue(session, new)

    def states(self, channel: str) -> dict[str, OutboxState]:
        """Return where each reader's letter stands."""
        with reading(self.engine) as session:
            rows = session.exec(select(OutboxRow).where(col(OutboxRow.channel) == channel))
            return {row.address: row.state for row in rows}

    def listed(self, state: OutboxState) -> set[str]:
        """Return the addresses that `dondoc letters --state` lists."""
        with reading(self.engine) as session:
            return {one.address for one in log_of_letters(session, state=state, limit=LISTED)}

    def message_ids(self) -> set[tuple[str, str]]:
        """Return each mail's reader and Message-ID as they were when it was queued."""
        with reading(self.engine) as session:
            rows = session.exec(select(OutboxRow).where(col(OutboxRow.channel) == ChannelName.EMAIL)).all()
            return {(row.address, row.message_id) for row in rows}

    def all_settled(self) -> bool:
        """Tell whether nothing is left to do."""
        return {*self.states("email").values(), *self.states("zalo").values()} <= SETTLED

    def open_tries(self) -> int:
        """Return how many tries never got an end: one for each deliverer that died on a letter."""
        with reading(self.engine) as session:
            return len(session.exec(select(AttemptRow).where(col(AttemptRow.finished_at).is_(None))).all())

    def start(self) -> ForkServerProcess:
        """Start a deliverer."""
        process = FORKS.Process(target=work, args=(self.places,))
        process.start()
        return process


@pytest.fixture
def scene(engine: Engine, database_url: str, tmp_path: Path) -> Iterator[Scene]:
    """Set up an empty outbox, a mail server and Zalo."""
    with mail_server(tmp_path / "mail") as port, ZaloStandIn() as zalo:
        zalo.state.ack_delay = ACK_DELAY
        yield Scene(engine, Places(database_url, port, zalo.url, LEASE), tmp_path / "mail", zalo)


def kill_at_random(scene: Scene, dice: random.Random, most: int) -> int:
    """Keep two deliverers at work and kill one after the other; return how many were killed at work."""
    workers = [scene.start(), scene.start()]
    kills = 0
    while kills < most and not scene.all_settled():
        time.sleep(dice.uniform(0.05, 0.5))  # the random moment itself
        victim = workers.pop(0)
        if victim.is_alive():
            victim.kill()
            kills += 1
        victim.join()
        workers.append(scene.start())
    for worker in workers:
        worker.join(PATIENCE)
        assert worker.exitcode == 0
    return kills


def drain(scene: Scene) -> None:
    """Deliver what dead deliverers had claimed, as soon as their leases have run out."""
    until = time.monotonic() + PATIENCE
    while not scene.all_settled():
        assert time.monotonic() < until, "letters are left that nobody can send"
        worker = scene.start()
        worker.join(PATIENCE)


@pytest.mark.parametrize("size", SIZES)
def test_killed_deliverers_lose_nothing_and_double_little(
    scene: Scene, size: Size, record_property: Callable[[str, object], None]
) -> None:
    """Every mail arrives, under one Message-ID; no chat is doubled; at most one doubt for each kill."""
    scene.queue(size.mails, size.chats)
    planned = scene.message_ids()
    kills = kill_at_random(scene, random.Random(2020), size.kills)  # noqa: S311 — moments, not secrets
    drain(scene)

    kept = kept_in(scene.mail)
    copies = Counter(one.recipient for one in kept)
    chats = Counter(str(one["chat_id"]) for one in scene.zalo.accepted)
    unknown = {chat for chat, state in scene.states("zalo").items() if state is OutboxState.UNKNOWN}
    sent = {chat for chat, state in scene.states("zalo").items() if state is OutboxState.SENT}
    measured = {
        "kills": kills,
        "doubled": copies.total() - size.mails,
        "unknown": len(unknown),
        "open": scene.open_tries(),
    }
    record_property("measured", measured)

    assert kills >= size.at_least
    assert copies.keys() == scene.states("email").keys()
    assert set(scene.states("email").values()) == {OutboxState.SENT}
    assert {(one.recipient, one.message_id) for one in kept} == planned == scene.message_ids()
    assert copies.total() - size.mails <= kills
    assert max(chats.values()) == 1
    assert sent <= chats.keys() <= sent | unknown
    assert len(sent | unknown) == size.chats
    assert len(unknown) <= kills
    assert scene.listed(OutboxState.UNKNOWN) == unknown
    assert scene.open_tries() <= kills


def test_deliverers_side_by_side_send_each_letter_once(scene: Scene) -> None:
    """Three deliverers at once and no crash: one copy of everything, on both channels."""
    scene.queue(MAILS // 5, CHATS // 4)
    workers = [scene.start() for _ in range(3)]
    for worker in workers:
        worker.join(PATIENCE)

    kept = Counter(one.recipient for one in kept_in(scene.mail))
    chats = Counter(str(one["chat_id"]) for one in scene.zalo.accepted)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert set(kept.values()) == {1} == set(chats.values())
    assert kept.keys() == scene.states("email").keys()
    assert chats.keys() == scene.states("zalo").keys()
    assert scene.all_settled()


def command(scene: Scene, folder: Path) -> subprocess.Popen[str]:
    """Start `dondoc deliver` as an operator would."""
    settings = {
        "DONDOC_DATA_DIR": str(folder),
        "DONDOC_SEND_HOURS": "always",
        "DONDOC_DATABASE_URL": scene.places.database_url,
        "DONDOC_SMTP_HOST": "127.0.0.1",
        "DONDOC_SMTP_PORT": str(scene.places.smtp_port),
        "DONDOC_ZALO_BOT_TOKEN": MADE_UP,
        "DONDOC_ZALO_API_BASE": scene.zalo.url,
    }
    program = Path(sys.executable).with_name("dondoc")
    return subprocess.Popen(
        [str(program), "deliver"], env={**os.environ, **settings}, stderr=subprocess.PIPE, text=True
    )


def wait_for_mail(scene: Scene, count: int) -> None:
    """Wait until so many mails have arrived."""
    until = time.monotonic() + PATIENCE
    while len(kept_in(scene.mail)) < count:
        assert time.monotonic() < until, "no mail arrives"
        time.sleep(0.02)


def test_the_command_stops_between_two_letters_when_told_to(scene: Scene, tmp_path: Path) -> None:
    """After SIGTERM the letter at hand is finished and recorded, and nothing is left in doubt."""
    scene.queue(MAILS, 0)
    process = command(scene, tmp_path)
    wait_for_mail(scene, 5)
    process.send_signal(signal.SIGTERM)
    _, complaint = process.communicate(timeout=PATIENCE)

    states = Counter(scene.states("email").values())
    arrived = len(kept_in(scene.mail))
    assert (process.returncode, complaint) == (0, "")
    assert 5 <= arrived < MAILS
    assert states == {OutboxState.SENT: arrived, OutboxState.QUEUED: MAILS - arrived}


def test_the_command_takes_up_what_a_killed_one_left(scene: Scene, tmp_path: Path) -> None:
    """A SIGKILL in mid-run, and `dondoc deliver` again after the lease: all arrive, at most one twice."""
    scene.queue(MAILS // 6, 0)
    process = command(scene, tmp_path)
    wait_for_mail(scene, 5)
    process.kill()
    process.communicate()
    with scene.engine.begin() as connection:  # three minutes later
        connection.execute(update(OutboxRow).values(lease_until=datetime.now(UTC)))
    again = command(scene, tmp_path)
    again.communicate(timeout=PATIENCE)

    kept = kept_in(scene.mail)
    assert again.returncode == 0
    assert set(scene.states("email").values()) == {OutboxState.SENT}
    assert {one.recipient for one in kept} == scene.states("email").keys()
    assert len({(one.recipient, one.message_id) for one in kept}) == MAILS // 6
    assert len(kept) <= MAILS // 6 + 1
