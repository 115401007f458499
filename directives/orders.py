"""From a sentence with known leads to orders: one piece of work, at most one deadline; how orders join."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from directives.agencies import Mention
from directives.bodies import skip_openers
from directives.coordination import coordinators_in, helpers_only, read_opening
from directives.formulas import is_liability
from directives.model import Deadline, DeadlineKind, Span
from directives.page import Page
from directives.sentences import clauses
from directives.subjects import Subject, subject_at
from directives.timing import Stretch, deadlines_of, stretches
from directives.verbs import finish_at, handover_at, skip_adverbs, starts_with_action

_GOES_ON = re.compile(
    r"(?:trong\s+đó|đặc\s+biệt|nhất\s+là|trường\s+hợp|nếu|khi|lưu\s+ý|bảo\s+đảm|đảm\s+bảo|không\s+để|"
    r"tránh|bao\s+gồm|gồm|qua\s+đó|từ\s+đó)(?!\w)"
)
_CASE = re.compile(r"(?:đối\s+với|riêng|với|trong(?!\s+đó)|tại|sau\s+khi)\s[^,;]{3,120},\s+")
_CONDITION = re.compile(r"(?:trường\s+hợp|nếu|khi)(?!\w)")
_CASES = re.compile(
    r"(?:trường\s+hợp|vụ\s+việc|sự\s+cố|sự\s+việc|phát\s+hiện|xảy\s+ra|phát\s+sinh|"
    r"vượt\s+(?:quá\s+)?thẩm\s+quyền|đột\s+xuất)(?!\w)"
)
_ROUND = re.compile(
    r"[,;]?\s*(?:và\s+)?(?:(?:hoàn\s+thành|xong|thực\s+hiện(?:\s+xong)?|kết\s+thúc)\s+)?(?:đợt|"
    r"giai\s+đoạn|bước|lần|vòng)\s+(?:\d+|một|hai|đầu|[ivx]+)\s*$"
)
_ROUND_WORDS = ("đợt", "giai", "bước", "lần", "vòng")  # without one of them there is no round to look for
_RESULT = re.compile(r"(?:kết\s+quả|tình\s+hình)(?!\w)")
_NAMED_AGAIN = re.compile(
    r"\s+(?:các\s+)?(?:việc|công\s+tác|công\s+việc|nội\s+dung|nhiệm\s+vụ)\s+(?P<work>\w+(?:\s+\w+)?)"
)
_FROM = re.compile(r"[\s,:;]*(?:từ\s+(?:nay|(?:ngày|tháng|quý)?\s*[\d/.\s-]+(?:năm\s+\d{4}\s*)?))?[\s,]*$")
_LOOK_BACK = 600
_COMMA = re.compile(r",\s+")
_LEADS_ONLY = re.compile(r"\s*chủ\s+trì\s*$")
_HELP = re.compile(r"\s*(?:cùng\s+)?phối\s+hợp\s+")


class Kind(StrEnum):
    """What a stretch of a sentence is to the work before it."""

    WORK = "work"
    FINISH = "finish"  # only says when the work before it ends
    HANDOVER = "handover"  # hands over the result of the work before it
    GOES_ON = "goes-on"  # says more about the work before it


@dataclass(slots=True)
class Order:
    """One piece of work as read so far."""

    leads: tuple[Mention, ...]
    coordinators: tuple[Mention, ...]
    spans: list[Span]
    action: Span
    deadline: Deadline | None
    kind: Kind = Kind.WORK
    time_first: bool = False
    conditional: bool = False
    rule: str = ""
    doubts: list[str] = field(default_factory=list)

    def take(self, other: "Order") -> None:
        """Join another order to this one: its words, its helpers, and its date where this has none."""
        self.spans += other.spans
        self.coordinators = _together(self.coordinators, other.coordinators)
        self.deadline = self.deadline or other.deadline
        self.doubts += [doubt for doubt in other.doubts if doubt not in self.doubts]


def _together(some: tuple[Mention, ...], more: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return both lists as one, each body once."""
    return tuple(dict.fromkeys((*some, *more))) if more else some


