"""The outbox on the command line: deliver it, look into it."""

from typing import TYPE_CHECKING, Annotated

import typer

from notifications.outbox import OutboxState
from tracker.cli.shared import Json, Viewer, open_app, tell, write_json, write_table

if TYPE_CHECKING:
    from tracker.settings import Settings


def deliver(
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Gửi nhiều nhất bao nhiêu thư.")] = None,
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
        report = deliver_letters(app, limit=limit, stop=stop)
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


def letters(
    state: Annotated[OutboxState | None, typer.Option("--state", help="Chỉ thư ở một trạng thái.")] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, help="Nhiều nhất bao nhiêu thư, mới nhất trước.")
    ] = 200,
    as_json: Json = False,
    viewer: Viewer = None,
) -> None:
    """Liệt kê thư trong hộp thư đi: gửi cho ai, đến đâu rồi, kênh trả lời gì."""
    from tracker.clock import shown
    from tracker.phrasebook import say
    from tracker.store.message_log import log_of_letters
    from tracker.store.session import reading

    del viewer  # who may look was asked before; the outbox is shown whole or not at all
    app = open_app()
    with reading(app.engine) as session:
        found = log_of_letters(session, state=state, limit=limit)
    if as_json:
        write_json(found)
    elif not found:
        tell("letters.none")
    else:
        write_table(
            ("planned-on", "channel", "address", "subject", "state", "answer"),
            (
                (
                    shown(letter.created_at.astimezone(app.settings.zone).date()),
                    say(f"channel.{letter.channel}"),
                    letter.address,
                    letter.subject or letter.text,
                    say(f"letter-state.{letter.state}"),
                    " ".join(filter(None, (letter.code, letter.detail))),
                )
                for letter in found
            ),
        )
