"""The chain of documents on the command line."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.shared import Actor, Json, open_app, tell, write_json

if TYPE_CHECKING:
    from tracker.domain.lineage import Node

Ref = Annotated[
    str, typer.Argument(metavar="VĂN_BẢN", help="Số thứ tự hoặc số, ký hiệu văn bản.", show_default=False)
]


def lineage(ref: Ref, as_json: Json = False, actor: Actor = None) -> None:
    """Chuỗi văn bản: văn bản này căn cứ văn bản nào, văn bản nào nối tiếp nó."""
    from tracker.services.lineage import lineage_of
    from tracker.store.session import reading

    del actor  # asked for by the option itself
    app = open_app()
    with reading(app.engine) as session:
        found = lineage_of(session, ref)
    if as_json:
        write_json(found)
        return
    _branch("lineage.built-on", found.built_on)
    tell(
        "lineage.itself", number=found.number, issued_on=_dated(found.issued_on), subject=found.subject or ""
    )
    _branch("lineage.followed-by", found.followed_by)


def _branch(title: str, nodes: tuple["Node", ...]) -> None:
    from tracker.services.lineage import lines

    if not nodes:
        tell(f"{title}-none")
        return
    tell(title)
    for line in lines(nodes):
        typer.echo("   " * line.depth + _words(line.node))


def _words(node: "Node") -> str:
    """Say what is known of a document in the chain, and by what it was found."""
    from tracker.domain.lineage import Match
    from tracker.phrasebook import say

    said = [f"{node.number}{_dated(node.issued_on)} ({say(f'relation.{node.relation}')})"]
    if node.match is not Match.NUMBER_AND_DATE:
        said.append(say(f"match.{node.match}"))
    if node.again:
        said.append(say("lineage.again"))
    return " ".join(said)


def _dated(day: object) -> str:
    from datetime import date

    from tracker.clock import shown
    from tracker.phrasebook import say

    return " " + say("lineage.dated", on=shown(day)) if isinstance(day, date) else ""
