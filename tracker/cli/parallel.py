"""Work done in processes of its own, handed over in the order asked for; one that dies takes nobody along."""

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import Final, Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

NewPool = Callable[[int], ProcessPoolExecutor]

STARTING: Final = 3.0  # seconds that must be saved: two processes and their readers take half of it to start
SURE: Final = 1.0  # seconds of work after which the pace of the rest can be told
AHEAD: Final = 4  # items handed out for each process, so that none waits; results wait for their turn


@dataclass(frozen=True, slots=True)
class Lost(Generic[Item]):
    """An item whose process died."""

    item: Item


def cores() -> int:
    """Return how many processors this process may use."""
    with suppress(AttributeError):  # only Linux tells
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def as_it_pays(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    jobs: int,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Result | Lost[Item]]:
    """Give what `work` makes of each item, in their order: here, and in processes once those save time.

    Nobody knows beforehand how long a file takes: a scan takes fifty times what a Word file does.
    """
    waiting = deque(items)
    done, taken = 0, 0.0
    loading = True  # the first item waits for libraries, and says nothing of the others
    while waiting and not is_worth_processes(done, taken, len(waiting), jobs):
        begun = clock()
        result = work(waiting.popleft())
        if not loading:
            done, taken = done + 1, taken + clock() - begun
        loading = False
        yield result
    if waiting:
        yield from in_order(work, waiting, min(jobs, len(waiting)))


def is_worth_processes(done: int, taken: float, left: int, jobs: int) -> bool:
    """Tell whether processes save more than they take to start, from the seconds that items took so far."""
    if jobs == 1 or left < 2 or taken < SURE:  # noqa: PLR2004 - one item is not shared out
        return False
    return left * taken / done * (1 - 1 / jobs) > STARTING


def in_order(
    work: Callable[[Item], Result], items: Iterable[Item], jobs: int
) -> Iterator[Result | Lost[Item]]:
    """Give what `work` makes of each item, in the order of the items; `Lost` where its process died.

    When a process dies nobody knows which item it was: those that were under way are each done again alone.
    """
    waiting = iter(items)
    under_way: deque[tuple[Item, Future[Result]]] = deque()
    with _pools() as new_pool:
        pool, alone = new_pool(jobs), _Alone(work, new_pool)
        while True:
            for item in waiting:
                try:
                    future = pool.submit(work, item)
                except BrokenProcessPool:
                    pool = new_pool(jobs)
                    future = pool.submit(work, item)
                under_way.append((item, future))
                if len(under_way) >= AHEAD * jobs:
                    break
            if not under_way:
                return
            item, future = under_way.popleft()
            try:
                yield future.result()
            except BrokenProcessPool:
                yield alone.do(item)


class _Alone(Generic[Item, Result]):
    """A process in which one item is done at a time, so that it is known which one kills it."""

    def __init__(self, work: Callable[[Item], Result], new_pool: NewPool) -> None:
        """Start no process yet: mostly none is needed."""
        self._work = work
        self._new_pool = new_pool
        self._pool: ProcessPoolExecutor | None = None

    def do(self, item: Item) -> Result | Lost[Item]:
        """Do an item; the process is kept for the next one unless it died."""
        self._pool = self._pool or self._new_pool(1)
        try:
            return self._pool.submit(self._work, item).result()
        except BrokenProcessPool:
            self._pool = None
            return Lost(item)


@contextmanager
def _pools() -> Iterator[NewPool]:
    """Give a maker of pools; whatever they still do is stopped at the end, at once."""
    made: list[ProcessPoolExecutor] = []

    def new_pool(size: int) -> ProcessPoolExecutor:
        # Started anew, not forked: a fork would take over the locks of threads it does not have.
        fresh = multiprocessing.get_context("spawn")
        made.append(ProcessPoolExecutor(size, mp_context=fresh, initializer=_begin))
        return made[-1]

    try:
        yield new_pool
    finally:
        for pool in made:
            for process in list((pool._processes or {}).values()):  # noqa: SLF001 - no other way before 3.14
                process.kill()
            pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """Leave Ctrl-C to the parent, and end with it: one that is killed cannot say goodbye."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
