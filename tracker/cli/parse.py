"""`dondoc parse`: read documents and print what they assign; no database, nothing written.

The JSON is a contract that other programs rely on: one object per file, one per line, in the order given.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from tracker.cli.shared import PLAIN_WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from directives.deadlines.policy import DeadlinePolicy
    from directives.model import Deadline, Doubt, ParsedDirective, TaskDraft
    from directives.readers import RawDocument, UnreadableDocument

SOME_REFUSED: Final = 3
PAGE_BREAK: Final = "\f"


def parse(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="TỆP…", help="Các tệp văn bản: .docx, .pdf, .html, .txt.", show_default=False),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="In mỗi tệp một dòng JSON.")] = False,
    as_text: Annotated[bool, typer.Option("--text", help="In nguyên văn đã chuẩn hóa (NFC).")] = False,
) -> None:
    """Đọc văn bản, in ra từng nhiệm vụ, cơ quan và thời hạn; không ghi vào cơ sở dữ liệu."""
    if as_json and as_text:
        from tracker.phrasebook import say

        raise typer.BadParameter(say("parse.one-form"), param_hint="--json / --text")
    from tracker.settings import Settings

    write = write_json if as_json else write_text if as_text else write_table
    policy = Settings.load().policy
    refused = 0
    for position, path in enumerate(files):
        outcome = look(path, policy)
        refused += isinstance(outcome, Refused)
        write(outcome, first=position == 0)
    if refused:
        raise typer.Exit(SOME_REFUSED)


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read, and what it says."""

    path: Path
    raw: "RawDocument"
    parsed: "ParsedDirective"


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not read, and why."""

    path: Path
    code: str
    message: str

    @classmethod
    def because(cls, path: Path, error: "UnreadableDocument") -> "Refused":
        """Put a refusal into words."""
        from tracker.phrasebook import say

        return cls(path, str(error.code), say(error.phrase, **error.fields))


def look(path: Path, policy: "DeadlinePolicy") -> Read | Refused:
    """Read one file, with the deadlines that the office's policy makes of its dates."""
    from directives.parse import parse as parse_text
    from directives.readers import UnreadableDocument, read

    try:
        raw = read(path)
    except UnreadableDocument as error:
        return Refused.because(path, error)
    return Read(path, raw, parse_text(raw.text, file_name=path.name, policy=policy, doubts=raw.doubts))


def write_json(outcome: Read | Refused, *, first: bool) -> None:  # noqa: ARG001 - one shape for all writers
    """Print one object on one line, in UTF-8 whatever the terminal's locale."""
    answer: dict[str, Any]
    if isinstance(outcome, Refused):
        answer = {
            "source": {"path": str(outcome.path)},
            "error": {"code": outcome.code, "message": outcome.message},
        }
    else:
        from directives.encode import as_contract

        raw = outcome.raw
        source = {
            "path": str(outcome.path),
            "sha256": raw.sha256,
            "format": str(raw.format),
            "pages": raw.pages,
        }
        answer = as_contract(outcome.parsed, source)
    _print(json.dumps(answer, ensure_ascii=False))


def write_text(outcome: Read | Refused, *, first: bool) -> None:
    """Print the canonical text that all offsets count in; a form feed stands between two files."""
    if isinstance(outcome, Refused):
        _complain(outcome)
        return
    _print(("" if first else PAGE_BREAK) + outcome.parsed.text.removesuffix("\n"))


def write_table(outcome: Read | Refused, *, first: bool) -> None:
    """Print what a person wants to see: the document, its tasks, what to look at."""
    if isinstance(outcome, Refused):
        _complain(outcome)
        return
    from rich.console import Console
    from rich.padding import Padding

    console = Console(highlight=False, width=None if sys.stdout.isatty() else PLAIN_WIDTH)
    if not first:
        console.print()
    console.print(_heading(outcome))
    if outcome.parsed.tasks:
        console.print(_tasks(outcome.parsed.tasks))
    for line in _doubts(outcome.parsed.doubts):
        console.print(Padding(line, (0, 0, 0, 2)))


def _heading(outcome: Read) -> Any:
    """Say which document it is."""
    from rich.text import Text

    from tracker.phrasebook import say

    head = outcome.parsed.head
    count = len(outcome.parsed.tasks)
    facts = (
        (say("parse.number"), head.number),
        (say("parse.issued-on"), head.issued_on and f"{head.issued_on:%d/%m/%Y}"),
        (say("parse.issuer"), head.issuer),
        (say("parse.subject"), head.subject and " ".join(head.subject.split())),
    )
    text = Text(outcome.path.name, style="bold")
    for name, fact in facts:
        text.append(f"\n  {name}: ", style="dim").append(fact or "—", style="")
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


def _complain(outcome: Refused) -> None:
    typer.echo(outcome.message, err=True)


def _print(line: str) -> None:
    typer.echo(line.encode("utf-8", errors="replace"))
