"""Tables as text, whatever file they come from: a row a line where rows say something, else cell by cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from directives.header_cells import columns_of, heads_work

PARTING: Final = " | "
ORDINALS: Final = frozenset({"stt", "tt", "số tt", "số thứ tự"})
LAYOUT_WORDS: Final = ("CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI", "ĐẢNG CỘNG SẢN", "Nơi nhận")
COLUMNS_OF_DATA: Final = 3
ROWS_OF_DATA: Final = 3
MAX_SPAN: Final = 100
MAX_WIDTH: Final = 200  # columns of a row, spans counted
HEAD_ROWS: Final = 3  # among which the header of a table stands


@dataclass(frozen=True, slots=True)
class Cell:
    """The lines of a cell, how many columns and rows it spans, and whether it goes on from above."""

    lines: tuple[str, ...]
    span: int = 1
    continues: bool = False
    rows: int = 1

    @property
    def text(self) -> str:
        """Return the cell on one line."""
        return " ".join(self.lines)


def is_data_table(rows: Sequence[Sequence[Cell]], *, bordered: bool) -> bool:
    """Tell a table of data from one that only sets things side by side (letterhead, signature).

    Data has a column of ordinals, or lines around its cells and at least three columns or three rows of two.
    """
    filled = [[cell for cell in row if cell.lines] for row in rows]
    if any(word in cell.text for row in filled for cell in row for word in LAYOUT_WORDS):
        return False
    if is_work_table([[cell.text for cell in row] for row in rows]):
        return True
    width = max((len(row) for row in filled), default=0)
    full_rows = sum(len(row) > 1 for row in filled)
    if width < 2 or full_rows < 2:  # noqa: PLR2004 - one cell or one row relates nothing
        return False
    first = next((row[0].text for row in filled if row), "")
    if first.strip(". ").lower() in ORDINALS:
        return True
    return bordered and (width >= COLUMNS_OF_DATA or full_rows >= ROWS_OF_DATA)


def is_work_table(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether one of the first rows is the header of a table of work."""
    return any(
        len(columns) >= COLUMNS_OF_DATA and heads_work(columns)
        for columns in (columns_of(row) for row in rows[:HEAD_ROWS])
    )


def write_rows(rows: Sequence[Sequence[Cell]]) -> list[tuple[int, str]]:
    """Write each row that says something on a line, «a | b | c», with its index among the rows."""
    return [(index, write_row(texts)) for index, texts in enumerate(laid_out(rows)) if any(texts)]


def write_row(texts: Sequence[str]) -> str:
    """Write the cells of a row on a line."""
    return PARTING.join(text.replace("|", "/") for text in texts)


def laid_out(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """Return the words of each row, each cell in its column.

    What is merged downwards is repeated, so that a row stands alone; what is merged across stands in the
    first of its columns.
    """
    written: list[list[str]] = []
    above: dict[int, str] = {}
    hanging: dict[int, tuple[int, str]] = {}  # column: for how many more rows a cell reaches down, its words
    for row in rows:
        texts: list[str] = []
        for cell in row:
            _hang_down(texts, hanging)
            column = len(texts)
            text = above.get(column, "") if cell.continues else cell.text
            width = max(1, min(cell.span, MAX_SPAN, MAX_WIDTH - column))
            texts += [text, *[""] * (width - 1)]
            above[column] = text
            if cell.rows > 1:
                hanging |= {column + more: (cell.rows - 1, "" if more else text) for more in range(width)}
        _hang_down(texts, hanging)
        written.append(texts)
    return written


def _hang_down(texts: list[str], hanging: dict[int, tuple[int, str]]) -> None:
    """Write the cells that reach down from rows above into the next columns."""
    while (column := len(texts)) in hanging:
        more, text = hanging.pop(column)
        if more > 1:
            hanging[column] = more - 1, text
        texts.append(text)
