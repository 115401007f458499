"""Part a sentence where the work passes to other bodies, each part with its subject."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from directives.acting import Subject
from directives.agencies import Mention
from directives.background import asks_issuer, speaks_to_public
from directives.bodies import ROLE, by_role
from directives.coordination import as_helpers, read_opening
from directives.formulas import formula_in, says_nothing
from directives.grammar import Wording
from directives.heads import head_of
from directives.model import Span
from directives.orders_inside import SET_APART, orders_inside
from directives.page import Page
from directives.sentences import clauses
from directives.stand_ins import Standing
from directives.text import folded
from directives.voice import gives_orders, is_own_voice, speaks_of_itself

STANDS_FOR: Final = Wording(
    "role-of-a-body",
    re.compile(
        r"(?:chủ\s+đầu\s+tư|nhà\s+đầu\s+tư|nhà\s+thầu|đơn\s+vị\s+tư\s+vấn)(?!\s+(?:này|trên|đó|nêu|nói))"
    ),
    ("«Chủ đầu tư» lập hồ sơ",),
    ("Chủ đầu tư này lập hồ sơ",),
)
THIS: Final = Wording(
    "this-paper",
    re.compile(r"(?<!\w)này(?!\w)"),
    ("Thông báo «này»",),
    ("Thông báo",),
)
CLOSES: Final = Wording(
    "may-close",
    re.compile(
        r"(?:trên\s+đây|nhận\s+được|(?:đề\s+nghị|yêu\s+cầu|giao)\s+(?:thủ\s+trưởng|lãnh\s+đạo|giám\s+đốc|"
        r"chủ\s+tịch|các|toàn)|các\s|thủ\s+trưởng|căn\s+cứ|trong\s+quá\s+trình)(?!\w)"
    ),
    ("«Yêu cầu Thủ trưởng» các cơ quan thực hiện.", "«Trên đây» là kết luận."),
    ("Giao Sở Y tế rà soát.",),
)
OPENS: Final = Wording(
    "opens-order",
    re.compile(r"[,;]\s*(?:đồng thời|và|riêng)?$"),
    ("rà soát giá«, đồng thời»", "rà soát giá«;»"),
    ("rà soát giá",),
)
_GROUND = 160  # how far before the order a formula may begin: «nếu có vướng mắc, đề nghị các đơn vị …»
_NEAR = 40
_FAR = 1500  # how far back bodies are still the last named
SEVERAL: Final = Wording(
    "several",
    re.compile(r"(?:cả\s+)?(?P<many>hai|ba)\s"),
    ("«Hai »Sở này", "«cả ba »đơn vị trên"),
    ("Sở này",),
)
WORDINGS: Final = (STANDS_FOR, THIS, CLOSES, OPENS, SEVERAL)
_MANY = {"hai": 2, "ba": 3}


def parts_of(page: Page, sentence: Span, standing: Standing) -> list[tuple[Span, Subject]]:
    """Return the parts of a sentence with their subjects; a sentence that gives no work has none."""
    head = head_of(page, sentence, standing)
    if head is not None:
        head = _with_roles(page, head, sentence.end)
    if head is None or speaks_to_public(page, head) or asks_issuer(page, head):
        return []
    heads = [head, *_later(page, sentence, head)]
    ends = [one.start for one in heads[1:]] + [sentence.end]
    return [(Span(one.start, end), one) for one, end in zip(heads, ends, strict=True)]


def _with_roles(page: Page, head: Subject, end: int) -> Subject:
    """Part the bodies of a subject by the roles in brackets behind them: «Sở A phối hợp Sở B (chủ trì)»."""
    if page.small.find("trì)", head.end, end) >= 0:
        opening = read_opening(page, head.end, end)
        leading = ROLE.match(page.small, opening.end, end) if opening.coordinators else None
        if leading is not None and "chủ" in leading[0]:
            leads, helpers = by_role(page, (*head.leads, *opening.coordinators))
            return replace(head, leads=leads, end=leading.end(), helpers=as_helpers(helpers, ROLE.name))
    if len(head.leads) < 2:  # noqa: PLR2004 - nothing to part
        return head
    leads, helpers = by_role(page, head.leads)
    return replace(head, leads=leads, helpers=as_helpers(helpers, ROLE.name))


def _later(page: Page, sentence: Span, head: Subject) -> Iterator[Subject]:
    """Yield the further bodies that «…, giao Y» or «…; yêu cầu Z» give work to in the same sentence."""
    for one in orders_inside(page, Span(head.end, sentence.end), verbs=None if head.ordered else "giao"):
        before = page.flow[max(head.end, one.start - _NEAR) : one.start].rstrip()
        set_apart = SET_APART.search(page.small[max(head.end, one.start - 2 * _NEAR) : one.start])
        if set_apart or OPENS.search(before) or _behind_issuer(page, one.start):
            yield one


def _behind_issuer(page: Page, at: int) -> bool:
    """Tell whether «, UBND tỉnh» stands right before: a new order by the issuer."""
    issuer = page.mention_covering(at - 2)
    if issuer is None or not gives_orders((issuer,)):
        return False
    return page.flow[max(0, issuer.span.start - _NEAR) : issuer.span.start].rstrip()[-1:] in (",", ";")


def is_formula(page: Page, sentence: Span, part: Span, subject: Subject, *, closing: bool) -> bool:
    """Tell whether a part without deadline is one of the formulas that close a document."""
    if (
        subject.ordered
        and speaks_of_itself(page, part_before(sentence, part))
        and all(lead.is_group for lead in subject.leads)
    ):
        return True  # «… có Công văn số … giao các cơ quan chức năng …» only says what the document is about
    rest = Span(subject.end, max(subject.end, part.end))
    own = Span(min(subject.end, part.end), part.end)
    first = next(clauses(page.flow, own), part)  # liability behind a semicolon does not undo work before it
    whole = Span(max(sentence.start, part.start - _GROUND), part.end) if closing else first
    everyone = all(lead.is_group for lead in subject.leads) and THIS.search(rest.of(page.flow)) is not None
    if (closing or everyone) and says_nothing(page.small_words(rest)):
        return True
    words = page.small_words(whole)
    return formula_in(words, closing=closing, to_all=subject.leads[0].is_open_group) is not None


def part_before(sentence: Span, part: Span) -> Span:
    """Return what stands before a part in its sentence."""
    return Span(sentence.start, max(sentence.start, part.start))


def closes(page: Page, sentence: Span) -> bool:
    """Tell whether a sentence below a heading may close the document: «Yêu cầu Thủ trưởng các cơ quan …»."""
    return CLOSES.match(page.small, sentence.start) is not None


def resolved(page: Page, leads: tuple[Mention, ...], last: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Put «Quý Ủy ban» down to the addressees and «Sở này» to the bodies last named, each of them once."""
    out: list[Mention] = []
    for lead in leads:
        if not lead.is_reference or STANDS_FOR.match(page.small, lead.span.start):
            out.append(lead)
        elif page.small.startswith("quý", lead.span.start):
            out += page.addressees or (lead,)
        elif several := SEVERAL.match(page.small, lead.span.start):
            out += _last_named(page, lead, _MANY[several["many"]]) or last or (lead,)
        else:
            out += last or (lead,)
    # Once: two references in each sentence would double the bodies from one sentence to the next.
    return tuple(dict.fromkeys(out))


def _last_named(page: Page, reference: Mention, many: int) -> tuple[Mention, ...]:
    """Return the bodies that «hai Sở này», «ba đơn vị trên» stand for: so many, named last before it."""
    before = page.mentions_in(Span(max(0, reference.span.start - _FAR), reference.span.start))
    kind = "sở" if "sở" in page.small_words(reference.span) else ""
    named: dict[str, Mention] = {}
    for one in reversed(before):
        if one.is_reference or one.is_group or is_own_voice(page, (one,)) or kind not in folded(one.name):
            continue
        named.setdefault(one.name, one)
        if len(named) == many:
            return tuple(reversed(named.values()))
    return ()


def with_leads(subject: Subject, leads: tuple[Mention, ...]) -> Subject:
    """Return the subject with other leads."""
    return subject if leads == subject.leads else replace(subject, leads=leads)
