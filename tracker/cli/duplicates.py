"""Tasks that say the same, on the command line."""

from typing import Annotated

import typer

from tracker.cli.shared import Actor, Json, actor_of, open_app, tell, write_json, write_table
from tracker.cli.usual import UsualCommand


class _List(UsualCommand):
    usual = "list"


commands = typer.Typer(cls=_List, help="Nhiệm vụ có thể trùng nhau giữa các văn bản.")
Code = Annotated[str, typer.Argument(metavar="MÃ", help="Mã nhiệm vụ.", show_default=False)]


@commands.callback()
def duplicates() -> None:
    """Nhiệm vụ có thể trùng nhau giữa các văn bản: dondoc duplicates."""


@commands.command("list")
def list_duplicates(
    limit: Annotated[int, typer.Option("--limit", min=1, help="Nhiều nhất bao nhiêu cặp.")] = 50,
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Gợi ý các cặp nhiệm vụ giống nhau, giống nhất trước. Không tự gộp."""
    from tracker.phrasebook import say
    from tracker.services.duplicates import suggest
    from tracker.store.session import reading

    del actor  # asked for by the option itself
    app = open_app()
    with reading(app.engine) as session:
        found = suggest(session)
    if as_json:
        write_json(found[:limit])
        return
    if not found:
        tell("duplicate.none")
        return
    write_table(
        ("code", "document", "other-code", "other-document", "lead", "alike", "also"),
        (
            (
                one.first.code,
                one.first.document,
                one.second.code,
                one.second.document,
                "; ".join(name for name in one.first.lead_names if name in one.second.lead_names),
                f"{one.alike}%",
                "; ".join(say(f"duplicate.{reason}") for reason in one.reasons),
            )
            for one in found[:limit]
        ),
    )
    tell("duplicate.next", count=len(found), task=found[0].first.code, other=found[0].second.code)


@commands.command()
def decide(  # noqa: PLR0913, PLR0917 — the options of a command
    code: Code,
    other: Code,
    same: Annotated[
        bool | None, typer.Option("--same/--different", help="Là một việc, hay là hai việc khác nhau.")
    ] = None,
    track: Annotated[
        str | None,
        typer.Option("--track", metavar="MÃ", help="Với --same: theo dõi nhiệm vụ nào; việc kia được rút."),
    ] = None,
    as_json: Json = False,
    actor: Actor = None,
) -> None:
    """Quyết định hai nhiệm vụ là một (theo dõi một, rút việc kia) hay khác nhau (không gợi ý nữa)."""
    from tracker.phrasebook import say
    from tracker.services.duplicates import decide as decide_pair

    if same is None or same != (track is not None):
        raise typer.BadParameter(say("duplicate.choose"), param_hint="--same/--different")
    app = open_app()
    done = decide_pair(app, code, other, track=track, actor=actor_of(actor), via="cli")
    if as_json:
        write_json(done)
        return
    if not done.same:
        tell("duplicate.different", task=code, other=other)
        return
    tell("duplicate.same", task=code, other=other, track=done.tracked, count=done.withdrawn)
    if done.left:
        tell("duplicate.left", leads="; ".join(done.left))
