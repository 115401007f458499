"""Items that a copy has run together in one paragraph («… 1. Sở A: …; 2. Sở B: …»), taken apart again."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from directives.markers import ROMAN, rank_of, roman_rank
from directives.model import Span

# One row a family: the mark stands behind the end of a sentence or clause, and its own text begins at once.
# Before it, how the second mark looks: without one nothing counts, and to look for it costs next to nothing.
# Behind it, how its labels count.
_INLINE = (
    ("2.", re.compile(r"(?<=[.;:…]\s)([0-9]{1,2})\.\s?(?=[A-ZĐÀ-Ỹ])"), rank_of),
    ("2)", re.compile(r"(?<=[.;:…,]\s)\(([0-9]{1,2})\)\s(?=\w)"), rank_of),
    ("b)", re.compile(r"(?<=[.;:…]\s)([a-zđ])\)\s(?=\w)"), rank_of),
    ("(ii)", re.compile(rf"(?<=[.;:…,]\s)\(({ROMAN.lower()})\)\s(?=\w)"), roman_rank),
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together."""

    span: Span
    lines: tuple[Span, ...]


def split_at_inline_marks(text: str, lines: Sequence[Span]) -> Iterator[Paragraph]:
    """Yield the paragraph, or its parts where marks in it count 1, 2, 3 … or a, b, c …."""
    start, end = lines[0].start, lines[-1].end
    counted = [row for row in _INLINE if text.find(row[0], start, end) >= 0]
    cuts = sorted({cut for _, mark, rank in counted for cut in _counting(mark, rank, text, start, end)})
    if not cuts:
        yield Paragraph(Span(start, end), tuple(lines))
        return
    first = 0
    for begin, stop in pairwise((start, *cuts, end)):
        inside: list[Span] = []
        index = first
        while index < len(lines) and lines[index].start < stop:
            part = _trimmed(text, max(begin, lines[index].start), min(stop, lines[index].end))
            if part.start < part.end:
                inside.append(part)
            first = index
            index += 1
        if inside:
            yield Paragraph(Span(inside[0].start, inside[-1].end), tuple(inside))


def _counting(
    pattern: re.Pattern[str], rank_of_label: Callable[[str], int], text: str, start: int, end: int
) -> list[int]:
    """Return where the marks of one family stand that count up from the first, if at least two."""
    cuts: list[int] = []
    for found in pattern.finditer(text, start, end):
        rank = rank_of_label(found[1])
        if rank == len(cuts) + 1:
            cuts.append(found.start())
    return cuts if len(cuts) > 1 else []


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    return Span(start + left, start + left + len(words.strip()))
