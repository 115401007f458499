"""Who is to act: the subject that a sentence begins with, what leads into it passed over."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from typing import Final

from directives.acting import BACKGROUND, COLON_HEAD, HEADING, SUBJECT_VERB, Subject, ordered_at, subject_of
from directives.bodies import read_list, skip_openers, skip_spaces
from directives.doers import doer_at, owners_at
from directives.grammar import Rule, Wording
from directives.page import Page, remembered
from directives.verbs import starts_with_action
from directives.voice import is_own_voice

ASSUMED_NAME: Final = "assumed-name"
NOT_BEHIND: Final = (BACKGROUND, HEADING, COLON_HEAD)  # words put first lead into what is to be done
ADVERBIAL: Final = Wording(
    "adverbial",
    re.compile(
        r"(?:trong|trước|sau|khi|để|nhằm|trên\s+cơ\s+sở|căn\s+cứ|tại|với|từ|theo|qua|liên\s+quan|về|ngoài|"
        r"cùng\s+với|nếu|trường\s+hợp|hàng|hằng|định\s+kỳ|đến|"
        r"chậm\s+nhất|đối\s+với|riêng|tiếp\s+tục|ngay|bên\s+cạnh|do|vì|xét|thực\s+hiện|khẩn\s+trương|"
        r"ngày|thứ|chủ\s+nhật|kết\s+thúc|đầu|giữa|cuối|mỗi)(?!\w)"
    ),
    (
        "«Trong» khi chờ, Sở Y tế giám sát.",
        "«Định kỳ» hằng quý, Sở Y tế báo cáo.",
    ),
    ("Trưởng phòng báo cáo.",),
)
DUTIES_OF: Final = Wording(
    "duties-of",
    re.compile(
        r"(?:phân\s+công\s+)?(?:nhiệm\s+vụ|trách\s+nhiệm)(?:\s*,\s*quyền\s+hạn)?(?:\s+cụ\s+thể)?\s+(?:của|cho|đối\s+với)\s+"
    ),
    (
        "«Nhiệm vụ của »Tổ công tác",
        "«Phân công trách nhiệm cụ thể cho »Sở Y tế",
    ),
    ("Nhiệm vụ trọng tâm",),
)
TELLS_WHERE: Final = Wording(
    "tells-where",
    re.compile(r"(?:địa\s+điểm|thời\s+gian|nơi|thành\s+phần|chủ\s+trì|hình\s+thức|đối\s+tượng)(?!\w)"),
    (
        "«Địa điểm»: Sở Y tế",
        "«Thành phần» dự họp: Sở Y tế",
    ),
    ("Giá thuốc: Sở Y tế rà soát",),
)
_LONGEST_TOPIC = 320
ORDERED_BEFORE: Final = Wording(
    "ordered-before",
    re.compile(r"(?<!\w)đã\s+(?:chỉ\s+đạo|giao|yêu\s+cầu|đề\s+nghị|phân\s+công)(?!\w)"),
    ("thời gian qua UBND tỉnh «đã chỉ đạo» các cấp",),
    ("UBND tỉnh chỉ đạo các cấp",),
)
WORDINGS: Final = (
    ADVERBIAL,
    DUTIES_OF,
    TELLS_WHERE,
    ORDERED_BEFORE,
)
_COMMA = re.compile(r",\s*")
_LONGEST_ADVERBIAL = 320
_MOST_COMMAS = 6


@remembered
def subject_at(page: Page, at: int, end: int, *, trusting: bool) -> Subject | None:
    """Return the subject that begins here; `trusting` as in `Named`."""
    whole, at = at, skip_openers(page, at, end)
    if (owners := _owners_of_duties(page, at, end)) is not None:
        return owners
    leads, after = read_list(page, at, end)
    if len(leads) > 1 and page.small.startswith("về phía", whole) and is_own_voice(page, leads[:1]):
        leads = leads[1:]  # «Về phía Bộ, Cục X chủ trì …»
    if leads:
        return subject_of(page, at, leads, after, end, trusting=trusting)
    if (doer := doer_at(page, whole, end, trusting=trusting)) is not None:
        own = subject_of(page, whole, (doer[0],), doer[1], end, trusting=trusting)
        return replace(own, rule=ASSUMED_NAME) if own and own.rule == SUBJECT_VERB else own
    return ordered_at(page, at, end) or _led_into(page, whole, at, end)


def _owners_of_duties(page: Page, at: int, end: int) -> Subject | None:
    """Return whose duties a heading opens: «Nhiệm vụ của Tổ công tác»."""
    duties = DUTIES_OF.match(page.small, at, end)
    owners, after = owners_at(page, duties.end(), end) if duties else ((), at)
    if not owners or page.flow[after:end].strip(" .:"):
        return None
    return Subject(owners, at, end, ordered=False, rule=HEADING)


def _led_into(page: Page, whole: int, at: int, end: int) -> Subject | None:
    """Return the subject behind words put first; `at`: behind the openers, which may be such words too."""
    for row in LEAD_INS:
        if (own := row.decide(page, at, end)) is not None:
            return own
    if whole < at and ":" not in page.flow[whole:at]:  # «Đối với …, Sở X»
        return _behind_adverbial(page, whole, end)
    return None


def _behind_topic(page: Page, at: int, end: int) -> Subject | None:
    """Return the subject behind a topic and a colon: «Trường hợp bà M xin cấp Giấy: Giao UBND huyện …»."""
    colon = page.flow.find(":", at, min(end, at + _LONGEST_TOPIC))
    if colon < 0 or not page.flow.startswith(" ", colon + 1) or TELLS_WHERE.match(page.small, at, colon):
        return None
    place = skip_spaces(page.flow, colon + 1, end)
    leads, after = read_list(page, place, end)
    own = (
        subject_of(page, place, leads, after, end, trusting=False) if leads else ordered_at(page, place, end)
    )
    return own if own is not None and own.rule not in NOT_BEHIND else None


def _behind_adverbial(page: Page, at: int, end: int) -> Subject | None:
    """Return the subject behind a time or ground put first: «Trong khi chờ, UBND huyện X giám sát …»."""
    if ADVERBIAL.match(page.small, at, end) is None:
        return None
    before = at
    for comma in islice(_COMMA.finditer(page.small, at, min(end, at + _LONGEST_ADVERBIAL)), _MOST_COMMAS):
        if before > at and starts_with_action(page.small, before, end):
            return None  # the work has begun; what follows is its object
        if ORDERED_BEFORE.search(page.small, before, comma.start()):
            return None  # «…, thời gian qua UBND tỉnh đã chỉ đạo các cấp, các ngành …»
        place = before = comma.end()
        leads, after = read_list(page, place, end)
        if not leads:
            ordered = ordered_at(page, place, end)
            if ordered is not None:
                return ordered
            continue
        own = subject_of(page, place, leads, after, end, trusting=False)
        if own is not None and own.rule not in NOT_BEHIND:
            return None if leads[0].is_open_group and not own.ordered else own
    return None


def _behind_time(page: Page, at: int, end: int) -> Subject | None:
    """Return the subject right behind a time, no comma between: «Chậm nhất ngày 10/5 Sở X tổng hợp …»."""
    time = page.deadline_at(at)
    if time is None:
        return None
    place = skip_spaces(page.flow, time.span.end, end)
    leads, after = read_list(page, place, end)
    if not leads:
        return ordered_at(page, place, end)
    own = subject_of(page, place, leads, after, end, trusting=False)
    return None if own is None or own.rule in NOT_BEHIND or leads[0].is_open_group else own


LeadIn = Rule[Callable[[Page, int, int], Subject | None]]
LEAD_INS: Final[tuple[LeadIn, ...]] = (
    Rule(
        "time",
        _behind_time,
        (
            ("Chậm nhất ngày 10/5/2020 Sở Y tế tổng hợp kết quả.", "Sở Y tế"),
            ("Trước ngày 10/5/2020 giao Sở Y tế tổng hợp kết quả.", "Sở Y tế"),
        ),
        ("Trước ngày 10/5/2020 Sở Y tế đã tổng hợp kết quả.",),
    ),
    Rule(
        "topic",
        _behind_topic,
        (
            ("Trường hợp bà Mai xin cấp Giấy phép: Giao Sở Y tế giải quyết.", "Sở Y tế"),
            ("Việc sửa chữa chợ Đồng Hới: Sở Công Thương lập dự toán.", "Sở Công Thương"),
        ),
        ("Địa điểm họp: Sở Y tế chủ trì.",),
    ),
    Rule(
        "adverbial",
        _behind_adverbial,
        (
            ("Trong khi chờ quyết định, Sở Y tế giám sát các cơ sở.", "Sở Y tế"),
            ("Trên cơ sở đề nghị của các xã, giao Sở Tài chính cân đối vốn.", "Sở Tài chính"),
        ),
        (
            "Theo đề nghị, thời gian qua UBND tỉnh đã chỉ đạo các cấp, Sở Y tế rà soát.",
            "Trong quý II, rà soát giá thuốc, Sở Y tế.",
        ),
    ),
)
"""What may be put before the subject; the subject found behind it has the rule of its own row."""
