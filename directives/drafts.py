"""From orders to task drafts: the words of the action, who gets the result, how sure the reading is."""

import re
from collections.abc import Iterable, Iterator

from directives.agencies import Mention
from directives.agencies.excepted import excepts_behind
from directives.confidence import UNCLEAR_EXCEPTION, judge
from directives.dated_elsewhere import DEADLINE_ELSEWHERE, is_dated_elsewhere
from directives.model import AgencyMention, Span, TaskDraft
from directives.order import ItemOrders, Order
from directives.page import Page
from directives.recipients import recipient_of
from directives.text import one_line

_ACTION_CUT = re.compile(r"[;.]\s|[.;:]$")
_LONGEST_ACTION = 120
_SEPARATORS = " \n;,.:"
_LEFT_OUT = " […] "  # words between that belong to another task


def drafts_of(page: Page, items: Iterable[ItemOrders]) -> Iterator[TaskDraft]:
    """Yield a task draft for each order that has words, in the order of the text."""
    for item in items:
        for order in item.orders:
            draft = _draft(page, item.path, order)
            if draft.text:
                yield draft


def _draft(page: Page, path: str | None, order: Order) -> TaskDraft:
    spans = sorted(dict.fromkeys(order.spans)) if len(order.spans) > 1 else order.spans
    whole = Span(spans[0].start, max(span.end for span in spans))
    if order.deadline is None and is_dated_elsewhere(page, spans):
        order.doubts.append(DEADLINE_ELSEWHERE)
    if any(lead.is_group and excepts_behind(page.flow, lead.span.end) for lead in order.leads):
        order.doubts.append(UNCLEAR_EXCEPTION)
    confidence, doubts = judge(order)
    recipient = recipient_of(page, spans, order.leads)
    return TaskDraft(
        item=path,
        leads=tuple(_plain(lead, order.rule) for lead in order.leads),
        coordinators=tuple(_plain(one, one.rule) for one in order.coordinators if one not in order.leads),
        recipient=_plain(recipient, recipient.rule) if recipient else None,
        action=_action(page, order, spans),
        text=one_line(_LEFT_OUT.join(span.of(page.flow) for span in _run_together(page, spans))),
        span=whole,
        deadline=order.deadline,
        confidence=confidence,
        doubts=doubts,
        rule=order.rule,
    )


def _run_together(page: Page, spans: list[Span]) -> list[Span]:
    """Join the spans between which only separators stand, so that the text reads as the document has it."""
    joined = spans[:1]
    for span in spans[1:]:
        last = joined[-1]
        if span.start <= last.end or not page.flow[last.end : span.start].strip(_SEPARATORS):
            joined[-1] = Span(last.start, max(last.end, span.end))
        else:
            joined.append(span)
    return joined


def _action(page: Page, order: Order, spans: list[Span]) -> str:
    words = one_line(order.action.of(page.flow)).strip(" ,:–-")
    if cut := _ACTION_CUT.search(words):
        words = words[: cut.start()]
    if words.count("(") > words.count(")"):
        words = words[: words.rfind("(")] or words  # «rà soát (xong trước ngày …)»
    if len(words) > _LONGEST_ACTION:
        words = words[
            : words.rfind(" ", 0, _LONGEST_ACTION) if " " in words[:_LONGEST_ACTION] else _LONGEST_ACTION
        ]
    return words.strip(" ,:–-") or one_line(spans[0].of(page.flow))[:_LONGEST_ACTION]


def _plain(mention: Mention, rule: str) -> AgencyMention:
    """Return the mention as the model has it, its words on one line, with the rule that gave it its part."""
    text, name = one_line(mention.text), one_line(mention.name)
    return AgencyMention(text, name, mention.code, mention.span, rule=rule, named_by=mention.named_by)
