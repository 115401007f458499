"""What `dondoc parse` says of a file: its documents, or why one was not read, as JSON, text or a table.

Everything here may run in a process of its own: what goes in and comes out is plain values.
"""

import json
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.cli.shared import PLAIN_WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from directives.deadlines.policy import DeadlinePolicy
    from directives.model import ParsedDirective
    from directives.readers import Part, RawDocument, UnreadableDocument


class Shape(StrEnum):
    """In which form an answer is given."""

    JSON = "json"
    TEXT = "text"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Form:
    """The form asked for, and the page it is shown on."""

    shape: Shape
    width: int = PLAIN_WIDTH
    on_terminal: bool = False

    @classmethod
    def of(cls, shape: Shape) -> "Form":
        """Fit a form to where the answers go."""
        if shape is not Shape.TABLE or not sys.stdout.isatty():
            return cls(shape)
        from rich.console import Console

        return cls(shape, Console().width, on_terminal=True)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is printed about one document; a refusal in words goes to stderr."""

    text: str
    refused: bool = False
    complaint: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """A document that was read, and what it says."""

    path: str
    raw: "RawDocument"
    parsed: "ParsedDirective"


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not read, and why."""

    path: str
    code: str
    message: str
    detail: str | None = None  # a closer reason, where there is one

    @classmethod
    def because(cls, path: str, error: "UnreadableDocument") -> "Refused":
        """Put a refusal into words."""
        from tracker.phrasebook import say

        return cls(path, str(error.code), say(error.phrase, **error.fields), error.detail or None)


def answers_of(
    path: Path, form: Form, policy: "DeadlinePolicy", ocr_cache: Path | None = None
) -> tuple[Answer, ...]:
    """Read one file, and say what each document in it assigns."""
    return tuple(answer(outcome, form) for outcome in look(path, policy, ocr_cache))


def crashed(path: Path, form: Form) -> tuple[Answer, ...]:
    """Say that the process which read a file died."""
    from directives.readers.members import safe_name
    from tracker.phrasebook import say

    message = say("unreadable.crashed", name=safe_name(path.name))
    return (answer(Refused(str(path), "crashed", message), form),)


def look(path: Path, policy: "DeadlinePolicy", ocr_cache: Path | None = None) -> "Sequence[Read | Refused]":
    """Read one file and the files in it, with the deadlines that the office's policy makes of their dates."""
    from directives.readers import UnreadableDocument
    from directives.readers.guarded import read_parts
    from directives.readers.parts import path_of

    try:
        parts = read_parts(path, ocr_cache=ocr_cache)
    except UnreadableDocument as error:
        return (Refused.because(str(path), error),)
    return [_outcome(path_of(path, part.name), part, policy) for part in parts]


def answer(outcome: Read | Refused, form: Form) -> Answer:
    """Say what became of one document in the form asked for."""
    if form.shape is Shape.JSON:
        return Answer(_json(outcome), refused=isinstance(outcome, Refused))
    if isinstance(outcome, Refused):
        return Answer(outcome.message, refused=True, complaint=True)
    if form.shape is Shape.TEXT:  # canonical: all offsets count in it
        return Answer(outcome.parsed.text.removesuffix("\n"))
    from directives.readers.members import safe_name
    from tracker.cli.reading_table import drawn

    name = safe_name(Path(outcome.path).name)  # what a file is called must not move the cursor
    return Answer(drawn(name, outcome.parsed, width=form.width, on_terminal=form.on_terminal))


def _outcome(path: str, part: "Part", policy: "DeadlinePolicy") -> Read | Refused:
    from directives.parse import parse
    from directives.readers import UnreadableDocument

    raw = part.document
    if isinstance(raw, UnreadableDocument):
        return Refused.because(path, raw)
    parsed = parse(raw.text, file_name=Path(part.name).name, policy=policy, doubts=raw.doubts)
    return Read(path, raw, parsed)


def _json(outcome: Read | Refused) -> str:
    """Write one object on one line; the contract that other programs rely on."""
    said: dict[str, Any]
    if isinstance(outcome, Refused):
        error = {"code": outcome.code, "detail": outcome.detail, "message": outcome.message}
        said = {"source": {"path": outcome.path}, "error": error}
    else:
        from directives.encode import as_contract

        raw = outcome.raw
        source = {"path": outcome.path, "sha256": raw.sha256, "format": str(raw.format), "pages": raw.pages}
        said = as_contract(outcome.parsed, source)
    return json.dumps(said, ensure_ascii=False)
