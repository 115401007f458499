"""Who took over from which agency, and the open work of agencies that are no more."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from tracker.cli.moving import numbered
from tracker.cli.shared import (
    Actor,
    DryRun,
    Json,
    On,
    Viewer,
    actor_of,
    day_of,
    open_app,
    plain,
    tell,
    write_json,
    write_table,
)
from tracker.cli.tables import Table, load_table

if TYPE_CHECKING:
    from tracker.app import App
    from tracker.services.successors import Candidate
    from tracker.services.takeovers import Orphan, TakenOver
    from tracker.store.events import Act


MOST_NAMED: Final = 3  # in one cell of a table

Clear = Annotated[
    bool,
    typer.Option(
        "--clear",
        help="Ô để trống trong tệp xoá giá trị đang có; không có lựa chọn này thì ô trống giữ nguyên.",
    ),
]


def load(
    path: Table, dry_run: DryRun = False, clear: Clear = False, as_json: Json = False, actor: Actor = None
) -> None:
    """Nạp bảng cơ quan kế thừa (cũ, mới, từ ngày, phạm vi, căn cứ) từ tệp CSV hoặc XLSX."""
    from tracker.services.successions_in import load_successions

    loader = partial(load_successions, clear=clear)
    load_table(loader, path, dry_run=dry_run, as_json=as_json, actor=actor)


def successors(
    code: Annotated[str, typer.Argument(metavar="MÃ", help="Mã cơ quan.", show_default=False)],
    on: On = None,
    as_json: Json = False,
) -> None:
    """Cho biết cơ quan nào kế thừa một cơ quan không còn, qua mọi lần sắp xếp, tính đến một ngày."""
    from tracker.clock import shown
    from tracker.services import successors as service
    from tracker.store.session import reading

    app = open_app()
    day = day_of(on, app)
    with reading(app.engine) as session:
        entry, candidates = service.successors(session, code, day)
    if as_json:
        write_json(candidates)
    elif candidates:
        write_table(
            ("code", "name", "answers-from", "passed-scope", "passed-basis"),
            ((one.code, one.name, shown(one.on), _scope(one), one.basis) for one in candidates),
        )
    elif entry.existed(day):
        tell("successors.still-there", name=entry.name, day=shown(day))
    else:
        tell("successors.none", name=entry.name)


def takeovers(on: On = None, as_json: Json = False, viewer: Viewer = None) -> None:
    """Liệt kê phần việc chưa xong của cơ quan không còn hoạt động, và cơ quan có thể tiếp nhận."""
    from tracker.clock import shown
    from tracker.services.takeovers import orphans
    from tracker.store.session import reading

    del viewer  # who may look was asked before
    app = open_app()
    day = day_of(on, app)
    with reading(app.engine) as session:
        found = orphans(session, day)
    if as_json:
        write_json([_as_json(one) for one in found])
    elif not found:
        tell("takeovers.none", day=shown(day))
    else:
        _show(found)
        whole = sum(one.whole is not None for one in found)
        tell("takeovers.count", count=len(found), whole=whole)


def take_over(  # noqa: PLR0913, PLR0917 — the options of the command
    assignment: Annotated[
        int | None,
        typer.Argument(metavar="SỐ", help="Số phần việc, xem dondoc agencies takeovers.", parser=numbered),
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="MÃ", help="Mã cơ quan tiếp nhận.")] = None,
    all_whole: Annotated[
        bool,
        typer.Option(
            "--all-whole", help="Mọi phần việc có đúng một cơ quan kế thừa toàn bộ; liệt kê trước rồi hỏi."
        ),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Không hỏi lại.")] = False,
    on: On = None,
    dry_run: DryRun = False,
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Chuyển phần việc của cơ quan không còn cho cơ quan kế thừa; tên trong văn bản giữ nguyên."""
    from tracker.clock import instant
    from tracker.errors import InvalidSetting
    from tracker.store.events import Act

    if all_whole == (assignment is not None and by is not None):
        raise InvalidSetting("takeover.say-which")
    app = open_app()
    how = _How(app, Act(actor_of(actor), "cli", instant(app.clock)), day_of(on, app), dry_run, as_json)
    done = _all_whole(how, ask=not yes) if all_whole else [_one(how, assignment or 0, by or "")]
    if as_json:
        write_json(done)
        return
    for one in done:
        tell("takeover.done", task=one.code, lead=one.lead, now=one.successor, basis=one.basis)
    if dry_run:
        tell("takeovers.would", count=len(done))


@dataclass(frozen=True, slots=True)
class _How:
    """How work is passed on: by whom, as of which day, in earnest or not."""

    app: "App"
    act: "Act"
    day: date
    dry_run: bool
    as_json: bool


def _one(how: _How, assignment: int, by: str) -> "TakenOver":
    from tracker.services.takeovers import take_over as service
    from tracker.store.session import transaction

    with transaction(how.app.engine) as session:
        return service(session, assignment, by, on=how.day, act=how.act, dry_run=how.dry_run)


def _all_whole(how: _How, *, ask: bool) -> "list[TakenOver]":
    """Show what would pass on, ask, and pass it on as it was shown."""
    from tracker.clock import shown
    from tracker.phrasebook import say
    from tracker.services.takeovers import orphans, take_over_whole
    from tracker.store.session import reading, transaction

    with reading(how.app.engine) as session:
        found = [one for one in orphans(session, how.day) if one.whole is not None]
    if not how.as_json and not found:
        tell("takeovers.no-whole", day=shown(how.day))
    if not found:
        return []
    if not how.as_json:
        _show(found)
    if ask and not how.dry_run and not typer.confirm(say("takeovers.ask", count=len(found)), err=True):
        typer.echo(say("takeovers.left"), err=True)
        raise typer.Exit(1)
    with transaction(how.app.engine) as session:
        return take_over_whole(session, found, on=how.day, act=how.act, dry_run=how.dry_run)


def _show(found: "list[Orphan]") -> None:
    from tracker.clock import shown

    write_table(
        ("orphan", "code", "lead", "agency-ended", "due-on", "successors"),
        (
            (
                one.assignment_id,
                one.code,
                one.lead,
                shown(one.ended_on),
                shown(one.due_on),
                _candidates(one),
            )
            for one in found
        ),
    )


def _candidates(orphan: "Orphan") -> str:
    """Name who may take over; of many only how many there are, and where to see them."""
    from tracker.phrasebook import say

    if len(orphan.candidates) > MOST_NAMED:
        return say("takeovers.many", count=len(orphan.candidates), agency=orphan.agency)
    return "; ".join(f"{each.name} ({each.code}): {_scope(each)}" for each in orphan.candidates)


def _scope(candidate: "Candidate") -> str:
    from tracker.phrasebook import say

    return say("succession.whole") if candidate.whole else candidate.scope


def _as_json(orphan: "Orphan") -> dict[str, Any]:
    whole = orphan.whole
    return {**plain(orphan), "whole": None if whole is None else whole.code}
