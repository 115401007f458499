"""Which files a command is about: those named, and in a folder every one below it, in order."""

import os
from collections.abc import Iterable
from pathlib import Path

from directives.readers.members import is_junk


def found_files(paths: Iterable[Path]) -> list[Path]:
    """Return the files named; of a folder all below it, sorted, without what systems leave behind.

    Links to folders are not followed: they may lead round in a circle.
    """
    found: list[Path] = []
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for a name that is too long
            found += sorted(_below(path))
        else:
            found.append(path)
    return found


def _below(folder: Path) -> Iterable[Path]:
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not is_junk(f"{name}/x") and not name.startswith(".")]
        yield from (Path(where, name) for name in names if not is_junk(name))
