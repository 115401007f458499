"""The times of a table: which column holds them where no header says so, and what in it could not be read."""

import re
from collections.abc import Sequence
from typing import Final

from directives.header_cells import column_of
from directives.labels import CellReader
from directives.model import Deadline, Span
from directives.page import Page
from directives.tables import Table

COLUMN_ASSUMED: Final = "time-column-assumed"
NOT_READ: Final = "time-not-read"
SHORT_TIME: Final = 60  # letters; a longer cell says more than when
MOSTLY: Final = 0.6  # of the filled cells of a column of times
# What a cell says that has no end, or that there is no time.
NO_END: Final = re.compile(
    r"[-–—._/\s]*(?:(?:(?:thực hiện|làm)\s+)?(?:(?:thường xuyên|liên tục|lâu dài)[\s,;]*)+"
    r"|không(?:\s+(?:có|thời hạn|xác định))?|x)?[-–—._/\s]*",
    re.IGNORECASE,
)


def assume_time_column(table: Table, read_cell: CellReader) -> bool:
    """Take the column that holds times, under a header nobody knows, for that of the deadlines.

    Return whether there is one; a table whose header names such a column is left as it is.
    """
    if "time" in table.columns or "aside" in table.columns or not table.columns:
        return False
    for index, words in enumerate(table.header):
        if index in table.columns.values() or column_of(words) is not None:
            continue
        filled = [
            row.cells[index]
            for row in table.rows
            if index < len(row.cells) and row.cells[index].start < row.cells[index].end
        ]
        times = [cell for cell in filled if _is_short_time(cell, read_cell)]
        if times and len(times) >= MOSTLY * len(filled):
            table.columns["time"] = index
            return True
    return False


def _is_short_time(cell: Span, read_cell: CellReader) -> bool:
    return cell.end - cell.start <= SHORT_TIME and read_cell(cell) is not None


def time_doubts(page: Page, time: Span | None, deadline: Deadline | None) -> Sequence[str]:
    """Return the doubt about a filled time cell that gave no deadline."""
    if time is None or deadline is not None or NO_END.fullmatch(page.flow, time.start, time.end):
        return ()
    return (NOT_READ,)
