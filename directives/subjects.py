"""Who is to act: the bodies that stand before a verb, behind «giao», or before «được giao»."""

import re
from dataclasses import dataclass, replace
from itertools import islice

from directives.agencies import Mention
from directives.bodies import read_list, skip_openers, skip_spaces
from directives.doers import doer_at, owners_at
from directives.model import Span
from directives.page import Page, remembered
from directives.verbs import any_of, starts_with_action
from directives.voice import is_own_voice, may_order

_ASIDE = re.compile(
    r"(?:\s+(?:cấp\s+|của\s+)?(?:tỉnh|thành\s+phố|huyện|xã)(?=\s*[:;,(.]|\s*$))?(?:\s*\([^()]{1,200}\))?"
)
_TO_WHOM = re.compile(
    r"[\s:]*(?:(?:nhiệm\s+vụ\s+)?cho\s+|tới\s+|đến\s+)?(?:các\s+đồng\s+chí\s+|đồng\s+chí\s+|đ/c\s+|"
    r"ông\s+|bà\s+|lãnh\s+đạo\s+|tập\s+thể\s+lãnh\s+đạo\s+)?"
)
_ADVERBIAL = re.compile(
    r"(?:trong|trước|sau|khi|để|nhằm|trên\s+cơ\s+sở|căn\s+cứ|tại|với|từ|theo|qua|liên\s+quan|về|ngoài|"
    r"cùng\s+với|nếu|trường\s+hợp|hàng|hằng|định\s+kỳ|đến|"
    r"chậm\s+nhất|đối\s+với|riêng|tiếp\s+tục|ngay|bên\s+cạnh|do|vì|xét|thực\s+hiện|khẩn\s+trương|"
    r"ngày|thứ|chủ\s+nhật|kết\s+thúc|đầu|giữa|cuối|mỗi)(?!\w)"
)
_OF = re.compile(r"\s*(?:trực\s+)?thuộc\s+")
_WORD = re.compile(r"[^\W\d_]+")
_MOST_QUALIFIERS = 8
_NO_NAME = frozenset(
    (
        *("với", "của", "tại", "về", "cho", "trong", "ở", "do", "để", "từ", "đến", "theo", "và", "là", "có"),
        *("được", "đã", "sẽ", "trên", "khi", "nếu", "thì", "mà", "bằng", "như", "nhằm", "cũng"),
    )
)
_NO_GROUP = frozenset(("khi", "nếu", "thì", "mà", "để", "đã", "sẽ", "là"))
_DUTIES_OF = re.compile(
    r"(?:phân\s+công\s+)?(?:nhiệm\s+vụ|trách\s+nhiệm)(?:\s*,\s*quyền\s+hạn)?(?:\s+cụ\s+thể)?\s+(?:của|cho|đối\s+với)\s+"
)
_TELLS_WHERE = re.compile(
    r"(?:địa\s+điểm|thời\s+gian|nơi|thành\s+phần|chủ\s+trì|hình\s+thức|đối\s+tượng)(?!\w)"
)
_LONGEST_TOPIC = 320
_ORDERED_BEFORE = re.compile(r"(?<!\w)đã\s+(?:chỉ\s+đạo|giao|yêu\s+cầu|đề\s+nghị|phân\s+công)(?!\w)")
_COMMA = re.compile(r",\s*")
_PAST_COMMA = re.compile(r"\s*,\s*")
_LONGEST_ADVERBIAL = 320
_MOST_COMMAS = 6
_NOT_TO_DO = re.compile(
    r"\s*+,?\s*+(?:không\s+(?:phải|cần)|đã|sẽ|đang|chưa|vẫn|còn|mới|bị|vừa|từng|hiện|cho\s+biết|cho\s+rằng|báo\s+cáo\s+(?:đã|"
    r"rằng|là|cho\s+biết)|nhấn\s+mạnh|khẳng\s+định|ghi\s+nhận|nhận\s+định|phát\s+biểu|"
    r"đánh\s+giá\s+cao|biểu\s+dương|phê\s+bình|được\s++(?!giao|yêu\s+cầu|đề\s+nghị|phân\s+công|"
    r"ủy\s+quyền)|của|tại|gồm|bao\s+gồm|đạt|nơi|thuộc|trực\s+thuộc|"
    r"(?:chủ\s+trì|dự|tham\s+dự|tổ\s+chức)\s+(?:cuộc|buổi|hội\s+nghị|phiên|lễ|"
    r"họp(?!\s+(?:dân|thôn|bàn|rà\s+soát|kiểm\s+điểm|đánh\s+giá|xét|với)))|có\s+buổi|"
    r"là\s++(?!cơ\s+quan|đơn\s+vị|đầu\s+mối|thường\s+trực)|"
    r"có\s++(?!trách\s+nhiệm|nhiệm\s+vụ|văn\s+bản\s+(?:gửi|báo|đề|hướng|chỉ)|báo\s+cáo|kế\s+hoạch|"
    r"phương\s+án|giải\s+pháp|biện\s+pháp|ý\s+kiến\s+bằng))(?!\w)"
)
_WHERE = re.compile(
    r"\s*+,?\s*+(?:nơi|để|có|không|còn|chưa|bị|thuộc|tại|trên|trong)\s(?:[^,;:.()]|"
    r"\([^()]{1,120}\)){2,90}?,?\s(?=(?:phải|có\s+(?:trách\s+nhiệm|nhiệm\s+vụ)|chịu\s+trách\s+nhiệm|cần|khẩn\s+trương|"
    r"nghiêm\s+túc)\s)"
)
_TO_DO = re.compile(
    r"\s*+,?\s*+(?:chủ\s+trì|phối\s+hợp|là\s+(?:cơ\s+quan|đơn\s+vị|đầu\s+mối|thường\s+trực)|"
    r"theo\s+(?:đúng\s+)?(?:chức|thẩm|nhiệm|phạm|lĩnh|địa)|căn\s+cứ|trên\s+cơ\s+sở|"
    r"có\s+(?:trách\s+nhiệm|nhiệm\s+vụ)|chịu\s+trách\s+nhiệm|phải|cần|trong\s+phạm\s+vi|"
    r"trong\s+quá\s+trình|để|nhằm|với\s+vai\s+trò)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The bodies that are to act and where what they are to do begins."""

    leads: tuple[Mention, ...]
    start: int  # where the naming begins, the verb that assigns included
    end: int
    ordered: bool  # a verb gives the work: «giao», «được giao»
    reported: bool = False  # «đã giao»: it was given earlier
    helpers: tuple[Mention, ...] = ()  # named among them, with «(phối hợp)» behind
    rule: str = ""


def ordered_at(page: Page, at: int, end: int, *, by_issuer: bool = False) -> Subject | None:
    """Return the subject of «giao X», «yêu cầu X, Y» that begins here."""
    verb = (
        any_of("assign", "assign_by_issuer").match(page.small, at, end)
        if by_issuer
        else any_of("assign").match(page.small, at, end)
    )
    if verb is None:
        return None
    to_whom = _TO_WHOM.match(page.small, verb.end(), end)
    leads, after = read_list(page, to_whom.end() if to_whom else verb.end(), end)
    if not leads:
        return None
    rest = skip_spaces(page.flow, after, end)
    if (
        leads[-1].is_group
        and not _predicate(page, rest, end)
        and (whole := _qualified(page, leads[-1], rest, end))
    ):
        leads, after = (*leads[:-1], whole), whole.span.end
    return Subject(leads, at, _past_aside(page, after, end), ordered=True, rule="verb-assigns")


@remembered
def subject_at(page: Page, at: int, end: int, *, trusting: bool) -> Subject | None:
    """Return the subject that begins here.

    `trusting`: in an item of a document that gives work, any verb but a background one will do; elsewhere
    the verb must be one of those that name work to be done.
    """
    whole, at = at, skip_openers(page, at, end)
    if duties := _DUTIES_OF.match(page.small, at, end):
        owners, after = owners_at(page, duties.end(), end)
        if owners and not page.flow[after:end].strip(" .:"):
            return Subject(owners, at, end, ordered=False, rule="heading")
    leads, after = read_list(page, at, end)
    if len(leads) > 1 and page.small.startswith("về phía", whole) and is_own_voice(page, leads[:1]):
        leads = leads[1:]  # «Về phía Bộ, Cục X chủ trì …»
    if not leads and (doer := doer_at(page, whole, end, trusting=trusting)) is not None:
        own = _subject_of(page, whole, (doer[0],), doer[1], end, trusting=trusting)
        return replace(own, rule="assumed-name") if own and own.rule == "subject-verb" else own
    if not leads:
        return (
            ordered_at(page, at, end)
            or _behind_topic(page, at, end)
            or _behind_adverbial(page, at, end)
            or (
                # «Đối với …, Sở X»: what openers passed over may be the adverbial itself
                _behind_adverbial(page, whole, end) if whole < at and ":" not in page.flow[whole:at] else None
            )
        )
    return _subject_of(page, at, leads, after, end, trusting=trusting)


def _subject_of(  # noqa: PLR0913 - the list of bodies and the stretch it stands in
    page: Page, at: int, leads: tuple[Mention, ...], after: int, end: int, *, trusting: bool
) -> Subject | None:
    """Return what the bodies named at the offset are to their sentence, None where they are no subject."""
    leads, after = _belonging(page, leads, after)
    given = _given(page, at, leads, skip_spaces(page.flow, after, end), end)
    rest = skip_spaces(page.flow, _past_aside(page, after, end), end)
    return (
        given
        or _heading(page, at, leads, rest, end)
        or _acting(page, at, leads, rest, end, trusting=trusting)
    )


def _belonging(page: Page, leads: tuple[Mention, ...], after: int) -> tuple[tuple[Mention, ...], int]:
    """Return the bodies with whose the last is: «Phòng Đầu tư | thuộc Văn phòng UBND tỉnh»."""
    whose = _OF.match(page.small, after)
    owner = page.mention_at(whose.end()) if whose else None
    if owner is None or owner.is_group or leads[-1].is_group:
        return leads, after
    span = Span(leads[-1].span.start, owner.span.end)
    name = page.words(span)
    return (*leads[:-1], replace(leads[-1], text=name, name=name, code=None, span=span)), owner.span.end


def _given(page: Page, at: int, leads: tuple[Mention, ...], rest: int, end: int) -> Subject | None:
    """Return the subject of «X được giao …», or of «UBND tỉnh yêu cầu Y …» whose bodies are Y.

    Of «(Đối với) các xã, UBND tỉnh yêu cầu rà soát …» it is the bodies before the one that speaks.
    """
    if (
        len(leads) > 1
        and is_own_voice(page, leads[-1:])
        and (verb := any_of("assign", "assign_by_issuer").match(page.small, rest, end))
        and not read_list(page, skip_spaces(page.flow, verb.end(), end), end)[0]
        and starts_with_action(page.small, skip_spaces(page.flow, verb.end(), end), end)
    ):
        return Subject(leads[:-1], at, verb.end(), ordered=True, rule="verb-assigns")
    if passive := any_of("assigned").match(page.small, rest, end):
        to_whom = _TO_WHOM.match(page.small, passive.end(), end)
        return Subject(leads, at, to_whom.end() if to_whom else passive.end(), ordered=True, rule="passive")
    return ordered_at(page, rest, end, by_issuer=True) if may_order(page, leads) else None


def _heading(page: Page, at: int, leads: tuple[Mention, ...], rest: int, end: int) -> Subject | None:
    """Return the subject of «Sở X: …» and of a line that is the name alone."""
    if page.flow.startswith(":", rest):
        follows = page.flow[rest + 1 : end].strip()
        return Subject(
            leads,
            at,
            rest + 1 if follows else end,
            ordered=False,
            rule="colon-head" if follows else "heading",
        )
    if rest >= end or (page.flow[rest] in ".;" and rest + 1 >= end):
        return Subject(leads, at, end, ordered=False, rule="heading")
    return None


def _acting(  # noqa: PLR0913 - as above
    page: Page, at: int, leads: tuple[Mention, ...], rest: int, end: int, *, trusting: bool
) -> Subject | None:
    """Return the subject of «Sở X rà soát …», a background one where it only tells of the body."""
    where = _WHERE.match(page.small, rest, end)
    if where is not None and (leads[-1].is_group or "nơi" in where[0][:6]):
        rest = where.end()  # «Chủ tịch UBND các xã nơi xảy ra vụ việc | phải báo cáo …»
    elif _NOT_TO_DO.match(page.small, rest, end):
        return Subject(leads, at, rest, ordered=False, rule="background")
    if _predicate(page, rest, end):
        return Subject(leads, at, rest, ordered=False, rule="subject-verb")
    if (trusting or leads[-1].is_group) and (whole := _qualified(page, leads[-1], rest, end)) is not None:
        return _subject_of(page, at, (*leads[:-1], whole), whole.span.end, end, trusting=trusting)
    return Subject(leads, at, rest, ordered=False, rule="subject-unknown-verb") if trusting else None


def _behind_topic(page: Page, at: int, end: int) -> Subject | None:
    """Return the subject behind a topic and a colon: «Trường hợp bà M xin cấp Giấy: Giao UBND huyện …»."""
    colon = page.flow.find(":", at, min(end, at + _LONGEST_TOPIC))
    if colon < 0 or not page.flow.startswith(" ", colon + 1) or _TELLS_WHERE.match(page.small, at, colon):
        return None
    place = skip_spaces(page.flow, colon + 1, end)
    leads, after = read_list(page, place, end)
    own = (
        _subject_of(page, place, leads, after, end, trusting=False) if leads else ordered_at(page, place, end)
    )
    return own if own is not None and own.rule not in ("background", "heading", "colon-head") else None


def _qualified(page: Page, group: Mention, at: int, end: int) -> Mention | None:
    """Return the group with the words that say which of it: «Các chủ hồ | chứa thủy điện | vận hành …»."""
    words = 0
    place = at
    while place < end and words < _MOST_QUALIFIERS:
        word = _WORD.match(page.flow, place, end)
        if word is None or not word[0].islower() or word[0] in (_NO_GROUP if group.is_group else _NO_NAME):
            return None
        words += 1
        place = skip_spaces(page.flow, word.end(), end)
        if _predicate(page, place, end) or place >= end or page.flow.startswith(":", place):
            span = Span(group.span.start, word.end())
            return replace(group, text=page.words(span), name=page.words(span), code=None, span=span)
    return None


def _behind_adverbial(page: Page, at: int, end: int) -> Subject | None:
    """Return the subject behind a time or ground put first: «Trong khi chờ, UBND huyện X giám sát …»."""
    if _ADVERBIAL.match(page.small, at, end) is None:
        return None
    before = at
    for comma in islice(_COMMA.finditer(page.small, at, min(end, at + _LONGEST_ADVERBIAL)), _MOST_COMMAS):
        if before > at and starts_with_action(page.small, before, end):
            return None  # the work has begun; what follows is its object
        if _ORDERED_BEFORE.search(page.small, before, comma.start()):
            return None  # «…, thời gian qua UBND tỉnh đã chỉ đạo các cấp, các ngành …»
        place = before = comma.end()
        leads, after = read_list(page, place, end)
        if not leads:
            ordered = ordered_at(page, place, end)
            if ordered is not None:
                return ordered
            continue
        own = _subject_of(page, place, leads, after, end, trusting=False)
        if own is not None and own.rule not in ("background", "heading", "colon-head"):
            return None if leads[0].is_open_group and not own.ordered else own
    return None


def _predicate(page: Page, at: int, end: int) -> bool:
    if _TO_DO.match(page.small, at, end) or page.deadline_at(at) is not None:
        return True
    comma = _PAST_COMMA.match(page.small, at, end)
    start = comma.end() if comma else at
    return starts_with_action(page.small, start, end) or (
        comma is not None and page.deadline_at(start) is not None
    )


def _past_aside(page: Page, at: int, end: int) -> int:
    aside = _ASIDE.match(page.flow, at, end)
    return aside.end() if aside else at
