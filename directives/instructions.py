"""Walk the outline and read the orders: who is meant where nobody is named, which parts give no work."""

from typing import NamedTuple

from directives.acting import Subject
from directives.agencies import Mention
from directives.asides import Aside, aside_of
from directives.background import is_background
from directives.bodies import skip_openers
from directives.dating import deadlines_of
from directives.formulas import is_background_heading, is_bestowal
from directives.joining import helped, merged_undated
from directives.labelled import labelled_order
from directives.labels import CellReader
from directives.markers import past_mark
from directives.model import Deadline, Span
from directives.order import ItemOrders, Order
from directives.orders import orders_of
from directives.orders_inside import orders_inside
from directives.outline import Section
from directives.page import Page
from directives.parts import closes, is_formula, parts_of, resolved, with_leads
from directives.schedules import scheduled
from directives.sentences import clauses, sentences
from directives.stand_ins import Standing
from directives.standing_dates import date_in_front, date_of_all, dated_before, give_date, looks_back
from directives.subjects import subject_at
from directives.voice import ASKS, CONCLUDES, is_own_voice, speaks_of_itself, tells_of_document

_SHORT_HEADING = 60


class Context(NamedTuple):
    """What a section inherits from the headings above it."""

    leads: tuple[Mention, ...] = ()
    rule: str = ""
    quiet: bool = False  # under a heading that gives no work
    blanket: Deadline | None = None  # the date of a whole list
    item: Section | None = None
    listed: bool = False  # under an item or an introduction, not loose prose
    closed: bool = False  # under «Tặng Bằng khen cho: …», where even a body named is given no work
    begun: int = 0  # how many items were read before the list this stands in


