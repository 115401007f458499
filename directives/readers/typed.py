"""Tables in plain text, typed with tabs, aligned by spaces, or drawn with bars: each row made one line.

Lines are changed only under a header that names work, and who does it or by when.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from directives.header_cells import columns_of, heads_work
from directives.model import Doubt, Span
from directives.readers.aligned import MAX_CELLS, ORDINAL, find_table, written
from directives.readers.document import Content
from directives.readers.pieces import Piece
from directives.readers.places import Place, PlacedText
from directives.readers.tables import COLUMNS_OF_DATA, write_row

WORDS: Final = re.compile(r"\S+(?: \S+)*")
RULE: Final = re.compile(r"[\s+|:=_─┼├┤┌┐└┘┬┴│-]*[-=_─][\s+|:=_─┼├┤┌┐└┘┬┴│-]*")
LEAST_RULES: Final = 3  # of a table drawn row by row; fewer only set its header off
REACH: Final = 600  # lines that a table is looked for in; four times as many where it goes on to their end
HEAD_LINES: Final = 12  # among which a header and its first row stand
LOOSE: Final = 3  # lines without a tab after which a table of tabs has ended


@dataclass(frozen=True, slots=True)
class Typed:
    """A line of the text that is written, and the lines of the file it stands for."""

    text: str
    first: int
    last: int


def with_tables(text: str, doubts: Sequence[Doubt] = ()) -> Content:
    """Return the text with the rows of its tables of work each on one line, and where each line stood."""
    if not any(sign in text for sign in ("\t", "  ", "|")):
        return Content(text, pages=1, doubts=tuple(doubts))
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    typed = list(_typed(lines))
    if all(line.first == line.last and line.text is lines[line.first] for line in typed):
        return Content(text, pages=1, doubts=tuple(doubts))
    out = PlacedText()
    starts: list[int] = []  # of the lines of the file, in what is written
    for number, line in enumerate(typed):
        if number:
            out.end_line()
        starts += [len(out)] * (line.last + 1 - len(starts))
        out.write(line.text, Place(paragraph=line.first + 1))
    moved = tuple(replace(doubt, span=_moved(doubt.span, text, lines, starts, typed)) for doubt in doubts)
    return Content(out.text, 1, stretches=out.stretches, doubts=moved)


def _moved(
    span: Span | None, text: str, lines: Sequence[str], starts: Sequence[int], typed: Sequence[Typed]
) -> Span | None:
    """Return where a span stands once tables are written row by row; one in a table is its whole row."""
    if span is None:
        return None
    line = text.count("\n", 0, span.start)
    held = next(each for each in typed if line <= each.last)
    if held.text is not lines[line]:
        return Span(starts[line], starts[line] + len(held.text))
    column = span.start - (text.rfind("\n", 0, span.start) + 1)
    return Span(starts[line] + column, starts[line] + column + span.end - span.start)


def _typed(lines: Sequence[str]) -> Iterator[Typed]:
    at = 0
    while at < len(lines):
        line = lines[at]
        rows: list[Typed] = []
        if line.count("\t") >= COLUMNS_OF_DATA - 1:
            rows = _by_tabs(lines, at)
        elif line.count("|") >= COLUMNS_OF_DATA - 1:
            rows = _by_bars(lines, at)
        elif "  " in line.strip():
            rows = _by_spaces(lines, at)
        yield from rows or [Typed(line, at, at)]
        at = rows[-1].last + 1 if rows else at + 1


def _by_tabs(lines: Sequence[str], first: int) -> list[Typed]:
    """Read a table whose cells are parted by tabs; a cell of several lines goes on without one."""
    header = [cell.strip() for cell in lines[first].split("\t")]
    columns = columns_of(header)
    if not heads_work(columns) or len(columns) < COLUMNS_OF_DATA:
        return []
    number = columns.get("number")
    rows: list[tuple[list[str], int, int]] = [(header, first, first)]
    for at in range(first + 1, len(lines)):
        cells = [cell.strip() for cell in lines[at].split("\t")]
        last, begun, end = rows[-1]
        if not any(cells):
            continue
        open_ = len(last) < len(header) and len(rows) > 1
        marked = number is not None and number < len(cells) and ORDINAL.fullmatch(cells[number]) is not None
        if open_ and not marked:
            rows[-1] = ([*last[:-1], f"{last[-1]} {cells[0]}".strip(), *cells[1:]], begun, at)
        elif len(cells) > 1 or _tab_follows(lines, at):
            rows.append((cells, at, at))
        elif at - end > LOOSE or not _tab_follows(lines, at):
            break
    return [
        Typed(write_row([*cells, *[""] * (len(header) - len(cells))]), begun, end)
        for cells, begun, end in rows
    ]


def _tab_follows(lines: Sequence[str], at: int) -> bool:
    following = next((line for line in lines[at + 1 : at + 1 + LOOSE] if line.strip()), "")
    return following.count("\t") >= COLUMNS_OF_DATA - 1


def _by_bars(lines: Sequence[str], first: int) -> list[Typed]:
    """Read a table drawn with bars and rules: what stands between two rules is one row."""
    stop = first
    while stop < len(lines) and ("|" in lines[stop] or RULE.fullmatch(lines[stop])):
        stop += 1
    block = lines[first:stop]
    rules = [RULE.fullmatch(line) is not None for line in block]
    header = [cell.strip() for cell in block[0].split("|")]
    if sum(rules) < LEAST_RULES or not heads_work(columns_of(_joined([block[0]], len(header)))):
        return [Typed(line, first + at, first + at) for at, line in enumerate(block)]
    rows: list[Typed] = []
    begun: int | None = None
    for at, is_rule in enumerate([*rules, True]):
        if not is_rule:
            begun = at if begun is None else begun
        elif begun is not None:
            cells = _joined(block[begun:at], len(header))
            rows.append(Typed(" | ".join(cells), first + begun, first + at - 1))
            begun = None
    return rows


def _joined(lines: Sequence[str], width: int) -> list[str]:
    """Join lines of cells parted by bars, cell by cell; the frame's own bars part nothing."""
    cells = [""] * width
    for line in lines:
        for index, cell in enumerate(line.split("|")[:width]):
            cells[index] = f"{cells[index]} {cell.strip()}".strip()
    framed = all(line.strip().startswith("|") for line in lines)
    return cells[1:-1] if framed else cells


