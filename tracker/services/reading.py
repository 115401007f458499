"""Read a document with the province's own register; nothing is written here."""

from dataclasses import dataclass
from pathlib import Path

from directives.model import ParsedDirective
from directives.parse import parse
from directives.readers import Part, RawDocument, Refusal, UnreadableDocument
from directives.readers.guarded import read_parts
from tracker.app import App
from tracker.errors import InputRefused
from tracker.services.province import province_register
from tracker.store.calendar import calendar_of
from tracker.store.session import reading


@dataclass(frozen=True, slots=True)
class Reading:
    """A file and what it says."""

    raw: RawDocument
    parsed: ParsedDirective


def understand(app: App, raw: RawDocument, *, file_name: str) -> Reading:
    """Read a document's text with the province's register."""
    with reading(app.engine) as session:
        known = province_register(session, place=app.settings.province)
        calendar = calendar_of(session)
    parsed = parse(
        raw.text,
        file_name=file_name,
        register=known,
        policy=app.policy,
        calendar=calendar,
        doubts=raw.doubts,
    )
    return Reading(raw, parsed)


def read_file(path: Path, ocr_cache: Path | None = None) -> list[Part]:
    """Read a file, or every one in it, or refuse it in the tracker's own words."""
    try:
        return read_parts(path, ocr_cache=ocr_cache)
    except UnreadableDocument as error:
        raise refused(error, path.name) from error


def refused(error: UnreadableDocument, name: str) -> InputRefused:
    """Put a reader's refusal into the tracker's own words; of a secret file not even the name is told."""
    named = {} if error.code is Refusal.SECRET else {"name": name}
    return InputRefused(error.phrase, **{**named, **error.fields})
