"""Urging in writing on the command line: whom it concerns, and the drafts of the letters."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.shared import (
    Actor,
    Json,
    On,
    Viewer,
    act_of,
    day_of,
    open_app,
    seen_by,
    tell,
    write_json,
    write_table,
)

if TYPE_CHECKING:
    from datetime import date

    from tracker.services.urging import Draft, ToUrge

commands = typer.Typer(help="Đôn đốc bằng văn bản: cơ quan nào, dự thảo văn bản.", no_args_is_help=True)


@commands.callback()
def urging() -> None:
    """Đôn đốc bằng văn bản: cơ quan nào, dự thảo văn bản."""


@commands.command("list")
def list_agencies(on: On = None, as_json: Json = False, viewer: Viewer = None) -> None:
    """Liệt kê cơ quan có việc quá hạn đến mức phải đôn đốc bằng văn bản, quá hạn lâu nhất trước."""
    from tracker.clock import shown
    from tracker.services.ladders import current
    from tracker.services.urging import to_urge, urging_step
    from tracker.store.session import reading

    app = open_app()
    day = day_of(on, app)
    with reading(app.engine) as session:
        step = urging_step(current(session, app))
        found = to_urge(session, app, day, scope=seen_by(viewer, session, app))
    if as_json:
        write_json([_plain(one) for one in found])
        return
    if not found:
        tell("urging.none", on=shown(day), days=step.offset)
        return
    write_table(
        ("agency", "late-works", "longest-delay", "last-urged"),
        ((one.name, one.count, one.longest, _last(one)) for one in found),
    )
    works = sum(one.count for one in found)
    tell("urging.next", agencies=len(found), works=works, days=step.offset, on=shown(day))


@commands.command()
def draft(  # noqa: PLR0913, PLR0917 — what may be asked for
    agency: Annotated[
        str | None, typer.Argument(metavar="[CƠ_QUAN]", help="Mã, tên hoặc tên viết tắt của cơ quan.")
    ] = None,
    everyone: Annotated[
        bool, typer.Option("--all", help="Mọi cơ quan phải đôn đốc, mỗi nơi một tệp.")
    ] = False,
    on: On = None,
    out: Annotated[
        Path, typer.Option("--out", metavar="THƯ_MỤC", help="Nơi đặt tệp; mặc định thư mục hiện tại.")
    ] = Path(),
    record: Annotated[
        str | None,
        typer.Option(
            "--record", metavar="SỐ", help="Số, ký hiệu đã phát hành: ghi vào nhật ký từng việc được nêu."
        ),
    ] = None,
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Lập dự thảo văn bản đôn đốc (Word) gửi một hoặc mọi cơ quan. Không gửi gì; tệp đã có thì giữ nguyên."""
    from tracker.errors import InvalidSetting
    from tracker.services.urging import draft as draft_letters

    if (agency is None) is not everyone:
        raise InvalidSetting("urging.which")
    app = open_app()
    day = day_of(on, app)
    made = draft_letters(app, act_of(actor, app), day, agency=agency, folder=out, number=record)
    if as_json:
        write_json([{**_shown(one), "path": str(one.path)} for one in made])
    else:
        _tell_drafts(made, day, agency, record)


def _tell_drafts(made: "list[Draft]", day: "date", agency: str | None, number: str | None) -> None:
    for one in made:
        tell("urging.drafted" if one.made else "urging.kept", agency=one.name, works=one.works, path=one.path)
    if not made:
        _tell_none(day, agency)
    elif number is None:
        tell("urging.to-do")
    elif count := sum(one.recorded for one in made):
        tell("urging.recorded", number=number, count=count)
    else:
        tell("urging.recorded-before", number=number)


def _tell_none(day: "date", agency: str | None) -> None:
    from tracker.clock import shown
    from tracker.services.ladders import current
    from tracker.services.urging import urging_step
    from tracker.store.session import reading

    app = open_app()
    with reading(app.engine) as session:
        days = urging_step(current(session, app)).offset
    if agency is None:
        tell("urging.none", on=shown(day), days=days)
    else:
        tell("urging.none-of", on=shown(day), days=days, agency=agency)


def _last(one: "ToUrge") -> str:
    from tracker.clock import shown
    from tracker.phrasebook import say

    return "" if one.last is None else say("urging.last", number=one.last.number, on=shown(one.last.late_on))


def _plain(one: "ToUrge") -> dict[str, object]:
    last = None if one.last is None else {"number": one.last.number, "late_on": one.last.late_on}
    works = [work.assignment_id for work in one.works]
    return {
        "agency": one.agency,
        "name": one.name,
        "works": works,
        "count": one.count,
        "longest": one.longest,
        "last": last,
    }


def _shown(one: "Draft") -> dict[str, object]:
    return {
        "agency": one.agency,
        "name": one.name,
        "works": one.works,
        "made": one.made,
        "recorded": one.recorded,
    }
