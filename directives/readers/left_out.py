"""Words that stand in a file and are not read: struck out, or not shown. Somebody should know of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from directives.model import Doubt, Span

STRUCK: Final = "struck-out"
HIDDEN: Final = "hidden-text"
NOTE: Final = "date-in-note"
MESSAGES: Final = {
    STRUCK: "Chữ bị gạch ngang đã được bỏ qua: «{words}». Hãy đối chiếu với bản gốc.",
    HIDDEN: "Chữ bị ẩn trong tệp đã được bỏ qua: «{words}». Hãy đối chiếu với bản gốc.",
    NOTE: "Chú thích có ghi thời gian, không đọc thành thời hạn: «{words}». Hãy đối chiếu với bản gốc.",
}
# What is hidden, or said in a note, matters to nobody unless it says when something is due.
DATED: Final = re.compile(
    r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|(?:ngày|tháng|quý|hạn)\s+(?:\d|[IVX]+\b)", re.IGNORECASE
)
SAMPLE: Final = 80
MOST: Final = 20  # doubts of one kind


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words that were left out, and the line they stood on; None where nothing else stood there."""

    code: str
    words: str
    line: int | None


def doubts_of(left_out: Sequence[LeftOut], lines: Sequence[str]) -> tuple[Doubt, ...]:
    """Return a doubt for each; they point at the rest of their line in the lines as they are written."""
    return tuple(_doubts(left_out, lines)) if left_out else ()


def _doubts(left_out: Sequence[LeftOut], lines: Sequence[str]) -> Iterator[Doubt]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    given = dict.fromkeys(MESSAGES, 0)
    for each in left_out:
        if (each.code != STRUCK and DATED.search(each.words) is None) or given[each.code] == MOST:
            continue
        given[each.code] += 1
        here = each.line is not None and each.line < len(lines)
        span = Span(starts[each.line], starts[each.line + 1] - 1) if here and each.line is not None else None
        yield Doubt(each.code, MESSAGES[each.code].format(words=_sample(each.words)), span)


def _sample(words: str) -> str:
    return words if len(words) <= SAMPLE else words[:SAMPLE].rpartition(" ")[0] + " …"
