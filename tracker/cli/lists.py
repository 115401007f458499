"""Tasks and the overdue list."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.shared import (
    Json,
    On,
    Viewer,
    day_of,
    open_app,
    plain,
    seen_by,
    tell,
    write_json,
    write_table,
)

if TYPE_CHECKING:
    from tracker.services.group_progress import GroupProgress


def tasks(
    document: Annotated[
        str | None, typer.Option("--document", help="Chỉ một văn bản: số thứ tự hoặc số, ký hiệu.")
    ] = None,
    on: On = None,
    as_json: Json = False,
    viewer: Viewer = None,
) -> None:
    """Liệt kê nhiệm vụ theo văn bản, cơ quan chủ trì và tình trạng thời hạn."""
    from tracker.clock import shown
    from tracker.phrasebook import say
    from tracker.services.group_progress import by_assignment, group_progress
    from tracker.services.listing import find_directive, task_list
    from tracker.store.calendar import calendar_of
    from tracker.store.session import reading

    app = open_app()
    with reading(app.engine) as session:
        directive_id = None if document is None else find_directive(session, document).id
        items = task_list(
            session,
            day_of(on, app),
            calendar=calendar_of(session),
            due_soon=app.settings.due_soon_days,
            directive_id=directive_id,
            scope=seen_by(viewer, session, app),
        )
        groups = by_assignment(group_progress(session, directive_id))
    if as_json:
        write_json([{**plain(item), "group": _group(groups.get(item.assignment_id))} for item in items])
        return
    write_table(
        (
            "work-number",
            "code",
            "document",
            "item",
            "lead",
            "action",
            "deadline",
            "due-on",
            "timing",
            "status",
        ),
        (
            (
                item.assignment_id,
                item.code,
                item.document,
                item.item,
                item.lead,
                item.action,
                item.deadline,
                shown(item.due_on),
                say(
                    f"timing.{item.timing.kind}", days=item.timing.days, working_days=item.timing.working_days
                ),
                say(f"status.{item.status}"),
            )
            for item in items
        ),
    )
    for progress in dict.fromkeys(
        groups[item.assignment_id] for item in items if item.assignment_id in groups
    ):
        _tell_progress(progress)


def _group(progress: "GroupProgress | None") -> dict[str, Any] | None:
    """Give the group through which a share was given, and how far its members have come."""
    if progress is None:
        return None
    return {
        "code": progress.group,
        "name": progress.name,
        "done": progress.done,
        "total": progress.total,
    }


def _tell_progress(progress: "GroupProgress") -> None:
    from tracker.clock import shown

    said = {"task": progress.task, "name": progress.name, "done": progress.done, "total": progress.total}
    if progress.occasion:
        tell("group.progress-dated", occasion=shown(date.fromisoformat(progress.occasion)), **said)
    else:
        tell("group.progress", **said)


def overdue(
    on: On = None,
    agency: Annotated[
        str | None, typer.Option("--agency", help="Chỉ một cơ quan: mã, tên hoặc tên viết tắt.")
    ] = None,
    as_json: Json = False,
    viewer: Viewer = None,
) -> None:
    """Danh sách nhiệm vụ quá hạn chưa hoàn thành, lâu nhất trước."""
    from tracker.clock import shown
    from tracker.phrasebook import say
    from tracker.services.overdue import overdue_list
    from tracker.store.calendar import calendar_of
    from tracker.store.session import reading

    app = open_app()
    day = day_of(on, app)
    with reading(app.engine) as session:
        scope = seen_by(viewer, session, app)
        items = overdue_list(session, day, calendar=calendar_of(session), agency=agency, scope=scope)
    if as_json:
        write_json(items)
        return
    if not items:
        tell("overdue.none", on=shown(day))
        return
    write_table(
        ("code", "document", "lead", "action", "due-on", "days", "working-days", "status"),
        (
            (
                item.code,
                item.document,
                item.lead,
                item.action,
                shown(item.due_on),
                item.days,
                item.working_days,
                say(f"status.{item.status}"),
            )
            for item in items
        ),
    )
    tell("overdue.count", count=len(items), on=shown(day))
