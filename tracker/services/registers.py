"""Load the register of agencies and the contacts from CSV files: all of a file, or nothing of it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlmodel import Session

from notifications.channels.mail import is_address
from tracker.domain.people import IN_AGENCY, Role
from tracker.services.latecomers import tie_latecomers
from tracker.services.tables_in import CellError, Row, rows_of, unique
from tracker.store import contacts, register
from tracker.store.contacts import Contact
from tracker.store.events import Act, Change, record
from tracker.store.register import AgencyEntry

AGENCY_COLUMNS: Final = (
    "code", "name", "kind", "aliases", "groups", "parent", "outside", "is_group", "valid_from", "valid_to",
)  # fmt: skip
CONTACT_COLUMNS: Final = ("code", "name", "agency", "role", "email", "zalo_chat_id", "active")
_CODE: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a file would change or has changed; with errors nothing was written."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    errors: tuple[CellError, ...] = ()
    dry_run: bool = False


def load_agencies(session: Session, path: Path, *, act: Act, dry_run: bool = False) -> LoadReport:
    """Bring the register in line with a file; agencies that the file does not name stay as they are.

    Columns: code, name, kind, and optionally aliases and groups (separated by semicolons), parent, outside,
    is_group, valid_from, valid_to.
    """
    rows = list(rows_of(path, AGENCY_COLUMNS, AGENCY_COLUMNS[:3]))
    before = {entry.code: entry for entry in register.entries(session)}
    loaded = [_agency(row) for row in rows]
    unique(rows, "code", lambda row: row.text("code"))
    _check_links(rows, {**before, **{entry.code: entry for entry in loaded}})
    changed = [entry for entry in loaded if before.get(entry.code) != entry]
    report = _report(rows, before.keys(), [entry.code for entry in changed], dry_run=dry_run)
    if report.errors or dry_run:
        return report
    known = register.ids(session)
    for entry in changed:
        known[entry.code] = register.save(session, entry)
        action = "changed" if entry.code in before else "added"
        record(session, act, action, ("agency", known[entry.code]), Change(after={"name": entry.name}))
    for entry in changed:
        register.tie(session, entry, known)
    tie_latecomers(session, register.entries(session), known, act=act)
    return report


def load_contacts(session: Session, path: Path, *, act: Act, dry_run: bool = False) -> LoadReport:
    """Bring the contacts in line with a file; contacts that the file does not name stay as they are.

    Columns: code, name, role, and optionally agency, email, zalo_chat_id, active.
    """
    rows = list(rows_of(path, CONTACT_COLUMNS, ("code", "name", "role")))
    agencies = register.ids(session)
    before = {entry.code: entry for entry in contacts.entries(session)}
    loaded = [_contact(row, agencies.keys()) for row in rows]
    unique(rows, "code", lambda row: row.text("code"))
    changed = [entry for entry in loaded if entry is not None and not _same(before.get(entry.code), entry)]
    report = _report(rows, before.keys(), [entry.code for entry in changed], dry_run=dry_run)
    if report.errors or dry_run:
        return report
    for entry in changed:
        number = contacts.save(session, entry, agencies.get(entry.agency or ""))
        action = "changed" if entry.code in before else "added"
        record(session, act, action, ("contact", number), Change(after={"role": entry.role}))
    return report


def _report(rows: Sequence[Row], known: Iterable[str], changed: list[str], *, dry_run: bool) -> LoadReport:
    old = set(known)
    added = sum(code not in old for code in changed)
    return LoadReport(
        added=added,
        changed=len(changed) - added,
        unchanged=len(rows) - len(changed),
        errors=tuple(error for row in rows for error in row.errors),
        dry_run=dry_run,
    )


def _agency(row: Row) -> AgencyEntry:
    entry = AgencyEntry(
        code=_code(row),
        name=row.required("name"),
        kind=row.required("kind"),
        aliases=row.many("aliases"),
        groups=tuple(sorted(row.many("groups"))),
        parent=row.text("parent") or None,
        outside=row.flag("outside"),
        is_group=row.flag("is_group"),
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
    )
    if entry.valid_from and entry.valid_to and entry.valid_from > entry.valid_to:
        row.refuse("valid_to", "before-it-began", row.text("valid_to"))
    return entry


def _code(row: Row) -> str:
    code = row.required("code")
    if code and not _CODE.fullmatch(code):
        row.refuse("code", "not-a-code", code)
    return code


def _check_links(rows: Sequence[Row], known: dict[str, AgencyEntry]) -> None:
    """Refuse a parent or a group that is not in the register."""
    for row in rows:
        if (parent := row.text("parent")) and parent not in known:
            row.refuse("parent", "unknown-agency", parent)
        for group in row.many("groups"):
            if group not in known or not known[group].is_group:
                row.refuse("groups", "unknown-group", group)


def _contact(row: Row, agencies: Iterable[str]) -> Contact | None:
    """Read a contact; None where its role is unknown, which is then noted as an error."""
    role = row.required("role")
    agency = row.text("agency") or None
    email, zalo = row.text("email") or None, row.text("zalo_chat_id") or None
    if agency is not None and agency not in agencies:
        row.refuse("agency", "unknown-agency", agency)
    if email is not None and not (is_address(email) and "." in email.rpartition("@")[2]):
        row.refuse("email", "not-an-address", email)
    if email is None and zalo is None:
        row.refuse("email", "no-address")
    if role not in set(Role):
        if role:
            row.refuse("role", "unknown-role", role)
        return None
    if role in IN_AGENCY and agency is None:
        row.refuse("agency", "agency-needed", role)
    return Contact(
        code=_code(row),
        name=row.required("name"),
        role=Role(role),
        agency=agency,
        email=email,
        zalo_chat_id=zalo,
        active=row.flag("active", default=True),
    )


def _same(known: Contact | None, entry: Contact) -> bool:
    """Compare all but the row number, which a file cannot know."""
    fields = [name for name in entry.__dataclass_fields__ if name != "id"]
    return known is not None and all(getattr(known, name) == getattr(entry, name) for name in fields)
