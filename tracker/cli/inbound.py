"""Mail that came back, on the command line: look through the mailbox, list, clear an address."""

from typing import Annotated

import typer

from tracker.cli.shared import Actor, Json, Viewer, act_of, open_app, tell, write_json, write_table

commands = typer.Typer(
    help="Thư bị trả lại: xem hộp thư, liệt kê, cho gửi lại đến một địa chỉ.", no_args_is_help=True
)


@commands.callback()
def inbound() -> None:
    """Thư bị trả lại: xem hộp thư, liệt kê, cho gửi lại đến một địa chỉ."""


@commands.command()
def run(
    mailbox: Annotated[
        str | None,
        typer.Option(
            "--mailbox", metavar="THƯ_MỤC", help="Thư mục maildir hoặc imaps://…; mặc định: thiết lập."
        ),
    ] = None,
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Xem hộp thư có thư bị trả lại; bị trả lại hai lần thì thôi gửi. Không trả lời thư nào."""
    from tracker.services.inbound import take_in

    del actor  # who may was asked before
    done = take_in(open_app(), mailbox)
    if as_json:
        write_json(done)
        return
    fields = {name: getattr(done, name) for name in ("mails", "hard", "soft", "auto_replies", "other")}
    tell("inbound.done", **fields)
    if done.marked:
        tell("inbound.marked", count=done.marked)


@commands.command("list")
def list_mails(
    limit: Annotated[int, typer.Option("--limit", min=1, help="Nhiều nhất bao nhiêu thư.")] = 50,
    as_json: Json = False,
    viewer: Viewer = None,
) -> None:
    """Liệt kê địa chỉ có thư bị trả lại, và các thư đã nhận về."""
    from tracker.clock import office_day, shown
    from tracker.phrasebook import say
    from tracker.store import bounces
    from tracker.store.session import reading

    del viewer  # who may look was asked before
    app = open_app()
    with reading(app.engine) as session:
        readers, found = bounces.troubled(session), bounces.entries(session, limit)
    if as_json:
        write_json({"contacts": readers, "mails": found})
        return
    for one in readers:
        tell(f"inbound.is-{one.state}", contact=one.code, email=one.email, count=one.hard_bounces)
    if not found:
        tell("inbound.none")
        return
    write_table(
        ("received-on", "bounce", "reader", "address", "answer"),
        (
            (
                shown(office_day(one.received_at)),
                say(f"bounce.{one.kind}"),
                one.contact,
                one.address,
                " ".join(filter(None, (one.status, one.detail))),
            )
            for one in found
        ),
    )


@commands.command()
def clear(
    contact: Annotated[str, typer.Argument(metavar="MÃ", help="Mã người nhận.", show_default=False)],
    reason: Annotated[str, typer.Option("--reason", help="Lý do, ghi vào nhật ký.", show_default=False)],
    actor: Actor = None,
) -> None:
    """Cho gửi lại đến địa chỉ của một người nhận, sau khi đã kiểm tra địa chỉ."""
    from tracker.services.inbound import clear as clear_address
    from tracker.store.session import transaction

    app = open_app()
    with transaction(app.engine) as session:
        clear_address(session, contact, reason, act=act_of(actor, app))
    tell("inbound.cleared", contact=contact)
