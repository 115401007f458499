"""Zip archives: the files in one, each read into memory within bounds; nothing is unpacked to the disk.

Source: APPNOTE.TXT 4.4.4 (names in UTF-8), 4.3.7 (each file's head), appendix D (names in code page 437).
"""

import io
import stat
import zipfile
from collections.abc import Iterator
from typing import Final

from directives.readers.archive import ENCRYPTED_BIT, ZIP_FAULTS
from directives.readers.document import MAX_BYTES, Refusal, UnreadableDocument, too_large
from directives.readers.members import Budget, Member, is_junk, safe_name, unpacks_too_large
from directives.readers.secrecy import refuse_secret_path

UTF8_BIT: Final = 0x800
SMALL: Final = 1024 * 1024  # bytes that may be packed however well
MAX_RATIO: Final = 200  # a text of one word repeated packs some hundred times


def open_archive(raw: bytes, budget: Budget) -> Iterator[Member]:
    """Give the files of a zip in its order; raise UnreadableDocument where it is broken or swells too far."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except ZIP_FAULTS as error:
        raise UnreadableDocument(Refusal.DAMAGED) from error
    with archive:
        refuse_secret_path(archive.comment.decode("utf-8", errors="replace"))
        for info in archive.infolist():
            refuse_secret_path(_name(info))  # the whole name: what is shown of it is cut
            name = safe_name(_name(info))
            if info.is_dir() or is_junk(name):
                continue
            budget.take(parts=1)
            try:
                content = _unpack(archive, info, budget)
            except UnreadableDocument as refusal:
                budget.take()  # the bound of the whole refuses the whole
                yield Member(name, refusal)
            else:
                yield Member(name, content)


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> bytes:
    """Read one file, never more than the bounds, whatever the index claims."""
    if stat.S_ISLNK(info.external_attr >> 16):
        raise UnreadableDocument(Refusal.UNKNOWN_FORMAT)
    if info.flag_bits & ENCRYPTED_BIT:
        raise UnreadableDocument(Refusal.ENCRYPTED)
    if info.file_size > max(SMALL, MAX_RATIO * info.compress_size):
        raise unpacks_too_large()
    try:
        with archive.open(info) as stream:
            content = stream.read(min(MAX_BYTES, budget.size) + 1)
    except ZIP_FAULTS as error:
        raise UnreadableDocument(Refusal.DAMAGED) from error
    budget.take(size=len(content))
    if len(content) > MAX_BYTES:
        raise too_large(MAX_BYTES)
    return content


def _name(info: zipfile.ZipInfo) -> str:
    """Return a file's name; many programs write UTF-8 and do not say so."""
    if info.flag_bits & UTF8_BIT:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except ValueError:
        return info.filename
