"""Files that hold others: a zip, a mail, a PDF with attachments; each part is read as a file of its own."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path, PurePosixPath
from time import monotonic
from types import MappingProxyType
from typing import Final

from directives.readers.bounds import next_step
from directives.readers.document import Format, RawDocument, Refusal, UnreadableDocument
from directives.readers.members import Budget, Member, safe_name
from directives.readers.packed import Packed, handing_over
from directives.readers.secrecy import refuse_secret_path
from directives.readers.sniff import format_of

CONTAINERS: Final = MappingProxyType(
    {Format.ZIP: ("archives", "open_archive"), Format.EML: ("mailbox", "open_message")}
)
MAX_SECONDS: Final = 300.0  # in which parts are begun; the last may take its own time (`processes.WHOLE`)
NOT_REACHED: Final = "not-reached"
MAX_DEPTH: Final = 2  # a container in a container in the file itself
LONGEST_NOTE: Final = 60_000  # letters
BY_WHEN: Final = re.compile(
    r"(?:trước|chậm nhất|muộn nhất|đến hết|hạn(?: chót| cuối)?)(?!\w)[^.;\n]{0,30}?\d{1,2}\s*[/-]\s*\d",
    re.IGNORECASE,
)
OF_THE_WHOLE: Final = frozenset({"too-many-parts", "unpacks-too-large"})

ReadOne = Callable[[bytes], RawDocument]


@dataclass(frozen=True, slots=True)
class Part:
    """A file, or one in a container: its name («x.zip/part.docx»), what it says or why not, its bytes."""

    name: str
    document: RawDocument | UnreadableDocument
    content: bytes = field(default=b"", repr=False)


def path_of(file: Path, name: str) -> str:
    """Return where a part lies: «folder/x.zip/part.docx», for the file's path as it was given."""
    return f"{file}{name.removeprefix(file.name)}"


def container_of(raw: bytes) -> Format | None:
    """Tell whether a file holds others, and what it is then; None for a document or what cannot be told."""
    try:
        kind = format_of(raw)
    except UnreadableDocument:
        return None
    return kind if kind in CONTAINERS else None


def open_parts(raw: bytes, name: str, read_one: ReadOne, *, alone: bool = False) -> list[Part]:
    """Read a file, every file in it where it is a container, and in containers in it.

    What is attached to a PDF follows it, unless only documents that stand `alone` are asked for. Raises
    UnreadableDocument where the whole cannot be opened, holds nothing, or where any part is secret.
    """
    try:
        parts = _Opening(read_one, Budget(), monotonic(), alone).whole(raw, name)
    except MemoryError as error:
        raise UnreadableDocument(Refusal.TOO_LARGE, "too-heavy") from error
    except RecursionError as error:
        raise UnreadableDocument(Refusal.DAMAGED) from error
    if not parts:
        raise UnreadableDocument(Refusal.EMPTY, "nothing-inside")
    return _told_apart(parts)


def only_part(parts: Sequence[Part]) -> Part:
    """Return the one part that is a document; raise UnreadableDocument where none is, or several are."""
    documents = [part for part in parts if isinstance(part.document, RawDocument)]
    if late := next((refusal for refusal in _refusals(parts) if refusal.detail == NOT_REACHED), None):
        raise late  # what was not looked at may be what was meant
    if len(documents) > 1:
        raise UnreadableDocument(Refusal.UNKNOWN_FORMAT, "several-parts", count=f"{len(documents)}")
    if documents:
        return documents[0]
    refusals = _refusals(parts)
    raise refusals[0] if len(refusals) == 1 else UnreadableDocument(Refusal.EMPTY, "nothing-inside")


def _refusals(parts: Sequence[Part]) -> list[UnreadableDocument]:
    return [part.document for part in parts if isinstance(part.document, UnreadableDocument)]


def only_document(parts: Sequence[Part]) -> RawDocument:
    """Return the one document among the parts; raise UnreadableDocument where there is none, or several."""
    document = only_part(parts).document
    if isinstance(document, UnreadableDocument):
        raise document
    return document


