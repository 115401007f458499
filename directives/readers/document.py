"""What a reader hands over, and how it says no."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from directives.model import Doubt
from directives.readers.places import Places, Stretch

MAX_BYTES: Final = 50 * 1024 * 1024  # of a file as it lies on the disk
MAX_PART_BYTES: Final = 32 * 1024 * 1024  # of one unpacked part of a .docx
MAX_PAGES: Final = 500
MAX_TEXT: Final = 2_000_000  # characters: some 700 close pages; more would be read for minutes on end
MAX_SECONDS: Final = 60.0
MAX_WORKING_SECONDS: Final = 12.0  # of processor time, for the pages of a file with a text layer
MAX_PARTS: Final = 200  # files in a container and the containers in it
MAX_UNPACKED: Final = 200 * 1024 * 1024  # bytes of them all


class Format(StrEnum):
    """Kinds of file that can be read, as the contract names them."""

    TXT = "txt"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    SCAN = "scan"  # a picture: PNG, JPEG, TIFF, BMP
    XLSX = "xlsx"
    DOC = "doc"
    RTF = "rtf"
    ODT = "odt"
    WORD_XML = "xml"  # Word 2003
    XLS = "xls"
    ODS = "ods"
    ZIP = "zip"  # these two hold documents and are none
    EML = "eml"


class Refusal(StrEnum):
    """Why a file is not read."""

    NOT_FOUND = "not-found"
    FOLDER = "is-a-folder"
    NO_ACCESS = "no-access"
    UNKNOWN_FORMAT = "unknown-format"
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_LARGE = "too-large"
    SECRET = "secret"  # noqa: S105 - the name of a reason, not a password


class UnreadableDocument(Exception):
    """A file that is not read: the code, a closer reason where there is one, and what its sentence needs.

    The sentence itself stands in the catalogue of the program that shows it, under `phrase`.
    """

    def __init__(self, code: Refusal, detail: str = "", **fields: str) -> None:
        super().__init__(f"{code}: {detail}" if detail else str(code))
        self.code = code
        self.detail = detail
        self.fields = fields

    def __reduce__(self) -> tuple[Callable[..., "UnreadableDocument"], tuple[Refusal, str, dict[str, str]]]:
        """Let a refusal pass between processes with all it says."""
        return refused, (self.code, self.detail, self.fields)

    @property
    def phrase(self) -> str:
        """Return the code of the sentence that explains this refusal."""
        return f"unreadable.{self.detail or self.code}"


def too_large(limit: int, detail: str = "") -> UnreadableDocument:
    """Return the refusal of something above a limit in bytes."""
    return UnreadableDocument(Refusal.TOO_LARGE, detail, limit=f"{limit // (1024 * 1024)} MB")


def refused(code: Refusal, detail: str, fields: dict[str, str]) -> UnreadableDocument:
    """Make a refusal of its parts."""
    return UnreadableDocument(code, detail, **fields)


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader finds in a file.

    Text with `stretches` was written through `PlacedText`, so that no later step moves it.
    """

    text: str
    pages: int | None = None
    # Running heads, feet and page marks: no part of the text, but they may bear a stamp.
    furniture: tuple[str, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    doubts: tuple[Doubt, ...] = ()  # what a person should compare with the paper


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A file's text, canonical (`directives.text`): spans of what is parsed from it point into it."""

    text: str
    format: Format
    pages: int | None  # None where the file does not say (a .docx that Word has not laid out)
    sha256: str
    stretches: tuple[Stretch, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def places(self) -> Places:
        """Return the map from the text back to pages, paragraphs and boxes."""
        return Places(self.text, self.stretches)
