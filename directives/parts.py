"""Part a sentence where the work passes to other bodies, each part with its subject."""

import re
from collections.abc import Iterator
from dataclasses import replace

from directives.acting import Subject
from directives.agencies import Mention
from directives.background import asks_issuer, is_background, speaks_to_public, tells_event
from directives.bodies import by_role, skip_openers
from directives.coordination import begins_together
from directives.formulas import falls_short, formula_in, says_nothing, states_validity
from directives.model import Span
from directives.orders_inside import SET_APART, orders_inside
from directives.page import Page
from directives.postponements import postponed
from directives.sentences import clauses
from directives.stand_ins import Standing, behind_report, given_instead, takes_back, to_addressees
from directives.subjects import subject_at
from directives.text import folded
from directives.verbs import starts_with_action
from directives.voice import gives_orders, is_own_voice, speaks_of_itself

_APPROVES = re.compile(
    r"(?:(?:cơ\s+bản\s+)?(?:thống\s+nhất|đồng\s+ý|nhất\s+trí|chấp\s+thuận|tán\s+thành)|phê\s+duyệt|"
    r"ghi\s+nhận|đánh\s+giá\s+cao|biểu\s+dương|(?:nghiêm\s+khắc\s+)?phê\s+bình|"
    r"hoan\s+nghênh|khen\s+ngợi)(?!\w)"
)
_TELLS = re.compile(
    r"(?:mục\s+(?:tiêu|đích)|thời\s+(?:gian|điểm|hạn)|địa\s+điểm|kinh\s+phí|nguồn|đến|từ|năm|"
    r"tổng\s+(?:số|mức|kinh)|số|tỷ\s+lệ|chỉ\s+tiêu|điều\s+kiện|hình\s+thức|lệ\s+phí|đối\s+tượng|"
    r"thành\s+phần|nội\s+dung|phạm\s+vi|quy\s+mô|dự\s+kiến|hiện|tình\s+hình|kết\s+quả|nguyên\s+nhân|"
    r"tuy\s+nhiên|qua|theo|tại|trong\s+đó|dự\s+án|công\s+trình|ubnd|ủy\s+ban|chủ\s+tịch)(?!\w)"
)
_ROLE = re.compile(
    r"(?:chủ\s+đầu\s+tư|nhà\s+đầu\s+tư|nhà\s+thầu|đơn\s+vị\s+tư\s+vấn)(?!\s+(?:này|trên|đó|nêu|nói))"
)
_IN_PRINCIPLE = re.compile(
    r"(?:cơ\s+bản\s+)?(?:thống\s+nhất|đồng\s+ý|nhất\s+trí|chấp\s+thuận)(?:\s+(?:về|với))?\s+chủ\s+trương(?!\w)"
)
_THIS = re.compile(r"(?<!\w)này(?!\w)")
_OBLIGED = re.compile(r"(?:theo|tại|thực\s+hiện|căn\s+cứ|mặc\s+dù|trước\s+đó|trước\s+đây)(?!\w)")
_ASSIGNS = re.compile(r"(?:giao|phân\s+công)\s+(?=\w)")
_STRANGER = re.compile(r"[A-ZĐ][^\W\d_]*\s+(?:[^\W\d_]+\s+){0,2}[A-ZĐ]")  # «Ngành Y tế …»
_CLOSES = re.compile(
    r"(?:trên\s+đây|nhận\s+được|(?:đề\s+nghị|yêu\s+cầu|giao)\s+(?:thủ\s+trưởng|lãnh\s+đạo|giám\s+đốc|"
    r"chủ\s+tịch|các|toàn)|các\s|thủ\s+trưởng|căn\s+cứ|trong\s+quá\s+trình)(?!\w)"
)
_OPENS = re.compile(r"[,;]\s*(?:đồng thời|và|riêng)?$")
_GROUND = 160  # how far before the order a formula may begin: «nếu có vướng mắc, đề nghị các đơn vị …»
_NEAR = 40
_FAR = 1500  # how far back bodies are still the last named
_SEVERAL = re.compile(r"(?:cả\s+)?(?P<many>hai|ba)\s")
_MANY = {"hai": 2, "ba": 3}


def parts_of(page: Page, sentence: Span, standing: Standing) -> list[tuple[Span, Subject]]:
    """Return the parts of a sentence with their subjects; a sentence that gives no work has none."""
    if takes_back(page, sentence):
        head = given_instead(page, sentence)
    else:
        head = _head(page, sentence, standing) or behind_report(page, sentence, standing)
    if head is not None and len(head.leads) > 1:
        leads, helpers = by_role(page, head.leads)
        head = replace(head, leads=leads, helpers=helpers)
    if head is None or speaks_to_public(page, head) or asks_issuer(page, head):
        return []
    heads = [head, *_later(page, sentence, head)]
    ends = [one.start for one in heads[1:]] + [sentence.end]
    return [(Span(one.start, end), one) for one, end in zip(heads, ends, strict=True)]


