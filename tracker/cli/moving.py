"""How a command makes a move: find the assignment, one transaction each, say what came of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.shared import act_of, open_app, seen_by, tell, write_json
from tracker.errors import NotFound, TrackerError

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.services.moving import Moved
    from tracker.services.office import Office
    from tracker.store.events import Act

Assignment = Annotated[
    str,
    typer.Argument(
        metavar="PHẦN_VIỆC",
        help="Số phần việc, hoặc mã nhiệm vụ nếu chỉ có một cơ quan.",
        show_default=False,
    ),
]
Assignments = Annotated[
    list[str],
    typer.Argument(
        metavar="PHẦN_VIỆC…",
        help="Số phần việc, hoặc mã nhiệm vụ nếu chỉ có một cơ quan.",
        show_default=False,
    ),
]
Reason = Annotated[str, typer.Option("--reason", help="Lý do.", show_default=False)]
Seen = Annotated[
    int | None,
    typer.Option(
        "--seen", metavar="PHIÊN_BẢN", help="Chỉ thực hiện nếu phần việc chưa thay đổi từ phiên bản đã xem."
    ),
]


def numbered(written: str | int) -> int:
    """Read the number of an assignment; raises NotFound for what can be none."""
    from tracker.domain.numbers import running_number

    number = running_number(str(written))
    if number is None:
        raise NotFound("assignment.unknown", ref=written)
    return number


@dataclass(frozen=True, slots=True)
class At:
    """Where a move is made: in which transaction, on which assignment, by whom, under which rules."""

    session: "Session"
    number: int
    act: "Act"
    office: "Office"


def make_move(refs: Sequence[str], move: "Callable[[At], Moved]", actor: str | None, as_json: bool) -> None:
    """Make a move on each assignment; what is refused of several stops none of the others."""
    from tracker.services.finding import find_assignment
    from tracker.services.office import office_of
    from tracker.store.session import transaction

    app = open_app()
    failed: TrackerError | None = None
    for ref in refs:
        try:
            with transaction(app.engine) as session:
                number = find_assignment(session, ref, seen_by(actor, session, app))
                moved = move(At(session, number, act_of(actor, app), office_of(app)))
        except TrackerError as refused:
            failed = refused
            _write_refusal(ref, refused, as_json=as_json)
        else:
            _write(moved, as_json=as_json)
    if failed is not None:
        raise typer.Exit(failed.exit_status)


def day_in(written: str | None, option: str) -> date | None:
    """Read a day as people write it, None for none."""
    if written is None:
        return None
    from tracker.clock import read_day

    try:
        return read_day(written)
    except ValueError as error:
        from tracker.phrasebook import say

        raise typer.BadParameter(say("cell.not-a-day", value=written), param_hint=option) from error


def a_day_in(written: str, option: str) -> date:
    """Read a day that must be given."""
    day = day_in(written, option)
    if day is None:
        raise typer.BadParameter(written, param_hint=option)
    return day


def _write(moved: "Moved", *, as_json: bool) -> None:
    if as_json:
        write_json(moved)
        return
    from tracker.phrasebook import say

    tell("act.done", ref=moved.assignment_id, status=say(f"status.{moved.status}"))


def _write_refusal(ref: str, refused: TrackerError, *, as_json: bool) -> None:
    if as_json:
        write_json({"assignment": ref, "error": {"code": refused.code, "message": refused.sentence()}})
    else:
        typer.echo(refused.sentence(), err=True)