def _by_spaces(lines: Sequence[str], first: int) -> list[Typed]:
    """Read a table whose columns are aligned by spaces."""
    found = [cell.group() for cell in islice(WORDS.finditer(lines[first]), MAX_CELLS)]
    if len(found) < COLUMNS_OF_DATA - 1 or len(columns_of(found)) < COLUMNS_OF_DATA - 1:
        return []
    near = _set(lines, first, first + HEAD_LINES)
    table = find_table(*near)
    reach = REACH
    while table is not None and table.after == len(near[0]) and first + len(near[0]) < len(lines):
        near = _set(lines, first, first + reach)  # it may reach further down
        table = find_table(*near)
        if first + reach >= len(lines):
            break
        reach *= 4
    if table is None:
        return []
    rows = []
    for row in table.rows:
        held = [round(-piece.base) for cell in row for piece in cell]
        rows.append(Typed(write_row(written(row)), min(held), max(held)))
    return rows


def _set(lines: Sequence[str], first: int, stop: int) -> tuple[list[list[Piece]], int, list[float]]:
    """Set lines of text as on a page, a letter wide and high as one point; rules part rows."""
    pieces: list[list[Piece]] = []
    levels: list[float] = []
    for at in range(first, min(stop, len(lines))):
        line = lines[at].expandtabs(8)
        if RULE.fullmatch(line):
            levels.append(-at)
        elif line.strip():
            found = islice(WORDS.finditer(line), MAX_CELLS + 1)
            pieces.append([Piece(cell.group(), cell.start(), cell.end(), -at, 1.0) for cell in found])
        if pieces and len(pieces[-1]) > MAX_CELLS:
            break
    return pieces, 0, levels
