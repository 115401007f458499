"""What a container hands over: named bytes, counted against bounds for the whole of it."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from directives.readers.document import MAX_PARTS, MAX_UNPACKED, Refusal, UnreadableDocument, too_large

NO_STEPS: Final = frozenset({"", ".", ".."})
DRIVE: Final = re.compile(r"[A-Za-z]:")
SLASHES: Final = re.compile(r"[\\/]+")
UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # line ends, marks that turn a name's direction
MAX_NAME: Final = 200
UNNAMED: Final = "part"
# What systems leave beside documents: no one sent it.
JUNK_FOLDERS: Final = frozenset({"__MACOSX"})
JUNK: Final = re.compile(r"\..*|~\$.*|Thumbs\.db|desktop\.ini", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a container, or why it cannot be had; a mail's own words are its `body`."""

    name: str
    content: bytes | UnreadableDocument
    body: bool = False


@dataclass(slots=True)
class Budget:
    """How much may still come out of a container and those in it."""

    parts: int = MAX_PARTS
    size: int = MAX_UNPACKED

    def take(self, *, parts: int = 0, size: int = 0) -> None:
        """Count parts or bytes; raise UnreadableDocument where there are too many."""
        self.parts -= parts
        self.size -= size
        if self.parts < 0:
            raise UnreadableDocument(Refusal.TOO_LARGE, "too-many-parts", limit=f"{MAX_PARTS}")
        if self.size < 0:
            raise unpacks_too_large()


def unpacks_too_large() -> UnreadableDocument:
    """Return the refusal of what swells beyond the bound when it is unpacked."""
    return too_large(MAX_UNPACKED, "unpacks-too-large")


def safe_name(name: str) -> str:
    """Return a name that leads nowhere: no root, no drive, no way up, nothing that is not seen.

    It is only shown and stored as words; nothing is ever written under it.
    """
    steps = [step.strip() for step in SLASHES.split(seen(unicodedata.normalize("NFC", name)))]
    kept = [step[-MAX_NAME:] for step in steps if step not in NO_STEPS and not DRIVE.fullmatch(step)]
    return "/".join(kept)[-2 * MAX_NAME :].lstrip("/") or UNNAMED


def seen(name: str) -> str:
    """Return a name without what would move a terminal's cursor or end a line."""
    return "".join(" " if unicodedata.category(char) in UNSEEN else char for char in name)


def is_junk(name: str) -> bool:
    """Tell what a system leaves behind (a thumbnail, a lock) from what somebody sent."""
    *folders, last = name.split("/")
    return bool(JUNK_FOLDERS.intersection(folders)) or JUNK.fullmatch(last) is not None
