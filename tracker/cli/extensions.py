# ruff: noqa: PLR0913, PLR0917 — an argument for each option of a command
"""More time on the command line: ask, grant, refuse, take back, list; apply what a document gives."""

from typing import Annotated

import typer

from tracker.cli.moving import Assignment, Done, Far, Reason, Seen, a_day_in, day_in, make_move, tell_done
from tracker.cli.shared import Actor, Json, Viewer, act_of, open_app, seen_by, tell, write_json, write_table

commands = typer.Typer(help="Gia hạn: đề nghị, cho phép, từ chối; thời hạn gốc luôn được giữ.")

AskedDocument = Annotated[
    str | None,
    typer.Option("--document", help="Những gì một văn bản cho gia hạn: số thứ tự hoặc số, ký hiệu."),
]


@commands.command()
def ask(
    ref: Assignment,
    to: Annotated[str, typer.Option("--to", metavar="NGÀY", help="Đề nghị đến ngày.", show_default=False)],
    reason: Reason,
    asked_on: Annotated[
        str | None, typer.Option("--asked-on", metavar="NGÀY", help="Ngày đề nghị, nếu trước hôm nay.")
    ] = None,
    far: Far = False,
    as_json: Json = False,
    actor: Actor = None,
    seen: Seen = None,
) -> None:
    """Đề nghị gia hạn; đề nghị muộn vẫn nhận, ghi là đề nghị sau hạn."""
    from tracker.clock import shown
    from tracker.domain.extensions import Request
    from tracker.services import extensions

    proposed, asked = a_day_in(to, "--to"), day_in(asked_on, "--asked-on")
    make_move(
        [ref],
        lambda at: extensions.ask(
            at.session,
            at.number,
            Request(reason=reason, proposed_on=proposed, asked_on=asked or at.office.today, far=far),
            office=at.office,
            act=at.act,
            seen=seen,
        ),
        actor,
        as_json,
        Done("extension.done-ask", {"proposed": shown(proposed)}),
    )


@commands.command()
def grant(
    ref: Assignment,
    to: Annotated[
        str | None, typer.Option("--to", metavar="NGÀY", help="Gia hạn đến ngày; mặc định ngày đề nghị.")
    ] = None,
    document: Annotated[
        str | None, typer.Option("--document", metavar="SỐ", help="Văn bản cho phép.")
    ] = None,
    decision: Annotated[str, typer.Option("--decision", help="Ý kiến quyết định được ghi lại.")] = "",
    far: Far = False,
    as_json: Json = False,
    actor: Actor = None,
    seen: Seen = None,
) -> None:
    """Cho gia hạn, theo văn bản hoặc ý kiến quyết định."""
    from tracker.services import extensions

    until = day_in(to, "--to")
    make_move(
        [ref],
        lambda at: extensions.grant(
            at.session,
            at.number,
            until=until,
            document=document,
            decision=decision,
            far=far,
            office=at.office,
            act=at.act,
            seen=seen,
        ),
        actor,
        as_json,
        Done("extension.done-grant"),
    )


@commands.command()
def refuse(
    ref: Assignment, reason: Reason, as_json: Json = False, actor: Actor = None, seen: Seen = None
) -> None:
    """Từ chối đề nghị gia hạn."""
    from tracker.services import extensions

    make_move(
        [ref],
        lambda at: extensions.refuse(at.session, at.number, reason, act=at.act, seen=seen),
        actor,
        as_json,
        Done("extension.done-refuse"),
    )


@commands.command()
def withdraw(ref: Assignment, as_json: Json = False, actor: Actor = None, seen: Seen = None) -> None:
    """Rút đề nghị gia hạn."""
    from tracker.services import extensions

    make_move(
        [ref],
        lambda at: extensions.withdraw(at.session, at.number, act=at.act, seen=seen),
        actor,
        as_json,
        Done("extension.done-withdraw"),
    )


@commands.command("list")
def list_extensions(
    document: AskedDocument = None,
    everything: Annotated[bool, typer.Option("--all", help="Cả những đề nghị đã trả lời.")] = False,
    as_json: Json = False,
    viewer: Viewer = None,
) -> None:
    """Liệt kê đề nghị gia hạn đang chờ; với --document: những gì văn bản ấy cho gia hạn."""
    if document is not None:
        _list_found(document, as_json=as_json, viewer=viewer)
        return
    from tracker.clock import shown
    from tracker.domain.requests import ExtensionState
    from tracker.phrasebook import say
    from tracker.services.finding import visible
    from tracker.store import extensions
    from tracker.store.session import reading

    app = open_app()
    with reading(app.engine) as session:
        asked = extensions.listing(session, state=None if everything else ExtensionState.ASKED)
        seen = visible(session, (one.assignment_id for one in asked), seen_by(viewer, session, app))
    found = [one for one in asked if one.assignment_id in seen]
    if as_json:
        write_json(found)
        return
    write_table(
        ("assignment", "code", "lead", "due-on", "asked-on", "proposed-on", "reason", "in-time", "request"),
        (
            (
                one.assignment_id,
                one.code,
                one.lead,
                shown(one.due_on),
                shown(one.asked_on),
                shown(one.granted_on or one.proposed_on),
                one.reason,
                say("extension.in-time" if one.in_time else "extension.late"),
                say(f"extension.{one.state}"),
            )
            for one in found
        ),
    )


@commands.command()
def apply(
    document: Annotated[
        str,
        typer.Argument(metavar="VĂN_BẢN", help="Số thứ tự hoặc số, ký hiệu văn bản.", show_default=False),
    ],
    only: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PHẦN_VIỆC]…", help="Chỉ các phần việc này, kể cả trường hợp còn nghi vấn."),
    ] = None,
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Áp dụng việc gia hạn mà một văn bản cho các nhiệm vụ của văn bản trước."""
    from tracker.services.finding import find_assignment, visible
    from tracker.services.found_extensions import apply as put_into_force
    from tracker.services.listing import find_directive
    from tracker.services.office import office_of
    from tracker.store.session import transaction

    app = open_app()
    with transaction(app.engine) as session:
        entry, scope = find_directive(session, document), seen_by(actor, session, app)
        chosen = [find_assignment(session, ref, scope) for ref in only or ()]
        moved = put_into_force(
            session, entry.id, office=office_of(app), act=act_of(actor, app), only=chosen or None
        )
        session.flush()
        now = visible(session, (one.assignment_id for one in moved), scope)
    if as_json:
        write_json(moved)
        return
    for one in now.values():
        tell_done(one, Done("extension.done-grant"))
    tell("extension.applied", ref=entry.number or entry.file_name, count=len(moved))


def _list_found(document: str, *, as_json: bool, viewer: str | None) -> None:
    from tracker.clock import shown
    from tracker.phrasebook import say
    from tracker.services.finding import visible
    from tracker.services.found_extensions import proposals
    from tracker.services.listing import find_directive
    from tracker.services.office import office_of
    from tracker.store.session import reading

    app = open_app()
    with reading(app.engine) as session:
        read = proposals(session, find_directive(session, document).id, office_of(app))
        seen = visible(session, (one.assignment_id for one in read), seen_by(viewer, session, app))
    found = [one for one in read if one.assignment_id in seen]
    if as_json:
        write_json(found)
        return
    write_table(
        ("assignment", "code", "lead", "due-on", "proposed-on", "words", "doubt"),
        (
            (
                one.assignment_id,
                one.code,
                one.lead,
                shown(one.due_on),
                shown(one.until),
                one.words,
                "" if one.doubt is None else say(one.doubt),
            )
            for one in found
        ),
    )
