"""Reading files: bytes of any kind in, raw text out, or a refusal that says why.

`read` chooses the reader by content, never by name, in bounded time and memory.
Nothing is written anywhere but to a folder for what was read from pictures, where the caller names one.
"""

import errno
import hashlib
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
    too_large,
)
from directives.readers.encoded import refuse_encoded
from directives.readers.members import safe_name
from directives.readers.ocr.shelf import keeping
from directives.readers.parts import CONTAINERS, Part, only_document, open_parts
from directives.readers.secrecy import refuse_secret_name, refuse_secret_text
from directives.readers.sniff import format_of
from directives.text import canonical

__all__ = [
    "Format",
    "Part",
    "RawDocument",
    "Refusal",
    "UnreadableDocument",
    "read",
    "read_bytes",
    "read_parts",
]

MAX_CHARACTER: Final = 4  # bytes of one in UTF-8 or UTF-16
# A reader is loaded with the first document it is for: lxml and pdfium load slower than most texts are read.
READERS: Final = MappingProxyType(
    {
        Format.TXT: ("plain", "read_text"),
        Format.HTML: ("html", "read_html"),
        Format.DOCX: ("docx", "read_docx"),
        Format.PDF: ("pdf", "read_pdf"),
        Format.XLSX: ("workbook", "read_workbook"),
        Format.DOC: ("office", "read_office"),
        Format.RTF: ("office", "read_office"),
        Format.ODT: ("office", "read_office"),
        Format.WORD_XML: ("word_2003", "read_word_2003"),
        Format.XLS: ("office", "read_office"),
        Format.ODS: ("office", "read_office"),
        Format.SCAN: ("scan", "read_scan"),
    }
)


def read(path: str | Path, *, ocr_cache: Path | None = None) -> RawDocument:
    """Read the file at the path; raise UnreadableDocument, and nothing else, where it cannot be read.

    What is read from pictures is kept in the folder `ocr_cache`, where one is given, and found there again.
    One that bears a secrecy stamp, on paper or in its file name, is refused with no word of its own kept.
    A zip or a mail that holds one document is read as that one; `read_parts` reads any number.
    """
    path = Path(path)
    with _naming(path), keeping(ocr_cache):
        return read_bytes(_load(path))


def read_parts(path: str | Path, *, ocr_cache: Path | None = None) -> list[Part]:
    """Read the file at the path, or where it is a zip or a mail every file in it, in their order.

    What is attached to a PDF follows it as parts of its own.

    Raises UnreadableDocument where the file itself cannot be read or opened, or where anything in it bears a
    secrecy stamp; a part that cannot be read otherwise holds its refusal, and the others stand.
    """
    path = Path(path)
    with _naming(path), keeping(ocr_cache):
        raw = _load(path)
        if len(raw) > MAX_BYTES:
            raise too_large(MAX_BYTES)
        return open_parts(raw, path.name, read_bytes)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Refuse a name that says secret; let every other refusal say which file it is about."""
    refuse_secret_name(path.name)
    try:
        yield
    except UnreadableDocument as refusal:
        if refusal.code is not Refusal.SECRET:
            refusal.fields.setdefault("name", safe_name(path.name))
        raise


def read_bytes(raw: bytes) -> RawDocument:
    """Read a file's bytes; raise UnreadableDocument where they cannot be read."""
    if len(raw) > MAX_BYTES:
        raise too_large(MAX_BYTES)
    if not raw.strip():
        raise UnreadableDocument(Refusal.EMPTY)
    kind = format_of(raw)
    if kind in {Format.TXT, Format.HTML}:
        refuse_encoded(raw, page=kind is Format.HTML)
    if kind is Format.TXT and len(raw) > MAX_CHARACTER * MAX_TEXT:
        raise _too_much_text()
    try:
        if kind in CONTAINERS:
            return only_document(open_parts(raw, "", read_bytes, alone=True))
        content = _reader(kind)(raw)
    except MemoryError as error:
        raise UnreadableDocument(Refusal.TOO_LARGE, "too-heavy") from error
    except RecursionError as error:
        raise UnreadableDocument(Refusal.DAMAGED) from error
    if len(content.text) > MAX_TEXT:
        raise _too_much_text()
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


def _too_much_text() -> UnreadableDocument:
    return UnreadableDocument(Refusal.TOO_LARGE, "too-much-text", limit=f"{MAX_TEXT // 1_000_000}")


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
    except OSError as error:  # no file has a name that is too long
        reason = Refusal.NOT_FOUND if error.errno == errno.ENAMETOOLONG else Refusal.NO_ACCESS
        raise UnreadableDocument(reason) from error


def _reader(kind: Format) -> Callable[[bytes], Content]:
    module, function = READERS[kind]
    reader: Callable[[bytes], Content] = getattr(import_module(f"{__name__}.{module}"), function)
    return reader
