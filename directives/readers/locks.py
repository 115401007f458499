"""Tell that an old Office or OpenDocument file has a password, which LibreOffice alone would call damaged.

Sources: [MS-DOC] 2.5.2 (fEncrypted), [MS-XLS] 2.4.117 (FilePass), ODF 1.3 part 2, 3.4.2 (encryption-data).
"""

import io
import struct
import zipfile
from contextlib import suppress
from typing import Final

from directives.readers.archive import ZIP_FAULTS
from directives.readers.document import Format

FIRST_SECTOR: Final = 512  # where a writer puts the first stream
WORD_MAGIC: Final = b"\xec\xa5"
WORD_FLAGS: Final = FIRST_SECTOR + 0x0B
WORD_ENCRYPTED: Final = 0x01
BEGINS: Final = 0x0809
FILE_PASS: Final = 0x002F
RECORDS: Final = 8  # FilePass comes straight after the beginning
MANIFEST: Final = "META-INF/manifest.xml"
MANIFEST_BYTES: Final = 1024 * 1024


def is_locked(raw: bytes, kind: Format) -> bool:
    """Tell whether a password is asked for; one cannot be told where the file is laid out unusually."""
    if kind is Format.DOC:
        marked = raw[FIRST_SECTOR : FIRST_SECTOR + 2] == WORD_MAGIC
        return marked and bool(raw[WORD_FLAGS] & WORD_ENCRYPTED)
    if kind is Format.XLS:
        return _has_file_pass(raw)
    return kind in {Format.ODT, Format.ODS} and _is_sealed(raw)


def _has_file_pass(raw: bytes) -> bool:
    """Look at the first records of a workbook."""
    at = FIRST_SECTOR
    for index in range(RECORDS):
        if at + 4 > len(raw):
            return False
        record, size = struct.unpack_from("<HH", raw, at)
        if index == 0 and record != BEGINS:
            return False
        if record == FILE_PASS:
            return True
        at += 4 + size
    return False


def _is_sealed(raw: bytes) -> bool:
    """Look for an encrypted part in the list of an OpenDocument's parts."""
    with suppress(*ZIP_FAULTS), zipfile.ZipFile(io.BytesIO(raw)) as package, package.open(MANIFEST) as listed:
        return b"encryption-data" in listed.read(MANIFEST_BYTES)
    return False
