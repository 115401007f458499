"""Documents of another kind that a Word file takes in as they are (altChunk), read where they stand.

Source: ECMA-376 part 1, 17.17.2.1. Word itself shows them as part of the text.
"""

from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Final

from directives.model import Doubt
from directives.readers.archive import Package
from directives.readers.document import Refusal, UnreadableDocument
from directives.readers.wordml import Element

RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MAX_DEPTH: Final = 2  # a file in a file in the file itself
MAX_CHUNKS: Final = 50
_DEPTH: ContextVar[int] = ContextVar("chunks", default=0)
NOT_READ: Final = Doubt(
    "part-not-read",
    "Tệp Word có phần chèn từ tệp khác không đọc được. Hãy mở tệp bằng Word, lưu lại rồi nạp lại, "
    "hoặc nhập tay các nhiệm vụ trong phần đó.",
)


@dataclass(slots=True)
class Chunks:
    """Reads what a Word file takes in; what cannot be read is a doubt, a secret refuses the whole."""

    package: Package
    targets: Mapping[str, str]  # relationship → name of the part
    doubts: list[Doubt] = field(default_factory=list)
    _left: int = MAX_CHUNKS

    def lines(self, chunk: Element) -> Iterator[str]:
        """Give the lines of the document that stands here."""
        name = self.targets.get(chunk.get(RELATION) or "", "")
        self._left -= 1
        if self._left < 0 or _DEPTH.get() == MAX_DEPTH or name not in self.package.every_name():
            self._missed()
            return
        from directives.readers import read_bytes  # noqa: PLC0415 — a file inside may be of any kind

        above = _DEPTH.set(_DEPTH.get() + 1)
        try:
            read = read_bytes(self.package.content(name))
        except UnreadableDocument as refusal:
            if refusal.code is Refusal.SECRET:
                raise
            if refusal.code is not Refusal.EMPTY:
                self._missed()
            return
        finally:
            _DEPTH.reset(above)
        self.doubts += [Doubt(doubt.code, doubt.message) for doubt in read.doubts]
        yield from read.text.split("\n")

    def _missed(self) -> None:
        if NOT_READ not in self.doubts:
            self.doubts.append(NOT_READ)


def load_chunks(package: Package, main: str) -> Chunks:
    """Find the parts that a Word file's main part refers to."""
    folder, _, name = main.rpartition("/")
    links = package.part(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
    targets = {}
    for link in links if links is not None else ():
        target = link.get("Target") or ""
        if link.get("TargetMode") != "External":
            targets[link.get("Id") or ""] = (
                target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            )
    return Chunks(package, targets)
