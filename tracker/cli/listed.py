"""What the commands that list share: which part of a list is shown, and how a whole one is streamed."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

import typer

from tracker.cli.shared import plain, tell

if TYPE_CHECKING:
    from tracker.store.listed import Part

FEW: Final = 50  # lines that somebody looks through on a terminal

Limit = Annotated[
    int | None,
    typer.Option("--limit", min=1, help=f"In nhiều nhất bao nhiêu dòng; dạng bảng mặc định {FEW}."),
]
Offset = Annotated[int, typer.Option("--offset", min=0, help="Bỏ qua bao nhiêu dòng đầu.")]
Everything = Annotated[bool, typer.Option("--all", help="In tất cả các dòng.")]


@dataclass(frozen=True, slots=True)
class Shown:
    """How much of a list is asked for: a table shows the first few, what a program reads is whole."""

    limit: int | None
    offset: int
    everything: bool

    def of_table(self) -> "Part":
        """Return the part that a table shows."""
        from tracker.store.listed import Part

        return Part(None if self.everything else self.limit or FEW, self.offset)

    def of_stream(self) -> "Part":
        """Return the part that a program is given."""
        from tracker.store.listed import Part

        return Part(None if self.everything else self.limit, self.offset)

    def tell_rest(self, shown: int, total: int) -> None:
        """Say how many lines come after those shown, where there are any."""
        following = self.offset + shown
        if following < total:
            tell("list.more", count=total - following, shown=shown, total=total, next=following)


def stream_json(values: Iterable[object]) -> None:
    """Print one JSON list on one line, value by value, so that a long one is never in memory whole."""
    typer.echo("[", nl=False)
    for number, value in enumerate(values):
        said = json.dumps(plain(value), ensure_ascii=False)
        typer.echo(f", {said}" if number else said, nl=False)
    typer.echo("]")
