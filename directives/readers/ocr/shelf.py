"""Keep what was read from pictures, by the hash of their file and the version of the engine.

Nothing reaches the disk before the whole of a document, with all that lies in it, has been read and bears no
stamp of secrecy; one refused for a stamp loses what was kept of it before.
"""

import gzip
import json
import os
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from directives.readers.document import Refusal, UnreadableDocument
from directives.readers.ocr.words import Sheet, Turn, Word
from directives.readers.pieces import Ruling

OWN_VERSION: Final = 4  # of how pages are set straight, tables found and words mended: raise it with them
SPOILED: Final = (OSError, EOFError, zlib.error, ValueError, TypeError, KeyError, AttributeError)


@dataclass(slots=True)
class Shelf:
    """The pages of one file: those read before, and those read now."""

    path: Path | None = None
    _kept: Mapping[int, Sheet] | None = None
    _new: dict[int, Sheet] = field(default_factory=dict)

    def find(self, number: int) -> Sheet | None:
        """Return a page that was read before."""
        if self.path is None:
            return None
        if self._kept is None:
            self._kept = _load(self.path)
        return self._kept.get(number)

    def put(self, number: int, sheet: Sheet) -> None:
        """Remember a page that was read now."""
        if self.path is not None:
            self._new[number] = sheet

    def keep(self) -> None:
        """Write what was read now; a folder that cannot be written only costs the time to read again."""
        if self.path is not None and self._new:
            pages = {**(self._kept or {}), **self._new}
            packed = json.dumps({str(number): asdict(sheet) for number, sheet in pages.items()})
            with suppress(OSError):
                _write(self.path, gzip.compress(packed.encode(), mtime=0))

    def forget(self) -> None:
        """Remove what was kept of the file, by this or another version."""
        if self.path is not None:
            sha256 = self.path.name.partition(".")[0]
            for path in self.path.parent.glob(f"{sha256}.*"):
                path.unlink(missing_ok=True)


@dataclass(slots=True)
class _Shelves:
    folder: Path
    taken: dict[str, Shelf] = field(default_factory=dict)


IN_USE: Final[ContextVar[_Shelves | None]] = ContextVar("shelves", default=None)


@contextmanager
def keeping(folder: Path | None) -> Iterator[None]:
    """Keep in this folder what is read within, when all of it has been read; None keeps nothing."""
    shelves = None if folder is None else _Shelves(folder)
    token = IN_USE.set(shelves)
    try:
        yield
    except UnreadableDocument as refusal:
        if shelves is not None and refusal.code is Refusal.SECRET:
            for shelf in shelves.taken.values():
                shelf.forget()
        raise
    else:
        for shelf in shelves.taken.values() if shelves else ():
            shelf.keep()
    finally:
        IN_USE.reset(token)


def shelf_of(sha256: str, version: str) -> Shelf:
    """Return the shelf of a file's pages; one that keeps nothing outside `keeping`."""
    shelves = IN_USE.get()
    if shelves is None:
        return Shelf()
    path = shelves.folder / f"{sha256}.{version}-{OWN_VERSION}.json.gz"
    return shelves.taken.setdefault(sha256, Shelf(path))


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, for its owner alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _load(path: Path) -> Mapping[int, Sheet]:
    """Return the pages kept in a file; none where there is no such file, or it is spoiled."""
    try:
        pages: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
        return {
            int(number): Sheet(
                tuple(Word(**word) for word in sheet["words"]),
                Turn(**sheet["turn"]),
                tuple(Ruling(**ruling) for ruling in sheet["rulings"]),
            )
            for number, sheet in pages.items()
        }
    except SPOILED:
        return {}
