"""Read a directive: the order of the steps, from raw text to tasks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from directives.agencies import Mention, Register, find_agencies
from directives.calendar import WorkCalendar
from directives.citations import find_citations
from directives.compact import Compact
from directives.confidence import NO_LONGER_EXISTS, doubted
from directives.dated_elsewhere import dates_to_look_up
from directives.deadlines import DEFAULT_POLICY, DeadlinePolicy, find_deadlines, read_cell
from directives.drafts import drafts_of
from directives.genres import is_invitation, is_report
from directives.instructions import Reading
from directives.layout import Layout, lay_out
from directives.letterhead import read_letterhead
from directives.model import Citation, Deadline, Doubt, Genre, Letterhead, ParsedDirective, Span, TaskDraft
from directives.order import ItemOrders
from directives.outline import build_outline
from directives.page import Page
from directives.reported import published_on
from directives.table_rows import orders_in, unread_tables
from directives.tables import find_tables
from directives.text import canonical
from directives.unled_dates import with_unled
from directives.unread_dates import dates_not_read


def parse(  # noqa: PLR0913 - all that is known beside the text, each by its name
    text: str,
    *,
    file_name: str | None = None,
    register: Register | None = None,
    policy: DeadlinePolicy = DEFAULT_POLICY,
    calendar: WorkCalendar | None = None,
    doubts: Sequence[Doubt] = (),
) -> ParsedDirective:
    """Read a directive; any text gives an answer, and what is unclear is a doubt, never an error.

    `text` may be raw: it is made canonical first, and the answer's spans point into its own `text`.
    `file_name` is the last resort for a number. `register` lets the office's own bodies be known. `doubts`
    are those of reading the file (a date from a scan): a task whose words they touch bears them too.
    """
    clean = canonical(text)
    layout = lay_out(clean)
    head = read_letterhead(layout, file_name)
    times = _Times(layout.flow, head.issued_on or published_on(layout.flow), policy, calendar)
    page = _page(head, register, times)
    found, unread = _tasks(page, layout, head, times)
    mistyped = tuple(dates_not_read(page))
    tasks = tuple(doubted(task, (*doubts, *mistyped)) for task in found)
    return ParsedDirective(
        clean,
        head,
        _cited(page.citations, head),
        tasks,
        (*doubts, *head.doubts, *unread, *mistyped, *_doubts(page, tasks)),
    )


@dataclass(frozen=True, slots=True)
class _Times:
    """How times are read in one document: counted from which day, under which policy, by which calendar."""

    flow: str
    counted_from: date | None
    policy: DeadlinePolicy
    calendar: WorkCalendar | None

    def in_text(self, text: str, span: Span, masked: Sequence[Span]) -> list[Deadline]:
        led = find_deadlines(
            text, span, issued_on=self.counted_from, masked=masked, policy=self.policy, calendar=self.calendar
        )

        def read(day: Span) -> Deadline | None:
            return read_cell(
                text, day, issued_on=self.counted_from, policy=self.policy, calendar=self.calendar
            )

        return with_unled(text, led, masked, read, self.counted_from)

    def in_cell(self, cell: Span, words: str | None = None) -> Deadline | None:
        return read_cell(
            self.flow,
            cell,
            words=words,
            issued_on=self.counted_from,
            policy=self.policy,
            calendar=self.calendar,
        )


def _page(head: Letterhead, register: Register | None, times: _Times) -> Page:
    """Find every citation, body and deadline; citations first, so that their dates count for nothing."""
    compact = Compact.of(times.flow)
    citations = find_citations(compact.text)
    masked = [citation.span for citation in citations]
    if head.issued_on_span is not None:
        masked.append(compact.forth(head.issued_on_span))
    start = head.body.start if head.body else 0  # the letterhead gives no work
    below = compact.forth(Span(start, len(times.flow)))
    mentions = find_agencies(compact.text, below, register=register, on=head.issued_on, references=True)
    return Page(
        times.flow,
        tuple(compact.placed(mention) for mention in mentions),
        tuple(compact.placed(deadline) for deadline in times.in_text(compact.text, below, masked)),
        tuple(compact.placed(citation) for citation in citations),
        head.number,
        tuple(mention for mention in head.addressees if isinstance(mention, Mention)),
        head.issuer,
    )


def _tasks(
    page: Page, layout: Layout, head: Letterhead, times: _Times
) -> tuple[tuple[TaskDraft, ...], tuple[Doubt, ...]]:
    """Return the tasks, and a doubt for each table that should have given some and each date to look up."""
    body = head.body or Span(0, len(page.flow))
    if is_report(page.flow, head.number, body.start):
        return (), ()
    asks_only = head.genre is Genre.REPLY or is_invitation(page.flow, head.number, body.start)
    gives_work = head.number_span is not None and body.start > 0 and not asks_only
    reading = Reading(page, times.in_cell, gives_work=gives_work)
    items = reading.read(build_outline(layout, body))
    tables = find_tables(layout)
    rows = [
        ItemOrders(path, [order]) for table in tables for path, order in orders_in(page, table, times.in_cell)
    ]
    begun = {row.orders[0].spans[0].start for row in rows}
    items = sorted((*items, *rows), key=lambda item: item.orders[0].spans[0].start)
    drafts = tuple(drafts_of(page, items))
    unread = unread_tables(page, tables, begun, times.in_cell)
    return drafts, (*unread, *dates_to_look_up(page, drafts))


def _cited(citations: tuple[Citation, ...], head: Letterhead) -> tuple[Citation, ...]:
    """Return the cited documents, once each, the document's own number never."""
    seen: dict[str, Citation] = {}
    own = (head.number or "").upper()
    for citation in citations:
        key = re.sub(r"\s+", "", citation.number).upper()
        if key != own and not (own and own.startswith(key + "-")):
            seen.setdefault(key, citation)
    return tuple(seen.values())


def _doubts(page: Page, tasks: tuple[TaskDraft, ...]) -> tuple[Doubt, ...]:
    if tasks:
        return tuple(_former_bodies(page, tasks))
    return (Doubt("no-task", "Không thấy nhiệm vụ nào được giao trong văn bản này.", None),)


def _former_bodies(page: Page, tasks: tuple[TaskDraft, ...]) -> Iterator[Doubt]:
    """Yield a doubt for each body that has work and was no more when the document was issued."""
    leads = {lead.span for task in tasks for lead in task.leads}
    named = set()
    for mention in page.mentions:
        if mention.ended_on is None or mention.span not in leads or mention.name in named:
            continue
        named.add(mention.name)
        message = (
            f"«{mention.name}» không còn hoạt động kể từ sau ngày {mention.ended_on:%d/%m/%Y}; "
            "cần xác định cơ quan tiếp nhận nhiệm vụ."
        )
        yield Doubt(NO_LONGER_EXISTS, message, mention.span)
