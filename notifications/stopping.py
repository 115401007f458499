"""Stop between two letters when asked to, never in the middle of one."""

import signal
from types import FrameType, TracebackType
from typing import Any, Self


class StopRequest:
    """Becomes true on SIGTERM or SIGINT while it is the context; call it to ask. For the main thread."""

    SIGNALS = (signal.SIGTERM, signal.SIGINT)

    def __init__(self) -> None:
        self._asked = False
        self._before: dict[signal.Signals, Any] = {}

    def __call__(self) -> bool:
        """Tell whether somebody has asked to stop."""
        return self._asked

    def ask(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Ask to stop after the letter at hand."""
        self._asked = True

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self.ask) for number in self.SIGNALS}
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
