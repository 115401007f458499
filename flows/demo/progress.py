"""What the demo says while it works: steps with their time, on a terminal and in a log alike."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich import box
from rich.console import Console
from rich.table import Table

WIDE = 120  # of a log file; a terminal knows its own width


def screen() -> Console:
    """Return the console to write on; into a file the lines are wide."""
    console = Console()
    return console if console.is_terminal else Console(width=WIDE)


@dataclass(slots=True)
class Progress:
    """Numbers the steps and says how long each took."""

    total: int
    console: Console = field(default_factory=screen)
    done: int = 0

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Show a step while it runs and its time when it is over; a failed one stays visible."""
        self.done += 1
        head = f"[{self.done}/{self.total}] {title}"
        began = time.monotonic()
        with self.console.status(_plain(head)):
            if not self.console.is_terminal:
                self.say(f"{head} …")
            try:
                yield
            except BaseException:
                self.console.print(f"✗ {head}", style="bold red", markup=False, highlight=False)
                raise
        self.console.print(
            f"✓ {head} ({time.monotonic() - began:.1f} s)", style="green", markup=False, highlight=False
        )

    def say(self, line: str) -> None:
        """Print a line as it is: no wrapping, so that paths can be copied."""
        self.console.print(line, markup=False, highlight=False, soft_wrap=True)

    def title(self, words: str) -> None:
        """Print the heading of a part."""
        self.console.print(f"\n{words}", style="bold", markup=False, highlight=False)

    def table(self, *columns: str, rows: list[tuple[str, ...]]) -> None:
        """Print rows under headings."""
        made = Table(*columns, box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
        for row in rows:
            made.add_row(*(_plain(cell) for cell in row))
        self.console.print(made, highlight=False)


def _plain(words: str) -> str:
    """Keep square brackets from being read as markup."""
    return words.replace("[", r"\[")
