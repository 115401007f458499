"""Where a document comes from and what came of it: the chain of citations in both directions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tracker.domain.lineage import Citations, Node, downwards, upwards
from tracker.services.listing import find_directive
from tracker.store import lineage as stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """A document between those that it is built on and those that are built on it."""

    directive_id: int
    number: str
    issued_on: date | None
    subject: str | None
    built_on: tuple[Node, ...]
    followed_by: tuple[Node, ...]


def lineage_of(session: Session, ref: str) -> Lineage:
    """Return the chain around a document; what is cited and not in the register stands there as a stub.

    Raises NotFound for none, Conflict for several that bear the number.
    """
    entry = find_directive(session, ref)
    citations = Citations.of(stored.documents(session), stored.citations(session))
    return Lineage(
        directive_id=entry.id,
        number=entry.number or entry.file_name,
        issued_on=entry.issued_on,
        subject=entry.subject,
        built_on=upwards(citations, entry.id),
        followed_by=downwards(citations, entry.id),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the tree: how far from the document, and what stands there."""

    depth: int
    node: Node


def lines(nodes: tuple[Node, ...]) -> Iterator[Line]:
    """Yield a branch line by line, the nearest first, each followed by what lies behind it."""
    waiting = [Line(1, node) for node in reversed(nodes)]
    while waiting:
        line = waiting.pop()
        yield line
        waiting += [Line(line.depth + 1, node) for node in reversed(line.node.to)]