def orders_of(page: Page, span: Span, subject: Subject) -> list[Order]:
    """Return the orders of a sentence, or of the part of one, whose subject is known."""
    found: list[Order] = []
    leads = subject.leads
    helpers: tuple[Mention, ...] = ()
    rule = subject.rule
    only_leads = False
    for index, clause in enumerate(clauses(page.flow, Span(subject.end, max(subject.end, span.end)))):
        start = clause.start
        if index:
            if found and (some := helpers_only(page, clause)):
                found[-1].coordinators += some
                continue
            own = _own_subject(page, clause, subject)
            if own is not None and only_leads and (help_ := _HELP.match(page.small, own.end, clause.end)):
                helpers, start, found = own.leads, help_.end(), []  # «X chủ trì; Y phối hợp tham mưu …»
            elif own is not None:
                leads, helpers, start, rule = own.leads, (), own.end, own.rule
        for order in _clause_orders(page, Span(start, clause.end), leads, helpers, first=not found):
            order.rule = rule
            helpers = order.coordinators
            found.append(order)
        only_leads = index == 0 and _LEADS_ONLY.match(page.small, clause.start, clause.end) is not None
    return joined(page, found)


def _own_subject(page: Page, clause: Span, before: Subject) -> Subject | None:
    own = subject_at(page, clause.start, clause.end, trusting=False)
    if own is None or own.rule in ("background", "heading"):
        return None
    if (
        own.rule == "verb-assigns"
        and not before.ordered
        and "giao" not in page.small[own.start : own.start + 12]
    ):
        return None
    return own


def _clause_orders(
    page: Page, clause: Span, leads: tuple[Mention, ...], helpers: tuple[Mention, ...], *, first: bool
) -> list[Order]:
    if is_liability(page.small_words(clause)):
        behind = _work_behind_liability(page, clause)
        if behind is None:
            return []
        clause = behind
    start = skip_openers(page, clause.start, clause.end)
    opening = read_opening(page, start, clause.end)
    helpers = _together(helpers, opening.coordinators)
    deadlines = deadlines_of(page, clause, opening.end)
    orders: list[Order] = []
    for stretch in stretches(page, clause, opening.end, deadlines):
        if orders and stretch.repeats:
            again = Order(
                leads, helpers, [*orders[-1].spans, stretch.span], orders[-1].action, stretch.deadline
            )
            orders.append(again)
            continue
        helpers = _together(helpers, coordinators_in(page, stretch.span))
        orders.append(_order(page, clause, stretch, leads, helpers, first=first and not orders))
    if orders:
        orders[0].spans[0] = Span(clause.start, orders[0].spans[0].end)
    return orders


def _work_behind_liability(page: Page, clause: Span) -> Span | None:
    """Return the dated work behind liability in one clause: «…, báo cáo kết quả trước ngày …»."""
    for comma in _COMMA.finditer(page.small, clause.start, clause.end):
        rest = Span(comma.end(), clause.end)
        if starts_with_action(page.small, rest.start, rest.end) and page.deadlines_in(rest):
            return rest
    return None


def _order(  # noqa: PLR0913 - all that is known of one stretch; read in one place
    page: Page,
    clause: Span,
    stretch: Stretch,
    leads: tuple[Mention, ...],
    helpers: tuple[Mention, ...],
    *,
    first: bool,
) -> Order:
    action = _action(page, stretch)
    order = Order(leads, helpers, [stretch.span], action, stretch.deadline, time_first=stretch.time_first)
    order.kind = Kind.WORK if first else _kind(page, clause, stretch, action)
    order.conditional = _CONDITION.match(page.small, clause.start) is not None or _of_a_case(page, order)
    return order


def _of_a_case(page: Page, order: Order) -> bool:
    """Tell whether a report is for a special case, counted from it: «… trong 02 ngày kể từ khi phát hiện»."""
    date = order.deadline
    if order.kind is not Kind.HANDOVER or date is None or date.kind is not DeadlineKind.RELATIVE:
        return False
    return _CASES.search(page.small, date.span.start, date.span.end) is not None


