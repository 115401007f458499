# ruff: noqa: PLR0913, PLR0917 — an argument for each option of a command
"""Links in letters, and the Zalo accounts of those who letters go to."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.shared import (
    Actor,
    Json,
    Viewer,
    act_of,
    actor_of,
    day_of,
    open_app,
    seen_by,
    tell,
    write_json,
    write_table,
)

if TYPE_CHECKING:
    from notifications.channels import ChannelName
    from tracker.services.linking import NewCode
    from tracker.store.link_codes import Linkable

commands = typer.Typer(help="Liên kết trong thư nhắc: xem, thu hồi.", no_args_is_help=True)

Contact = Annotated[str, typer.Argument(metavar="MÃ", help="Mã người nhận.", show_default=False)]
Channel = Annotated[str, typer.Option("--channel", metavar="KÊNH", help="zalo hoặc zalo-oa.")]
OfContact = Annotated[str | None, typer.Option("--contact", metavar="MÃ", help="Của một người nhận.")]
OfAssignment = Annotated[
    str | None, typer.Option("--assignment", metavar="PHẦN_VIỆC", help="Về một phần việc.")
]


@commands.command("list")
def list_links(
    contact: OfContact = None, assignment: OfAssignment = None, as_json: Json = False, viewer: Viewer = None
) -> None:
    """Liệt kê các liên kết đã gửi trong thư, thư mới nhất trước."""
    from tracker.clock import instant
    from tracker.phrasebook import say
    from tracker.services.action_links import standing
    from tracker.services.finding import find_assignment, visible
    from tracker.store import action_links
    from tracker.store.session import reading

    app = open_app()
    now = instant(app.clock)
    with reading(app.engine) as session:
        scope = seen_by(viewer, session, app)
        number = None if assignment is None else find_assignment(session, assignment, scope)
        found = action_links.chosen(session, contact=contact, assignment_id=number)
        seen = visible(session, (one.assignment_id for one in found), scope)
    rows = [(one, standing(one.facts, now)) for one in found if one.assignment_id in seen]
    if as_json:
        write_json(
            [
                {
                    "link": one.id,
                    "contact": one.contact,
                    "assignment": one.assignment_id,
                    "task": one.task,
                    "issued_at": one.issued_at,
                    "expires_at": one.facts.expires_at,
                    "state": state,
                    "uses": one.uses,
                }
                for one, state in rows
            ]
        )
        return
    if not rows:
        tell("link.none")
        return
    zone = app.settings.zone
    write_table(
        ("link", "reader", "assignment", "code", "expires", "uses", "link-state"),
        (
            (
                one.id,
                one.name,
                one.assignment_id,
                one.task,
                f"{one.facts.expires_at.astimezone(zone):%H:%M %d/%m/%Y}",
                one.uses,
                say(f"link.title-{state}"),
            )
            for one, state in rows
        ),
    )


@commands.command()
def revoke(
    numbers: Annotated[
        list[int] | None, typer.Argument(metavar="SỐ…", help="Số liên kết.", show_default=False)
    ] = None,
    contact: OfContact = None,
    assignment: OfAssignment = None,
    every: Annotated[bool, typer.Option("--all", help="Mọi liên kết.")] = False,
    reason: Annotated[str, typer.Option("--reason", help="Lý do, ghi vào nhật ký.")] = "",
    actor: Actor = None,
) -> None:
    """Thu hồi liên kết: thư đã gửi không dùng để xử lý được nữa; thư tiếp theo có liên kết mới."""
    from tracker.errors import InvalidSetting, NotFound
    from tracker.services.action_links import revoke as take_back
    from tracker.services.finding import find_assignment
    from tracker.store import action_links
    from tracker.store.session import transaction

    if not (numbers or contact or assignment or every):
        raise InvalidSetting("links.which")
    app = open_app()
    with transaction(app.engine) as session:
        scope = seen_by(actor, session, app)
        number = None if assignment is None else find_assignment(session, assignment, scope)
        found = action_links.chosen(session, numbers=numbers or (), contact=contact, assignment_id=number)
        if not found:
            raise NotFound("links.none")
        count = take_back(session, found, reason, act=act_of(actor, app))
    tell("links.revoked", count=count)


def link_code(
    contact: Contact, channel: Channel = "zalo", as_json: Json = False, actor: Actor = None
) -> None:
    """Tạo mã dùng một lần để người nhận liên kết tài khoản Zalo: gửi mã đến Zalo của Văn phòng."""
    _tell_code(contact, channel, as_json, actor)


def own_link_code(channel: Channel = "zalo", as_json: Json = False, actor: Actor = None) -> None:
    """Tạo mã dùng một lần để liên kết tài khoản Zalo của chính mình."""
    _tell_code(None, channel, as_json, actor)


def _tell_code(contact: str | None, channel: str, as_json: bool, actor: str | None) -> None:
    from tracker.errors import NotFound
    from tracker.services.linking import give_code, own_contact
    from tracker.store.session import transaction

    app = open_app()
    with transaction(app.engine) as session:
        whose = contact or own_contact(session, actor_of(actor))
        if whose is None:
            raise NotFound("linking.no-contact-of-yours", login=actor_of(actor))
        made: NewCode = give_code(session, app, whose, _channel(channel), act=act_of(actor, app))
    if as_json:
        write_json(made)
        return
    until = f"{made.expires_at.astimezone(app.settings.zone):%H:%M}"
    tell("linking.code", contact=made.contact, secret=made.code, until=until)


def unlink(contact: Contact, channel: Channel = "zalo", actor: Actor = None) -> None:
    """Bỏ liên kết Zalo của một người nhận: không gửi qua kênh này nữa."""
    from tracker.services.linking import unlink as let_go
    from tracker.store.session import transaction

    app = open_app()
    with transaction(app.engine) as session:
        was_linked = let_go(session, contact, _channel(channel), act=act_of(actor, app))
    tell("linking.unlinked" if was_linked else "linking.was-not-linked", contact=contact)


def consent(
    contact: Contact,
    on: Annotated[
        str | None, typer.Option("--on", metavar="NGÀY", help="Đồng ý từ ngày nào; mặc định hôm nay.")
    ] = None,
    phone: Annotated[
        str | None, typer.Option("--phone", metavar="SỐ", help="Số điện thoại, nếu chưa ghi.")
    ] = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Không còn đồng ý.")] = False,
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Ghi việc một người đồng ý (hoặc thôi đồng ý) nhận tin theo mẫu qua số điện thoại."""
    from tracker.clock import shown
    from tracker.services.linking import consent as agree
    from tracker.store.session import transaction

    app = open_app()
    day = None if withdraw else day_of(on, app)
    with transaction(app.engine) as session:
        now: Linkable = agree(session, contact, phone, day, act=act_of(actor, app))
    if as_json:
        write_json(now)
    elif withdraw:
        tell("linking.consent-withdrawn", contact=contact, phone=now.phone)
    else:
        tell("linking.consented", contact=contact, phone=now.phone, day=shown(now.consented_on))


def _channel(name: str) -> "ChannelName":
    """Return the channel of a name; raises InvalidSetting for one that no code links."""
    from notifications.channels import ChannelName
    from tracker.errors import InvalidSetting
    from tracker.store.link_codes import COLUMNS

    if name not in set(COLUMNS):
        raise InvalidSetting("linking.not-by-code", channel=name)
    return ChannelName(name)
