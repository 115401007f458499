"""The ladder on the command line: see it, check a changed one, rehearse it, put it into force."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.shared import (
    Actor,
    Json,
    Viewer,
    act_of,
    day_of,
    open_app,
    tell,
    write_json,
    write_table,
)

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.app import App
    from tracker.domain.ladder import Ladder

commands = typer.Typer(
    help="Các bước nhắc, báo cáo vượt cấp: xem, kiểm tra, chạy thử, áp dụng.", no_args_is_help=True
)

LadderFile = Annotated[
    Path, typer.Argument(metavar="TỆP.toml", help="Tệp do «dondoc ladder show --toml» in ra, đã sửa.")
]


@commands.callback()
def ladder() -> None:
    """Các bước nhắc, báo cáo vượt cấp: xem, kiểm tra, chạy thử, áp dụng."""


@commands.command()
def show(
    as_toml: Annotated[bool, typer.Option("--toml", help="In thành tệp để sửa.")] = False,
    as_json: Json = False,
    viewer: Viewer = None,
) -> None:
    """Cho biết các bước đang áp dụng: trước hoặc sau hạn mấy ngày làm việc, gửi cho ai."""
    from tracker.services.ladders import current, written
    from tracker.store.session import reading

    del viewer  # who may look was asked before
    app = open_app()
    with reading(app.engine) as session:
        found = current(session, app)
    if as_toml:
        typer.echo(written(found), nl=False)
    elif as_json:
        write_json(_plain(found))
    else:
        _write(found)


@commands.command()
def check(file: LadderFile, as_json: Json = False, viewer: Viewer = None) -> None:
    """Kiểm tra một tệp các bước: bước không bao giờ tới được, bước không gửi được cho ai. Không ghi gì."""
    from tracker.store.session import reading

    del viewer
    app = open_app()
    found = _read(file)
    with reading(app.engine) as session:
        gaps = list(_gaps(session, app, found))
    if as_json:
        write_json({"ladder": _plain(found), "unreached": gaps})
        return
    _write(found)
    for gap in gaps:
        typer.echo(gap)
    tell("ladder.usable", name=file.name)


@commands.command("set")
def adopt(file: LadderFile, as_json: Json = False, actor: Actor = None) -> None:
    """Áp dụng một tệp các bước từ lượt chạy hằng ngày tiếp theo. Điều đã nhắc thì không nhắc lại."""
    from tracker.services.ladders import adopt as adopt_ladder

    app = open_app()
    made = adopt_ladder(app, _read(file), act_of(actor, app))
    if as_json:
        write_json(_plain(made))
    else:
        tell("ladder.adopted", version=made.version, count=len(made.steps))


@commands.command()
def simulate(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[TỆP.toml]", help="Các bước định áp dụng; mặc định: đang áp dụng."),
    ] = None,
    first: Annotated[
        str | None, typer.Option("--from", metavar="NGÀY", help="Từ ngày; mặc định hôm nay.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="NGÀY", help="Đến ngày; mặc định bảy ngày sau.")
    ] = None,
    as_json: Json = False,
    viewer: Viewer = None,
) -> None:
    """Cho biết từ ngày nào đến ngày nào ai sẽ nhận bao nhiêu thư, nếu không có báo cáo nào. Không ghi gì."""
    from datetime import timedelta

    from tracker.clock import shown
    from tracker.phrasebook import say
    from tracker.services.simulation import simulate as rehearse

    del viewer
    app = open_app()
    begin = day_of(first, app, "--from")
    end = day_of(last, app, "--to") if last else begin + timedelta(days=7)
    found = rehearse(app, begin, end, _read(file) if file else None)
    if as_json:
        write_json(found)
        return
    if not found.readers:
        tell("ladder.nothing", first=shown(begin), last=shown(end))
        return
    write_table(
        ("name", "role", "channel", "letters", "items", "busiest-day"),
        (
            (
                reader.name,
                say(f"role.{reader.role}"),
                say(f"channel.{reader.channel}"),
                reader.letters,
                reader.items,
                say("ladder.busiest", day=shown(reader.busiest_on), count=reader.busiest_items),
            )
            for reader in found.readers
        ),
    )
    tell(
        "ladder.simulated",
        first=shown(begin),
        last=shown(end),
        letters=found.letters,
        people=len({reader.name for reader in found.readers}),
        days=found.working_days,
    )


def _read(file: Path) -> "Ladder":
    """Read a file, and name every fault in it before the refusal."""
    from tracker.services.ladders import UnusableLadder, read_ladder

    try:
        return read_ladder(file)
    except UnusableLadder as refusal:
        for fault in refusal.found:
            tell(f"ladder.fault-{fault.wrong}", step=fault.step)
        raise


def _gaps(session: "Session", app: "App", found: "Ladder") -> Iterable[str]:
    from tracker.phrasebook import say
    from tracker.services.ladders import unreached

    for gap in unreached(session, app, found):
        code = "ladder.unreached-agencies" if gap.agencies else "ladder.unreached"
        yield say(code, step=gap.step, role=say(f"role.{gap.role}"), count=gap.agencies)


def _write(found: "Ladder") -> None:
    from tracker.phrasebook import say

    write_table(
        ("step", "when", "audience", "also-brings"),
        (
            (
                step.name,
                _when(step.offset),
                ", ".join(say(f"role.{role}") for role in step.audience),
                ", ".join(say(f"ladder.also-{thing}") for thing in step.also),
            )
            for step in found.steps
        ),
    )
    standing = "; ".join(
        f"{say(f'role.{role}')}: {say(f'ladder.standing-{often}')}" for role, often in found.standing.items()
    )
    tell(
        "ladder.rest",
        version=found.version,
        per_day=found.per_day,
        standing=standing or say("ladder.standing-never"),
    )


def _when(offset: int) -> str:
    from tracker.phrasebook import say

    if offset == 0:
        return say("ladder.on-the-day")
    return say("ladder.before" if offset < 0 else "ladder.after", days=abs(offset))


def _plain(found: "Ladder") -> dict[str, object]:
    from tracker.domain.ladder import as_data

    return {
        "version": found.version,
        "per_day": found.per_day,
        "standing": {role.value: often.value for role, often in found.standing.items()},
        "steps": as_data(found),
    }
