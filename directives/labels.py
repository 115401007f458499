"""The labels that spell out a task: «Cơ quan chủ trì: …; Cơ quan phối hợp: …; Thời gian hoàn thành: …»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from directives.agencies import BodyKind, Mention
from directives.bodies import skip_spaces
from directives.model import Deadline, Span
from directives.page import Page


class CellReader(Protocol):
    """Reads a cell for times."""

    def __call__(self, cell: Span, words: str | None = None) -> Deadline | None:
        """Return the deadline it states, or None; `words`: what it says in full, where it leaves some out."""


_BODY = r"(?:cơ\s+quan|đơn\s+vị|sở|phòng|ngành|cơ\s+quan\s*,\s*đơn\s+vị|cơ\s+quan/đơn\s+vị)"


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One way to label a field of a task; `field` is what the label says of its value."""

    name: str
    field: str
    words: str  # a pattern
    example: str


LABELS: tuple[LabelRow, ...] = (
    LabelRow("helper", "helpers", rf"(?:{_BODY}\s+)?phối\s+hợp(?:\s+thực\s+hiện)?", "Cơ quan phối hợp"),
    LabelRow(
        "leading-body",
        "leads",
        rf"{_BODY}\s+(?:chủ\s+trì|thực\s+hiện|chịu\s+trách\s+nhiệm|tham\s+mưu|đầu\s+mối)"
        r"(?:\s+(?:thực\s+hiện|tham\s+mưu|triển\s+khai))?",
        "Đơn vị chủ trì",
    ),
    LabelRow(
        "leading", "leads", r"(?:chủ\s+trì|trách\s+nhiệm|phân\s+công)(?:\s+thực\s+hiện)?", "Chủ trì thực hiện"
    ),
    LabelRow(
        "time",
        "time",
        r"(?:thời\s+(?:gian|hạn|điểm)|tiến\s+độ|lộ\s+trình|hạn)"
        r"(?:\s+(?:thực\s+hiện|hoàn\s+thành|trình|báo\s+cáo|ban\s+hành|gửi))?",
        "Thời gian hoàn thành",
    ),
    LabelRow(
        "product",
        "product",
        r"(?:sản\s+phẩm|kết\s+quả|sản\s+phẩm\s+đầu\s+ra|kinh\s+phí|nguồn\s+kinh\s+phí|hình\s+thức|địa\s+điểm|nội\s+dung)"
        r"(?:\s+(?:thực\s+hiện|đạt\s+được|dự\s+kiến))?",
        "Sản phẩm",
    ),
)
"""The first row that fits wins."""

_LABEL = re.compile(
    r"(?:^|(?<=[;.,(\n+•*-])|(?<=[;.,(+•*-]\s))\s*(?:"
    + "|".join(f"(?P<r{i}>{row.words})" for i, row in enumerate(LABELS))
    + r")\s*:\s*"
)
_VALUE_END = re.compile(r"[;)]|\.(?=\s|$)")
_SPLIT = re.compile(r"\s*[,;]\s*|\s+và\s+(?=[A-ZĐ])")


def is_label_line(small: str, span: Span) -> bool:
    """Tell whether a line of folded text begins with a label of a lead, a helper or a time."""
    found = _LABEL.match(small, span.start, span.end)
    return found is not None and _name(found) != "product"


def fields_in(page: Page, span: Span) -> Iterator[tuple[str, Span]]:
    """Yield the labels of a stretch with the spans of their values."""
    last = page.small.rfind(":", span.start, span.end)
    if last < 0:
        return
    stop = skip_spaces(page.small, last + 1, span.end)  # no label ends behind the last colon
    every = list(_LABEL.finditer(page.small, span.start, stop))
    for index, found in enumerate(every):
        stop = every[index + 1].start() if index + 1 < len(every) else span.end
        end = _VALUE_END.search(page.flow, found.end(), stop) if _name(found) == "time" else None
        value = Span(found.end(), max(found.end(), end.start() if end else stop))
        yield _name(found), value


def first_label(page: Page, span: Span) -> int:
    """Return where the first label of a stretch begins, its end where it has none."""
    found = _LABEL.search(page.small, span.start, span.end)
    return found.start() if found else span.end


def _name(found: re.Match[str]) -> str:
    return LABELS[int(str(found.lastgroup)[1:])].field


def bodies_of(page: Page, cell: Span | None) -> tuple[Mention, ...]:
    """Return the bodies of a cell; where none is known, what commas and semicolons part is names."""
    if cell is None:
        return ()
    known = tuple(page.mentions_in(cell))
    if known or not any(letter.isalpha() for letter in cell.of(page.flow)):
        return known
    names: list[Mention] = []
    at = cell.start
    for part in _SPLIT.split(cell.of(page.flow).strip(" .;")):
        begin = page.flow.find(part, at, cell.end)
        if part.strip() and begin >= 0:
            at = begin + len(part)
            name = " ".join(part.split())
            span = Span(begin, at)
            names.append(Mention(name, name, None, span, kind=BodyKind.OTHER, named_by="whole-field"))
    return tuple(names)
