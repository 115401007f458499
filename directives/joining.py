"""How pieces of work join: what only finishes, hands over or continues the work before it is part of it.

The right side of an example gives the tasks of its item, each as its action and its date in brackets.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from directives.agencies import Mention
from directives.grammar import Rule, Wording
from directives.model import DeadlineKind, Span
from directives.order import Kind, Order, together
from directives.page import Page

RESULT: Final = Wording(
    "result",
    re.compile(r"(?:kết\s+quả|tình\s+hình)(?!\w)"),
    ("báo cáo «kết quả» trước ngày 10/5/2020", "báo cáo «tình hình» thực hiện"),
    ("trình đề án",),
)
"""A report of it closes all undated work of its sentence."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An order, and all that were read before it in its sentence; the last of them has the same leads."""

    done: list[Order]
    order: Order

    @property
    def before(self) -> Order:
        """Return the order right before."""
        return self.done[-1]


def joined(page: Page, orders: Sequence[Order]) -> list[Order]:
    """Join, inside one sentence, what only finishes, hands over or continues the work before it."""
    done: list[Order] = []
    for order in orders:
        row = _row_for(page, Pair(done, order)) if done and _same_leads(done[-1], order) else None
        if row is None:
            done.append(order)
    return done


def _row_for(page: Page, pair: Pair) -> "JoinRule | None":
    if pair.order.time_first or (pair.order.conditional and pair.order.deadline is not None):
        return None  # it begins with a time of its own, or is for a case of its own
    return next((row for row in JOINS if row.decide(page, pair)), None)


def _goes_on(_: Page, pair: Pair) -> bool:
    if pair.order.kind is not Kind.GOES_ON:
        return False
    pair.before.take(pair.order)
    return True


def _dates_it(page: Page, pair: Pair) -> bool:
    """Give a date to the work before it; a report of results closes all undated work of the sentence."""
    order, done = pair.order, pair.done
    if not _depends(order) or pair.before.deadline is not None:
        return False
    if order.kind is Kind.HANDOVER and RESULT.search(page.small, order.spans[0].start, order.spans[0].end):
        while len(done) > 1 and done[-2].deadline is None and _same_leads(done[-2], order):
            last = done.pop()
            done[-1].take(last)
    done[-1].take(order)
    return True


def _another_date(_: Page, pair: Pair) -> bool:
    order, before = pair.order, pair.before
    if not _depends(order) or order.kind is not Kind.FINISH:
        return False
    order.action = before.action
    order.spans = [*before.spans, *order.spans]
    pair.done.append(order)
    return True


def _depends(order: Order) -> bool:
    """Tell whether an order has one date and is no work of its own."""
    dated = order.deadline is not None and order.deadline.kind is not DeadlineKind.RECURRING
    return dated and order.kind in (Kind.FINISH, Kind.HANDOVER)


def _same_leads(one: Order, other: Order) -> bool:
    return [lead.span for lead in one.leads] == [lead.span for lead in other.leads]


JoinRule = Rule[Callable[[Page, Pair], bool]]
JOINS: Final[tuple[JoinRule, ...]] = (
    Rule(
        "goes-on",
        _goes_on,
        (
            (
                "Sở Y tế kiểm tra chợ trước ngày 10/5/2020; bảo đảm không bỏ sót.",
                "kiểm tra chợ [trước ngày 10/5/2020]",
            ),
        ),
    ),
    Rule(
        "dates-the-work-before",
        _dates_it,
        (
            (
                "Sở Y tế kiểm tra chợ; báo cáo kết quả trước ngày 10/5/2020.",
                "kiểm tra chợ [trước ngày 10/5/2020]",
            ),
            (
                "Sở Y tế kiểm tra chợ, hoàn thành trước ngày 10/5/2020.",
                "kiểm tra chợ, hoàn thành [trước ngày 10/5/2020]",
            ),
        ),
    ),
    Rule(
        "another-date",
        _another_date,
        (
            (
                "Sở Y tế kiểm tra chợ Đồng Hới trước ngày 10/5/2020; hoàn thành trước ngày 20/5/2020.",
                "kiểm tra chợ Đồng Hới [trước ngày 10/5/2020] | kiểm tra chợ Đồng Hới [trước ngày 20/5/2020]",
            ),
        ),
    ),
)
"""What a row joins it does itself; what none joins is work of its own."""


def helped(orders: list[Order], helpers: tuple[Mention, ...], named: Span) -> list[Order]:
    """Return the orders with further helpers, what is said of their bodies at `named` cut from the action."""
    for order in orders:
        if order.action.start < named.start < order.action.end:
            order.action = Span(order.action.start, named.start)
        order.coordinators = together(order.coordinators, helpers)
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
