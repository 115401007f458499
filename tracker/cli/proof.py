"""The proof on the command line: why somebody was, or was not, told of something."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.shared import Json, On, Viewer, day_of, open_app, seen_by, tell, write_json, write_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.services.proof_lines import Line


def why(
    person: Annotated[
        str | None,
        typer.Argument(
            metavar="[NGƯỜI]", help="Mã, địa chỉ, tên người nhận hoặc tài khoản.", show_default=False
        ),
    ] = None,
    on: On = None,
    assignment: Annotated[
        str | None,
        typer.Option("--assignment", metavar="SỐ", help="Một phần việc: các bước đã qua và sắp tới."),
    ] = None,
    as_json: Json = False,
    viewer: Viewer = None,
) -> None:
    """Cho biết vì sao một người được nhắc hay không trong một ngày; hoặc các bước của một phần việc."""
    from tracker.errors import InvalidSetting

    if (person is None) == (assignment is None):
        raise InvalidSetting("proof.which")
    if assignment is not None:
        _of_assignment(assignment, as_json=as_json, viewer=viewer)
    elif person is not None:
        _of_person(person, on, as_json=as_json)


def _of_person(person: str, on: str | None, *, as_json: bool) -> None:
    from tracker.clock import shown
    from tracker.services.proof import why_person
    from tracker.store.session import reading

    app = open_app()
    day = day_of(on, app)
    with reading(app.engine) as session:
        found = why_person(session, app, person, day)
    if as_json:
        write_json(found)
        return
    tell("proof.of-person", name=found.person.name, code_=found.person.code, day=shown(found.on))
    _write(found.lines)


def _of_assignment(ref: str, *, as_json: bool, viewer: str | None) -> None:
    from tracker.clock import shown
    from tracker.phrasebook import say
    from tracker.services.finding import find_assignment
    from tracker.services.proof import why_assignment
    from tracker.store.session import reading

    app = open_app()
    with reading(app.engine) as session:
        number = find_assignment(session, ref, seen_by(viewer, session, app))
        found = why_assignment(session, app, number)
    if as_json:
        write_json(found)
        return
    _write(found.past)
    typer.echo(found.sentence)
    if found.ahead:
        write_table(
            ("step", "when", "audience", "reader"),
            (
                (
                    one.words,
                    shown(one.on),
                    ", ".join(say(f"role.{role}") for role in one.audience),
                    ", ".join(one.readers),
                )
                for one in found.ahead
            ),
        )


def _write(lines: "Iterable[Line]") -> None:
    from tracker.clock import shown

    for line in lines:
        typer.echo(f"{shown(line.on)} {line.sentence}")
