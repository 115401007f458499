"""The province's agencies, their other names and the groups they belong to, each with the days it holds."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, delete, select

from tracker.domain.periods import ALWAYS, Period
from tracker.store.tables import AgencyAliasRow, AgencyMemberRow, AgencyRow


@dataclass(frozen=True, slots=True)
class Dated:
    """Another name, or the code of a group, and the days on which it is the agency's."""

    text: str
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyEntry:
    """One agency as the register lists it."""

    code: str
    name: str
    kind: str
    level: str = ""
    other_names: tuple[Dated, ...] = ()
    memberships: tuple[Dated, ...] = ()  # codes of the groups it belongs to
    parent: str | None = None
    outside: bool = False
    is_group: bool = False
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def period(self) -> Period:
        """Return the days on which the agency bore this name."""
        return Period(self.valid_from, self.valid_to)

    @property
    def aliases(self) -> tuple[str, ...]:
        """Return every other name it ever had."""
        return tuple(one.text for one in self.other_names)

    @property
    def groups(self) -> tuple[str, ...]:
        """Return the codes of every group it ever belonged to."""
        return tuple(one.text for one in self.memberships)

    @property
    def ranked(self) -> bool:
        """Tell whether it has accounts and a place in rankings: a company or other outside body has neither.

        A group is no body of its own; its members are ranked.
        """
        return not (self.outside or self.is_group)

    def existed(self, on: date) -> bool:
        """Tell whether the agency bore this name on a day."""
        return self.period.holds(on)

    def names_on(self, on: date) -> tuple[str, ...]:
        """Return every name it bore on a day; none where it did not exist."""
        if not self.existed(on):
            return ()
        return (self.name, *(one.text for one in self.other_names if one.period.holds(on)))

    def belonged(self, group: str, on: date) -> bool:
        """Tell whether it was in a group on a day."""
        return self.existed(on) and any(
            one.text == group and one.period.holds(on) for one in self.memberships
        )


def entries(session: Session) -> list[AgencyEntry]:
    """Return the whole register, in the order it was loaded."""
    rows = session.exec(select(AgencyRow).order_by(col(AgencyRow.id))).all()
    codes = {row.id: row.code for row in rows}
    aliases = defaultdict[int | None, list[Dated]](list)
    for alias in session.exec(select(AgencyAliasRow).order_by(col(AgencyAliasRow.id))):
        aliases[alias.agency_id].append(Dated(alias.alias, Period(alias.valid_from, alias.valid_to)))
    groups = defaultdict[int | None, list[Dated]](list)
    for member in session.exec(select(AgencyMemberRow)):
        days = Period(member.valid_from, member.valid_to)
        groups[member.agency_id].append(Dated(codes[member.group_id], days))
    return [
        AgencyEntry(
            code=row.code,
            name=row.name,
            kind=row.kind,
            level=row.level,
            other_names=tuple(aliases[row.id]),
            memberships=by_text(groups[row.id]),
            parent=codes.get(row.parent_id),
            outside=row.outside,
            is_group=row.is_group,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in rows
    ]


def by_text(dated: list[Dated] | tuple[Dated, ...]) -> tuple[Dated, ...]:
    """Put groups in the one order in which they are compared."""
    return tuple(sorted(dated, key=lambda one: one.text))


def ids(session: Session) -> dict[str, int]:
    """Return the row numbers by code."""
    rows = session.exec(select(AgencyRow.code, AgencyRow.id))
    return {code: number for code, number in rows if number is not None}


def save(session: Session, entry: AgencyEntry) -> int:
    """Write an agency and its aliases in place of what was known; its parent and groups follow in `tie`."""
    row = session.exec(select(AgencyRow).where(col(AgencyRow.code) == entry.code)).first()
    if row is None:
        row = AgencyRow(code=entry.code, name=entry.name, kind=entry.kind)
        session.add(row)
    row.name, row.kind, row.level = entry.name, entry.kind, entry.level
    row.outside, row.is_group = entry.outside, entry.is_group
    row.valid_from, row.valid_to = entry.valid_from, entry.valid_to
    session.flush()
    number = row.id or 0
    session.exec(delete(AgencyAliasRow).where(col(AgencyAliasRow.agency_id) == number))
    session.add_all(
        AgencyAliasRow(
            agency_id=number, alias=one.text, valid_from=one.period.first, valid_to=one.period.last
        )
        for one in entry.other_names
    )
    return number


def tie(session: Session, entry: AgencyEntry, known: dict[str, int]) -> None:
    """Put an agency under its parent and into its groups, once all of them are there."""
    row = session.get_one(AgencyRow, known[entry.code])
    row.parent_id = None if entry.parent is None else known[entry.parent]
    session.exec(delete(AgencyMemberRow).where(col(AgencyMemberRow.agency_id) == known[entry.code]))
    session.add_all(
        AgencyMemberRow(
            group_id=known[one.text],
            agency_id=known[entry.code],
            valid_from=one.period.first,
            valid_to=one.period.last,
        )
        for one in entry.memberships
    )
