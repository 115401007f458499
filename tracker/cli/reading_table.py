"""A read document as a person wants to see it: which one it is, its tasks, what to look at."""

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from directives.model import Deadline, Doubt, ParsedDirective, TaskDraft


def drawn(name: str, parsed: "ParsedDirective", *, width: int, on_terminal: bool) -> str:
    """Draw the document's facts, its tasks and its doubts."""
    from rich.console import Console
    from rich.padding import Padding

    page = io.StringIO()
    console = Console(file=page, highlight=False, width=width, force_terminal=on_terminal)
    console.print(_heading(name, parsed))
    if parsed.tasks:
        console.print(_tasks(parsed.tasks))
    for line in _doubts(parsed.doubts):
        console.print(Padding(line, (0, 0, 0, 2)))
    return page.getvalue().removesuffix("\n")


def _heading(name: str, parsed: "ParsedDirective") -> Any:
    """Say which document it is."""
    from rich.text import Text

    from tracker.phrasebook import say

    head = parsed.head
    count = len(parsed.tasks)
    facts = (
        (say("parse.number"), head.number),
        (say("parse.issued-on"), head.issued_on and f"{head.issued_on:%d/%m/%Y}"),
        (say("parse.issuer"), head.issuer),
        (say("parse.subject"), head.subject and " ".join(head.subject.split())),
    )
    text = Text(name, style="bold")
    for label, fact in facts:
        text.append(f"\n  {label}: ", style="dim").append(fact or "—", style="")
    return text.append(f"\n  {say('parse.tasks', count=count) if count else say('parse.no-tasks')}", style="")


def _tasks(tasks: "Sequence[TaskDraft]") -> Any:
    """Set the tasks as a table."""
    from rich import box
    from rich.table import Table

    from tracker.phrasebook import say

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_lines=False, header_style="bold")
    table.add_column(say("parse.column-item"), no_wrap=True)
    table.add_column(say("parse.column-leads"), ratio=3)
    table.add_column(say("parse.column-action"), ratio=5)
    table.add_column(say("parse.column-deadline"), ratio=3)
    table.add_column(say("parse.column-due"), no_wrap=True)
    for task in tasks:
        leads = "\n".join(lead.name for lead in task.leads) or "—"
        words = " ".join(task.deadline.text.split()) if task.deadline else "—"
        action = " ".join(task.action.split())
        table.add_row(
            _plain(task.item or ""), _plain(leads), _plain(action), _plain(words), _due(task.deadline)
        )
    return table


def _due(deadline: "Deadline | None") -> str:
    """Show the last on-time day, how often, or that a person has to find it out."""
    from tracker.phrasebook import say

    if deadline is None:
        return ""
    if deadline.due_on is not None:
        return f"{deadline.due_on:%d/%m/%Y}" + (f" {deadline.time}" if deadline.time else "")
    return say(f"parse.every-{deadline.every}") if deadline.every else say("parse.undetermined")


def _doubts(doubts: "Sequence[Doubt]") -> list[Any]:
    """List what a person should look at."""
    from rich.text import Text

    return [Text("! ", style="yellow").append(doubt.message, style="") for doubt in doubts]


def _plain(words: str) -> Any:
    """Keep brackets in a document from being read as markup."""
    from rich.text import Text

    return Text(words)
