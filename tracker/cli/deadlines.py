"""Due dates that people settle, and what still waits for one."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.moving import Assignment, Seen, a_day_in
from tracker.cli.shared import (
    Actor,
    Json,
    Viewer,
    act_of,
    open_app,
    seen_by,
    tell,
    write_json,
    write_table,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.services.due_dates import Dated

deadline = typer.Typer(help="Thời hạn do người có thẩm quyền ấn định.", no_args_is_help=True)


def undetermined(
    unstated: Annotated[
        bool, typer.Option("--unstated", help="Cả việc mà văn bản không giao thời hạn.")
    ] = False,
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Các phần việc cần xác định hạn, và cần làm gì với từng việc."""
    del actor  # asked whether it may see this, by the option itself
    from tracker.domain.deadlines import Reckoning
    from tracker.phrasebook import say
    from tracker.services.undetermined import undetermined as queue
    from tracker.store.calendar import calendar_of
    from tracker.store.session import reading

    app = open_app()
    with reading(app.engine) as session:
        items = queue(session, Reckoning(calendar_of(session), app.policy), unstated=unstated)
    if as_json:
        write_json(items)
        return
    if not items:
        tell("undetermined.none")
        return
    write_table(
        ("work-number", "code", "document", "lead", "deadline", "why-undetermined"),
        (
            (
                item.assignment_id,
                item.code,
                item.document,
                item.lead,
                item.words,
                say(f"undetermined.{item.why}", ref=item.assignment_id),
            )
            for item in items
        ),
    )
    tell("undetermined.count", count=len(items))


def anchor(  # noqa: PLR0913, PLR0917 - options of a command
    ref: Annotated[
        str | None,
        typer.Argument(
            metavar="PHẦN_VIỆC",
            help="Số phần việc, hoặc mã nhiệm vụ nếu chỉ có một cơ quan.",
            show_default=False,
        ),
    ] = None,
    received: Annotated[
        str | None, typer.Option("--received", metavar="NGÀY", help="Ngày cơ quan nhận được văn bản.")
    ] = None,
    event: Annotated[
        str | None, typer.Option("--event", metavar="NGÀY", help="Ngày của sự kiện mà thời hạn tính theo.")
    ] = None,
    document: Annotated[
        str | None, typer.Option("--document", help="Mọi cơ quan của một văn bản, cùng một ngày nhận.")
    ] = None,
    seen: Seen = None,
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Cho biết mốc mà thời hạn tính từ đó; hạn cuối được tính theo đúng lời văn bản."""
    from tracker.domain.deadlines import Reckoning
    from tracker.errors import InvalidSetting
    from tracker.services import due_dates
    from tracker.services.finding import find_assignment
    from tracker.services.listing import find_directive
    from tracker.store.calendar import calendar_of
    from tracker.store.session import transaction

    if (received is None) == (event is None) or (document is not None and received is None):
        raise InvalidSetting("deadline.one-anchor")
    if (ref is None) == (document is None):
        raise InvalidSetting("deadline.which-work")
    day = a_day_in(received or event or "", "--event" if received is None else "--received")
    app = open_app()
    act = act_of(actor, app)
    with transaction(app.engine) as session:
        by = Reckoning(calendar_of(session), app.policy)
        if document is not None:
            found = find_directive(session, document).id
            dated = due_dates.tell_received_by_all(session, found, day, by=by, act=act)
        else:
            told = due_dates.tell_event if received is None else due_dates.tell_received
            number = find_assignment(session, ref or "", seen_by(actor, session, app))
            dated = [told(session, number, day, by=by, act=act, seen=seen)]
    _write_dated(dated, as_json=as_json)


@deadline.command("set")
def set_deadline(  # noqa: PLR0913, PLR0917 - options of a command
    ref: Assignment,
    day: Annotated[str, typer.Argument(metavar="NGÀY", help="Hạn cuối.", show_default=False)],
    reason: Annotated[str, typer.Option("--reason", help="Lý do, ghi vào cách tính.", show_default=False)],
    document: Annotated[
        str | None, typer.Option("--document", help="Số, ký hiệu văn bản làm căn cứ.")
    ] = None,
    seen: Seen = None,
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Ấn định hạn cuối của một phần việc, hoặc sửa hạn đã đọc sai; hạn cũ vẫn được giữ."""
    from tracker.services import due_dates
    from tracker.services.finding import find_assignment
    from tracker.store.session import transaction

    due_on = a_day_in(day, "NGÀY")
    app = open_app()
    with transaction(app.engine) as session:
        dated = due_dates.set_deadline(
            session,
            find_assignment(session, ref, seen_by(actor, session, app)),
            due_on,
            reason=reason,
            document=document,
            rules=app.settings.extension_rules,
            act=act_of(actor, app),
            seen=seen,
        )
    _write_dated([dated], as_json=as_json)


@deadline.command("history")
def history(ref: Assignment, as_json: Json = False, viewer: Viewer = None) -> None:
    """Mọi thời hạn mà một phần việc đã có, hạn gốc trước."""
    from tracker.clock import shown
    from tracker.phrasebook import say
    from tracker.services.finding import find_assignment
    from tracker.store import deadline_versions
    from tracker.store.session import reading

    app = open_app()
    with reading(app.engine) as session:
        number = find_assignment(session, ref, seen_by(viewer, session, app))
        versions = deadline_versions.of(session, number)
    if as_json:
        write_json(versions)
        return
    write_table(
        ("work-number", "due-on", "cause", "explain", "decision"),
        (
            (one.version, shown(one.due_on), say(f"deadline-cause.{one.cause}"), one.explain, one.document)
            for one in versions
        ),
    )


def _write_dated(dated: "Sequence[Dated]", *, as_json: bool) -> None:
    from tracker.clock import shown

    if as_json:
        write_json(dated)
        return
    if not dated:
        tell("deadline.none-dated")
    for one in dated:
        tell("deadline.dated", task=one.code, lead=one.lead, due_on=shown(one.due_on), explain=one.explain)
