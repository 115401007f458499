"""The working calendar: show it, check it, change it once one has seen which due dates move."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from tracker.cli.shared import (
    Actor,
    Json,
    On,
    Viewer,
    act_of,
    day_of,
    open_app,
    tell,
    write_json,
    write_table,
)

if TYPE_CHECKING:
    from directives.calendar import SpecialDay
    from tracker.app import App
    from tracker.services.calendar_changes import CalendarChange, MovedDueDate, OneSided

REFUSED: Final = 3

commands = typer.Typer(help="Lịch làm việc: ngày nghỉ, ngày làm bù, kèm căn cứ.", no_args_is_help=True)

Confirm = Annotated[bool, typer.Option("--confirm", help="Ghi thay đổi, sau khi đã xem các thời hạn sẽ đổi.")]
Complete = Annotated[
    list[int] | None,
    typer.Option("--complete", metavar="NĂM", help="Năm này đã đủ mọi ngày nghỉ theo quyết định chính thức."),
]


@commands.command("show")
def show(
    year: Annotated[int | None, typer.Option("--year", help="Một năm; mặc định là năm nay.")] = None,
    as_json: Json = False,
    viewer: Viewer = None,
) -> None:
    """Các ngày nghỉ và ngày làm bù của một năm, kèm căn cứ."""
    del viewer  # everybody who is known may look
    from tracker.services.calendar_changes import refuse_year
    from tracker.store.calendar import office_calendar

    app = open_app()
    calendar = office_calendar(app.engine)
    chosen = day_of(None, app).year if year is None else year
    refuse_year(chosen)
    days = sorted(
        (one for one in calendar.special.values() if one.day.year == chosen), key=lambda one: one.day
    )
    if as_json:
        write_json({"year": chosen, "complete": chosen in calendar.years, "days": days})
        return
    _write_days(days)


@commands.command("check")
def check(on: On = None, as_json: Json = False, viewer: Viewer = None) -> None:
    """Cho biết 12 tháng tới có ngày nào mới là dự kiến, và thời hạn nào không còn khớp với lịch."""
    del viewer  # everybody who is known may look
    from tracker.clock import shown
    from tracker.domain.deadlines import Reckoning
    from tracker.services.calendar_changes import one_sided, out_of_step, still_provisional
    from tracker.store.calendar import calendar_of
    from tracker.store.session import reading

    app = open_app()
    day = day_of(on, app)
    with reading(app.engine) as session:
        calendar = calendar_of(session)
        moves = out_of_step(session, Reckoning(calendar, app.policy))
    open_ends, swaps = still_provisional(calendar, day), one_sided(calendar, day)
    if as_json:
        write_json({"provisional": open_ends, "one_sided": swaps, "out_of_step": moves})
        return
    for one in open_ends:
        code = "calendar.day-provisional" if one.name else "calendar.year-provisional"
        named = {"name": one.name, "decision": one.decision, "year": one.first.year}
        tell(code, first=shown(one.first), last=shown(one.last), **named)
    _tell_one_sided(swaps)
    if moves:
        tell("calendar.out-of-step", count=len(moves))
    if not (open_ends or swaps or moves):
        tell("calendar.sound")


@commands.command("prefill")
def prefill(
    year: Annotated[int, typer.Argument(metavar="NĂM", help="Năm cần điền.", show_default=False)],
    confirm: Confirm = False,
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Điền trước các ngày nghỉ dự kiến của một năm chưa có quyết định; ngày đã quyết định giữ nguyên."""
    from directives.calendar import Standing
    from tracker.errors import Conflict
    from tracker.services.calendar_changes import CalendarChange
    from tracker.services.calendar_in import expected_days
    from tracker.store.calendar import office_calendar

    app = open_app()
    calendar = office_calendar(app.engine)
    if year in calendar.years:
        raise Conflict("calendar.year-known", year=year)
    decided = {day for day, one in calendar.special.items() if one.standing is Standing.OFFICIAL}
    days = tuple(one for one in expected_days(year) if one.day not in decided)
    _change(app, CalendarChange(days), confirm=confirm, as_json=as_json, actor=actor)


