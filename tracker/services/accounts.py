"""Accounts: who may act, loaded from a table or one by one; leavers stay, since history names them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlmodel import Session

from tracker.clock import office_day, shown
from tracker.domain.accounts import OF_AN_AGENCY, Account, StandIn, may_stand_in
from tracker.domain.people import AccountRole
from tracker.domain.permissions import Deed
from tracker.errors import Conflict, InvalidSetting, NotFound
from tracker.phrasebook import say
from tracker.services.loading import Elsewhere, LoadReport, report_of
from tracker.services.permits import allow
from tracker.services.tables_in import Row, rows_of, unique
from tracker.store import accounts, contacts, register
from tracker.store.accounts import AccountEntry, Substitution
from tracker.store.events import Act, Change, record
from tracker.store.register import AgencyEntry

COLUMNS: Final = ("login", "name", "role", "agency", "contact", "valid_from", "valid_to")
LONGEST_LOGIN: Final = 60  # letters
_SHOWN: Final = 40  # letters of what is no login that a refusal repeats
_LOGIN: Final = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_UNSAID: Final = frozenset({"login", "has_password"})  # fields of an entry that no line of history repeats


class Refusals:
    """What stands in the way of an account, checked against the register, the contacts and who writes it."""

    def __init__(self, session: Session, act: Act) -> None:
        self.writer = accounts.with_login(session, act.actor)
        self.agencies = {entry.code: entry for entry in register.entries(session)}
        self.contacts = {entry.code: entry.id for entry in contacts.entries(session)}
        self.numbers = register.ids(session)

    def of(self, entry: AccountEntry) -> Iterator[tuple[str, str, str]]:
        """Yield each fault as the column it is in, its code and the value."""
        if len(entry.login) > LONGEST_LOGIN:
            yield ("login", "login-too-long", _printable(entry.login))
        elif not _LOGIN.fullmatch(entry.login):
            yield ("login", "not-a-login", _printable(entry.login))
        if self.writer and self.writer.login == entry.login and self.writer.role is not entry.role:
            yield ("role", "own-role", say(f"accountrole.{self.writer.role}"))
        if not entry.name:
            yield ("name", "empty", "")
        if entry.role in OF_AN_AGENCY and entry.agency is None:
            yield ("agency", "agency-needed", say(f"accountrole.{entry.role}"))
        if entry.agency is not None:
            yield from self._of_agency(entry, self.agencies.get(entry.agency))
        if entry.contact is not None and entry.contact not in self.contacts:
            yield ("contact", "unknown-contact", entry.contact)
        if entry.valid_from and entry.valid_to and entry.valid_from > entry.valid_to:
            yield ("valid_to", "before-it-began", shown(entry.valid_to))

    def _of_agency(self, entry: AccountEntry, agency: AgencyEntry | None) -> Iterator[tuple[str, str, str]]:
        if entry.role not in OF_AN_AGENCY:
            yield ("agency", "office-has-no-agency", entry.agency or "")
        elif agency is None:
            yield ("agency", "unknown-agency", entry.agency or "")
        elif agency.outside or agency.is_group:
            yield ("agency", "no-accounts-there", agency.name)


def put(session: Session, entry: AccountEntry, *, act: Act, new: bool) -> None:
    """Add an account, or change one that is there.

    Raises Conflict for a login that is taken, NotFound for one that is not there, InvalidSetting for what is
    wrong with the account, Conflict where nobody would be left to administer.
    """
    act = allow(session, act, Deed.ACCOUNTS)
    before = {one.login: one for one in accounts.entries(session)}
    if new and entry.login in before:
        raise Conflict("account.taken", login=entry.login)
    if not new and entry.login not in before:
        raise NotFound("account.unknown", login=entry.login)
    refusals = Refusals(session, act)
    for column, code, value in refusals.of(entry):
        what = say(f"cell.{code}", value=value)
        raise InvalidSetting("account.invalid", column=column, what=what)
    _somebody_administers({**before, entry.login: entry}.values(), office_day(act.at))
    _write(session, entry, before.get(entry.login), refusals, act)


def known(session: Session, login: str) -> AccountEntry:
    """Return the account of a login; raises NotFound for none."""
    found = next((one for one in accounts.entries(session) if one.login == login), None)
    if found is None:
        raise NotFound("account.unknown", login=login)
    return found


def leave(session: Session, login: str, last_day: date, *, act: Act) -> None:
    """Write down that somebody leaves after a day; whatever substitutions they are in end then too.

    Raises Conflict for somebody who has left: that day stays as it is, and nobody comes back by leaving.
    """
    act = allow(session, act, Deed.ACCOUNTS)
    entry = known(session, login)
    if entry.valid_to is not None and entry.valid_to < office_day(act.at):
        raise Conflict("account.left-already", login=login, last=shown(entry.valid_to))
    put(session, replace(entry, valid_to=last_day), act=act, new=False)
    for one in accounts.substitutions(session):
        if login in {one.login, one.substitute} and one.ended_on is None and one.to_on > last_day:
            _end(session, one, act, last_day)


def load(session: Session, path: Path, *, act: Act, dry_run: bool = False) -> LoadReport:
    """Bring the accounts in line with a table; accounts that it does not name stay as they are.

    Columns: login, name, role, and optionally agency, contact, valid_from, valid_to. Raises Conflict where
    nobody would be left to administer.
    """
    act = allow(session, act, Deed.ACCOUNTS)
    rows = list(rows_of(path, COLUMNS, COLUMNS[:3]))
    refusals = Refusals(session, act)
    before = {entry.login: entry for entry in accounts.entries(session)}
    loaded = [_entry(row, before) for row in rows]
    unique(rows, "login", lambda row: row.text("login"))
    for row, entry in zip(rows, loaded, strict=True):
        if entry is not None:
            for column, code, value in refusals.of(entry):
                _refuse_once(row, column, code, value)
    changed = [entry for entry in loaded if entry is not None and entry != before.get(entry.login)]
    added = sum(entry.login not in before for entry in changed)
    report = report_of(rows, added, len(changed) - added, Elsewhere(), dry_run=dry_run)
    if report.errors:
        return report
    after = {**before, **{entry.login: entry for entry in changed}}
    _somebody_administers(after.values(), office_day(act.at))
    if not dry_run:
        for entry in changed:
            _write(session, entry, before.get(entry.login), refusals, act)
    return report


def substitute(  # noqa: PLR0913 — who, for whom, from when, until when, why, by whose act
    session: Session, login: str, by: str, *, from_on: date, to_on: date, reason: str = "", act: Act
) -> int:
    """Let one person stand in for another for some days: chosen by the latter, or by an administrator.

    Raises NotFound for an unknown login, Conflict where the two may not stand in for each other.
    """
    account, other = _account(session, login), _account(session, by)
    act = act if act.actor == login else allow(session, act, Deed.ACCOUNTS)
    if from_on > to_on:
        raise InvalidSetting("substitution.backwards", first=shown(from_on), last=shown(to_on))
    if account.id == other.id:
        raise Conflict("substitution.oneself", login=login)
    if AccountRole.ADMINISTRATOR in {account.role, other.role}:
        raise Conflict("substitution.administrator", login=login, substitute=by)
    if not may_stand_in(other, account):
        raise Conflict("substitution.other-side", login=login, substitute=by)
    for one in (account, other):
        if not (one.active(from_on) and one.active(to_on)):
            raise Conflict("substitution.not-there", login=one.login)
    _not_twice(session, login, by, from_on, to_on)
    stand_in = StandIn(account=account, from_on=from_on, to_on=to_on)
    number = accounts.substitute(session, stand_in, other.id, reason)
    said = {"substitution": number, "substitute": by, "from_on": from_on, "to_on": to_on, "reason": reason}
    record(session, act, "substituted", ("account", account.id), Change(after=said))
    return number


def _not_twice(session: Session, login: str, by: str, from_on: date, to_on: date) -> None:
    """Refuse a substitution on days on which the same one stands in already: ending one would not end it."""
    for one in accounts.substitutions(session):
        same = (one.login, one.substitute) == (login, by) and one.ended_on is None
        if same and one.from_on <= to_on and from_on <= one.to_on:
            days = {"first": shown(one.from_on), "last": shown(one.to_on)}
            raise Conflict("substitution.there-already", login=login, substitute=by, number=one.id, **days)


def end_substitution(session: Session, number: int, *, act: Act) -> Substitution:
    """Call a substitution off from now on; raises NotFound for none that is open."""
    found = next((one for one in accounts.substitutions(session) if one.id == number), None)
    if found is None or found.ended_on is not None:
        raise NotFound("substitution.unknown", number=number)
    act = act if act.actor == found.login else allow(session, act, Deed.ACCOUNTS)
    _end(session, found, act, None)
    return found


def _end(session: Session, one: Substitution, act: Act, last_day: date | None) -> None:
    """Cut a substitution short after a day, or call it off at once."""
    account = _account(session, one.login)
    if last_day is None or one.from_on > last_day:
        accounts.end_substitution(session, one.id, act.at)
        said: dict[str, Any] = {"ended_on": office_day(act.at)}
    else:
        accounts.shorten_substitution(session, one.id, last_day)
        said = {"to_on": last_day}
    before = {"to_on": one.to_on}
    said |= {"substitution": one.id, "substitute": one.substitute}
    record(session, act, "substitution-ended", ("account", account.id), Change(before, said))


def _account(session: Session, login: str) -> Account:
    found = accounts.with_login(session, login)
    if found is None:
        raise NotFound("account.unknown", login=login)
    return found


def _printable(value: str) -> str:
    """Return the beginning of a value with what a terminal would obey written out."""
    plain = "".join(one if one.isprintable() else ascii(one)[1:-1] for one in value[:_SHOWN])
    return plain if len(value) <= _SHOWN else f"{plain}…"


def _somebody_administers(entries: Iterable[AccountEntry], today: date) -> None:
    """Refuse accounts among which nobody could add another: everybody would be locked out."""
    for one in entries:
        begun = one.valid_from is None or one.valid_from <= today
        if one.role is AccountRole.ADMINISTRATOR and begun and one.valid_to is None:
            return
    raise Conflict("account.no-administrator")


def _write(
    session: Session, entry: AccountEntry, before: AccountEntry | None, refusals: Refusals, act: Act
) -> None:
    agency = None if entry.agency is None else refusals.numbers[entry.agency]
    contact = None if entry.contact is None else refusals.contacts[entry.contact]
    number = accounts.save(session, entry, agency, contact, at=act.at)
    new, old = asdict(entry), {} if before is None else asdict(before)
    fields = [name for name in new if name not in _UNSAID and new[name] != old.get(name)]
    change = Change(
        None if before is None else {name: old[name] for name in fields},
        {"login": entry.login, **{name: new[name] for name in fields}},
    )
    record(session, act, "added" if before is None else "changed", ("account", number), change)


def _entry(row: Row, before: dict[str, AccountEntry]) -> AccountEntry | None:
    """Read an account; None where its role is unknown, which is then noted as an error."""
    role = row.required("role")
    login = row.required("login")
    if role not in set(AccountRole):
        if role:
            row.refuse("role", "unknown-account-role", role)
        return None
    return AccountEntry(
        login=login,
        name=row.required("name"),
        role=AccountRole(role),
        agency=row.text("agency") or None,
        contact=row.text("contact") or None,
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
        has_password=login in before and before[login].has_password,
    )


def _refuse_once(row: Row, column: str, code: str, value: str) -> None:
    """Note a fault, unless reading the cell noted one already: an empty cell is said once."""
    if all(error.column != column for error in row.errors):
        row.refuse(column, code, value)
