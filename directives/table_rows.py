"""From the rows of a table to orders: each row that names work, and who leads it, is one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from directives.agencies import Mention
from directives.coordination import as_helpers
from directives.grammar import Wording
from directives.labels import CellReader, bodies_of
from directives.model import Deadline, Doubt, Span
from directives.order import Order
from directives.page import Page
from directives.table_times import COLUMN_ASSUMED, SHORT_TIME, assume_time_column, time_doubts
from directives.table_units import read_time, time_cell
from directives.tables import Row, Table

_ROW_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,2}")
REPEATED: Final = Wording(
    "as-above",
    re.compile(r"[\W_]*(?:nt|như\s+trên)[\W_]*|\s*(?:[\"“”″〃]|''|//)+[\s.]*"),
    (
        "«nt»",
        "«như trên»",
    ),
    ("Sở Y tế",),
)
HELP: Final = Wording(
    "helps-in-cell",
    re.compile(r"(?:(?:cơ\s+quan|đơn\s+vị)\s+)?phối\s+hợp(?:\s+(?:với|cùng|thực\s+hiện))?\s*:?\s*"),
    (
        "Sở Y tế chủ trì, «phối hợp với »Sở Nội vụ",
        "«Cơ quan phối hợp: »Sở Nội vụ",
    ),
    ("Sở Y tế",),
)
LEADS: Final = Wording(
    "leads-in-cell",
    re.compile(r"(?:(?:cơ\s+quan|đơn\s+vị)\s+)?chủ\s+trì(?:\s+thực\s+hiện)?\s*:?\s*"),
    (
        "«Cơ quan chủ trì: »Sở Y tế",
        "Sở Y tế «chủ trì»",
    ),
    ("Sở Y tế",),
)
TOTAL: Final = Wording(
    "total",
    re.compile(r"tổng(?:\s+(?:số|cộng)(?:\s.*)?)?|cộng"),
    (
        "«Tổng cộng»",
        "«Cộng»",
    ),
    ("Sở Y tế",),
)
GIVEN_TO: Final = Wording(
    "given-to",
    re.compile(r"\W*(?:[ivx\d]{1,4}\W+)?(?:(?:các\s+)?nhiệm\s+vụ\s+)?(?:giao|của|đối\s+với)?(?:\s+cho)?\s*"),
    (
        "«II. Nhiệm vụ giao cho »Sở Y tế",
        "«III. »Sở Y tế",
    ),
)
WORDINGS: Final = (
    REPEATED,
    HELP,
    LEADS,
    TOTAL,
    GIVEN_TO,
)
TABLE_ROW = "table-row"
_GROUP_CELLS = 2
_UNKNOWN = (
    "Bảng có tên cơ quan và thời hạn nhưng không đọc được thành nhiệm vụ, vì tiêu đề cột lạ. "
    "Hãy xem lại bảng và nhập tay các nhiệm vụ còn thiếu."
)
_WITHOUT_LEAD = (
    "Dòng «{work}» của bảng có thời hạn nhưng không rõ cơ quan chủ trì nên chưa thành nhiệm vụ. "
    "Hãy nhập tay nhiệm vụ này."
)
WITHOUT_LEAD = "row-without-lead"
_LEAST_ROWS = 2


@dataclass(slots=True)
class _Above:
    """What the rows above leave to those below them."""

    work: Span | None = None
    leads: tuple[Mention, ...] = ()
    helpers: tuple[Mention, ...] = ()
    deadline: Deadline | None = None
    group: tuple[Mention, ...] = ()  # the body that a row «II | Sở Tài chính» names for those under it
    mark: str = ""
    begins: bool = False  # a group's heading stands right above
    numbers: set[str] = field(default_factory=set)


def orders_in(page: Page, table: Table, read_cell: CellReader) -> Iterator[tuple[str, Order]]:
    """Yield the item and the order of each row that names work and who leads it."""
    above = _Above()
    assumed = assume_time_column(table, read_cell)
    for position, row in enumerate(table.rows, start=1):
        if _is_group(page, table, position - 1):
            above.group, above.mark = _group_leads(page, row), _first_words(page, row)
            above.begins = True  # nothing is merged across a heading; «nt» may still look over it
            continue
        order = _order(page, table, row, above, read_cell)
        if order is not None:
            order.doubts += [COLUMN_ASSUMED] if assumed and order.deadline is not None else []
            yield _path(page, table, row, position, above), order


def unread_tables(page: Page, tables: list[Table], tasks: set[int], read_cell: CellReader) -> Iterator[Doubt]:
    """Yield a doubt for each table or row that names work to be done by a time, but gave no task.

    `tasks`: where the rows begin that gave one.
    """
    for table in tables:
        if any(row.span.start in tasks for row in table.rows):
            yield from _rows_without_lead(page, table, tasks, read_cell)
            continue
        bodies: set[int] = set()
        times: set[int] = set()
        for row in table.rows:
            bodies.update(index for index, cell in enumerate(row.cells) if _is_body(page, cell))
            times.update(index for index, cell in enumerate(row.cells) if _is_time(page, cell, read_cell))
        if len(table.rows) >= _LEAST_ROWS and bodies and times and bodies != times:
            whole = Span(table.rows[0].span.start, table.rows[-1].span.end)
            yield Doubt("unknown-table", _UNKNOWN, whole)


def _rows_without_lead(page: Page, table: Table, tasks: set[int], read_cell: CellReader) -> Iterator[Doubt]:
    """Yield a doubt for each row that says what is due by when, but not who is to do it."""
    for index, row in enumerate(table.rows):
        work, time = table.cell(row, "work"), time_cell(page, table, row)
        if row.span.start in tasks or work is None or time is None or _is_group(page, table, index):
            continue
        is_total = TOTAL.pattern.fullmatch(page.small_words(work)) is not None
        if not is_total and read_time(page, table, row, read_cell) is not None:
            yield Doubt(WITHOUT_LEAD, _WITHOUT_LEAD.format(work=_shortened(page.words(work))), row.span)


def _shortened(words: str) -> str:
    return words if len(words) <= SHORT_TIME else words[:SHORT_TIME].rpartition(" ")[0] + " …"


def _order(page: Page, table: Table, row: Row, above: _Above, read_cell: CellReader) -> Order | None:
    work = table.cell(row, "work")
    if work is not None and TOTAL.pattern.fullmatch(page.small_words(work)):
        return None
    doubts: list[str] = []
    leads, helpers = _leads_and_helpers(page, table, row, above)
    if not leads and (above.group or not above.begins):
        leads = above.group or above.leads
        if leads and not above.group:
            doubts.append("lead-from-row-above")
    time = time_cell(page, table, row)
    if work is None and leads and time is not None and above.work is not None:
        work = above.work
        doubts.append("work-from-row-above")
    if work is None or not leads:
        return None
    if _repeats(page, work):
        work = above.work or work
    if time is not None and _repeats(page, time):
        deadline = above.deadline
    else:
        deadline = read_time(page, table, row, read_cell) or next(iter(page.deadlines_in(work)), None)
    if deadline is None and time is None and doubts and above.deadline is not None:
        deadline = above.deadline
        doubts.append("time-from-row-above")
    above.work, above.leads, above.helpers, above.deadline = work, leads, helpers, deadline
    above.begins = False
    order = Order(leads, as_helpers(helpers, TABLE_ROW), [row.span], work, deadline, rule=TABLE_ROW)
    order.doubts += [*doubts, *time_doubts(page, time, deadline)]
    return order


def _leads_and_helpers(
    page: Page, table: Table, row: Row, above: _Above
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    lead_cell, help_cell = table.cell(row, "leads"), table.cell(row, "helpers")
    leads: tuple[Mention, ...] = ()
    helpers: tuple[Mention, ...] = ()
    if lead_cell is not None and _repeats(page, lead_cell):
        leads = above.leads
    elif lead_cell is not None:
        leads, helpers = _parted(page, lead_cell, both="both" in table.columns)
    if help_cell is not None and _repeats(page, help_cell):
        return leads, above.helpers
    return leads, (*helpers, *bodies_of(page, help_cell))


def _parted(page: Page, cell: Span, *, both: bool) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Part a cell that names who leads and who helps: «Sở A chủ trì, phối hợp với Sở B»."""
    help_ = HELP.search(page.small, cell.start, cell.end)
    lead = LEADS.search(page.small, cell.start, cell.end)
    if help_ is None:
        begin, end = cell.start, cell.end
        if lead is not None:
            begin, end = (lead.end(), end) if lead.start() - begin < 3 else (begin, lead.start())  # noqa: PLR2004
        bodies = bodies_of(page, Span(begin, max(begin, end)))
        return (bodies[:1], bodies[1:]) if both else (bodies, ())
    if lead is not None and lead.start() > help_.start():
        return (
            bodies_of(page, Span(lead.end(), cell.end)),
            bodies_of(page, Span(help_.end(), max(help_.end(), lead.start()))),
        )
    begin, end = cell.start, help_.start()
    if lead is not None:
        begin, end = (
            (lead.end(), end) if page.small[lead.end() : end].strip(" ,;-") else (begin, lead.start())
        )
    return bodies_of(page, Span(begin, max(begin, end))), bodies_of(page, Span(help_.end(), cell.end))


