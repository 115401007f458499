"""How pieces of work join: what only finishes, hands over or continues the work before it is part of it."""

import re
from collections.abc import Iterable, Sequence

from directives.agencies import Mention
from directives.model import DeadlineKind, Span
from directives.order import Kind, Order, together
from directives.page import Page

_RESULT = re.compile(r"(?:kết\s+quả|tình\s+hình)(?!\w)")


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
