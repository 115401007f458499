"""What must hold in a register of agencies, and what a person should look at: a table of rules.

Each rule looks at the whole register, since most slips are between two rows. A finding names the agency and
the column where the slip is mended.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import combinations
from typing import Final

from directives.agencies import Agency
from directives.agencies.lexicon import standard_name
from directives.names import key
from tracker.domain.periods import Period
from tracker.services.members import names_open_set
from tracker.store.register import AgencyEntry, Dated
from tracker.store.successions import Succession

NAME: Final = "name"
ALIASES: Final = "aliases"
GROUPS: Final = "groups"
PARENT: Final = "parent"


class Severity(StrEnum):
    """Whether a finding stops a register from being loaded."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One slip: whose, in which column, and which other agency it is about."""

    rule: str
    agency: str
    column: str
    value: str = ""
    other: str = ""


class Roll:
    """A register as the rules look at it: at all times, or only as it stands on a day."""

    def __init__(
        self,
        entries: Iterable[AgencyEntry],
        successions: Iterable[Succession] = (),
        *,
        on: date | None = None,
    ) -> None:
        self.by_code: Mapping[str, AgencyEntry] = {entry.code: entry for entry in entries}
        self.successions = tuple(successions)
        self.entries = tuple(
            _as_of(entry, on) for entry in self.by_code.values() if on is None or entry.existed(on)
        )


def _as_of(entry: AgencyEntry, on: date | None) -> AgencyEntry:
    """Return an agency with only what holds on a day."""
    if on is None:
        return entry
    return replace(
        entry,
        other_names=_holding(entry.other_names, on),
        memberships=_holding(entry.memberships, on),
        valid_from=on,
        valid_to=on,
    )


