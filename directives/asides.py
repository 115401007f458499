"""Bodies named only behind the work: «… (Sở X chủ trì; Sở Y phối hợp)», «…, do Sở X chủ trì»."""

import re
from dataclasses import dataclass
from typing import Final

from directives.agencies import Mention
from directives.bodies import read_list, skip_openers
from directives.coordination import coordinators_in, helpers_only, read_opening
from directives.grammar import Wording
from directives.model import Span
from directives.page import Page
from directives.sentences import clauses
from directives.verbs import any_of, finish_at, starts_with_action

ROLE: Final = Wording(
    "role-behind-name",
    re.compile(
        r"\s*+,?\s*+(?:là\s+(?:cơ\s+quan|đơn\s+vị)\s+|có\s+trách\s+nhiệm\s+|chịu\s+trách\s+nhiệm\s+|làm\s+)*"
        r"(?:chủ\s+trì|đầu\s+mối|thực\s+hiện|triển\s+khai|tham\s+mưu|phụ\s+trách|đảm\s+nhiệm|đảm\s+trách|"
        r"chịu\s+trách\s+nhiệm|tổ\s+chức)"
        r"(?:\s*+,?\s*+(?:và\s+)?(?:thực\s+hiện|tham\s+mưu|triển\s+khai|chủ\s+trì|chính|"
        r"theo\s+dõi|xây\s+dựng|soạn\s+thảo|biên\s+soạn|hoàn\s+thiện|lập))*(?=\s*(?:[,;.)\]–-]|$|phối\s+hợp|cùng|và\s+phối))"
    ),
    ("Sở Y tế« chủ trì», Sở Nội vụ phối hợp", "Sở Y tế« chịu trách nhiệm thực hiện»;"),
    ("Sở Y tế chủ trì rà soát",),
)
OPEN: Final = Wording(
    "opens-aside",
    re.compile(
        r"[(\[]|(?<!\w)do\s+(?=[^\W\d])|[;,–-]\s+(?:phân\s+công|giao)(?:\s+cho)?\s+(?=[^\W\d])|;\s+(?=[^\W\d])"
    ),
    (
        "Rà soát giá thuốc «(»Sở Y tế chủ trì)",
        "Rà soát giá thuốc, «do »Sở Y tế chủ trì",
        "Rà soát giá thuốc«, giao »Sở Y tế thực hiện",
    ),
    ("Rà soát giá thuốc.",),
)
WORDINGS: Final = (ROLE, OPEN)
_END_MARKS = " .;)]/"


@dataclass(frozen=True, slots=True)
class Aside:
    """The bodies named behind the work, and where the naming begins and ends."""

    leads: tuple[Mention, ...]
    helpers: tuple[Mention, ...]
    span: Span
    begin: int  # where the work begins, a heading with a colon before it passed over

    def work_in(self, sentence: Span) -> Span:
        """Return a sentence less the aside, where the aside ends it."""
        ends_it = sentence.start < self.span.start < sentence.end <= self.span.end
        start = self.begin if sentence.start < self.begin < self.span.start else sentence.start
        return Span(start, self.span.start if ends_it else sentence.end)


def aside_of(page: Page, item: Span, *, trusting: bool) -> Aside | None:
    """Return the aside that gives an item to its bodies, None where it has none.

    `trusting`: a bracket that ends the item counts whatever it begins with; else it must begin with work.
    """
    for opening in OPEN.pattern.finditer(page.small, item.start, item.end):
        closing = {"(": ")", "[": "]"}.get(opening[0])
        stop = page.flow.find(closing, opening.end(), item.end) if closing else item.end
        inside = Span(opening.end(), stop if stop >= 0 else item.end)
        leads, after = _leads(page, inside)
        if not leads or opening.start() <= item.start:
            continue
        if opening[0][0] == ";" and not _only_helps(page, Span(after, inside.end)):
            continue  # «…; Sở Y chủ trì, phối hợp với Sở Z rà soát …» is other work
        end = item.end if not page.flow[inside.end : item.end].strip(_END_MARKS) else inside.end + 1
        begin = _work_begins(page, item)
        if begin is None and opening[0].startswith("do") and page.deadlines_in(item):
            begin = skip_openers(page, item.start, item.end)  # «Việc lập chốt do Sở X chủ trì, xong trước …»
        if (trusting and end == item.end and closing is not None) or begin is not None:
            helpers = _helpers(page, Span(after, inside.end))
            dated = closing is None and bool(page.deadlines_in(Span(after, inside.end)))
            return Aside(leads, helpers, Span(opening.start(), after if dated else end), begin or item.start)
    return None


def _leads(page: Page, inside: Span) -> tuple[tuple[Mention, ...], int]:
    """Return the bodies with a leading role at the start of a stretch, and where the role ends."""
    start = inside.start
    if verb := any_of("assign").match(page.small, start, inside.end):
        start = verb.end() + 1
    if page.small.startswith("do ", start):
        start += 3
    leads, after = read_list(page, start, inside.end)
    role = ROLE.match(page.small, after, inside.end) if leads else None
    return (leads, role.end()) if role else ((), inside.start)


def _only_helps(page: Page, rest: Span) -> bool:
    """Tell whether nothing but helpers follows: «…; Sở X chủ trì, Sở Y phối hợp.»."""
    for clause in clauses(page.flow, rest, ";,"):
        at = read_opening(page, clause.start, clause.end).end
        if page.flow[at : clause.end].strip(_END_MARKS) and not helpers_only(page, clause):
            return False
    return True


def _helpers(page: Page, rest: Span) -> tuple[Mention, ...]:
    found = dict.fromkeys(coordinators_in(page, rest))
    for clause in clauses(page.flow, rest, ";,"):
        found.update(dict.fromkeys(helpers_only(page, clause)))
    return tuple(found)


def _work_begins(page: Page, item: Span) -> int | None:
    """Return where the work of an item begins, behind its heading; None where no work is known."""
    start = skip_openers(page, item.start, item.end)
    if starts_with_action(page.small, start, item.end) and page.flow.find(": ", start, item.end) < 0:
        return start
    colon = page.flow.find(": ", start, item.end)
    ends_only = finish_at(page.small, colon + 2, item.end) is not None
    if colon >= 0 and not ends_only and starts_with_action(page.small, colon + 2, item.end):
        return colon + 2
    return start if starts_with_action(page.small, start, item.end) else None
