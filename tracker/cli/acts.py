# ruff: noqa: PLR0913, PLR0917 — an argument for each option of a command
"""Acts on assignments: what agencies and the office do with the work, one command a move."""

from typing import Annotated

import typer

from tracker.cli import handing_in
from tracker.cli.handing_in import Document
from tracker.cli.moving import Assignment, Assignments, Done, Far, Reason, Seen, a_day_in, make_move
from tracker.cli.shared import Actor, Json, Viewer, open_app, seen_by, write_json, write_table

commands = typer.Typer(help="Xử lý phần việc: tiếp nhận, báo cáo, xác nhận, trả lại, chuyển, tạm dừng.")


@commands.command()
def acknowledge(refs: Assignments, as_json: Json = False, actor: Actor = None, seen: Seen = None) -> None:
    """Tiếp nhận phần việc."""
    from tracker.services import moves

    make_move(
        refs, lambda at: moves.acknowledge(at.session, at.number, act=at.act, seen=seen), actor, as_json
    )


@commands.command()
def start(refs: Assignments, as_json: Json = False, actor: Actor = None, seen: Seen = None) -> None:
    """Bắt đầu, hoặc bắt đầu thực hiện lại."""
    from tracker.services import moves

    make_move(refs, lambda at: moves.start(at.session, at.number, act=at.act, seen=seen), actor, as_json)


commands.command()(handing_in.progress)
commands.command()(handing_in.obstacle)
commands.command()(handing_in.report)


@commands.command()
def confirm(refs: Assignments, as_json: Json = False, actor: Actor = None, seen: Seen = None) -> None:
    """Xác nhận hoàn thành; nhiều phần việc một lần."""
    from tracker.services import reports

    make_move(refs, lambda at: reports.confirm(at.session, at.number, act=at.act, seen=seen), actor, as_json)


@commands.command("return")
def give_back(
    ref: Assignment, reason: Reason, as_json: Json = False, actor: Actor = None, seen: Seen = None
) -> None:
    """Trả lại kết quả, yêu cầu thực hiện lại: tính là chưa hoàn thành."""
    from tracker.services import reports

    make_move(
        [ref],
        lambda at: reports.give_back(at.session, at.number, reason, act=at.act, seen=seen),
        actor,
        as_json,
    )


@commands.command("not-ours")
def not_ours(
    ref: Assignment, reason: Reason, as_json: Json = False, actor: Actor = None, seen: Seen = None
) -> None:
    """Trả lời không thuộc trách nhiệm; Văn phòng quyết định giữ nguyên hay chuyển."""
    from tracker.services import moves

    make_move(
        [ref], lambda at: moves.not_ours(at.session, at.number, reason, act=at.act, seen=seen), actor, as_json
    )


@commands.command()
def keep(
    ref: Assignment, reason: Reason, as_json: Json = False, actor: Actor = None, seen: Seen = None
) -> None:
    """Giữ nguyên cơ quan thực hiện."""
    from tracker.services import moves

    make_move(
        [ref], lambda at: moves.keep(at.session, at.number, reason, act=at.act, seen=seen), actor, as_json
    )


@commands.command()
def transfer(
    ref: Assignment,
    to: Annotated[str, typer.Option("--to", metavar="MÃ", help="Mã cơ quan nhận.", show_default=False)],
    reason: Reason,
    document: Document = None,
    as_json: Json = False,
    actor: Actor = None,
    seen: Seen = None,
) -> None:
    """Chuyển cơ quan khác: phần việc mới giữ nguyên thời hạn."""
    from tracker.services.transfers import transfer as hand_on

    make_move(
        [ref],
        lambda at: hand_on(
            at.session,
            at.number,
            to,
            reason,
            office=at.office,
            act=at.act,
            document=document,
            seen=seen,
        ),
        actor,
        as_json,
        Done("transfer.done", {"old": ref}),
    )


@commands.command()
def suspend(
    ref: Assignment,
    until: Annotated[
        str, typer.Option("--until", metavar="NGÀY", help="Tạm dừng đến ngày nào.", show_default=False)
    ],
    reason: Reason,
    far: Far = False,
    as_json: Json = False,
    actor: Actor = None,
    seen: Seen = None,
) -> None:
    """Tạm dừng: không tính thời gian, thời hạn giữ nguyên."""
    from tracker.clock import shown
    from tracker.services import moves

    day = a_day_in(until, "--until")
    make_move(
        [ref],
        lambda at: moves.suspend(
            at.session, at.number, reason, until=day, office=at.office, act=at.act, far=far, seen=seen
        ),
        actor,
        as_json,
        Done("suspend.done", {"until": shown(day)}),
    )


@commands.command()
def resume(
    ref: Assignment,
    reason: Annotated[str, typer.Option("--reason", help="Lý do.")] = "",
    as_json: Json = False,
    actor: Actor = None,
    seen: Seen = None,
) -> None:
    """Cho tiếp tục với thời hạn cũ; thêm thời gian phải có quyết định gia hạn."""
    from tracker.services import moves

    make_move(
        [ref], lambda at: moves.resume(at.session, at.number, reason, act=at.act, seen=seen), actor, as_json
    )


@commands.command()
def withdraw(
    ref: Assignment,
    reason: Reason,
    document: Document = None,
    as_json: Json = False,
    actor: Actor = None,
    seen: Seen = None,
) -> None:
    """Thu hồi phần việc, cùng các kỳ báo cáo chưa nộp của việc định kỳ."""
    from tracker.services import moves

    make_move(
        [ref],
        lambda at: moves.withdraw(at.session, at.number, reason, act=at.act, document=document, seen=seen),
        actor,
        as_json,
    )


@commands.command()
def suspended(as_json: Json = False, viewer: Viewer = None) -> None:
    """Liệt kê phần việc đang tạm dừng, việc đến ngày tiếp tục trước."""
    from tracker.clock import shown
    from tracker.services.finding import visible
    from tracker.store import moves
    from tracker.store.session import reading

    app = open_app()
    with reading(app.engine) as session:
        shares = moves.suspended(session)
        seen = visible(session, (one.id for one in shares), seen_by(viewer, session, app))
    found = [one for one in shares if one.id in seen]
    if as_json:
        write_json(found)
        return
    write_table(
        ("assignment", "code", "lead", "until"),
        ((one.id, seen[one.id].code, one.lead_name, shown(one.suspended_until)) for one in found),
    )


@commands.command("reports")
def list_reports(ref: Assignment, as_json: Json = False, viewer: Viewer = None) -> None:
    """Liệt kê các báo cáo của một phần việc, kèm tài liệu và kết luận."""
    from tracker.clock import shown
    from tracker.phrasebook import say
    from tracker.services.finding import find_assignment
    from tracker.store import reports
    from tracker.store.session import reading

    app = open_app()
    with reading(app.engine) as session:
        found = reports.of(session, find_assignment(session, ref, seen_by(viewer, session, app)))
    if as_json:
        write_json(found)
        return
    write_table(
        ("filed-on", "report", "words", "document", "files", "verdict", "reason"),
        (
            (
                shown(one.filed_on),
                say(f"report.{one.kind}"),
                one.words,
                " ".join(filter(None, (one.document, shown(one.document_on)))),
                "; ".join(file.file_name for file in one.files),
                "" if one.verdict is None else say(f"verdict.{one.verdict}"),
                one.reason,
            )
            for one in found
        ),
    )
