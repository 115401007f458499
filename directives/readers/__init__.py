"""Reading files: bytes of any kind in, raw text out, or a refusal that says why.

`read` chooses the reader by content, never by name, in bounded time and memory. Nothing is written anywhere.
"""

import hashlib
import stat
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Final

from directives.readers.document import (
    MAX_BYTES,
    MAX_TEXT,
    Content,
    Format,
    RawDocument,
    Refusal,
    UnreadableDocument,
)
from directives.readers.secrecy import refuse_secret_name, refuse_secret_text
from directives.readers.sniff import format_of
from directives.text import canonical

__all__ = ["Format", "RawDocument", "Refusal", "UnreadableDocument", "read", "read_bytes"]

# A reader is loaded with the first document it is for: lxml and pdfium load slower than most texts are read.
READERS: Final = MappingProxyType(
    {
        Format.TXT: ("plain", "read_text"),
        Format.HTML: ("html", "read_html"),
        Format.DOCX: ("docx", "read_docx"),
        Format.PDF: ("pdf", "read_pdf"),
    }
)


def read(path: str | Path) -> RawDocument:
    """Read the file at the path; raise UnreadableDocument, and nothing else, where it cannot be read.

    One that bears a secrecy stamp, on paper or in its file name, is refused with no word of its own kept.
    """
    path = Path(path)
    refuse_secret_name(path.name)
    try:
        return read_bytes(_load(path))
    except UnreadableDocument as refusal:
        if refusal.code is not Refusal.SECRET:
            refusal.fields.setdefault("name", path.name)
        raise


def read_bytes(raw: bytes) -> RawDocument:
    """Read a file's bytes; raise UnreadableDocument where they cannot be read."""
    if len(raw) > MAX_BYTES:
        raise UnreadableDocument(Refusal.TOO_LARGE, limit=f"{MAX_BYTES // (1024 * 1024)} MB")
    if not raw.strip():
        raise UnreadableDocument(Refusal.EMPTY)
    kind = format_of(raw)
    try:
        content = _reader(kind)(raw)
    except (MemoryError, RecursionError) as error:
        raise UnreadableDocument(Refusal.DAMAGED) from error
    if len(content.text) > MAX_TEXT:
        raise UnreadableDocument(Refusal.TOO_LARGE, "too-much-text", limit=f"{MAX_TEXT // 1_000_000}")
    text = canonical(content.text)
    if not text.strip():
        raise UnreadableDocument(Refusal.EMPTY)
    refuse_secret_text(text, content.furniture)
    held = text == content.text  # a mark that composes with the words before it would move the map
    return RawDocument(
        text,
        kind,
        content.pages,
        hashlib.sha256(raw).hexdigest(),
        content.stretches if held else (),
        content.doubts if held else tuple(replace(doubt, span=None) for doubt in content.doubts),
    )


def _load(path: Path) -> bytes:
    """Read the bytes of a regular file; anything else (a folder, a pipe, a device) is refused unopened."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UnreadableDocument(Refusal.FOLDER)
        if not stat.S_ISREG(mode):
            raise UnreadableDocument(Refusal.UNKNOWN_FORMAT)
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (
        FileNotFoundError,
        NotADirectoryError,
        ValueError,
    ) as error:  # ValueError: a zero byte in the name
        raise UnreadableDocument(Refusal.NOT_FOUND) from error
    except OSError as error:
        raise UnreadableDocument(Refusal.NO_ACCESS) from error


def _reader(kind: Format) -> Callable[[bytes], Content]:
    module, function = READERS[kind]
    reader: Callable[[bytes], Content] = getattr(import_module(f"{__name__}.{module}"), function)
    return reader
