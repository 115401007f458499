"""What the commands that load a table share: the file, how it is loaded, and how its slips are told."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Protocol

import typer

from tracker.cli.shared import actor_of, open_app, tell, write_json

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.services.loading import LoadReport
    from tracker.services.tables_in import CellError
    from tracker.store.events import Act

REFUSED: Final = 3

Table = Annotated[
    Path,
    typer.Argument(
        metavar="TỆP", help="Tệp CSV (bảng mã UTF-8) hoặc XLSX (trang tính đầu).", show_default=False
    ),
]


class Loader(Protocol):
    """Loads a file of one kind."""

    def __call__(self, session: "Session", path: Path, *, act: "Act", dry_run: bool) -> "LoadReport":
        """Load a file, or say what is wrong in it."""
        ...


def load_table(loader: Loader, path: Path, *, dry_run: bool, as_json: bool, actor: str | None) -> None:
    """Load a file and say what it changed, or what is wrong in it."""
    from tracker.clock import instant
    from tracker.store.events import Act
    from tracker.store.session import transaction

    app = open_app()
    with transaction(app.engine) as session:
        act = Act(actor_of(actor), "cli", instant(app.clock))
        report = loader(session, path, act=act, dry_run=dry_run)
    counts: dict[str, Any] = {name: getattr(report, name) for name in ("added", "changed", "unchanged")}
    if as_json:
        slips = {"errors": _plain(report.errors), "warnings": _plain(report.warnings)}
        write_json({"path": str(path), "dry_run": dry_run, **counts, **slips})
    else:
        _tell(report, path, counts)
    if report.errors:
        raise typer.Exit(REFUSED)


def _tell(report: "LoadReport", path: Path, counts: dict[str, Any]) -> None:
    if report.errors:
        tell("table.refused", name=path.name, count=len(report.errors))
    else:
        tell("table.would-load" if report.dry_run else "table.loaded", name=path.name, **counts)
    _echo(report.errors)
    if report.warnings:
        tell("table.warned", name=path.name, count=len(report.warnings))
    _echo(report.warnings)


def _echo(slips: "Iterable[CellError]") -> None:
    for slip in slips:
        typer.echo(slip.sentence(), err=True)


def _plain(slips: "Iterable[CellError]") -> list[dict[str, Any]]:
    return [
        {
            "row": slip.row,
            "column": slip.column,
            "code": slip.code,
            "message": slip.sentence().strip(),
        }
        for slip in slips
    ]
