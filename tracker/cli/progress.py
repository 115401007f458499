"""How far a long command is, shown to whoever watches."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Silence:
    """No progress is shown: nobody watches, or there is little to wait for."""

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Step aside while an answer is printed."""
        yield

    def step(self) -> None:
        """Count a file."""


class Bar(Silence):
    """A bar on stderr."""

    def __init__(self, progress: Any, count: int) -> None:
        """Start at nothing of `count` files."""
        from tracker.phrasebook import say

        self._progress = progress
        self._task = progress.add_task(say("parse.reading"), total=count)
        self._shares_terminal = sys.stdout.isatty()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Clear the bar while an answer is printed on the same terminal."""
        if self._shares_terminal:
            self._progress.stop()
        yield
        if self._shares_terminal:
            self._progress.start()

    def step(self) -> None:
        """Count a file."""
        self._progress.update(self._task, advance=1, refresh=True)


@contextmanager
def progress_of(count: int) -> Iterator[Silence]:
    """Show on stderr, where that is a terminal, how many of `count` files are read; none are worth no bar."""
    if not count or not sys.stderr.isatty():
        yield Silence()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as progress:
        yield Bar(progress, count)
