"""Hold the rows that people work with against what history says of them.

The chain shows that history is as it was written; a day that somebody changed in its table stands beside it.
What was there before history told it, such as the work of an office that upgraded, is counted and not blamed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from sys import maxsize
from typing import Any, Final

from sqlmodel import Session

from tracker.services.audit_said import OF_ACCOUNTS, OF_DEADLINES, UNSAID, Fields, Said, SaidWork, remembered
from tracker.store import audit_rows
from tracker.store.audit_rows import KeptDeadline, KeptWork

SHOWN: Final = 100  # findings that are kept with their words; the rest are counted

_Person = tuple[int, str | None, Fields]  # a row's number, a login, its fields


class RowFault(StrEnum):
    """How a row and history disagree."""

    EDITED = "edited"  # a field says something else
    GONE = "gone"  # history tells of it, and it is not there
    PUT_IN = "put-in"  # it is there, and history does not tell of it


class Kind(StrEnum):
    """What a row is."""

    WORK = "work"
    DEADLINE = "deadline"
    ACCOUNT = "account"
    SUBSTITUTION = "substitution"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFinding:
    """A disagreement: which row, in which field, what the table says and what history says."""

    fault: RowFault
    kind: Kind
    number: int  # of the row; of the assignment whose deadline it is
    name: str = ""  # a task's code, a login
    version: int | None = None  # of a deadline
    field: str | None = None
    now: Any = None
    said: Any = None  # None as well where only its hash is remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What was compared, and what disagrees; `before`: how many were there before history told of them."""

    works: int = 0
    accounts: int = 0
    before: int = 0
    findings: tuple[RowFinding, ...] = ()
    more: int = 0


@dataclass(slots=True)
class _Comparison:
    said: Said
    works: dict[int, KeptWork] = field(default_factory=dict)
    findings: list[RowFinding] = field(default_factory=list)
    more: int = 0
    before: int = 0

    def note(self, finding: RowFinding) -> None:
        """Keep a finding, or count it where there are too many."""
        if len(self.findings) < SHOWN:
            self.findings.append(finding)
        else:
            self.more += 1

    def hold(self, row: RowFinding, fields: Iterable[tuple[str, Any, Any]]) -> None:
        """Note each field of a row, given with what the table and what history says, that differs."""
        for name, now, said in fields:
            if now != said:
                self.note(replace(row, fault=RowFault.EDITED, field=name, now=now, said=said))

    def of_works(self, kept: Iterable[KeptWork]) -> None:
        """Compare where each assignment stands, who answers for it and when it is due."""
        begun = min((number for number, work in self.said.works.items() if work.whole), default=None)
        for row in kept:
            self.works[row.id] = row
            work = self.said.works.get(row.id)
            self.before += work is None or not work.whole
            if work is not None:
                self.hold(self._work(row.id), _of_work(row, work))
            elif begun is not None and row.id > begun:
                self.note(self._work(row.id, fault=RowFault.PUT_IN))
        for number in sorted(self.said.works.keys() - self.works.keys()):
            self.note(self._work(number, fault=RowFault.GONE))

    def of_deadlines(self, kept: Iterable[KeptDeadline]) -> None:
        """Compare every version; of what no line tells at least the one in force with its assignment."""
        met: dict[int, set[int]] = {}
        for row in kept:
            met.setdefault(row.assignment_id, set()).add(row.version)
            work = self.said.works.get(row.assignment_id)
            said = None if work is None else work.deadlines.get(row.version)
            if said is not None:
                self.hold(self._version(row.assignment_id, row.version), _of_deadline(row, said))
            elif work is not None and work.whole:
                self.note(self._version(row.assignment_id, row.version, fault=RowFault.PUT_IN))
            else:
                self.hold(self._work(row.assignment_id), self._in_force(row))
        for number in sorted(self.said.works.keys() & self.works.keys()):
            for version in sorted(self.said.works[number].deadlines.keys() - met.get(number, set())):
                self.note(self._version(number, version, fault=RowFault.GONE))

    def _in_force(self, row: KeptDeadline) -> Iterator[tuple[str, Any, Any]]:
        work = self.works.get(row.assignment_id)
        if work is not None and work.deadline_version == str(row.version):
            yield ("due_on", work.due_on, row.due_on)

    def of_people(self, kind: Kind, kept: Iterable[_Person], told: Mapping[int, Fields], since: int) -> int:
        """Compare accounts or substitutions; those with a number below `since` history need not tell of."""
        met = set()
        for number, name, fields in kept:
            met.add(number)
            row = RowFinding(fault=RowFault.PUT_IN, kind=kind, number=number, name=name or "")
            if number in told:
                said = told[number]
                named = replace(row, name=str(said.get("login") or row.name))
                self.hold(named, ((one, now, said.get(one)) for one, now in fields.items()))
            elif number >= since:
                self.note(row)
        for number in sorted(told.keys() - met):
            name = str(told[number].get("login") or told[number].get("substitute") or "")
            self.note(RowFinding(fault=RowFault.GONE, kind=kind, number=number, name=name))
        return len(met)

    def _work(self, number: int, *, fault: RowFault = RowFault.EDITED) -> RowFinding:
        row = self.works.get(number)
        code = "" if row is None else row.code or ""
        return RowFinding(fault=fault, kind=Kind.WORK, number=number, name=code)

    def _version(self, number: int, version: int, *, fault: RowFault = RowFault.EDITED) -> RowFinding:
        return replace(self._work(number, fault=fault), kind=Kind.DEADLINE, version=version)


def _of_work(row: KeptWork, work: SaidWork) -> Iterator[tuple[str, Any, Any]]:
    if work.status is not None:
        yield ("status", row.status, work.status)
    if work.whole:
        yield ("filed_on", row.filed_on, work.filed_on)
    if work.agency is not UNSAID:
        yield ("agency", row.agency, work.agency)
    if work.deadlines:
        last = max(work.deadlines)
        yield ("deadline_version", row.deadline_version, str(last))
        yield ("due_on", row.due_on, work.deadlines[last].get("due_on"))


def _of_deadline(row: KeptDeadline, said: Fields) -> Iterator[tuple[str, Any, Any]]:
    for name in OF_DEADLINES:
        now = getattr(row, name)
        if name in said and remembered(now) != said[name]:
            told = said[name]
            yield (name, now, told if isinstance(told, str) else None)


def compare(session: Session, said: Said) -> Compared:
    """Read the rows in batches and name each that says otherwise than history."""
    state = _Comparison(said)
    state.of_works(audit_rows.works(session))
    state.of_deadlines(audit_rows.deadlines(session))
    people = (
        (row.id, row.login, {name: getattr(row, name) for name in OF_ACCOUNTS})
        for row in audit_rows.accounts(session)
    )
    accounts = state.of_people(Kind.ACCOUNT, people, said.accounts, 0)
    stand_ins = (
        (row.id, row.substitute, {name: getattr(row, name) for name in row._fields if name != "id"})
        for row in audit_rows.substitutions(session)
    )
    state.of_people(
        Kind.SUBSTITUTION, stand_ins, said.substitutions, min(said.substitutions, default=maxsize)
    )
    return Compared(
        works=len(state.works),
        accounts=accounts,
        before=state.before,
        findings=tuple(state.findings),
        more=state.more,
    )
