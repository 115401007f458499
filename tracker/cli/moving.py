"""How a command makes a move: find the assignment, one transaction each, say what came of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.shared import act_of, open_app, seen_by, tell, write_json
from tracker.errors import NotFound, TrackerError

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.services.moving import Moved
    from tracker.services.office import Office
    from tracker.store.assignments import Tracked
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
Far = Annotated[bool, typer.Option("--far", help="Xác nhận ngày xa hơn 2 năm là đúng.")]
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


@dataclass(frozen=True, slots=True)
class Done:
    """The sentence that says what a move did; it may name all of the assignment's facts and `fields`."""

    code: str = "act.done"
    fields: dict[str, Any] = field(default_factory=dict)


def make_move(
    refs: Sequence[str],
    move: "Callable[[At], Moved]",
    actor: str | None,
    as_json: bool,
    done: Done = Done(),
) -> None:
    """Make a move on each assignment; what is refused of several stops none of the others."""
    from tracker.services.finding import find_assignment
    from tracker.services.office import office_of
    from tracker.store.assignments import Choice, tracked
    from tracker.store.session import transaction

    app = open_app()
    failed: TrackerError | None = None
    for ref in refs:
        try:
            with transaction(app.engine) as session:
                number = find_assignment(session, ref, seen_by(actor, session, app))
                moved = move(At(session, number, act_of(actor, app), office_of(app)))
                session.flush()
                (now,) = tracked(session, Choice(ids=frozenset({moved.assignment_id})))
        except TrackerError as refused:
            failed = refused
            _write_refusal(ref, refused, as_json=as_json, among_others=len(refs) > 1)
        else:
            if as_json:
                write_json(moved)
            else:
                tell_done(now, done)
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


def tell_done(now: "Tracked", done: Done) -> None:
    """Say what was done with an assignment, which stands as given now."""
    from tracker.clock import shown
    from tracker.phrasebook import say

    facts = {
        "ref": now.id,
        "lead": now.lead,
        "due_on": shown(now.facts.due_on) or say("due.none"),
        "status": say(f"status.{now.facts.status}"),
    }
    tell(done.code, **facts, **done.fields)


def _write_refusal(ref: str, refused: TrackerError, *, as_json: bool, among_others: bool) -> None:
    """Say why a move was not made; among several it is said of which assignment."""
    if as_json:
        write_json({"assignment": ref, "error": {"code": refused.code, "message": refused.sentence()}})
        return
    sentence = refused.sentence()
    if among_others:
        from tracker.phrasebook import say

        sentence = say("act.refused-of", ref=ref, why=sentence)
    typer.echo(sentence, err=True)
