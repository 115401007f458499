"""Tables as text, whatever file they come from: a row a line where rows say something, else cell by cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

PARTING: Final = " | "
ORDINALS: Final = frozenset({"stt", "tt", "số tt", "số thứ tự"})
LAYOUT_WORDS: Final = ("CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI", "ĐẢNG CỘNG SẢN", "Nơi nhận")
COLUMNS_OF_DATA: Final = 3
ROWS_OF_DATA: Final = 3
MAX_SPAN: Final = 100


@dataclass(frozen=True, slots=True)
class Cell:
    """The lines of a cell, how many columns it spans, and whether it only continues the cell above."""

    lines: tuple[str, ...]
    span: int = 1
    continues: bool = False

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
    width = max((len(row) for row in filled), default=0)
    full_rows = sum(len(row) > 1 for row in filled)
    if width < 2 or full_rows < 2:  # noqa: PLR2004 - one cell or one row relates nothing
        return False
    first = next((row[0].text for row in filled if row), "")
    if first.strip(". ").lower() in ORDINALS:
        return True
    return bordered and (width >= COLUMNS_OF_DATA or full_rows >= ROWS_OF_DATA)


def write_rows(rows: Sequence[Sequence[Cell]]) -> list[tuple[int, str]]:
    """Write each row that says something on a line, «a | b | c», with its index among the rows.

    What is merged downwards is repeated: a row stands alone.
    """
    lines: list[tuple[int, str]] = []
    above: dict[int, str] = {}
    for index, row in enumerate(rows):
        column, texts = 0, []
        for cell in row:
            text = above.get(column, "") if cell.continues else cell.text
            above[column] = text
            texts.append(text.replace("|", "/"))
            column += min(cell.span, MAX_SPAN)
        if any(texts):
            lines.append((index, PARTING.join(texts)))
    return lines
