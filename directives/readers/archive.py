"""Open a .docx as the zip of XML parts it is, with bounds on size and no trust in what is inside."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from types import TracebackType
from typing import Final, Self

from lxml import etree

from directives.readers.document import MAX_PART_BYTES, Refusal, UnreadableDocument
from directives.readers.document import too_large as too_large  # noqa: PLC0414 - for who opens packages, too

ENCRYPTED_BIT: Final = 0x1
# What the zip module raises on bytes that somebody or something has changed.
ZIP_FAULTS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    OverflowError,
)
# «Strict» files say the same under other names.
STRICT_NAMES: Final = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
MAIN_TYPES: Final = ("wordprocessingml.document.main+xml", "ms-word.document.macroEnabled.main+xml")
CONTENT_TYPES: Final = "[Content_Types].xml"
DEFAULT_MAIN: Final = "word/document.xml"
MAX_PACKAGE_BYTES: Final = 96 * 1024 * 1024  # of all the parts that are read
MAX_TAGS: Final = 1_500_000  # in one part: a thousand close pages, and some 300 MB when parsed


class Package:
    """The parts of a Word file or a workbook, each parsed when asked for."""

    def __init__(self, raw: bytes) -> None:
        """Open the zip; raise UnreadableDocument where it is none, or locked."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
            members = self._zip.infolist()
        except ZIP_FAULTS as error:
            raise UnreadableDocument(Refusal.DAMAGED) from error
        if any(member.flag_bits & ENCRYPTED_BIT for member in members):
            raise UnreadableDocument(Refusal.ENCRYPTED)
        self._sizes: Mapping[str, int] = {member.filename: member.file_size for member in members}
        self._left = MAX_PACKAGE_BYTES

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    @property
    def main(self) -> str:
        """Return the name of the document's main part; raise UnreadableDocument where it has none."""
        types = self.part(CONTENT_TYPES)
        for override in types if types is not None else ():
            if str(override.get("ContentType", "")).endswith(MAIN_TYPES):
                return str(override.get("PartName", "")).lstrip("/")
        if types is not None and DEFAULT_MAIN in self._sizes:
            return DEFAULT_MAIN
        raise UnreadableDocument(Refusal.UNKNOWN_FORMAT)

    def names(self, prefix: str) -> list[str]:
        """List the parts whose names begin so."""
        return sorted(name for name in self._sizes if name.startswith(prefix) and name.endswith(".xml"))

    def every_name(self) -> list[str]:
        """List all that is in the package, XML or not."""
        return sorted(self._sizes)

    def size(self, name: str) -> int:
        """Return how many bytes a part says it has."""
        return self._sizes.get(name, 0)

    def content(self, name: str) -> bytes:
        """Return the bytes of a part; raise UnreadableDocument where it is broken or huge."""
        return self._unpack(name)

    def part(self, name: str) -> etree._Element | None:
        """Parse one part, None where there is none; raise UnreadableDocument where it is broken or huge."""
        if name not in self._sizes:
            return None
        unpacked = self._unpack(name)
        for strict, usual in STRICT_NAMES:
            unpacked = unpacked.replace(strict, usual)
        return parse_xml(unpacked)

    def _unpack(self, name: str) -> bytes:
        """Read one part, never more than the bound, whatever the zip's index claims."""
        if self._sizes[name] > MAX_PART_BYTES:
            raise too_large(MAX_PART_BYTES)
        try:
            with self._zip.open(name) as stream:
                unpacked = stream.read(MAX_PART_BYTES + 1)
        except ZIP_FAULTS as error:
            raise UnreadableDocument(Refusal.DAMAGED) from error
        self._left -= len(unpacked)
        if len(unpacked) > MAX_PART_BYTES or self._left < 0:
            raise too_large(MAX_PART_BYTES if self._left >= 0 else MAX_PACKAGE_BYTES)
        return unpacked


def parse_xml(raw: bytes) -> etree._Element:
    """Parse XML without entities, DTD or network; raise UnreadableDocument (damaged) where it is broken.

    A part of an Office file never has a document type (ECMA-376 part 2, 8.1.4): so refuse it.
    """
    refuse_many_tags(raw)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableDocument(Refusal.DAMAGED) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableDocument(Refusal.DAMAGED)
    return root


def refuse_many_tags(raw: bytes) -> None:
    """Raise UnreadableDocument where markup has so many tags that its tree would fill the memory."""
    if raw.count(b"<") > MAX_TAGS:
        raise UnreadableDocument(Refusal.TOO_LARGE, "too-many-tags", limit=f"{MAX_TAGS / 1e6:.1f}")
