"""Tasks and the overdue list."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from tracker.cli.listed import Everything, Limit, Offset, Shown, stream_json
from tracker.cli.shared import Json, On, Viewer, day_of, open_app, plain, seen_by, tell, write_table
from tracker.domain.status import Status
from tracker.domain.timing import Bucket

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.services.group_progress import GroupProgress
    from tracker.services.listing import TaskItem
    from tracker.services.overdue import OverdueItem
    from tracker.store.listed import Asked, Part

Agency = Annotated[str | None, typer.Option("--agency", help="Chỉ một cơ quan: mã, tên hoặc tên viết tắt.")]
TASK_COLUMNS: Final = (
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
)
OVERDUE_COLUMNS: Final = (
    "code",
    "document",
    "lead",
    "action",
    "due-on",
    "days",
    "working-days",
    "status",
)


def tasks(  # noqa: PLR0913, PLR0917 — what may be asked for
    document: Annotated[
        str | None, typer.Option("--document", help="Chỉ một văn bản: số thứ tự hoặc số, ký hiệu.")
    ] = None,
    agency: Agency = None,
    status: Annotated[
        list[Status] | None, typer.Option("--status", help="Chỉ trạng thái này; có thể nêu nhiều lần.")
    ] = None,
    timing: Annotated[
        list[Bucket] | None,
        typer.Option("--timing", help="Chỉ số liệu này (xem dondoc figures); có thể nêu nhiều lần."),
    ] = None,
    due_before: Annotated[
        str | None,
        typer.Option("--due-before", metavar="NGÀY", help="Chỉ việc có hạn cuối trước ngày này."),
    ] = None,
    on: On = None,
    limit: Limit = None,
    offset: Offset = 0,
    everything: Everything = False,
    as_json: Json = False,
    viewer: Viewer = None,
) -> None:
    """Liệt kê nhiệm vụ theo văn bản, cơ quan chủ trì và tình trạng thời hạn."""
    from tracker.services.listing import codes_of, find_directive
    from tracker.store.calendar import calendar_of
    from tracker.store.listed import Asked
    from tracker.store.session import reading

    app = open_app()
    shown = Shown(limit, offset, everything)
    with reading(app.engine) as session:
        asked = Asked(
            on=day_of(on, app),
            calendar=calendar_of(session),
            due_soon=app.settings.due_soon_days,
            directive_id=None if document is None else find_directive(session, document).id,
            agencies=None if agency is None else codes_of(session, agency),
            statuses=frozenset(status) if status else None,
            buckets=frozenset(timing) if timing else None,
            due_before=None if due_before is None else day_of(due_before, app, "--due-before"),
            scope=seen_by(viewer, session, app),
        )
        if as_json:
            stream_json(_with_groups(session, asked, shown.of_stream()))
        else:
            _show_tasks(session, asked, shown)


def _with_groups(session: "Session", asked: "Asked", part: "Part") -> Iterator[dict[str, Any]]:
    """Give each share with the group through which it was given."""
    from tracker.services.group_progress import by_assignment, group_progress
    from tracker.services.listing import task_items

    groups = by_assignment(group_progress(session, asked.directive_id))
    for item in task_items(session, asked, part):
        yield {**plain(item), "group": _group(groups.get(item.assignment_id))}


def _show_tasks(session: "Session", asked: "Asked", shown: Shown) -> None:
    """Print a table of tasks, and how far the groups have come that were given some of them."""
    from tracker.services.group_progress import by_assignment, group_progress
    from tracker.services.listing import task_items
    from tracker.store.listed import count

    items = list(task_items(session, asked, shown.of_table()))
    codes = None if shown.everything else {item.code for item in items}
    groups = by_assignment(group_progress(session, asked.directive_id, tasks=codes))
    write_table(TASK_COLUMNS, map(_task_row, items))
    given = (groups[item.assignment_id] for item in items if item.assignment_id in groups)
    for progress in dict.fromkeys(given):
        _tell_progress(progress)
    shown.tell_rest(len(items), count(session, asked))


def _task_row(item: "TaskItem") -> Sequence[object]:
    from tracker.clock import shown
    from tracker.phrasebook import say

    return (
        item.assignment_id,
        item.code,
        item.document,
        item.item,
        item.lead,
        item.action,
        item.deadline,
        shown(item.due_on),
        _timing(item),
        say(f"status.{item.status}"),
    )


def _timing(item: "TaskItem") -> str:
    """Say how a share stands in time; a duty by how many of its dates are done."""
    from tracker.phrasebook import say

    if item.dates is not None:
        done, total = item.dates
        return say("timing.by-dates", done=done, total=total)
    timing = item.timing
    return say(f"timing.{timing.kind}", days=timing.days, working_days=timing.working_days)


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


def overdue(  # noqa: PLR0913, PLR0917 — what may be asked for
    on: On = None,
    agency: Agency = None,
    limit: Limit = None,
    offset: Offset = 0,
    everything: Everything = False,
    as_json: Json = False,
    viewer: Viewer = None,
) -> None:
    """Danh sách nhiệm vụ quá hạn chưa hoàn thành, lâu nhất trước."""
    from tracker.services.overdue import overdue_items, overdue_on
    from tracker.store.calendar import calendar_of
    from tracker.store.session import reading

    app = open_app()
    shown = Shown(limit, offset, everything)
    with reading(app.engine) as session:
        scope = seen_by(viewer, session, app)
        asked = overdue_on(session, day_of(on, app), calendar_of(session), agency=agency, scope=scope)
        if as_json:
            stream_json(overdue_items(session, asked, shown.of_stream()))
        else:
            _show_overdue(session, asked, shown)


def _show_overdue(session: "Session", asked: "Asked", shown: Shown) -> None:
    from tracker.clock import shown as written
    from tracker.services.overdue import overdue_items
    from tracker.store.listed import count

    total = count(session, asked)
    if not total:
        tell("overdue.none", on=written(asked.on))
        return
    items = list(overdue_items(session, asked, shown.of_table()))
    write_table(OVERDUE_COLUMNS, map(_overdue_row, items))
    tell("overdue.count", count=total, on=written(asked.on))
    shown.tell_rest(len(items), total)


def _overdue_row(item: "OverdueItem") -> Sequence[object]:
    from tracker.clock import shown
    from tracker.phrasebook import say

    return (
        item.code,
        item.document,
        item.lead,
        item.action,
        shown(item.due_on),
        item.days,
        item.working_days,
        say(f"status.{item.status}"),
    )
