"""Documents: take them in, approve their reading, list them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from tracker.cli.shared import Actor, Json, Viewer, actor_of, open_app, seen_by, tell, write_json, write_table
from tracker.errors import InputRefused

if TYPE_CHECKING:
    from tracker.app import App
    from tracker.services.approval import ApprovalResult
    from tracker.services.intake import IntakeResult
    from tracker.services.revisions import Overlap

SOME_REFUSED: Final = 3
SHOWN_DOUBTS: Final = 5
SECRET: Final = "unreadable.secret"  # noqa: S105 - the name of a reason

Files = Annotated[
    list[Path],
    typer.Argument(metavar="TỆP…", help="Văn bản, tệp nén .zip, thư .eml hoặc thư mục.", show_default=False),
]
Refs = Annotated[
    list[str],
    typer.Argument(metavar="VĂN_BẢN…", help="Số thứ tự hoặc số, ký hiệu văn bản.", show_default=False),
]


def intake(
    files: Files,
    approve: Annotated[bool, typer.Option("--approve", help="Duyệt luôn kết quả bóc tách.")] = False,
    silent: Annotated[
        bool,
        typer.Option(
            "--silent", help="Văn bản cũ: chưa gửi gì về các văn bản này đến khi dondoc hold release."
        ),
    ] = False,
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Tiếp nhận văn bản: bóc tách nhiệm vụ, lưu dự thảo chờ duyệt. Tiếp nhận lại không đổi gì."""
    from directives.readers.parts import path_of
    from tracker.cli.found_files import found_files
    from tracker.services.intake import take_in_parts

    app = open_app()
    refused = 0
    for position, path in enumerate(found_files(files), start=1):
        try:
            for taken in take_in_parts(app, path, approve=approve, actor=actor_of(actor), silent=silent):
                inside = Path(path_of(path, taken.name))
                if isinstance(taken.outcome, InputRefused):
                    refused += 1
                    _write_refusal(inside, position, taken.outcome, as_json=as_json)
                else:
                    _write_result(app, inside, taken.outcome, as_json=as_json)
        except InputRefused as error:
            refused += 1
            _write_refusal(path, position, error, as_json=as_json)
    if refused:
        raise typer.Exit(SOME_REFUSED)


