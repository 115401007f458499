"""Read and draw files that nobody has looked at yet in a process of their own, bounded in memory and time.

Whatever a file does there (fill the memory, run for ever, crash a library), here it is a refusal. Plain text
is read in place: its reader is bounded by what it is. The process is kept for the next file; decision 0012.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, cast

from directives import readers
from directives.readers import Format, Part, RawDocument, Refusal, UnreadableDocument
from directives.readers.crop import crop as draw
from directives.readers.members import safe_name
from directives.readers.places import Place
from directives.readers.sniff import HEAD, format_of

IS_POSSIBLE: Final = os.name == "posix"  # elsewhere files are read in place


def read(path: str | Path, *, ocr_cache: Path | None = None) -> RawDocument:
    """Read a file as `readers.read` does, with bounds; raise UnreadableDocument, and nothing else."""
    return cast(RawDocument, _read(readers.read, Path(path), ocr_cache))


def read_parts(path: str | Path, *, ocr_cache: Path | None = None) -> list[Part]:
    """Read a file and what is in it as `readers.read_parts` does, with bounds."""
    return cast(list[Part], _read(readers.read_parts, Path(path), ocr_cache))


def crop(path: Path, place: Place) -> bytes:
    """Draw a place as `crop.crop` does, with bounds; raise UnreadableDocument, and nothing else."""
    if not IS_POSSIBLE:
        return draw(path, place)
    from directives.readers.processes import ask  # noqa: PLC0415 - what plain text does not need

    box = place.box
    edges = None if box is None else (box.left, box.top, box.right, box.bottom)
    return cast(bytes, ask("crop", path, {"page": place.page, "box": edges}))


def _read(reader: Callable[..., object], path: Path, ocr_cache: Path | None) -> object:
    if not IS_POSSIBLE or _is_harmless(path):
        return reader(path, ocr_cache=ocr_cache)
    from directives.readers.processes import ask  # noqa: PLC0415 - what plain text does not need

    try:
        return ask(reader.__name__, path, {"ocr_cache": None if ocr_cache is None else str(ocr_cache)})
    except UnreadableDocument as refusal:
        if refusal.code is not Refusal.SECRET:
            refusal.fields.setdefault("name", safe_name(path.name))
        raise


def _is_harmless(path: Path) -> bool:
    """Tell whether a file is plain text, or none that would be opened at all."""
    try:
        if not path.is_file():
            return True
        with path.open("rb") as file:
            return format_of(file.read(HEAD)) is Format.TXT
    except (OSError, ValueError):
        return True
    except UnreadableDocument:
        return False