def _kind(page: Page, clause: Span, stretch: Stretch, action: Span) -> Kind:
    at = skip_adverbs(page.small, action.start, stretch.span.end)
    if stretch.deadline is None:
        goes_on = _GOES_ON.match(page.small, clause.start) or not _acts(
            page, clause, action, stretch.span.end
        )
        return Kind.GOES_ON if goes_on else Kind.WORK
    ends = finish_at(page.small, at, stretch.span.end)
    if (
        ends is not None
        and ends <= stretch.deadline.span.start
        and _FROM.match(page.small, ends, stretch.deadline.span.start)
    ):
        return Kind.FINISH
    if ends is not None and _ends_the_same(page, clause.start, ends, stretch.deadline.span.start):
        return Kind.FINISH
    if handover_at(page.small, at, stretch.span.end) is not None:
        return Kind.HANDOVER
    return Kind.WORK


def _acts(page: Page, clause: Span, action: Span, end: int) -> bool:
    """Tell whether work begins here, or behind a case put first: «đối với tàu chưa đạt, lập danh sách …»."""
    if starts_with_action(page.small, action.start, end):
        return True
    case = _CASE.match(page.small, clause.start, end)
    return case is not None and starts_with_action(page.small, case.end(), end)


def _ends_the_same(page: Page, clause: int, at: int, end: int) -> bool:
    """Tell whether «hoàn thành việc sơ tán» names again the work of the clause before it."""
    named = _NAMED_AGAIN.match(page.small, at, end)
    if named is None:
        return False
    before = page.small[max(0, clause - _LOOK_BACK) : clause]
    return " ".join(named["work"].split()) in " ".join(before.split())


def _action(page: Page, stretch: Stretch) -> Span:
    """Return the first words of the work, a time put first and the joints before it passed over."""
    start = stretch.span.start
    if stretch.time_first and stretch.deadline is not None:
        start = stretch.deadline.span.end
    opening = read_opening(page, start, stretch.span.end)
    start = opening.end
    end = stretch.span.end
    if stretch.deadline is not None and stretch.deadline.span.start > start:
        end = stretch.deadline.span.start
    words = page.small[start:end]
    if any(word in words for word in _ROUND_WORDS) and (round_ := _ROUND.search(page.small, start, end)):
        end = round_.start() if round_.start() > start else end
    return Span(start, max(start, end))


def joined(page: Page, orders: Sequence[Order]) -> list[Order]:
    """Join, inside one sentence, what only finishes, hands over or continues the work before it."""
    done: list[Order] = []
    for order in orders:
        before = done[-1] if done and _same_leads(done[-1], order) else None
        if before is None or order.time_first or (order.conditional and order.deadline is not None):
            done.append(order)
        elif order.kind is Kind.GOES_ON:
            before.take(order)
        elif (
            order.kind is Kind.WORK or order.deadline is None or order.deadline.kind is DeadlineKind.RECURRING
        ):
            done.append(order)
        elif before.deadline is None:
            _hand_back(page, done, order)
        elif order.kind is Kind.FINISH:
            order.action = before.action
            order.spans = [*before.spans, *order.spans]
            done.append(order)
        else:
            done.append(order)
    return done


def _hand_back(page: Page, done: list[Order], order: Order) -> None:
    """Give a date to the work before it; a report of results closes all undated work of the sentence."""
    if order.kind is Kind.HANDOVER and _RESULT.search(page.small[order.spans[0].start : order.spans[0].end]):
        while len(done) > 1 and done[-2].deadline is None and _same_leads(done[-2], order):
            last = done.pop()
            done[-1].take(last)
    done[-1].take(order)


def _same_leads(one: Order, other: Order) -> bool:
    return [lead.span for lead in one.leads] == [lead.span for lead in other.leads]


def helped(orders: list[Order], helpers: tuple[Mention, ...], named: Span) -> list[Order]:
    """Return the orders with further helpers, what is said of their bodies at `named` cut from the action."""
    for order in orders:
        if order.action.start < named.start < order.action.end:
            order.action = Span(order.action.start, named.start)
        order.coordinators = _together(order.coordinators, helpers)
    return orders


def merged_undated(orders: Iterable[Order]) -> list[Order]:
    """Join the orders of one item that have the same leads and no deadline: together they are one task."""
    done: list[Order] = []
    undated: dict[tuple[str, ...], Order] = {}
    for order in orders:
        key = tuple(lead.name for lead in order.leads)
        if order.deadline is None and key in undated:
            undated[key].take(order)
            continue
        if order.deadline is None:
            undated[key] = order
        done.append(order)
    return done