def _head(page: Page, sentence: Span, standing: Standing) -> Subject | None:
    leads = standing.leads
    if (not leads or standing.introduced) and (moved := postponed(page, sentence)) is not None:
        return moved
    small = page.small_words(sentence)
    if states_validity(small) or (_OBLIGED.match(page.small, sentence.start) and falls_short(small)):
        return None
    head = subject_at(page, sentence.start, sentence.end, trusting=standing.trusting)
    if head is None and _IN_PRINCIPLE.match(page.small, skip_openers(page, sentence.start, sentence.end)):
        return next((one for one in orders_inside(page, sentence) if not one.reported), None)
    if leads and not standing.introduced and _is_for_owner(page, sentence, head):
        return _inherited(sentence, standing)
    if head is not None and (
        is_background(page, head, asked=standing.asked) or tells_event(page, sentence, head)
    ):
        head, leads = None, ()
    return head or _unnamed(page, sentence, standing, leads)


def _inherited(sentence: Span, standing: Standing) -> Subject:
    rule = standing.rule or "inherited"
    return Subject(standing.leads, sentence.start, sentence.start, ordered=False, rule=rule)


def _unnamed(page: Page, sentence: Span, standing: Standing, leads: tuple[Mention, ...]) -> Subject | None:
    """Return whose a sentence is that does not begin with its bodies."""
    if leads and not standing.introduced:
        return _inherited(sentence, standing)
    if leads and _is_work(page, sentence):
        return _as_sure(page, sentence, _inherited(sentence, standing))
    own = speaks_of_itself(page, sentence)
    inside = next((one for one in orders_inside(page, sentence) if own or not one.reported), None)
    return inside or (to_addressees(page, sentence) if standing.asked else None)


def _is_for_owner(page: Page, sentence: Span, head: Subject | None) -> bool:
    """Tell whether a sentence in an agency's item is that agency's, though others are named at its head.

    They help («Cùng với Sở A lập …») or it is to ask them («Yêu cầu các chủ đầu tư …»).
    """
    return begins_together(page, sentence.start, sentence.end) or (
        head is not None and _asks_others(page, head)
    )


def _asks_others(page: Page, head: Subject) -> bool:
    if not head.leads[0].is_group and not head.leads[0].is_reference:
        return False  # «Đề nghị Công ty X cung cấp hồ sơ»: one named body is given the work itself
    if _SEVERAL.match(page.small, head.leads[0].span.start):
        return False  # «Yêu cầu hai đơn vị này báo cáo …»: the owner is one of them
    return head.rule == "verb-assigns" and "giao" not in page.small[head.start : head.start + 10]


def _as_sure(page: Page, sentence: Span, inherited: Subject) -> Subject:
    """Doubt the bodies of an introduction where a sentence begins with a name or an order nobody knows."""
    start = skip_openers(page, sentence.start, sentence.end)
    stranger = _ASSIGNS.match(page.small, start) or _STRANGER.match(page.flow, start)
    known = starts_with_action(page.small, start, sentence.end) and not _ASSIGNS.match(page.small, start)
    if known or not stranger or page.deadline_at(start) is not None:
        return inherited
    return replace(inherited, rule="introduction-unsure")


def _is_work(page: Page, sentence: Span) -> bool:
    """Tell whether a sentence without subject begins with work, a time before it passed over."""
    start = skip_openers(page, sentence.start, sentence.end)
    while (time := page.deadline_at(start)) is not None:
        start = time.span.end
        while start < sentence.end and page.flow[start] in " ,:":
            start += 1
    if _APPROVES.match(page.small, start) or _TELLS.match(page.small, start):
        return False
    return starts_with_action(page.small, start, sentence.end) or bool(page.deadlines_in(sentence))


def _later(page: Page, sentence: Span, head: Subject) -> Iterator[Subject]:
    """Yield the further bodies that «…, giao Y» or «…; yêu cầu Z» give work to in the same sentence."""
    for one in orders_inside(page, Span(head.end, sentence.end), verbs=None if head.ordered else "giao"):
        before = page.flow[max(head.end, one.start - _NEAR) : one.start].rstrip()
        set_apart = SET_APART.search(page.small[max(head.end, one.start - 2 * _NEAR) : one.start])
        if set_apart or _OPENS.search(before) or _behind_issuer(page, one.start):
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
    everyone = all(lead.is_group for lead in subject.leads) and _THIS.search(rest.of(page.flow)) is not None
    if (closing or everyone) and says_nothing(page.small_words(rest)):
        return True
    words = page.small_words(whole)
    return formula_in(words, closing=closing, to_all=subject.leads[0].is_open_group) is not None


def part_before(sentence: Span, part: Span) -> Span:
    """Return what stands before a part in its sentence."""
    return Span(sentence.start, max(sentence.start, part.start))


def closes(page: Page, sentence: Span) -> bool:
    """Tell whether a sentence below a heading may close the document: «Yêu cầu Thủ trưởng các cơ quan …»."""
    return _CLOSES.match(page.small, sentence.start) is not None


def resolved(page: Page, leads: tuple[Mention, ...], last: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Put «Quý Ủy ban» down to the addressees and «Sở này» to the bodies last named, each of them once."""
    out: list[Mention] = []
    for lead in leads:
        if not lead.is_reference or _ROLE.match(page.small, lead.span.start):
            out.append(lead)
        elif page.small.startswith("quý", lead.span.start):
            out += page.addressees or (lead,)
        elif several := _SEVERAL.match(page.small, lead.span.start):
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