def _repeats(page: Page, cell: Span) -> bool:
    """Tell whether a cell only says that it is as the one above: «nt», «như trên», «"»."""
    return REPEATED.pattern.fullmatch(page.small, cell.start, cell.end) is not None


def _is_group(page: Page, table: Table, index: int) -> bool:
    """Tell whether a row only names the group of the rows below it.

    One that has an ordinal like its neighbours, and only no lead of its own, is work under a merged cell.
    """
    row = table.rows[index]
    filled = [cell for cell in row.cells if cell.start < cell.end]
    if len(filled) > _GROUP_CELLS or any(table.cell(row, name) for name in ("time", "helpers")):
        return False
    lead = table.cell(row, "leads")
    if lead is not None:
        return len(filled) == 1 and index + 1 < len(table.rows) and table.columns.get("leads") == 0
    number = _number(page, table, row)
    if (
        number is None
        or index == 0
        or len(filled) == 1
        or page.flow[filled[-1].start : filled[-1].end].isupper()
    ):
        return True
    following = _number(page, table, table.rows[index + 1]) if index + 1 < len(table.rows) else None
    before = _number(page, table, table.rows[index - 1])
    if following is not None and (following.startswith(f"{number}.") or int(following.split(".")[0]) <= 1):
        return True
    return before is None or not _follows(before, number)


