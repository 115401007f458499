"""What the commands share: the parts of the system, options, and how answers are written."""

import getpass
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.app import App
    from tracker.domain.permissions import Scope
    from tracker.store.events import Act

PLAIN_WIDTH: Final = 160  # columns where nobody watches a terminal

Json = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")]
On = Annotated[
    str | None,
    typer.Option(
        "--on", metavar="NGÀY", help="Tính đến ngày nào (2020-04-09 hoặc 09/4/2020); mặc định hôm nay."
    ),
]


def _acting(ctx: typer.Context, given: str | None) -> str | None:
    from tracker.cli.who import acting

    return None if ctx.resilient_parsing else acting(command_of(ctx), given)


def _viewing(ctx: typer.Context, given: str | None) -> str | None:
    from tracker.cli.who import viewing

    return None if ctx.resilient_parsing else viewing(command_of(ctx), given)


def command_of(ctx: typer.Context) -> str:
    """Return the words of the command that is run, without the program's name."""
    words: list[str] = []
    at: Any = ctx
    while at.parent is not None:
        words.insert(0, at.info_name)
        at = at.parent
    return " ".join(words)


Actor = Annotated[
    str | None,
    typer.Option(
        "--as",
        "--actor",
        envvar="DONDOC_USER",
        metavar="TÀI_KHOẢN",
        callback=_acting,
        help="Tài khoản của người thực hiện, ghi vào nhật ký.",
    ),
]
Viewer = Annotated[
    str | None,
    typer.Option(
        "--as",
        envvar="DONDOC_USER",
        metavar="TÀI_KHOẢN",
        callback=_viewing,
        help="Tài khoản của người xem: mỗi người chỉ thấy việc thuộc phạm vi của mình.",
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Chỉ kiểm tra và cho biết sẽ đổi gì, không ghi.")]


def open_app() -> "App":
    """Build the system's parts; the tables of a new database are made on the way."""
    from tracker.settings import Settings
    from tracker.store.migrate import prepare
    from tracker.wiring import build_app

    app = build_app(Settings.load())
    prepare(app.engine)
    return app


def day_of(written: str | None, app: "App", option: str = "--on") -> date:
    """Read a day as people write it; today in the office where none is given.

    `option` is the one that it was given with, which the refusal names.
    """
    from tracker.clock import read_day, today

    if written is None:
        return today(app.clock)
    try:
        return read_day(written)
    except ValueError as error:
        from tracker.phrasebook import say

        raise typer.BadParameter(say("cell.not-a-day", value=written), param_hint=option) from error


def actor_of(given: str | None) -> str:
    """Return who acts: the login that was named, else the system's user; see `tracker.cli.who`."""
    return given or getpass.getuser()


def act_of(given: str | None, app: "App") -> "Act":
    """Return an act done now, on the command line, by whom the options name."""
    from tracker.clock import instant
    from tracker.store.events import Act

    return Act(actor_of(given), "cli", instant(app.clock))


def seen_by(given: str | None, session: "Session", app: "App") -> "Scope":
    """Return what whoever the options name sees."""
    from tracker.clock import instant
    from tracker.services.permits import scope_for

    return scope_for(session, actor_of(given), instant(app.clock))


def tell(code: str, **fields: object) -> None:
    """Say a sentence on stdout."""
    from tracker.phrasebook import say

    typer.echo(say(code, None, **fields))


def write_json(value: object) -> None:
    """Print one JSON document on one line."""
    typer.echo(json.dumps(plain(value), ensure_ascii=False))


def plain(value: object) -> Any:
    """Turn values into what JSON knows: dates as ISO 8601, spans as [start, end], other values as objects."""
    from directives.model import Span

    if isinstance(value, Span):
        return [value.start, value.end]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    return value


def write_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; `columns` are codes of the phrasebook. Words from documents are never read as markup."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from tracker.phrasebook import say

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(say(f"column.{column}"), overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else " ".join(str(cell).split())) for cell in row))
    Console(highlight=False, width=None if sys.stdout.isatty() else PLAIN_WIDTH).print(table)
