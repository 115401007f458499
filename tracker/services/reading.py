"""Read a document with the province's own register; nothing is written here."""

from dataclasses import dataclass
from pathlib import Path

from directives.parse import parse
from sqlmodel import Session

from directives.agencies import Agency, Register, default_register
from directives.model import ParsedDirective
from directives.readers import RawDocument, UnreadableDocument, read
from directives.text import canonical
from tracker.app import App
from tracker.errors import InputRefused
from tracker.store import register
from tracker.store.session import reading


@dataclass(frozen=True, slots=True)
class Reading:
    """A file and what it says."""

    raw: RawDocument
    parsed: ParsedDirective


def read_document(app: App, path: Path) -> Reading:
    """Read and parse a file; raises InputRefused where it cannot or may not be read."""
    raw = read_file(path)
    with reading(app.engine) as session:
        known = province_register(session, place=app.settings.province)
    parsed = parse(
        canonical(raw.text),
        file_name=path.name,
        register=known,
        policy=app.policy,
        calendar=app.calendar,
    )
    return Reading(raw, parsed)


def read_file(path: Path) -> RawDocument:
    """Read a file's text, or refuse it in the tracker's own words."""
    try:
        return read(path)
    except UnreadableDocument as error:
        raise InputRefused(error.phrase, **{"name": path.name, **error.fields}) from error


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
    national = [agency for agency in default_register().agencies if agency.code not in codes]
    return Register((*own, *national), place=place or None)
