"""How sure a reading of one task is: a product of its risks, each a doubt where a person can help."""

from collections.abc import Sequence
from dataclasses import replace

from directives.agencies import Mention
from directives.model import Deadline, DeadlineKind, Doubt, TaskDraft
from directives.order import Order

BEST = 0.98
NO_LONGER_EXISTS = "body-no-longer-exists"
UNCLEAR_EXCEPTION = "unclear-exception"  # «… trừ các huyện đã hoàn thành»: nobody can tell who is left out
# How much each way of finding the lead is worth. Set from the share of right tasks on annotated documents.
RULES = {
    "verb-assigns": 1.0,
    "passive": 0.98,
    "colon-head": 1.0,
    "heading": 0.98,
    "subject-verb": 0.98,
    "inherited": 0.96,
    "introduction": 0.85,
    "person-assigned": 0.75,
    "introduction-unsure": 0.55,  # the sentence begins with somebody that nobody knows
    "order-inside": 0.92,
    "subject-unknown-verb": 0.75,
    "table-row": 0.95,
    "schedule": 0.9,
    "assumed-name": 0.7,
}
ASSUMED = ("introduction-unsure", "person-assigned")  # who answers for the work is for a person to check
RISKS = {
    "quarter-from-scan": 0.85,
    "date-from-scan": 0.95,
    "lead-not-in-register": 0.95,
    "open-group-leads": 0.85,
    UNCLEAR_EXCEPTION: 0.85,
    "several-leads": 0.97,
    NO_LONGER_EXISTS: 0.9,
    "several-sentences": 0.97,
    "undated": 0.97,
    "date-from-whole-list": 0.93,
    "no-such-day": 0.9,
    "before-issue-date": 0.85,
    "year-assumed": 0.95,
    "year-unknown": 0.8,
    "anchor-unknown": 0.95,
    "event-without-date": 0.9,
}
OTHER_RISK = 0.95
SILENT = {"undated", "lead-not-in-register", "several-sentences"}  # risks nobody needs to look at


def judge(order: Order) -> tuple[float, tuple[str, ...]]:
    """Return the confidence in a task and its doubts."""
    risks = [
        *(["lead-assumed"] if order.rule in ASSUMED else []),
        *_lead_risks(order.leads),
        *_deadline_risks(order.deadline),
        *order.doubts,
    ]
    if len(order.spans) > 1:
        risks.append("several-sentences")
    confidence = BEST * RULES.get(order.rule, 0.9)
    for risk in risks:
        confidence *= RISKS.get(risk, OTHER_RISK)
    return round(confidence, 3), tuple(dict.fromkeys(risk for risk in risks if risk not in SILENT))


def doubted(task: TaskDraft, doubts: Sequence[Doubt]) -> TaskDraft:
    """Return a task with the doubts of reading the file that touch its deadline, or its words."""
    where = task.deadline.span if task.deadline is not None else task.span
    codes = dict.fromkeys(doubt.code for doubt in doubts if doubt.span and doubt.span.overlaps(where))
    if not codes:
        return task
    confidence = task.confidence
    for code in codes:
        confidence *= RISKS.get(code, OTHER_RISK)
    return replace(task, confidence=round(confidence, 3), doubts=tuple(dict.fromkeys((*task.doubts, *codes))))


def _lead_risks(leads: tuple[Mention, ...]) -> list[str]:
    risks = []
    if len(leads) > 1:
        risks.append("several-leads")
    if any(lead.is_open_group for lead in leads):
        risks.append("open-group-leads")
    if any(lead.ended_on for lead in leads):
        risks.append(NO_LONGER_EXISTS)
    if any(lead.code is None and not lead.is_group for lead in leads):
        risks.append("lead-not-in-register")
    return risks


def _deadline_risks(deadline: Deadline | None) -> list[str]:
    if deadline is None:
        return ["undated"]
    risks = list(deadline.doubts)
    if deadline.kind is DeadlineKind.RECURRING and deadline.every is None:
        risks.append("interval-unknown")
    return risks
