"""Part a sentence where the work passes to other bodies, each part with its subject."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from directives.agencies import Mention
from directives.bodies import skip_openers
from directives.coordination import begins_together
from directives.formulas import falls_short, gives_no_work, says_nothing, states_validity
from directives.model import Span
from directives.page import Page
from directives.postponements import postponed
from directives.sentences import clauses
from directives.subjects import SET_APART, Subject, orders_inside, subject_at
from directives.text import folded
from directives.verbs import any_of, starts_with_action
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
# People, not bodies. «Tổ chức đảng», «các hộ tịch viên» and the like are none of them.
_PUBLIC = re.compile(
    r"(?:các|những|mọi|toàn\s+thể|quý)?\s*(?:tổ\s+chức\s*(?:,|và|hoặc|/)\s*(?:cá\s+nhân|công\s+dân)|"
    r"cá\s+nhân|công\s+dân|người\s+(?:dân|tham\s+gia|điều\s+khiển|lao\s+động|nộp|sử\s+dụng|dự\s+tuyển|"
    r"có\s+nhu\s+cầu)|"
    r"thí\s+sinh|phụ\s+huynh|học\s+sinh|sinh\s+viên|(?:quý\s+)?khách|du\s+khách|bạn\s+đọc|hộ\s+(?:dân|"
    r"gia\s+đình|kinh\s+doanh)|(?:đông\s+đảo\s+)?nhân\s+dân|bà\s+con|chủ\s+phương\s+tiện)(?!\w)"
)
_IN_PRINCIPLE = re.compile(
    r"(?:cơ\s+bản\s+)?(?:thống\s+nhất|đồng\s+ý|nhất\s+trí|chấp\s+thuận)(?:\s+(?:về|với))?\s+chủ\s+trương(?!\w)"
)
_THIS = re.compile(r"(?<!\w)này(?!\w)")
_MUST = re.compile(r"\s*(?:phải|cần|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|chủ\s+trì|khẩn\s+trương)(?!\w)")
_OFFICE_WORKS = re.compile(
    r"văn\s+phòng(?!.{0,60}(?:thông\s+báo(?!\s+(?:này|số|nêu|nói|trên))|truyền\s+đạt|kính|trân\s+trọng|xin|nhận\s+được|vừa|đã|"
    r"ban\s+hành|có\s+(?:thông|công|văn)))"
)
_OBLIGED = re.compile(r"(?:theo|tại|thực\s+hiện|căn\s+cứ|mặc\s+dù|trước\s+đó|trước\s+đây)(?!\w)")
_EVENT = re.compile(
    r"(?:trong\s+)?(?:ngày\s+\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}(?!\d)|tại\s+(?:văn\s+bản|công\s+văn|"
    r"tờ\s+trình|báo\s+cáo|phiếu|kết\s+luận|biên\s+bản)[^,;]{0,40}?\s\d)"
)
_CLOSES = re.compile(
    r"(?:trên\s+đây|nhận\s+được|(?:đề\s+nghị|yêu\s+cầu|giao)\s+(?:thủ\s+trưởng|lãnh\s+đạo|giám\s+đốc|"
    r"chủ\s+tịch|các|toàn)|các\s|thủ\s+trưởng|căn\s+cứ|trong\s+quá\s+trình)(?!\w)"
)
_OPENS = re.compile(r"[,;]\s*(?:đồng thời|và|riêng)?$")
_GROUND = 160  # how far before the order a formula may begin: «nếu có vướng mắc, đề nghị các đơn vị …»
_NEAR = 40


@dataclass(frozen=True, slots=True)
class Standing:
    """Who is meant where a sentence names nobody, and how far its first words are to be trusted."""

    leads: tuple[Mention, ...]
    rule: str
    asked: bool  # the document has begun to give work
    trusting: bool = False

    @property
    def introduced(self) -> bool:
        """Tell whether the leads come from an introduction, not from the item itself."""
        return self.rule == "introduction"


def parts_of(page: Page, sentence: Span, standing: Standing) -> list[tuple[Span, Subject]]:
    """Return the parts of a sentence with their subjects; a sentence that gives no work has none."""
    head = _head(page, sentence, standing) or _behind_report(page, sentence, standing)
    if head is None or _speaks_to_public(page, head) or _asks_issuer(page, head):
        return []
    heads = [head, *_later(page, sentence, head)]
    ends = [one.start for one in heads[1:]] + [sentence.end]
    return [(Span(one.start, end), one) for one, end in zip(heads, ends, strict=True)]


def _head(page: Page, sentence: Span, standing: Standing) -> Subject | None:
    leads = standing.leads
    inherited = Subject(
        leads, sentence.start, sentence.start, ordered=False, rule=standing.rule or "inherited"
    )
    head = subject_at(page, sentence.start, sentence.end, trusting=standing.trusting)
    if (not leads or standing.introduced) and (moved := postponed(page, sentence)) is not None:
        return moved
    small = page.small_words(sentence)
    if states_validity(small) or (_OBLIGED.match(page.small, sentence.start) and falls_short(small)):
        return None
    if head is None and _IN_PRINCIPLE.match(page.small, skip_openers(page, sentence.start, sentence.end)):
        return next((one for one in orders_inside(page, sentence) if not one.reported), None)
    if leads and not standing.introduced and _is_for_owner(page, sentence, head):
        return inherited
    if head is not None and (
        is_background(page, head, asked=standing.asked) or _tells_event(page, sentence, head)
    ):
        head, leads = None, ()
    if head is None and leads and (not standing.introduced or _is_work(page, sentence)):
        return inherited
    if head is None:
        inside = (
            one
            for one in orders_inside(page, sentence)
            if not one.reported or speaks_of_itself(page, sentence)
        )
        head = next(inside, None)
    return head or (_to_addressees(page, sentence) if standing.asked else None)


def _to_addressees(page: Page, sentence: Span) -> Subject | None:
    """Return the addressees of a letter where a sentence asks and names nobody: «Yêu cầu khẩn trương …»."""
    start = skip_openers(page, sentence.start, sentence.end)
    verb = any_of("assign").match(page.small, start, sentence.end) if page.addressees else None
    if verb is None or not starts_with_action(page.small, verb.end() + 1, sentence.end):
        return None
    return Subject(page.addressees, sentence.start, verb.end(), ordered=True, rule="introduction")


def _behind_report(page: Page, sentence: Span, standing: Standing) -> Subject | None:
    """Return the subject of an order behind a semicolon: «Không chấp thuận …; UBND huyện X phải gửi …»."""
    if not standing.asked or (standing.leads and not standing.introduced):
        return None
    if any(one.reported for one in orders_inside(page, sentence)):
        return None  # «… đã giao X …; giao Y …» reports both
    for clause in islice(clauses(page.flow, sentence), 1, None):
        own = subject_at(page, clause.start, clause.end, trusting=False)
        if own is None or is_background(page, own, asked=True) or own.rule == "heading":
            continue
        if own.ordered or standing.trusting or _MUST.match(page.small, own.end, clause.end):
            return own
    return None


def _speaks_to_public(page: Page, head: Subject) -> bool:
    """Tell whether a sentence speaks to people and not to bodies: «Tổ chức, cá nhân có nhu cầu nộp …»."""
    return bool(head.leads) and all(_PUBLIC.match(page.small, lead.span.start) for lead in head.leads)


def _asks_issuer(page: Page, head: Subject) -> bool:
    """Tell whether the issuer itself is asked: «Kính mong UBND tỉnh quan tâm», in a question it answers."""
    asked = head.rule in ("verb-assigns", "order-inside") and is_own_voice(page, head.leads)
    return asked and "văn phòng" not in folded(head.leads[0].text)


def is_background(page: Page, head: Subject, *, asked: bool) -> bool:
    """Tell whether a sentence with this subject only reports, or speaks for the issuer."""
    if head.rule == "background":
        return True
    if head.ordered or head.rule in ("colon-head", "heading"):
        return False
    if not asked or not (gives_orders(head.leads) and is_own_voice(page, head.leads)):
        return not asked
    return not _OFFICE_WORKS.match(page.small, head.leads[0].span.start)


def _tells_event(page: Page, sentence: Span, head: Subject) -> bool:
    """Tell whether a sentence says what somebody did, on a day that is over or in a document of his own."""
    if head.ordered or head.start == sentence.start or page.deadline_at(sentence.start) is not None:
        return False
    return _EVENT.match(page.small, sentence.start, head.start) is not None


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
    return head.rule == "verb-assigns" and "giao" not in page.small[head.start : head.start + 10]


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
    return ((closing or everyone) and says_nothing(page.small_words(rest))) or gives_no_work(
        page.small_words(whole), closing=closing, to_all=subject.leads[0].is_open_group
    )


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
        else:
            out += last or (lead,)
    # Once: two references in each sentence would double the bodies from one sentence to the next.
    return tuple(dict.fromkeys(out))


def with_leads(subject: Subject, leads: tuple[Mention, ...]) -> Subject:
    """Return the subject with other leads."""
    return subject if leads == subject.leads else replace(subject, leads=leads)
