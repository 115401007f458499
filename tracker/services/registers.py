"""Load the register of agencies and the contacts from tables: all of a file, or nothing of it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlmodel import Session

from notifications.channels.mail import is_address
from notifications.channels.zalo_oa import phone84
from tracker.clock import office_day, shown
from tracker.domain.agencies import Level
from tracker.domain.people import IN_AGENCY, Role
from tracker.domain.permissions import Deed
from tracker.services.latecomers import tie_latecomers
from tracker.services.loading import Columns, Elsewhere, LoadReport, brought_in, called, place, report_of
from tracker.services.permits import allow
from tracker.services.register_rules import Roll, findings
from tracker.services.tables_in import Row, rows_of, unique
from tracker.services.takeovers import OPEN
from tracker.store import assignments, contacts, register, successions
from tracker.store.assignments import Choice
from tracker.store.contacts import Contact
from tracker.store.events import Act, Change, history, record
from tracker.store.register import AgencyEntry, by_text

__all__ = ["LoadReport", "load_agencies", "load_contacts"]

AGENCY_COLUMNS: Final = (
    "code", "name", "kind", "level", "aliases", "groups", "parent", "outside", "is_group", "valid_from",
    "valid_to", "note",
)  # fmt: skip
_CALLED: Final = {"aliases": "other_names", "groups": "memberships"}
AGENCY_FIELDS: Final = Columns(
    {column: _CALLED.get(column, column) for column in AGENCY_COLUMNS if column not in {"code", "note"}},
    names=("name",),
)
CONTACT_COLUMNS: Final = (
    "code", "name", "agency", "role", "email", "zalo_chat_id", "zalo_user_id", "phone", "consented_on",
    "active",
)  # fmt: skip
CONTACT_FIELDS: Final = Columns({column: column for column in CONTACT_COLUMNS if column != "code"})
_CODE: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def load_agencies(
    session: Session, path: Path, *, act: Act, dry_run: bool = False, clear: bool = False
) -> LoadReport:
    """Bring the register in line with a file; agencies that the file does not name stay as they are.

    Columns: code, name, kind, and optionally level, aliases and groups (separated by semicolons, each with
    its days where it does not hold always: «SNN [..28/02/2025]»), parent, outside, is_group, valid_from,
    valid_to, and note, which is for people. The whole register, as it would be, has to keep the rules. A
    column that the file lacks changes nothing, nor does an empty cell unless `clear`. Raises NotPermitted.
    """
    act = allow(session, act, Deed.REGISTER)
    rows = list(rows_of(path, AGENCY_COLUMNS, AGENCY_COLUMNS[:3]))
    before = {entry.code: entry for entry in register.entries(session)}
    loaded = [_agency(row, before, clear=clear) for row in rows]
    unique(rows, "code", lambda row: row.text("code"))
    after = {**before, **{entry.code: entry for entry in loaded}}
    elsewhere = place(findings(Roll(after.values(), successions.entries(session))), rows, after)
    changed = [entry for entry in loaded if before.get(entry.code) != entry]
    _warn_of_open_work(session, rows, before, after)
    report = _report(rows, before.keys(), [entry.code for entry in changed], elsewhere, dry_run=dry_run)
    if report.errors or dry_run:
        return report
    _write(session, changed, before, act)
    return report


def _warn_of_open_work(
    session: Session, rows: list[Row], before: Mapping[str, AgencyEntry], after: Mapping[str, AgencyEntry]
) -> None:
    """Point at each agency that the file ends while it has open work: somebody has to take that over."""
    ended = {code for code, entry in before.items() if after[code].valid_to not in {None, entry.valid_to}}
    works = assignments.tracked(session, Choice(statuses=OPEN, agencies=frozenset(ended))) if ended else []
    waiting = Counter(work.agency for work in works)
    for row in rows:
        if count := waiting[row.text("code")]:
            row.warn("valid_to", "ends-open-work", str(count), called(after, row.text("code")))


def _write(session: Session, changed: list[AgencyEntry], before: dict[str, AgencyEntry], act: Act) -> None:
    known = register.ids(session)
    for entry in changed:
        known[entry.code] = register.save(session, entry)
        action = "changed" if entry.code in before else "added"
        change = _difference(before.get(entry.code), entry)
        record(session, act, action, ("agency", known[entry.code]), change)
    for entry in changed:
        register.tie(session, entry, known)
    tie_latecomers(session, register.entries(session), known, act=act)


def _difference(old: AgencyEntry | None, new: AgencyEntry) -> Change:
    """Return what a load changes in an agency: of a new one its name, of a known one the fields concerned."""
    if old is None:
        return Change(after={"name": new.name})
    was, becomes = asdict(old), asdict(new)
    fields = [name for name in becomes if was[name] != becomes[name]]
    return Change(_picked(was, fields), _picked(becomes, fields))


def _picked(values: dict[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    return {name: values[name] for name in fields}


def load_contacts(
    session: Session, path: Path, *, act: Act, dry_run: bool = False, clear: bool = False
) -> LoadReport:
    """Bring the contacts in line with a file; contacts that the file does not name stay as they are.

    Columns: code, name, role, and optionally agency, email, zalo_chat_id, zalo_user_id, phone (a mobile
    number, however it is written), consented_on (the day since which messages by template may go to that
    number), active. A column that the file lacks changes nothing, nor does an empty cell unless `clear`.
    Raises NotPermitted.
    """
    act = allow(session, act, Deed.REGISTER)
    rows = list(rows_of(path, CONTACT_COLUMNS, ("code", "name", "role")))
    agencies = register.ids(session)
    before = {entry.code: entry for entry in contacts.entries(session)}
    today = office_day(act.at)
    loaded = [_contact(row, agencies.keys(), before, today, clear=clear) for row in rows]
    unique(rows, "code", lambda row: row.text("code"))
    for row, entry in zip(rows, loaded, strict=True):
        if entry is not None:
            _check_withdrawn(session, row, entry, before.get(entry.code))
    changed = [entry for entry in loaded if entry is not None and not _same(before.get(entry.code), entry)]
    report = _report(rows, before.keys(), [entry.code for entry in changed], Elsewhere(), dry_run=dry_run)
    if report.errors or dry_run:
        return report
    for entry in changed:
        number = contacts.save(session, entry, agencies.get(entry.agency or ""))
        action = "changed" if entry.code in before else "added"
        record(session, act, action, ("contact", number), _what_changed(before.get(entry.code), entry))
    return report


def _what_changed(old: Contact | None, new: Contact) -> Change:
    """Return what history keeps of a contact that was loaded: its role, and to what it has consented."""
    consent = {"phone": new.phone, "consented_on": new.consented_on}
    was = {"phone": old.phone, "consented_on": old.consented_on} if old else dict.fromkeys(consent)
    if was == consent:
        return Change(after={"role": new.role})
    return Change(was, {"role": new.role, **consent})


def _check_withdrawn(session: Session, row: Row, contact: Contact, known: Contact | None) -> None:
    """Refuse a consent that its giver has taken back since: an old table must not give it anew."""
    given = contact.consented_on
    if known is None or known.id is None or given is None or known.consented_on is not None:
        return
    lines = (line for line in history(session, "contact", known.id) if line.action == "consent-withdrawn")
    taken_back = max((office_day(line.at) for line in lines), default=None)
    if taken_back is not None and taken_back >= given:
        row.refuse("consented_on", "consent-withdrawn", shown(taken_back))


def _report(
    rows: list[Row], known: Iterable[str], changed: list[str], elsewhere: Elsewhere, *, dry_run: bool
) -> LoadReport:
    old = set(known)
    added = sum(code not in old for code in changed)
    return report_of(rows, added, len(changed) - added, elsewhere, dry_run=dry_run)


def _agency(row: Row, before: Mapping[str, AgencyEntry], *, clear: bool) -> AgencyEntry:
    level = row.text("level")
    if level and level not in set(Level):
        row.refuse("level", "unknown-level", level)
    read = AgencyEntry(
        code=_code(row),
        name=row.required("name"),
        kind=row.required("kind"),
        level=level,
        other_names=row.dated("aliases"),
        memberships=by_text(row.dated("groups")),
        parent=row.text("parent") or None,
        outside=row.flag("outside"),
        is_group=row.flag("is_group"),
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
    )
    return brought_in(row, read, before.get(read.code), AGENCY_FIELDS, clear=clear)


def _code(row: Row) -> str:
    code = row.required("code")
    if code and not _CODE.fullmatch(code):
        row.refuse("code", "not-a-code", code)
    return code


def _contact(
    row: Row, agencies: Iterable[str], before: Mapping[str, Contact], today: date, *, clear: bool
) -> Contact | None:
    """Read a contact; None where its role is unknown, which is then noted as an error."""
    role = row.required("role")
    if role not in set(Role):
        if role:
            row.refuse("role", "unknown-role", role)
        return None
    read = Contact(
        code=_code(row),
        name=row.required("name"),
        role=Role(role),
        agency=row.text("agency") or None,
        email=row.text("email") or None,
        zalo_chat_id=row.text("zalo_chat_id") or None,
        zalo_user_id=row.text("zalo_user_id") or None,
        phone=_phone(row),
        consented_on=row.day("consented_on"),
        active=row.flag("active", default=True),
    )
    known = before.get(read.code)
    contact = brought_in(row, read, known, CONTACT_FIELDS, clear=clear)
    if known is not None and read.consented_on is None:
        contact = _consent_kept(row, contact, known)
    _check(row, contact, agencies)
    _check_consent(row, contact, today)
    return contact


def _phone(row: Row) -> str | None:
    """Read a telephone number as Zalo takes it."""
    if not (written := row.text("phone")):
        return None
    number = phone84(written)
    if number is None:
        row.refuse("phone", "not-a-phone", written)
    return number


def _consent_kept(row: Row, contact: Contact, known: Contact) -> Contact:
    """Take back the consent to a number that is another one now: it was given for the old one."""
    if contact.phone == known.phone or contact.consented_on is None:
        return contact
    row.warn("consented_on", "consent-lapsed", shown(contact.consented_on))
    return replace(contact, consented_on=None)


def _check_consent(row: Row, contact: Contact, today: date) -> None:
    """Refuse a consent to nothing, one that is not given yet, and a number that nobody may write to."""
    phone, day = contact.phone, contact.consented_on
    if day is not None and day > today:
        row.refuse("consented_on", "consent-ahead", shown(day))
    if day is not None and phone is None and not row.text("phone"):
        row.refuse("phone", "consent-without-phone")
    others = contact.email or contact.zalo_chat_id or contact.zalo_user_id
    if contact.active and phone is not None and day is None and not others:
        row.refuse("consented_on", "phone-needs-consent")


def _check(row: Row, contact: Contact, agencies: Iterable[str]) -> None:
    """Refuse a contact that could not be written to, or that belongs nowhere."""
    agency, email = contact.agency, contact.email
    if agency is not None and agency not in agencies:
        row.refuse("agency", "unknown-agency", agency)
    if email is not None and not (is_address(email) and "." in email.rpartition("@")[2]):
        row.refuse("email", "not-an-address", email)
    if not (email or contact.zalo_chat_id or contact.zalo_user_id or contact.phone or row.text("phone")):
        row.refuse("email", "no-address")
    if contact.role in IN_AGENCY and agency is None:
        row.refuse("agency", "agency-needed", contact.role)


def _same(known: Contact | None, entry: Contact) -> bool:
    """Compare all but the row number, which a file cannot know."""
    fields = [name for name in entry.__dataclass_fields__ if name != "id"]
    return known is not None and all(getattr(known, name) == getattr(entry, name) for name in fields)
