"""Tables in text, cells parted by «|»: under a header that names a lead column, each row is one task."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from directives.agencies import Mention
from directives.inline_marks import Paragraph
from directives.labels import CellReader, bodies_of
from directives.layout import Layout
from directives.model import Span
from directives.orders import Order
from directives.page import Page
from directives.text import folded

# What the header of a column says of it; the first row that fits wins. One example each.
COLUMNS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("helpers", re.compile(r"phối hợp"), "Cơ quan phối hợp"),
    ("start", re.compile(r"bắt đầu|khởi công"), "Bắt đầu"),
    ("product", re.compile(r"sản phẩm|kết quả|ghi chú|kinh phí|căn cứ|nguồn"), "Sản phẩm"),
    (
        "leads",
        re.compile(r"chủ trì|thực hiện$|trách nhiệm|đầu mối|phân công|^(?:cơ quan|đơn vị)|tham mưu"),
        "Đơn vị chủ trì",
    ),
    (
        "time",
        re.compile(r"thời (?:gian|hạn|điểm)|tiến độ|hoàn thành|^hạn|lộ trình|kết thúc"),
        "Thời gian hoàn thành",
    ),
    ("number", re.compile(r"^(?:s?tt|số tt|số thứ tự|số)$"), "STT"),
    (
        "work",
        re.compile(r"nội dung|nhiệm vụ|công việc|hoạt động|giải pháp|^tên|chương trình|đề án|dự án|văn bản"),
        "Nội dung công việc",
    ),
)
_ANNEX = re.compile(r"^\W*(Phụ lục|PHỤ LỤC)(?:\s+(?:số\s+)?([IVX]{1,4}|\d{1,2}))?(?!\w)")
_ROW_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,2}")
_LEAST_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: one span for each cell."""

    cells: tuple[Span, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows under it."""

    columns: dict[str, int]
    rows: tuple[Row, ...]
    label: str | None  # «Phụ lục» where the table stands in an annex


def is_table_line(words: str) -> bool:
    """Tell whether a line is a row of cells."""
    return words.count("|") >= _LEAST_COLUMNS - 1


def find_tables(layout: Layout) -> Iterator[Table]:
    """Yield the tables whose header names a column of leads."""
    flow, label = layout.flow, None
    if "|" not in flow:
        return
    rows: list[Row] = []
    for paragraph in (*layout.paragraphs, None):
        if paragraph is not None and is_table_line(paragraph.span.of(flow)):
            rows.append(_row(flow, paragraph))
            continue
        yield from _tables(flow, rows, label)
        rows = []
        if paragraph is not None and (annex := _ANNEX.match(paragraph.span.of(flow))):
            label = f"Phụ lục {annex[2]}" if annex[2] else "Phụ lục"


def orders_in(page: Page, table: Table, read_cell: CellReader) -> Iterator[tuple[str, Order]]:
    """Yield the item and the order of each row that names work and who leads it."""
    above: tuple[Mention, ...] = ()
    for position, row in enumerate(table.rows, start=1):
        work = _cell(table, row, "work")
        leads = bodies_of(page, _cell(table, row, "leads"))
        inherited = not leads
        leads = leads or above
        if work is None or not leads or _is_group_heading(page, table, row):
            continue
        above = leads
        time = _cell(table, row, "time")
        deadline = read_cell(time) if time is not None else None
        if deadline is None:
            inside = page.deadlines_in(work)
            deadline = inside[0] if inside else None
        order = Order(
            leads, bodies_of(page, _cell(table, row, "helpers")), [row.span], work, deadline, rule="table-row"
        )
        if inherited:
            order.doubts.append("lead-from-row-above")
        yield f"{table.label or 'Phụ lục'}.{_number(page, table, row) or position}", order


def _row(flow: str, paragraph: Paragraph) -> Row:
    start, end = paragraph.span.start, paragraph.span.end
    if flow[start] == "|":
        start += 1
    if end > start and flow[end - 1] == "|":
        end -= 1
    cells, at = [], start
    while at <= end:
        bar = flow.find("|", at, end)
        stop = bar if bar >= 0 else end
        cells.append(_trimmed(flow, at, stop))
        at = stop + 1
    return Row(tuple(cells), paragraph.span)


def _trimmed(flow: str, start: int, end: int) -> Span:
    words = flow[start:end]
    left = len(words) - len(words.lstrip())
    return Span(start + left, start + left + len(words.strip()))


def _tables(flow: str, rows: Sequence[Row], label: str | None) -> Iterator[Table]:
    header: dict[str, int] = {}
    start = 0
    for index, row in enumerate(rows):
        columns = _columns(flow, row)
        if "leads" in columns and "work" in columns:
            if header:
                yield Table(header, tuple(rows[start:index]), label)
            header, start = columns, index + 1
    if header:
        yield Table(header, tuple(rows[start:]), label)


def _columns(flow: str, row: Row) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(row.cells):
        words = " ".join(folded(cell.of(flow)).split())
        if not words or len(words) > 60:  # noqa: PLR2004 - a header is short
            continue
        name = next((name for name, pattern, _ in COLUMNS if pattern.search(words)), None)
        if name is not None:
            found.setdefault(name, index)
    return found


def _cell(table: Table, row: Row, column: str) -> Span | None:
    index = table.columns.get(column)
    if index is None or index >= len(row.cells) or row.cells[index].start >= row.cells[index].end:
        return None
    return row.cells[index]


def _is_group_heading(page: Page, table: Table, row: Row) -> bool:
    """Tell whether a row only names the group of the rows below it."""
    filled = [cell for cell in row.cells if cell.of(page.flow).strip()]
    return len(filled) <= 2 and _cell(table, row, "leads") is None and _cell(table, row, "time") is None  # noqa: PLR2004


def _number(page: Page, table: Table, row: Row) -> str | None:
    cell = _cell(table, row, "number") or (row.cells[0] if row.cells else None)
    found = _ROW_NUMBER.match(page.flow, cell.start, cell.end) if cell else None
    return found[0] if found and cell and found.end() >= cell.end - 1 else None
