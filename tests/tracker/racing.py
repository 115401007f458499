"""Run one function in several real processes at once, once or round after round."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, wait
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from multiprocessing.synchronize import Barrier
from threading import BrokenBarrierError
from typing import Any, TypeVar

Result = TypeVar("Result")
FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["tests.tracker.deliverer", "tests.tracker.factories", "tracker.services.daily"])
_PATIENCE = 60  # seconds until a process that never came is given up on
_gates: list[Barrier] = []


def race(
    function: Callable[..., Result], *arguments: Any, processes: int, patience: float = _PATIENCE
) -> list[Result]:
    """Return what each process got; they all start when the last one is ready."""
    return _race(function, [arguments], get_context("spawn"), processes, patience)[0]


def race_in_rounds(
    function: Callable[..., Result], rounds: Sequence[tuple[Any, ...]], *, processes: int, patience: float
) -> list[list[Result]]:
    """Return what each process got in each round; a round begins when all have ended the one before.

    The processes are forks of a server that has loaded the program once.
    """
    return _race(function, rounds, FORKS, processes, patience)


def _race(
    function: Callable[..., Result],
    rounds: Sequence[tuple[Any, ...]],
    start: BaseContext,
    processes: int,
    patience: float,
) -> list[list[Result]]:
    gate = start.Barrier(processes)
    with ProcessPoolExecutor(processes, start, initializer=_stand_at, initargs=(gate,)) as pool:
        running = [pool.submit(_at_the_gate, function, rounds) for _ in range(processes)]
        wait(running, timeout=patience)
    failures = [error for one in running if (error := one.exception(timeout=0)) is not None]
    for error in sorted(failures, key=lambda error: isinstance(error, BrokenBarrierError)):
        raise error  # the one that the others then waited for in vain comes first
    return [list(of_round) for of_round in zip(*(one.result() for one in running), strict=True)]


def _stand_at(gate: Barrier) -> None:
    _gates.append(gate)


def _at_the_gate(function: Callable[..., Result], rounds: Sequence[tuple[Any, ...]]) -> list[Result]:
    """Wait before each round for the others; who fails lets nobody wait for it."""
    got = []
    try:
        for arguments in rounds:
            _gates[0].wait(_PATIENCE)
            got.append(function(*arguments))
    except BaseException:
        _gates[0].abort()
        raise
    return got
