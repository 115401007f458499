"""The outbox on the command line: deliver it, look into it, send again."""

from typing import TYPE_CHECKING, Annotated

import typer

from notifications.outbox import OutboxState
from tracker.cli.shared import Actor, Json, act_of, open_app, tell, write_json, write_table

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from tracker.app import App
    from tracker.settings import Settings
    from tracker.store.message_log import LoggedLetter


def deliver(
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Gửi nhiều nhất bao nhiêu thư.")] = None,
    try_resting: Annotated[
        bool, typer.Option("--try-resting", help="Gửi thử cả qua kênh đang tạm nghỉ, khi đã khắc phục xong.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Gửi các thư đang chờ trong hộp thư đi. Dừng giữa chừng rồi chạy lại không mất thư nào."""
    from notifications.stopping import StopRequest
    from tracker.phrasebook import say
    from tracker.services.delivery import deliver as deliver_letters
    from tracker.services.delivery import on_hold

    app = open_app()
    if on_hold(app):
        typer.echo(say("deliver.on-hold"), err=True)
    with StopRequest() as stop:  # a signal ends it between two letters
        report = deliver_letters(app, limit=limit, stop=stop, try_resting=try_resting)
    if as_json:
        write_json(report)
    else:
        tell(
            "deliver.done",
            **{name: getattr(report, name) for name in ("sent", "again", "dead", "unknown", "dropped")},
        )
        if report.dead:
            tell("deliver.dead", count=report.dead)
        if report.held:
            tell("deliver.held", count=report.held)
        if report.opens is not None:
            tell("deliver.quiet", until=_moment(report.opens, app.settings.zone))
        for channel, until in report.resting.items():
            tell(
                "deliver.resting", channel=say(f"channel.{channel}"), until=_moment(until, app.settings.zone)
            )
        for channel, why in report.down.items():
            tell("deliver.down", channel=say(f"channel.{channel}"), why=_why_down(why, app.settings))
    if report.down:
        raise typer.Exit(1)


def _why_down(why: str, settings: "Settings") -> str:
    """Say what a channel's code means; one without a sentence of its own keeps the service's words."""
    from tracker.phrasebook import catalogue, say

    code = f"down.{why.split(maxsplit=1)[0]}"
    place = f"{settings.smtp_host}:{settings.smtp_port}"
    return say(code if code in catalogue() else "down.other", place=place, detail=why)


commands = typer.Typer(help="Thư trong hộp thư đi: xem, gửi lại, ghi nhận kết quả.", no_args_is_help=False)

Numbers = Annotated[list[int], typer.Argument(metavar="SỐ…", help="Số thư.", show_default=False)]


@commands.callback(invoke_without_command=True)
def letters(
    ctx: typer.Context,
    state: Annotated[OutboxState | None, typer.Option("--state", help="Chỉ thư ở một trạng thái.")] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, help="Nhiều nhất bao nhiêu thư, mới nhất trước.")
    ] = 200,
    as_json: Json = False,
    viewer: Annotated[
        str | None,
        typer.Option("--as", envvar="DONDOC_USER", metavar="TÀI_KHOẢN", help="Tài khoản của người xem."),
    ] = None,
) -> None:
    """Liệt kê thư trong hộp thư đi: gửi cho ai, đến đâu rồi, kênh trả lời gì; kênh nào đang tạm nghỉ."""
    if ctx.invoked_subcommand is not None:
        return  # it asks for itself who acts
    from tracker.cli.who import viewing
    from tracker.store.message_log import log_of_letters
    from tracker.store.session import reading

    viewing("letters", viewer)  # the outbox is shown whole or not at all
    app = open_app()
    with reading(app.engine) as session:
        found = log_of_letters(session, state=state, limit=limit)
    if as_json:
        write_json(found)
        return
    if not found:
        tell("letters.none")
    else:
        _show(found, app.settings.zone)
    _tell_resting(app)


@commands.command()
def again(numbers: Numbers, as_json: Json = False, actor: Actor = None) -> None:
    """Gửi lại thư gửi lỗi, hoặc thư chưa rõ đã đến hay chưa."""
    from tracker.services.dead_letters import send_again
    from tracker.store.session import transaction

    app = open_app()
    with transaction(app.engine) as session:
        done = send_again(session, app, numbers, act=act_of(actor, app))
    if as_json:
        write_json(done)
        return
    for one in done:
        code = "letters.again-anew" if one.anew else "letters.again"
        tell(code, letter=one.letter, queued=one.queued, address=one.address)


@commands.command()
def settle(
    number: Annotated[int, typer.Argument(metavar="SỐ", help="Số thư.", show_default=False)],
    arrived: Annotated[
        bool | None, typer.Option("--arrived/--lost", help="Đã đến, hoặc không đến.", show_default=False)
    ] = None,
    actor: Actor = None,
) -> None:
    """Ghi nhận thư chưa rõ kết quả là đã đến hay không đến, khi đã hỏi người nhận."""
    from tracker.errors import InvalidSetting
    from tracker.services.dead_letters import settle as write_down
    from tracker.store.session import transaction

    if arrived is None:
        raise InvalidSetting("letters.which-of-both")
    app = open_app()
    with transaction(app.engine) as session:
        state = write_down(session, number, arrived=arrived, act=act_of(actor, app))
    tell(f"letters.settled-{state}", number=number)


def _show(found: "list[LoggedLetter]", zone: "ZoneInfo") -> None:
    from tracker.clock import shown
    from tracker.phrasebook import say

    write_table(
        ("letter-number", "planned-on", "channel", "address", "subject", "state", "answer"),
        (
            (
                letter.id,
                shown(letter.created_at.astimezone(zone).date()),
                say(f"channel.{letter.channel}"),
                letter.address,
                letter.subject or letter.text,
                say(f"letter-state.{letter.state}"),
                " ".join(filter(None, (letter.code, letter.detail))),
            )
            for letter in found
        ),
    )


def _tell_resting(app: "App") -> None:
    """Say which channels rest, until when and why."""
    from notifications.breaker import Gate
    from tracker.clock import instant
    from tracker.phrasebook import say
    from tracker.store.channel_states import of_channels
    from tracker.store.session import reading

    now = instant(app.clock)
    with reading(app.engine) as session:
        states = of_channels(session)
    for channel, state in states.items():
        if state.rests_until is not None and state.gate(now) is Gate.SHUT:
            until = _moment(state.rests_until, app.settings.zone)
            tell("letters.resting", channel=say(f"channel.{channel}"), until=until, reason=state.reason)


def _moment(at: "datetime", zone: "ZoneInfo") -> str:
    return f"{at.astimezone(zone):%H:%M %d/%m/%Y}"
