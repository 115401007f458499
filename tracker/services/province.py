"""The province's own agencies as the reader's register."""

from collections.abc import Iterator

from sqlmodel import Session

from directives.agencies import Agency, Register, default_register
from directives.names import key
from tracker.domain.periods import Period
from tracker.store import register
from tracker.store.register import AgencyEntry


def province_register(session: Session, *, place: str = "") -> Register:
    """Return the province's agencies, then the national ones it does not list itself.

    All times are in it; the reader takes the name that was valid on the document's date.
    """
    own = [row for entry in register.entries(session) for row in _rows(entry)]
    codes = {agency.code for agency in own}
    names = {key(agency.name) for agency in own}  # its own row says when it stood, under whatever code
    national = [
        agency
        for agency in default_register().agencies
        if agency.code not in codes and key(agency.name) not in names
    ]
    return Register((*own, *national), place=place or None)


def _rows(entry: AgencyEntry) -> Iterator[Agency]:
    """Yield an agency with the names it always had, then again for each name that it had for a time."""
    always = tuple(one.text for one in entry.other_names if one.period.covers(entry.period))
    yield _row(entry, always, entry.period)
    for one in entry.other_names:
        days = one.period.shared(entry.period)
        if days is not None and days != entry.period:
            yield _row(entry, (one.text,), days)


def _row(entry: AgencyEntry, aliases: tuple[str, ...], days: Period) -> Agency:
    return Agency(
        code=entry.code, name=entry.name, aliases=aliases, valid_from=days.first, valid_to=days.last
    )
