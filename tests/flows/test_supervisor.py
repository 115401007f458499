"""The supervisor's decisions, with real small child processes and a clock of our own."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from flows.children import Child
from flows.supervisor import FIRST_PAUSE, LONGEST_PAUSE, PATIENCE, STEADY_SECONDS, Part, Supervisor

SLEEPER = "import sys; sys.stdin.read()"
STUBBORN = """
import signal, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
sys.stdin.read()
"""


@dataclass
class Nursery:
    """Starts children and remembers all of them."""

    log: Path
    born: list[Child] = field(default_factory=list)

    def start(self, program: str = SLEEPER) -> Child:
        """Start a Python program as a child."""
        with self.log.open("ab") as sink:
            process = subprocess.Popen(
                [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=sink, start_new_session=True
            )
        self.born.append(Child("sleeper", process, self.log))
        return self.born[-1]


@dataclass
class Hands:
    """A clock that moves when told."""

    now: float = 1000.0

    def __call__(self) -> float:
        """Return the time it shows."""
        return self.now


@pytest.fixture
def nursery(tmp_path: Path) -> Iterator[Nursery]:
    """Start children that are all gone when the test ends."""
    started = Nursery(tmp_path / "child.log")
    yield started
    for child in started.born:
        child.end()


def supervise(*parts: Part, clock: Callable[[], float]) -> tuple[Supervisor, list[tuple[str, str]]]:
    """Build a supervisor that writes down what it tells."""
    told: list[tuple[str, str]] = []
    return Supervisor(parts, lambda event, part: told.append((event, part.name)), clock), told


def test_a_part_waits_for_what_it_leans_on(nursery: Nursery) -> None:
    """Flows start when the server is ready, not before."""
    answers = False
    server = Part("server", nursery.start, lambda: answers)
    flows = Part("flows", nursery.start, lambda: True, after=(server,))
    supervisor, told = supervise(server, flows, clock=Hands())

    supervisor.tick()
    supervisor.tick()
    assert server.child is not None
    assert flows.child is None

    answers = True
    supervisor.tick()
    supervisor.tick()
    assert flows.child is not None
    assert told == [("ready", "server"), ("ready", "flows")]
    supervisor.stop()


def test_a_dead_part_is_started_again_after_growing_pauses(nursery: Nursery) -> None:
    """A child that keeps dying is not started in a tight loop; after a long life the pauses begin anew."""
    hands = Hands()
    part = Part("web", nursery.start, lambda: True)
    supervisor, told = supervise(part, clock=hands)
    pauses: list[float] = []
    for _ in range(8):
        supervisor.tick()
        assert part.child is not None
        part.child.process.kill()
        part.child.process.wait()
        supervisor.tick()
        assert part.child is None
        pauses.append(part.not_before - hands.now)
        hands.now = part.not_before

    assert pauses == [FIRST_PAUSE, 2, 4, 8, 16, 32, LONGEST_PAUSE, LONGEST_PAUSE]
    assert told == [("died", "web")] * 8

    supervisor.tick()
    hands.now += STEADY_SECONDS + 1
    assert part.child is not None
    part.child.process.kill()
    part.child.process.wait()
    supervisor.tick()
    assert part.not_before - hands.now == FIRST_PAUSE


def test_a_part_that_never_gets_ready_is_started_again(nursery: Nursery) -> None:
    """A child that lives and never answers is replaced when patience ends."""
    hands = Hands()
    part = Part("prefect", nursery.start, lambda: False)
    supervisor, told = supervise(part, clock=hands)
    supervisor.tick()
    hands.now += PATIENCE + 1

    supervisor.tick()

    assert part.child is None
    assert told == [("slow", "prefect")]
    assert nursery.born[0].exit_status == -signal.SIGKILL


def test_stopping_ends_even_a_child_that_ignores_sigterm(
    nursery: Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The well-behaved end by SIGTERM, the stubborn by SIGKILL; none is left."""
    monkeypatch.setattr("flows.supervisor.STOP_SECONDS", 0.5)
    calm = Part("calm", nursery.start, lambda: True)
    stubborn = Part("stubborn", lambda: nursery.start(STUBBORN), lambda: bool(nursery.log.read_text()))
    supervisor, told = supervise(calm, stubborn, clock=time.monotonic)
    while ("ready", "stubborn") not in told:
        supervisor.tick()

    supervisor.stop()

    assert [child.exit_status for child in nursery.born] == [-signal.SIGTERM, -signal.SIGKILL]
