"""Who answers today for what an agency that is no more had to do: its successors, and theirs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from tracker.errors import NotFound
from tracker.store import register, successions
from tracker.store.register import AgencyEntry
from tracker.store.successions import Succession


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agency that may take over: since when, what part of the work, by which decisions."""

    code: str
    name: str
    on: date
    whole: bool
    scope: str
    basis: str


class Lineage:
    """The register's agencies and who took over from which."""

    def __init__(self, entries: Iterable[AgencyEntry], known: Iterable[Succession]) -> None:
        self.by_code = {entry.code: entry for entry in entries}
        self._from = defaultdict[str, list[Succession]](list)
        for one in known:
            self._from[one.old].append(one)

    def gone(self, code: str, on: date) -> bool:
        """Tell whether an agency has ended by a day."""
        last = self.by_code[code].valid_to
        return last is not None and last < on

    def candidates(self, code: str, on: date) -> tuple[Candidate, ...]:
        """Return who may answer on a day for an agency, through any number of changes, each once.

        Whoever takes over all of it comes first. Where one part came to an agency on two ways, both count.
        """
        found: dict[str, Candidate] = {}
        for one in self._follow(code, on, frozenset({code})):
            known = found.get(one.code)
            found[one.code] = one if known is None else _joined(known, one)
        return tuple(sorted(found.values(), key=lambda one: not one.whole))

    def _follow(self, code: str, on: date, seen: frozenset[str]) -> Iterator[Candidate]:
        for step in self._from[code]:
            if step.on > on or step.new in seen or step.new not in self.by_code:
                continue
            entry = self.by_code[step.new]
            first = Candidate(entry.code, entry.name, step.on, step.whole, step.scope, step.basis)
            if entry.existed(on):
                yield first
                continue
            for later in self._follow(step.new, on, seen | {step.new}):
                yield replace(
                    later,
                    whole=first.whole and later.whole,
                    scope=" → ".join(part for part in (first.scope, later.scope) if part),
                    basis=_both(first.basis, later.basis),
                )


def lineage(session: Session) -> Lineage:
    """Return the register with its successions."""
    return Lineage(register.entries(session), successions.entries(session))


def successors(session: Session, code: str, on: date) -> tuple[AgencyEntry, tuple[Candidate, ...]]:
    """Return an agency and who may answer for it on a day; raise NotFound for an unknown code."""
    known = lineage(session)
    if code not in known.by_code:
        raise NotFound("agency.unknown", name=code)
    return known.by_code[code], known.candidates(code, on)


def only_whole(candidates: Iterable[Candidate]) -> Candidate | None:
    """Return the one candidate there is where it takes over all of the work, None in every other case."""
    each = tuple(candidates)
    return each[0] if len(each) == 1 and each[0].whole else None


def _joined(one: Candidate, other: Candidate) -> Candidate:
    whole = one.whole or other.whole
    return replace(
        one,
        on=min(one.on, other.on),
        whole=whole,
        scope="" if whole else _both(one.scope, other.scope),
        basis=_both(one.basis, other.basis),
    )


def _both(one: str, other: str) -> str:
    return one if other == one else f"{one}; {other}"
