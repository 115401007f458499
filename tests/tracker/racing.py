"""Run one function in several real processes at once."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from typing import Any, TypeVar

Result = TypeVar("Result")
_PATIENCE = 60  # seconds until a process that never came is given up on
_gates: list[Barrier] = []


def race(
    function: Callable[..., Result], *arguments: Any, processes: int, patience: float = _PATIENCE
) -> list[Result]:
    """Return what each process got; they all start when the last one is ready."""
    spawning = get_context("spawn")
    gate = spawning.Barrier(processes)
    with ProcessPoolExecutor(processes, spawning, initializer=_stand_at, initargs=(gate,)) as pool:
        running = [pool.submit(_at_the_gate, function, arguments) for _ in range(processes)]
        return [one.result(timeout=patience) for one in running]


def _stand_at(gate: Barrier) -> None:
    _gates.append(gate)


def _at_the_gate(function: Callable[..., Result], arguments: tuple[Any, ...]) -> Result:
    _gates[0].wait(_PATIENCE)
    return function(*arguments)
