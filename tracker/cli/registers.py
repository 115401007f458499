"""The register of agencies and the contacts: load from a table, list, check."""

from functools import partial
from typing import TYPE_CHECKING, Any

import typer

from tracker.cli import successions
from tracker.cli.shared import (
    Actor,
    DryRun,
    Json,
    On,
    Viewer,
    day_of,
    open_app,
    tell,
    write_json,
    write_table,
)
from tracker.cli.successions import Clear
from tracker.cli.tables import Table, load_table

if TYPE_CHECKING:
    from tracker.services.register_rules import Finding, Rule
    from tracker.store.contacts import Contact
    from tracker.store.register import AgencyEntry

agencies = typer.Typer(help="Danh mục cơ quan.", no_args_is_help=True)
contacts = typer.Typer(help="Người nhận thông báo.", no_args_is_help=True)


@agencies.command("load")
def load_agencies(
    path: Table, dry_run: DryRun = False, clear: Clear = False, as_json: Json = False, actor: Actor = None
) -> None:
    """Nạp danh mục cơ quan từ tệp CSV hoặc XLSX. Nạp lại không đổi gì; có lỗi thì không ghi gì."""
    from tracker.services.registers import load_agencies as loader

    load_table(partial(loader, clear=clear), path, dry_run=dry_run, as_json=as_json, actor=actor)


@agencies.command("list")
def list_agencies(on: On = None, as_json: Json = False) -> None:
    """Liệt kê cơ quan trong danh mục; với --on, chỉ những cơ quan có vào ngày đó."""
    from tracker.clock import shown
    from tracker.services.tables_in import as_cell
    from tracker.store import register
    from tracker.store.session import reading

    app = open_app()
    day = None if on is None else day_of(on, app)
    with reading(app.engine) as session:
        entries = [one for one in register.entries(session) if day is None or one.existed(day)]
    if as_json:
        write_json([_as_json(entry) for entry in entries])
        return
    write_table(
        ("code", "name", "agency-level", "aliases", "groups", "valid-from", "valid-to"),
        (
            (
                entry.code,
                entry.name,
                entry.level,
                as_cell(entry.other_names),
                as_cell(entry.memberships),
                shown(entry.valid_from),
                shown(entry.valid_to),
            )
            for entry in entries
        ),
    )


@agencies.command("check")
def check_agencies(on: On = None, as_json: Json = False) -> None:
    """Kiểm tra danh mục: trùng tên, sai ngày, thiếu cấp trên, nhóm trống…; với --on, chỉ xét ngày đó."""
    from tracker.services.register_check import check_register
    from tracker.services.register_rules import Severity
    from tracker.store.session import reading

    app = open_app()
    with reading(app.engine) as session:
        report = check_register(session, on=None if on is None else day_of(on, app))
    found = report.found
    errors = sum(rule.severity is Severity.ERROR for rule, _ in found)
    if as_json:
        write_json({"errors": errors, "findings": [_finding(*one) for one in found]})
    else:
        _tell_findings(found, errors, report.agencies, report.successions)
    if errors:
        raise typer.Exit(1)


def _tell_findings(found: "list[tuple[Rule, Finding]]", errors: int, agencies: int, successions: int) -> None:
    from tracker.phrasebook import say

    if found:
        write_table(
            ("finding-kind", "agency", "table-column", "finding"),
            (
                (say(f"severity.{one['severity']}"), one["agency"], one["column"], one["message"])
                for one in (_finding(*pair) for pair in found)
            ),
        )
    if errors:
        tell("register.unsound", errors=errors, warnings=len(found) - errors)
    else:
        tell("register.sound", agencies=agencies, successions=successions)


def _finding(rule: "Rule", finding: "Finding") -> dict[str, Any]:
    from tracker.phrasebook import say

    message = say(f"cell.{rule.code}", value=finding.value, other=finding.other)
    return {
        "severity": rule.severity,
        "rule": rule.code,
        "agency": finding.agency,
        "column": finding.column,
        "other": finding.other or None,
        "message": message,
    }


def _as_json(entry: "AgencyEntry") -> dict[str, Any]:
    """Give an agency as its table does, with the days of each name and group beside the plain ones."""
    from tracker.cli.shared import plain

    return {
        **plain(entry),
        "aliases": list(entry.aliases),
        "groups": list(entry.groups),
        "ranked": entry.ranked,
    }


agencies.command("load-successions")(successions.load)
agencies.command("successors")(successions.successors)
agencies.command("takeovers")(successions.takeovers)
agencies.command("take-over")(successions.take_over)


@contacts.command("load")
def load_contacts(
    path: Table, dry_run: DryRun = False, clear: Clear = False, as_json: Json = False, actor: Actor = None
) -> None:
    """Nạp người nhận thông báo từ tệp CSV hoặc XLSX. Nạp lại không đổi gì; có lỗi thì không ghi gì."""
    from tracker.services.registers import load_contacts as loader

    load_table(partial(loader, clear=clear), path, dry_run=dry_run, as_json=as_json, actor=actor)


@contacts.command("list")
def list_contacts(as_json: Json = False, viewer: Viewer = None) -> None:
    """Liệt kê người nhận thông báo; số điện thoại và mã Zalo chỉ hiện hai đầu."""
    from tracker.clock import shown
    from tracker.phrasebook import say
    from tracker.store import contacts as store
    from tracker.store.session import reading

    del viewer  # who may look was asked before
    with reading(open_app().engine) as session:
        entries = store.entries(session)
    shown_as = [_masked(entry) for entry in entries]
    if as_json:
        write_json(shown_as)
        return
    write_table(
        ("code", "name", "role", "agency", "email", "zalo", "zalo-oa", "phone", "consented"),
        (
            (
                entry.code,
                entry.name,
                say(f"role.{entry.role}"),
                entry.agency,
                entry.email,
                entry.zalo_chat_id,
                entry.zalo_user_id,
                entry.phone,
                shown(entry.consented_on),
            )
            for entry in shown_as
        ),
    )


def _masked(entry: "Contact") -> "Contact":
    """Hide what would let anybody who sees the list write to a person's own telephone."""
    from dataclasses import replace

    from tracker.domain.masking import masked

    return replace(
        entry,
        zalo_chat_id=masked(entry.zalo_chat_id) or None,
        zalo_user_id=masked(entry.zalo_user_id) or None,
        phone=masked(entry.phone) or None,
    )
