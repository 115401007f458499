"""The tracker's commands. Nothing heavy is imported here: each command imports what it needs."""

import errno
import os
import sys
from io import TextIOWrapper
from typing import Final

import typer

from tracker.cli import (
    accounts,
    acts,
    audit,
    backup,
    bench,
    calendar,
    channels,
    database,
    deadlines,
    documents,
    duplicates,
    exceptions,
    explanations,
    extensions,
    figures,
    holds,
    inbound,
    ladder,
    letters,
    lineage,
    linking,
    lists,
    proof,
    recurring,
    registers,
    revisions,
    urging,
    watchdog,
)
from tracker.cli.parse import parse
from tracker.errors import TrackerError
from tracker.phrasebook import say

NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})

app = typer.Typer(
    name="dondoc",
    help="Đôn Đốc: đọc văn bản giao việc, theo dõi nhiệm vụ của từng cơ quan, nhắc đến khi hoàn thành.",
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help: drawing boxes would take longer than all else that --help does
    pretty_exceptions_enable=False,  # a fault of ours is shown whole; what a person can mend is a sentence
    context_settings={"help_option_names": ["-h", "--help"]},
)
# In the order of an office's day: documents, work, deadlines, letters, registers, the system.
app.command()(parse)
app.command()(documents.intake)
app.command()(documents.approve)
app.command("documents")(documents.list_documents)
app.command()(lineage.lineage)
app.add_typer(revisions.commands, name="revisions")
app.add_typer(duplicates.commands, name="duplicates")
app.command()(lists.tasks)
app.command()(lists.overdue)
app.add_typer(urging.commands, name="urging")
app.command()(figures.figures)
app.add_typer(acts.commands, name="act", no_args_is_help=True)
app.add_typer(extensions.commands, name="extensions", no_args_is_help=True)
app.add_typer(explanations.commands, name="explain", no_args_is_help=True)
app.add_typer(audit.commands, name="audit")
app.command()(deadlines.undetermined)
app.command()(deadlines.anchor)
app.add_typer(deadlines.deadline, name="deadline")
app.add_typer(recurring.commands, name="recurring")
app.add_typer(calendar.commands, name="calendar")
app.command()(letters.deliver)
app.add_typer(letters.commands, name="letters")
app.add_typer(channels.commands, name="channels")
app.command()(proof.why)
app.command()(watchdog.watch)
app.add_typer(inbound.commands, name="inbound")
app.add_typer(linking.commands, name="links")
app.add_typer(holds.commands, name="hold")
app.add_typer(ladder.commands, name="ladder")
app.add_typer(registers.agencies, name="agencies")
registers.contacts.command("link-code")(linking.link_code)
registers.contacts.command("unlink")(linking.unlink)
registers.contacts.command("consent")(linking.consent)
registers.contacts.command("allow")(exceptions.allow)
registers.contacts.command("revoke")(exceptions.revoke)
registers.contacts.command("allowed")(exceptions.allowed)
app.add_typer(registers.contacts, name="contacts")
accounts.commands.command("link-code")(linking.own_link_code)
app.add_typer(accounts.commands, name="accounts")
app.add_typer(backup.commands, name="backup")
app.command()(backup.restore)
app.add_typer(database.commands, name="db")
app.add_typer(bench.commands, name="bench")


def main(arguments: list[str] | None = None) -> None:
    """Run a command; a failure that a person can mend is one sentence on stderr and its own exit status."""
    speak_utf8()
    try:
        app(arguments)
    except TrackerError as error:
        typer.echo(error.sentence(), err=True)
        sys.exit(error.exit_status)
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        typer.echo(say("output.not-writable", detail=error.strerror), err=True)
        _leave_unwritten()
        sys.exit(1)


def _leave_unwritten() -> None:
    """Let go of what could not be written: at exit the interpreter would try again, and fail with a stack."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def speak_utf8() -> None:
    """Write Vietnamese whatever the locale says: under cron it is often C."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
