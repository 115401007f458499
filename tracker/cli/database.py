"""The database's own commands."""

import typer

from tracker.cli.shared import tell

commands = typer.Typer(help="Cơ sở dữ liệu.", no_args_is_help=True)


@commands.command()
def upgrade() -> None:
    """Đưa bảng dữ liệu lên phiên bản của chương trình. Chạy lại không đổi gì."""
    from tracker.settings import Settings
    from tracker.store.engine import make_engine
    from tracker.store.migrate import upgrade as migrate

    tell("database.upgraded", revision=migrate(make_engine(Settings.load().database)))


@commands.callback()
def database() -> None:
    """Cơ sở dữ liệu."""
