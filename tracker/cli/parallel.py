"""Work done in processes of its own, handed over in the order asked for; one that dies takes nobody along."""

import multiprocessing
import os
import signal
import threading
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


def in_order(
    work: Callable[[Item], Result], items: Iterable[Item], jobs: int
) -> Iterator[Result | Lost[Item]]:
    """Give what `work` makes of each item, in the order of the items; `Lost` where its process died.

    When a process dies nobody knows which item it was: those that were under way are each done again alone.
    """
    waiting = iter(items)
    under_way: deque[tuple[Item, Future[Result]]] = deque()
    with _pools(jobs) as new_pool:
        pool = new_pool(jobs)
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
                yield _alone(work, item, new_pool)


def _alone(
    work: Callable[[Item], Result], item: Item, new_pool: Callable[[int], ProcessPoolExecutor]
) -> Result | Lost[Item]:
    """Do an item in a process where nothing else is done."""
    pool = new_pool(1)
    try:
        return pool.submit(work, item).result()
    except BrokenProcessPool:
        return Lost(item)
    finally:
        pool.shutdown()


@contextmanager
def _pools(jobs: int) -> Iterator[Callable[[int], ProcessPoolExecutor]]:
    """Give a maker of pools; whatever they still do is stopped at the end, at once."""
    made: list[ProcessPoolExecutor] = []

    def new_pool(size: int = jobs) -> ProcessPoolExecutor:
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
