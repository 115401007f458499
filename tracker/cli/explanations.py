# ruff: noqa: PLR0913, PLR0917 — an argument for each option of a command
"""Explanations of delays on the command line: ask, answer, judge, list."""

from typing import Annotated

import typer

from tracker.cli.moving import Assignment, Done, Seen, a_day_in, make_move
from tracker.cli.shared import Actor, Json, Viewer, open_app, seen_by, write_json, write_table

commands = typer.Typer(help="Giải trình việc chậm: yêu cầu, trả lời, kết luận về nguyên nhân.")

Words = Annotated[str, typer.Option("--words", "-m", help="Nội dung.", show_default=False)]


@commands.command()
def ask(
    ref: Assignment,
    words: Words,
    answer_by: Annotated[
        str,
        typer.Option("--by", metavar="NGÀY", help="Giải trình trước hoặc trong ngày.", show_default=False),
    ],
    as_json: Json = False,
    actor: Actor = None,
    seen: Seen = None,
) -> None:
    """Yêu cầu giải trình việc chậm."""
    from tracker.clock import shown
    from tracker.services import explanations

    day = a_day_in(answer_by, "--by")
    make_move(
        [ref],
        lambda at: explanations.ask(
            at.session, at.number, words, answer_by=day, office=at.office, act=at.act, seen=seen
        ),
        actor,
        as_json,
        Done("explanation.done-ask", {"answer_by": shown(day)}),
    )


@commands.command()
def answer(
    ref: Assignment, words: Words, as_json: Json = False, actor: Actor = None, seen: Seen = None
) -> None:
    """Giải trình."""
    from tracker.services import explanations

    make_move(
        [ref],
        lambda at: explanations.answer(at.session, at.number, words, act=at.act, seen=seen),
        actor,
        as_json,
        Done("explanation.done-answer"),
    )


@commands.command()
def confirm(
    ref: Assignment,
    objective: Annotated[bool, typer.Option("--objective", help="Nguyên nhân khách quan.")] = False,
    not_objective: Annotated[
        bool, typer.Option("--not-objective", help="Không phải nguyên nhân khách quan.")
    ] = False,
    reason: Annotated[str, typer.Option("--reason", help="Ý kiến kết luận.")] = "",
    as_json: Json = False,
    actor: Actor = None,
    seen: Seen = None,
) -> None:
    """Kết luận nguyên nhân có khách quan hay không; việc chậm vẫn là chậm."""
    from tracker.errors import InvalidSetting
    from tracker.services import explanations

    if objective == not_objective:  # neither, or both: a conclusion is one of the two
        raise InvalidSetting("explanation.one-conclusion")
    make_move(
        [ref],
        lambda at: explanations.judge(
            at.session, at.number, objective=objective, reason=reason, act=at.act, seen=seen
        ),
        actor,
        as_json,
        Done("explanation.done-objective" if objective else "explanation.done-not-objective"),
    )


@commands.command("list")
def list_explanations(
    everything: Annotated[bool, typer.Option("--all", help="Cả những yêu cầu đã kết luận.")] = False,
    as_json: Json = False,
    viewer: Viewer = None,
) -> None:
    """Liệt kê yêu cầu giải trình chưa kết luận."""
    from tracker.clock import shown
    from tracker.phrasebook import say
    from tracker.services.finding import visible
    from tracker.store import explanations
    from tracker.store.session import reading

    app = open_app()
    with reading(app.engine) as session:
        asked = [one for one in explanations.listing(session) if everything or one.confirmed_at is None]
        seen = visible(session, (one.assignment_id for one in asked), seen_by(viewer, session, app))
    found = [one for one in asked if one.assignment_id in seen]
    if as_json:
        write_json(found)
        return
    judged = {True: "explanation.objective", False: "explanation.not-objective", None: "explanation.open"}
    write_table(
        ("assignment", "code", "lead", "words", "answer-by", "explanation", "verdict"),
        (
            (
                one.assignment_id,
                one.code,
                one.lead,
                one.words,
                shown(one.answer_by),
                one.answer,
                say(judged[one.objective]),
            )
            for one in found
        ),
    )
