"""Backup and restore on the command line."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.shared import Actor, Json, actor_of, open_app, tell, write_json
from tracker.cli.usual import UsualCommand

if TYPE_CHECKING:
    from tracker.services.backup import BackupReport

MAKE = "make"


class _Make(UsualCommand):
    usual = MAKE


commands = typer.Typer(cls=_Make, help="Sao lưu: dondoc backup TỆP.", no_args_is_help=True)
Target = Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp .zip.", show_default=False)]


@commands.callback()
def backup() -> None:
    """Sao lưu toàn bộ dữ liệu và tệp văn bản vào một tệp: dondoc backup TỆP."""


@commands.command(MAKE)
def make(target: Target, as_json: Json = False, actor: Actor = None) -> None:
    """Sao lưu vào một tệp mới, trong khi mọi người vẫn làm việc."""
    from tracker.services.backup import back_up

    app = open_app()
    with _progress("backup.writing") as progress:
        report = back_up(app, target, actor=actor_of(actor), progress=progress)
    _tell("backup.done", report, as_json=as_json)


@commands.command("verify")
def verify(archive: Target, as_json: Json = False) -> None:
    """Đọc lại toàn bộ một tệp sao lưu, đối chiếu từng mã băm và chuỗi nhật ký. Không ghi gì."""
    from tracker.services.backup import verify as verify_archive

    with _progress("backup.reading") as progress:
        report = verify_archive(archive, progress)
    _tell("backup.whole", report, as_json=as_json)


Restorer = Annotated[  # no account is asked for: in an empty place there is none
    str | None, typer.Option("--as", envvar="DONDOC_USER", metavar="TÀI_KHOẢN", help="Người thực hiện.")
]


def restore(archive: Target, as_json: Json = False, actor: Restorer = None) -> None:
    """Khôi phục bản sao lưu vào nơi còn trống (SQLite hoặc PostgreSQL); sau đó tạm dừng gửi thư."""
    from tracker.services.restore import restore as restore_archive
    from tracker.settings import Settings
    from tracker.wiring import build_app

    app = build_app(Settings.load())  # the database is not prepared: it must be empty
    with _progress("backup.reading") as progress:
        report = restore_archive(app, archive, actor=actor_of(actor), progress=progress)
    _tell("restore.done", report, as_json=as_json)


def _tell(code: str, report: "BackupReport", *, as_json: bool) -> None:
    if as_json:
        write_json(report)
        return
    tell(
        code,
        path=report.path,
        rows=report.rows,
        files=report.files,
        megabytes=f"{report.size / 1e6:.1f}",
        hash=report.history.last_hash,
        count=report.history.count,
    )
    if not report.history.whole:
        tell("backup.history-broken")
    if report.missing:
        tell("backup.missing", count=len(report.missing), first=report.missing[0])


@contextmanager
def _progress(code: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on stderr where somebody watches."""
    import sys

    from tracker.phrasebook import say
    from tracker.services.backup import quietly

    if not sys.stderr.isatty():
        yield quietly
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(say(code), total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