@commands.command("load")
def load(  # noqa: PLR0913, PLR0917 - options of a command
    path: Annotated[
        Path,
        typer.Argument(
            metavar="TỆP",
            help="Tệp CSV hoặc XLSX: date, kind, name, decision, standing, swapped_with.",
            show_default=False,
        ),
    ],
    complete: Complete = None,
    confirm: Confirm = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ xem trước (mặc định).")] = False,
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Nạp ngày nghỉ, ngày làm bù từ bảng; cho xem các thời hạn sẽ đổi, chỉ ghi khi có --confirm."""
    from tracker.services.calendar_changes import CalendarChange
    from tracker.services.calendar_in import read_days

    app = open_app()
    read = read_days(path)
    if read.errors:
        tell("table.refused", name=path.name, count=len(read.errors))
        for error in read.errors:
            typer.echo(error.sentence(), err=True)
        raise typer.Exit(REFUSED)
    change = CalendarChange(read.days, tuple(complete or ()))
    _change(app, change, confirm=confirm and not dry_run, as_json=as_json, actor=actor)


@commands.command("set")
def set_day(  # noqa: PLR0913, PLR0917 - options of a command
    day: Annotated[str, typer.Argument(metavar="NGÀY", help="Ngày cần ghi.", show_default=False)],
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            help="holiday (nghỉ lễ), in_lieu (nghỉ bù), swapped_off (nghỉ hoán đổi), worked (làm bù), "
            "ordinary (như thường).",
            show_default=False,
        ),
    ],
    decision: Annotated[
        str, typer.Option("--decision", help="Văn bản làm căn cứ: số, ký hiệu, ngày.", show_default=False)
    ],
    name: Annotated[str | None, typer.Option("--name", help="Tên gọi của ngày.")] = None,
    swapped_with: Annotated[
        str | None, typer.Option("--swapped-with", metavar="NGÀY", help="Ngày đổi cho ngày này.")
    ] = None,
    provisional: Annotated[bool, typer.Option("--provisional", help="Mới là dự kiến.")] = False,
    complete: Complete = None,
    confirm: Confirm = False,
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Ghi một ngày nghỉ, ngày làm bù hoặc như thường; cho xem thời hạn sẽ đổi, chỉ ghi khi có --confirm."""
    from directives.calendar import SpecialDay, Standing
    from tracker.errors import InputRefused
    from tracker.phrasebook import say
    from tracker.services.calendar_changes import CalendarChange, refuse_wrong
    from tracker.services.calendar_in import day_kind

    app = open_app()
    found = day_kind(kind)
    if found is None:
        raise InputRefused("calendar.unknown-kind", kind=kind)
    special = SpecialDay(
        day_of(day, app, "NGÀY"),
        found,
        name or say(f"day-kind.{found}", "vi"),
        decision.strip(),
        Standing.PROVISIONAL if provisional else Standing.OFFICIAL,
        None if swapped_with is None else day_of(swapped_with, app, "--swapped-with"),
    )
    refuse_wrong(special)
    change = CalendarChange((special,), tuple(complete or ()))
    _change(app, change, confirm=confirm, as_json=as_json, actor=actor)


@commands.command("recount")
def recount(confirm: Confirm = False, as_json: Json = False, actor: Actor = None) -> None:
    """Các thời hạn tính theo ngày không còn khớp với lịch và cách tính đang dùng; đổi khi có --confirm."""
    from tracker.domain.deadlines import Reckoning
    from tracker.services.calendar_changes import bring_in_step, out_of_step
    from tracker.store.calendar import calendar_of
    from tracker.store.session import transaction

    app = open_app()
    with transaction(app.engine) as session:
        by = Reckoning(calendar_of(session), app.policy)
        moves = bring_in_step(session, by, act=act_of(actor, app)) if confirm else out_of_step(session, by)
    if as_json:
        write_json({"written": confirm, "moved": moves})
        return
    _write_moves(moves)
    if not moves:
        tell("calendar.in-step")
    else:
        tell("calendar.recounted" if confirm else "calendar.would-recount", moved=len(moves))


def _change(app: "App", change: "CalendarChange", *, confirm: bool, as_json: bool, actor: str | None) -> None:
    """Show what a change would move, or make it and show what it moved."""
    from tracker.domain.deadlines import Reckoning
    from tracker.services.calendar_changes import confirm as make
    from tracker.services.calendar_changes import left_one_sided, new_days, preview
    from tracker.store.calendar import calendar_of
    from tracker.store.session import transaction

    with transaction(app.engine) as session:
        by = Reckoning(calendar_of(session), app.policy)
        new = new_days(by.calendar, change)
        swaps = left_one_sided(by.calendar, new)
        moves = make(session, new, by, act=act_of(actor, app)) if confirm else preview(session, new, by)
    if as_json:
        said = {"written": confirm, "days": new.days, "years": new.years, "one_sided": swaps}
        write_json({**said, "moved": moves})
        return
    if not new.days and not new.years:
        tell("calendar.nothing-new")
        return
    _write_days(new.days)
    _write_moves(moves)
    _tell_one_sided(swaps)
    tell("calendar.changed" if confirm else "calendar.would-change", days=len(new.days), moved=len(moves))


def _tell_one_sided(swaps: "Sequence[OneSided]") -> None:
    """Name what is missing beside each swapped day, with the command that adds it."""
    from tracker.clock import shown
    from tracker.phrasebook import say

    for one in swaps:
        kinds = {"kind": say(f"day-kind.{one.day.kind}"), "lacks": say(f"day-kind.{one.lacks}")}
        code = "calendar.no-other-side" if one.other is None else "calendar.one-sided"
        tell(code, day=shown(one.day.day), other=shown(one.other), own=one.day.kind, needs=one.lacks, **kinds)


def _write_days(days: "Sequence[SpecialDay]") -> None:
    from tracker.clock import shown
    from tracker.phrasebook import say

    if not days:
        return
    write_table(
        ("day", "weekday", "day-kind", "day-name", "day-standing", "swapped-with", "decision"),
        (
            (
                shown(one.day),
                say(f"weekday.{one.day.weekday()}"),
                say(f"day-kind.{one.kind}"),
                one.name,
                say(f"day-standing.{one.standing}"),
                shown(one.swapped_with),
                one.decision,
            )
            for one in days
        ),
    )


def _write_moves(moves: "Sequence[MovedDueDate]") -> None:
    from tracker.clock import shown

    if moves:
        write_table(
            ("work-number", "code", "document", "lead", "due-before", "due-after"),
            (
                (one.assignment_id, one.code, one.document, one.lead, shown(one.before), shown(one.after))
                for one in moves
            ),
        )
