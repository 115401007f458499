"""Tell what a zip or an OLE file holds: a document in parts, or files."""

import io
import zipfile
from types import MappingProxyType
from typing import Final

from directives.readers.archive import ZIP_FAULTS
from directives.readers.document import MAX_PARTS, Format, Refusal, UnreadableDocument

OFFICE_PARTS: Final = "[Content_Types].xml"
MIME_MEMBER: Final = "mimetype"  # ODF 1.3 part 2, 3.3
MIME_LENGTH: Final = 100
OPEN_DOCUMENTS: Final = MappingProxyType(
    {
        b"application/vnd.oasis.opendocument.text": Format.ODT,
        b"application/vnd.oasis.opendocument.spreadsheet": Format.ODS,
    }
)
OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument"
ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")  # how Office stores a .docx with a password
# The names of streams in an OLE file ([MS-DOC] 2.1, [MS-XLS] 2.1); «Book» is Excel 5.
STREAMS: Final = (
    ("WordDocument".encode("utf-16-le"), Format.DOC),
    ("Workbook".encode("utf-16-le"), Format.XLS),
    ("Book".encode("utf-16-le") + bytes(4), Format.XLS),
)
SECTOR: Final = 512
DIRECTORY_SECTOR: Final = slice(48, 52)  # where the list of streams begins ([MS-CFB] 2.2)
END_OF_INDEX: Final = b"PK\x05\x06"
INDEX_SIZE: Final = slice(12, 16)  # in the record that ends a zip
MAX_INDEX: Final = 4 * 1024 * 1024  # bytes: some 40,000 files


def zip_format(raw: bytes) -> Format:
    """Tell a Word file, a workbook or an OpenDocument file from a zip that only holds files."""
    _refuse_long_index(raw)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            names = package.namelist()
            mime = package.open(MIME_MEMBER).read(MIME_LENGTH) if MIME_MEMBER in names else b""
    except ZIP_FAULTS as error:
        raise UnreadableDocument(Refusal.DAMAGED) from error
    if mime.startswith(OPEN_DOCUMENT):
        return _open_document(mime.strip())
    if OFFICE_PARTS not in names:
        return Format.ZIP
    return Format.XLSX if any(name.startswith("xl/") for name in names) else Format.DOCX


def _open_document(mime: bytes) -> Format:
    """Tell a text from a workbook; drawings and presentations are neither."""
    if mime not in OPEN_DOCUMENTS:
        raise UnreadableDocument(Refusal.UNKNOWN_FORMAT)
    return OPEN_DOCUMENTS[mime]


def ole_format(raw: bytes) -> Format:
    """Tell an old Word file from an old workbook; presentations and Outlook's messages are neither."""
    if ENCRYPTED_PACKAGE in raw:
        raise UnreadableDocument(Refusal.ENCRYPTED)
    for stream, kind in STREAMS:
        if stream in raw:
            return kind
    directory = int.from_bytes(raw[DIRECTORY_SECTOR], "little")
    cut_short = (directory + 1) * SECTOR > len(raw)
    raise UnreadableDocument(Refusal.DAMAGED if cut_short else Refusal.UNKNOWN_FORMAT)


def _refuse_long_index(raw: bytes) -> None:
    """Refuse a zip whose index alone, which is read whole, would fill the memory."""
    end = raw[raw.rfind(END_OF_INDEX) :]
    if end.startswith(END_OF_INDEX) and int.from_bytes(end[INDEX_SIZE], "little") > MAX_INDEX:
        raise UnreadableDocument(Refusal.TOO_LARGE, "too-many-parts", limit=f"{MAX_PARTS}")
