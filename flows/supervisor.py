"""`dondoc serve`: pages, one Prefect server and the served flows, kept running by one small process."""

import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType
from typing import Final

from flows.children import Child

TICK_SECONDS: Final = 0.3
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 60.0
STEADY_SECONDS: Final = 120.0  # after a life this long the pauses begin anew
PATIENCE: Final = 180.0  # to become ready
STOP_SECONDS: Final = 8.0


@dataclass(slots=True)
class Part:
    """A child to keep alive: how it starts, how one sees that it is ready, and what it waits for."""

    name: str
    start: Callable[[], Child]
    is_ready: Callable[[], bool]
    after: "tuple[Part, ...]" = ()
    child: Child | None = None
    ready: bool = False
    started_at: float = 0.0
    pause: float = FIRST_PAUSE
    not_before: float = 0.0


@dataclass(slots=True)
class Supervisor:
    """Starts parts in their order, restarts the dead with growing pauses, and stops all of them."""

    parts: tuple[Part, ...]
    tell: Callable[[str, Part], None]  # "ready", "died" or "slow", about a part
    clock: Callable[[], float] = time.monotonic
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Keep everything running until SIGTERM or SIGINT, then stop it."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop_on_signal)
        try:
            while not self.stopping.is_set():
                self.tick()
                self.stopping.wait(TICK_SECONDS)
        finally:
            self.stop()

    def tick(self) -> None:
        """Look at each part once and do what it needs."""
        for part in self.parts:
            if part.child is not None and part.child.exit_status is not None:
                self._bury(part)
            if part.child is None:
                self._start_when_due(part)
            elif not part.ready:
                self._look_whether_ready(part)

    def stop(self) -> None:
        """Stop all: first those that lean on others, so that flows can tell the server how they ended."""
        leaning = [part for part in self.parts if part.after]
        self._stop_together(leaning)
        self._stop_together([part for part in self.parts if not part.after])

    def _stop_together(self, parts: list[Part]) -> None:
        """Ask some parts to end, wait for all of them at once, and end what is left."""
        ending = [part.child for part in parts if part.child is not None]
        for child in ending:
            child.ask_to_stop()
        patience = self.clock() + STOP_SECONDS
        for child in ending:
            child.wait(patience - self.clock())
            child.end()
        for part in parts:
            part.child = None

    def _start_when_due(self, part: Part) -> None:
        if self.clock() >= part.not_before and all(other.ready for other in part.after):
            part.child = part.start()
            part.ready = False
            part.started_at = self.clock()

    def _look_whether_ready(self, part: Part) -> None:
        if part.is_ready():
            part.ready = True
            self.tell("ready", part)
        elif self.clock() - part.started_at > PATIENCE:
            self.tell("slow", part)
            self._end(part)

    def _bury(self, part: Part) -> None:
        self.tell("died", part)
        self._end(part)

    def _end(self, part: Part) -> None:
        """Remove what is left of a part and say when it may start again."""
        if part.child is not None:
            part.child.end()
        lived = self.clock() - part.started_at
        part.pause = FIRST_PAUSE if lived > STEADY_SECONDS else part.pause
        part.child, part.ready = None, False
        part.not_before = self.clock() + part.pause
        part.pause = min(part.pause * 2, LONGEST_PAUSE)

    def _stop_on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping.set()
