"""The province's own agencies as the reader's register."""

from sqlmodel import Session

from directives.agencies import Agency, Register, default_register
from directives.names import key
from tracker.store import register


def province_register(session: Session, *, place: str = "") -> Register:
    """Return the province's agencies, then the national ones it does not list itself.

    All times are in it; the reader takes the name that was valid on the document's date.
    """
    own = [
        Agency(
            code=entry.code,
            name=entry.name,
            aliases=entry.aliases,
            valid_from=entry.valid_from,
            valid_to=entry.valid_to,
        )
        for entry in register.entries(session)
    ]
    codes = {agency.code for agency in own}
    names = {key(agency.name) for agency in own}  # its own row says when it stood, under whatever code
    national = [
        agency
        for agency in default_register().agencies
        if agency.code not in codes and key(agency.name) not in names
    ]
    return Register((*own, *national), place=place or None)