class Reading:
    """One walk through one document. `gives_work`: a letterhead says that it is no report of one."""

    def __init__(self, page: Page, read_cell: CellReader, *, gives_work: bool) -> None:
        self.page = page
        self.read_cell = read_cell
        self.items: list[ItemOrders] = []
        self._by_section: dict[int, ItemOrders] = {}
        self._last_leads: tuple[Mention, ...] = ()
        self._asked = gives_work
        self._announced: Deadline | None = None  # the date of a list that is still to come

    def read(self, root: Section) -> list[ItemOrders]:
        """Return the orders of all items, in the order of the text."""
        context = Context()
        for section in root.children:
            # Loose prose names its own bodies; only items inherit from an introduction before them.
            given = Context(blanket=context.blanket) if section.mark is None else context
            passed_on = self._visit(section, given)
            if section.mark is None:
                context = passed_on
        for item in self.items:
            item.orders = merged_undated(item.orders)
        return [item for item in self.items if item.orders]

    def _visit(self, section: Section, context: Context) -> Context:
        """Read a section and all below it; return what an introduction passes on to what follows it."""
        if section.mark is not None and section.mark.row.in_path:
            context = context._replace(item=section, listed=True)
        elif section.mark is not None:
            context = context._replace(item=context.item or section, listed=True)
        elif context.item is None or not context.listed:
            context = context._replace(item=section)
        if (order := labelled_order(self.page, section, self.read_cell)) is not None:
            self._keep(section, context, [order])
            return context
        below = self._read_paragraph(section, context)._replace(begun=len(self.items))
        for child in section.children:
            passed_on = self._visit(child, below)
            if child.mark is None:
                below = below._replace(blanket=passed_on.blanket)
        return below._replace(item=None, listed=False) if section.mark is None else context

    def _read_paragraph(self, section: Section, context: Context) -> Context:
        page, span = self.page, section.span
        words = page.small_words(span)
        names_body = page.mention_at(span.start) is not None
        heads = bool(section.children) or len(words) < _SHORT_HEADING
        if not names_body and heads and is_background_heading(words):
            return context._replace(quiet=True)
        if is_bestowal(words):
            return context._replace(closed=True)
        if context.closed or (context.quiet and not names_body and not section.children):
            return context
        trusting = self._asked and section.mark is not None
        head = subject_at(page, span.start, span.end, trusting=trusting)
        if head is not None and head.rule == "heading" and (section.mark is not None or section.children):
            return context._replace(leads=self._resolved(head.leads), rule="heading", quiet=False)
        introduces = words.endswith(":") or (bool(section.children) and not words.endswith((".", ";")))
        found, leads = self._read_sentences(section, context, trusting=trusting, introduces=introduces)
        self._keep(section, context, found)
        if introduces and CONCLUDES.search(words):
            self._asked = True
        return (
            self._introduction(section, context, head, leads)
            if introduces
            else self._passed_on(section, context, leads)
        )

    def _passed_on(self, section: Section, context: Context, leads: tuple[Mention, ...]) -> Context:
        """Return what a paragraph that introduces nothing leaves to what hangs under it or follows it."""
        if self._announced is not None:
            context = context._replace(blanket=self._announced)
            self._announced = None
        if section.mark is None:
            return context._replace(leads=())
        return context._replace(leads=leads, rule="inherited") if leads else context

    def _introduction(
        self, section: Section, context: Context, head: Subject | None, leads: tuple[Mention, ...]
    ) -> Context:
        """Return what a paragraph that introduces a list passes on to it."""
        page = self.page
        last = (list(sentences(page.flow, section.span)) or [section.span])[-1]
        ordered = head if head and head.ordered else self._ordered_in(last)
        asks = ASKS.search(page.small, last.start, last.end)
        if ordered is not None and asks is not None and asks.start() >= ordered.end:
            ordered = None  # «… giao Sở X báo cáo trước ngày …, Sở X đề nghị:» only reports the first
        named = self._asked_of(last, ordered, leads)
        orders = self._of(section, context).orders
        if orders:  # work of its own: what the list below it orders is other work
            context = context._replace(item=Section(section.mark, section.span, section.path))
        own = head is not None and head.rule != "background" and not (ordered and ordered is not head)
        return context._replace(
            leads=named or context.leads,
            rule="inherited" if own and section.mark is not None else "introduction",
            blanket=self._date_of_list(last, ordered, asks.start() if asks else None, orders)
            or context.blanket,
            listed=True,
            quiet=False,
        )

    def _ordered_in(self, sentence: Span) -> Subject | None:
        """Return whom the last «giao X», «yêu cầu Y» of an introduction names."""
        about_itself = speaks_of_itself(self.page, sentence)
        inside = [one for one in orders_inside(self.page, sentence) if not one.reported or about_itself]
        return inside[-1] if inside else None

    def _asked_of(
        self, last: Span, ordered: Subject | None, leads: tuple[Mention, ...]
    ) -> tuple[Mention, ...]:
        """Return who is to do what is introduced: those named, in a letter else the addressees."""
        page = self.page
        asks = ASKS.search(page.small[last.start : last.end]) is not None
        self._asked = self._asked or ordered is not None or asks
        named = self._resolved(ordered.leads if ordered else leads)
        if not named and asks:
            return page.addressees
        if len(named) == 1 and named[0].is_open_group and page.addressees:
            return page.addressees
        return named

    def _date_of_list(
        self, last: Span, ordered: Subject | None, asked: int | None, orders: list[Order]
    ) -> Deadline | None:
        """Return the date an introduction gives its list; one of what it only reports is none."""
        tail = (list(clauses(self.page.flow, last)) or [last])[-1]
        dates = deadlines_of(self.page, tail, tail.start)
        if asked is not None:
            dates = [one for one in dates if one.span.start >= asked]
        elif ordered is not None:
            first = skip_openers(self.page, tail.start, tail.end)
            dates = [one for one in dates if one.span.start >= ordered.end or one.span.start == first]
        return dates[-1] if dates and not any(order.deadline for order in orders) else None

    def _read_sentences(
        self, section: Section, context: Context, *, trusting: bool, introduces: bool
    ) -> tuple[list[Order], tuple[Mention, ...]]:
        """Return the orders of a paragraph, and the bodies that it leaves to what hangs under it."""
        page = self.page
        leads, rule = context.leads, context.rule
        found: list[Order] = []
        everything = list(sentences(page.flow, section.span))
        loose = section.mark is None
        if (aside := self._aside(section, trusting=trusting)) is not None:
            leads, rule = aside.leads, "aside"
        for index, whole in enumerate(everything):
            sentence: Span | None = past_mark(page.flow, whole)
            if sentence is not None and aside is not None:
                sentence = aside.work_in(sentence)
            if sentence is not None and introduces and index == len(everything) - 1:
                head = subject_at(page, sentence.start, sentence.end, trusting=True)
                sentence = self._without_lead_in(sentence, head)
                if sentence is None and head is not None and self._leads_a_list(head, section):
                    leads = self._resolved(head.leads)
            before = everything[index - 1] if index else None
            if (
                sentence is None
                or self._dates_all(sentence, found, context)
                or self._schedules(sentence, before, found)
            ):
                continue
            self._asked = self._asked or tells_of_document(page, sentence)
            standing = Standing(leads, rule, self._asked, trusting and index == 0)
            for part, subject in parts_of(page, sentence, standing):
                own = with_leads(subject, self._resolved(subject.leads))
                self._asked = self._asked or own.ordered
                leads, rule, self._last_leads = own.leads, own.rule, own.leads
                closing = loose and (not context.listed or closes(page, sentence))
                orders = self._orders(sentence, part, own, aside, closing=closing)
                if not dated_before(page, found, orders):
                    found.extend(orders)
        return found, leads

    def _schedules(self, sentence: Span, before: Span | None, found: list[Order]) -> bool:
        """Read a list of dates for one work, in place of that work without a date."""
        if not self._asked:
            return False
        work = past_mark(self.page.flow, before) if before is not None else None
        listed = scheduled(self.page, sentence, work, self.read_cell)
        if listed and found and found[-1].deadline is None and found[-1].action == listed[0].action:
            found.pop()
        found.extend(listed)
        return bool(listed)

    def _orders(
        self, sentence: Span, part: Span, own: Subject, aside: Aside | None, *, closing: bool
    ) -> list[Order]:
        """Return the orders of one part of a sentence; a formula gives none."""
        page = self.page
        if not page.deadlines_in(part) and is_formula(page, sentence, part, own, closing=closing):
            return []
        orders = orders_of(page, part, own)
        if aside is not None and own.leads == aside.leads:
            orders = helped(orders, aside.helpers, aside.span)
        date_in_front(page, Span(sentence.start, part.start), orders)
        return orders

    def _aside(self, section: Section, *, trusting: bool) -> Aside | None:
        """Return who is named at the end of an item whose first words name nobody."""
        span = section.span
        own = subject_at(self.page, span.start, span.end, trusting=False)
        if (section.mark is None and not trusting) or (own is not None and own.rule != "background"):
            return None
        return aside_of(self.page, span, trusting=trusting)

    def _leads_a_list(self, head: Subject, section: Section) -> bool:
        """Tell whether the subject of an introduction is who the list under it speaks to, not who speaks."""
        if head.rule == "heading" or is_background(self.page, head, asked=self._asked):
            return False
        return head.ordered or section.mark is not None or not is_own_voice(self.page, head.leads)

    def _without_lead_in(self, sentence: Span, head: Subject | None) -> Span | None:
        """Return a sentence less the clause that only introduces a list; None where nothing else is left."""
        start = head.end if head is not None else sentence.start
        parts = list(clauses(self.page.flow, Span(start, max(start, sentence.end))))
        if len(parts) <= 1 or not parts[-1].of(self.page.flow).rstrip().endswith(":"):
            return None
        return Span(sentence.start, parts[-2].end)

    def _dates_all(self, sentence: Span, found: list[Order], context: Context) -> bool:
        """Give the date of a whole list to all of it that has been read; one before its list waits for it."""
        date = date_of_all(self.page, sentence)
        if date is None:
            return False
        begun = any(item.orders for item in self.items[context.begun :])
        if not found and not begun and not looks_back(self.page, sentence):
            self._announced = date
            return True
        for item in self.items:
            item.orders = merged_undated(item.orders)
            give_date(item.orders, date)
        found[:] = merged_undated(found)
        give_date(found, date)
        return True

    def _resolved(self, leads: tuple[Mention, ...]) -> tuple[Mention, ...]:
        return resolved(self.page, leads, self._last_leads)

    def _of(self, section: Section, context: Context) -> ItemOrders:
        owner = context.item or section
        if id(owner) not in self._by_section:
            self._by_section[id(owner)] = ItemOrders(owner.path)
            self.items.append(self._by_section[id(owner)])
        return self._by_section[id(owner)]

    def _keep(self, section: Section, context: Context, found: list[Order]) -> None:
        if found and context.blanket is not None:
            give_date(found, context.blanket)
        if found:
            self._of(section, context).orders.extend(found)
