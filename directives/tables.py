"""Tables in text, a row a line, cells parted by «|»: found by the wording of their header."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from directives.header_cells import columns_of, counts_columns, heads_work
from directives.layout import Layout
from directives.model import Span
from directives.text import one_line

_ANNEX = re.compile(
    r"^\W*(Phụ lục|PHỤ LỤC|Phụ Lục)(?:\s+(?:(?i:số)\s*:?\s*)?([IVX]{1,5}|\d{1,2}|[A-Z])(?!\w))?(?!\w)"
)
_LEAST_COLUMNS = 3
_NEAR = 2  # paragraphs that may stand between two parts of one table


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: one span for each cell."""

    cells: tuple[Span, ...]
    span: Span

    def words(self, flow: str) -> list[str]:
        """Return the words of each cell."""
        return [one_line(cell.of(flow)) for cell in self.cells]


@dataclass(slots=True)
class Table:
    """A header and the rows under it; without columns where no header was understood."""

    columns: dict[str, int]
    rows: list[Row] = field(default_factory=list)
    label: str | None = None  # «Phụ lục» where the table stands in an annex
    header: list[str] = field(default_factory=list)

    def cell(self, row: Row, column: str) -> Span | None:
        """Return a cell of a row; None where it is empty or there is no such column."""
        index = self.columns.get(column)
        if index is None or index >= len(row.cells) or row.cells[index].start >= row.cells[index].end:
            return None
        return row.cells[index]


def is_table_line(words: str) -> bool:
    """Tell whether a line is a row of cells."""
    return words.count("|") >= _LEAST_COLUMNS - 1


def find_tables(layout: Layout) -> list[Table]:
    """Return the tables of a text, those whose header says nothing known without columns."""
    flow = layout.flow
    if "|" not in flow:
        return []
    tables: list[Table] = []
    label, between = None, 0
    lines: list[Span] = []
    for paragraph in (*layout.paragraphs, None):
        if paragraph is not None and is_table_line(paragraph.span.of(flow)):
            lines.append(paragraph.span)
            continue
        if lines:
            _add(flow, tables, _rows(flow, lines), label, joined=between <= _NEAR)
            lines, between = [], 0
        between += 1
        if paragraph is not None and (annex := _ANNEX.match(paragraph.span.of(flow))):
            label = f"Phụ lục {annex[2]}" if annex[2] else "Phụ lục"
            between = _NEAR + 1
    return tables


def _rows(flow: str, lines: Sequence[Span]) -> list[Row]:
    """Take lines apart; bars at the edge of all of them are a frame, else a cell beside is empty."""
    left = all(flow[line.start] == "|" for line in lines)
    right = all(flow[line.end - 1] == "|" for line in lines)
    return [_row(flow, line, line.start + left, line.end - right) for line in lines]


def _row(flow: str, line: Span, start: int, end: int) -> Row:
    cells, at = [], start
    while at <= end:
        bar = flow.find("|", at, end)
        stop = bar if bar >= 0 else end
        cells.append(_trimmed(flow, at, stop))
        at = stop + 1
    return Row(tuple(cells), line)


def _trimmed(flow: str, start: int, end: int) -> Span:
    words = flow[start:end]
    left = len(words) - len(words.lstrip())
    return Span(start + left, start + left + len(words.strip()))


def _add(flow: str, tables: list[Table], rows: Sequence[Row], label: str | None, *, joined: bool) -> None:
    """Part a run of rows at its headers; rows without one go on with the table right above them."""
    above = tables[-1] if tables and joined and tables[-1].columns else None
    goes_on = above is not None and 0 <= len(above.header) - len(rows[0].cells) <= 1
    table = above if above is not None and goes_on else Table({}, label=label)
    if table is not above:
        tables.append(table)
    index = 0
    while index < len(rows):
        header, columns, length = _header(flow, rows, index)
        if not columns and not counts_columns(header):
            table.rows.append(rows[index])
        elif columns and header != table.header:
            if not table.columns and not table.rows:
                tables.remove(table)
            table = Table(columns, label=label, header=header)
            tables.append(table)
        index += length


def _header(flow: str, rows: Sequence[Row], index: int) -> tuple[list[str], dict[str, int], int]:
    """Return the words of a row, its columns where it is a header, and how many rows it takes: one or two.

    Two: «Đơn vị thực hiện» over «Chủ trì» and «Phối hợp».
    """
    words = rows[index].words(flow)
    columns = columns_of(words)
    below = rows[index + 1].words(flow) if index + 1 < len(rows) else []
    if columns and below and len(below) == len(words) and _only_names(below):
        both = [low or high for high, low in zip(words, below, strict=True)]
        under = columns_of(both)
        if heads_work(under):
            return both, under, 2
    return words, columns if heads_work(columns) else {}, 1


def _only_names(below: list[str]) -> bool:
    """Tell whether a row under a header names columns and nothing else."""
    columns = columns_of(below)
    return bool({"leads", "helpers", "time", "aside", "product"} & set(columns)) and "work" not in columns
