"""Urge in writing: which agencies have work past the step that brings a letter, and the drafts to them.

A draft is for a person: they number it, sign it and send it; nothing here sends anything. That a letter was
issued is written into the history of each piece of work it names, once its number is given.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from sqlmodel import Session

from directives.names import key
from tracker.app import App
from tracker.domain.ladder import Also, Ladder, Step
from tracker.domain.permissions import EVERYTHING, Deed, Scope
from tracker.domain.reminders import step_day
from tracker.domain.status import AT_WORK
from tracker.errors import Conflict, InputRefused
from tracker.services.ladders import current
from tracker.services.listing import codes_of
from tracker.services.overdue import OverdueItem, overdue_list
from tracker.services.permits import allow
from tracker.services.urging_document import UrgingLetter, written
from tracker.store import register
from tracker.store.calendar import calendar_of
from tracker.store.events import Act
from tracker.store.session import reading, transaction
from tracker.store.urged import Urging, note_urged, urged

LONGEST_NUMBER: Final = 60  # characters of a letter's number and symbol


@dataclass(frozen=True, slots=True)
class ToUrge:
    """An agency with work past the step; the work longest overdue comes first."""

    agency: str | None  # its code; None for a body that the register does not know
    name: str
    works: tuple[OverdueItem, ...]
    last: Urging | None = None  # the letter that last urged any of this work

    @property
    def count(self) -> int:
        """Return how many pieces of work are late."""
        return len(self.works)

    @property
    def longest(self) -> int:
        """Return the longest delay, in working days."""
        return max(work.working_days for work in self.works)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft to an agency: where it lies, what it names, and in how many histories it is now told of."""

    agency: str | None
    name: str
    path: Path
    works: int
    made: bool  # False: a file of that name was there, and was left as a person may have changed it
    recorded: int = 0


def urging_step(ladder: Ladder) -> Step:
    """Return the first step that brings a letter; raises Conflict for a ladder without one."""
    found = next((step for step in ladder.steps if Also.URGING_LETTER in step.also), None)
    if found is None:
        raise Conflict("urging.no-step", version=ladder.version)
    return found


def to_urge(
    session: Session, app: App, on: date, *, agency: str | None = None, scope: Scope = EVERYTHING
) -> list[ToUrge]:
    """Return the agencies with work past the step on a day, the longest delay first.

    What is reported waits for the office, not for the agency, and is not urged. `agency` is a code, a name or
    another name. Raises NotFound for an agency that is not known, Conflict for a ladder without such a step.
    """
    step, calendar = urging_step(current(session, app)), calendar_of(session)
    late = [
        work
        for work in overdue_list(session, on, calendar=calendar, scope=scope)
        if work.status in AT_WORK and step_day(step, work.due_on, calendar) <= on
    ]
    last = urged(session, (work.assignment_id for work in late))
    names = {entry.code: entry.name for entry in register.entries(session)}
    found = [
        ToUrge(code, names.get(code or "", name), tuple(works), _latest(works, last))
        for (code, name), works in _by_agency(late).items()
    ]
    if agency is not None:
        found = _only(session, found, agency)
    return sorted(found, key=lambda one: (-one.longest, -one.count, one.name))


def draft(  # noqa: PLR0913 — which letters, and what is known of them
    app: App, act: Act, on: date, *, agency: str | None, folder: Path, number: str | None = None
) -> list[Draft]:
    """Write the draft to an agency, or to each (`agency` None), into a folder; return them, worst first.

    A file that is there is never written over. With the number under which a letter was issued, the history
    of each piece of work says so, once for each number.

    Raises NotPermitted, NotFound, Conflict as `to_urge` does; InputRefused for a number that is none, for one
    number for several letters, for a folder that cannot be written to, and for a draft that is there already.
    """
    known = None if number is None else _number(number, agency)
    with reading(app.engine) as session:
        allow(session, act, Deed.OFFICE)
        found = to_urge(session, app, on, agency=agency)
    _free(found, on, folder, known)
    made = [_drafted(app, one, on, folder / _file_name(one, on), known) for one in found]
    if known is None:
        return made
    with transaction(app.engine) as session:
        allowed = allow(session, act, Deed.OFFICE)
        told = [_record(session, one, known, on, allowed) for one in found]
    return [
        Draft(one.agency, one.name, one.path, one.works, one.made, count)
        for one, count in zip(made, told, strict=True)
    ]


def _by_agency(late: Sequence[OverdueItem]) -> dict[tuple[str | None, str], list[OverdueItem]]:
    """Gather work by who answers for it; a body that the register does not know goes by its name."""
    found: dict[tuple[str | None, str], list[OverdueItem]] = {}
    for work in late:
        found.setdefault((work.agency, work.lead if work.agency is None else ""), []).append(work)
    return found


def _latest(works: Sequence[OverdueItem], last: Mapping[int, Sequence[Urging]]) -> Urging | None:
    letters = [one for work in works for one in last.get(work.assignment_id, ())]
    return max(reversed(letters), key=lambda one: one.at, default=None)  # at one moment: the later line


def _only(session: Session, found: list[ToUrge], agency: str) -> list[ToUrge]:
    """Return what an agency has; a body that is not in the register is asked for by its name in the list."""
    unlisted = [one for one in found if one.agency is None and key(one.name) == key(agency)]
    if unlisted:
        return unlisted
    codes = codes_of(session, agency)
    return [one for one in found if one.agency in codes]


def _number(number: str, agency: str | None) -> str:
    if agency is None:
        raise InputRefused("urging.one-number")
    known = " ".join(number.split())
    if not known or len(known) > LONGEST_NUMBER:
        raise InputRefused("urging.no-number", most=LONGEST_NUMBER)
    return known


def _free(found: list[ToUrge], on: date, folder: Path, number: str | None) -> None:
    """Make the folder; refuse, before the first file, where one is there that a person may have changed."""
    if found:
        _ready(folder)
    there = [path for one in found if (path := folder / _file_name(one, on)).exists()]
    if there and number is None:
        raise InputRefused("urging.there", path=there[0])


def _ready(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputRefused("urging.no-folder", folder=folder, why=error.strerror or "") from error


def _drafted(app: App, one: ToUrge, on: date, path: Path, number: str | None) -> Draft:
    """Write one draft; a file of that name stays as it is."""
    content = written(UrgingLetter(one.name, one.works, on, app.settings.province, number or ""))
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        return Draft(one.agency, one.name, path, one.count, made=False)
    except OSError as error:
        raise InputRefused("urging.no-folder", folder=path.parent, why=error.strerror or "") from error
    return Draft(one.agency, one.name, path, one.count, made=True)


def _record(session: Session, one: ToUrge, number: str, on: date, act: Act) -> int:
    """Tell each history of the letter, where it was not told of one with this number in that year."""
    before = urged(session, (work.assignment_id for work in one.works))
    fresh = [
        work
        for work in one.works
        if not any(
            (known.number, known.late_on.year) == (number, on.year)
            for known in before.get(work.assignment_id, ())
        )
    ]
    for work in fresh:
        note_urged(session, work.assignment_id, Urging(number, act.at, on), work.working_days, act)
    return len(fresh)


def _file_name(one: ToUrge, on: date) -> str:
    """Name a draft by its agency and day, in letters that every file system takes."""
    return f"don-doc-{_plain(one.agency or one.name)}-{on.isoformat()}.docx"


def _plain(name: str) -> str:
    bare = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", bare.encode("ascii", "ignore").decode()).strip("-") or "co-quan"
