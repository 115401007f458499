"""The province's agencies, their other names and the groups they belong to."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, delete, select

from tracker.store.tables import AgencyAliasRow, AgencyMemberRow, AgencyRow


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyEntry:
    """One agency as the register lists it."""

    code: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()  # codes of the groups it belongs to
    parent: str | None = None
    outside: bool = False
    is_group: bool = False
    valid_from: date | None = None
    valid_to: date | None = None

    def existed(self, on: date) -> bool:
        """Tell whether the agency bore this name on a day."""
        return (self.valid_from or date.min) <= on <= (self.valid_to or date.max)


def entries(session: Session) -> list[AgencyEntry]:
    """Return the whole register, in the order it was loaded."""
    rows = session.exec(select(AgencyRow).order_by(col(AgencyRow.id))).all()
    codes = {row.id: row.code for row in rows}
    aliases: dict[int, list[str]] = {}
    for alias in session.exec(select(AgencyAliasRow).order_by(col(AgencyAliasRow.id))):
        aliases.setdefault(alias.agency_id, []).append(alias.alias)
    groups: dict[int, list[str]] = {}
    for member in session.exec(select(AgencyMemberRow).order_by(col(AgencyMemberRow.group_id))):
        groups.setdefault(member.agency_id, []).append(codes[member.group_id])
    return [
        AgencyEntry(
            code=row.code,
            name=row.name,
            kind=row.kind,
            aliases=tuple(aliases.get(row.id or 0, ())),
            groups=tuple(sorted(groups.get(row.id or 0, ()))),
            parent=codes.get(row.parent_id),
            outside=row.outside,
            is_group=row.is_group,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in rows
    ]


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
    row.name, row.kind = entry.name, entry.kind
    row.outside, row.is_group = entry.outside, entry.is_group
    row.valid_from, row.valid_to = entry.valid_from, entry.valid_to
    session.flush()
    number = row.id or 0
    session.exec(delete(AgencyAliasRow).where(col(AgencyAliasRow.agency_id) == number))
    session.add_all(AgencyAliasRow(agency_id=number, alias=alias) for alias in entry.aliases)
    return number


def tie(session: Session, entry: AgencyEntry, known: dict[str, int]) -> None:
    """Put an agency under its parent and into its groups, once all of them are there."""
    row = session.get_one(AgencyRow, known[entry.code])
    row.parent_id = None if entry.parent is None else known[entry.parent]
    session.exec(delete(AgencyMemberRow).where(col(AgencyMemberRow.agency_id) == known[entry.code]))
    session.add_all(
        AgencyMemberRow(group_id=known[group], agency_id=known[entry.code]) for group in entry.groups
    )
