"""Holds on the command line: see what would be sent, then let it go."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.shared import Actor, Json, Viewer, actor_of, open_app, tell, write_json, write_table

if TYPE_CHECKING:
    from tracker.app import App

commands = typer.Typer(
    help="Tạm dừng gửi sau khi khôi phục, nâng cấp, nhập văn bản cũ.", no_args_is_help=True
)

Document = Annotated[
    str | None, typer.Option("--document", help="Chỉ một văn bản: số thứ tự hoặc số, ký hiệu.")
]


@commands.callback()
def hold() -> None:
    """Tạm dừng gửi sau khi khôi phục, nâng cấp, nhập văn bản cũ."""


@commands.command()
def show(document: Document = None, as_json: Json = False, viewer: Viewer = None) -> None:
    """Cho biết đang tạm dừng vì sao, và nếu mở lại thì ai sẽ nhận được gì. Không ghi, không gửi gì."""
    from tracker.clock import shown
    from tracker.phrasebook import say
    from tracker.services.holds import preview

    del viewer  # who may look was asked before
    app = open_app()
    found = preview(app, _directive(app, document))
    if as_json:
        write_json(found)
        return
    if not found.holds:
        tell("hold.none")
        return
    for one in found.holds:
        since = shown(one.since.astimezone(app.settings.zone).date())
        about = say("hold.office") if one.directive_id is None else say("hold.document", id=one.directive_id)
        tell("hold.line", reason=say(f"hold.{one.reason}"), since=since, about=about)
    tell("hold.would", on=shown(found.on), letters=found.letters, items=found.items, waiting=found.waiting)
    write_table(
        ("name", "role", "channel", "address", "items", "first-items"),
        (
            (
                reader.name,
                say(f"role.{reader.role}"),
                say(f"channel.{reader.channel}"),
                reader.address,
                reader.items,
                "; ".join(f"{item.code} ({shown(item.due_on)})" for item in reader.top),
            )
            for reader in found.readers
        ),
    )
    tell("hold.next", past=found.past)


@commands.command()
def release(
    skip_past: Annotated[
        bool, typer.Option("--skip-past", help="Các bước nhắc đã qua trước hôm nay thì bỏ, không gửi bù.")
    ] = False,
    document: Document = None,
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Mở lại việc gửi: từ lượt chạy hằng ngày tiếp theo, thư được lập và gửi như thường lệ."""
    from tracker.services.holds import release as release_holds

    app = open_app()
    number = _directive(app, document)
    done = release_holds(app, actor=actor_of(actor), via="cli", skip_past=skip_past, directive_id=number)
    if as_json:
        write_json(done)
    else:
        tell("hold.released", count=len(done.holds), dropped=done.dropped, skipped=done.skipped)


def _directive(app: "App", ref: str | None) -> int | None:
    """Return the row number of the document that is named, None where none is."""
    from tracker.services.listing import find_directive
    from tracker.store.session import reading

    if ref is None:
        return None
    with reading(app.engine) as session:
        return find_directive(session, ref).id
