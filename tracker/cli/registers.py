"""The register of agencies and the contacts: load from CSV, list."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Protocol

import typer

from tracker.cli.shared import Actor, DryRun, Json, actor_of, open_app, tell, write_json, write_table

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.services.registers import LoadReport
    from tracker.store.events import Act

REFUSED: Final = 3

agencies = typer.Typer(help="Danh mục cơ quan.", no_args_is_help=True)
contacts = typer.Typer(help="Người nhận thông báo.", no_args_is_help=True)

Csv = Annotated[Path, typer.Argument(metavar="TỆP.csv", help="Tệp CSV, bảng mã UTF-8.", show_default=False)]


class Loader(Protocol):
    """Loads a file of one kind."""

    def __call__(self, session: "Session", path: Path, *, act: "Act", dry_run: bool) -> "LoadReport":
        """Load a file, or say what is wrong in it."""
        ...


@agencies.command("load")
def load_agencies(path: Csv, dry_run: DryRun = False, as_json: Json = False, actor: Actor = None) -> None:
    """Nạp danh mục cơ quan từ tệp CSV. Nạp lại không đổi gì; có lỗi thì không ghi gì."""
    from tracker.services.registers import load_agencies as loader

    _load(loader, path, dry_run=dry_run, as_json=as_json, actor=actor)


@agencies.command("list")
def list_agencies(as_json: Json = False) -> None:
    """Liệt kê cơ quan trong danh mục."""
    from tracker.clock import shown
    from tracker.store import register
    from tracker.store.session import reading

    with reading(open_app().engine) as session:
        entries = register.entries(session)
    if as_json:
        write_json(entries)
        return
    write_table(
        ("code", "name", "aliases", "groups", "valid-from", "valid-to"),
        (
            (
                entry.code,
                entry.name,
                "; ".join(entry.aliases),
                "; ".join(entry.groups),
                shown(entry.valid_from),
                shown(entry.valid_to),
            )
            for entry in entries
        ),
    )


@contacts.command("load")
def load_contacts(path: Csv, dry_run: DryRun = False, as_json: Json = False, actor: Actor = None) -> None:
    """Nạp người nhận thông báo từ tệp CSV. Nạp lại không đổi gì; có lỗi thì không ghi gì."""
    from tracker.services.registers import load_contacts as loader

    _load(loader, path, dry_run=dry_run, as_json=as_json, actor=actor)


@contacts.command("list")
def list_contacts(as_json: Json = False) -> None:
    """Liệt kê người nhận thông báo."""
    from tracker.phrasebook import say
    from tracker.store import contacts as store
    from tracker.store.session import reading

    with reading(open_app().engine) as session:
        entries = store.entries(session)
    if as_json:
        write_json(entries)
        return
    write_table(
        ("code", "name", "role", "agency", "email", "zalo"),
        (
            (entry.code, entry.name, say(f"role.{entry.role}"), entry.agency, entry.email, entry.zalo_chat_id)
            for entry in entries
        ),
    )


def _load(loader: Loader, path: Path, *, dry_run: bool, as_json: bool, actor: str | None) -> None:
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
        errors = [
            {
                "row": error.row,
                "column": error.column,
                "code": error.code,
                "message": error.sentence().strip(),
            }
            for error in report.errors
        ]
        write_json({"path": str(path), "dry_run": dry_run, **counts, "errors": errors})
    elif report.errors:
        tell("table.refused", name=path.name, count=len(report.errors))
        for error in report.errors:
            typer.echo(error.sentence(), err=True)
    else:
        tell("table.would-load" if dry_run else "table.loaded", name=path.name, **counts)
    if report.errors:
        raise typer.Exit(REFUSED)
