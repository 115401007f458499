"""The console script `dondoc`: the tracker's commands, and those that need the scheduler.

Nothing heavy is imported here; each command imports what it needs, so that `--help` answers at once.
"""

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import app
from tracker.cli import main as run_commands
from tracker.cli.shared import Json, On

runs = typer.Typer(help="Chạy một lượt công việc.", no_args_is_help=True)
app.add_typer(runs, name="run")


@runs.callback()
def run() -> None:
    """Chạy một lượt công việc."""


@runs.command("daily")
def run_daily(
    on: On = None,
    as_json: Json = False,
    prefect: Annotated[
        bool, typer.Option("--prefect", help="Mở máy chủ Prefect tạm thời nếu chưa có.")
    ] = False,
    ahead: Annotated[
        bool, typer.Option("--ahead", help="Cho phép ngày chưa đến (diễn tập); mặc định từ chối.")
    ] = False,
) -> None:
    """Chạy lượt hằng ngày: tính thời hạn, lập thư nhắc. Chạy lại cùng ngày không đổi gì."""
    from flows.running import run_daily as run_now

    run_now(on, as_json=as_json, with_prefect=prefect, ahead=ahead)


@app.command()
def serve(
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Cổng trang web; 0: cổng trống bất kỳ.")
    ] = None,
    pages_only: Annotated[
        bool, typer.Option("--pages-only", help="Chỉ mở trang web, không chạy lịch.")
    ] = False,
) -> None:
    """Mở trang web, lịch chạy hằng ngày và gửi thư, trong một lệnh."""
    from flows.serve import serve as serve_all
    from tracker.settings import Settings

    serve_all(Settings.load(), port=port, pages_only=pages_only)


@app.command()
def deploy(
    pool: Annotated[str, typer.Option(help="Tên nhóm máy thực hiện (work pool).")] = "dondoc",
    api_url: Annotated[str | None, typer.Option(help="Địa chỉ API của máy chủ Prefect dùng chung.")] = None,
) -> None:
    """Đăng ký lịch chạy vào một máy chủ Prefect dùng chung, để nhiều máy cùng thực hiện."""
    from flows.pool import register
    from tracker.settings import Settings

    register(Settings.load(), pool=pool, api_url=api_url)


@app.command()
def demo(
    folder: Annotated[Path, typer.Option(help="Thư mục của bản trình diễn; được làm mới mỗi lần.")] = Path(
        "var/demo"
    ),
) -> None:
    """Trình diễn trọn vẹn: từ văn bản mẫu đến thư nhắc đã gửi, trên máy này."""
    from flows.demo.run import play

    raise typer.Exit(play(folder))


def main() -> None:
    """Run the command line; failures become sentences and exit statuses as in the tracker's own commands."""
    run_commands()