def _follows(before: str, number: str) -> bool:
    """Tell whether one ordinal comes right after another of its kind: 3 and 4, 2.1 and 2.2."""
    *head, last = before.split(".")
    *next_head, following = number.split(".")
    return head == next_head and int(following) == int(last) + 1


def _group_leads(page: Page, row: Row) -> tuple[Mention, ...]:
    """Return the bodies that a group's heading names, if it says nothing else before them."""
    for cell in row.cells:
        given = GIVEN_TO.match(page.small, cell.start, cell.end)
        at = given.end() if given else cell.start
        if page.mention_at(at) is not None:
            return tuple(page.mentions_in(Span(at, cell.end)))
    return ()


def _first_words(page: Page, row: Row) -> str:
    return next((words for words in row.words(page.flow) if words), "").split(" ")[0].strip(".)")


def _number(page: Page, table: Table, row: Row) -> str | None:
    cell = table.cell(row, "number") or (row.cells[0] if row.cells else None)
    found = _ROW_NUMBER.match(page.flow, cell.start, cell.end) if cell else None
    return found[0] if found and cell and found.end() >= cell.end - 1 else None


def _path(page: Page, table: Table, row: Row, position: int, above: _Above) -> str:
    """Name the item of a row; where ordinals begin anew under each group, with the group's mark."""
    label = table.label or "Phụ lục"
    number = _number(page, table, row)
    if number is None:
        return f"{label}.{position}"
    if number in above.numbers and above.mark and len(above.mark) <= 4:  # noqa: PLR2004 - «XVII»
        return f"{label}.{above.mark}.{number}"
    above.numbers.add(number)
    return f"{label}.{number}"


def _is_body(page: Page, cell: Span) -> bool:
    """Tell whether a cell begins with the name of a body; «Chủ tịch UBND huyện» is a person."""
    mention = page.mention_at(cell.start)
    return mention is not None and mention.title is None


def _is_time(page: Page, cell: Span, read_cell: CellReader) -> bool:
    return (
        0 < cell.end - cell.start <= SHORT_TIME and not _is_body(page, cell) and read_cell(cell) is not None
    )
