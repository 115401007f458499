"""From a sentence with known leads to orders: one piece of work, at most one deadline; how orders join."""

import re
from collections.abc import Iterator
from typing import Final

from directives.acting import Subject
from directives.agencies import Mention
from directives.bodies import skip_openers
from directives.coordination import as_helpers, coordinators_in, helpers_only, read_opening
from directives.dating import deadlines_of
from directives.formulas import is_liability
from directives.grammar import Wording
from directives.joining import joined
from directives.kinds import Piece, kind_of
from directives.model import DeadlineKind, Span
from directives.order import Kind, Order, together
from directives.page import Page
from directives.sentences import clauses
from directives.subjects import subject_at
from directives.timing import Stretch, stretches
from directives.verbs import starts_with_action

CONDITION: Final = Wording(
    "condition",
    re.compile(r"(?:trường\s+hợp|nếu|khi)(?!\w)"),
    ("«Trường hợp» xảy ra cháy, báo cáo ngay.", "«Nếu» chậm, báo cáo ngay."),
    ("Trường học báo cáo.",),
)
CASES: Final = Wording(
    "special-case",
    re.compile(
        r"(?:trường\s+hợp|vụ\s+việc|sự\s+cố|sự\s+việc|phát\s+hiện|xảy\s+ra|phát\s+sinh|"
        r"vượt\s+(?:quá\s+)?thẩm\s+quyền|đột\s+xuất)(?!\w)"
    ),
    ("trong 02 ngày kể từ khi «phát hiện»", "trong 24 giờ sau khi «xảy ra» cháy"),
    ("trong 02 ngày kể từ ngày ký",),
)
ROUND: Final = Wording(
    "round-of-work",
    re.compile(
        r"[,;]?\s*(?:và\s+)?(?:(?:hoàn\s+thành|xong|thực\s+hiện(?:\s+xong)?|kết\s+thúc)\s+)?(?:đợt|"
        r"giai\s+đoạn|bước|lần|vòng)\s+(?:\d+|một|hai|đầu|[ivx]+)\s*$"
    ),
    ("rà soát giá thuốc« đợt 1»", "kiểm tra các chợ«, hoàn thành giai đoạn một»"),
    ("kiểm tra đợt 1 và đợt sau",),
    needs=("đợt", "giai", "bước", "lần", "vòng"),
)
"""Tells apart the dates of one work, and is no part of what it is."""

OF_WHICH: Final = Wording(
    "work-behind-its-new-date",
    re.compile(r"\s*(?:đối\s+với|cho|của)\s+(?:nhiệm\s+vụ|việc|nội\s+dung|công\s+việc)\s+"),
    ("bằng ngày 30/6/2020« đối với nhiệm vụ »rà soát giá",),
    ("trước ngày 30/6/2020 đối với các xã",),
)
LEADS_ONLY: Final = Wording("leads-only", re.compile(r"\s*chủ\s+trì\s*$"), ("Sở Y tế« chủ trì»",))
HELPS_WORK: Final = Wording(
    "helps-in-clause",
    re.compile(r"\s*(?:cùng\s+)?phối\s+hợp\s+"),
    ("Sở Tài chính« phối hợp »tham mưu.",),
)
"""«X chủ trì; Y phối hợp tham mưu …»: one work, X leads it."""

WORDINGS: Final = (CONDITION, CASES, ROUND, OF_WHICH, LEADS_ONLY, HELPS_WORK)
_NEXT_BODY = re.compile(
    r"\s*,\s*(?:(?:và|còn|riêng|sau\s+đó|rồi|đồng\s+thời|(?P<purpose>để))\s+)?|\s+(?:và|(?P<for>để))\s+"
)
_COMMA = re.compile(r",\s+")


def orders_of(page: Page, span: Span, subject: Subject) -> list[Order]:
    """Return the orders of a sentence, or of the part of one, whose subject is known."""
    found: list[Order] = []
    leads = subject.leads
    helpers = subject.helpers
    rule = subject.rule
    only_leads = False
    whole = Span(subject.end, max(subject.end, span.end))
    parts = (part for clause in clauses(page.flow, whole) for part in _by_bodies(page, clause))
    for index, clause in enumerate(parts):
        start = clause.start
        if index:
            if found and (some := helpers_only(page, clause)):
                found[-1].coordinators += some
                continue
            own = _own_subject(page, clause, subject)
            if own is None and _others_tell(page, clause, leads):
                continue
            if (
                own is not None
                and only_leads
                and (help_ := HELPS_WORK.match(page.small, own.end, clause.end))
            ):
                helpers = as_helpers(own.leads, HELPS_WORK.name)
                start, found = help_.end(), []  # «X chủ trì; Y phối hợp tham mưu …»
            elif own is not None:
                leads, helpers, start, rule = own.leads, (), own.end, own.rule
        for order in _clause_orders(page, Span(start, clause.end), leads, helpers, first=not found):
            order.rule = rule
            if found and order.deadline is not None and _is_elliptic(page, order):
                order.action = found[-1].action  # «…, Sở B trước ngày 12/7»: the same work
            helpers = order.coordinators
            found.append(order)
        only_leads = index == 0 and LEADS_ONLY.match(page.small, clause.start, clause.end) is not None
    return joined(page, found)