@dataclass(frozen=True, slots=True)
class _Opening:
    """One file's opening: how documents are read, what may still come out, since when it is opened.

    `alone`: what is attached to a PDF is no part.
    """

    read_one: ReadOne
    budget: Budget
    begun: float
    alone: bool

    def whole(self, raw: bytes, name: str) -> list[Part]:
        """Read the file itself, or where it is a container its parts."""
        kind = container_of(raw)
        return self._document(raw, name, 0) if kind is None else list(self.parts(raw, kind, name, 0))

    def parts(self, raw: bytes, kind: Format, name: str, depth: int) -> Iterator[Part]:
        """Give the parts of one container; a mail's words where they are no mere note to what is attached."""
        module, function = CONTAINERS[kind]
        opener = getattr(import_module(f"directives.readers.{module}"), function)
        words, attached = list[Part](), list[Part]()
        for member in opener(raw, self.budget):
            (words if member.body else attached).extend(self._member(member, name, depth))
        yield from _words_that_count(words, alone=not any(_is_read(part) for part in attached))
        yield from attached

    def _member(self, member: Member, holder: str, depth: int) -> list[Part]:
        """Read one member; its own refusal is its answer, but a secret or a bound refuses the whole."""
        name = f"{holder}/{member.name}" if holder else member.name
        content = member.content if isinstance(member.content, bytes) else b""
        try:
            refuse_secret_path(member.name)
            return self._read(member.content, name, depth)
        except UnreadableDocument as refusal:
            if refusal.code is Refusal.SECRET or refusal.detail in OF_THE_WHOLE:
                raise
            refusal.fields.setdefault("name", PurePosixPath(name).name)
            return [Part(name, refusal, content)]

    def _read(self, content: bytes | UnreadableDocument, name: str, depth: int) -> list[Part]:
        if isinstance(content, UnreadableDocument):
            raise content
        inner = container_of(content)
        if inner is None:
            self._begin_part()
            return self._document(content, name, depth + 1)
        if depth == MAX_DEPTH:
            raise UnreadableDocument(Refusal.TOO_LARGE, "nested-too-deep", limit=f"{MAX_DEPTH}")
        return list(self.parts(content, inner, name, depth + 1))

    def _document(self, content: bytes, name: str, depth: int) -> list[Part]:
        """Read a document, then what is attached to it; too deep inside, that is only looked into."""
        if self.alone or depth > MAX_DEPTH:
            return [Part(name, self.read_one(content), content)]
        held = dict[tuple[str, bytes], Member]()  # a file pinned to a page is often attached to the whole too

        def take(files: Sequence[Packed]) -> None:
            self.budget.take(parts=len(files), size=sum(file.size for file in files))
            for number, file in enumerate(files, start=1):
                refuse_secret_path(file.name)  # the whole name: what is shown of it is cut
                named = safe_name(file.name) if file.name.strip() else f"attachment-{number}"
                inner = file.content()
                held.setdefault((file.name, inner), Member(named, inner))

        document: RawDocument | UnreadableDocument
        with handing_over(take):
            try:
                document = self.read_one(content)
            except UnreadableDocument as refusal:
                if not held or refusal.code is Refusal.SECRET or refusal.detail in OF_THE_WHOLE:
                    raise
                refusal.fields.setdefault("name", PurePosixPath(name).name)
                document = refusal  # a cover without words around what is meant
        inside = [part for member in held.values() for part in self._member(member, name, depth)]
        return [Part(name, document, content), *inside]

    def _begin_part(self) -> None:
        """Give a part its own time of the processor, as long as there is time for the whole."""
        if monotonic() - self.begun > MAX_SECONDS:
            raise UnreadableDocument(Refusal.TOO_LARGE, NOT_REACHED, limit=f"{MAX_SECONDS / 60:.0f}")
        next_step()


def _words_that_count(words: Sequence[Part], *, alone: bool) -> Iterator[Part]:
    """Give the words of a mail that give work; and the first that can be read where nothing else can."""
    first = next((part for part in words if _is_read(part)), None)
    for part in words:
        if (alone and part is (first or part)) or _gives_work(part):
            yield part


def _is_read(part: Part) -> bool:
    return isinstance(part.document, RawDocument)


def _gives_work(part: Part) -> bool:
    """Tell whether words are more than a note: they say by when, or give a task; long ones are, unread."""
    if not isinstance(part.document, RawDocument):
        return False
    text = part.document.text
    if len(text) > LONGEST_NOTE or BY_WHEN.search(text):
        return True
    parse = import_module("directives.parse").parse
    return bool(parse(text).tasks)


def _told_apart(parts: Sequence[Part]) -> list[Part]:
    """Give parts of one name a number: «x.docx», «x (2).docx»."""
    seen: dict[str, int] = {}
    found = []
    for part in parts:
        count = seen[part.name] = seen.get(part.name, 0) + 1
        path = PurePosixPath(part.name)
        name = part.name if count == 1 else str(path.with_name(f"{path.stem} ({count}){path.suffix}"))
        found.append(Part(name, part.document, part.content))
    return found
