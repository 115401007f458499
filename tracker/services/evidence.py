"""Files handed in with a report: looked at like any document that comes in, then kept by their content.

A state secret is refused here as it is at intake, and leaves as little behind. A picture without words is
what it is, and welcome; a file that cannot be looked into might hold anything, and is not.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from directives.readers import Part, Refusal, UnreadableDocument
from directives.readers.guarded import read_parts
from directives.readers.members import safe_name
from directives.readers.secrecy import refuse_secret_name
from directives.readers.sniff import format_of
from tracker.app import App
from tracker.errors import InputRefused
from tracker.services import files
from tracker.services.reading import refused
from tracker.store.reports import KeptFile

MAX_FILES: Final = 20  # with one report
MEGABYTE: Final = 1024 * 1024
NO_WORDS: Final = "no-words-in-picture"  # a photograph of what was built is evidence too


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be kept."""

    sha256: str
    name: str
    suffix: str  # of what it is by its content
    content: bytes = field(repr=False)


def look_into(app: App, paths: Sequence[Path]) -> list[CheckedFile]:
    """Return the files as they may be kept; nothing is written.

    Raises InputRefused for what is too large, secret, or cannot be looked into, and for too many at once.
    """
    if len(paths) > MAX_FILES:
        raise InputRefused("evidence.too-many", limit=MAX_FILES)
    return [_checked(app, path) for path in paths]


def keep_all(checked: Iterable[CheckedFile], folder: Path) -> list[KeptFile]:
    """Keep files by their content hash, the same bytes once."""
    kept = []
    for file in checked:
        place = files.place_of(file.sha256, file.suffix)
        files.keep(file.content, folder, place)
        kept.append(
            KeptFile(sha256=file.sha256, file_name=file.name, size=len(file.content), stored_as=place)
        )
    return kept


def _checked(app: App, path: Path) -> CheckedFile:
    """Look into one file; until it is known not to be secret, nothing says its name."""
    try:
        refuse_secret_name(path.name)
        content = _bytes_of(path, app.settings.evidence_max_mb)
        suffix = format_of(content)
        _look(path, app.settings.ocr_cache_dir)
        if _bytes_of(path, app.settings.evidence_max_mb) != content:
            raise InputRefused("evidence.changed", name=safe_name(path.name))  # kept is what was looked at
    except UnreadableDocument as error:
        raise refused(error, safe_name(path.name)) from error
    return CheckedFile(hashlib.sha256(content).hexdigest(), safe_name(path.name), suffix, content)


def _look(path: Path, ocr_cache: Path) -> None:
    """Raise UnreadableDocument for a file, or one in it, that is secret or hides what it says."""
    try:
        parts = read_parts(path, ocr_cache=ocr_cache)
    except UnreadableDocument as refusal:
        parts = [Part(path.name, refusal)]
    for part in parts:
        if isinstance(part.document, UnreadableDocument) and part.document.detail != NO_WORDS:
            raise part.document


def _bytes_of(path: Path, max_mb: int) -> bytes:
    try:
        if not path.is_file():
            raise UnreadableDocument(Refusal.FOLDER if path.is_dir() else Refusal.NOT_FOUND)
        if path.stat().st_size > max_mb * MEGABYTE:
            raise UnreadableDocument(Refusal.TOO_LARGE, limit=f"{max_mb} MB")
        with path.open("rb") as file:
            content = file.read(max_mb * MEGABYTE + 1)
    except OSError as error:
        raise UnreadableDocument(Refusal.NO_ACCESS) from error
    if len(content) > max_mb * MEGABYTE:  # it grew
        raise UnreadableDocument(Refusal.TOO_LARGE, limit=f"{max_mb} MB")
    if not content.strip():
        raise UnreadableDocument(Refusal.EMPTY)
    return content