def _is_elliptic(page: Page, order: Order) -> bool:
    """Tell whether an order is a date and nothing else."""
    if order.deadline is None:
        return False
    before = page.flow[order.action.start : order.deadline.span.start]
    behind = page.flow[order.deadline.span.end : order.spans[-1].end]
    return not before.strip(" ,:") and not behind.strip(" ,;.:/")


def _by_bodies(page: Page, clause: Span) -> Iterator[Span]:
    """Part a clause where another body acts behind a date: «… trước ngày 05/7, Sở B thẩm định trước …»."""
    start = clause.start
    for date in page.deadlines_in(clause):
        joint = _NEXT_BODY.match(page.small, date.span.end, clause.end)
        at = joint.end() if joint else clause.end
        if joint is None or at <= start or page.mention_at(at) is None:
            continue
        if (joint["purpose"] or joint["for"]) and not page.deadlines_in(Span(at, clause.end)):
            continue  # «… để Sở B tổng hợp»: only why it is due, without a date of its own
        own = subject_at(page, at, clause.end, trusting=False)
        if own is not None and own.start == at and own.rule == "subject-verb":
            yield Span(start, date.span.end)
            start = at
    yield Span(start, clause.end)


def _others_tell(page: Page, clause: Span, leads: tuple[Mention, ...]) -> bool:
    """Tell whether a clause only says what another body did or will do: «…; UBND tỉnh sẽ họp …»."""
    own = subject_at(page, clause.start, clause.end, trusting=False)
    if own is None or own.rule != "background":
        return False
    return not {lead.name for lead in own.leads} & {lead.name for lead in leads}


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
    if not any(map(str.isalpha, clause.of(page.flow))):
        return []  # «Sở X: 15/7»: a day alone is no work
    start = skip_openers(page, clause.start, clause.end)
    opening = read_opening(page, start, clause.end)
    helpers = together(helpers, opening.coordinators)
    deadlines = deadlines_of(page, clause, opening.end)
    orders: list[Order] = []
    for stretch in stretches(page, clause, opening.end, deadlines):
        if orders and stretch.repeats:
            # The words of the work and of this date: all dates between would make texts grow with the square.
            spans = [orders[-1].spans[0], stretch.span]
            orders.append(Order(leads, helpers, spans, orders[-1].action, stretch.deadline))
            continue
        helpers = together(helpers, coordinators_in(page, stretch.span))
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
    order.kind = Kind.WORK if first else kind_of(page, Piece(clause, stretch, action))
    order.conditional = CONDITION.match(page.small, clause.start) is not None or _of_a_case(page, order)
    return order


def _of_a_case(page: Page, order: Order) -> bool:
    """Tell whether a report is for a special case, counted from it: «… trong 02 ngày kể từ khi phát hiện»."""
    date = order.deadline
    if order.kind is not Kind.HANDOVER or date is None or date.kind is not DeadlineKind.RELATIVE:
        return False
    return CASES.search(page.small, date.span.start, date.span.end) is not None


def _action(page: Page, stretch: Stretch) -> Span:
    """Return the first words of the work, a time put first and the joints before it passed over."""
    start = stretch.span.start
    if stretch.time_first and stretch.deadline is not None:
        start = stretch.deadline.span.end
    opening = read_opening(page, start, stretch.span.end)
    start = opening.end
    end = stretch.span.end
    if stretch.deadline is not None and stretch.deadline.span.start > start:
        behind = OF_WHICH.match(page.small, stretch.deadline.span.end, end)
        if behind is not None and not starts_with_action(page.small, start, end):
            return Span(behind.end(), end)  # «Thay thế thời hạn … bằng … đối với nhiệm vụ | rà soát …»
        end = stretch.deadline.span.start
    if round_ := ROUND.search(page.small, start, end):
        end = round_.start() if round_.start() > start else end
    return Span(start, max(start, end))
