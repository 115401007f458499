"""Walk the outline and read the orders: who is meant where nobody is named, which parts give no work."""

import re
from dataclasses import dataclass, field, replace

from directives.agencies import Mention
from directives.formulas import gives_no_work, is_background_heading, is_generic
from directives.model import Deadline, Span
from directives.markers import read_mark
from directives.orders import Kind, Order, merged_undated, orders_of
from directives.outline import Section
from directives.page import Page
from directives.sentences import clauses, sentences
from directives.subjects import Subject, is_issuer, orders_inside, read_list, skip_openers, subject_at
from directives.text import folded, one_line
from directives.timing import deadlines_of
from directives.verbs import finish_at, handover_at, starts_with_action

_ABOUT_ALL = re.compile(
    r"(?:thời\s+(?:gian|hạn)\s+(?:thực\s+hiện|hoàn\s+thành)\s+)?(?:tất\s+cả\s+)?(?:các|những|toàn\s+bộ)\s+(?:nội\s+dung|nhiệm\s+vụ|công\s+việc|phần\s+việc|yêu\s+cầu|việc)(?:\s*,\s*(?:nhiệm\s+vụ|công\s+việc|nội\s+dung))?"
    r"\s+(?:nêu\s+)?(?:trên|này|sau)"
)
_APPROVES = re.compile(
    r"(?:(?:cơ\s+bản\s+)?(?:thống\s+nhất|đồng\s+ý|nhất\s+trí|chấp\s+thuận|tán\s+thành)|phê\s+duyệt|ghi\s+nhận|đánh\s+giá\s+cao|biểu\s+dương|phê\s+bình|hoan\s+nghênh|khen\s+ngợi|nghiêm\s+khắc\s+phê\s+bình)(?!\w)"
)
_GROUND = 160  # how far before the order a formula may begin: «nếu có vướng mắc, đề nghị các đơn vị …»
_OFFICE = re.compile(
    r"^(?:(?:đồng chí|phó|chủ tịch|bí thư|thường trực|ban thường vụ|lãnh đạo|văn phòng|các) )+"
)
_PASSES_ON = re.compile(r"(?:trình|gửi|báo\s+cáo)\s+")
_TO_DECIDE = re.compile(
    r"[\s,]*(?:(?:để|và|xem\s+xét|phê\s+duyệt|ban\s+hành|quyết\s+định|cho\s+ý\s+kiến|theo\s+dõi|chỉ\s+đạo|thông\s+qua)[\s,]*)*$"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for the whole document."""

    gives_work: bool  # it orders work; a plain report of work done does not
    issuer: str | None
    letter: bool


@dataclass(frozen=True, slots=True)
class Context:
    """What a section inherits from the headings above it."""

    leads: tuple[Mention, ...] = ()
    rule: str = ""
    quiet: bool = False
    blanket: Deadline | None = None
    item: Section | None = None
    listed: bool = False  # under an item or an introduction, not loose prose


@dataclass(slots=True)
class ItemOrders:
    """The orders of one item, with its path."""

    path: str | None
    orders: list[Order] = field(default_factory=list)


class Reading:
    """One walk through one document."""

    def __init__(self, page: Page, setting: Setting) -> None:
        self.page = page
        self.setting = setting
        self.items: list[ItemOrders] = []
        self._by_section: dict[int, ItemOrders] = {}
        self._last_leads: tuple[Mention, ...] = ()
        self._asked = setting.gives_work

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
            context = replace(context, item=section, listed=True)
        elif section.mark is not None:
            context = replace(context, item=context.item or section, listed=True)
        elif context.item is None or not context.listed:
            context = replace(context, item=section)
        below = self._read_paragraph(section, context)
        for child in section.children:
            self._visit(child, below)
        if section.mark is None:
            return replace(below, item=None, listed=False)
        return context

    # One paragraph ------------------------------------------------------------------------------------------------

    def _read_paragraph(self, section: Section, context: Context) -> Context:
        page, span = self.page, section.span
        words = page.words(span)
        if (
            is_background_heading(words)
            and (section.children or len(words) < 60)
            and page.mention_at(span.start) is None
        ):  # noqa: PLR2004
            return replace(context, quiet=True)
        if context.quiet and not section.children and page.mention_at(span.start) is None:
            return context
        trusting = self._asked and section.mark is not None
        head = subject_at(page, skip_openers(page, span.start, span.end), span.end, trusting=trusting)
        if head is not None and head.rule == "heading" and (section.mark is not None or section.children):
            return replace(context, leads=self._resolved(head.leads, context), rule="heading", quiet=False)
        introduces = words.endswith(":") or (bool(section.children) and not words.endswith((".", ";")))
        found, leads = self._read_sentences(section, context, trusting=trusting, introduces=introduces)
        self._keep(section, context, found)
        if introduces:
            return self._introduction(section, context, head, leads)
        if leads and section.mark is not None:
            return replace(context, leads=leads, rule="inherited")
        return replace(context, leads=context.leads if section.mark is not None else ())

    def _introduction(
        self, section: Section, context: Context, head: Subject | None, leads: tuple[Mention, ...]
    ) -> Context:
        page = self.page
        blanket = context.blanket
        ordered = head if head and head.ordered else None
        last = (list(sentences(page.flow, section.span)) or [section.span])[-1]
        if ordered is None:
            inside = [
                one for one in orders_inside(page, last) if not one.reported or self._about_itself(last)
            ]
            ordered = inside[-1] if inside else None
        if ordered is not None:
            self._asked = True
        tail = (list(clauses(page.flow, last)) or [last])[-1]
        dates = deadlines_of(page, tail, tail.start)
        if dates and not any(order.deadline for order in self._of(section, context).orders):
            blanket = dates[-1]
        named = ordered.leads if ordered else leads
        if not named and re.search(
            r"(?:yêu cầu|đề nghị|chỉ thị|chỉ đạo|giao)[^.]{0,40}:$", page.small[last.start : last.end]
        ):
            self._asked = True
            named = page.addressees if self.setting.letter else ()
        named = self._resolved(named, context)
        if self.setting.letter and len(named) == 1 and named[0].is_open_group and page.addressees:
            named = page.addressees
        if self._of(section, context).orders:  # work of its own: what the list below it orders is other work
            context = replace(context, item=Section(section.mark, section.span, section.path))
        own = head is not None and head.rule != "background" and not (ordered and ordered is not head)
        return replace(
            context,
            leads=named or context.leads,
            rule="inherited" if own and section.mark is not None else "introduction",
            blanket=blanket,
            listed=True,
            quiet=False,
        )

    def _about_itself(self, sentence: Span) -> bool:
        number = self.page.number
        return number is not None and number in self.page.words(sentence).replace(" ", "")

    # Sentences ----------------------------------------------------------------------------------------------------

    def _read_sentences(
        self, section: Section, context: Context, *, trusting: bool, introduces: bool
    ) -> tuple[list[Order], tuple[Mention, ...]]:
        page = self.page
        leads, rule = context.leads, context.rule
        found: list[Order] = []
        everything = list(sentences(page.flow, section.span))
        closing = section.mark is None and not context.listed
        for index, whole in enumerate(everything):
            sentence = self._past_mark(whole)
            if index == len(everything) - 1 and introduces:
                substance = self._without_lead_in(sentence)
                if substance is None:
                    head = subject_at(page, section.span.start, section.span.end, trusting=trusting)
                    if head is not None and head.rule != "heading" and not self._is_background(head, context):
                        leads = self._resolved(head.leads, context)
                    continue
                sentence = substance
            if self._dates_all(sentence, found):
                continue
            parts = self._parts(sentence, leads, rule, context, trusting=trusting and index == 0)
            for part, subject in parts:
                leads, rule = subject.leads, subject.rule
                if not page.deadlines_in(part) and self._is_formula(sentence, part, subject, closing=closing):
                    continue
                orders = orders_of(page, part, subject)
                if not self._dated_before(found, orders):
                    found.extend(orders)
        return found, leads

    def _parts(
        self, sentence: Span, leads: tuple[Mention, ...], rule: str, context: Context, *, trusting: bool
    ) -> list[tuple[Span, Subject]]:
        """Part a sentence where the work passes to other bodies; sentences that give no work have no parts."""
        page = self.page
        start = skip_openers(page, sentence.start, sentence.end)
        head = subject_at(page, start, sentence.end, trusting=trusting)
        if (
            head is not None
            and head.rule == "verb-assigns"
            and leads
            and "giao" not in page.small[head.start : head.start + 10]
        ):
            head = None  # «Yêu cầu các chủ đầu tư …» in an agency's item is what that agency is to do
            head = Subject(leads, sentence.start, sentence.start, ordered=False, rule=rule)
        if head is not None and self._is_background(head, context):
            head = None
            leads = ()
        if head is None and leads and self._is_work(sentence, rule):
            head = Subject(leads, sentence.start, sentence.start, ordered=False, rule=rule or "inherited")
        if head is None:
            inside = [
                one
                for one in orders_inside(page, sentence)
                if not one.reported or self._about_itself(sentence)
            ]
            if not inside:
                return []
            self._asked = True
            head = inside[0]
        if head.ordered:
            self._asked = True
        heads = [head, *self._later(sentence, head)]
        heads = [replace(one, leads=self._resolved(one.leads, context)) for one in heads]
        self._last_leads = heads[-1].leads
        ends = [one.start for one in heads[1:]] + [sentence.end]
        return [(Span(one.start, end), one) for one, end in zip(heads, ends, strict=True)]

    def _later(self, sentence: Span, head: Subject) -> list[Subject]:
        """Return the further bodies that «…, giao Y» or «…; yêu cầu Z» give work to in the same sentence."""
        page = self.page
        later = []
        for one in orders_inside(page, Span(head.end, sentence.end), verbs=None if head.ordered else "giao"):
            before = page.flow[max(head.end, one.start - 40) : one.start].rstrip()
            opens = re.search(r"(?:[,;]|[,;]\s*(?:đồng thời|và|riêng))$", before)
            issuer = page.mention_covering(one.start - 2)
            if opens or (
                issuer is not None
                and is_issuer((issuer,))
                and page.flow[max(0, issuer.span.start - 40) : issuer.span.start].rstrip()[-1:] in ",;"
            ):
                later.append(one)
        return later

    def _is_background(self, head: Subject, context: Context) -> bool:
        if head.rule == "background":
            return True
        if head.ordered or head.rule in ("colon-head", "heading"):
            return False
        if not self._asked:
            return True
        return self._speaks_as_issuer(head.leads)

    def _speaks_as_issuer(self, leads: tuple[Mention, ...]) -> bool:
        if not is_issuer(leads):
            return False
        if self.setting.issuer is None:
            return True
        issuer, words = folded(self.setting.issuer), folded(leads[0].text).replace("ủy ban nhân dân", "ubnd")
        words = _OFFICE.sub("", words)
        return words in issuer or words.startswith(issuer) or words in ("bộ", "tỉnh")

    def _is_work(self, sentence: Span, rule: str) -> bool:
        """Tell whether a sentence without subject can be work of the body named above it."""
        if rule != "introduction":
            return True
        page = self.page
        start = skip_openers(page, sentence.start, sentence.end)
        while (time := page.deadline_at(start)) is not None:
            start = time.span.end
            while start < sentence.end and page.flow[start] in " ,:":
                start += 1
        return starts_with_action(page.small, start, sentence.end) and not _APPROVES.match(page.small, start)

    def _is_formula(self, sentence: Span, part: Span, subject: Subject, *, closing: bool) -> bool:
        rest = self.page.words(Span(subject.end, max(subject.end, part.end)))
        whole = Span(max(sentence.start, part.start - _GROUND), part.end) if closing else part
        return (closing and is_generic(rest)) or gives_no_work(self.page.words(whole), closing=closing)

    def _past_mark(self, sentence: Span) -> Span:
        mark = read_mark(self.page.flow, sentence.start, sentence.end)
        if mark is None:
            return sentence
        start = mark.end
        while start < sentence.end and self.page.flow[start] == " ":
            start += 1
        return Span(start, sentence.end)

    def _without_lead_in(self, sentence: Span) -> Span | None:
        """Return a sentence less the clause that only introduces a list; None where nothing else is left."""
        head = subject_at(self.page, sentence.start, sentence.end, trusting=True)
        start = head.end if head is not None else sentence.start
        parts = list(clauses(self.page.flow, Span(start, max(start, sentence.end))))
        if len(parts) < 2 or not self.page.small[parts[-1].start : parts[-1].end].rstrip().endswith(":"):  # noqa: PLR2004
            return None
        return Span(sentence.start, parts[-2].end)

    # Dates that stand apart ---------------------------------------------------------------------------------------

    def _dates_all(self, sentence: Span, found: list[Order]) -> bool:
        """Give the date of «Các nhiệm vụ nêu trên hoàn thành trước ngày …» to every order without one."""
        page = self.page
        if not _ABOUT_ALL.match(page.small, sentence.start, sentence.end):
            return False
        dates = page.deadlines_in(sentence)
        if not dates:
            return False
        for item in self.items:
            item.orders = merged_undated(item.orders)
        found[:] = merged_undated(found)
        for order in [*(order for item in self.items for order in item.orders), *found]:
            if order.deadline is None:
                order.deadline = dates[-1]
        return True

    def _dated_before(self, found: list[Order], orders: list[Order]) -> bool:
        """Give the date of a sentence that only says when («Hoàn thành trước ngày …») to the work before it."""
        if len(orders) != 1 or not found or orders[0].deadline is None or orders[0].time_first:
            return False
        order, page, date = orders[0], self.page, orders[0].deadline
        start, end = order.action.start, date.span.start if date else order.action.end
        finish = finish_at(page.small, start, end)
        only_finishes = finish is not None and not page.flow[finish:end].strip(" ,:")
        only_passes = False
        if (verb := _PASSES_ON.match(page.small, start, end)) is not None:
            bodies, after = read_list(page, verb.end(), end)
            only_passes = bool(bodies) and _TO_DECIDE.match(page.small, after, end) is not None
        if not only_finishes and not only_passes:
            return False
        same = [one for one in found if one.deadline is None and one.leads == order.leads]
        if not same:
            order.action, order.spans = found[-1].action, [*found[-1].spans, *order.spans]
            return False
        for one in same[1:]:
            same[0].take(one)
            found.remove(one)
        same[0].take(order)
        return True

    # Keeping ------------------------------------------------------------------------------------------------------

    def _resolved(self, leads: tuple[Mention, ...], context: Context) -> tuple[Mention, ...]:
        """Put «Quý Ủy ban» and «Sở này» down to the bodies they stand for."""
        out: list[Mention] = []
        for lead in leads:
            if not lead.is_reference:
                out.append(lead)
            elif folded(lead.text).startswith("quý"):
                out += self.page.addressees or (lead,)
            else:
                out += self._last_leads or context.leads or (lead,)
        return tuple(out)

    def _of(self, section: Section, context: Context) -> ItemOrders:
        owner = context.item or section
        if id(owner) not in self._by_section:
            self._by_section[id(owner)] = ItemOrders(owner.path)
            self.items.append(self._by_section[id(owner)])
        return self._by_section[id(owner)]

    def _keep(self, section: Section, context: Context, found: list[Order]) -> None:
        if not found:
            return
        item = self._of(section, context)
        for order in found:
            if order.deadline is None and context.blanket is not None:
                order.deadline = context.blanket
            if order.leads:
                self._last_leads = order.leads
            item.orders.append(order)
