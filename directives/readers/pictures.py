"""Pictures of places, drawn once: kept in a folder by the hash of the file, the page, box and scale.

A file that cannot be drawn within its bounds is remembered too: nobody waits for it a second time.
"""

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from directives.readers.crop import DPI
from directives.readers.document import Refusal, UnreadableDocument
from directives.readers.guarded import crop
from directives.readers.places import Place

OWN_VERSION: Final = 1  # of what a picture shows around its place: raise it with that
MAX_KEPT: Final = 2000  # pictures, of some 50 to 200 kB; then the older half goes
NOTHING: Final = b""  # kept in the place of a picture that cannot be drawn


def picture(path: Path, place: Place, *, sha256: str, folder: Path) -> bytes:
    """Return a PNG of a place in the file of this hash, as it is kept, or drawn now and kept.

    Raises UnreadableDocument where the file has no such page, or cannot be drawn in bounded memory and time.
    """
    kept = folder / f"{sha256}.{_key(place)}.png"
    with suppress(OSError):
        return _shown(kept.read_bytes())
    try:
        drawn = crop(path, place)
    except UnreadableDocument as refusal:
        if refusal.code is not Refusal.TOO_LARGE:
            raise
        drawn = NOTHING
    with suppress(OSError):  # a folder that cannot be written only costs the time to draw again
        _keep(drawn, kept)
    return _shown(drawn)


def _shown(kept: bytes) -> bytes:
    if kept == NOTHING:
        raise UnreadableDocument(Refusal.TOO_LARGE, "too-heavy")
    return kept


def _key(place: Place) -> str:
    """Name what is drawn: the page and its scale to be read, the box as a hash."""
    box = place.box
    edges = "" if box is None else f"{box.left:.2f} {box.top:.2f} {box.right:.2f} {box.bottom:.2f}"
    shape = hashlib.sha256(edges.encode()).hexdigest()[:16]
    return f"{place.page or 1}-{shape}-{DPI:.0f}-{OWN_VERSION}"


def _keep(drawn: bytes, kept: Path) -> None:
    """Write a picture whole or not at all, for its owner alone; make room for it first."""
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _make_room(kept.parent)
    handle, name = tempfile.mkstemp(dir=kept.parent, prefix=f"{kept.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(drawn)
        Path(name).replace(kept)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _make_room(folder: Path) -> None:
    """Take the older half away where the folder is full."""
    with os.scandir(folder) as entries:
        kept = list(entries)
    if len(kept) < MAX_KEPT:
        return
    for entry in sorted(kept, key=lambda each: each.stat().st_mtime_ns)[: MAX_KEPT // 2]:
        Path(entry.path).unlink(missing_ok=True)