def approve(
    refs: Refs,
    as_new: Annotated[
        bool,
        typer.Option(
            "--as-new",
            help="Văn bản thay thế, sửa đổi văn bản còn việc: giao hết như việc mới; việc cũ vẫn mở.",
        ),
    ] = False,
    everything: Annotated[
        bool,
        typer.Option(
            "--all",
            help="Giao cả phần việc bị để lại vì chỉ gia hạn việc chưa tìm thấy. Không thay cho --as-new.",
        ),
    ] = False,
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Duyệt kết quả bóc tách của văn bản: nhiệm vụ được giao và bắt đầu được nhắc."""
    from tracker.services.approval import approve as approve_directive
    from tracker.services.listing import find_directive
    from tracker.services.office import office_of
    from tracker.services.revisions import overlaps, refuse_twice
    from tracker.services.told_at_once import tell_at_once
    from tracker.store.session import transaction

    app = open_app()
    for ref in refs:
        with transaction(app.engine) as session:
            entry = find_directive(session, ref)
            beside = overlaps(session, entry.id)
            if not as_new:
                refuse_twice(session, entry.id)
            result = approve_directive(
                session,
                entry.id,
                actor=actor_of(actor),
                clock=app.clock,
                office=office_of(app),
                everything=everything,
                beside=[one.revision.old_number for one in beside],
            )
            urgent = tell_at_once(session, app, entry.id)
        if as_json:
            write_json(result)
            continue
        name = entry.number or entry.file_name
        _tell_approved(result, name)
        if urgent:
            tell("approve.urgent", count=urgent)
        _tell_insisted(result, name, beside, as_new=as_new, everything=everything)


def _tell_approved(result: "ApprovalResult", name: str) -> None:
    tell("approve.already" if result.already else "approve.done", ref=name, count=result.assigned)
    if result.extended:
        tell("extension.applied", ref=name, count=result.extended)
    if result.left:
        tell("approve.left", ref=name, count=result.left, id=result.directive_id)


def _tell_insisted(
    result: "ApprovalResult", name: str, beside: "list[Overlap]", *, as_new: bool, everything: bool
) -> None:
    """Say what each of the two ways to insist did: they are easily taken for one another."""
    for one in beside:  # only where it was insisted on does one come so far
        tell("approve.as-new", ref=name, old=one.revision.old_number, count=one.open)
    if as_new and not beside:
        tell("approve.as-new-idle", ref=name)
    if result.insisted:
        tell("approve.insisted", ref=name, count=result.insisted)
    elif everything:
        tell("approve.insisted-idle", ref=name)


def list_documents(as_json: Json = False, viewer: Viewer = None) -> None:
    """Liệt kê văn bản đã tiếp nhận."""
    from tracker.clock import shown
    from tracker.phrasebook import say
    from tracker.store import directives
    from tracker.store.session import reading

    app = open_app()
    with reading(app.engine) as session:
        entries = directives.listing(session, seen_by(viewer, session, app))
    if as_json:
        write_json(entries)
        return
    write_table(
        ("id", "number", "issued-on", "subject", "tasks", "assignments", "state"),
        (
            (
                entry.id,
                entry.number or entry.file_name,
                shown(entry.issued_on),
                entry.subject,
                entry.tasks,
                entry.assignments,
                say("directive.draft" if entry.approved_at is None else "directive.approved"),
            )
            for entry in entries
        ),
    )


def _write_result(app: "App", path: Path, result: "IntakeResult", *, as_json: bool) -> None:
    if as_json:
        write_json({"path": str(path), **_fields(result)})
        return
    from directives.readers.members import safe_name
    from tracker.phrasebook import say

    name = safe_name(path.name)  # of a part of a zip or mail it is a stranger's choice
    tell(
        f"intake.{result.kind}",
        name=name,
        number=result.number or say("directive.no-number"),
        id=result.directive_id,
        tasks=len(result.codes),
        assignments=result.assignments,
    )
    if result.similar is not None:
        tell("intake.similar", id=result.similar)
    if result.kind == "new":
        _write_doubts(app, result.directive_id)
    if result.revises:
        tell("intake.revises", id=result.directive_id)
    elif result.left:
        tell("approve.left", ref=result.number or name, count=result.left, id=result.directive_id)
    elif not result.approved:
        tell("intake.approve-next", id=result.directive_id)
    elif result.kind == "new":
        tell("intake.approved")


def _write_doubts(app: "App", directive_id: int) -> None:
    """Say what somebody should look at twice; the page of the document has it all."""
    from tracker.services.doubts import document_doubts, doubted_tasks
    from tracker.store.session import reading

    with reading(app.engine) as session:
        doubts, tasks = document_doubts(session, directive_id), doubted_tasks(session, directive_id)
    messages = [doubt.message for doubt in doubts] + [f"{code}: {words}" for code, words in tasks]
    if not messages:
        return
    tell("intake.doubts", count=len(messages))
    for message in messages[:SHOWN_DOUBTS]:
        tell("intake.doubt", message=message)
    if len(messages) > SHOWN_DOUBTS:
        more = len(messages) - SHOWN_DOUBTS
        tell("intake.more-doubts", count=more, url=app.settings.public_url, id=directive_id)


def _fields(result: "IntakeResult") -> dict[str, object]:
    return {name: getattr(result, name) for name in result.__dataclass_fields__}


def _write_refusal(path: Path, position: int, error: InputRefused, *, as_json: bool) -> None:
    """Say on stderr, or in JSON in the file's place, why it was not taken in.

    Of a secret file not even the name is told, for what is printed may be kept: only the how-manieth it was.
    """
    from directives.readers.members import seen
    from tracker.phrasebook import say

    secret = error.code == SECRET
    if as_json:
        code = error.code.removeprefix("unreadable.")
        shown = None if secret else str(path)
        write_json(
            {"path": shown, "position": position, "error": {"code": code, "message": error.sentence()}}
        )
    elif secret:
        typer.echo(say("intake.secret", position=position, sentence=error.sentence()), err=True)
    else:
        typer.echo(seen(error.sentence()), err=True)  # it has the file's name, whatever that is
