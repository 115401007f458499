"""Load from a table which agencies took over from which: all of a file, or nothing of it."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from sqlmodel import Session

from tracker.clock import shown
from tracker.domain.permissions import Deed
from tracker.services.loading import Columns, Elsewhere, LoadReport, brought_in, called, report_of
from tracker.services.permits import allow
from tracker.services.tables_in import Row, rows_of, unique
from tracker.store import register, successions
from tracker.store.events import Act, Change, record
from tracker.store.register import AgencyEntry
from tracker.store.successions import Succession

COLUMNS: Final = ("old", "new", "on", "scope", "basis", "note")
REQUIRED: Final = ("old", "new", "on", "basis")
FIELDS: Final = Columns({"scope": "scope", "basis": "basis"})  # what a file may change in a known one


def load_successions(
    session: Session, path: Path, *, act: Act, dry_run: bool = False, clear: bool = False
) -> LoadReport:
    """Bring the successions in line with a file; those that the file does not name stay as they are.

    Columns: old, new, on (the first day on which the successor answers), basis, and optionally scope (empty:
    all of it) and note, which is for people. The old agency has to have ended before that day, and the new
    one to exist on it. A scope that the file lacks or leaves empty stays as it was, unless `clear`. Raises
    NotPermitted.
    """
    act = allow(session, act, Deed.REGISTER)
    rows = list(rows_of(path, COLUMNS, REQUIRED))
    known = {entry.code: entry for entry in register.entries(session)}
    before = {entry.place: entry for entry in successions.entries(session)}
    read = [_succession(row, known, before, clear=clear) for row in rows]
    unique(rows, "new", lambda row: " ".join(map(row.text, ("old", "new", "on"))))
    loaded = [entry for entry in read if entry is not None]
    _warn_of_whole(rows, {**before, **{entry.place: entry for entry in loaded}}, known)
    changed = [entry for entry in loaded if before.get(entry.place) != entry]
    added = sum(entry.place not in before for entry in changed)
    report = report_of(rows, added, len(changed) - added, Elsewhere(), dry_run=dry_run)
    if report.errors or dry_run:
        return report
    numbers = register.ids(session)
    for entry in changed:
        successions.save(session, entry, numbers)
        said = {"to": known[entry.new].name, "on": entry.on, "scope": entry.scope, "basis": entry.basis}
        record(session, act, "succeeded", ("agency", numbers[entry.old]), Change(after=said))
    return report


def _succession(
    row: Row,
    known: Mapping[str, AgencyEntry],
    before: Mapping[tuple[str, str, date], Succession],
    *,
    clear: bool,
) -> Succession | None:
    """Read a row; None where it cannot be one, which is then noted as an error."""
    old, new = _party(row, "old", known), _party(row, "new", known)
    row.required("on")
    on = row.day("on")
    basis = row.required("basis")
    if old is None or new is None or on is None:
        return None
    if old.code == new.code:
        row.refuse("new", "succeeds-itself", called(known, new.code))
    elif old.valid_to is None or old.valid_to >= on:
        row.refuse("old", "not-ended", shown(on), called(known, old.code))
    elif not new.existed(on):
        row.refuse("new", "not-begun", shown(on), called(known, new.code))
    elif old.valid_to < on - timedelta(days=1):
        row.warn("on", "nobody-between", shown(old.valid_to), called(known, old.code))
    read = Succession(old=old.code, new=new.code, on=on, scope=row.text("scope"), basis=basis)
    return brought_in(row, read, before.get(read.place), FIELDS, clear=clear)


def _party(row: Row, column: str, known: Mapping[str, AgencyEntry]) -> AgencyEntry | None:
    """Return the agency in a cell; a group has members but no work that could pass over."""
    code = row.required(column)
    if not code:
        return None
    if code not in known:
        row.refuse(column, "unknown-agency", code)
        return None
    if known[code].is_group:
        row.refuse(column, "group-succeeds", called(known, code))
        return None
    return known[code]


def _warn_of_whole(
    rows: list[Row], all_of_them: Mapping[tuple[str, str, date], Succession], known: Mapping[str, AgencyEntry]
) -> None:
    """Point at rows that give all of an agency's work to one while others are to have some of it."""
    for row in rows:
        of_it = [one for one in all_of_them.values() if one.old == row.text("old")]
        others = [one.new for one in of_it if one.new != row.text("new")]
        if others and any(one.whole and one.new == row.text("new") for one in of_it):
            named = ", ".join(called(known, code) for code in dict.fromkeys(others))
            row.warn("scope", "whole-and-more", named, called(known, row.text("old")))
