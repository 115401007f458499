"""A document's text cut into stretches, so that a page can mark the words a task came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from directives.model import Span


@dataclass(frozen=True, slots=True)
class Marked:
    """Words to be marked: as what (task, lead, deadline), and the anchor that leads to them."""

    span: Span
    kind: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the text between two edges of marks; unmarked where `kinds` is empty."""

    text: str
    kinds: tuple[str, ...]  # in the order the marks were given, each once
    anchors: tuple[str, ...]  # of the marks that begin here


def stretches(text: str, marked: Sequence[Marked]) -> list[Stretch]:
    """Cut a text at every edge of the given spans, so that marks may overlap.

    The stretches put together are the text again. Spans beyond it are cut to it; empty ones mark nothing.
    """
    inside = [(max(0, mark.span.start), min(len(text), mark.span.end), mark) for mark in marked]
    inside = [found for found in inside if found[0] < found[1]]
    edges = sorted({0, len(text)} | {edge for start, end, _ in inside for edge in (start, end)})
    return [
        Stretch(
            text[left:right],
            tuple(dict.fromkeys(mark.kind for start, end, mark in inside if start <= left and right <= end)),
            tuple(dict.fromkeys(mark.anchor for start, _, mark in inside if start == left and mark.anchor)),
        )
        for left, right in pairwise(edges)
    ]
