"""Documents that replace or amend others, on the command line."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.shared import Actor, Json, actor_of, open_app, tell, write_json, write_table

if TYPE_CHECKING:
    from tracker.services.revisions import Revision

commands = typer.Typer(help="Văn bản thay thế, sửa đổi văn bản đã giao việc.", no_args_is_help=True)

Ref = Annotated[
    str,
    typer.Argument(metavar="VĂN_BẢN_MỚI", help="Số thứ tự hoặc số, ký hiệu văn bản mới.", show_default=False),
]
AsNew = Annotated[
    list[str] | None,
    typer.Option("--as-new", metavar="MÃ", help="Nhiệm vụ này là mới, dù trông giống việc cũ."),
]


@commands.callback()
def revisions() -> None:
    """Văn bản thay thế, sửa đổi văn bản đã giao việc."""


@commands.command()
def show(ref: Ref, as_new: AsNew = None, as_json: Json = False, actor: Actor = None) -> None:
    """Đề xuất thay đổi: nhiệm vụ nào mới, giữ nguyên, đổi thời hạn, không còn. Không ghi gì."""
    from tracker.services.revisions import revision_of
    from tracker.store.session import reading

    del actor  # asked for by the option itself
    app = open_app()
    with reading(app.engine) as session:
        found = revision_of(session, ref, as_new=as_new or ())
    if as_json:
        write_json(found)
        return
    for one in found:
        _write(one)
        if not one.accepted:
            tell("revision.next", new=one.new_number, id=one.old_id)


@commands.command()
def accept(
    ref: Ref,
    old: Annotated[
        str | None, typer.Option("--old", help="Văn bản cũ: số thứ tự hoặc số, ký hiệu; khi có nhiều.")
    ] = None,
    as_new: AsNew = None,
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Chấp nhận thay đổi và duyệt văn bản mới: việc giữ nguyên được theo dõi tiếp, không giao hai lần."""
    from tracker.domain.revisions import Difference
    from tracker.services.revisions import accept as accept_revision

    app = open_app()
    done = accept_revision(app, ref, old, actor=actor_of(actor), via="cli", as_new=as_new or ())
    if as_json:
        write_json(done)
        return
    _write(done)
    tell("revision.done", new=done.new_number, old=done.old_number, count=len(done.rows))
    for row in done.rows:
        if row.difference is Difference.REPORTED and row.old is not None:
            tell("revision.reported", task=row.old_code, lead=row.lead, id=row.old.id)


def _write(one: "Revision") -> None:
    from tracker.clock import shown
    from tracker.phrasebook import say

    code, kind = (
        ("revision.title-accepted", "difference-done") if one.accepted else ("revision.title", "difference")
    )
    tell(code, new=one.new_number, relation=say(f"relation.{one.relation}"), old=one.old_number)
    write_table(
        ("difference", "lead", "status", "old-task", "new-task", "old-due", "new-due", "alike"),
        (
            (
                say(f"{kind}.{row.difference}"),
                row.lead,
                say(f"status.{row.old.status}") if row.old else None,
                row.old_code,
                row.new_code,
                shown(row.old_due),
                shown(row.new_due),
                None if row.alike is None else f"{row.alike}%",
            )
            for row in one.rows
        ),
    )
