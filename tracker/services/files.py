"""Documents as they came, kept by content hash outside any web root."""

import os
import tempfile
from pathlib import Path

from tracker.errors import Unavailable


def place_of(sha256: str, suffix: str) -> str:
    """Return where a file is kept, relative to the files folder."""
    return f"{sha256[:2]}/{sha256}.{suffix}"


def keep(content: bytes, folder: Path, place: str) -> None:
    """Write a file to its place, whole or not at all; a file already there is the same one.

    The bytes are those that were read and hashed, whatever has become of the file they came from.
    Raises Unavailable where the folder cannot be written.
    """
    target = folder / place
    if target.exists():
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".")
        with os.fdopen(handle, "wb") as copy:
            copy.write(content)
            copy.flush()
            os.fsync(copy.fileno())
        Path(draft).replace(target)
    except OSError as error:
        raise Unavailable("folder.not-writable", folder=folder) from error