def _holding(dated: Iterable[Dated], on: date) -> tuple[Dated, ...]:
    return tuple(one for one in dated if one.period.holds(on))


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its code, which is also that of its sentence."""

    code: str
    severity: Severity
    find: Callable[[Roll], Iterator[tuple[str, str, str, str]]]  # agency, column, value, other agency
    at_load: bool = True  # False: what it asks for comes from a table that is loaded later


def findings(roll: Roll) -> list[tuple[Rule, Finding]]:
    """Return every slip in a register, in the order of the rules."""
    return [(rule, Finding(rule.code, *found)) for rule in RULES for found in rule.find(roll)]


@dataclass(frozen=True, slots=True)
class _Claim:
    """A name that an agency bears on some days."""

    entry: AgencyEntry
    column: str
    text: str
    period: Period


def _claims(roll: Roll) -> Iterator[_Claim]:
    for entry in roll.entries:
        yield _Claim(entry, NAME, entry.name, entry.period)
        for one in entry.other_names:
            if days := one.period.shared(entry.period):
                yield _Claim(entry, ALIASES, one.text, days)


@lru_cache(maxsize=4096)
def _keys(text: str) -> frozenset[str]:
    """Return the keys of all that the reader takes for a name: «Sở KH&ĐT» and the words written out."""
    return frozenset(map(key, (*Agency("", text).spellings, standard_name(text))))


def _clashing(roll: Roll) -> Iterator[tuple[_Claim, _Claim]]:
    """Yield two claims of different agencies to one name on the same day, each pair once."""
    bearers = defaultdict[str, list[_Claim]](list)
    for claim in _claims(roll):
        for spelling in _keys(claim.text):
            bearers[spelling].append(claim)
    seen: set[tuple[str, str, str, str]] = set()
    for claims in bearers.values():
        for one, other in combinations(claims, 2):
            place = (one.entry.code, one.text, other.entry.code, other.text)
            if one.entry.code != other.entry.code and one.period.shared(other.period) and place not in seen:
                seen.add(place)
                yield one, other


def _name_twice(roll: Roll) -> Iterator[tuple[str, str, str, str]]:
    for one, other in _clashing(roll):
        if one.column == other.column == NAME:
            yield other.entry.code, NAME, other.text, one.entry.code


def _alias_is_a_name(roll: Roll) -> Iterator[tuple[str, str, str, str]]:
    for one, other in _clashing(roll):
        if {one.column, other.column} == {NAME, ALIASES}:
            alias, name = (one, other) if one.column == ALIASES else (other, one)
            yield alias.entry.code, ALIASES, alias.text, name.entry.code


def _alias_twice(roll: Roll) -> Iterator[tuple[str, str, str, str]]:
    for one, other in _clashing(roll):
        if one.column == other.column == ALIASES:
            yield other.entry.code, ALIASES, other.text, one.entry.code


def _repeated_in_cell(roll: Roll) -> Iterator[tuple[str, str, str, str]]:
    for entry in roll.entries:
        for column, dated in ((ALIASES, entry.aliases), (GROUPS, entry.groups)):
            for text in dict.fromkeys(dated):
                if dated.count(text) > 1:
                    yield entry.code, column, text, ""


def _backwards(roll: Roll) -> Iterator[tuple[str, str, str, str]]:
    for entry in roll.entries:
        if entry.period.is_backwards:
            yield entry.code, "valid_to", f"{entry.valid_to:%d/%m/%Y}", ""
        for column, dated in ((ALIASES, entry.other_names), (GROUPS, entry.memberships)):
            for one in dated:
                if one.period.is_backwards:
                    yield entry.code, column, f"{one.period.last:%d/%m/%Y}", ""


def _unknown_parent(roll: Roll) -> Iterator[tuple[str, str, str, str]]:
    for entry in roll.entries:
        if entry.parent is not None and entry.parent not in roll.by_code:
            yield entry.code, PARENT, entry.parent, ""


def _unknown_group(roll: Roll) -> Iterator[tuple[str, str, str, str]]:
    for entry in roll.entries:
        for code in entry.groups:
            if code not in roll.by_code or not roll.by_code[code].is_group:
                yield entry.code, GROUPS, code, ""


def _parent_cycle(roll: Roll) -> Iterator[tuple[str, str, str, str]]:
    above = {code: () if entry.parent is None else (entry.parent,) for code, entry in roll.by_code.items()}
    for entry in roll.entries:
        if _comes_back(entry.code, above):
            yield entry.code, PARENT, entry.parent or "", ""


def _group_in_itself(roll: Roll) -> Iterator[tuple[str, str, str, str]]:
    above = {code: entry.groups for code, entry in roll.by_code.items()}
    for entry in roll.entries:
        if entry.is_group and _comes_back(entry.code, above):
            yield entry.code, GROUPS, "; ".join(entry.groups), ""


def _comes_back(start: str, above: Mapping[str, Iterable[str]]) -> bool:
    """Tell whether one comes back to where one started by going up."""
    seen: set[str] = set()
    waiting = list(above.get(start, ()))
    while waiting:
        code = waiting.pop()
        if code == start:
            return True
        if code not in seen:
            seen.add(code)
            waiting += above.get(code, ())
    return False


def _open_set(roll: Roll) -> Iterator[tuple[str, str, str, str]]:
    for claim in _claims(roll):
        if claim.entry.is_group and names_open_set(claim.text):
            yield claim.entry.code, claim.column, claim.text, ""


def _parent_gone(roll: Roll) -> Iterator[tuple[str, str, str, str]]:
    for entry in roll.entries:
        parent = roll.by_code.get(entry.parent or "")
        if parent is not None and not parent.period.covers(entry.period):
            yield entry.code, PARENT, parent.code, parent.code


def _empty_group(roll: Roll) -> Iterator[tuple[str, str, str, str]]:
    filled = {code for entry in roll.entries for code in entry.groups}
    for entry in roll.entries:
        if entry.is_group and entry.code not in filled:
            yield entry.code, "is_group", entry.name, ""


def _never_holds(roll: Roll) -> Iterator[tuple[str, str, str, str]]:
    for entry in roll.entries:
        for one in entry.other_names:
            if not one.period.is_backwards and not one.period.shared(entry.period):
                yield entry.code, ALIASES, one.text, ""
        for one in entry.memberships:
            days = one.period.shared(entry.period)
            group = roll.by_code.get(one.text)
            if days is None or (group is not None and not days.shared(group.period)):
                yield entry.code, GROUPS, one.text, ""


def _no_successor(roll: Roll) -> Iterator[tuple[str, str, str, str]]:
    followed = {one.old for one in roll.successions}
    for entry in roll.by_code.values():
        if entry.valid_to and not entry.is_group and entry.code not in followed:
            yield entry.code, "valid_to", f"{entry.valid_to:%d/%m/%Y}", ""


RULES: Final = (
    Rule("name-twice", Severity.ERROR, _name_twice),
    Rule("alias-is-a-name", Severity.ERROR, _alias_is_a_name),
    Rule("alias-twice", Severity.ERROR, _alias_twice),
    Rule("repeated-in-cell", Severity.ERROR, _repeated_in_cell),
    Rule("before-it-began", Severity.ERROR, _backwards),
    Rule("unknown-agency", Severity.ERROR, _unknown_parent),
    Rule("unknown-group", Severity.ERROR, _unknown_group),
    Rule("parent-cycle", Severity.ERROR, _parent_cycle),
    Rule("group-in-itself", Severity.ERROR, _group_in_itself),
    Rule("open-set", Severity.ERROR, _open_set),
    Rule("parent-gone", Severity.WARNING, _parent_gone),
    Rule("empty-group", Severity.WARNING, _empty_group),
    Rule("never-holds", Severity.WARNING, _never_holds),
    Rule("no-successor", Severity.WARNING, _no_successor, at_load=False),
)
